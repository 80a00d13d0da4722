//! Work without a mouse: the Tab key leads to a part of the page, and keys do there what a click would.

use fantoccini::key::Key;
use serde_json::json;
use testkit::wait_for;

use super::Tab;

/// More stops of the Tab key than any page has.
const MOST_STOPS: usize = 500;

impl Tab {
    /// Presses a key where the focus is.
    ///
    /// # Panics
    /// If nothing takes it.
    pub async fn key(&self, key: Key) {
        self.type_in(&String::from(char::from(key))).await;
        self.settle().await;
    }

    /// Types where the focus is.
    ///
    /// # Panics
    /// If nothing takes it.
    pub async fn type_in(&self, text: &str) {
        // A part of the page that is exchanged takes its element away and gives the focus to the new one: nothing was typed then.
        wait_for(&format!("{text:?} to be typed"), async || match self.client.active_element().await {
            Ok(active) => active.send_keys(text).await.is_ok(),
            Err(_) => false,
        })
        .await;
    }

    /// Presses Tab until the focus is on an element of a selector; within a group of radio buttons, the arrow.
    ///
    /// # Panics
    /// If keys do not lead there, or the focus can't be seen where they do.
    pub async fn tab_to(&self, css: &str) {
        self.find(css).await;
        for _ in 0..MOST_STOPS {
            if self.has_focus(css).await {
                return self.check_focus_is_seen(css).await;
            }
            let next = if self.is_in_group_of(css).await { Key::Down } else { Key::Tab };
            self.type_in(&String::from(char::from(next))).await;
        }
        panic!("keys do not lead to {css}");
    }

    /// Whether an element of a selector has the focus.
    pub async fn has_focus(&self, css: &str) -> bool {
        let script = "return document.activeElement?.matches(arguments[0]) ?? false";
        self.client.execute(script, vec![json!(css)]).await.is_ok_and(|answer| answer == json!(true))
    }

    /// Types a date into the field with the focus, part by part in the order of the browser's language.
    ///
    /// # Panics
    /// If the field holds another date afterwards.
    pub async fn type_date(&self, date: &str) {
        let parts: Vec<&str> = date.split('-').collect();
        let order = self.ask("return new Intl.DateTimeFormat().formatToParts().map(p => p.type).join()").await;
        let order = order.as_str().unwrap_or_default().to_owned();
        let fields: Vec<&str> = order.split(',').filter(|part| *part != "literal").collect();
        for (at, field) in fields.iter().enumerate() {
            match *field {
                "year" => self.type_in(parts[0]).await,
                "month" => self.type_in(parts[1]).await,
                _ => self.type_in(parts[2]).await,
            }
            // Two digits fill a month or a day, and the next part has the focus; a year could have more than four.
            if *field == "year" && at + 1 < fields.len() {
                self.type_in(&String::from(char::from(Key::Right))).await;
            }
        }
        let typed = self.ask("return document.activeElement.value").await;
        assert_eq!(typed, json!(date), "typed in the order {order}");
    }

    async fn is_in_group_of(&self, css: &str) -> bool {
        let script = "const [now, there] = [document.activeElement, document.querySelector(arguments[0])]; \
                      return now?.type === 'radio' && there?.type === 'radio' && now.name === there.name && now.form === there.form";
        self.client.execute(script, vec![json!(css)]).await.is_ok_and(|answer| answer == json!(true))
    }

    /// That it is marked, and not under something that sticks to an edge.
    async fn check_focus_is_seen(&self, css: &str) {
        let script = "const now = document.activeElement, s = getComputedStyle(now), box = now.getBoundingClientRect(); \
                      const top = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20)); \
                      return [(s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none', \
                              top !== null && (now.contains(top) || top.contains(now))]";
        assert_eq!(self.ask(script).await, json!([true, true]), "the focus on {css} is not marked or not in sight");
    }
}
