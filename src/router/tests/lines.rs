//! Lines of one text are as good as a call for each.

use proptest::prelude::*;

use super::super::record::json_string;
use super::*;

const NAMES: [&str; 3] = ["a", "b", "nobody"];

/// The number of a window that is there, and its document's.
const WINDOWS: [u32; 2] = [1, 2];

/// A form and a payload.
type Value = (u32, String);

#[derive(Clone, Debug)]
enum Step {
    Send { to: usize, values: Vec<Value> },
    Reply { answers: Vec<(usize, u64, bool, Value)> },
    Listen { page: usize, lanes: u8 },
    Reload { window: usize },
    Packet,
    Acknowledge { page: usize },
    Close { window: usize },
}

fn value() -> impl Strategy<Value = Value> {
    let payload = prop_oneof![Just("0".into()), "\"[a-zü,]{0,30}\"", Just("[1,\"\\n\"]".into())];
    (0..=1u32, payload)
}

fn step() -> impl Strategy<Value = Step> {
    let values = || prop::collection::vec(value(), 0..8);
    let answer = (0..8usize, 0..1_000_000u64, any::<bool>(), value());
    prop_oneof![
        6 => (0..NAMES.len(), values()).prop_map(|(to, values)| Step::Send { to, values }),
        3 => prop::collection::vec(answer, 0..8).prop_map(|answers| Step::Reply { answers }),
        3 => (0..8usize, 0..4u8).prop_map(|(page, lanes)| Step::Listen { page, lanes }),
        1 => (0..2usize).prop_map(|window| Step::Reload { window }),
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
}

impl World {
    fn new(limits: Limits, in_lines: bool) -> Self {
        let router = Router::new(limits);
        let mut world = Self { router, in_lines, pages: Vec::new(), documents: 2 };
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
            Step::Reply { answers } => self.reply(answers),
            // An endpoint that is gone listens no more.
            Step::Listen { page, lanes } => {
                route_packet(&self.router, self.page(*page), *lanes, "").ok();
            }
            Step::Reload { window } => self.reload(WINDOWS[*window]),
            Step::Packet => {
                return self.router.next_packet().as_ref().map(in_order).unwrap_or_default()
            }
            Step::Acknowledge { page } => drop(self.router.acknowledge(self.page(*page), 1)),
            Step::Close { window } => self.router.close_window(ContentsId(WINDOWS[*window])),
        }
        String::new()
    }

    fn send(&self, name: &str, values: &[Value]) -> String {
        if self.in_lines {
            let line = |(form, json): &Value| format!("{form},{json}");
            return format!(
                "{:?}",
                send_all(&self.router, name, &values.iter().map(line).collect::<Vec<_>>())
            );
        }
        let mut unknown = Ok(());
        for (form, json) in values {
            let sent = self.router.send(name, Payload { form: *form, json }, Attachments::NONE);
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

    fn reply(&self, answers: &[(usize, u64, bool, Value)]) {
        if self.in_lines {
            let line = |(page, id, ok, (form, json)): &(usize, u64, bool, Value)| {
                let (to, ok) = (self.page(*page).number(), u8::from(*ok));
                format!("={to},{id},{ok},{form},{json}\n")
            };
            let lines: String = answers.iter().map(line).collect();
            return self.router.route_lines(&lines).unwrap();
        }
        for (page, id, ok, (form, json)) in answers {
            let payload = Payload { form: *form, json };
            self.router.answer(self.page(*page), *id, *ok, payload, Attachments::NONE).unwrap();
        }
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

fn send_all<T: AsRef<str>>(router: &Router, name: &str, lines: &[T]) -> Result<(), RouterError> {
    let head = format!(">{}", json_string(name));
    let lines: Vec<_> = std::iter::once(&*head).chain(lines.iter().map(T::as_ref)).collect();
    router.route_lines(&lines.join("\n"))
}

/// A packet as text. In which order different reports come to main is not fixed.
fn in_order(packet: &Packet) -> String {
    let mut records = records_of(&packet.text);
    if packet.endpoint == EndpointId::MAIN {
        records.sort();
    }
    format!("{:?} {records:?}", packet.endpoint)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// The packets and counters are the same, for any bounds and any documents that come and go.
    #[test]
    fn lines_are_as_good_as_calls(limits in limits(), steps in prop::collection::vec(step(), 1..60)) {
        let mut worlds = [true, false].map(|in_lines| World::new(limits, in_lines));
        for step in &steps {
            let [lines, calls] = worlds.each_mut().map(|world| (world.apply(step), world.stats()));
            // No name of a window: a sender of nothing gets no nack.
            let nothing_sent = matches!(step, Step::Send { values, .. } if values.is_empty());
            prop_assert!(nothing_sent || lines.0 == calls.0, "{:?} {:?}", lines.0, calls.0);
            prop_assert_eq!(lines.1, calls.1);
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
                let bytes: usize = values.iter().map(|(_, json)| "[3,0,]".len() + json.len()).sum();
                if values.len() > room.records || bytes > room.bytes {
                    continue;
                }
                let lost = || world.router.counts(NAMES[*to]).map(|it| (it.refused, it.dropped));
                let before = lost();
                world.send(NAMES[*to], values);
                prop_assert_eq!(before, lost());
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
    let bad = |lines: &str| router.route_lines(lines).unwrap_err().to_string();
    for line in ["", "0", "0,", "2,[]", "x,1", "00,1", "-1,1"] {
        let lines = format!(">\"a\"\n0,1\n{line}\nx\n0,2");
        assert_eq!(bad(&lines), "the packet was rejected: line 3 is no message");
        assert_eq!(records(&router), [(a, "[3,0,1]".into()), (a, "[3,0,2]".into())], "{line}");
    }
    let to = a.number();
    for line in
        ["=", "=x,1,1,0,0", "=1,x,1,0,0", "=1,1,2,0,0", "=1,1,1,2,0", "=1,1,1,0,", "=1,1,1,0"]
    {
        let lines = format!("={to},1,1,0,1\n{line}\n=x\n={to},2,0,1,2\n");
        assert_eq!(bad(&lines), "the packet was rejected: line 2 is no answer");
        assert_eq!(records(&router), [(a, "[5,1,1,0,1]".into()), (a, "[5,2,0,1,2]".into())]);
    }
}

#[test]
fn a_message_without_a_window_is_named_and_stops_no_other() {
    let (router, a) = with_page("a");
    let bad = |lines: &str| router.route_lines(lines).unwrap_err().code();
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
    router.route_lines("").unwrap();
    router.route_lines(">\"a\"\n").unwrap();
    assert_eq!(records(&router), []);
}

#[test]
fn what_goes_to_one_window_keeps_its_order_across_kinds() {
    let (router, a, b) = pair();
    let (to, other) = (a.number(), b.number());
    let lines = format!(
        ">\"a\"\n0,1\n={to},1,1,0,2\n={other},1,1,0,9\n={to},2,1,0,3\n>\"b\"\n0,8\n>\"a\"\n0,4"
    );
    router.route_lines(&lines).unwrap();
    let of = |page| move |(to, text): &(EndpointId, String)| (*to == page).then(|| text.clone());
    let all = records(&router);
    let to_a: Vec<_> = all.iter().filter_map(of(a)).collect();
    assert_eq!(to_a, ["[3,0,1]", "[5,1,1,0,2]", "[5,2,1,0,3]", "[3,0,4]"]);
    assert_eq!(all.iter().filter_map(of(b)).collect::<Vec<_>>(), ["[5,1,1,0,9]", "[3,0,8]"]);
}

#[test]
fn an_answer_to_nobody_goes_nowhere_and_the_next_arrives() {
    let (router, a) = with_page("a");
    router.route_lines(&format!("=999,1,1,0,0\n=999,2,1,0,0\n={},3,1,0,0", a.number())).unwrap();
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
