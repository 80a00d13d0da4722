//! Who and where, for every service that needs it: what a grant covers, copies of the places, programs and people that identity
//! and configuration own, and a snapshot of them in memory. It knows no service.
//!
//! - [`model`]: roles, levels, scopes, grants, and [`Scope::covers`](model::Scope::covers), the only scope rule of Tandem; the
//!   entries as services use them. Pure. Rules of an owner (whose grants mean nothing where, who sees what has no unit) stay with
//!   that owner and narrow what `covers` answers.
//!   A list says the same in its own statement, with [`Reach::is_province`](model::Reach::is_province) and
//!   [`Reach::ids`](model::Reach::ids) as arguments and a line per kind that its rows have.
//! - [`wire`]: the contracts' messages ↔ the model.
//! - [`Directory`]: tables, snapshot, and the handler that keeps both; one for each service in a process.
//!
//! ```text
//! *_changed ─► Keep: row newer? ─commit─► snapshot of this process
//!                 └► directory_revision ──polled every second──► snapshots of the other processes
//! ```
//!
//! **Fresh.** A writer takes the next revision, stamps its rows with it, and holds the row of the counter until it has committed.
//! So revisions become visible in their order, and a reader that has seen one needs the rows with a higher one, no more. The
//! process whose consumer wrote does so right after the commit, before the event counts as handled; the others see
//! the counter move, at most a second later. What must never be oversold or doubled is decided on locked rows of the service,
//! never on this.
//!
//! **Of one piece.** A snapshot is read in one transaction and exchanged as a whole. Whoever answers a call takes it once.
//!
//! **People** are too many to be held; those who were asked for lately are remembered. Rows that were read before a change
//! are not remembered after it: a reader knows the revision at which it read, and yields to a newer one. What a transaction
//! reads of its own writing is not remembered either, since it may be rolled back.
//!
//! **Never deleted.** Entries retire, people are archived; a row that is gone would let an older event, which may arrive late,
//! bring it back as it was.
//!
//! **No foreign keys.** A unit's event may come before that of its site, and a service keeps the kinds that it needs. Where a place
//! lies is therefore not known before all above it is ([`Snapshot::place`]).
//!
//! **One statement.** An event costs one statement beside its inbox row, a batch one for each kind in it. Writers of one schema wait
//! for each other; nothing in a person's transaction does.
//!
//! **Filling.** An empty service asks the owners' export streams, and the same handlers take what these tell (`copy_of` of the
//! chassis). Plain queries, as in eventing, since the tables stand in every schema; [`MIGRATOR`] is run into those that opt in.

mod handle;
mod keep;
pub mod model;
mod people;
mod snapshot;
mod store;
pub mod wire;

pub use handle::{Directory, Kept};
pub use keep::{Keep, KeepDirectory};
pub use snapshot::Snapshot;

/// The history of the directory's tables, to be run into the schema of each service that opts in; it counts in
/// `_directory_migrations`.
pub static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!();
