//! The cookies as a browser sees them.

use platform::browser::View;

use crate::{browser::stage, shared};

#[test]
fn no_script_gets_a_cookie() {
    shared::run(async {
        let stage = stage().await;
        let tab = stage.enter(View::default(), "fr", &stage.world.placing).await;
        assert_eq!(tab.ask("return document.cookie").await, "");
    });
}
