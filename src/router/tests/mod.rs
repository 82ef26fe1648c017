//! Examples by subject, and the laws.

mod addresses;
mod calls;
mod closed_names;
mod credit;
mod deadlines;
mod debts;
mod documents;
mod exchange;
mod heads;
mod laws;
mod lengths;
mod limits;
mod linear;
mod names;
mod packets;
mod services;
mod shares;
mod threads;
mod topic_laws;
mod topics;
mod undelivered;
mod worlds;

use serde_json::value::RawValue;

use super::{
    Attachments, ContentsId, EndReason, EndpointId, Lanes, Lease, Limits, Overflow, Packet,
    Payload, RouteOutcome, Router, RouterError, WorldAddress,
};

/// The two bits of a world address that distinguish a document's worlds.
const PRELOAD: u64 = 0;
const PAGE: u64 = 1;
const SUBFRAME: u64 = 2;

/// Bits of lanes.
const MESSAGES: u8 = 0b011;
const CALLS: u8 = 0b100;
const ALL: u8 = MESSAGES | CALLS;

fn world_address(document: u64, world: u64) -> WorldAddress {
    WorldAddress::from_number(document << 2 | world)
}

/// A router with one window, its page connected and listening to all messages.
fn with_page(name: &str) -> (Router, EndpointId) {
    let router = Router::new(Limits::default());
    let page = add_page(&router, name, 1);
    (router, page)
}

/// A window with a page, both of this number, that listens to all messages.
fn add_page(router: &Router, name: &str, number: u32) -> EndpointId {
    router.name_window(name, ContentsId(number)).unwrap();
    open_page(router, number, u64::from(number))
}

/// Windows "a" and "b" with their pages, which listen to all messages.
fn pair() -> (Router, EndpointId, EndpointId) {
    let (router, a) = with_page("a");
    let b = add_page(&router, "b", 2);
    (router, a, b)
}

/// Connects the page world of a document; it listens to all messages.
fn open_page(router: &Router, contents: u32, document: u64) -> EndpointId {
    open_world(router, contents, world_address(document, PAGE), MESSAGES)
}

fn open_world(
    router: &Router,
    contents: u32,
    world_address: WorldAddress,
    lanes: u8,
) -> EndpointId {
    let world = router.connect(ContentsId(contents), world_address, None);
    listen(router, world, lanes);
    world
}

fn listen(router: &Router, endpoint: EndpointId, lanes: u8) {
    route_packet(router, endpoint, lanes, "").unwrap();
}

fn route_packet(
    router: &Router,
    endpoint: EndpointId,
    lanes: u8,
    packet: &str,
) -> Result<RouteOutcome, RouterError> {
    router.route_packet(endpoint, Lanes::from_bits(lanes), packet, Attachments::NONE, false)
}

/// Takes a packet from an endpoint that goes on listening to what it listens to.
fn post(router: &Router, from: EndpointId, packet: &str) {
    let lanes = router.endpoint(from).unwrap().listening();
    router.route_packet(from, lanes, packet, Attachments::NONE, false).unwrap();
}

fn json(json: &str) -> Payload<'_> {
    Payload { form: 0, json }
}

fn send(router: &Router, name: &str, text: &str) -> Result<(), RouterError> {
    router.send(name, json(text), Attachments::NONE)
}

/// The main process serves a service, or serves it no more.
fn serve_main(router: &Router, service: &str, serves: bool) {
    let kind = if serves { 17 } else { 18 };
    router.exchange(&format!("^{kind},\"{service}\",0,0"), None).unwrap();
}

/// Answers a request to the main process with 0.
fn reply(router: &Router, to: EndpointId, id: u64) -> bool {
    router.answer(to, id, true, json("0"), Attachments::NONE).unwrap()
}

/// All packets that can go now, each acknowledged at once.
fn packets(router: &Router) -> impl Iterator<Item = Packet> + '_ {
    let acknowledge = |packet: &Packet| {
        router.acknowledge(packet.endpoint, 1);
    };
    std::iter::from_fn(|| router.next_packet()).inspect(acknowledge)
}

/// Texts of all packets that can go now, to whom.
fn drain(router: &Router) -> Vec<(EndpointId, String)> {
    packets(router).map(|packet| (packet.endpoint, packet.text)).collect()
}

/// The records of all packets that can go now, by receiver; nacks without their sentences.
fn records(router: &Router) -> Vec<(EndpointId, String)> {
    let mut packets = drain(router);
    packets.sort_by_key(|(to, _)| *to);
    packets
        .iter()
        .flat_map(|(to, text)| records_of(text).into_iter().map(|record| (*to, record)))
        .collect()
}

fn records_of(packet: &str) -> Vec<String> {
    let records: Vec<&RawValue> = serde_json::from_str(packet).unwrap();
    records.into_iter().map(|record| without_sentence(record.get())).collect()
}

fn without_sentence(record: &str) -> String {
    let parts: Vec<&RawValue> = serde_json::from_str(record).unwrap();
    if parts[0].get() != "6" {
        return record.into();
    }
    let said: Vec<_> = parts[..5].iter().map(|part| part.get()).collect();
    format!("[{}]", said.join(","))
}

impl Router {
    /// How many open requests to the main process are calls of a service.
    fn open_services(&self) -> usize {
        self.open_requests.services()
    }

    /// How many open requests have a time limit.
    fn limited_requests(&self) -> usize {
        self.deadlines.count()
    }
}

fn dropped(router: &Router, name: &str) -> u64 {
    router.counts(name).unwrap().dropped
}
