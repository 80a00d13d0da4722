//! Pictures of the main pages of a running platform with the demonstration: `screenshots http://127.0.0.1:8080 docs/screenshots fr`.
#![allow(clippy::print_stdout, reason = "a command tells what it has done")]
#![allow(clippy::unwrap_used, reason = "a command for developers, which says what is missing by failing")]

use std::{fs, path::PathBuf};

use platform::browser::{Browser, Tab, View};

/// The password of every account of the demonstration.
const PASSWORD: &str = "Demonstration-2026!";

/// A picture: its name, whose page, where, and how.
struct Picture {
    name: &'static str,
    /// Login; empty for nobody.
    who: &'static str,
    /// Address, or `first:` and a list whose first line is opened.
    path: &'static str,
    looks: &'static [Look],
}

/// How a page is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    WideLight,
    WideDark,
    PhoneLight,
    PhoneDark,
}

use Look::{PhoneDark, PhoneLight, WideDark, WideLight};

const FRENCH: &[Picture] = &[
    Picture { name: "connexion", who: "", path: "/sign-in", looks: &[WideLight, PhoneDark] },
    Picture { name: "accueil-ecole", who: "ecole", path: "/", looks: &[WideLight, WideDark, PhoneLight] },
    Picture { name: "accueil-hopital", who: "hopital", path: "/", looks: &[WideLight, PhoneDark] },
    Picture { name: "accueil-unite", who: "unite", path: "/", looks: &[PhoneLight] },
    Picture {
        name: "boite-de-reception",
        who: "hopital",
        path: "/requests",
        looks: &[WideLight, WideDark, PhoneLight],
    },
    Picture {
        name: "demande",
        who: "hopital",
        path: "first:/requests?state=sent",
        looks: &[WideLight, WideDark, PhoneLight],
    },
    Picture { name: "demande-unite", who: "unite", path: "first:/requests?state=redirected", looks: &[PhoneLight] },
    Picture { name: "nouvelle-demande", who: "ecole", path: "/requests/new", looks: &[WideLight, PhoneDark] },
    Picture { name: "occupation", who: "hopital", path: "/occupancy", looks: &[WideLight, WideDark, PhoneLight] },
    Picture { name: "milieux", who: "hopital.admin", path: "/places", looks: &[WideLight, PhoneLight] },
    Picture { name: "fiche", who: "hopital", path: "first:/occupancy", looks: &[WideLight, PhoneDark] },
    Picture { name: "places-libres", who: "ecole", path: "/places/find", looks: &[WideLight] },
    Picture { name: "rapports", who: "hopital", path: "/reports", looks: &[WideLight] },
];

const ENGLISH: &[Picture] = &[
    Picture { name: "home-school", who: "school", path: "/", looks: &[WideLight] },
    Picture { name: "outbox", who: "school", path: "/requests", looks: &[WideDark] },
    Picture { name: "request", who: "hospital", path: "first:/requests?state=sent", looks: &[WideLight] },
    Picture { name: "new-request", who: "school", path: "/requests/new", looks: &[WideLight] },
    Picture { name: "occupancy", who: "hospital", path: "/occupancy", looks: &[WideLight] },
    Picture { name: "places", who: "hospital.admin", path: "/places?kind=destinations", looks: &[PhoneDark] },
];

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let base = arguments.next().expect("the address of a platform");
    let folder = PathBuf::from(arguments.next().expect("a folder"));
    let language = arguments.next().expect("fr or en");
    fs::create_dir_all(&folder).unwrap();
    let browser = Browser::start().await;
    for picture in if language == "fr" { FRENCH } else { ENGLISH } {
        let tab = browser.open(View::default()).await;
        tab.goto(&format!("{base}/language/{language}?back=/sign-in")).await;
        if !picture.who.is_empty() {
            tab.fill("#login", picture.who).await;
            tab.fill("#password", PASSWORD).await;
            tab.click("main form button.primary").await;
            tab.find("details.menu").await;
        }
        open(&tab, &base, picture.path).await;
        for look in picture.looks {
            take(&tab, *look).await;
            let name = format!("{language}-{}-{}.webp", picture.name, suffix(*look));
            fs::write(folder.join(&name), tab.picture().await).unwrap();
            println!("{name}");
        }
    }
}

/// Opens a page, or what the first line of a list leads to.
async fn open(tab: &Tab, base: &str, path: &str) {
    let Some(list) = path.strip_prefix("first:") else {
        return tab.goto(&format!("{base}{path}")).await;
    };
    tab.goto(&format!("{base}{list}")).await;
    let link = tab.ask("return document.querySelector('main tbody th[scope=row] a, main tbody a')?.href ?? ''").await;
    let link = link.as_str().filter(|link| !link.is_empty()).unwrap_or_else(|| panic!("{list} is empty"));
    tab.goto(link).await;
}

/// Puts the page into a size and colours.
async fn take(tab: &Tab, look: Look) {
    let (view, theme) = match look {
        WideLight => (View::default(), "light"),
        WideDark => (View::default(), "dark"),
        PhoneLight => (View::phone(), "light"),
        PhoneDark => (View::phone(), "dark"),
    };
    tab.resize(view).await;
    // As tall as the page, so that bars at the bottom of the window are at its end; within reason.
    let tall = tab
        .ask("return document.documentElement.scrollHeight")
        .await
        .as_u64()
        .and_then(|tall| u32::try_from(tall).ok());
    tab.resize(View { height: tall.unwrap_or_default().clamp(view.height, 3 * view.height), ..view }).await;
    tab.ask(&format!(
        "document.documentElement.dataset.theme = '{theme}'; document.getAnimations().forEach(a => a.finish())"
    ))
    .await;
}

const fn suffix(look: Look) -> &'static str {
    match look {
        WideLight => "wide-light",
        WideDark => "wide-dark",
        PhoneLight => "phone-light",
        PhoneDark => "phone-dark",
    }
}
