//! Stands in for services: answers each method as the test has told it, and remembers what it was asked.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue},
    response::Response,
};
use futures::{StreamExt as _, stream};
use http_body_util::BodyExt as _;
use prost::Message;
use tokio::{net::TcpListener, sync::mpsc};
use tokio_stream::wrappers::{ReceiverStream, TcpListenerStream};
use tonic::{Status, service::Routes, transport::Server};

/// What precedes each message of gRPC: whether it is compressed, and its length.
const PREFIX: usize = 5;

type Item = Result<Vec<u8>, Status>;
type Reply = Arc<dyn Fn(&[u8]) -> Item + Send + Sync>;

/// Shared with the server that runs.
#[derive(Clone, Default)]
pub struct Stub(Arc<Mutex<Script>>);

#[derive(Default)]
struct Script {
    answers: HashMap<String, Answer>,
    calls: Vec<Call>,
    is_down: bool,
}

enum Answer {
    Message(Reply),
    /// Taken by the first call.
    Stream(Option<mpsc::Receiver<Item>>),
    Never,
}

/// One call as it came.
#[derive(Clone)]
struct Call {
    method: String,
    headers: HeaderMap,
    message: Vec<u8>,
}

/// What a call of [`Stub::stream`] is answered, message by message. The answer ends when this is dropped.
pub struct Sender(mpsc::Sender<Item>);

impl Sender {
    /// Sends a message.
    ///
    /// # Panics
    /// If the caller has left.
    pub async fn send<M: Message>(&self, message: M) {
        self.0.send(Ok(message.encode_to_vec())).await.expect("the caller still listens");
    }

    /// Ends the answer with a refusal.
    ///
    /// # Panics
    /// If the caller has left.
    pub async fn refuse(self, status: Status) {
        self.0.send(Err(status)).await.expect("the caller still listens");
    }

    /// Waits until the caller has left.
    pub async fn left(&self) {
        self.0.closed().await;
    }
}

impl Stub {
    /// Serves it; the address.
    ///
    /// # Panics
    /// If no loopback port is free.
    pub async fn serve(&self) -> String {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a loopback port is free");
        let address = format!("http://{}", listener.local_addr().expect("a bound listener has an address"));
        let router = Router::new().fallback(call).with_state(self.clone());
        let server = Server::builder().add_routes(Routes::from(router));
        let incoming = TcpListenerStream::new(listener).inspect(|stream| {
            // Small messages must not wait for the ones after them; a socket that refuses is only slower.
            let _ = stream.as_ref().map(|stream| stream.set_nodelay(true));
        });
        tokio::spawn(server.serve_with_incoming(incoming));
        address
    }

    /// Answers a method so from now on. `method` is `PlacementRequestService/GetRequest`, without the package.
    pub fn answer<M: Message>(&self, method: &str, answer: M) -> &Self {
        let bytes = answer.encode_to_vec();
        self.put(method, Answer::Message(Arc::new(move |_| Ok(bytes.clone()))))
    }

    /// Answers a method by what it is asked.
    ///
    /// # Panics
    /// In the call, if it is asked something else.
    pub fn reply<Q: Message + Default, M: Message>(
        &self,
        method: &str,
        reply: impl Fn(Q) -> Result<M, Status> + Send + Sync + 'static,
    ) -> &Self {
        let reply = move |asked: &[u8]| Ok(reply(Q::decode(asked).expect("a message of this type"))?.encode_to_vec());
        self.put(method, Answer::Message(Arc::new(reply)))
    }

    /// Refuses a method from now on.
    pub fn refuse(&self, method: &str, status: Status) -> &Self {
        self.put(method, Answer::Message(Arc::new(move |_| Err(status.clone()))))
    }

    /// Answers the next call of a method at once, with what is then sent.
    #[must_use]
    pub fn stream(&self, method: &str) -> Sender {
        let (sender, receiver) = mpsc::channel(1);
        self.put(method, Answer::Stream(Some(receiver)));
        Sender(sender)
    }

    /// Leaves every call of a method without an answer.
    pub fn hold(&self, method: &str) -> &Self {
        self.put(method, Answer::Never)
    }

    /// Cuts every call off before it is answered.
    pub fn go_down(&self) {
        self.script().is_down = true;
    }

    /// What a method was asked, in order.
    ///
    /// # Panics
    /// If it was asked something else.
    #[must_use]
    pub fn asked<Q: Message + Default>(&self, method: &str) -> Vec<Q> {
        let script = self.script();
        let calls = script.calls.iter().filter(|call| call.method == method);
        calls.map(|call| Q::decode(call.message.as_slice()).expect("a message of this type")).collect()
    }

    /// A header of the last call of a method; empty without one.
    #[must_use]
    pub fn header(&self, method: &str, name: &str) -> String {
        let script = self.script();
        let call = script.calls.iter().rfind(|call| call.method == method);
        let value = call.and_then(|call| call.headers.get(name)).and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_owned()
    }

    /// Every line of a header of the last call of a method.
    #[must_use]
    pub fn headers(&self, method: &str, name: &str) -> Vec<String> {
        let script = self.script();
        let call = script.calls.iter().rfind(|call| call.method == method);
        let lines = call.into_iter().flat_map(|call| call.headers.get_all(name));
        lines.map(|value| value.to_str().unwrap_or_default().to_owned()).collect()
    }

    fn put(&self, method: &str, answer: Answer) -> &Self {
        self.script().answers.insert(method.to_owned(), answer);
        self
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What a call is answered, if it ever is.
    fn take(&self, call: Call) -> Option<Response> {
        let mut script = self.script();
        if script.is_down {
            // No answer of gRPC: the connection breaks in the middle of it.
            return Some(Response::new(Body::from_stream(stream::iter([Err::<Bytes, _>("away")]))));
        }
        let unknown = Status::unimplemented(format!("the test answers no {}", call.method));
        let message = call.message.clone();
        let answer = match script.answers.get_mut(&call.method) {
            Some(Answer::Message(reply)) => Ok(Arc::clone(reply)),
            Some(Answer::Stream(receiver)) => Err(receiver.take()),
            Some(Answer::Never) => return None,
            None => Err(None),
        };
        script.calls.push(call);
        drop(script);
        Some(match answer {
            Ok(reply) => reply(&message).map_or_else(Status::into_http, |answer| streamed(stream::iter([Ok(answer)]))),
            Err(Some(receiver)) => streamed(ReceiverStream::new(receiver)),
            Err(None) => unknown.into_http(),
        })
    }
}

async fn call(State(stub): State<Stub>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let path = head.uri.path();
    let (service, method) = path.trim_start_matches('/').split_once('/').expect("a path of gRPC");
    let method = format!("{}/{method}", service.rsplit('.').next().unwrap_or(service));
    // A caller who leaves in the middle of a message has asked nothing.
    let Ok(body) = to_bytes(body, usize::MAX).await else { return Response::default() };
    let message = body.get(PREFIX..).unwrap_or_default().to_vec();
    match stub.take(Call { method, headers: head.headers, message }) {
        Some(response) => response,
        None => std::future::pending().await,
    }
}

/// Messages as gRPC frames them; what ends them stands in the trailers.
fn streamed(items: impl futures::Stream<Item = Item> + Send + 'static) -> Response {
    let ended = Arc::new(Mutex::new(Status::ok("")));
    let last = Arc::clone(&ended);
    let messages = items.scan(last, |last, item| {
        let message = item.map_err(|status| *last.lock().unwrap_or_else(PoisonError::into_inner) = status);
        std::future::ready(message.ok().map(|message| Ok::<_, Status>(framed(&message))))
    });
    let trailers = async move { Some(Ok(trailers(&ended.lock().unwrap_or_else(PoisonError::into_inner)))) };
    let mut response = Response::new(Body::new(Body::from_stream(messages).with_trailers(trailers)));
    response.headers_mut().insert("content-type", HeaderValue::from_static("application/grpc"));
    response
}

fn framed(message: &[u8]) -> Bytes {
    let length = u32::try_from(message.len()).expect("a message of a test is small").to_be_bytes();
    Bytes::from([&[0], length.as_slice(), message].concat())
}

fn trailers(status: &Status) -> HeaderMap {
    let mut trailers = HeaderMap::new();
    status.add_header(&mut trailers).expect("the text of a status can be a header");
    trailers
}
