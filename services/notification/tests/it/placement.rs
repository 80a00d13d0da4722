//! Stands in for placement: answers as it is told, remembers what it was asked.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard},
};

use proto::placement::v1::{
    AnswerByLinkRequest, AnswerByLinkResponse, DescribeForLinkRequest, DescribeForLinkResponse, Names,
    PlacementRequest,
    internal_placement_service_server::{InternalPlacementService, InternalPlacementServiceServer},
};
use tokio::net::TcpListener;
use tokio_stream::wrappers::TcpListenerStream;
use tonic::{
    Request, Response, Status,
    transport::{Channel, Endpoint, Server},
};

/// Shared with the server that runs.
#[derive(Clone, Default)]
pub struct Placement(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    answers: Vec<AnswerByLinkRequest>,
    taken: HashMap<String, AnswerByLinkRequest>,
    failures: VecDeque<Status>,
    lost: bool,
    answered: bool,
}

impl Placement {
    /// Serves it, and a channel to it.
    pub async fn serve(&self) -> Channel {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let server = Server::builder().add_service(InternalPlacementServiceServer::new(self.clone()));
        tokio::spawn(server.serve_with_incoming(TcpListenerStream::new(listener)));
        Endpoint::from_shared(address).unwrap().connect_lazy()
    }

    /// Fails the next call so, doing nothing.
    pub fn fail_next(&self, status: Status) {
        self.state().failures.push_back(status);
    }

    /// Does what the next answer asks, and loses its own reply.
    pub fn lose_next_reply(&self) {
        self.state().lost = true;
    }

    /// The destination can no longer answer.
    pub fn close(&self) {
        self.state().answered = true;
    }

    /// Every answer that came, repeated ones included.
    pub fn answers(&self) -> Vec<AnswerByLinkRequest> {
        self.state().answers.clone()
    }

    /// How many answers had an effect.
    pub fn taken(&self) -> usize {
        self.state().taken.len()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }
}

#[tonic::async_trait]
impl InternalPlacementService for Placement {
    async fn describe_for_link(
        &self,
        request: Request<DescribeForLinkRequest>,
    ) -> Result<Response<DescribeForLinkResponse>, Status> {
        assert!(request.metadata().contains_key("authorization"), "services prove themselves");
        let mut state = self.state();
        if let Some(status) = state.failures.pop_front() {
            return Err(status);
        }
        let names = Names {
            placing_agency: "Cégep de la Rive".into(),
            site: "Hôpital du Parc".into(),
            destination: "4 Ouest".into(),
            receiving_coordinator: "Rachel Roy".into(),
            ..Names::default()
        };
        let described = PlacementRequest {
            id: request.get_ref().id.clone(),
            reference: "QC-7F3K-29".into(),
            comment: "Deux stagiaires de troisième année".into(),
            names: Some(names),
            ..PlacementRequest::default()
        };
        Ok(Response::new(DescribeForLinkResponse { request: Some(described), answerable: !state.answered }))
    }

    async fn answer_by_link(
        &self,
        request: Request<AnswerByLinkRequest>,
    ) -> Result<Response<AnswerByLinkResponse>, Status> {
        let answer = request.into_inner();
        let mut state = self.state();
        state.answers.push(answer.clone());
        if let Some(status) = state.failures.pop_front() {
            return Err(status);
        }
        match state.taken.get(&answer.request_id) {
            Some(before) if *before != answer => return Err(Status::invalid_argument("REQUEST_ID_REUSED")),
            Some(_) => {}
            None if state.answered => return Err(Status::failed_precondition("INVALID_TRANSITION")),
            None => drop(state.taken.insert(answer.request_id.clone(), answer)),
        }
        state.answered = true;
        if std::mem::take(&mut state.lost) {
            return Err(Status::unavailable("the reply is lost"));
        }
        Ok(Response::new(AnswerByLinkResponse { request: None }))
    }
}
