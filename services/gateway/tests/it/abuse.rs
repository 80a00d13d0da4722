//! A caller who means harm over HTTP: the process goes on to answer others, and the connection is ended where one goes too far.

use std::time::Duration;

use testkit::patience;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    task::JoinHandle,
};

use crate::{
    data::{GET_REQUEST, answer},
    world::World,
};

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RESET: u8 = 3;
const SETTINGS: u8 = 4;
const CONTINUATION: u8 = 9;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;
/// `GET http://a/`, by HPACK's own table.
const GET: &[u8] = &[0x82, 0x86, 0x84, 0x41, 1, b'a'];
/// What a frame carries at most, unless told otherwise.
const FULL: usize = 16_384;

fn unit(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

/// A header of the caller's own: its name and value are as long as they are, and not in any table.
fn literal(name: u8, value: &[u8]) -> Vec<u8> {
    // Lengths from 127 on go over several bytes, seven bits in each.
    let (mut length, mut rest) = (vec![127], value.len() - 127);
    while rest >= 128 {
        length.push(u8::try_from(rest % 128).unwrap() | 128);
        rest /= 128;
    }
    length.push(u8::try_from(rest).unwrap());
    [&[0, 2, b'x', name], length.as_slice(), value].concat()
}

/// Sends frames on a connection of their own until all are sent or the other side has ended it. Yields whether it was ended.
fn flood(world: &World, frames: impl Iterator<Item = Vec<u8>> + Send + 'static) -> JoinHandle<bool> {
    let address = world.address.clone();
    tokio::spawn(async move {
        let (mut read, mut write) = TcpStream::connect(address).await.unwrap().into_split();
        let ended = tokio::spawn(async move {
            let mut sink = vec![0; FULL];
            while matches!(read.read(&mut sink).await, Ok(1..)) {}
        });
        let opening = [PREFACE, &unit(SETTINGS, 0, 0, &[])].concat();
        for bytes in std::iter::once(opening).chain(frames) {
            if write.write_all(&bytes).await.is_err() {
                break;
            }
        }
        tokio::time::timeout(patience(Duration::from_secs(5)), ended).await.is_ok()
    })
}

async fn world() -> World {
    let world = World::new().await;
    world.stub.answer(GET_REQUEST, answer());
    world
}

async fn others_are_answered(world: &World) {
    for _ in 0..20 {
        let call = world.get("/v1/requests/r1");
        tokio::time::timeout(patience(Duration::from_secs(5)), call).await.expect("an answer").ok();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_that_are_taken_back_at_once_end_the_connection() {
    let world = world().await;
    let pair = |n: u32| {
        let stream = 2 * n + 1;
        [unit(HEADERS, END_STREAM | END_HEADERS, stream, GET), unit(RESET, 0, stream, &8_u32.to_be_bytes())].concat()
    };
    let flood = flood(&world, (0..200_000).map(pair));
    others_are_answered(&world).await;
    assert!(flood.await.unwrap(), "it is ended");
}

#[tokio::test(flavor = "multi_thread")]
async fn headers_without_an_end_end_the_connection() {
    let world = world().await;
    let begin = unit(HEADERS, END_STREAM, 1, GET);
    let more = (0..20_000).map(|_| unit(CONTINUATION, 0, 1, &literal(b'a', &[b'x'; 8000])));
    let flood = flood(&world, std::iter::once(begin).chain(more));
    others_are_answered(&world).await;
    assert!(flood.await.unwrap(), "it is ended");
}

#[tokio::test(flavor = "multi_thread")]
async fn more_headers_than_anybody_needs_are_refused() {
    let world = world().await;
    let client = testkit::http::builder().http2_prior_knowledge().build().unwrap();
    for client in [client, testkit::http::client()] {
        let request = client.get(format!("http://{}/v1/requests/r1", world.address)).bearer_auth(world.token());
        let request = (0..40).fold(request, |request, n| request.header(format!("x-{n}"), "x".repeat(20_000)));
        let refused = request.send().await.map(|response| response.status().as_u16());
        assert!(refused.as_ref().map_or(true, |status| [400, 431].contains(status)), "{refused:?}");
    }
    others_are_answered(&world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_that_nobody_asked_for_end_the_connection() {
    let world = world().await;
    let flood = flood(&world, (0..10_000).map(|_| unit(DATA, 0, 1, &[0; FULL])));
    others_are_answered(&world).await;
    assert!(flood.await.unwrap(), "it is ended");
}

#[tokio::test(flavor = "multi_thread")]
async fn callers_who_never_read_hold_nobody_up() {
    let world = world().await;
    let settings = unit(SETTINGS, 0, 0, &[0, 4, 0, 0, 0, 0]);
    let calls = (0..150).map(|n| unit(HEADERS, END_STREAM | END_HEADERS, 2 * n + 1, GET));
    let flood = flood(&world, std::iter::once(settings).chain(calls));
    others_are_answered(&world).await;
    flood.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_http_ends_the_connection() {
    let world = world().await;
    for bytes in
        [b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".as_slice(), b"GET /v1/me HTTP/9\r\n\r\n", b"\0\0\0\0\r\n\r\n"]
    {
        let mut connection = TcpStream::connect(&world.address).await.unwrap();
        connection.write_all(bytes).await.unwrap();
        connection.shutdown().await.unwrap();
        let mut rest = Vec::new();
        tokio::time::timeout(patience(Duration::from_secs(5)), connection.read_to_end(&mut rest))
            .await
            .expect("an end")
            .ok();
        assert!(rest.is_empty() || rest.starts_with(b"HTTP/1.1 400") || rest.starts_with(b"HTTP/1.1 505"), "{rest:?}");
    }
    others_are_answered(&world).await;
}
