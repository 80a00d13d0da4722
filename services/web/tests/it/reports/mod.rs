//! The report on requests.

use proto::{
    identity::v1::Role,
    placement::v1::State,
    reporting::v1::{
        ListRequestReportRequest, ListRequestReportResponse, RequestReportRow, RequestReportSummary, StateCount,
    },
};
use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt as _};

use crate::{data, world::World};

const REPORT: &str = "ReportService/ListRequestReport";

#[tokio::test]
async fn sums_states_and_rows_are_shown_as_reporting_tells_them() {
    let world = World::with(Role::ReceivingCoordinator).await;
    let row = RequestReportRow {
        placement_request_id: data::REQUEST.into(),
        reference: "QC-7F3K-29".into(),
        state: State::Confirmed.into(),
        placing_agency: "Cégep de la Rive".into(),
        start_date: "2027-01-11".into(),
        end_date: "2027-02-05".into(),
        answer_delay_days: 3,
        confirmation_delay_days: -1,
        ..RequestReportRow::default()
    };
    let summary = RequestReportSummary {
        requests: 1200,
        students: 2400,
        median_answer_delay_days: -1,
        states: vec![StateCount { state: State::Confirmed.into(), requests: 1200 }],
    };
    let report =
        ListRequestReportResponse { rows: vec![row], summary: Some(summary), ..ListRequestReportResponse::default() };
    world.gateway.answer(REPORT, report);
    let page = world.browser.get("/reports?state=confirmed&site=00000000-0000-7000-8000-0000000000b1").await;
    page.is(200).shows(&[
        "<dd id=\"sum-requests\">1\u{202f}200</dd>",
        "<dd id=\"sum-median\">–</dd>",
        "3\u{a0}jours",
        "href=\"/reports.csv?state=confirmed&#38;site=00000000-0000-7000-8000-0000000000b1\"",
        "back=%2Freports%3Fstate%3Dconfirmed%26site%3D00000000-0000-7000-8000-0000000000b1\">QC-7F3K-29</a>",
    ]);
    let asked = world.gateway.asked::<ListRequestReportRequest>(REPORT).remove(0).filter.unwrap();
    assert_eq!((asked.states, &*asked.site_id), (vec![i32::from(State::Confirmed)], data::SITE));
}

#[tokio::test]
async fn filters_that_are_wrong_are_explained_beside_their_fields() {
    let world = World::with(Role::ReceivingCoordinator).await;
    let details = ErrorDetails::with_bad_request_violation("filter.to_date", "Avant le premier jour.");
    world.gateway.refuse(REPORT, Status::with_error_details(Code::InvalidArgument, "no", details));
    let page = world.browser.get("/reports?period=custom&from=2027-02-01&to=2027-01-01").await;
    page.is(400).shows(&["id=\"to_date-error\">Avant le premier jour.</p>", "value=\"2027-01-01\""]);
    page.hides(&["<table"]);
}
