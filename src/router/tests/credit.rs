//! The bytes in flight to a page are bounded.

use std::collections::{HashMap, VecDeque};

use proptest::prelude::*;
use serde_json::Value;

use super::*;

fn with_bound(max_in_flight_bytes: usize) -> Limits {
    Limits { max_in_flight_bytes, ..Limits::default() }
}

/// Windows "a" and "b" with their pages, and a limit of the bytes in flight to each.
fn bounded(bound: usize) -> (Router, EndpointId, EndpointId) {
    let (router, a, b) = pair();
    router.set_limits(with_bound(bound));
    (router, a, b)
}

/// The endpoints of the packets that can go now. No page acknowledges them.
fn go(router: &Router) -> Vec<EndpointId> {
    std::iter::from_fn(|| router.next_packet()).map(|packet| packet.endpoint).collect()
}

#[test]
fn without_credit_a_page_gets_no_packet_and_others_do() {
    let (router, a, b) = bounded(9);
    send(&router, "a", "1").unwrap();
    assert_eq!(go(&router), [a], "9 bytes");
    send(&router, "a", "2").unwrap();
    send(&router, "b", "3").unwrap();
    assert_eq!(go(&router), [b]);
    router.acknowledge(a, 1);
    assert_eq!(go(&router), [a]);
}

#[test]
fn replies_and_nacks_wait_for_credit_too() {
    let (router, a, _) = bounded(1);
    send(&router, "a", "1").unwrap();
    assert_eq!(go(&router), [a]);
    assert!(reply(&router, a, 7));
    post(&router, a, "[[2,\"x\",0,1]]");
    assert_eq!(go(&router), []);
    router.acknowledge(a, 1);
    let nack = r#"[6,"x","ERR_UNKNOWN_WINDOW",null,1]"#.into();
    assert_eq!(records(&router), [(a, "[5,7,1,0,0]".into()), (a, nack)]);
}

#[test]
fn a_call_that_waits_for_credit_has_a_handler_and_is_not_given_up() {
    const REQUESTS: u8 = 4;
    let (router, a, _) = bounded(1);
    listen(&router, a, 3 | REQUESTS);
    send(&router, "a", "1").unwrap();
    assert_eq!(go(&router), [a]);
    router.call("a", 1, json("0"), Attachments::NONE).unwrap();
    assert_eq!(go(&router), []);
    assert_eq!(router.drop_unhandled_requests(router.next_request_number(), 5000), None);
    assert_eq!(go(&router), [], "nobody is told anything");
    assert!(router.has_pending_requests());
    // Its handler leaves, and what waits has none any more.
    listen(&router, a, 3);
    assert_eq!(router.drop_unhandled_requests(router.next_request_number(), 5000), None);
    let nack = r#"[6,1,"ERR_NO_HANDLER",null,1]"#.into();
    assert_eq!(records(&router), [(EndpointId::MAIN, nack)]);
}

#[test]
fn more_than_there_is_can_be_acknowledged_and_by_nobody() {
    let (router, a, _) = bounded(10);
    router.acknowledge(a, u32::MAX);
    router.acknowledge(EndpointId::from_number(999), 1);
    router.acknowledge(EndpointId::MAIN, 1);
    send(&router, "a", "1").unwrap();
    assert_eq!(go(&router), [a]);
    send(&router, "a", "2").unwrap();
    assert_eq!(go(&router), [a], "9 bytes were under way");
    send(&router, "a", "3").unwrap();
    assert_eq!(go(&router), [], "no credit from before");
    router.acknowledge(a, 2);
    router.acknowledge(a, 2);
    assert_eq!(go(&router), [a]);
}

#[test]
fn attachments_count() {
    let (router, a, _) = bounded(1_000);
    let attachments = Attachments { first_slot: 0, sizes: &[1_000] };
    router.send("a", Payload { form: 2, json: "0" }, attachments).unwrap();
    send(&router, "a", "1").unwrap();
    assert_eq!(go(&router), [a], "both in one packet");
    send(&router, "a", "2").unwrap();
    assert_eq!(go(&router), []);
}

#[test]
fn the_main_process_has_no_bound() {
    let (router, a, _) = bounded(1);
    router.listen_main(true);
    for id in 1..4 {
        post(&router, a, &format!("[[1,{id},0,0]]"));
        assert_eq!(go(&router), [EndpointId::MAIN]);
    }
}

#[test]
fn packets_in_flight_to_a_document_end_with_it() {
    let (router, a, _) = bounded(1);
    send(&router, "a", "1").unwrap();
    assert_eq!(go(&router), [a]);
    send(&router, "a", "2").unwrap();
    router.end_document(ContentsId(1), 1, EndReason::Reloaded);
    assert!(router.endpoint(a).unwrap().in_flight.lock().is_below(1));
    let new = open_page(&router, 1, 3);
    router.acknowledge(a, 1);
    assert_eq!(records(&router), [(new, "[3,0,2]".into())]);
}

#[test]
fn a_new_bound_holds_at_once() {
    let (router, a, _) = bounded(1);
    send(&router, "a", "1").unwrap();
    assert_eq!(go(&router), [a]);
    send(&router, "a", "2").unwrap();
    assert_eq!(go(&router), []);
    router.set_limits(with_bound(10));
    assert_eq!(go(&router), [a]);
    router.set_limits(with_bound(1));
    router.acknowledge(a, 1);
    send(&router, "a", "3").unwrap();
    assert_eq!(go(&router), [], "one of two is under way");
}

#[derive(Clone, Debug)]
enum Step {
    Send { to: usize, length: usize },
    Reply { to: usize, length: usize },
    Packet,
    Acknowledge { by: usize, packets: u32 },
    Bound(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let length = || 0..300usize;
    prop_oneof![
        4 => (0..2usize, length()).prop_map(|(to, length)| Step::Send { to, length }),
        1 => (0..2usize, length()).prop_map(|(to, length)| Step::Reply { to, length }),
        3 => Just(Step::Packet),
        2 => (0..2usize, 0..3u32).prop_map(|(by, packets)| Step::Acknowledge { by, packets }),
        1 => (1..600usize).prop_map(Step::Bound),
    ]
}

/// Two pages, and the records for each, in flight and behind that.
struct World {
    router: Router,
    pages: [EndpointId; 2],
    bound: usize,
    sent: [u64; 2],
    arrived: [u64; 2],
    in_flight: HashMap<EndpointId, VecDeque<usize>>,
}

impl World {
    const NAMES: [&'static str; 2] = ["a", "b"];

    fn new(bound: usize) -> Self {
        let (router, a, b) = bounded(bound);
        let in_flight = HashMap::from([(a, VecDeque::new()), (b, VecDeque::new())]);
        Self { router, pages: [a, b], bound, sent: [0; 2], arrived: [0; 2], in_flight }
    }

    fn apply(&mut self, step: &Step) {
        match *step {
            Step::Send { to, length } => {
                let payload = self.payload(to, length);
                send(&self.router, Self::NAMES[to], &payload).unwrap();
            }
            Step::Reply { to, length } => {
                let payload = self.payload(to, length);
                let page = self.pages[to];
                self.router.answer(page, 1, true, json(&payload), Attachments::NONE).unwrap();
            }
            Step::Packet => drop(self.packet()),
            Step::Acknowledge { by, packets } => self.acknowledge(by, packets),
            Step::Bound(bound) => {
                self.bound = bound;
                self.router.set_limits(with_bound(bound));
            }
        }
    }

    fn payload(&mut self, to: usize, length: usize) -> String {
        self.sent[to] += 1;
        format!("[{},\"{}\"]", self.sent[to], "x".repeat(length))
    }

    fn acknowledge(&mut self, by: usize, packets: u32) {
        self.router.acknowledge(self.pages[by], packets);
        let in_flight = self.in_flight.get_mut(&self.pages[by]).unwrap();
        in_flight.drain(..in_flight.len().min(packets as usize));
    }

    fn bytes_to(&self, page: EndpointId) -> usize {
        self.in_flight[&page].iter().sum()
    }

    /// Whether there was a packet. It left while less than the bound was in flight.
    fn packet(&mut self) -> bool {
        let Some(packet) = self.router.next_packet() else { return false };
        assert!(self.bytes_to(packet.endpoint) < self.bound, "{packet:?}");
        self.in_flight.get_mut(&packet.endpoint).unwrap().push_back(packet.text.len());
        let at = self.pages.iter().position(|page| *page == packet.endpoint).unwrap();
        let records: Vec<Vec<Value>> = serde_json::from_str(&packet.text).unwrap();
        for record in &records {
            self.arrived[at] += 1;
            assert_eq!(record.last().unwrap()[0], self.arrived[at], "once and in order");
        }
        true
    }

    fn check_books(&self) {
        for (at, name) in Self::NAMES.iter().enumerate() {
            let counts = self.router.counts(name).unwrap();
            assert_eq!((counts.accepted, counts.dropped), (self.sent[at], 0));
            assert_eq!((counts.delivered, counts.queued), (self.arrived[at], self.waiting(at)));
        }
    }

    fn waiting(&self, at: usize) -> u64 {
        self.sent[at] - self.arrived[at]
    }

    /// When nothing more can go, only those wait that have no credit.
    fn check_that_none_is_held_up(&mut self) {
        while self.packet() {}
        for (at, page) in self.pages.into_iter().enumerate() {
            assert!(self.waiting(at) == 0 || self.bytes_to(page) >= self.bound);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// At most one packet more than the bound is in flight to a page. A page with credit is not held up
    /// by who has none; with acknowledgements all that was let in arrives, once and in order, and
    /// the counters are true at every moment.
    #[test]
    fn bytes_in_flight_have_a_limit_and_all_arrives(bound in 1..600usize, steps in prop::collection::vec(step(), 1..80)) {
        let mut world = World::new(bound);
        for step in &steps {
            world.apply(step);
            world.check_books();
        }
        world.check_that_none_is_held_up();
        for _ in 0..=steps.len() {
            (0..2).for_each(|by| world.acknowledge(by, 1));
            world.check_that_none_is_held_up();
            world.check_books();
        }
        prop_assert_eq!(world.arrived, world.sent);
    }
}
