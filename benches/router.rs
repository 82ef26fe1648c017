//! The time that a record costs in the router, without Node and windows:
//! `cargo bench --no-default-features`. `npm run bench -- --rust` compares it with the goals
//! (benches/lib/rust.mjs).
//!
//! The goals are for an ordinary desktop machine of 2020 or later that runs nothing else. A record's
//! memory is the same everywhere: a test holds it (`src/memory.rs`).
#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark is as good as a test")]

// The addon is a cdylib only, which no other crate can link to.
#[path = "../src/router/mod.rs"]
#[allow(dead_code, unreachable_pub, unused_imports, reason = "not all of it is measured")]
mod router;

use divan::counter::ItemsCount;
use divan::Bencher;
#[cfg(feature = "napi")]
use {napi as _, napi_derive as _};

use router::{
    Attachments, ContentsId, EndpointId, Lanes, Limits, Payload, Router, World, WorldAddress,
};

/// Records in one run of what is measured: few enough for the default bounds.
const RECORDS: usize = 1_000;

fn main() {
    divan::main();
}

/// A router with some windows: the page of the first sends, and that of the second listens to it.
struct Switchyard {
    router: Router,
    from: EndpointId,
    to: EndpointId,
}

impl Switchyard {
    fn new(windows: u32) -> Self {
        let router = Router::new(Limits::default());
        for window in 1..=windows {
            router.name_window(&format!("window {window}"), ContentsId(window)).unwrap();
        }
        let (from, to) = (open(&router, 1), open(&router, 2));
        Self { router, from, to }
    }

    fn route_packet(&self, packet: &str) {
        self.post(self.from, packet);
    }

    fn post(&self, from: EndpointId, packet: &str) {
        self.router
            .route_packet(from, Lanes::FROM_OTHER, packet, Attachments::NONE, false)
            .unwrap();
    }

    fn listen(&self, lanes: Lanes) {
        self.router.route_packet(self.to, lanes, "", Attachments::NONE, false).unwrap();
    }

    fn fill(&self) {
        self.route_packet(&packet(RECORDS));
    }

    fn drain(&self) {
        while let Some(packet) = self.router.next_packet() {
            assert_eq!(packet.endpoint, self.to);
            self.router.acknowledge(self.to, 1);
            divan::black_box(packet);
        }
    }

    /// Answers the calls that wait, and takes the answers.
    fn answer_all(&self) {
        while let Some(packet) = self.router.next_packet() {
            self.router.acknowledge(packet.endpoint, 1);
            for number in numbers_of_calls(&packet.text) {
                self.post(self.to, &format!("[[8,[{number},1],0,0]]"));
            }
        }
    }
}

fn numbers_of_calls(packet: &str) -> impl Iterator<Item = &str> {
    packet.split("[19,").skip(1).filter_map(|rest| rest.split(',').next())
}

fn open(router: &Router, window: u32) -> EndpointId {
    let world = WorldAddress::new(window.into(), false, World::Page);
    let page = router.connect(ContentsId(window), world, None);
    router.route_packet(page, Lanes::FROM_OTHER, "", Attachments::NONE, false).unwrap();
    page
}

/// Records of 100 bytes for the second window.
fn packet(records: usize) -> String {
    let head = "[2,\"window 2\",0,\"";
    let record = format!("{head}{}\"]", "x".repeat(100 - head.len() - 2));
    format!("[{}]", vec![record; records].join(","))
}

/// Each record in a packet of its own, the dearest way. Goal: at most 400 ns a record, and with
/// 10,000 windows in the table at most 1.2 times what it is with 10.
#[divan::bench(args = [10, 10_000])]
fn route_packets_of_one(bencher: Bencher<'_, '_>, windows: u32) {
    let (yard, packet) = (Switchyard::new(windows), packet(1));
    bencher.counter(ItemsCount::new(RECORDS)).with_inputs(|| yard.drain()).bench_local_values(
        |()| (0..RECORDS).for_each(|_| yard.route_packet(divan::black_box(&packet))),
    );
}

/// All records in one packet, as a burst comes. Goal: as above.
#[divan::bench(args = [10, 10_000])]
fn route_one_packet(bencher: Bencher<'_, '_>, windows: u32) {
    let (yard, packet) = (Switchyard::new(windows), packet(RECORDS));
    bencher
        .counter(ItemsCount::new(RECORDS))
        .with_inputs(|| yard.drain())
        .bench_local_values(|()| yard.route_packet(divan::black_box(&packet)));
}

/// Messages of the main process, records of 50 bytes, in one call. Goal: at most 150 ns a record.
#[divan::bench]
fn exchange(bencher: Bencher<'_, '_>) {
    let yard = Switchyard::new(10);
    yard.listen(Lanes::FROM_MAIN);
    let line = format!("0,\"{}\"", "x".repeat(50 - "[3,0,\"\"]".len()));
    let lines = format!(">\"window 2\"\n{}", vec![line; RECORDS].join("\n"));
    bencher
        .counter(ItemsCount::new(RECORDS))
        .with_inputs(|| yard.drain())
        .bench_local_values(|()| yard.router.exchange(&lines, None).unwrap());
}

/// Takes 1,000 records of 100 bytes out in packets. Goal: at most 60 µs.
#[divan::bench]
fn drain(bencher: Bencher<'_, '_>) {
    let yard = Switchyard::new(10);
    bencher
        .counter(ItemsCount::new(RECORDS))
        .with_inputs(|| yard.fill())
        .bench_local_values(|()| yard.drain());
}

/// Publishes a value of 100 bytes to this many subscribers, of a connection that has named this many
/// topics. Goals: a subscriber more costs at most 150 ns, and with 1,000 names a value costs at most
/// 1.2 times what it costs with one.
#[divan::bench(args = [(1, 1), (1_000, 1), (1, 20)])]
fn publish(bencher: Bencher<'_, '_>, (names, subscribers): (u64, u32)) {
    let yard = Switchyard::new(2);
    for number in 0..names {
        yard.router.name_topic(number, &format!("topic {number}")).unwrap();
    }
    let topic = format!("topic {}", names - 1);
    for window in 3..3 + subscribers {
        let page = open(&yard.router, window);
        let subscribe = format!("[[12,[1,\"{topic}\"],0,0]]");
        yard.router
            .route_packet(page, Lanes::FROM_OTHER, &subscribe, Attachments::NONE, false)
            .unwrap();
    }
    let (number, value) = ((names - 1).to_string(), format!("\"{}\"", "x".repeat(98)));
    let take = || {
        while let Some(packet) = yard.router.next_packet() {
            yard.router.acknowledge(packet.endpoint, 1);
        }
    };
    bencher.counter(ItemsCount::new(RECORDS)).with_inputs(take).bench_local_values(|()| {
        for _ in 0..RECORDS {
            let value = Payload { form: 0, json: divan::black_box(&value) };
            yard.router.publish(&number, value, Attachments::NONE).unwrap();
        }
    });
}

/// Calls of methods of a window that serves this many services, of each in turn. Each call is about 100 bytes in
/// a packet of its own. Goal: with 1,000 names a call costs at most 1.2 times what it costs with one.
#[divan::bench(args = [1, 1_000])]
fn call_service(bencher: Bencher<'_, '_>, names: usize) {
    let yard = Switchyard::new(2);
    for name in 0..names {
        yard.post(yard.to, &format!("[[17,\"{}\",0,0]]", service(name)));
    }
    let argument = "x".repeat(48);
    let call = |id| {
        let service = service(id % names);
        format!("[[16,[{id},\"window 2\",\"{service}\",\"do\"],0,[\"{argument}\"]]]")
    };
    let calls: Vec<_> = (0..RECORDS).map(call).collect();
    bencher
        .counter(ItemsCount::new(RECORDS))
        .with_inputs(|| yard.answer_all())
        .bench_local_values(|()| calls.iter().for_each(|call| yard.post(yard.from, call)));
}

/// All names are of one length.
fn service(number: usize) -> String {
    format!("service {number:04}")
}
