//! The reports, as pages and as files.

use std::{collections::HashMap, pin::Pin, sync::Arc};

use chassis::{Failure, Host, Principal, auth, locale, page};
use futures::{FutureExt as _, Stream, TryStreamExt as _, stream};
use jiff::Timestamp;
use kernel::{Invalid, Locale, PlacementRequestId};
use proto::{
    google::api::HttpBody,
    reporting::v1::{
        ExportRequestReportRequest, ListRequestReportRequest, ListRequestReportResponse,
        report_service_server::ReportService,
    },
};
use tonic::{Request, Response, Status};

use super::viewer::viewer;
use crate::{
    LOCALES, app,
    config::Config,
    domain::{
        report::{Filter, Page, Slice, Summary},
        viewer::Viewer,
    },
    wire::{self, request_csv::RequestCsv},
};

const DEFAULT_PAGE: i64 = 100;
const LARGEST_PAGE: i64 = 1000;

/// Answers `ReportService`.
pub struct Reports {
    host: Host,
    config: Config,
    zone_name: Arc<str>,
}

impl Reports {
    /// With the host's database and clock.
    ///
    /// # Errors
    /// If the province's time zone has no IANA name, by which the database knows it.
    pub fn new(host: Host, config: Config) -> anyhow::Result<Self> {
        let zone_name = host.env.zone.iana_name().map(Arc::from);
        let zone_name = zone_name.ok_or_else(|| anyhow::anyhow!("the province's time zone has no IANA name"))?;
        Ok(Self { host, config, zone_name })
    }

    async fn page(&self, viewer: &Viewer, filter: &Filter, slice: Slice) -> Result<(Page, Summary), Failure> {
        let context = (&*self.zone_name, viewer, filter, slice);
        let read = self.host.db.read_with(&context, |tx, (zone, viewer, filter, slice)| {
            app::list_request_report::run(tx, zone, viewer, filter, *slice).boxed()
        });
        read.await
    }
}

#[tonic::async_trait]
impl ReportService for Reports {
    type ExportRequestReportStream = Pin<Box<dyn Stream<Item = Result<HttpBody, Status>> + Send>>;

    async fn list_request_report(
        &self,
        request: Request<ListRequestReportRequest>,
    ) -> Result<Response<ListRequestReportResponse>, Status> {
        let (who, message) = auth::caller(request)?;
        let viewer = viewer(&who).map_err(Failure::from)?;
        let (filter, slice) = parse_list(&message).map_err(Failure::from)?;
        let (page, summary) = self.page(&viewer, &filter, slice).await?;
        let (now, zone) = (self.host.env.now(), &self.host.env.zone);
        Ok(Response::new(ListRequestReportResponse {
            rows: page.rows.iter().map(|row| wire::request_report::row(row, locale::current(), now, zone)).collect(),
            next_page_token: page.next.as_ref().map(page::encode).unwrap_or_default(),
            summary: Some(wire::request_report::summary(&summary)),
        }))
    }

    async fn export_request_report(
        &self,
        request: Request<ExportRequestReportRequest>,
    ) -> Result<Response<Self::ExportRequestReportStream>, Status> {
        let (who, message) = auth::caller(request)?;
        let filter = wire::request_report::filter(message.filter.as_ref()).map_err(Failure::from)?;
        let export = Arc::new(Export::new(self, &who, filter)?);
        // The first piece is read before the answer begins, so that a refusal is a status and not half a file.
        let first = export.page(None).await?;
        let mut data = export.csv(|csv| csv.header());
        data.extend(export.csv(|csv| csv.rows(&first.rows)));
        let head = stream::iter([Ok(body(data))]);
        let rest = stream::try_unfold((export, first.next), |(export, after)| async move {
            let Some(after) = after else { return Ok::<_, Status>(None) };
            let page = export.page(Some(after)).await?;
            let data = export.csv(|csv| csv.rows(&page.rows));
            Ok(Some((body(data), (export, page.next))))
        });
        // A piece whose rows have all left the report meanwhile is nothing to send.
        let rest = rest.try_filter(|piece| std::future::ready(!piece.data.is_empty()));
        Ok(Response::new(Box::pin(futures::StreamExt::chain(head, rest))))
    }
}

/// A file on its way to one reader.
struct Export {
    host: Host,
    rows: i64,
    viewer: Viewer,
    filter: Filter,
    locale: Locale,
    /// When it was asked for: open delays count until then, on the last line as on the first.
    now: Timestamp,
}

impl Export {
    fn new(reports: &Reports, who: &Principal, filter: Filter) -> Result<Self, Failure> {
        Ok(Self {
            host: reports.host.clone(),
            rows: reports.config.export_rows,
            viewer: viewer(who)?,
            filter,
            // The call's, which is the page's where a page asks.
            locale: locale::current(),
            now: reports.host.env.now(),
        })
    }

    /// The rows behind `after`. The language is set anew, since a stream outlives the call that the gate set it for.
    async fn page(&self, after: Option<PlacementRequestId>) -> Result<Page, Status> {
        let slice = Slice { after, limit: self.rows };
        locale::scope(self.locale, &LOCALES, async {
            let context = (self, slice);
            let read = self.host.db.read_with(&context, |tx, (export, slice)| {
                app::export_request_report::run(tx, &export.viewer, &export.filter, *slice).boxed()
            });
            Ok(read.await?)
        })
        .await
    }

    fn csv(&self, write: impl FnOnce(&RequestCsv<'_>) -> Vec<u8>) -> Vec<u8> {
        let text = |key: &str| locale::look_up(&LOCALES, self.locale, key, &HashMap::new()).unwrap_or_default();
        let (locale, side, zone) = (self.locale, self.viewer.side, &self.host.env.zone);
        write(&RequestCsv { locale, side, zone, now: self.now, text: &text })
    }
}

fn body(data: Vec<u8>) -> HttpBody {
    HttpBody { content_type: wire::request_csv::CONTENT_TYPE.to_owned(), data: data.into(), extensions: Vec::new() }
}

/// Filter and page, or the faults of both.
fn parse_list(message: &ListRequestReportRequest) -> Result<(Filter, Slice), Invalid> {
    let filter = wire::request_report::filter(message.filter.as_ref());
    let limit = page::size(message.page_size, DEFAULT_PAGE, LARGEST_PAGE);
    let after = page::decode(&message.page_token);
    match (filter, limit, after) {
        (Ok(filter), Ok(limit), Ok(after)) => Ok((filter, Slice { after, limit })),
        (filter, limit, after) => {
            let faults = [filter.err(), limit.err(), after.err()];
            Err(Invalid(faults.into_iter().flatten().flat_map(|invalid| invalid.0).collect()))
        }
    }
}
