//! The reports, as pages and as files.

use std::{collections::HashMap, pin::Pin, sync::Arc};

use chassis::{Db, Failure, Host, Principal, auth, locale, page, rpc};
use futures::{Stream, TryStreamExt as _, stream};
use kernel::{Invalid, Locale, PlacementRequestId};
use proto::{
    google::api::HttpBody,
    reporting::v1::{
        ExportRequestReportRequest, ListRequestReportRequest, ListRequestReportResponse,
        report_service_server::ReportService,
    },
};
use tonic::{Request, Response, Status};

use super::{
    app::{Context, List, Piece},
    domain::{
        requests::{Filter, Page, Slice},
        viewer::Viewer,
    },
    wire::{columns::Reader, requests as wire},
};
use crate::{LOCALES, config::Config};

const DEFAULT_PAGE: i64 = 100;
const LARGEST_PAGE: i64 = 1000;

/// Answers `ReportService`.
pub struct Reports {
    host: Host,
    config: Config,
    cx: Context,
}

impl Reports {
    /// With the host's database and clock.
    ///
    /// # Errors
    /// If the province's time zone has no IANA name, by which the database knows it.
    pub fn new(host: Host, config: Config) -> anyhow::Result<Self> {
        let zone = host.env.zone.iana_name().map(Arc::from);
        let zone = zone.ok_or_else(|| anyhow::anyhow!("the province's time zone has no IANA name"))?;
        let cx = Context { zone, directory: host.directory.clone() };
        Ok(Self { host, config, cx })
    }
}

#[tonic::async_trait]
impl ReportService for Reports {
    type ExportRequestReportStream = Pin<Box<dyn Stream<Item = Result<HttpBody, Status>> + Send>>;

    async fn list_request_report(
        &self,
        request: Request<ListRequestReportRequest>,
    ) -> Result<Response<ListRequestReportResponse>, Status> {
        let (now, zone) = (self.host.env.now(), &self.host.env.zone);
        rpc::read(&self.host.db, &self.cx, request, parse_list, |(page, summary)| ListRequestReportResponse {
            rows: page.rows.iter().map(|row| wire::row(row, locale::current(), now, zone)).collect(),
            next_page_token: page.next.as_ref().map(page::encode).unwrap_or_default(),
            summary: Some(wire::summary(&summary)),
        })
        .await
    }

    async fn export_request_report(
        &self,
        request: Request<ExportRequestReportRequest>,
    ) -> Result<Response<Self::ExportRequestReportStream>, Status> {
        let (who, message) = auth::caller(request)?;
        let filter = wire::filter(message.filter.as_ref()).map_err(Failure::from)?;
        let export = Arc::new(Export::new(self, &who, filter)?);
        // The first piece is read before the answer begins, so that a refusal is a status and not half a file.
        let first = export.page(None).await?;
        let mut data = export.reader.header();
        data.extend(export.reader.rows(&first.rows));
        let head = stream::iter([Ok(body(data))]);
        let rest = stream::try_unfold((export, first.next), |(export, after)| async move {
            let Some(after) = after else { return Ok::<_, Status>(None) };
            let page = export.page(Some(after)).await?;
            let data = export.reader.rows(&page.rows);
            Ok(Some((body(data), (export, page.next))))
        });
        // A piece whose rows have all left the report meanwhile is nothing to send.
        let rest = rest.try_filter(|piece| std::future::ready(!piece.data.is_empty()));
        Ok(Response::new(Box::pin(futures::StreamExt::chain(head, rest))))
    }
}

/// A file on its way to one reader.
struct Export {
    db: Db,
    cx: Context,
    rows: i64,
    viewer: Viewer,
    filter: Filter,
    /// Open delays count until the file was asked for, on the last line as on the first.
    reader: Reader,
}

impl Export {
    fn new(reports: &Reports, who: &Principal, filter: Filter) -> Result<Self, Failure> {
        let (viewer, env) = (Viewer::of(&who.rights)?, &reports.host.env);
        // The language is the call's, which is the page's where a page asks.
        let (locale, side, zone) = (locale::current(), viewer.side, env.zone.clone());
        let reader = Reader { locale, side, zone, now: env.now(), text };
        let (db, cx) = (reports.host.db.clone(), reports.cx.clone());
        Ok(Self { db, cx, rows: reports.config.export_rows, viewer, filter, reader })
    }

    /// The rows behind `after`. The language is set anew, since a stream outlives the call that it was set for.
    async fn page(&self, after: Option<PlacementRequestId>) -> Result<Page, Status> {
        let slice = Slice { after, limit: self.rows };
        let piece = Piece { viewer: &self.viewer, filter: &self.filter, slice };
        locale::scope(self.reader.locale, &LOCALES, async { Ok(self.db.read(&piece, &self.cx).await?) }).await
    }
}

fn text(key: &str, locale: Locale) -> String {
    locale::look_up(&LOCALES, locale, key, &HashMap::new()).unwrap_or_default()
}

fn body(data: Vec<u8>) -> HttpBody {
    HttpBody { content_type: tables::Csv::CONTENT_TYPE.to_owned(), data: data.into(), extensions: Vec::new() }
}

/// The use case, or the faults of filter and page.
fn parse_list(who: &Principal, message: &ListRequestReportRequest) -> Result<List, Failure> {
    let viewer = Viewer::of(&who.rights)?;
    let filter = wire::filter(message.filter.as_ref());
    let limit = page::size(message.page_size, DEFAULT_PAGE, LARGEST_PAGE);
    let after = page::decode(&message.page_token);
    match (filter, limit, after) {
        (Ok(filter), Ok(limit), Ok(after)) => Ok(List { viewer, filter, slice: Slice { after, limit } }),
        (filter, limit, after) => {
            let faults = [filter.err(), limit.err(), after.err()];
            Err(Invalid(faults.into_iter().flatten().flat_map(|invalid| invalid.0).collect()).into())
        }
    }
}
