//! Laws of topics over random histories, against a model: for each subscriber and topic, the values
//! that wait, in order.

use std::collections::{HashMap, VecDeque};

use proptest::prelude::*;
use serde_json::Value;

use super::*;

const WINDOWS: u32 = 3;
const TOPICS: u64 = 2;
const MAIN: u32 = 0;

#[derive(Clone, Debug)]
enum Step {
    Subscribe { by: u32, topic: u64 },
    Unsubscribe { by: u32, topic: u64 },
    Publish { by: u32, topic: u64, retain: bool, key: u8, to: Option<u32> },
    Message { to: u32 },
    Reload { window: u32 },
    Reopen { window: u32 },
    Limits { records: usize },
    Packet,
    Acknowledge { window: u32 },
}

fn step() -> impl Strategy<Value = Step> {
    let (window, anyone, topic) = (|| 1..=WINDOWS, || MAIN..=WINDOWS, || 0..TOPICS);
    let to = prop_oneof![3 => Just(None), 1 => window().prop_map(Some)];
    let how = (anyone(), topic(), any::<bool>(), 0..4u8, to);
    prop_oneof![
        4 => (anyone(), topic()).prop_map(|(by, topic)| Step::Subscribe { by, topic }),
        1 => (anyone(), topic()).prop_map(|(by, topic)| Step::Unsubscribe { by, topic }),
        12 => how.prop_map(|(by, topic, retain, key, to)| {
            Step::Publish { by, topic, retain: retain && to.is_none(), key, to }
        }),
        4 => window().prop_map(|to| Step::Message { to }),
        1 => window().prop_map(|window| Step::Reload { window }),
        1 => window().prop_map(|window| Step::Reopen { window }),
        1 => (2..12usize).prop_map(|records| Step::Limits { records }),
        5 => Just(Step::Packet),
        2 => window().prop_map(|window| Step::Acknowledge { window }),
    ]
}

/// A copy that waits.
#[derive(Clone, Debug, PartialEq)]
struct Waiting {
    serial: u64,
    number: u64,
    is_retained: bool,
    key: u8,
}

struct World {
    router: Router,
    /// Whether no limit is reached: then the model knows what arrives, exactly.
    exact: bool,
    overflow: Overflow,
    pages: HashMap<u32, (EndpointId, ContentsId)>,
    next: u64,
    subscriptions: HashMap<(EndpointId, u64), u64>,
    /// The serial, and the key, of what a topic retains.
    retained: HashMap<u64, (u64, u8)>,
    waiting: HashMap<(EndpointId, u64), VecDeque<Waiting>>,
    topics: HashMap<u64, u64>,
}

impl World {
    fn new(exact: bool, overflow: Overflow) -> Self {
        let limits = Limits { max_in_flight_bytes: 60, overflow, ..Limits::default() };
        let router = Router::new(limits);
        (0..TOPICS).for_each(|topic| router.name_topic(topic, &format!("t{topic}")).unwrap());
        let mut world = Self {
            router,
            exact,
            overflow,
            pages: HashMap::from([(MAIN, (EndpointId::MAIN, ContentsId::MAIN))]),
            next: 0,
            subscriptions: HashMap::new(),
            retained: HashMap::new(),
            waiting: HashMap::new(),
            topics: HashMap::new(),
        };
        (1..=WINDOWS).for_each(|window| world.open(window));
        world
    }

    fn serial(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    fn open(&mut self, window: u32) {
        let contents = ContentsId(u32::try_from(self.serial()).unwrap());
        self.router.name_window(&format!("w{window}"), contents).unwrap();
        self.load(window, contents);
    }

    fn load(&mut self, window: u32, contents: ContentsId) {
        let page = open_page(&self.router, contents.0, self.next);
        self.pages.insert(window, (page, contents));
        let names = (0..TOPICS).map(|topic| format!("[10,[{topic},\"t{topic}\"],0,0]"));
        post(&self.router, page, &format!("[{}]", names.collect::<Vec<_>>().join(",")));
    }

    fn apply(&mut self, step: &Step) {
        match *step {
            Step::Subscribe { by, topic } => self.subscribe(by, topic),
            Step::Unsubscribe { by, topic } => {
                let page = self.pages[&by].0;
                if let Some(number) = self.subscriptions.remove(&(page, topic)) {
                    match by {
                        MAIN => self.router.unsubscribe(number),
                        _ => post(&self.router, page, &format!("[[13,{number},0,0]]")),
                    }
                }
            }
            Step::Publish { by, topic, retain, key, to } => {
                self.publish(by, topic, retain, key, to);
            }
            Step::Message { to } => drop(send(&self.router, &format!("w{to}"), "0")),
            Step::Reload { window } => {
                let (page, contents) = self.pages[&window];
                let document = self.router.endpoint(page).unwrap().document();
                self.router.end_document(contents, document, EndReason::Reloaded);
                self.end(page);
                self.next += 1;
                self.load(window, contents);
            }
            Step::Reopen { window } => {
                let (page, contents) = self.pages[&window];
                self.router.close_window(contents);
                self.end(page);
                self.open(window);
            }
            Step::Limits { records } if !self.exact => {
                let (max_in_flight_bytes, overflow) = (60, self.overflow);
                let max_queue_records = records;
                let max_retained_bytes = 70 * records;
                self.router.set_limits(Limits {
                    max_queue_records,
                    max_in_flight_bytes,
                    max_retained_bytes,
                    overflow,
                    ..Limits::default()
                });
            }
            Step::Limits { .. } => {}
            Step::Packet => drop(self.packet()),
            Step::Acknowledge { window } => {
                self.router.acknowledge(self.pages[&window].0, u32::MAX);
            }
        }
    }

    fn end(&mut self, page: EndpointId) {
        self.subscriptions.retain(|(endpoint, _), _| *endpoint != page);
        self.waiting.retain(|(endpoint, _), _| *endpoint != page);
    }

    fn subscribe(&mut self, by: u32, topic: u64) {
        let (number, page) = (self.serial(), self.pages[&by].0);
        match by {
            MAIN => self.router.subscribe(number, &format!("t{topic}")).unwrap(),
            _ => post(&self.router, page, &format!("[[12,[{number},\"t{topic}\"],0,0]]")),
        }
        self.topics.insert(number, topic);
        self.subscriptions.insert((page, topic), number);
        if let Some(&(serial, key)) = self.retained.get(&topic) {
            self.wait((page, topic), Waiting { serial, number, is_retained: true, key });
        }
    }

    fn wait(&mut self, at: (EndpointId, u64), copy: Waiting) {
        let waiting = self.waiting.entry(at).or_default();
        // At a limit, the model does not know whether the later value came in.
        if copy.key > 0 && self.exact {
            waiting.retain(|earlier| earlier.key != copy.key);
        }
        waiting.push_back(copy);
    }

    fn publish(&mut self, by: u32, topic: u64, retain: bool, key: u8, to: Option<u32>) {
        let (serial, page) = (self.serial(), self.pages[&by].0);
        let names = to.map_or("0".into(), |to| format!("[\"w{to}\"]"));
        let json_key = if key == 0 { "0".into() } else { format!("\"k{key}\"") };
        let address = format!("[{topic},{names},{},{json_key}]", u8::from(retain));
        match by {
            MAIN => {
                self.router
                    .publish(&address, json(&serial.to_string()), Attachments::NONE)
                    .unwrap();
            }
            _ => post(&self.router, page, &format!("[[11,{address},0,{serial}]]")),
        }
        if retain {
            self.retained.insert(topic, (serial, key));
        }
        let only = to.map(|to| self.pages[&to].0);
        let subscribers: Vec<_> =
            self.subscriptions.iter().map(|(at, number)| (*at, *number)).collect();
        for (at, number) in subscribers {
            if at.1 == topic && only.is_none_or(|only| only == at.0) {
                self.wait(at, Waiting { serial, number, is_retained: false, key });
            }
        }
    }

    fn packet(&mut self) -> bool {
        let Some(packet) = self.router.next_packet() else { return false };
        let records: Vec<Vec<Value>> = serde_json::from_str(&packet.text).unwrap();
        for record in records {
            let kind = record[0].as_u64().unwrap();
            if kind == 14 || kind == 15 {
                let (number, serial) = (record[1].as_u64().unwrap(), record[4].as_u64().unwrap());
                self.arrived(packet.endpoint, number, serial, kind == 15);
            } else if self.exact {
                let is_of_message = kind == 3 || record[1].is_string();
                assert!(is_of_message, "nothing of a topic is reported: {record:?}");
            }
        }
        true
    }

    fn arrived(&mut self, at: EndpointId, number: u64, serial: u64, is_retained: bool) {
        let topic = self.topics[&number];
        let waiting = self.waiting.get_mut(&(at, topic)).unwrap();
        let is_it = |copy: &Waiting| {
            (copy.serial, copy.number, copy.is_retained) == (serial, number, is_retained)
        };
        let found = waiting.iter().position(is_it);
        let found = found.unwrap_or_else(|| panic!("{serial} came too late or twice: {waiting:?}"));
        assert!(found == 0 || !self.exact, "{serial} overtook {waiting:?}");
        waiting.drain(..=found);
    }

    fn check(&self) {
        for window in self.router.all_windows() {
            let counts = window.counters.counts();
            assert_eq!(counts.accepted, counts.delivered + counts.queued + counts.dropped);
            assert_eq!((counts.queued, counts.queued_bytes), window.audit(&|_| true));
        }
        let counts = self.router.main_counts();
        assert_eq!(
            (counts.queued, counts.queued_bytes),
            self.router.main_window().audit(&|_| true)
        );
        let retained: u64 = {
            let topics = &self.router.topics;
            topics
                .names()
                .iter()
                .filter_map(|name| topics.get(name))
                .map(|it| it.retained_bytes())
                .sum()
        };
        assert_eq!(retained, self.router.topics.retained_bytes());
    }

    fn finish(&mut self) {
        loop {
            for (page, _) in self.pages.values() {
                self.router.acknowledge(*page, u32::MAX);
            }
            if !self.packet() {
                break;
            }
        }
        self.check();
        let lost = self.waiting.values().any(|waiting| !waiting.is_empty());
        assert!(!lost || !self.exact, "{:?}", self.waiting);
    }
}

fn run(exact: bool, overflow: Overflow, steps: &[Step]) {
    let mut world = World::new(exact, overflow);
    for step in steps {
        world.apply(step);
        world.check();
    }
    world.finish();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Below the limits each subscriber gets exactly what the model says, in the order of each topic:
    /// what a topic retained, all that follows it, and of one key only the last that waits.
    #[test]
    fn a_subscriber_gets_each_value_once_and_in_order(steps in prop::collection::vec(step(), 1..120)) {
        run(true, Overflow::Reject, &steps);
    }

    /// At the limits values are missing. Those that arrive are in order, none twice, and the counters
    /// are true at every moment.
    #[test]
    fn at_the_limits_order_and_conservation_hold(
        overflow in prop_oneof![Just(Overflow::Reject), Just(Overflow::DropOldest), Just(Overflow::DropNewest)],
        steps in prop::collection::vec(step(), 1..120),
    ) {
        run(false, overflow, &steps);
    }
}
