//! What must hold of every page, in every state: axe-core finds nothing, nothing is wider than the screen, nothing is
//! written into the page that its policy forbids, and the browser has no complaint.

use serde_json::{Value, json};
use testkit::browser::Tab;

/// The source of axe-core.
const AXE: &str = include_str!(concat!(env!("OUT_DIR"), "/axe.js"));

/// Runs all rules, and answers what was found, one line for each element.
const RUN: &str = "
    const done = arguments[arguments.length - 1];
    axe.run(document, { resultTypes: ['violations'] }).then(
        r => done(r.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(' ')}: ${n.failureSummary}`))),
        e => done([String(e)]));";

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
    let mut faults = findings(tab).await;
    faults.extend(misshapen(tab).await);
    faults.extend(lines(&tab.ask(FOREIGN).await).into_iter().map(|line| format!("within the page: {line}")));
    faults.extend(tab.complaints().await);
    tell(tab, what, &faults).await;
}

/// Checks that nothing is cut or wider than the screen.
pub(crate) async fn check_shape(tab: &Tab, what: &str) {
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

/// Checks it in dark colours too, and leaves it in those of the system.
pub(crate) async fn check_in_both_colours(tab: &Tab, what: &str) {
    for theme in ["light", "dark"] {
        recolour(tab, theme).await;
        check(tab, &format!("{what}, {theme}")).await;
    }
}

/// What a person would get by the menu, without leaving the page or losing what is typed.
async fn recolour(tab: &Tab, theme: &str) {
    let script = "document.documentElement.dataset.theme = arguments[0]; \
                  document.getAnimations().forEach(animation => animation.finish())";
    tab.client.execute(script, vec![json!(theme)]).await.unwrap();
}

async fn findings(tab: &Tab) -> Vec<String> {
    if tab.ask("return typeof axe").await == "undefined" {
        tab.client.execute(AXE, Vec::new()).await.unwrap();
    }
    lines(&tab.client.execute_async(RUN, Vec::new()).await.unwrap())
}

fn lines(found: &Value) -> Vec<String> {
    found.as_array().into_iter().flatten().map(|line| line.as_str().unwrap_or_default().replace('\n', " ")).collect()
}
