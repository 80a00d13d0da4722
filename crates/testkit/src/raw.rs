//! Calls whose messages are bytes: for methods by name, and for messages that no client would send.

use bytes::{Buf as _, BufMut as _, Bytes};
use tonic::{
    Request, Status, Streaming,
    client::{Grpc, GrpcService},
    codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder},
    codegen::{Body, StdError},
};

/// Calls a method, `/tandem.placement.v1.PlacementRequestService/SendRequest`, and answers the last message that comes back.
/// A refusal looks the same whether or not the method streams.
///
/// # Errors
/// The refusal; `UNAVAILABLE` if nobody is there to be called.
///
/// # Panics
/// If `path` is no path.
pub async fn call<S>(service: S, path: &str, message: impl Into<Bytes>) -> Result<Bytes, Status>
where
    S: GrpcService<tonic::body::Body>,
    S::ResponseBody: Body<Data = Bytes> + Send + 'static,
    <S::ResponseBody as Body>::Error: Into<StdError> + Send,
{
    let (mut stream, mut last) = (open(service, path, message).await?, Bytes::new());
    while let Some(next) = stream.message().await? {
        last = next;
    }
    Ok(last)
}

/// Calls a method that answers without end, and answers its first message.
///
/// # Errors
/// As [`call`]; also if the stream ends before it begins.
///
/// # Panics
/// If `path` is no path.
pub async fn first<S>(service: S, path: &str, message: impl Into<Bytes>) -> Result<Bytes, Status>
where
    S: GrpcService<tonic::body::Body>,
    S::ResponseBody: Body<Data = Bytes> + Send + 'static,
    <S::ResponseBody as Body>::Error: Into<StdError> + Send,
{
    let mut stream = open(service, path, message).await?;
    stream.message().await?.ok_or_else(|| Status::unavailable("the stream was empty"))
}

async fn open<S>(service: S, path: &str, message: impl Into<Bytes>) -> Result<Streaming<Bytes>, Status>
where
    S: GrpcService<tonic::body::Body>,
    S::ResponseBody: Body<Data = Bytes> + Send + 'static,
    <S::ResponseBody as Body>::Error: Into<StdError> + Send,
{
    let mut grpc = Grpc::new(service);
    grpc.ready().await.map_err(|error| Status::unavailable(error.into().to_string()))?;
    let path = path.parse().expect("the path of a method is a path");
    Ok(grpc.server_streaming(Request::new(message.into()), path, Raw).await?.into_inner())
}

/// Messages as the bytes that they are.
#[derive(Clone, Copy, Debug, Default)]
struct Raw;

impl Codec for Raw {
    type Encode = Bytes;
    type Decode = Bytes;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        Self
    }

    fn decoder(&mut self) -> Self {
        Self
    }
}

impl Encoder for Raw {
    type Item = Bytes;
    type Error = Status;

    fn encode(&mut self, item: Bytes, target: &mut EncodeBuf<'_>) -> Result<(), Status> {
        target.put(item);
        Ok(())
    }
}

impl Decoder for Raw {
    type Item = Bytes;
    type Error = Status;

    fn decode(&mut self, source: &mut DecodeBuf<'_>) -> Result<Option<Bytes>, Status> {
        Ok(Some(source.copy_to_bytes(source.remaining())))
    }
}
