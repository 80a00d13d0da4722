//! Bad input is told by field and cause, all of it at once.

use proto::reporting::v1::{ExportRequestReportRequest, ListRequestReportRequest, RequestReportFilter};
use tonic::{Code, Status};
use tonic_types::StatusExt as _;

use crate::world::{World, english, school};

fn causes(status: &Status) -> String {
    assert_eq!(status.code(), Code::InvalidArgument);
    let violations = status.get_details_bad_request().expect("the fields").field_violations;
    violations.iter().map(|v| format!("{}={}", v.field, v.reason)).collect::<Vec<_>>().join(",")
}

fn bad_filter() -> RequestReportFilter {
    RequestReportFilter {
        from_date: "2027-13-01".to_owned(),
        to_date: "soon".to_owned(),
        states: vec![2, 99, 0],
        site_id: "here".to_owned(),
        program_id: "7".to_owned(),
    }
}

const BAD_FILTER: &str = "filter.from_date=MALFORMED_DATE,filter.to_date=MALFORMED_DATE,\
                          filter.states[1]=UNKNOWN_STATE,filter.states[2]=UNKNOWN_STATE,\
                          filter.site_id=MALFORMED_ID,filter.program_id=MALFORMED_ID";

#[tokio::test]
async fn every_fault_of_a_list_is_told_at_once() {
    let world = World::new().await;
    let request = ListRequestReportRequest { filter: Some(bad_filter()), page_size: -1, page_token: "§".to_owned() };
    let refused = world.client(&school()).list_request_report(request).await.expect_err("bad input");
    assert_eq!(causes(&refused), format!("{BAD_FILTER},page_size=OUT_OF_RANGE,page_token=MALFORMED_PAGE_TOKEN"));
}

#[tokio::test]
async fn every_fault_of_an_export_is_told_before_the_file_begins() {
    let world = World::new().await;
    let request = ExportRequestReportRequest { filter: Some(bad_filter()) };
    let refused = world.client(&school()).export_request_report(request).await.expect_err("bad input");
    assert_eq!(causes(&refused), BAD_FILTER);
}

#[tokio::test]
async fn reversed_days_are_refused_in_the_language_of_the_caller() {
    let world = World::new().await;
    let filter =
        RequestReportFilter { from_date: "2027-02-01".into(), to_date: "2027-01-31".into(), ..Default::default() };
    let refused = world.list_where(&school(), filter.clone()).await.expect_err("reversed");
    assert_eq!(causes(&refused), "filter.to_date=DATE_REVERSED");
    assert_eq!(refused.message(), "Certains champs sont à corriger.");
    let refused = world.list_where(&english(school()), filter).await.expect_err("reversed");
    assert_ne!(refused.message(), "Certains champs sont à corriger.");
}

#[tokio::test]
async fn a_token_of_something_else_is_refused() {
    let world = World::new().await;
    for page_token in [chassis::page::encode(&7), chassis::page::encode(&"7"), "AAAA".to_owned()] {
        let request = ListRequestReportRequest { page_token, ..Default::default() };
        let refused = world.client(&school()).list_request_report(request).await.expect_err("a foreign token");
        assert_eq!(causes(&refused), "page_token=MALFORMED_PAGE_TOKEN");
    }
}

#[tokio::test]
async fn a_page_that_is_too_large_is_cut() {
    let world = World::new().await;
    let request = ListRequestReportRequest { page_size: i32::MAX, ..Default::default() };
    let page = world.client(&school()).list_request_report(request).await.expect("a page").into_inner();
    assert_eq!(page.rows.len(), 0);
}
