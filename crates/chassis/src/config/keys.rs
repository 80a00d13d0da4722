//! The keys that every service has, with their defaults.

use serde::{Deserialize, Serialize};

use super::secret::Secret;

/// The province that a deployment serves.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Province {
    /// Two letters, such as `qc`. Default `qc`.
    pub code: String,
    /// IANA name of its time zone. Default `America/Toronto`.
    pub time_zone: String,
}

impl Default for Province {
    fn default() -> Self {
        Self { code: "qc".into(), time_zone: "America/Toronto".into() }
    }
}

/// Where PostgreSQL is.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Database {
    /// URL with the service's own role; required by services that own a schema. Its `sslmode` is `disable`, `prefer`
    /// (the default: encrypted where the server can, to whoever it is), `require`, `verify-ca`, or `verify-full`, which
    /// alone makes sure that it is the server; `sslrootcert` is a file of authorities trusted beside the public ones.
    pub url: Secret,
    /// Most connections of this process. Default 16.
    pub max_connections: u32,
    /// How long a caller waits for a free connection. Default 3000.
    pub acquire_timeout_ms: u64,
}

impl Default for Database {
    fn default() -> Self {
        Self { url: Secret::default(), max_connections: 16, acquire_timeout_ms: 3000 }
    }
}

/// Where RabbitMQ is.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Broker {
    /// AMQP URL with the province's virtual host; required by services that publish or consume. `amqps://` is encrypted, to
    /// the server that the URL names and no other.
    pub url: Secret,
    /// File with the certificates of the authorities, in PEM, that may have issued the broker's; it is read at each
    /// connection. Default none: those that browsers trust.
    pub ca_file: String,
    /// Delays before a message is handled again, then it is dead. Default 1 s, 10 s, 1 min, 10 min.
    pub retry_delays_ms: Vec<u64>,
    /// Messages in hand at a time and queue. Default 100.
    pub prefetch: u16,
}

impl Default for Broker {
    fn default() -> Self {
        let retry_delays_ms = vec![1_000, 10_000, 60_000, 600_000];
        Self { url: Secret::default(), ca_file: String::new(), retry_delays_ms, prefetch: 100 }
    }
}

/// Where a process listens.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Server {
    /// gRPC of a service; HTTP of gateway and web. Default `127.0.0.1:50051`.
    pub listen: String,
    /// Probes and metrics. Default `127.0.0.1:9090`; empty for none.
    pub admin_listen: String,
    /// How long a call may take unless its caller says less. Default 10000.
    pub deadline_ms: u64,
    /// Largest message taken. Default 1 MiB.
    pub max_message_bytes: usize,
    /// How long a process that was asked to stop still takes new work, while those who send it some learn that it is
    /// leaving. Default 0; in a cluster, longer than it takes until a change of endpoints is known everywhere.
    pub linger_ms: u64,
    /// How long a stopping process finishes what it has in hand. Default 20000.
    pub grace_ms: u64,
    /// After how long a connection to another service is replaced by a new one, which finds replicas that came later. In a
    /// cluster, well below `linger_ms`: then a process that leaves is let go of before it stops. Default 300000.
    pub connection_age_ms: u64,
    /// How long whoever connects over HTTP may take for the head of a request. Default 15000.
    pub head_timeout_ms: u64,
    /// How long they may let the body of a request be waited for, and an answer; longer while something moves. Default 30000.
    pub body_timeout_ms: u64,
    /// How long a connection over HTTP stays open between requests: longer than whatever stands before the process keeps one, or
    /// it sends a request into the end. Default 75000.
    pub idle_timeout_ms: u64,
    /// Most connections over HTTP at a time, and never more than half of the files that the process may open. Where there can
    /// be no other, one that waits for a request makes way. Default 8192.
    pub connections: usize,
    /// Most of one address, or of one network of IPv6. Default 1024: a hospital's whole staff may share one address.
    pub connections_per_address: usize,
    /// For how long browsers that came by TLS come by nothing else. Default a year; 0 says nothing.
    pub hsts_seconds: u64,
    /// Whether the process stops when its standard input ends, which is for parents that hold it. Default false.
    pub ends_with_input: bool,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:50051".into(),
            admin_listen: "127.0.0.1:9090".into(),
            deadline_ms: 10_000,
            max_message_bytes: 1 << 20,
            linger_ms: 0,
            grace_ms: 20_000,
            connection_age_ms: 300_000,
            head_timeout_ms: 15_000,
            body_timeout_ms: 30_000,
            idle_timeout_ms: 75_000,
            connections: 8192,
            connections_per_address: 1024,
            hsts_seconds: 365 * 24 * 3600,
            ends_with_input: false,
        }
    }
}

/// Where traces go and how logs look.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Telemetry {
    /// OTLP over gRPC, such as `http://collector:4317`; empty exports nothing.
    pub otlp_endpoint: String,
    /// `json`, `text`, or `auto`: text at a terminal, JSON elsewhere. Default `auto`.
    pub log_format: LogFormat,
    /// Filter directives. Default `info`.
    pub log_filter: String,
    /// Share of traces begun here that are sampled, 0 to 1. Default 1.
    pub sample_ratio: f64,
}

impl Default for Telemetry {
    fn default() -> Self {
        Self { otlp_endpoint: String::new(), log_format: LogFormat::Auto, log_filter: "info".into(), sample_ratio: 1.0 }
    }
}

/// What services prove themselves to each other with.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Internal {
    /// Shared secret of the deployment's services, at least 32 characters: tokens are signed with it.
    pub secret: Secret,
    /// Another secret whose tokens are accepted, while the secret is replaced: first the next one, until every process
    /// accepts it; then the one before, until no process signs with it. Default none.
    pub accepted_secret: Secret,
}

/// What `telemetry.log_format` can say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// Text where standard output is a terminal, JSON otherwise.
    #[default]
    Auto,
    /// One object per line, with all fields of event and spans.
    Json,
    /// Time of day, level, message and fields.
    Text,
}

impl LogFormat {
    /// As the settings write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Json => "json",
            Self::Text => "text",
        }
    }

    /// Whether lines are for people.
    pub(crate) const fn is_text(self, at_terminal: bool) -> bool {
        match self {
            Self::Auto => at_terminal,
            Self::Json => false,
            Self::Text => true,
        }
    }
}
