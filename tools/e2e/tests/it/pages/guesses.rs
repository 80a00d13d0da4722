//! Guessers who type into pages instead of calling.

use platform::{Setup, Shape};
use reqwest::StatusCode;

use super::visitor::Visitor;
use crate::shared;

#[test]
fn guesses_typed_into_a_page_are_counted_by_the_address_that_they_come_from() {
    shared::run(async {
        let setup = Setup::new(Shape::OneProcess).with("TANDEM_TANDEM__SERVICE__GATEWAY__SECRETS_PER_MINUTE", "5");
        let platform = setup.start().await;
        let guesser = Visitor::at(&platform, [127, 0, 70, 1]);
        let mut statuses = Vec::new();
        for login in 0..10 {
            statuses.push(guesser.sign_in(&format!("nobody{login}"), "Wrong-2026 or not", "/").await.status);
        }
        assert_eq!(statuses[0], StatusCode::UNAUTHORIZED, "{statuses:?}");
        assert_eq!(statuses[9], StatusCode::TOO_MANY_REQUESTS, "{statuses:?}");
        let neighbour = Visitor::at(&platform, [127, 0, 70, 2]);
        let page = neighbour.sign_in("nobody", "Wrong-2026 or not", "/").await;
        assert_eq!(page.status, StatusCode::UNAUTHORIZED, "{}", page.body);
    });
}
