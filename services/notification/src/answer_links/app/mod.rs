mod answering;
mod issuing;

pub(super) use answering::{ClaimLink, Claimed, NotTaken, OpenLink, Opened, Refused, SettleLink, Verdict};
pub(crate) use issuing::{Issue, Links};
