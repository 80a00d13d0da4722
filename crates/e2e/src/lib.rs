//! Black-box journeys through the gateway and the browser.
