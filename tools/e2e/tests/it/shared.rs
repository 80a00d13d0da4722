//! One platform of each shape for all tests that do not disturb each other, and one runtime for all of them: what a platform
//! needs (its mail server, its trace receiver) lives as long as the runtime does.

use std::{
    future::Future,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicUsize, Ordering},
    },
};

use kernel::{Ids, SystemClock};
use platform::{Platform, Setup, Shape};
use tokio::{runtime::Runtime, sync::OnceCell};
use uuid::Uuid;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime can be started"));
static ONE_PROCESS: OnceCell<Platform> = OnceCell::const_new();
static SPLIT: OnceCell<Platform> = OnceCell::const_new();
static PAGES: OnceCell<Platform> = OnceCell::const_new();
static IDS: LazyLock<Ids> = LazyLock::new(|| Ids::random(Arc::new(SystemClock)));

/// Runs a test on the shared runtime.
pub(crate) fn run(test: impl Future<Output = ()>) {
    RUNTIME.block_on(Box::pin(test));
}

/// The shared platform of a shape.
pub(crate) async fn platform(shape: Shape) -> &'static Platform {
    let cell = match shape {
        Shape::OneProcess => &ONE_PROCESS,
        Shape::Split => &SPLIT,
    };
    cell.get_or_init(|| Platform::start(shape)).await
}

/// The platform of tests that look at pages: all of them come from one address, more often than people would.
pub(crate) async fn pages() -> &'static Platform {
    let setup = || {
        Setup::new(Shape::OneProcess)
            .with("TANDEM_TANDEM__SERVICE__GATEWAY__SECRETS_PER_MINUTE", "6000")
            .with("TANDEM_TANDEM__SERVICE__GATEWAY__CALLS_PER_MINUTE", "600000")
            .with("TANDEM_TANDEM__SERVICE__WEB__STYLEGUIDE", "true")
    };
    PAGES.get_or_init(async || setup().start().await).await
}

/// A UUID that nobody has.
pub(crate) fn fresh_id() -> String {
    IDS.next::<Uuid>().to_string()
}

/// A word that no other test uses: names of one world are told from those of another by it.
pub(crate) fn fresh_word() -> String {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    const LETTERS: [&str; 10] = ["ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu"];
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("{}{}{}", LETTERS[count / 100 % 10], LETTERS[count / 10 % 10], LETTERS[count % 10])
}
