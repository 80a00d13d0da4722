//! The gateway as its own process serves it, in front of a stub of all services.

use std::net::{IpAddr, Ipv4Addr};

use chassis::{Component, Host, Incoming, Process, Scope};
use gateway::{Config, Gateway, router};
use kernel::{Clock as _, FixedClock};
use proto::identity::v1::Role;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::Value;
use testkit::{
    answer::Answer,
    http,
    service::{self, MORNING, User},
    stub::Stub,
};
use tokio::net::TcpListener;
use tonic::transport::{Channel, Endpoint};

/// The services that the contracts name.
const SERVICES: [&str; 5] = ["configuration", "identity", "notification", "placement", "reporting"];

pub struct World {
    pub stub: Stub,
    pub clock: FixedClock,
    pub host: Host,
    /// Host and port of the gateway.
    pub address: String,
    client: Client,
    token: String,
    _process: Process,
}

impl World {
    pub async fn new() -> Self {
        Self::configured(Config::default()).await
    }

    pub async fn configured(config: Config) -> Self {
        let stub = Stub::default();
        let services = Endpoint::from_shared(stub.serve().await).unwrap().connect_lazy();
        let clock = FixedClock::at(MORNING.parse().unwrap());
        let peers = SERVICES.map(|service| (service, services.clone()));
        let mut process = service::process(service::env(&clock, 1), &[], peers);
        let settings = service::settings(config.clone());
        let (server, broker) = (settings.server.clone(), settings.broker.clone());
        let (host, _) = process.build::<Gateway>(settings, false).await.unwrap();
        let entry = Component::new().http(router(&host, &config, None).unwrap());
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        process.attach::<Gateway>(&host, entry, &server, &broker, Incoming::Network(listener)).unwrap();
        let scope = Scope::Agency(host.env.ids.next());
        let token = service::token(&User::new(host.env.ids.next(), Role::PlacingCoordinator, [scope]), clock.now());
        Self { stub, clock, host, address, client: http::client(), token, _process: process }
    }

    /// GET, as somebody who is signed in and reads French.
    pub async fn get(&self, path: &str) -> Answer {
        self.call(Method::GET, path, None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.call(Method::POST, path, Some(body)).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.call(Method::PATCH, path, Some(body)).await
    }

    pub async fn call(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let request = self.request(method, path);
        self.send(if let Some(body) = body { request.json(&body) } else { request }).await
    }

    /// A request under way to be made unusual.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.unsigned(method, path).bearer_auth(&self.token)
    }

    /// The same without a token.
    pub fn unsigned(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("http://{}{path}", self.address)).header("accept-language", "fr")
    }

    pub async fn send(&self, request: RequestBuilder) -> Answer {
        Answer::read(request.send().await.unwrap()).await.unwrap()
    }

    /// A client with an address of its own.
    pub fn from(last: u8) -> Client {
        http::builder().local_address(IpAddr::V4(Ipv4Addr::new(127, 0, 9, last))).build().unwrap()
    }

    pub fn token(&self) -> &str {
        &self.token
    }

    /// A connection for native gRPC.
    pub async fn grpc(&self) -> Channel {
        Endpoint::from_shared(format!("http://{}", self.address)).unwrap().connect().await.unwrap()
    }
}
