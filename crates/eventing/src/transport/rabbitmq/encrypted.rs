//! Connections with TLS. The client's own way to TLS would bring a second library of ciphers, and trusts the public
//! authorities beside the one that it is given: so the stream that it speaks over is made here.

use std::{
    io::{self, Read, Write},
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use async_rs::{
    Runtime, Tokio,
    traits::Reactor,
    util::{DummyIO, RuntimeParts},
};
use futures::{
    Stream,
    io::{AsyncRead, AsyncWrite},
};
use lapin::{AsyncTcpStream, Connection, ConnectionProperties, uri::AMQPUri};
use rustls::{ClientConfig, pki_types::ServerName};
use tokio::net::TcpStream;
use tokio_rustls::{TlsConnector, client::TlsStream};
use tokio_util::compat::{Compat, TokioAsyncReadCompatExt as _};

/// Connects to an `amqps://` address.
pub(super) async fn connect(
    uri: AMQPUri,
    properties: ConnectionProperties,
    trust: ClientConfig,
) -> Result<Connection, lapin::Error> {
    let server = ServerName::try_from(uri.authority.host.clone()).map_err(io::Error::other)?;
    let tokio = Tokio::current();
    let reactor = Encrypted { tokio: tokio.clone(), server, trust: Arc::new(trust) };
    let runtime = Runtime::new(RuntimeParts::new(tokio, reactor));
    let connect = async |uri: AMQPUri, runtime: Runtime<RuntimeParts<Tokio, Encrypted>>| {
        let addresses = runtime.to_socket_addrs((uri.authority.host, uri.authority.port));
        Ok(AsyncTcpStream::connect(&runtime, addresses).await?)
    };
    Connection::connector(uri, runtime, connect, properties).await
}

/// Tokio, whose connections to one server are encrypted.
#[derive(Clone, Debug)]
struct Encrypted {
    tokio: Tokio,
    server: ServerName<'static>,
    trust: Arc<ClientConfig>,
}

impl Reactor for Encrypted {
    type TcpStream = Compat<TlsStream<TcpStream>>;
    type Sleep = <Tokio as Reactor>::Sleep;

    /// The client registers no sockets of its own.
    fn register<H: Read + Write + Send + 'static>(
        &self,
        _: H,
    ) -> io::Result<impl AsyncRead + AsyncWrite + Send + Unpin + 'static> {
        Err::<DummyIO, _>(io::ErrorKind::Unsupported.into())
    }

    fn sleep(&self, duration: Duration) -> Self::Sleep {
        self.tokio.sleep(duration)
    }

    fn interval(&self, duration: Duration) -> impl Stream<Item = Instant> + Send + 'static {
        self.tokio.interval(duration)
    }

    fn tcp_connect_addr(
        &self,
        address: SocketAddr,
    ) -> impl Future<Output = io::Result<Self::TcpStream>> + Send + 'static {
        let (server, connector) = (self.server.clone(), TlsConnector::from(Arc::clone(&self.trust)));
        async move {
            let stream = TcpStream::connect(address).await?;
            stream.set_nodelay(true)?;
            Ok(connector.connect(server, stream).await?.compat())
        }
    }
}
