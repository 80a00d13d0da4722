//! Stands in for the gateway: answers each method as the test has told it, and remembers what it was asked.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard},
};

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue},
    response::Response,
};
use http_body_util::{BodyExt as _, Full};
use prost::Message;
use tokio::net::TcpListener;
use tokio_stream::wrappers::TcpListenerStream;
use tonic::{Status, service::Routes, transport::Server};

/// What precedes each message of gRPC: whether it is compressed, and its length.
const PREFIX: usize = 5;

type Answer = Arc<dyn Fn(&[u8]) -> Result<Vec<u8>, Status> + Send + Sync>;

/// Shared with the server that runs.
#[derive(Clone, Default)]
pub struct Gateway(Arc<Mutex<Script>>);

#[derive(Default)]
struct Script {
    answers: HashMap<String, Answer>,
    calls: Vec<Call>,
    is_down: bool,
}

/// One call as it came.
#[derive(Clone)]
struct Call {
    method: String,
    headers: HeaderMap,
    message: Vec<u8>,
}

impl Gateway {
    /// Serves it; the address.
    pub async fn serve(&self) -> String {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(call).with_state(self.clone());
        let server = Server::builder().add_routes(Routes::from(router));
        tokio::spawn(server.serve_with_incoming(TcpListenerStream::new(listener)));
        address
    }

    /// Answers a method so from now on. `method` is `PlacementRequestService/GetRequest`, without the package.
    pub fn answer<M: Message>(&self, method: &str, answer: M) -> &Self {
        let bytes = answer.encode_to_vec();
        self.put(method, Arc::new(move |_| Ok(bytes.clone())))
    }

    /// Answers a method by what it is asked.
    pub fn reply<Q: Message + Default, M: Message>(
        &self,
        method: &str,
        reply: impl Fn(Q) -> Result<M, Status> + Send + Sync + 'static,
    ) -> &Self {
        self.put(method, Arc::new(move |asked| Ok(reply(Q::decode(asked).unwrap())?.encode_to_vec())))
    }

    /// Refuses a method from now on.
    pub fn refuse(&self, method: &str, status: Status) -> &Self {
        self.put(method, Arc::new(move |_| Err(status.clone())))
    }

    /// Cuts every call off before it is answered.
    pub fn go_down(&self) {
        self.script().is_down = true;
    }

    /// What a method was asked, in order.
    pub fn asked<Q: Message + Default>(&self, method: &str) -> Vec<Q> {
        let script = self.script();
        let calls = script.calls.iter().filter(|call| call.method == method);
        calls.map(|call| Q::decode(call.message.as_slice()).unwrap()).collect()
    }

    /// A header of the last call of a method; empty without one.
    pub fn header(&self, method: &str, name: &str) -> String {
        let script = self.script();
        let call = script.calls.iter().rfind(|call| call.method == method);
        let value = call.and_then(|call| call.headers.get(name)).and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_owned()
    }

    fn put(&self, method: &str, answer: Answer) -> &Self {
        self.script().answers.insert(method.to_owned(), answer);
        self
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.0.lock().unwrap()
    }

    fn take(&self, call: Call) -> Option<Result<Vec<u8>, Status>> {
        let mut script = self.script();
        if script.is_down {
            return None;
        }
        let answer = script.answers.get(&call.method).cloned();
        let unknown = Status::unimplemented(format!("the test answers no {}", call.method));
        let message = call.message.clone();
        script.calls.push(call);
        drop(script);
        Some(answer.map_or(Err(unknown), |answer| answer(&message)))
    }
}

async fn call(State(gateway): State<Gateway>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let path = head.uri.path();
    let (service, method) = path.trim_start_matches('/').split_once('/').unwrap();
    let method = format!("{}/{method}", service.rsplit('.').next().unwrap());
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let message = body[PREFIX..].to_vec();
    match gateway.take(Call { method, headers: head.headers, message }) {
        Some(Ok(answer)) => answered(&answer),
        Some(Err(status)) => status.into_http(),
        // No answer of gRPC: the connection breaks in the middle of it.
        None => Response::new(Body::from_stream(futures::stream::iter([Err::<Bytes, _>("away")]))),
    }
}

fn answered(message: &[u8]) -> Response {
    let length = u32::try_from(message.len()).unwrap().to_be_bytes();
    let body = Bytes::from([&[0], length.as_slice(), message].concat());
    let trailers = HeaderMap::from_iter([("grpc-status".parse().unwrap(), HeaderValue::from_static("0"))]);
    let body = Full::new(body).with_trailers(async move { Some(Ok(trailers)) });
    let mut response = Response::new(Body::new(body));
    response.headers_mut().insert("content-type", HeaderValue::from_static("application/grpc"));
    response
}
