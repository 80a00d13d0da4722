//! What must hold of every page, in every state: axe-core finds nothing, nothing is wider than the screen, nothing is
//! written into the page that its policy forbids, and the browser has no complaint.

use platform::browser::{Tab, View};
use serde_json::{Value, json};

/// The source of axe-core.
const AXE: &str = include_str!(concat!(env!("OUT_DIR"), "/axe.js"));

/// Runs rules, and answers what was found, one line for each element.
const RUN: &str = "
    const [options, done] = arguments;
    axe.run(document, { resultTypes: ['violations'], ...options }).then(
        r => done(r.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(' ')}: ${n.failureSummary}`))),
        e => done([String(e)]));";

/// The rules that colours can break. They take most of axe's time, since each text is looked for on the screen.
const COLOURS: [&str; 2] = ["color-contrast", "link-in-text-block"];

/// Which rules are run.
#[derive(Clone, Copy)]
enum Rules {
    All,
    Colours,
    AllButColours,
}

impl Rules {
    /// As axe takes them.
    fn options(self) -> Value {
        match self {
            Self::All => json!({}),
            Self::Colours => json!({ "runOnly": { "type": "rule", "values": COLOURS } }),
            Self::AllButColours => {
                let off = COLOURS.map(|rule| (rule.to_owned(), json!({ "enabled": false })));
                json!({ "rules": off.into_iter().collect::<serde_json::Map<_, _>>() })
            }
        }
    }
}

/// Scripts and styles within the page, and whatever a hostile name may have become.
const FOREIGN: &str = "
    const found = [...document.querySelectorAll('script:not([src]), style, [style], iframe, object, embed, base')];
    for (const element of document.querySelectorAll('*'))
        if ([...element.attributes].some(a => a.name.startsWith('on') || /^\\s*javascript:/i.test(a.value))) found.push(element);
    return found.map(e => e.outerHTML.slice(0, 200))";

/// Elements that reach beyond the right edge, unless they are meant to be scrolled or are out of sight for all eyes.
const TOO_WIDE: &str = "
    const root = document.documentElement, edge = window.innerWidth;
    if (root.scrollWidth <= edge) return [];
    const wide = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > edge + 1);
    return [`${root.scrollWidth} > ${edge}`, ...wide.slice(0, 5).map(e => e.outerHTML.slice(0, 160))]";

/// Words cut off: boxes that hide a part of a text that no other page shows.
const CUT: &str = "
    return [...document.querySelectorAll('main h1, main h2, main td, main th, main button, main a, main label, main dd, main legend')]
        .filter(e => !e.closest('.visually-hidden, [hidden], details:not([open]) > :not(summary)'))
        .filter(e => ['hidden', 'clip'].includes(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1)
        .map(e => e.outerHTML.slice(0, 160))";

/// Checks the page that a tab shows now. `what` names its state.
pub(crate) async fn check(tab: &Tab, what: &str) {
    check_by(tab, what, Rules::All).await;
}

async fn check_by(tab: &Tab, what: &str, rules: Rules) {
    let mut faults = findings(tab, rules).await;
    faults.extend(misshapen(tab).await);
    faults.extend(lines(&tab.ask(FOREIGN).await).into_iter().map(|line| format!("within the page: {line}")));
    faults.extend(tab.complaints().await);
    tell(tab, what, &faults).await;
}

/// Checks that a page holds no script, style or frame but ours.
pub(crate) async fn check_is_ours(tab: &Tab, what: &str) {
    tell(tab, what, &lines(&tab.ask(FOREIGN).await)).await;
}

/// Checks that nothing is cut or wider than the screen.
async fn check_shape(tab: &Tab, what: &str) {
    tell(tab, what, &misshapen(tab).await).await;
}

async fn tell(tab: &Tab, what: &str, faults: &[String]) {
    let address = tab.address().await;
    assert!(faults.is_empty(), "{what} ({address}):\n{}", faults.join("\n"));
}

async fn misshapen(tab: &Tab) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, script) in [("too wide", TOO_WIDE), ("cut", CUT)] {
        faults.extend(lines(&tab.ask(script).await).into_iter().map(|line| format!("{name}: {line}")));
    }
    faults
}

/// Checks it in a wide window, in light and in dark colours, which are the same on a phone, on a phone, and its shape at 200 %;
/// leaves it as it was opened.
pub(crate) async fn check_from_all_sides(tab: &Tab, what: &str) {
    let theme = tab.ask("return document.documentElement.dataset.theme").await;
    tab.resize(View::default()).await;
    recolour(tab, &json!("light")).await;
    check(tab, &format!("{what}, wide, light")).await;
    // Other colours change nothing but colours.
    recolour(tab, &json!("dark")).await;
    tell(tab, &format!("{what}, wide, dark"), &findings(tab, Rules::Colours).await).await;
    recolour(tab, &theme).await;
    check_in_narrow_places(tab, what).await;
}

/// Checks it at 200 % and on a phone, where longer words of another language would not fit.
pub(crate) async fn check_in_narrow_places(tab: &Tab, what: &str) {
    tab.resize(View::zoomed()).await;
    check_shape(tab, &format!("{what}, at 200 %")).await;
    tab.resize(View::phone()).await;
    check_by(tab, &format!("{what}, on a phone"), Rules::AllButColours).await;
    tab.resize(tab.view()).await;
}

/// Checks its shape at 200 % and on a phone, where no script of the page runs and axe can't either.
pub(crate) async fn check_without_scripts(tab: &Tab, what: &str) {
    for view in [View::zoomed(), View::phone()] {
        tab.resize(view).await;
        check_shape(tab, what).await;
    }
    tab.resize(tab.view()).await;
}

/// What a person would get by the menu, without leaving the page or losing what is typed.
async fn recolour(tab: &Tab, theme: &Value) {
    let script = "document.documentElement.dataset.theme = arguments[0]; \
                  document.getAnimations().forEach(animation => animation.finish())";
    tab.client.execute(script, vec![theme.clone()]).await.unwrap();
}

async fn findings(tab: &Tab, rules: Rules) -> Vec<String> {
    if tab.ask("return typeof axe").await == "undefined" {
        tab.client.execute(AXE, Vec::new()).await.unwrap();
    }
    lines(&tab.client.execute_async(RUN, vec![rules.options()]).await.unwrap())
}

fn lines(found: &Value) -> Vec<String> {
    found.as_array().into_iter().flatten().map(|line| line.as_str().unwrap_or_default().replace('\n', " ")).collect()
}
