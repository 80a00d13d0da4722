//! How log lines look: JSON for whatever collects them, short text for a person at a terminal.

use std::io::IsTerminal as _;

use jiff::tz::TimeZone;
use kernel::{Clock as _, SystemClock};
use tracing::Subscriber;
use tracing_subscriber::{
    EnvFilter, Layer,
    fmt::{MakeWriter, format::Writer, time::FormatTime},
    registry::LookupSpan,
};

use crate::config;

/// Log lines to standard output, as the settings want them.
pub(crate) fn layer<S>(settings: &config::Telemetry) -> anyhow::Result<Box<dyn Layer<S> + Send + Sync>>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    let at_terminal = std::io::stdout().is_terminal();
    let filter = filter(&settings.log_filter)?;
    Ok(lines(settings.log_format.is_text(at_terminal), at_terminal, std::io::stdout).with_filter(filter).boxed())
}

/// Libraries that say at each start what is as it should be: routes that were made, tables that need not be made again.
/// Whoever names one in the filter hears it.
const CHATTY: [&str; 2] = ["sqlx::postgres::notice", "structured_proxy"];

fn filter(directives: &str) -> anyhow::Result<EnvFilter> {
    // lapin writes returned messages out whole.
    let mut filter = EnvFilter::try_new(directives)?.add_directive("lapin::returned_messages=off".parse()?);
    for target in CHATTY.iter().filter(|target| !directives.contains(**target)) {
        filter = filter.add_directive(format!("{target}=warn").parse()?);
    }
    Ok(filter)
}

fn lines<S, W>(text: bool, at_terminal: bool, writer: W) -> Box<dyn Layer<S> + Send + Sync>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let layer = tracing_subscriber::fmt::layer().with_writer(writer);
    if !text {
        return layer.json().flatten_event(true).boxed();
    }
    let colours = at_terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    layer.compact().with_timer(TimeOfDay(TimeZone::system())).with_target(false).with_ansi(colours).boxed()
}

/// Whoever sits at the terminal knows the day.
struct TimeOfDay(TimeZone);

impl FormatTime for TimeOfDay {
    fn format_time(&self, writer: &mut Writer<'_>) -> std::fmt::Result {
        write!(writer, "{}", SystemClock.now().to_zoned(self.0.clone()).strftime("%H:%M:%S"))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use tracing_subscriber::layer::SubscriberExt as _;

    use super::*;
    use crate::config::LogFormat;

    /// What is logged in one span, as text or as JSON.
    fn logged(text: bool) -> String {
        let written = Arc::new(Mutex::new(Vec::new()));
        let subscriber = tracing_subscriber::registry().with(lines(text, false, Shared(Arc::clone(&written))));
        tracing::subscriber::with_default(subscriber, || {
            let _span = tracing::info_span!("call", rpc = "Send").entered();
            tracing::info!(rows = 3, "copy filled");
        });
        String::from_utf8(written.lock().expect("nobody panicked").clone()).expect("logs are text")
    }

    #[derive(Clone)]
    struct Shared(Arc<Mutex<Vec<u8>>>);

    impl std::io::Write for Shared {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().expect("nobody panicked").write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    impl MakeWriter<'_> for Shared {
        type Writer = Self;

        fn make_writer(&self) -> Self {
            self.clone()
        }
    }

    #[test]
    fn a_person_at_a_terminal_gets_text_and_a_collector_json() {
        assert!(LogFormat::default().is_text(true) && !LogFormat::default().is_text(false));
        assert!(LogFormat::Text.is_text(false) && !LogFormat::Json.is_text(true));
    }

    #[test]
    fn the_settings_know_every_format_by_its_name() {
        for format in [LogFormat::Auto, LogFormat::Json, LogFormat::Text] {
            assert_eq!(serde_json::to_value(format).expect("a name"), format.name());
        }
        assert!(serde_json::from_str::<LogFormat>(r#""pretty""#).is_err());
    }

    #[test]
    fn text_is_one_short_line_without_colours_in_a_file() {
        let line = logged(true);
        let (time, rest) = line.trim_end().split_once(' ').expect("the time comes first");
        assert_eq!((time.len(), time.matches(':').count()), (8, 2), "{line}");
        assert!(rest.contains("INFO") && rest.contains("copy filled") && rest.contains("rows=3"), "{line}");
        assert!(!rest.contains("chassis") && !line.contains('\u{1b}') && line.lines().count() == 1, "{line}");
    }

    #[test]
    fn json_keeps_level_target_fields_and_spans() {
        let line: serde_json::Value = serde_json::from_str(&logged(false)).expect("one object");
        assert_eq!(
            (&line["level"], &line["message"], &line["rows"]),
            (&"INFO".into(), &"copy filled".into(), &3.into())
        );
        assert_eq!((&line["target"], &line["span"]["rpc"]), (&"chassis::logs::tests".into(), &"Send".into()));
    }

    #[test]
    fn a_filter_that_is_none_is_refused() {
        assert!(filter("info,placement=debug").is_ok() && filter("placement=loud").is_err());
    }

    #[test]
    fn chatty_libraries_are_heard_where_they_are_named() {
        let shown = |directives| filter(directives).expect("a filter").to_string();
        assert!(shown("info").contains("structured_proxy=warn"), "{}", shown("info"));
        let named = shown("warn,structured_proxy=debug");
        assert!(named.contains("structured_proxy=debug") && !named.contains("structured_proxy=warn"), "{named}");
    }
}
