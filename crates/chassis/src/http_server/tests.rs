//! Slow callers on real sockets, with honest ones beside them.

use axum::routing::{get, post};
use futures::future::join_all;
use testkit::{http, patience, wait_for};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::*;

/// Short enough to be waited for.
const SHORT_MS: u64 = 400;

struct Running {
    address: SocketAddr,
    registry: Arc<Registry>,
    lifecycle: Lifecycle,
}

impl Running {
    async fn new(change: impl FnOnce(&mut config::Server)) -> Self {
        let mut settings = config::Server {
            head_timeout_ms: SHORT_MS,
            body_timeout_ms: SHORT_MS,
            idle_timeout_ms: 60_000,
            ..config::Server::default()
        };
        change(&mut settings);
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let (address, registry, lifecycle) =
            (listener.local_addr().unwrap(), Registry::new(&settings), Lifecycle::default());
        let endless =
            || async { Body::from_stream(futures::stream::repeat_with(|| Ok::<_, Infallible>(vec![b'x'; 65_536]))) };
        let router = Router::new()
            .route("/", get(|| async { "here" }))
            .route("/echo", post(|body: String| async { body }))
            .route("/held", get(std::future::pending::<()>))
            .route("/endless", get(endless));
        tokio::spawn(serve(listener, router, lifecycle.clone(), settings, Arc::clone(&registry)));
        Self { address, registry, lifecycle }
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    /// A connection over which something was sent.
    async fn sending(&self, bytes: &str) -> TcpStream {
        let mut stream = self.connect().await;
        stream.write_all(bytes.as_bytes()).await.unwrap();
        stream
    }

    /// An honest caller with a connection of their own.
    async fn is_answered(&self) {
        let call = http::client().get(format!("http://{}/", self.address)).send();
        let answer = tokio::time::timeout(patience(Duration::from_secs(5)), call).await.expect("in time").unwrap();
        assert_eq!(answer.text().await.unwrap(), "here");
    }
}

/// What still comes, until the other side ends.
async fn rest(mut stream: TcpStream) -> String {
    let mut rest = Vec::new();
    let end = stream.read_to_end(&mut rest);
    // One that is ended with bytes unread says so by a reset.
    let _ = tokio::time::timeout(patience(Duration::from_secs(10)), end).await.expect("an end");
    String::from_utf8_lossy(&rest).into_owned()
}

async fn is_open(stream: &mut TcpStream) -> bool {
    let mut byte = [0];
    tokio::time::timeout(Duration::from_millis(20), stream.read(&mut byte)).await.is_err()
}

const WHOLE: &str = "GET / HTTP/1.1\r\nhost: a\r\n\r\n";

#[tokio::test]
async fn small_answers_do_not_wait_for_more() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let _caller = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
    let (accepted, _) = listener.accept().await.unwrap();
    prompt(&accepted);
    assert!(accepted.nodelay().unwrap());
}

#[tokio::test]
async fn whoever_says_nothing_or_never_ends_is_left() {
    let running = Running::new(|_| ()).await;
    let slow = ["", "G", "GET / HTTP/1.1\r\nhost: a\r\nx: ", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"];
    let open = join_all(slow.map(|bytes| running.sending(bytes))).await;
    running.is_answered().await;
    for stream in open {
        rest(stream).await;
    }
}

#[tokio::test]
async fn a_head_that_comes_byte_by_byte_has_no_more_time_than_another() {
    let running = Running::new(|_| ()).await;
    let mut stream = running.connect().await;
    let begun = Instant::now();
    while stream.write_all(b"G").await.is_ok() {
        assert!(begun.elapsed() < patience(Duration::from_secs(10)), "it is ended");
        sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_slow_head_after_a_request_is_ended_and_silence_is_not() {
    let running = Running::new(|_| ()).await;
    let (mut slow, mut silent) = (running.sending(WHOLE).await, running.sending(WHOLE).await);
    for stream in [&mut slow, &mut silent] {
        let mut answer = [0; 512];
        assert!(stream.read(&mut answer).await.unwrap() > 0);
    }
    slow.write_all(b"GET /").await.unwrap();
    rest(slow).await;
    assert!(is_open(&mut silent).await, "it may be used again");
    silent.write_all(WHOLE.as_bytes()).await.unwrap();
    let mut answer = [0; 512];
    assert!(silent.read(&mut answer).await.unwrap() > 0);
}

#[tokio::test]
async fn silence_between_requests_ends_too() {
    let running = Running::new(|server| server.idle_timeout_ms = SHORT_MS).await;
    assert!(rest(running.sending(WHOLE).await).await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn a_body_that_does_not_come_is_given_up() {
    let running = Running::new(|_| ()).await;
    let head = "POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: 1000\r\n\r\n";
    let (nothing, some) = (running.sending(head).await, running.sending(&format!("{head}xyz")).await);
    running.is_answered().await;
    for stream in [nothing, some] {
        let answer = rest(stream).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
    }
}

#[tokio::test]
async fn a_body_that_moves_is_waited_for() {
    let running = Running::new(|_| ()).await;
    // Each piece makes up for more than it takes.
    let pieces = 8;
    let head =
        format!("POST /echo HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", pieces * 1000);
    let mut stream = running.sending(&head).await;
    for _ in 0..pieces {
        sleep(Duration::from_millis(SHORT_MS / 4)).await;
        stream.write_all(&[b'x'; 1000]).await.unwrap();
    }
    assert!(rest(stream).await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn whoever_takes_no_answer_is_left() {
    let running = Running::new(|_| ()).await;
    let _never_read = running.sending("GET /endless HTTP/1.1\r\nhost: a\r\n\r\n").await;
    let count = || running.registry.open_now();
    wait_for("the request", async || count() == 1).await;
    wait_for("the end", async || count() == 0).await;
}

/// Over HTTP/2 the socket takes everything, and each request says how much of its answer it takes: here nothing.
#[tokio::test]
async fn whoever_asks_and_takes_nothing_makes_way_for_others() {
    let running = Running::new(|server| (server.connections, server.body_timeout_ms) = (3, SHORT_MS)).await;
    let settings = [0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0];
    // `GET http://a/`, by HPACK's own table.
    let get = [0, 0, 6, 1, 5, 0, 0, 0, 1, 0x82, 0x86, 0x84, 0x41, 1, b'a'];
    let ask = [b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".as_slice(), &settings, &get].concat();
    let mut open = Vec::new();
    for _ in 0..3 {
        let mut stream = running.connect().await;
        stream.write_all(&ask).await.unwrap();
        open.push(stream);
    }
    wait_for("their requests", async || running.registry.busy_now() == 3).await;
    wait_for("their time to be over", async || running.registry.busy_now() == 0).await;
    running.is_answered().await;
}

#[tokio::test]
async fn idle_connections_make_way_for_whoever_asks() {
    let running = Running::new(|server| (server.connections, server.head_timeout_ms) = (20, 60_000)).await;
    let _idle = join_all((0..100).map(|_| running.connect())).await;
    for _ in 0..20 {
        running.is_answered().await;
    }
    assert!(running.registry.lets_in());
}

#[tokio::test]
async fn a_process_whose_connections_are_all_busy_says_so() {
    let running = Running::new(|server| server.connections = 2).await;
    let held = join_all((0..2).map(|_| running.sending("GET /held HTTP/1.1\r\nhost: a\r\n\r\n"))).await;
    wait_for("both", async || running.registry.busy_now() == 2).await;
    assert_eq!(rest(running.sending(WHOLE).await).await, "");
    assert!(!running.registry.lets_in());
    drop(held);
    wait_for("their end", async || running.registry.open_now() == 0).await;
    running.is_answered().await;
}

#[tokio::test]
async fn requests_without_a_host_or_with_two_are_refused() {
    let running = Running::new(|_| ()).await;
    for (hosts, status) in
        [("", "400"), ("host: a\r\nhost: b\r\n", "400"), ("host: a\r\nhost: a\r\n", "400"), ("host: a\r\n", "200")]
    {
        let answer = rest(running.sending(&format!("GET / HTTP/1.1\r\n{hosts}connection: close\r\n\r\n")).await).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{hosts:?}: {answer}");
    }
}

#[tokio::test]
async fn browsers_that_came_by_tls_are_told_to_come_by_nothing_else() {
    let running = Running::new(|_| ()).await;
    let silent = Running::new(|server| server.hsts_seconds = 0).await;
    for (running, proto, said) in
        [(&running, "https", Some("max-age=31536000")), (&running, "http", None), (&silent, "https", None)]
    {
        let call = http::client().get(format!("http://{}/", running.address)).header("x-forwarded-proto", proto);
        let answer = call.send().await.unwrap();
        let header = answer.headers().get("strict-transport-security").map(|value| value.to_str().unwrap());
        assert_eq!(header, said, "{proto}");
    }
}

#[tokio::test]
async fn a_process_that_stops_finishes_what_it_has_in_hand() {
    let running = Running::new(|_| ()).await;
    let mut idle = running.sending(WHOLE).await;
    let mut answer = [0; 512];
    assert!(idle.read(&mut answer).await.unwrap() > 0);
    let mut asking = running.sending("POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\n").await;
    wait_for("the request", async || running.registry.busy_now() == 1).await;
    running.lifecycle.stop();
    assert_eq!(rest(idle).await, "");
    asking.write_all(b"ok").await.unwrap();
    let answer = rest(asking).await;
    assert!(answer.contains("connection: close") && answer.ends_with("ok"), "{answer}");
}
