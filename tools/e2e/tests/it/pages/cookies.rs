//! The cookies as a browser sees them.

use platform::browser::View;

use crate::{browser::environment, shared};

#[test]
fn no_script_gets_a_cookie() {
    shared::run(async {
        let environment = environment().await;
        let tab = environment.enter(View::default(), "fr", &environment.world.placing).await;
        assert_eq!(tab.ask("return document.cookie").await, "");
    });
}
