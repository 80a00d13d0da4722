//! The gateway, as somebody: its client, how long its answers take, and what several pages ask it for.

mod caller;
mod channel;
mod client;
mod live;
mod placement_type;
pub(crate) mod places;
mod reasons;
mod time;
mod timing;

pub(crate) use caller::Client;
pub(crate) use client::Api;
pub(crate) use live::{LIVE, Live};
pub(crate) use placement_type::placement_type;
pub(crate) use reasons::Reasons;
pub(crate) use time::instant;
pub(crate) use timing::{Breakdown, PageTiming};
