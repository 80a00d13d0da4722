//! The file, read back as a spreadsheet reads it.

use kernel::Locale;
use proto::{
    google::api::HttpBody,
    placement::v1::State,
    reporting::v1::{ExportRequestReportRequest, RequestReportFilter},
};
use reporting::config::Config;
use testkit::service::User;

use crate::world::{Happens::*, SCHOOL, World, agency, agent, coordinator, english, facts, school};

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();
const SENT: &str = "2026-11-02T15:00:00Z";

/// The pieces of the file.
pub async fn pieces(world: &World, user: &User, filter: RequestReportFilter) -> Vec<HttpBody> {
    let request = ExportRequestReportRequest { filter: Some(filter) };
    let mut stream = world.client(user).export_request_report(request).await.expect("the file").into_inner();
    let mut pieces = Vec::new();
    while let Some(piece) = stream.message().await.expect("the stream ends well") {
        pieces.push(piece);
    }
    pieces
}

/// The lines of the file with its header, parsed by the separator of the reader's language.
pub async fn lines(world: &World, user: &User) -> Vec<Vec<String>> {
    parse(&pieces(world, user, RequestReportFilter::default()).await, user.locale)
}

fn parse(pieces: &[HttpBody], locale: Locale) -> Vec<Vec<String>> {
    let bytes: Vec<u8> = pieces.iter().flat_map(|piece| piece.data.to_vec()).collect();
    let text = bytes.strip_prefix(BYTE_ORDER_MARK).expect("the file begins with a byte order mark");
    let delimiter = if locale == Locale::Fr { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(text);
    let line =
        |record: Result<csv::StringRecord, csv::Error>| record.expect("a line").iter().map(str::to_owned).collect();
    reader.records().map(line).collect()
}

#[tokio::test]
async fn the_french_file_has_french_headers_states_and_semicolons() {
    let world = World::new().await;
    world.name_everything().await;
    world.live(1, &[(To(State::Sent), SENT), (To(State::Accepted), "2026-11-05T15:04:00Z")]).await;
    let lines = lines(&world, &school()).await;
    let header = [
        "Référence",
        "Organisme demandeur",
        "Programme",
        "Organisme receveur",
        "Site",
        "Service",
        "Destination",
        "Début",
        "Fin",
        "Étudiants",
        "État",
        "Envoyée le",
        "Réponse le",
        "Confirmée le",
        "Délai de réponse (jours)",
        "Délai de confirmation (jours)",
        "Raison",
        "Identifiant",
    ];
    let row = [
        "QC-0001",
        "Cégep de l'Érable",
        "Soins infirmiers",
        "CIUSSS du Centre",
        "Hôpital Notre-Dame",
        "Médecine",
        "4 Ouest",
        "2027-01-11",
        "2027-03-05",
        "2",
        "Acceptée",
        "2026-11-02 10:00",
        "2026-11-05 10:04",
        "",
        "3",
        "18",
        "R2",
        "019a0000-0000-0000-0000-000000000001",
    ];
    assert_eq!(lines, [header, row]);
}

#[tokio::test]
async fn the_english_file_has_english_headers_states_and_commas() {
    let world = World::new().await;
    world.name_everything().await;
    world.live(1, &[(To(State::SentOffline), SENT)]).await;
    let lines = lines(&world, &english(school())).await;
    assert_eq!(lines[0][..3], ["Reference", "Placing agency", "Program"]);
    assert_eq!(lines[0][10], "State");
    assert_eq!(lines[1][2], "Nursing");
    assert_eq!(lines[1][10], "Sent-P");
    assert_eq!(lines[1][12..16], ["", "", "21", ""], "not answered, so no times, one open delay and none");
}

#[tokio::test]
async fn what_people_typed_comes_back_as_text_and_never_as_a_formula() {
    let hostile = [
        ("=HYPERLINK(\"http://x\";\"y\")", "'=HYPERLINK(\"http://x\";\"y\")"),
        ("+1 514 555-0100", "'+1 514 555-0100"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1:A9)", "'@SUM(A1:A9)"),
        ("\t=1+1", "'\t=1+1"),
        ("QC \"7\"; ou, presque\r\n=2", "QC \"7\"; ou, presque\r\n=2"),
        ("Ünïcödé Œuvre – 4ᵉ", "Ünïcödé Œuvre – 4ᵉ"),
    ];
    let world = World::new().await;
    for (number, (reference, _)) in (1..).zip(hostile) {
        let mut request = facts(number);
        request.reference = reference.to_owned();
        world.live_with(request, &[(To(State::Sent), SENT)]).await;
    }
    for user in [school(), english(school())] {
        let mut references: Vec<_> =
            lines(&world, &user).await.into_iter().skip(1).map(|mut l| l.swap_remove(0)).collect();
        references.reverse();
        assert_eq!(references, hostile.map(|(_, harmless)| harmless));
    }
}

#[tokio::test]
async fn a_name_cannot_become_a_formula_either() {
    let world = World::new().await;
    let changed = agency(SCHOOL, "=cmd|' /C calc'!A0");
    world.running.deliver(&changed, SCHOOL, 1).await.expect("taken");
    world.live(1, &[(To(State::Sent), SENT)]).await;
    assert_eq!(lines(&world, &school()).await[1][1], "'=cmd|' /C calc'!A0");
}

#[tokio::test]
async fn the_file_comes_in_pieces_of_bounded_size_and_misses_no_row() {
    let world = World::with(Config { export_rows: 3 }).await;
    for number in 1..=7 {
        world.live(number, &[(To(State::Sent), SENT)]).await;
    }
    let pieces = pieces(&world, &school(), RequestReportFilter::default()).await;
    assert_eq!(pieces.len(), 3, "3, 3 and 1 rows");
    assert!(pieces.iter().all(|piece| piece.content_type == "text/csv; charset=utf-8"));
    assert!(pieces[0].data.starts_with(BYTE_ORDER_MARK));
    assert!(pieces[1..].iter().all(|piece| !piece.data.starts_with(BYTE_ORDER_MARK)));
    let lines = parse(&pieces, Locale::Fr);
    let references: Vec<_> = lines[1..].iter().map(|line| line[0].as_str()).collect();
    assert_eq!(references, ["QC-0007", "QC-0006", "QC-0005", "QC-0004", "QC-0003", "QC-0002", "QC-0001"]);
}

#[tokio::test]
async fn a_file_without_rows_is_a_header() {
    let world = World::new().await;
    let pieces = pieces(&world, &agent(), RequestReportFilter::default()).await;
    assert_eq!(pieces.len(), 1);
    assert_eq!(parse(&pieces, Locale::Fr).len(), 1);
    assert!(pieces[0].data.ends_with(b"\r\n"));
}

#[tokio::test]
async fn the_filter_and_the_hidden_states_hold_for_the_file_too() {
    let world = World::new().await;
    let life = [(To(State::Sent), SENT), (To(State::Redirected), SENT), (To(State::DeclinedByDestination), SENT)];
    world.live(1, &life).await;
    world.live(2, &life[..1]).await;
    let redirected = RequestReportFilter { states: vec![State::Redirected.into()], ..Default::default() };
    let lines = parse(&pieces(&world, &school(), redirected).await, Locale::Fr);
    assert_eq!(lines.len(), 2);
    assert_eq!((lines[1][10].as_str(), lines[1][16].as_str()), ("Réacheminée", ""));
    // Each side has one word for a state, the one that its pages use.
    let lines = super::export::lines(&world, &coordinator()).await;
    let states: Vec<_> = lines[1..].iter().map(|line| line[10].as_str()).collect();
    assert_eq!(states, ["En attente", "Refusée (destination), à ratifier"]);
    let lines = super::export::lines(&world, &agent()).await;
    assert_eq!((lines.len(), lines[1][10].as_str(), lines[1][16].as_str()), (2, "Refusée", "R3"));
}

#[tokio::test]
async fn a_reader_who_leaves_early_holds_nothing() {
    let world = World::with(Config { export_rows: 1 }).await;
    for number in 1..=50 {
        world.live(number, &[(To(State::Sent), SENT)]).await;
    }
    for _ in 0..30 {
        let request = ExportRequestReportRequest::default();
        let mut stream = world.client(&school()).export_request_report(request).await.expect("the file").into_inner();
        assert!(stream.message().await.expect("a first piece").is_some());
    }
    // More readers than connections have left; the list still gets one.
    assert_eq!(world.seen(&school()).await.len(), 50);
}
