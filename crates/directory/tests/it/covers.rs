//! One rule: what a grant covers, asked of one thing and of a list.

use directory::{
    model::{Place, Reach, Scope, ScopeKind},
    sql::{self, Columns},
};
use kernel::ServiceId;
use rand::{RngExt as _, SeedableRng as _, seq::IndexedRandom as _};
use rand_chacha::ChaCha8Rng;
use sqlx::{PgPool, QueryBuilder};
use testkit::postgres::Database;
use uuid::Uuid;

use crate::world::id;

/// Few ids of each kind, so that many things meet.
const IDS: u128 = 4;
const ROWS: usize = 120;
const REACHES: usize = 200;

fn some(random: &mut ChaCha8Rng) -> Uuid {
    Uuid::from_u128(random.random_range(0..IDS))
}

/// A request at a place, with a unit or without.
fn place(random: &mut ChaCha8Rng) -> Place {
    let services: Vec<ServiceId> = (0..random.random_range(0..3)).map(|_| some(random).into()).collect();
    Place {
        agency: some(random).into(),
        site: random.random_bool(0.8).then(|| some(random).into()),
        services,
        destination: random.random_bool(0.6).then(|| some(random).into()),
        program: random.random_bool(0.5).then(|| some(random).into()),
    }
}

fn reach(random: &mut ChaCha8Rng) -> Reach {
    let scopes = (0..random.random_range(0..4)).map(|_| {
        // The whole province is rare, or it would hide the others.
        let kind = ScopeKind::ALL[1..].choose(random).copied().unwrap();
        let kind = if random.random_bool(0.03) { ScopeKind::Province } else { kind };
        Scope::new(kind, some(random))
    });
    scopes.collect()
}

async fn table(pool: &PgPool, places: &[Place]) {
    let create = "create table listed (
        number integer, agency_id uuid not null, site_id uuid, service_id uuid, service_ids uuid[] not null,
        destination_id uuid, program_id uuid)";
    sqlx::raw_sql(create).execute(pool).await.unwrap();
    for (number, place) in (0..).zip(places) {
        let services: Vec<Uuid> = place.services.iter().map(|id| id.uuid()).collect();
        let first = services.first().copied();
        sqlx::query("insert into listed values ($1, $2, $3, $4, $5, $6, $7)")
            .bind(number)
            .bind(place.agency.uuid())
            .bind(place.site.map(|id| id.uuid()))
            .bind(first)
            .bind(services)
            .bind(place.destination.map(|id| id.uuid()))
            .bind(place.program.map(|id| id.uuid()))
            .execute(pool)
            .await
            .unwrap();
    }
}

async fn composed(pool: &PgPool, reach: &Reach, columns: &Columns) -> Vec<i32> {
    let mut query = QueryBuilder::new("select number from listed where ");
    sql::push(&mut query, reach, columns);
    query.push(" order by number");
    query.build_query_scalar().fetch_all(pool).await.unwrap()
}

/// As a statement that is checked at compile time writes it.
async fn by_hand(pool: &PgPool, reach: &Reach) -> Vec<i32> {
    let statement = "select number from listed
        where ($1 or agency_id = any($2) or site_id = any($3) or service_ids && $4 or destination_id = any($5)
               or program_id = any($6))
        order by number";
    sqlx::query_scalar(statement)
        .bind(reach.is_province())
        .bind(reach.ids(ScopeKind::Agency))
        .bind(reach.ids(ScopeKind::Site))
        .bind(reach.ids(ScopeKind::Service))
        .bind(reach.ids(ScopeKind::Destination))
        .bind(reach.ids(ScopeKind::Program))
        .fetch_all(pool)
        .await
        .unwrap()
}

fn covered(places: &[Place], reach: &Reach) -> Vec<i32> {
    (0..).zip(places).filter(|(_, place)| reach.covers(place)).map(|(number, _)| number).collect()
}

#[tokio::test]
async fn a_list_holds_what_may_be_opened_and_nothing_else() {
    let database = Database::empty().await;
    database.create_schema("listing").await.unwrap();
    let pool = database.pool_for_schema("listing").await;
    let mut random = ChaCha8Rng::seed_from_u64(4);
    let places: Vec<_> = (0..ROWS).map(|_| place(&mut random)).collect();
    table(&pool, &places).await;
    let all = Columns {
        agency: Some("agency_id"),
        site: Some("site_id"),
        services: Some("service_ids"),
        destination: Some("destination_id"),
        program: Some("program_id"),
        ..Columns::default()
    };
    // Of requests, which have one service, the side that hosts: programs do not count there.
    let receiving = Columns { services: None, service: Some("service_id"), program: None, ..all };
    let as_request = |place: &Place| Place {
        services: place.services.first().copied().into_iter().collect(),
        program: None,
        ..place.clone()
    };
    let requests: Vec<_> = places.iter().map(as_request).collect();
    let mut found = 0;
    for _ in 0..REACHES {
        let reach = reach(&mut random);
        let expected = covered(&places, &reach);
        assert_eq!(composed(&pool, &reach, &all).await, expected, "{reach:?}");
        assert_eq!(by_hand(&pool, &reach).await, expected, "{reach:?}");
        assert_eq!(composed(&pool, &reach, &receiving).await, covered(&requests, &reach), "{reach:?}");
        found += expected.len();
    }
    assert!(found > ROWS && found < ROWS * REACHES, "{found} rows in reach say little");
}

#[tokio::test]
async fn kinds_that_mean_nothing_to_a_role_are_left_out_of_both() {
    let scopes = [Scope::Agency(id(1)), Scope::Destination(id(5)), Scope::Program(id(7))];
    let reach: Reach = scopes.into_iter().collect();
    let only = reach.only(&[ScopeKind::Agency, ScopeKind::Program]);
    assert_eq!(only.scopes(), [Scope::Agency(id(1)), Scope::Program(id(7))]);
    assert!(!only.covers(&Place::of_destination(id(2), id(3), vec![], id(5))));
    assert!(only.ids(ScopeKind::Destination).is_empty() && !only.is_province() && !only.is_empty());
}
