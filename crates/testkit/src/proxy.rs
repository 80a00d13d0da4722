//! A network that can be cut: a TCP proxy in front of a server.

use std::sync::Arc;

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
};

/// Forwards connections from a loopback port, unless cut.
#[derive(Debug)]
pub struct Proxy {
    address: String,
    state: Arc<watch::Sender<State>>,
    task: JoinHandle<()>,
}

#[derive(Clone, Copy, Debug, Default)]
struct State {
    shut: bool,
    /// A connection breaks when this grows: one that is slow to look must not miss a cut that is mended at once.
    cuts: u64,
}

impl Proxy {
    /// Forwards to `target`, a host and port.
    ///
    /// # Panics
    /// If no loopback port is free.
    pub async fn before(target: impl Into<String>) -> Self {
        let target = target.into();
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a loopback port is free");
        let address = listener.local_addr().expect("a bound listener has an address").to_string();
        let state = Arc::new(watch::Sender::new(State::default()));
        let watched = Arc::clone(&state);
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let State { shut, cuts } = *watched.borrow();
                if !shut {
                    tokio::spawn(forward(client, target.clone(), watched.subscribe(), cuts));
                }
            }
        });
        Self { address, state, task }
    }

    /// Host and port to connect to.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Breaks every connection, and every new one until [`Proxy::mend`].
    pub fn cut(&self) {
        self.state.send_modify(|state| *state = State { shut: true, cuts: state.cuts + 1 });
    }

    /// Lets new connections through again.
    pub fn mend(&self) {
        self.state.send_modify(|state| state.shut = false);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.cut();
        self.task.abort();
    }
}

async fn forward(mut client: TcpStream, target: String, mut state: watch::Receiver<State>, cuts: u64) {
    let Ok(mut server) = TcpStream::connect(target).await else { return };
    tokio::select! {
        _ = copy_bidirectional(&mut client, &mut server) => {}
        _ = state.wait_for(|state| state.cuts != cuts) => {}
    }
}
