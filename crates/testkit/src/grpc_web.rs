//! gRPC-Web, as browsers speak it.

use base64::{
    Engine as _,
    prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD},
};
use reqwest::{
    RequestBuilder,
    header::{ACCEPT, CONTENT_TYPE},
};

use crate::answer::Answer;

/// How frames travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// As they are.
    Binary,
    /// In base64.
    Text,
}

/// Sends one message to a method by a request that is addressed to it; what came back, and the trailers as `grpc-status:0`,
/// which may have come as headers.
///
/// # Panics
/// If there is no answer, or one that is not framed.
pub async fn call(request: RequestBuilder, encoding: Encoding, message: &[u8]) -> (Vec<u8>, String) {
    let length = u32::try_from(message.len()).expect("a message of a test is small").to_be_bytes();
    let framed = [&[0], length.as_slice(), message].concat();
    let (kind, body) = match encoding {
        Encoding::Binary => ("application/grpc-web+proto", framed),
        Encoding::Text => ("application/grpc-web-text+proto", BASE64_STANDARD.encode(framed).into_bytes()),
    };
    let request = request.header(CONTENT_TYPE, kind).header(ACCEPT, kind).header("x-grpc-web", "1");
    let sent = request.body(body).send().await;
    let answer = Answer::read(sent.expect("an answer comes")).await.expect("the answer is whole");
    let header = answer.headers.get("grpc-status").and_then(|status| status.to_str().ok());
    let (data, trailers) = match encoding {
        Encoding::Binary => parted(&answer.body),
        Encoding::Text => parted(&unpacked(&answer.text())),
    };
    (data, header.map(|status| format!("grpc-status:{status}")).unwrap_or_default() + &trailers.replace(": ", ":"))
}

/// Base64 that was packed piece by piece, each with its own padding.
fn unpacked(text: &str) -> Vec<u8> {
    let pieces = text.split_inclusive('=').flat_map(|piece| match piece {
        "=" => None,
        piece => Some(piece.trim_end_matches('=')),
    });
    pieces.flat_map(|piece| BASE64_STANDARD_NO_PAD.decode(piece).expect("an answer in base64")).collect()
}

/// The data and the trailers in a row of frames.
fn parted(mut frames: &[u8]) -> (Vec<u8>, String) {
    let (mut data, mut trailers) = (Vec::new(), String::new());
    while let [kind, a, b, c, d, tail @ ..] = frames {
        let (body, next) = tail.split_at(u32::from_be_bytes([*a, *b, *c, *d]) as usize);
        if kind & 0x80 == 0 {
            data.extend(body);
        } else {
            trailers.push_str(&String::from_utf8_lossy(body));
        }
        frames = next;
    }
    (data, trailers)
}
