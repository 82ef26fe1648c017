//! An exchange is as good as a call for each of its lines, and for its packet.

use proptest::prelude::*;

use super::super::calls::Ask;
use super::super::lines::{Answer, Line, Lines, Mark};
use super::super::record::json_string;
use super::super::Arrived;
use super::*;

const NAMES: [&str; 3] = ["a", "b", "nobody"];

/// The number of a window that is there, and its document's.
const WINDOWS: [u32; 2] = [1, 2];

/// A form and a payload. A form above 1 has attachments.
type Value = (u32, String);

/// Bytes of each attachment.
const ATTACHED: u32 = 7;

#[derive(Clone, Debug)]
enum Step {
    Send {
        to: usize,
        values: Vec<Value>,
    },
    Call {
        to: usize,
        id: u64,
        value: Value,
    },
    Cancel {
        id: u64,
        reason: Value,
    },
    /// The page sends to a window, behind what main says to it.
    Arrive {
        page: usize,
        to: usize,
        value: Value,
    },
    Reply {
        answers: Vec<(usize, u64, bool, Value)>,
    },
    Listen {
        page: usize,
        lanes: u8,
    },
    Reload {
        window: usize,
    },
    /// Main's name for a topic, its subscription to it, and the end of that.
    Name {
        number: u64,
    },
    Subscribe {
        number: u64,
    },
    Unsubscribe {
        number: u64,
    },
    Publish {
        address: String,
        value: Value,
    },
    /// A page subscribes.
    Join {
        page: usize,
        topic: u64,
    },
    Packet,
    Acknowledge {
        page: usize,
    },
    Close {
        window: usize,
    },
}

fn value() -> impl Strategy<Value = Value> {
    let payload = prop_oneof![Just("0".into()), "\"[a-zü,]{0,30}\"", Just("[1,\"\\n\"]".into())];
    (0..=3u32, payload)
}

fn publish_address() -> impl Strategy<Value = String> {
    let to = prop_oneof![3 => Just("0"), 1 => Just("[\"a\",\"nobody\"]"), 1 => Just("[]")];
    let key = prop_oneof![Just("0"), Just("\"k,]\"")];
    (0..4u64, to, 0..2u8, key).prop_map(|(number, to, retain, key)| match (to, retain, key) {
        ("0", 0, "0") => number.to_string(),
        _ => format!("[{number},{to},{retain},{key}]"),
    })
}

/// The topic of a number.
fn topic(number: u64) -> String {
    format!("topic \"{}\"", number % 3)
}

fn step() -> impl Strategy<Value = Step> {
    let values = || prop::collection::vec(value(), 0..8);
    let answer = (0..8usize, 0..1_000_000u64, any::<bool>(), value());
    prop_oneof![
        6 => (0..NAMES.len(), values()).prop_map(|(to, values)| Step::Send { to, values }),
        3 => prop::collection::vec(answer, 0..8).prop_map(|answers| Step::Reply { answers }),
        2 => (0..NAMES.len(), 0..4u64, value()).prop_map(|(to, id, value)| Step::Call { to, id, value }),
        1 => (0..4u64, value()).prop_map(|(id, reason)| Step::Cancel { id, reason }),
        2 => (0..8usize, 0..NAMES.len(), value())
            .prop_map(|(page, to, value)| Step::Arrive { page, to, value }),
        3 => (0..8usize, 0..8u8).prop_map(|(page, lanes)| Step::Listen { page, lanes }),
        1 => (0..2usize).prop_map(|window| Step::Reload { window }),
        1 => (0..3u64).prop_map(|number| Step::Name { number }),
        1 => (0..6u64).prop_map(|number| Step::Subscribe { number }),
        1 => (0..6u64).prop_map(|number| Step::Unsubscribe { number }),
        3 => (publish_address(), value()).prop_map(|(address, value)| Step::Publish { address, value }),
        2 => (0..8usize, 0..3u64).prop_map(|(page, topic)| Step::Join { page, topic }),
        4 => Just(Step::Packet),
        2 => (0..8usize).prop_map(|page| Step::Acknowledge { page }),
        1 => (0..2usize).prop_map(|window| Step::Close { window }),
    ]
}

fn limits() -> impl Strategy<Value = Limits> {
    let overflow =
        prop_oneof![Just(Overflow::Reject), Just(Overflow::DropOldest), Just(Overflow::DropNewest)];
    (1..20usize, 20..600usize, overflow).prop_map(
        |(max_queue_records, max_queue_bytes, overflow)| Limits {
            max_queue_records,
            max_queue_bytes,
            max_in_flight_bytes: 100,
            overflow,
            ..Limits::default()
        },
    )
}

/// One router, which is given lines or each message apart.
struct World {
    router: Router,
    in_lines: bool,
    /// Some of them are gone.
    pages: Vec<EndpointId>,
    documents: u64,
    next_slot: u32,
}

impl World {
    fn new(limits: Limits, in_lines: bool) -> Self {
        let router = Router::new(limits);
        let mut world = Self { router, in_lines, pages: Vec::new(), documents: 2, next_slot: 0 };
        for (name, window) in NAMES.iter().zip(WINDOWS) {
            world.router.name_window(name, ContentsId(window)).unwrap();
            for kind in [PAGE, PRELOAD] {
                let world_address = world_address(window.into(), kind);
                world.pages.push(world.router.connect(ContentsId(window), world_address, None));
            }
        }
        world
    }

    fn page(&self, at: usize) -> EndpointId {
        self.pages[at % self.pages.len()]
    }

    /// The visible result of a step: a packet, or how a call ended.
    fn apply(&mut self, step: &Step) -> String {
        match step {
            Step::Send { to, values } => return self.send(NAMES[*to], values),
            Step::Call { to, id, value } => self.call(NAMES[*to], *id, value),
            Step::Cancel { id, reason } => self.cancel(*id, reason),
            Step::Arrive { page, to, value } => {
                return self.arrive(self.page(*page), NAMES[*to], value)
            }
            Step::Reply { answers } => self.reply(answers),
            // An endpoint that is gone listens no more.
            Step::Listen { page, lanes } => {
                route_packet(&self.router, self.page(*page), *lanes, "").ok();
            }
            Step::Reload { window } => self.reload(WINDOWS[*window]),
            Step::Name { .. } | Step::Subscribe { .. } | Step::Unsubscribe { .. } => {
                self.name_or_subscribe(step);
            }
            Step::Publish { address, value } => self.publish(address, value),
            Step::Join { page, topic: number } => {
                let subscribe = format!("[[12,[{number},{}],0,0]]", json_string(&topic(*number)));
                let from = self.page(*page);
                let lanes = self.router.endpoint(from).map_or(Lanes::NONE, |it| it.listening());
                self.router.route_packet(from, lanes, &subscribe, Attachments::NONE, false).ok();
            }
            Step::Packet => {
                return self.router.next_packet().as_ref().map(in_order).unwrap_or_default()
            }
            Step::Acknowledge { page } => drop(self.router.acknowledge(self.page(*page), 1)),
            Step::Close { window } => self.router.close_window(ContentsId(WINDOWS[*window])),
        }
        String::new()
    }

    /// The slots of a value: the first, and how many.
    fn slots(&mut self, (form, _): &Value) -> (u32, usize) {
        let (first, count) = (self.next_slot, form.saturating_sub(1));
        self.next_slot += count;
        (first, count as usize)
    }

    /// A value behind the mark of its line, with the line that names its attachments.
    fn line(&mut self, mark: &str, value: &Value) -> String {
        let (first, count) = self.slots(value);
        let attached = match count {
            0 => String::new(),
            _ => format!("@{first}{}\n", format!(",{ATTACHED}").repeat(count)),
        };
        format!("{attached}{mark}{},{}", value.0, value.1)
    }

    fn send(&mut self, name: &str, values: &[Value]) -> String {
        if self.in_lines {
            let lines: Vec<_> = values.iter().map(|value| self.line("", value)).collect();
            return format!("{:?}", send_all(&self.router, name, &lines));
        }
        let mut unknown = Ok(());
        for value in values {
            let (first_slot, count) = self.slots(value);
            let (form, json) = (value.0, &*value.1);
            let sizes = &vec![ATTACHED; count];
            let sent =
                self.router.send(name, Payload { form, json }, Attachments { first_slot, sizes });
            match sent {
                Err(error @ RouterError::UnknownWindow { .. }) => unknown = Err(error),
                Err(error) => {
                    let to = json_string(name).into();
                    self.router.undelivered.note(EndpointId::MAIN, to, error, 1);
                }
                Ok(()) => {}
            }
        }
        format!("{unknown:?}")
    }

    fn name_or_subscribe(&self, step: &Step) {
        let (kind, number) = match step {
            Step::Name { number } => (10, number),
            Step::Subscribe { number } => (12, number),
            Step::Unsubscribe { number } => (13, number),
            _ => unreachable!(),
        };
        let (number, topic) = (*number, topic(*number));
        if self.in_lines {
            let address = match kind {
                13 => number.to_string(),
                _ => format!("[{number},{}]", json_string(&topic)),
            };
            return route_lines(&self.router, &format!("^{kind},{address},0,0")).unwrap();
        }
        let result = match kind {
            10 => self.router.name_topic(number, &topic),
            12 => self.router.subscribe(number, &topic),
            _ => {
                self.router.unsubscribe(number);
                Ok(())
            }
        };
        self.reported(&json_string(&topic), result);
    }

    fn publish(&mut self, address: &str, value: &Value) {
        if self.in_lines {
            let line = self.line(&format!("^11,{address},"), value);
            return route_lines(&self.router, &line).unwrap();
        }
        let (first_slot, count) = self.slots(value);
        let sizes = &vec![ATTACHED; count];
        let attachments = Attachments { first_slot, sizes };
        let result = self.router.publish(address, payload(value), attachments);
        let number: u64 =
            address.trim_start_matches('[').split(',').next().unwrap().parse().unwrap();
        let is_named = !matches!(result, Err(RouterError::BadPacket { .. }));
        let topic = if is_named { json_string(&topic(number)) } else { "null".into() };
        self.reported(&topic, result);
    }

    /// Notes the error that a call returns, as a line does.
    fn reported(&self, topic: &str, result: Result<(), RouterError>) {
        let Err(error) = result else { return };
        self.router.undelivered.note(EndpointId::MAIN, format!("[{topic}]").into(), error, 1);
    }

    fn call(&mut self, name: &str, id: u64, value: &Value) {
        if self.in_lines {
            let line = self.line(&format!("?{id},"), value);
            return send_all(&self.router, name, &[line]).unwrap();
        }
        let (first_slot, count) = self.slots(value);
        let (payload, sizes) = (payload(value), &vec![ATTACHED; count]);
        let called = self.router.call(name, id, payload, Attachments { first_slot, sizes });
        let ask = Ask { asker: EndpointId::MAIN, id };
        called.unwrap_or_else(|error| self.router.reject(ask, &error));
    }

    fn cancel(&mut self, id: u64, reason: &Value) {
        if self.in_lines {
            let line = self.line(&format!("-{id},"), reason);
            return route_lines(&self.router, &line).unwrap();
        }
        let (first_slot, count) = self.slots(reason);
        let sizes = &vec![ATTACHED; count];
        self.router.cancel(id, payload(reason), Attachments { first_slot, sizes }).unwrap();
    }

    /// Main says something to window "a" in the same exchange.
    fn arrive(&mut self, from: EndpointId, to: &str, value: &Value) -> String {
        let told = (0, "\"told\"".to_string());
        let lanes = self.router.endpoint(from).map_or(Lanes::NONE, |it| it.listening());
        let (form, json) = value;
        let packet = &*format!("[[2,{},{form},{json}]]", json_string(to));
        if !self.in_lines {
            let said = self.send("a", &[told]);
            let (first_slot, count) = self.slots(value);
            let sizes = &vec![ATTACHED; count];
            let attachments = Attachments { first_slot, sizes };
            let routed = self.router.route_packet(from, lanes, packet, attachments, false);
            let failed = said != "Ok(())";
            return if failed { said } else { format!("{:?}", routed.map(drop)) };
        }
        let told = format!(">\"a\"\n{}", self.line("", &told));
        let (first, count) = self.slots(value);
        let sizes = format!(",{ATTACHED}").repeat(count);
        let text = if count > 0 { format!("{told}\n@{first}{sizes}") } else { told };
        let routed = self.router.exchange(&text, Some(Arrived { from, lanes, packet }));
        format!("{:?}", routed.map(drop))
    }

    fn reply(&mut self, answers: &[(usize, u64, bool, Value)]) {
        if self.in_lines {
            let line = |(page, id, ok, value): &(usize, u64, bool, Value)| {
                let (to, ok) = (self.page(*page).number(), u8::from(*ok));
                self.line(&format!("={to},{id},{ok},"), value)
            };
            let lines: Vec<_> = answers.iter().map(line).collect();
            return route_lines(&self.router, &lines.join("\n")).unwrap();
        }
        for (page, id, ok, value) in answers {
            let (first_slot, count) = self.slots(value);
            let sizes = &vec![ATTACHED; count];
            let attachments = Attachments { first_slot, sizes };
            self.router.answer(self.page(*page), *id, *ok, payload(value), attachments).unwrap();
        }
    }

    /// The slots that are free again, sorted.
    fn freed(&self) -> Vec<u32> {
        let mut freed = self.router.take_freed_slots();
        freed.sort_unstable();
        freed
    }

    fn reload(&mut self, window: u32) {
        let contents = ContentsId(window);
        for document in 0..=self.documents {
            self.router.end_document(contents, document, EndReason::Reloaded);
        }
        self.documents += 1;
        self.pages.push(self.router.connect(contents, world_address(self.documents, PAGE), None));
    }

    fn stats(&self) -> String {
        self.router.stats_json()
    }
}

fn payload((form, json): &Value) -> Payload<'_> {
    Payload { form: *form, json }
}

fn route_lines(router: &Router, lines: &str) -> Result<(), RouterError> {
    router.exchange(lines, None).map(drop)
}

fn send_all<T: AsRef<str>>(router: &Router, name: &str, lines: &[T]) -> Result<(), RouterError> {
    let head = format!(">{}", json_string(name));
    let lines: Vec<_> = std::iter::once(&*head).chain(lines.iter().map(T::as_ref)).collect();
    route_lines(router, &lines.join("\n"))
}

/// A packet as text. In which order different reports come is not fixed.
fn in_order(packet: &Packet) -> String {
    let mut records = records_of(&packet.text);
    if records.iter().any(|record| ["[6,\"", "[6,["].iter().any(|nack| record.starts_with(nack))) {
        records.sort();
    }
    format!("{:?} {records:?}", packet.endpoint)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// The packets and counters are the same, for any bounds and any documents that come and go.
    #[test]
    fn an_exchange_is_as_good_as_calls(limits in limits(), steps in prop::collection::vec(step(), 1..60)) {
        let mut worlds = [true, false].map(|in_lines| World::new(limits, in_lines));
        for step in &steps {
            let [lines, calls] = worlds.each_mut().map(|world| (world.apply(step), world.stats()));
            // No name of a window: a sender of nothing gets no nack.
            let nothing_sent = matches!(step, Step::Send { values, .. } if values.is_empty());
            prop_assert!(nothing_sent || lines.0 == calls.0, "{:?} {:?}", lines.0, calls.0);
            prop_assert_eq!(lines.1, calls.1);
            let [lines, calls] = worlds.each_ref().map(World::freed);
            prop_assert_eq!(lines, calls);
        }
        let rests = worlds.map(|world| {
            packets(&world.router).map(|packet| in_order(&packet)).collect::<Vec<_>>()
        });
        prop_assert_eq!(&rests[0], &rests[1]);
    }

    /// As much as there is room for is let in under every policy, and nothing gives way to it.
    #[test]
    fn what_there_is_room_for_is_let_in(limits in limits(), steps in prop::collection::vec(step(), 1..40)) {
        let mut world = World::new(limits, true);
        for step in &steps {
            if let Step::Send { to, values } = step {
                let Ok(room) = world.router.lease(NAMES[*to]) else { continue };
                let attached = |form: u32| (form.saturating_sub(1) * (ATTACHED + 512)) as usize;
                let bytes: usize = values
                    .iter()
                    .map(|(form, json)| "[3,0,]".len() + json.len() + attached(*form))
                    .sum();
                if values.len() > room.records || bytes > room.bytes {
                    continue;
                }
                let lost = |world: &World| world.router.counts(NAMES[*to]).map(|it| (it.refused, it.dropped));
                let before = lost(&world);
                world.send(NAMES[*to], values);
                prop_assert_eq!(before, lost(&world));
            } else {
                world.apply(step);
            }
        }
    }
}

#[test]
fn room_is_what_is_left_to_the_bounds() {
    let limits = Limits { max_queue_records: 5, max_queue_bytes: 100, ..Limits::default() };
    let router = Router::new(limits);
    router.name_window("a", ContentsId(1)).unwrap();
    // A quarter is kept for the main process.
    assert_eq!(router.lease("a"), Ok(Lease { records: 1, bytes: 25, is_lasting: true }));
    send_all(&router, "a", &["0,1", "1,[2]"]).unwrap();
    let rest = Lease { records: 3, bytes: 100 - 7 - 9, is_lasting: false };
    assert_eq!(router.lease("a"), Ok(rest));
    router.set_limits(Limits { max_queue_records: 1, ..limits });
    assert_eq!(router.lease("a").unwrap().records, 0);
    assert_eq!(router.lease("b").unwrap_err().code(), "ERR_UNKNOWN_WINDOW");
}

#[test]
fn room_is_for_each_world_that_listens() {
    let router = Router::new(Limits { max_queue_records: 5, ..Limits::default() });
    add_page(&router, "a", 1);
    open_world(&router, 1, world_address(1, PRELOAD), MESSAGES);
    assert_eq!(router.lease("a").unwrap().records, 2);
}

#[test]
fn a_bad_line_is_named_and_stops_no_other() {
    let (router, a) = with_page("a");
    let bad = |lines: &str| route_lines(&router, lines).unwrap_err().to_string();
    for line in ["", "0", "0,", "x,1", "00,1", "+1,1", "!", "!x,1"] {
        let lines = format!(">\"a\"\n0,1\n{line}\nx\n0,2");
        assert_eq!(bad(&lines), "the packet was rejected: line 3 is no message");
        assert_eq!(records(&router), [(a, "[3,0,1]".into()), (a, "[3,0,2]".into())], "{line}");
    }
    let to = a.number();
    for line in ["=", "=x,1,1,0,0", "=1,x,1,0,0", "=1,1,2,0,0", "=1,1,1,0,", "=1,1,1,0"] {
        let lines = format!("={to},1,1,0,1\n{line}\n=x\n={to},2,0,1,2\n");
        assert_eq!(bad(&lines), "the packet was rejected: line 2 is no answer");
        assert_eq!(records(&router), [(a, "[5,1,1,0,1]".into()), (a, "[5,2,0,1,2]".into())]);
    }
}

#[test]
fn a_message_without_a_window_is_named_and_stops_no_other() {
    let (router, a) = with_page("a");
    let bad = |lines: &str| route_lines(&router, lines).unwrap_err().code();
    for (lines, code) in [
        ("0,7\n>\"a\"\n0,1", "ERR_BAD_PACKET"),
        (">a\n0,7\n>\"a\"\n0,1", "ERR_BAD_PACKET"),
        (">\n0,7\n>\"a\"\n0,1", "ERR_BAD_PACKET"),
        (">\"b\"\n0,7\n>\"a\"\n0,1", "ERR_UNKNOWN_WINDOW"),
    ] {
        assert_eq!(bad(lines), code);
        assert_eq!(records(&router), [(a, "[3,0,1]".into())], "{lines}");
    }
}

#[test]
fn no_line_is_no_message() {
    let (router, _) = with_page("a");
    route_lines(&router, "").unwrap();
    route_lines(&router, ">\"a\"\n").unwrap();
    assert_eq!(records(&router), []);
}

#[test]
fn what_goes_to_one_window_keeps_its_order_across_kinds() {
    let (router, a, b) = pair();
    let (to, other) = (a.number(), b.number());
    let lines = format!(
        ">\"a\"\n0,1\n={to},1,1,0,2\n={other},1,1,0,9\n={to},2,1,0,3\n>\"b\"\n0,8\n>\"a\"\n0,4"
    );
    route_lines(&router, &lines).unwrap();
    let of = |page| move |(to, text): &(EndpointId, String)| (*to == page).then(|| text.clone());
    let all = records(&router);
    let to_a: Vec<_> = all.iter().filter_map(of(a)).collect();
    assert_eq!(to_a, ["[3,0,1]", "[5,1,1,0,2]", "[5,2,1,0,3]", "[3,0,4]"]);
    assert_eq!(all.iter().filter_map(of(b)).collect::<Vec<_>>(), ["[5,1,1,0,9]", "[3,0,8]"]);
}

#[test]
fn an_answer_to_nobody_goes_nowhere_and_the_next_arrives() {
    let (router, a) = with_page("a");
    route_lines(&router, &format!("=999,1,1,0,0\n=999,2,1,0,0\n={},3,1,0,0", a.number())).unwrap();
    assert_eq!(records(&router), [(a, "[5,3,1,0,0]".into())]);
}

#[test]
fn a_window_is_found_by_whatever_name_it_has() {
    let name = "a\n>\u{7}\"ü";
    let (router, a) = with_page(name);
    send_all(&router, name, &["0,1"]).unwrap();
    assert_eq!(records(&router), [(a, "[3,0,1]".into())]);
}

#[test]
fn main_is_notified_of_the_messages_of_a_batch_that_are_rejected() {
    let (router, _) = with_page("a");
    router.set_limits(Limits { max_queue_records: 2, ..Limits::default() });
    send_all(&router, "a", &["0,1", "0,2", "0,3", "0,4"]).unwrap();
    let told = (EndpointId::MAIN, r#"[6,"a","ERR_QUEUE_FULL",null,2]"#.into());
    assert_eq!(records(&router)[0], told);
    assert_eq!(router.counts("a").unwrap().refused, 2);
}

#[test]
fn a_checked_message_that_is_rejected_is_the_error_of_the_exchange() {
    let (router, a) = with_page("a");
    router.set_limits(Limits { max_queue_records: 1, ..Limits::default() });
    let rejected = route_lines(&router, ">\"a\"\n0,1\n@4,9\n!2,2\n!0,3").unwrap_err();
    assert_eq!(rejected.code(), "ERR_QUEUE_FULL");
    assert_eq!(router.take_freed_slots(), [4]);
    assert_eq!(records(&router), [(a, "[3,0,1]".into())]);
    route_lines(&router, ">\"a\"\n!0,4").unwrap();
    assert_eq!(records(&router), [(a, "[3,0,4]".into())]);
}

#[test]
fn a_call_keeps_its_place_among_messages_and_its_cancellation_comes_behind_it() {
    let (router, a) = with_page("a");
    listen(&router, a, ALL);
    route_lines(&router, ">\"a\"\n0,1\n?5,0,2\n0,3").unwrap();
    route_lines(&router, "-5,0,4").unwrap();
    assert_eq!(records(&router), [(a, "[3,0,1]".into()), (a, "[3,0,3]".into())]);
    route_lines(&router, ">\"a\"\n0,1\n?6,0,2\n0,3").unwrap();
    let texts: Vec<_> = records(&router).into_iter().map(|(_, text)| text).collect();
    assert_eq!(texts, ["[3,0,1]", "[7,2,0,0,2]", "[3,0,3]"]);
    route_lines(&router, "-6,0,4").unwrap();
    assert_eq!(records(&router), [(a, "[9,2,0,4]".into())]);
}

#[test]
fn a_packet_comes_behind_the_lines_and_its_unknown_names_come_back_on_demand() {
    let (router, a, b) = pair();
    let arrive = |text: &str, packet| {
        let lanes = Lanes::from_bits(MESSAGES);
        router.exchange(text, Some(Arrived { from: b, lanes, packet }))
    };
    let packet = "[[2,\"a\",2,1],[2,\"c\",0,2]]";
    let unknown = arrive(">\"a\"\n0,1\n~\n@3,8", packet);
    assert_eq!(unknown, Ok(RouteOutcome::Unresolved(vec!["c".into()])));
    assert_eq!(records(&router), [(a, "[3,0,1]".into())]);
    assert!(router.take_freed_slots().is_empty());
    assert_eq!(arrive("@3,8", packet), Ok(RouteOutcome::Routed));
    assert!(records(&router).contains(&(a, "[4,\"b\",2,1]".into())));
    assert_eq!(router.take_freed_slots(), [3]);
    for bad in ["@3", "@x,1", "@3,-1", "@3,1,1"] {
        assert_eq!(arrive(bad, packet).unwrap_err().code(), "ERR_BAD_PACKET", "{bad}");
    }
    assert_eq!(arrive("@9,1", "nonsense").unwrap_err().code(), "ERR_BAD_PACKET");
    // Those of the list that had too many, and of the packet that was none.
    assert_eq!(router.take_freed_slots(), [3, 4, 9]);
}

/// A line as the examples have it.
fn described(line: Line<'_>) -> String {
    let mark = line.mark();
    let (head, payload) = match mark {
        Mark::Window => return format!("Window {}", line.name_json()),
        Mark::Message => (String::new(), line.message().unwrap()),
        Mark::Checked => (String::new(), line.checked().unwrap()),
        Mark::Call | Mark::Cancel => {
            let (id, payload) = line.call().unwrap();
            (format!(" {id}"), payload)
        }
        Mark::Own => {
            let (kind, address, payload) = line.own().unwrap();
            (format!(" {kind} {address}"), payload)
        }
        Mark::Answer => {
            let Answer { to, id, ok, payload } = line.answer().unwrap();
            (format!(" {} {id} {ok}", to.number()), payload)
        }
    };
    let slots = line.attachments().unwrap();
    let Attachments { first_slot, sizes } = slots.attachments();
    let sizes: Vec<_> = sizes.iter().map(u32::to_string).collect();
    let at = if sizes.is_empty() {
        String::new()
    } else {
        format!(" at {first_slot}: {}", sizes.join(", "))
    };
    format!("{mark:?}{head} {} {}{at}", payload.form, payload.json)
}

/// JavaScript is tested with the same examples: `__test__/pair/exchange.test.mjs`.
#[test]
fn each_line_is_read_as_in_the_examples() {
    let examples: serde_json::Value =
        serde_json::from_str(include_str!("../../../__test__/addon/exchange.json")).unwrap();
    for example in examples["lines"].as_array().unwrap() {
        let text = example["text"].as_str().unwrap();
        let read: Vec<_> = Lines::of(text).map(described).collect();
        assert_eq!(read, [example["read"].as_str().unwrap()], "{text}");
    }
}
