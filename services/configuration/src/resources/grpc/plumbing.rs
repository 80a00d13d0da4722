//! What a call does, alike for the ten resources. Each tells its names to [`rpcs`], which writes the four methods that
//! tonic asks for; all that they do stands in the functions here.

use chassis::{Failure, Host, Principal, mask::Mask, page};
use futures::FutureExt as _;
use kernel::{Fields, Invalid, Locale, fold};
use prost_types::FieldMask;

use crate::resources::{
    app::{self, context::Context, refusal::Refusal, resource::Resource},
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

/// What list requests have in common.
pub struct ListQuery<'a> {
    pub query: &'a str,
    pub include_inactive: bool,
    pub page_size: i32,
    pub page_token: &'a str,
}

/// The new values of an update, and which of them count.
pub struct Change<'a, R: Resource> {
    pub key: R::Key,
    pub message: &'a R::Proto,
    pub etag: &'a str,
    pub mask: Mask,
}

/// Creates the entry that a message tells of, once per `request_id`; `answer` puts it into the response.
pub async fn create<R, Req, Res>(
    host: &Host,
    who: &Principal,
    method: &str,
    request: (&Req, &str),
    new: &R::Proto,
    answer: fn(R::Proto) -> Res,
) -> Result<Res, Failure>
where
    R: Resource,
    Req: prost::Message,
    Res: prost::Message + Default,
{
    let value = R::parse(new)?;
    let context = (Context::from(host), who, value, answer);
    let work = host.db.once_with(who, method, request, &context, |tx, (cx, who, value, answer)| {
        async move { Ok::<_, Refusal>(answer(R::write(&app::resource::create(tx, cx, who, value).await?))) }.boxed()
    });
    work.await
}

/// The message of an entry.
pub async fn get<R: Resource>(host: &Host, key: R::Key) -> Result<R::Proto, Failure> {
    let read = host.db.read_with(&key, |tx, key| app::resource::get::<R>(tx, key).boxed());
    Ok(R::write(&read.await?))
}

/// The messages of a page, and the token of the next.
pub async fn list<R: Resource>(
    host: &Host,
    who: &Principal,
    filter: &impl Filtered<R::Filter>,
    asked: ListQuery<'_>,
) -> Result<(Vec<R::Proto>, String), Failure> {
    let after: Option<Position> = page::decode(asked.page_token)?;
    // The order of the first page holds for those that follow, whatever the reader's language has become.
    let locale = after.as_ref().map_or(Ok(who.locale), |p| p.language.parse::<Locale>());
    let listing = Listing {
        filter: filter.filter()?,
        query: fold(asked.query),
        include_inactive: asked.include_inactive,
        today: host.env.today(),
        locale: locale.map_err(|_| Invalid::field("page_token", "MALFORMED_PAGE_TOKEN"))?,
        after,
        limit: page::size(asked.page_size, PAGE, MOST)?,
    };
    let read = host.db.read_with(&listing, |tx, listing| app::resource::list::<R>(tx, listing).boxed());
    let (entries, next) = read.await?;
    Ok((entries.iter().map(R::write).collect(), next.map(|p| page::encode(&p)).unwrap_or_default()))
}

/// Changes an entry: its message with the fields of the mask laid over it, parsed again, is what becomes of it.
pub async fn update<R: Resource>(host: &Host, who: &Principal, change: Change<'_, R>) -> Result<R::Proto, Failure> {
    let mut fields = Fields::default();
    let etag = fields.etag(&format!("{}.etag", R::NAME), change.etag);
    let etag = fields.finish(|| etag)?;
    let context = (Context::from(host), who, etag, change);
    let work = host.db.in_tx(&context, |tx, (cx, who, etag, change)| {
        async move {
            let merge = |stored: &Stored<R>| {
                let mut merged = R::write(stored);
                R::overlay(change.message, &mut merged, &|field| change.mask.has(field));
                R::parse(&merged)
            };
            app::resource::update(tx, cx, who, &change.key, *etag, &merge).await
        }
        .boxed()
    });
    Ok(R::write(&work.await?))
}

/// The entry of a request.
pub fn required<R: Resource>(message: Option<&R::Proto>) -> Result<&R::Proto, Failure> {
    Ok(message.ok_or_else(|| Invalid::field(R::NAME, "REQUIRED"))?)
}

/// The fields that an update changes: those of its mask, or all, whoever asks.
pub fn all<R: Resource>(_: &Principal, mask: &Option<FieldMask>) -> Result<Mask, Invalid> {
    Mask::new(mask, R::CHANGEABLE)
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
                let (who, message) = chassis::auth::caller(request)?;
                let mut new = crate::resources::plumbing::required::<$resource>(message.$one.as_ref())?.clone();
                let begin: fn(&mut pb::$resource, &kernel::Ids) = $begin;
                begin(&mut new, &self.host.env.ids);
                let answer = |$one| pb::$create_response { $one: Some($one) };
                let request = (&message, message.request_id.as_str());
                let create = crate::resources::plumbing::create::<$resource, _, _>(
                    &self.host,
                    &who,
                    stringify!($create),
                    request,
                    &new,
                    answer,
                );
                Ok(tonic::Response::new(create.await?))
            }

            async fn $get(
                &self,
                request: tonic::Request<pb::$get_request>,
            ) -> Result<tonic::Response<pb::$get_response>, tonic::Status> {
                let (_, message) = chassis::auth::caller(request)?;
                let key = $key(stringify!($get_key), &message.$get_key).map_err(chassis::Failure::from)?;
                let $one = Some(crate::resources::plumbing::get::<$resource>(&self.host, key).await?);
                Ok(tonic::Response::new(pb::$get_response { $one }))
            }

            async fn $list(
                &self,
                request: tonic::Request<pb::$list_request>,
            ) -> Result<tonic::Response<pb::$list_response>, tonic::Status> {
                let (who, message) = chassis::auth::caller(request)?;
                let asked = crate::resources::plumbing::ListQuery {
                    query: &message.query,
                    include_inactive: message.include_inactive,
                    page_size: message.page_size,
                    page_token: &message.page_token,
                };
                let ($many, next_page_token) =
                    crate::resources::plumbing::list::<$resource>(&self.host, &who, &message, asked).await?;
                Ok(tonic::Response::new(pb::$list_response { $many, next_page_token }))
            }

            async fn $update(
                &self,
                request: tonic::Request<pb::$update_request>,
            ) -> Result<tonic::Response<pb::$update_response>, tonic::Status> {
                let (who, message) = chassis::auth::caller(request)?;
                let new = crate::resources::plumbing::required::<$resource>(message.$one.as_ref())?;
                let field = concat!(stringify!($one), ".", stringify!($own_key));
                let change = crate::resources::plumbing::Change {
                    key: $key(field, &new.$own_key).map_err(chassis::Failure::from)?,
                    message: new,
                    etag: &new.etag,
                    mask: $mask(&who, &message.update_mask).map_err(chassis::Failure::from)?,
                };
                let $one = Some(crate::resources::plumbing::update::<$resource>(&self.host, &who, change).await?);
                Ok(tonic::Response::new(pb::$update_response { $one }))
            }
        }
    };
}
pub(crate) use rpcs;
