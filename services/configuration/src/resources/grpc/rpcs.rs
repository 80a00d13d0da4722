//! The four RPCs of a resource. Each resource tells its names to [`rpcs`], which writes the methods that tonic asks for; how
//! their messages are read stands in the functions here, what they do in the use cases.

use chassis::{Failure, Principal, mask::Mask, page};
use kernel::{Fields, Ids, Invalid, Locale, SearchTerms};
use prost_types::FieldMask;

use crate::resources::{
    app::{
        changes::{Create, Update},
        context::Context,
        reads::List,
        resource::Resource,
    },
    domain::{
        listing::{Listing, Position},
        stored::Stored,
    },
    wire::filter::Filtered,
};

/// Entries of a page unless told otherwise.
const PAGE: i64 = 100;
/// The most entries of a page.
const MOST: i64 = 500;

/// Characters that a search may have.
const QUERY: usize = 200;

/// What list requests have in common.
pub struct ListQuery<'a> {
    pub query: &'a str,
    pub include_inactive: bool,
    pub page_size: i32,
    pub page_token: &'a str,
}

/// What update requests have in common, but for the key.
pub struct Change<'a, R: Resource> {
    pub message: &'a R::Proto,
    pub etag: &'a str,
    pub mask: Mask,
}

/// The entry of a request.
pub fn required<R: Resource>(message: Option<&R::Proto>) -> Result<&R::Proto, Invalid> {
    message.ok_or_else(|| Invalid::field(R::NAME, "REQUIRED"))
}

/// Creates the entry that a message tells of, after `begin` has given it what the caller doesn't choose.
pub fn create<R: Resource>(
    cx: &Context,
    who: &Principal,
    message: Option<&R::Proto>,
    begin: fn(&mut R::Proto, &Ids),
) -> Result<Create<R>, Invalid> {
    let mut new = required::<R>(message)?.clone();
    begin(&mut new, &cx.env.ids);
    Ok(Create { who: who.clone(), value: R::parse(&new)? })
}

/// Lists a page.
pub fn list<R: Resource>(
    cx: &Context,
    who: &Principal,
    filter: &impl Filtered<R::Filter>,
    asked: &ListQuery<'_>,
) -> Result<List<R>, Failure> {
    let mut fields = Fields::default();
    let query = fields.text("query", asked.query, 0..=QUERY);
    let query = fields.finish(|| query)?;
    let after: Option<Position> = page::decode(asked.page_token)?;
    // The order of the first page holds for those that follow, whatever the reader's language has become.
    let locale = after.as_ref().map_or(Ok(who.locale), |p| p.language.parse::<Locale>());
    Ok(List(Listing {
        filter: filter.filter()?,
        query: SearchTerms::of(&query),
        include_inactive: asked.include_inactive,
        today: cx.env.today(),
        locale: locale.map_err(|_| Invalid::field("page_token", "MALFORMED_PAGE_TOKEN"))?,
        after,
        limit: page::size(asked.page_size, PAGE, MOST)?,
    }))
}

/// Changes an entry.
pub fn update<R: Resource>(who: &Principal, key: R::Key, change: Change<'_, R>) -> Result<Update<R>, Invalid> {
    let Change { message, etag, mask } = change;
    let mut fields = Fields::default();
    let etag = fields.etag(&format!("{}.etag", R::NAME), etag);
    let etag = fields.finish(|| etag)?;
    Ok(Update { who: who.clone(), key, etag, message: message.clone(), mask })
}

/// The fields that an update changes: those of its mask, or all, whoever asks.
pub fn all<R: Resource>(_: &Principal, mask: &Option<FieldMask>) -> Result<Mask, Invalid> {
    Mask::new(mask, R::CHANGEABLE)
}

/// The message of an entry.
pub fn one<R: Resource>(stored: &Stored<R>) -> Option<R::Proto> {
    Some(R::write(stored))
}

/// The messages of a page, and the token of the next.
pub fn many<R: Resource>((entries, next): (Vec<Stored<R>>, Option<Position>)) -> (Vec<R::Proto>, String) {
    (entries.iter().map(R::write).collect(), next.map(|p| page::encode(&p)).unwrap_or_default())
}

/// Writes the tonic service of a resource.
///
/// `begin` prepares a new entry's message: its fresh id, and that it is active. `key` reads an id or a code, `mask` the
/// fields that an update changes.
macro_rules! rpcs {
    (
        $service:ident in $server:ident: $resource:ident as $one:ident, $many:ident;
        create $create:ident($create_request:ident) -> $create_response:ident, begin $begin:expr;
        get $get:ident($get_request:ident by $get_key:ident) -> $get_response:ident, key $key:expr;
        list $list:ident($list_request:ident) -> $list_response:ident;
        update $update:ident($update_request:ident by $own_key:ident) -> $update_response:ident, mask $mask:expr;
    ) => {
        #[tonic::async_trait]
        impl pb::$server::$service for crate::resources::Server {
            async fn $create(
                &self,
                request: tonic::Request<pb::$create_request>,
            ) -> Result<tonic::Response<pb::$create_response>, tonic::Status> {
                let parse = |who: &chassis::Principal, message: &pb::$create_request| {
                    crate::resources::rpcs::create::<$resource>(&self.cx, who, message.$one.as_ref(), $begin)
                };
                let answer = |stored| pb::$create_response { $one: crate::resources::rpcs::one::<$resource>(&stored) };
                chassis::rpc::once(&self.host.db, &self.cx, request, parse, answer).await
            }

            async fn $get(
                &self,
                request: tonic::Request<pb::$get_request>,
            ) -> Result<tonic::Response<pb::$get_response>, tonic::Status> {
                let parse = |_: &chassis::Principal, message: &pb::$get_request| {
                    $key(stringify!($get_key), &message.$get_key).map(crate::resources::Get::<$resource>)
                };
                let answer = |stored| pb::$get_response { $one: crate::resources::rpcs::one::<$resource>(&stored) };
                chassis::rpc::read(&self.host.db, &self.cx, request, parse, answer).await
            }

            async fn $list(
                &self,
                request: tonic::Request<pb::$list_request>,
            ) -> Result<tonic::Response<pb::$list_response>, tonic::Status> {
                let parse = |who: &chassis::Principal, message: &pb::$list_request| {
                    let asked = crate::resources::rpcs::ListQuery {
                        query: &message.query,
                        include_inactive: message.include_inactive,
                        page_size: message.page_size,
                        page_token: &message.page_token,
                    };
                    crate::resources::rpcs::list::<$resource>(&self.cx, who, message, &asked)
                };
                let answer = |page| {
                    let ($many, next_page_token) = crate::resources::rpcs::many::<$resource>(page);
                    pb::$list_response { $many, next_page_token }
                };
                chassis::rpc::read(&self.host.db, &self.cx, request, parse, answer).await
            }

            async fn $update(
                &self,
                request: tonic::Request<pb::$update_request>,
            ) -> Result<tonic::Response<pb::$update_response>, tonic::Status> {
                let parse = |who: &chassis::Principal, message: &pb::$update_request| {
                    let new = crate::resources::rpcs::required::<$resource>(message.$one.as_ref())?;
                    let key = $key(concat!(stringify!($one), ".", stringify!($own_key)), &new.$own_key)?;
                    let mask = $mask(who, &message.update_mask)?;
                    let change = crate::resources::rpcs::Change { message: new, etag: &new.etag, mask };
                    crate::resources::rpcs::update::<$resource>(who, key, change)
                };
                let answer = |stored| pb::$update_response { $one: crate::resources::rpcs::one::<$resource>(&stored) };
                chassis::rpc::write(&self.host.db, &self.cx, request, parse, answer).await
            }
        }
    };
}
pub(crate) use rpcs;
