//! Who publishes, who consumes, who calls whom: one table of constants per service, which `xtask` prints.

/// What one service publishes, consumes and calls.
#[derive(Clone, Copy, Debug)]
pub struct Topology {
    /// The service's name, which begins its queue's name.
    pub service: &'static str,
    /// Event types that it appends to its outbox.
    pub publishes: &'static [&'static str],
    /// Event types that its queue takes.
    pub consumes: &'static [&'static str],
    /// RPCs of other services that it calls.
    pub calls: &'static [Call],
}

/// An RPC of another service, and why a copy fed by events does not do.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    /// Full name, such as `tandem.identity.v1.ExportService/Export`.
    pub rpc: &'static str,
    /// Why it is called.
    pub reason: &'static str,
}

/// Lists of event types as one, for a table that is made of several; `N` is how many they are together.
///
/// # Panics
/// While it is compiled, if they are fewer or more.
#[must_use]
pub const fn joined<const N: usize>(lists: &[&[&'static str]]) -> [&'static str; N] {
    let (mut all, mut at, mut list) = ([""; N], 0, 0);
    while list < lists.len() {
        let mut event = 0;
        while event < lists[list].len() {
            all[at] = lists[list][event];
            (at, event) = (at + 1, event + 1);
        }
        list += 1;
    }
    assert!(at == N, "as many as they are together");
    all
}

impl Topology {
    /// Whether the service has anything to do with events, and so needs a broker and a relay.
    #[must_use]
    pub const fn has_events(&self) -> bool {
        !self.publishes.is_empty() || !self.consumes.is_empty()
    }

    /// The name of the service's queue, if it consumes anything.
    #[must_use]
    pub fn queue(&self) -> Option<String> {
        (!self.consumes.is_empty()).then(|| crate::consumers::queue_name(self.service))
    }
}
