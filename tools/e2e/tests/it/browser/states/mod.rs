//! Every page in every state that it can have, looked at from all sides and in both languages. What a journey, a list or an
//! error shows is looked at where that is tested.

mod bulk;
mod empty;
mod filters;
mod places;
mod requests;
mod shell;

use platform::browser::Tab;

use super::{audit, environment, everywhere::unfold};

/// Looks at pages as whoever is signed in: from all sides in one language, in narrow places in the other, whose words have
/// other lengths.
async fn look(tab: &Tab, languages: [&str; 2], pages: &[String]) {
    let [first, second] = languages;
    for page in pages {
        go(tab, first, page).await;
        audit::check_from_all_sides(tab, page).await;
        go(tab, second, page).await;
        audit::check_in_narrow_places(tab, page).await;
    }
}

/// Opens a page in a language, with all that is folded.
async fn go(tab: &Tab, language: &str, page: &str) {
    let back = form_urlencoded::Serializer::new(String::new()).append_pair("back", page).finish();
    tab.goto(&environment().await.page(&format!("/language/{language}?{back}"))).await;
    let seen = tab
        .ask("return [document.documentElement.lang, performance.getEntriesByType('navigation')[0].responseStatus]")
        .await;
    if seen != serde_json::json!([language, 200]) {
        let (told, output) = (tab.text("main").await, environment().await.platform.output());
        let errors: Vec<_> = output.lines().filter(|line| line.contains("ERROR")).collect();
        panic!("{page}: {seen}\n{told}\n{}", errors.join("\n"));
    }
    unfold(tab).await;
}

const FRENCH_FIRST: [&str; 2] = ["fr", "en"];
const ENGLISH_FIRST: [&str; 2] = ["en", "fr"];

fn owned<const N: usize>(pages: [&str; N]) -> Vec<String> {
    pages.map(str::to_owned).into()
}
