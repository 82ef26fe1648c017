//! Examples by subject, and the laws.

mod documents;
mod frames;
mod laws;
mod limits;
mod names;
mod threads;

use super::{Attachments, ContentsId, EndpointId, Ingested, Lanes, Limits, Payload, Router};

/// A router with one window, its page connected and listening to everything.
fn with_page(name: &str) -> (Router, EndpointId) {
    let router = Router::new(Limits::default());
    router.name_window(name, ContentsId(1)).unwrap();
    let page = open_page(&router, 1, 1);
    (router, page)
}

/// Connects the page world of a document; it listens to both lanes of windows.
fn open_page(router: &Router, contents: u32, document: u64) -> EndpointId {
    let page = router.connect(ContentsId(contents), document << 1 | 1);
    listen(router, page, 0b011);
    page
}

fn listen(router: &Router, endpoint: EndpointId, lanes: u8) {
    ingest(router, endpoint, lanes, "").unwrap();
}

fn ingest(
    router: &Router,
    endpoint: EndpointId,
    lanes: u8,
    frame: &str,
) -> Result<Ingested, super::RouterError> {
    router.ingest(endpoint, Lanes::from_bits(lanes), frame, Attachments::NONE, false)
}

fn send(router: &Router, name: &str, json: &str) -> Result<(), super::RouterError> {
    router.send(name, Payload { form: 0, json }, Attachments::NONE)
}

/// Texts of all frames that can go now, to whom.
fn drain(router: &Router) -> Vec<(EndpointId, String)> {
    std::iter::from_fn(|| router.next_frame()).map(|frame| (frame.endpoint, frame.text)).collect()
}
