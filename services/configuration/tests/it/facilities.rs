//! The import of the Open Database of Healthcare Facilities, with rows of the real file.

use std::{collections::BTreeMap, path::Path};

use chassis::Failure;
use configuration::facilities::{Counts, Report, run};
use proto::configuration::{
    v1 as pb,
    v1::{agency_service_client::AgencyServiceClient, site_service_client::SiteServiceClient},
};
use tonic::Code;

use crate::world::{World, mask, refused};

const FIXTURE: &[u8] = include_bytes!("fixtures/odhf_qc_excerpt.csv");
const HEADER: &str = "index,facility_name,source_facility_type,odhf_facility_type,provider,unit,street_no,street_name,\
                      postal_code,city,province,source_format_str_address,CSDname,CSDuid,Pruid,latitude,longitude";

impl World {
    async fn import(&self, bytes: &[u8], dry_run: bool) -> Result<Report, Failure> {
        run(&self.running.host.db, &self.running.host.env, bytes, "qc", dry_run).await
    }

    async fn imported(&self, bytes: &[u8]) -> Report {
        self.import(bytes, false).await.expect("a readable file")
    }

    async fn sites(&self) -> BTreeMap<String, pb::Site> {
        let request = pb::ListSitesRequest { page_size: 500, include_inactive: true, ..Default::default() };
        let page = SiteServiceClient::new(self.operator()).list_sites(request).await.expect("a page").into_inner();
        page.sites.into_iter().map(|s| (s.name.clone(), s)).collect()
    }

    async fn agencies(&self) -> Vec<pb::Agency> {
        let request = pb::ListAgenciesRequest::default();
        let page = AgencyServiceClient::new(self.operator()).list_agencies(request).await.expect("a page");
        page.into_inner().agencies
    }

    async fn rows(&self) -> i64 {
        sqlx::query_scalar(
            "select (select count(*) from agency) + (select count(*) from site) + (select count(*) from outbox)",
        )
        .fetch_one(&self.running.db)
        .await
        .expect("a count")
    }
}

/// A file of rows of Québec with these cells: index, name, provider, postal code, city, latitude, longitude.
fn file(rows: &[[&str; 7]]) -> Vec<u8> {
    let mut text = format!("{HEADER}\n");
    for [index, name, provider, code, city, latitude, longitude] in rows {
        text += &format!(
            "{index},{name},CLSC,Hospitals,{provider},,1,rue x,{code},{city},qc,,,,24,{latitude},{longitude}\n"
        );
    }
    text.into_bytes()
}

fn created(created: usize) -> Counts {
    Counts { created, ..Counts::default() }
}

#[tokio::test]
async fn an_untidy_file_becomes_tidy_agencies_and_sites() {
    let world = World::new().await;
    let report = world.imported(FIXTURE).await;
    assert_eq!((report.encoding, report.rows, report.other_provinces), ("windows-1252", 60, 3));
    assert_eq!(report.rejected, []);
    assert_eq!(report.sites, created(60));
    let sites = world.sites().await;
    assert_eq!(sites.len(), 59, "two of one name stand at different addresses");
    let hull = &sites["Hôpital de Hull"];
    let agencies = world.agencies().await;
    assert_eq!(report.agencies, created(agencies.len()));
    let outaouais: Vec<_> = agencies.iter().filter(|a| a.name == "CISSS de l'Outaouais").collect();
    assert_eq!(outaouais.len(), 1);
    assert_eq!((hull.agency_id.as_str(), hull.postal_code.as_str()), (outaouais[0].id.as_str(), "J8Y 1W7"));
    // What the province has listed is its territory's where that is certain, else the list's.
    let of = |site: &str| agencies.iter().find(|a| a.id == sites[site].agency_id).map_or("", |a| a.name.as_str());
    assert_eq!(of("CLSC de Maniwaki"), "CISSS de l'Outaouais");
    assert_eq!(of("Hôtel-Dieu d'Arthabaska"), "CIUSSS de la Mauricie-et-du-Centre-du-Québec");
    assert_eq!(of("Centre hospitalier de St. Mary"), "Gouvernement du Québec", "several institutions share Montréal");
    assert!(agencies.iter().all(|a| a.kind() == pb::AgencyKind::Receiving && !a.user && a.active));
    let family = &sites["Centre d'hébergement Champlain Rive-Sud"];
    assert_eq!((family.street.as_str(), family.city.as_str()), ("5300, chemin Chambly", "Saint-Hubert"));
    assert!((45.0..46.0).contains(&family.latitude) && (-74.0..-73.0).contains(&family.longitude));
    assert!(sites.contains_key("McGill University Health Centre - Montréal Chest Institute"));
    assert_eq!(world.running.published::<pb::SiteChanged>().await.len(), 60);
    assert_eq!(world.running.published::<pb::AgencyChanged>().await.len(), agencies.len());
}

#[tokio::test]
async fn a_dry_run_reports_the_same_and_writes_nothing() {
    let world = World::new().await;
    let rehearsal = world.import(FIXTURE, true).await.expect("a readable file");
    assert_eq!(world.rows().await, 0);
    let real = world.imported(FIXTURE).await;
    assert_eq!(Report { dry_run: false, ..rehearsal }, real);
    let before = world.rows().await;
    let again = world.import(FIXTURE, true).await.expect("a readable file");
    assert_eq!((again.sites.unchanged, world.rows().await), (60, before));
}

#[tokio::test]
async fn a_second_run_changes_nothing() {
    let world = World::new().await;
    let first = world.imported(FIXTURE).await;
    let before = world.rows().await;
    let second = world.imported(FIXTURE).await;
    let unchanged = |counts: Counts| Counts { created: 0, updated: 0, unchanged: counts.created };
    assert_eq!((second.agencies, second.sites), (unchanged(first.agencies), unchanged(first.sites)));
    assert_eq!(second.rejected, first.rejected);
    assert_eq!(world.rows().await, before);
}

#[tokio::test]
async fn only_what_the_source_has_changed_is_written_again() {
    let world = World::new().await;
    let row = ["S1", "CLSC D'ICI", "Province of Québec", "H2X 1Y4", "montréal", "", ""];
    let other = ["S2", "CLSC D'AILLEURS", "Province of Québec", "H2X 1Y5", "montréal", "", ""];
    world.imported(&file(&[row, other])).await;
    let by_hand = pb::Site { street: "2, rue Y".into(), ..world.sites().await["CLSC d'Ici"].clone() };
    let request = pb::UpdateSiteRequest { site: Some(by_hand), update_mask: mask(&["street"]) };
    SiteServiceClient::new(world.operator()).update_site(request).await.expect("the operator corrects it");
    let report = world.imported(&file(&[row, other])).await;
    assert_eq!(report.sites, Counts { unchanged: 2, ..Counts::default() });
    assert_eq!(world.sites().await["CLSC d'Ici"].street, "2, rue Y", "what was corrected by hand stays");

    let mut moved = row;
    moved[3] = "H2X 1Y6";
    moved[2] = "PROVINCE OF QUÉBEC";
    let report = world.imported(&file(&[moved, other])).await;
    assert_eq!(report.sites, Counts { updated: 1, unchanged: 1, ..Counts::default() });
    let site = &world.sites().await["CLSC d'Ici"];
    assert_eq!((site.postal_code.as_str(), site.street.as_str(), site.etag.as_str()), ("H2X 1Y6", "1, rue X", "3"));
}

#[tokio::test]
async fn an_update_neither_reopens_what_was_closed_nor_forgets_what_the_source_does_not_tell() {
    let world = World::new().await;
    let row = ["S1", "CLSC D'ICI", "Province of Québec", "H2X 1Y4", "montréal", "", ""];
    world.imported(&file(&[row])).await;
    let closed = pb::Site {
        active: false,
        time_zone: "America/Blanc-Sablon".into(),
        web_link: "https://clsc.example".into(),
        ..world.sites().await["CLSC d'Ici"].clone()
    };
    let request = pb::UpdateSiteRequest { site: Some(closed), update_mask: mask(&["active", "time_zone", "web_link"]) };
    SiteServiceClient::new(world.operator()).update_site(request).await.expect("it closes");
    world.imported(&file(&[["S1", "CLSC D'ICI", "Province of Québec", "", "montréal", "", ""]])).await;
    let site = &world.sites().await["CLSC d'Ici"];
    assert_eq!((site.postal_code.as_str(), site.active), ("", false));
    assert_eq!((site.time_zone.as_str(), site.web_link.as_str()), ("America/Blanc-Sablon", "https://clsc.example"));
}

#[tokio::test]
async fn every_row_that_is_not_taken_is_told_by_line_and_cause() {
    let world = World::new().await;
    let good = ["S1", "CLSC D'ICI", "Province of Québec", "H2X 1Y4", "montréal", "45.5", "-73.5"];
    let with = |place: usize, cell: &'static str| {
        let mut row = good;
        row[0] = ["S2", "S3", "S4", "S5", "S6", "S7", "S8"][place];
        row[place] = cell;
        row
    };
    let mut bytes = file(&[
        good,
        with(0, " "),
        with(1, ""),
        with(3, "12345"),
        with(4, ""),
        with(5, "north"),
        with(6, "73.5"),
        good,
        ["S9", "clsc d'ici", "Another", "h2x1y4", "MONTRÉAL", "", ""],
    ]);
    bytes.extend_from_slice(b"S10,too,short\n");
    let report = world.imported(&bytes).await;
    let rejected: Vec<_> = report.rejected.iter().map(|r| (r.line, r.cause)).collect();
    assert_eq!(
        rejected,
        [
            (3, "MISSING_INDEX"),
            (4, "MISSING_NAME"),
            (5, "MALFORMED_POSTAL_CODE"),
            (6, "MISSING_CITY"),
            (7, "MALFORMED_COORDINATES"),
            (8, "COORDINATES_OUTSIDE_CANADA"),
            (9, "DUPLICATE_INDEX"),
            (10, "DUPLICATE_FACILITY"),
            (11, "WRONG_NUMBER_OF_FIELDS"),
        ]
    );
    assert_eq!(report.sites, created(1));
}

#[tokio::test]
async fn a_retired_agency_gets_no_new_site_from_a_file_either() {
    let world = World::new().await;
    let first = ["S1", "CLSC D'ICI", "Province of Québec", "", "montréal", "", ""];
    world.imported(&file(&[first])).await;
    let agency = pb::Agency { active: false, ..world.agencies().await[0].clone() };
    let request = pb::UpdateAgencyRequest { agency: Some(agency), update_mask: mask(&["active"]) };
    AgencyServiceClient::new(world.operator()).update_agency(request).await.expect("it retires");
    let second = ["S2", "CLSC D'AILLEURS", "Province of Québec", "", "laval", "", ""];
    let report = world.imported(&file(&[first, second])).await;
    assert_eq!(report.sites, Counts { unchanged: 1, ..Counts::default() });
    let rejected: Vec<_> = report.rejected.iter().map(|r| (r.line, r.cause)).collect();
    assert_eq!(rejected, [(3, "AGENCY_RETIRED")]);
}

#[tokio::test]
async fn what_is_no_such_file_is_refused_and_changes_nothing() {
    let world = World::new().await;
    for (bytes, reason) in [
        (&b""[..], "FILE_EMPTY"),
        (b"\xef\xbb\xbf\r\n", "FILE_EMPTY"),
        (b"\x7fELF\x02\x01\x01\0\0\0\0\0\xff\xfe", "FILE_NOT_TEXT"),
        (b"a,b,c\n1,2,3\n", "FILE_LACKS_COLUMNS"),
        (b"\x81\x8d\x8f\x90\x9d\xfe\xff,\n", "FILE_LACKS_COLUMNS"),
    ] {
        let failure = world.import(bytes, false).await.expect_err("not such a file");
        assert_eq!(failure.reason(), reason, "{bytes:?}");
        refused::<()>(Err(failure.into()), Code::InvalidArgument, reason);
    }
    assert_eq!(world.rows().await, 0);
}

#[tokio::test]
async fn a_header_alone_is_an_empty_table() {
    let world = World::new().await;
    let report = world.imported(HEADER.as_bytes()).await;
    assert_eq!((report.rows, report.sites, report.rejected.len()), (0, Counts::default(), 0));
}

#[tokio::test]
async fn two_imports_at_once_do_not_double_anything() {
    let world = World::new().await;
    let (one, other) = tokio::join!(world.import(FIXTURE, false), world.import(FIXTURE, false));
    let sites = (one.expect("one").sites, other.expect("other").sites);
    assert_eq!((sites.0.created + sites.1.created, sites.0.unchanged + sites.1.unchanged), (60, 60));
    assert_eq!(world.running.published::<pb::SiteChanged>().await.len(), 60);
}

#[tokio::test]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
async fn the_whole_file_is_taken_for_quebec() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/odhf_v1.1.csv");
    let Ok(bytes) = std::fs::read(&path) else {
        eprintln!("SKIP: the_whole_file_is_taken_for_quebec: no ../shared/data/odhf_v1.1.csv");
        return;
    };
    let world = World::new().await;
    let report = world.imported(&bytes).await;
    assert_eq!((report.encoding, report.rows, report.other_provinces), ("windows-1252", 1606, 7033 - 1606));
    assert_eq!(report.sites.created + report.rejected.len(), 1606, "no row is lost");
    assert!(report.rejected.len() < 5, "{:?}", report.rejected);
    let names: Vec<(String, String)> =
        sqlx::query_as("select name, city from site").fetch_all(&world.running.db).await.expect("the sites");
    let shouting =
        |text: &str| text.split([' ', '.']).filter(|w| w.len() > 7 && !w.chars().any(char::is_lowercase)).count();
    let untidy: Vec<_> = names.iter().filter(|(name, city)| shouting(name) + shouting(city) > 0).collect();
    assert!(untidy.is_empty(), "{untidy:?}");
    let second = world.imported(&bytes).await;
    assert_eq!(second.sites, Counts { unchanged: report.sites.created, ..Counts::default() });
}
