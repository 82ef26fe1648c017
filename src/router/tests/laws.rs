//! Laws over random histories: order, at most once, conservation, no loss without a count, and
//! every request settled.

use std::collections::{BTreeMap, HashMap};

use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::router::Counts;

/// Three windows, each with one page of which documents come and go.
const WINDOWS: u32 = 3;
const SERVICES: [&str; 2] = ["files", "view"];
/// The main process, where a window's number is wanted.
const MAIN: u32 = 0;

#[derive(Clone, Debug)]
enum Step {
    /// `by_head`: it goes at once if the router admits it by its head.
    FromMain {
        to: u32,
        by_head: bool,
    },
    FromWindow {
        from: u32,
        to: u32,
        by_head: bool,
    },
    Request {
        from: u32,
        by_head: bool,
    },
    Reply {
        to: u32,
        by_head: bool,
    },
    /// `service`: which of two, or no service.
    Call {
        from: u32,
        to: u32,
        service: Option<usize>,
    },
    /// A page or the main process calls a service of the main process.
    CallMain {
        from: u32,
        service: usize,
        by_head: bool,
    },
    /// The main process answers the latest or the first call of a service that it has.
    MainAnswers {
        latest: bool,
        by_head: bool,
    },
    Serve {
        window: u32,
        services: Vec<(usize, bool)>,
    },
    Answer {
        by: u32,
        given_to: u32,
    },
    Abort {
        from: u32,
        nth: usize,
    },
    GiveUp,
    Listen {
        window: u32,
        lanes: u8,
    },
    ListenMain(bool),
    Reload {
        window: u32,
    },
    Reopen {
        window: u32,
    },
    Packet,
    Acknowledge {
        window: u32,
        packets: u32,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let window = || 1..=WINDOWS;
    let anyone = || MAIN..=WINDOWS;
    prop_oneof![
        4 => (window(), any::<bool>()).prop_map(|(to, by_head)| Step::FromMain { to, by_head }),
        4 => (window(), window(), any::<bool>())
            .prop_map(|(from, to, by_head)| Step::FromWindow { from, to, by_head }),
        2 => (window(), any::<bool>()).prop_map(|(from, by_head)| Step::Request { from, by_head }),
        2 => (window(), any::<bool>()).prop_map(|(to, by_head)| Step::Reply { to, by_head }),
        6 => (anyone(), window(), prop_oneof![Just(None), (0..2usize).prop_map(Some)])
            .prop_map(|(from, to, service)| Step::Call { from, to, service }),
        4 => (anyone(), 0..2usize, any::<bool>())
            .prop_map(|(from, service, by_head)| Step::CallMain { from, service, by_head }),
        2 => (any::<bool>(), any::<bool>())
            .prop_map(|(latest, by_head)| Step::MainAnswers { latest, by_head }),
        4 => (anyone(), prop::collection::vec((0..2usize, any::<bool>()), 1..3))
            .prop_map(|(window, services)| Step::Serve { window, services }),
        4 => window().prop_map(|by| Step::Answer { by, given_to: by }),
        1 => (window(), window()).prop_map(|(by, given_to)| Step::Answer { by, given_to }),
        2 => (anyone(), 0..4usize).prop_map(|(from, nth)| Step::Abort { from, nth }),
        1 => Just(Step::GiveUp),
        4 => (window(), 0..=ALL).prop_map(|(window, lanes)| Step::Listen { window, lanes }),
        1 => any::<bool>().prop_map(Step::ListenMain),
        1 => window().prop_map(|window| Step::Reload { window }),
        1 => window().prop_map(|window| Step::Reopen { window }),
        6 => Just(Step::Packet),
        3 => (window(), 0..3u32).prop_map(|(window, packets)| Step::Acknowledge { window, packets }),
    ]
}

fn overflow() -> impl Strategy<Value = Overflow> {
    prop_oneof![Just(Overflow::Reject), Just(Overflow::DropOldest), Just(Overflow::DropNewest)]
}

/// A call that was made, under its serial.
#[derive(Debug)]
struct Call {
    asker: EndpointId,
    /// The number of the window that was asked, and which of its incarnations.
    target: (u32, ContentsId),
    service: Option<usize>,
    callee: Option<EndpointId>,
    /// The asker gave it up: it may have been settled before, or not at all.
    given_up: bool,
    settled: bool,
}

impl Call {
    fn new(asker: EndpointId, target: (u32, ContentsId), service: Option<usize>) -> Self {
        Self { asker, target, service, callee: None, given_up: false, settled: false }
    }
}

/// A call that a page was given, and what of it the page knows.
#[derive(Debug)]
struct Work {
    serial: u64,
    callee: EndpointId,
    is_end_notified: bool,
}

struct World {
    router: Router,
    pages: HashMap<u32, EndpointId>,
    contents: HashMap<u32, ContentsId>,
    serial: u64,
    /// The last serial that arrived, by sender, receiving window's incarnation and kind.
    arrived: HashMap<(u64, u64, u64), u64>,
    calls: BTreeMap<u64, Call>,
    /// By the router's number of the call.
    works: BTreeMap<u64, Work>,
    /// Calls of services that the main process has: the asker and the id.
    main_works: Vec<(EndpointId, u64)>,
    /// The senders of messages, by their serials.
    senders: HashMap<u64, EndpointId>,
    /// How many messages neither arrived nor were reported, by sender and target.
    unnotified: HashMap<(EndpointId, String), u64>,
}

impl World {
    fn new(overflow: Overflow) -> Self {
        // Some packets have more bytes, and most have less: pages often are without credit.
        let max_in_flight_bytes = 50;
        let limits =
            Limits { max_queue_records: 8, max_in_flight_bytes, overflow, ..Limits::default() };
        let mut world = Self {
            router: Router::new(limits),
            pages: HashMap::from([(MAIN, EndpointId::MAIN)]),
            contents: HashMap::new(),
            serial: 0,
            arrived: HashMap::new(),
            calls: BTreeMap::new(),
            works: BTreeMap::new(),
            main_works: Vec::new(),
            senders: HashMap::new(),
            unnotified: HashMap::new(),
        };
        (1..=WINDOWS).for_each(|window| world.open(window));
        world
    }

    fn name(window: u32) -> String {
        format!("w{window}")
    }

    fn next(&mut self) -> u64 {
        self.serial += 1;
        self.serial
    }

    fn open(&mut self, window: u32) {
        let contents = ContentsId(u32::try_from(self.next()).unwrap());
        self.contents.insert(window, contents);
        self.router.name_window(&Self::name(window), contents).unwrap();
        self.load(window);
    }

    fn load(&mut self, window: u32) {
        let world_address = world_address(self.next(), PAGE);
        self.pages.insert(window, self.router.connect(self.contents[&window], world_address, None));
    }

    fn close(&mut self, window: u32) {
        self.router.close_window(self.contents[&window]);
        self.contents.remove(&window);
        self.pages.remove(&window);
    }

    fn is_here(&self, endpoint: EndpointId) -> bool {
        self.pages.values().any(|&page| page == endpoint)
    }

    fn apply(&mut self, step: &Step) {
        match step.clone() {
            // Each payload is [sender, serial].
            Step::FromMain { to, by_head } => self.message(MAIN, to, by_head),
            Step::FromWindow { from, to, by_head } => self.message(from, to, by_head),
            Step::Request { from, by_head } => self.request(from, by_head),
            Step::Reply { to, by_head } => {
                let id = self.next();
                let answer = format!("[{MAIN},{id}]");
                let (window, to) = (to, self.pages[&to]);
                if by_head && self.router.admit_answer(to, id, answer.len() + 12) {
                    return self.arrive((0, self.contents[&window].0.into(), 5), id);
                }
                assert!(self
                    .router
                    .answer(to, id, true, json(&answer), Attachments::NONE)
                    .unwrap());
            }
            Step::Call { from, to, service } => self.call(from, to, service),
            Step::CallMain { from, service, by_head } => self.call_main(from, service, by_head),
            Step::MainAnswers { latest, by_head } => self.main_answers(latest, by_head),
            Step::Serve { window: MAIN, services } => {
                for (service, serves) in services {
                    serve_main(&self.router, SERVICES[service], serves);
                }
            }
            Step::Serve { window, services } => {
                let record = |(service, serves): &(usize, bool)| {
                    format!("[{},\"{}\",0,0]", if *serves { 17 } else { 18 }, SERVICES[*service])
                };
                let records: Vec<_> = services.iter().map(record).collect();
                post(&self.router, self.pages[&window], &format!("[{}]", records.join(",")));
            }
            Step::Answer { by, given_to } => self.answer(by, given_to),
            Step::Abort { from, nth } => self.abort(from, nth),
            Step::GiveUp => {
                let unheard =
                    self.router.drop_unhandled_requests(self.router.next_request_number(), 0);
                unheard.iter().for_each(|packet| self.read(packet));
                // Calls that still wait are for a page that has a handler.
                assert!(!self.router.has_pending_requests() || self.any_handler());
            }
            Step::Listen { window, lanes } => listen(&self.router, self.pages[&window], lanes),
            Step::ListenMain(on) => self.router.listen_main(on),
            Step::Reload { window } => {
                let document = self.router.endpoint(self.pages[&window]).unwrap().document();
                self.router.end_document(self.contents[&window], document, EndReason::Reloaded);
                self.load(window);
            }
            Step::Reopen { window } => {
                self.close(window);
                self.open(window);
            }
            Step::Packet => drop(self.packet()),
            Step::Acknowledge { window, packets } => {
                self.router.acknowledge(self.pages[&window], packets);
            }
        }
    }

    fn any_handler(&self) -> bool {
        let windows = self.contents.values().filter_map(|&contents| self.router.window(contents));
        windows.into_iter().any(|window| {
            window.has_listener_for(Lanes::REQUESTS) || window.read().services.has_any_served()
        })
    }

    fn request(&mut self, from: u32, by_head: bool) {
        let (id, asker) = (self.next(), self.pages[&from]);
        let record = format!("[1,{id},0,[{from},{id}]]");
        let lanes = self.router.endpoint(asker).unwrap().listening();
        let edition = self.router.edition();
        if by_head && self.router.admit_request((asker, lanes), (id, None), record.len(), edition) {
            self.arrive((from.into(), 0, 1), id);
        } else {
            post(&self.router, asker, &format!("[{record}]"));
        }
    }

    fn message(&mut self, from: u32, to: u32, by_head: bool) {
        let (serial, sender, name) = (self.next(), self.pages[&from], Self::name(to));
        let value = format!("[{from},{serial}]");
        if by_head && self.is_admitted(sender, &name, value.len() + 12) {
            let kind = if from == MAIN { 3 } else { 4 };
            return self.arrive((from.into(), self.contents[&to].0.into(), kind), serial);
        }
        if from != MAIN {
            post(&self.router, sender, &format!("[[2,\"{name}\",0,{value}]]"));
        } else if send(&self.router, &name, &value).is_err() {
            return;
        }
        self.senders.insert(serial, sender);
        *self.unnotified.entry((sender, name)).or_default() += 1;
    }

    fn is_admitted(&self, sender: EndpointId, name: &str, bytes: usize) -> bool {
        let Self { router, .. } = self;
        let is_main = sender == EndpointId::MAIN;
        let lane = if is_main { Lanes::FROM_MAIN } else { Lanes::FROM_OTHER };
        let Some(to) = router.only_listener(name, lane) else { return false };
        if is_main {
            return router.admit_message(to, bytes, router.edition());
        }
        let lanes = router.endpoint(sender).unwrap().listening();
        router.admit_message_across((sender, lanes), to, bytes, router.edition())
    }

    fn call(&mut self, from: u32, to: u32, service: Option<usize>) {
        let (id, asker, name) = (self.next(), self.pages[&from], Self::name(to));
        let target = (to, self.contents[&to]);
        self.calls.insert(id, Call::new(asker, target, service));
        let value = format!("[{from},{id}]");
        if let Some(service) = service {
            let address = format!("[{id},\"{name}\",\"{}\",\"do\"]", SERVICES[service]);
            self.invoke(from, &address, &value);
        } else if from != MAIN {
            post(&self.router, asker, &format!("[[7,[{id},\"{name}\"],0,{value}]]"));
        } else if self.router.call(&name, id, json(&value), Attachments::NONE).is_err() {
            self.settle(asker, id, None);
        }
    }

    fn invoke(&mut self, from: u32, address: &str, value: &str) {
        let asker = self.pages[&from];
        if from == MAIN {
            self.router.exchange(&format!("^16,{address},0,{value}"), None).unwrap();
        } else {
            post(&self.router, asker, &format!("[[16,{address},0,{value}]]"));
        }
    }

    fn call_main(&mut self, from: u32, service: usize, by_head: bool) {
        let (id, asker) = (self.next(), self.pages[&from]);
        let target = (MAIN, ContentsId::MAIN);
        self.calls.insert(id, Call::new(asker, target, Some(service)));
        let (value, name) = (format!("[{from},{id}]"), SERVICES[service]);
        if let Some(number) = self.router.main_service(name).filter(|_| by_head && from != MAIN) {
            let lanes = self.router.endpoint(asker).unwrap().listening();
            let request = (id, Some(number));
            let bytes = value.len() + 40;
            let edition = self.router.edition();
            if self.router.admit_request((asker, lanes), request, bytes, edition) {
                return self.main_is_given(asker, id, (from.into(), id));
            }
        }
        self.invoke(from, &format!("[{id},0,\"{name}\",\"do\"]"), &value);
    }

    fn main_is_given(&mut self, asker: EndpointId, id: u64, (from, serial): (u64, u64)) {
        let call = self.calls.get_mut(&id).unwrap();
        assert!(call.asker == asker && call.callee.is_none(), "{call:?}");
        call.callee = Some(EndpointId::MAIN);
        let service = call.service.unwrap() as u64;
        self.arrive((from, 0, 190 + service), serial);
        self.main_works.push((asker, id));
    }

    fn main_answers(&mut self, latest: bool, by_head: bool) {
        let at = if latest { self.main_works.len().saturating_sub(1) } else { 0 };
        if self.main_works.len() <= at {
            return;
        }
        let (to, id) = self.main_works.remove(at);
        let serial = self.next();
        let answer = format!("[{MAIN},{serial}]");
        if by_head && self.router.admit_answer(to, id, answer.len() + 12) {
            let contents = self.router.address_of(to).unwrap().contents;
            self.arrive((0, contents.0.into(), 5), serial);
            self.settle(to, id, Some(0));
        } else {
            self.router.answer(to, id, true, json(&answer), Attachments::NONE).unwrap();
        }
    }

    /// Answers the latest call that a window's page was given.
    fn answer(&mut self, by: u32, given_to: u32) {
        let callee = self.pages[&given_to];
        let given = self.works.iter().rfind(|(_, work)| work.callee == callee);
        let Some(number) = given.map(|(number, _)| *number) else { return };
        let packet = format!("[[8,[{number},1],0,[{by},{}]]]", self.next());
        post(&self.router, self.pages[&by], &packet);
    }

    /// Cancels one of an asker's calls. `nth`: how many later calls it passes over.
    fn abort(&mut self, from: u32, nth: usize) {
        let (reason, asker) = (format!("[{from},{}]", self.next()), self.pages[&from]);
        let mut own = self.calls.iter_mut().rev().filter(|(_, call)| call.asker == asker);
        let Some((id, call)) = own.nth(nth) else { return };
        call.given_up = true;
        if from == MAIN {
            self.router.cancel(*id, json(&reason), Attachments::NONE).unwrap();
        } else {
            post(&self.router, asker, &format!("[[9,{id},0,{reason}]]"));
        }
    }

    /// Whether there was a packet, once all before it were acknowledged.
    fn acknowledged_packet(&mut self) -> bool {
        for page in self.pages.values() {
            self.router.acknowledge(*page, u32::MAX);
        }
        self.packet()
    }

    /// Whether there was a packet.
    fn packet(&mut self) -> bool {
        let packet = self.router.next_packet();
        packet.iter().for_each(|packet| self.read(packet));
        packet.is_some()
    }

    fn read(&mut self, packet: &Packet) {
        assert!(self.is_here(packet.endpoint), "a packet for a dead page: {packet:?}");
        let records: Vec<Vec<Value>> = serde_json::from_str(&packet.text).unwrap();
        for record in &records {
            let (kind, address) = (record[0].as_u64().unwrap(), &record[1]);
            if kind == 6 {
                self.notified(packet.endpoint, address, record[4].as_u64().unwrap());
                continue;
            }
            let [from, serial] = *numbers(record.last().unwrap()) else { panic!("{record:?}") };
            let is_to_main = packet.endpoint == EndpointId::MAIN;
            if kind == 19 && is_to_main {
                let asker = EndpointId::from_number(address.as_u64().unwrap());
                self.main_is_given(asker, record[3].as_u64().unwrap(), (from, serial));
                continue;
            }
            if kind == 9 && is_to_main && self.calls.contains_key(&record[2].as_u64().unwrap()) {
                // The abort of a call of a service may come twice, when nobody serves it any more.
                continue;
            }
            let service = self.calls.get(&serial).filter(|_| kind == 19);
            let service = service.map_or(0, |call| call.service.unwrap() as u64);
            self.arrive(
                (from, packet.contents.0.into(), if kind == 19 { 190 + service } else { kind }),
                serial,
            );
            match kind {
                3 | 4 => self.message_arrived(packet.contents, serial),
                5 => self.settle(packet.endpoint, address.as_u64().unwrap(), Some(from)),
                7 | 19 => self.work(packet.endpoint, address.as_u64().unwrap(), serial),
                9 if packet.endpoint != EndpointId::MAIN => {
                    self.end_work(packet.endpoint, address.as_u64().unwrap());
                }
                _ => {}
            }
        }
    }

    fn arrive(&mut self, way: (u64, u64, u64), serial: u64) {
        let last = self.arrived.insert(way, serial).unwrap_or(0);
        assert!(last < serial, "{way:?}: {serial} came after {last}");
    }

    fn notified(&mut self, endpoint: EndpointId, address: &Value, count: u64) {
        match address {
            Value::Number(id) => self.settle(endpoint, id.as_u64().unwrap(), None),
            Value::Array(number) => self.end_work(endpoint, number[0].as_u64().unwrap()),
            name => {
                let name = name.as_str().unwrap().into();
                *self.unnotified.get_mut(&(endpoint, name)).unwrap() -= count;
            }
        }
    }

    fn message_arrived(&mut self, at: ContentsId, serial: u64) {
        let (window, _) = self.contents.iter().find(|(_, contents)| **contents == at).unwrap();
        let way = (self.senders[&serial], Self::name(*window));
        *self.unnotified.get_mut(&way).unwrap() -= 1;
    }

    /// Notes for an asker how its call ended. `by`: the window that answered it.
    fn settle(&mut self, to: EndpointId, id: u64, by: Option<u64>) {
        // A request that is no call is for the main process.
        let Some(call) = self.calls.get_mut(&id) else { return };
        assert_eq!(call.asker, to, "{id} is not its own");
        assert!(!call.settled, "{id} was settled twice");
        assert!(by.is_none_or(|by| by == u64::from(call.target.0)), "{by:?} answered {call:?}");
        call.settled = true;
    }

    /// A page is given a call.
    fn work(&mut self, callee: EndpointId, number: u64, serial: u64) {
        let call = self.calls.get_mut(&serial).unwrap();
        assert!(!call.given_up && !call.settled && call.callee.is_none(), "{call:?}");
        call.callee = Some(callee);
        let asker = call.asker;
        assert!(self.is_here(asker), "{serial} has no asker any more");
        self.works.insert(number, Work { serial, callee, is_end_notified: false });
    }

    /// Notes for a page that no asker waits for its answer any more.
    fn end_work(&mut self, callee: EndpointId, number: u64) {
        let work = self.works.get_mut(&number).unwrap();
        assert!(work.callee == callee && !work.is_end_notified, "{work:?}");
        work.is_end_notified = true;
        let call = &self.calls[&work.serial];
        assert!(call.given_up || !self.is_here(call.asker), "{call:?}");
    }

    fn check_books(&self) {
        for window in self.router.all_windows() {
            let counts = window.counters.counts();
            assert_eq!(counts.accepted, counts.delivered + counts.queued + counts.dropped);
            let waiting = self.router.calls.look(|is_open| {
                window.audit(&|record| record.request_number().is_none_or(is_open))
            });
            assert_eq!((counts.queued, counts.queued_bytes), waiting, "{counts:?}");
        }
        let Counts { queued, queued_bytes, .. } = self.router.main_counts();
        assert_eq!((queued, queued_bytes), self.router.main_window().audit(&|_| true));
    }

    /// Each sender that is there was notified of each message to a window that is not.
    fn check_messages(&self) {
        let open: Vec<_> = self.contents.keys().map(|window| Self::name(*window)).collect();
        for ((sender, to), unnotified) in &self.unnotified {
            let fine = *unnotified == 0 || open.contains(to) || !self.is_here(*sender);
            assert!(fine, "{sender:?} was not notified of {unnotified} messages to {to}");
        }
    }

    /// An asker that still waits for an answer waits for a window, and a page of it, that is there. Or it
    /// waits for the main process.
    fn check_calls(&self) {
        let waits = |call: &&Call| !call.settled && !call.given_up && self.is_here(call.asker);
        for call in self.calls.values().filter(waits) {
            let (window, contents) = call.target;
            if window == MAIN {
                continue;
            }
            let target_is_here = self.contents.get(&window) == Some(&contents);
            let callee_is_here = call.callee.is_none_or(|callee| self.is_here(callee));
            assert!(target_is_here && callee_is_here, "waits for ever: {call:?}");
        }
    }

    /// The main process answers all calls of its services that are there, and those for which it has no
    /// service, as it does with what it is given for that.
    fn settle_main(&mut self) {
        for service in SERVICES {
            serve_main(&self.router, service, true);
        }
        self.router.listen_main(true);
        while self.acknowledged_packet() {}
        while !self.main_works.is_empty() {
            self.main_answers(false, false);
        }
        while self.acknowledged_packet() {}
        let waits = |call: &&Call| {
            call.target.0 == MAIN && !call.settled && !call.given_up && self.is_here(call.asker)
        };
        assert_eq!(self.calls.values().find(waits).map(|call| format!("{call:?}")), None);
        assert!(self.router.main_counts().queued == 0 && self.router.open_services() == 0);
    }

    fn close_all(&mut self) {
        self.settle_main();
        for window in 1..=WINDOWS {
            self.close(window);
            while self.acknowledged_packet() {}
            self.check_books();
            self.check_calls();
            self.check_messages();
        }
    }
}

fn numbers(payload: &Value) -> Box<[u64]> {
    payload.as_array().unwrap().iter().filter_map(Value::as_u64).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// From one sender to one receiver serials of a kind only grow (a reply may overtake a message
    /// that has no listener yet, and nothing else may overtake anything): order and at most once,
    /// over reloads, listeners that come and go and every overflow policy. And the counters are always
    /// true. A call is settled at most once, and exactly once where its asker is there and wants
    /// it, whether it is a call of a service or not. A message arrives, or its sender is notified that it will not. All this holds for records
    /// that are admitted by their heads, mixed with those that are routed as text.
    #[test]
    fn order_at_most_once_and_conservation(overflow in overflow(), steps in prop::collection::vec(step(), 1..120)) {
        let mut world = World::new(overflow);
        for step in &steps {
            world.apply(step);
            world.check_books();
        }
        world.close_all();
    }

    /// Where everybody listens, the order holds across kinds.
    #[test]
    fn replies_and_messages_keep_their_order(kinds in prop::collection::vec(any::<bool>(), 1..20)) {
        let (router, page) = with_page("a");
        for (n, is_reply) in (0..).zip(&kinds) {
            if *is_reply {
                reply(&router, page, n);
            } else {
                send(&router, "a", "0").unwrap();
            }
        }
        let records: Vec<Vec<u64>> = serde_json::from_str(&drain(&router)[0].1).unwrap();
        let arrived: Vec<_> = records.iter().map(|record| record[0] == 5).collect();
        prop_assert_eq!(arrived, kinds);
    }

    /// While nothing is closed and no bound is reached, everything sent arrives once its
    /// listener is there.
    #[test]
    fn nothing_is_dropped_below_the_limits(sends in prop::collection::vec((0..4u8, any::<bool>()), 1..8)) {
        let router = Router::new(Limits::default());
        router.name_window("a", ContentsId(1)).unwrap();
        let mut page = router.connect(ContentsId(1), world_address(1, PAGE), None);
        let mut document = 1;
        for (n, (lanes, reload)) in sends.iter().enumerate() {
            listen(&router, page, *lanes);
            send(&router, "a", &n.to_string()).unwrap();
            if *reload {
                router.end_document(ContentsId(1), document, EndReason::Reloaded);
                document += 1;
                page = router.connect(ContentsId(1), world_address(document, PAGE), None);
            }
        }
        listen(&router, page, 3);
        let text = drain(&router).into_iter().map(|(_, text)| text).collect::<String>();
        let wanted: Vec<_> = (0..sends.len()).map(|n| format!("[3,0,{n}]")).collect();
        prop_assert_eq!(text, format!("[{}]", wanted.join(",")));
    }
}
