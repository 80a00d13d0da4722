//! How much travels before a first page is complete.

use reqwest::Method;

use super::visitor::Visitor;
use crate::{browser::environment, shared};

/// The most that a first page may be, with everything that it loads, in bytes as they travel.
const MOST_BYTES: usize = 60_000;

#[test]
fn a_first_page_is_light_with_everything() {
    shared::run(async {
        let environment = environment().await;
        let nobody = Visitor::new(environment.platform);
        let coordinator = Visitor::signed_in(environment.platform, &environment.world.receiving).await;
        for (visitor, path) in
            [(&nobody, "/sign-in"), (&coordinator, "/"), (&coordinator, "/requests"), (&coordinator, "/occupancy")]
        {
            let page = visitor.get(path).await.body;
            let mut bytes = weigh(visitor, path).await;
            for part in page
                .split(['"', '\''])
                .filter(|part| part.starts_with("/assets/"))
                .collect::<std::collections::BTreeSet<_>>()
            {
                bytes += weigh(visitor, part).await;
            }
            assert!(bytes < MOST_BYTES, "{path}: {bytes} bytes");
        }
    });
}

/// Body and headers as they travel, compressed.
async fn weigh(visitor: &Visitor, path: &str) -> usize {
    let request = visitor.request(Method::GET, path).header("accept-encoding", "gzip");
    let response = request.send().await.unwrap();
    let headers: usize = response.headers().iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
    headers + response.bytes().await.unwrap().len()
}
