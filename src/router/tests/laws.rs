//! Laws over random histories: order, at most once, conservation, no loss without a count.

use std::collections::HashMap;

use proptest::prelude::*;

use super::*;
use crate::router::{Counts, Overflow};

/// Three windows, each with one page of which documents come and go.
const WINDOWS: u32 = 3;

#[derive(Clone, Debug)]
enum Step {
    FromMain { to: u32 },
    FromWindow { from: u32, to: u32 },
    Request { from: u32 },
    Reply { to: u32 },
    Listen { window: u32, lanes: u8 },
    ListenMain(bool),
    Reload { window: u32 },
    Reopen { window: u32 },
    Frame,
}

fn step() -> impl Strategy<Value = Step> {
    let window = || 1..=WINDOWS;
    prop_oneof![
        4 => window().prop_map(|to| Step::FromMain { to }),
        4 => (window(), window()).prop_map(|(from, to)| Step::FromWindow { from, to }),
        2 => window().prop_map(|from| Step::Request { from }),
        2 => window().prop_map(|to| Step::Reply { to }),
        3 => (window(), 0..4u8).prop_map(|(window, lanes)| Step::Listen { window, lanes }),
        1 => any::<bool>().prop_map(Step::ListenMain),
        1 => window().prop_map(|window| Step::Reload { window }),
        1 => window().prop_map(|window| Step::Reopen { window }),
        4 => Just(Step::Frame),
    ]
}

fn overflow() -> impl Strategy<Value = Overflow> {
    prop_oneof![Just(Overflow::Reject), Just(Overflow::DropOldest), Just(Overflow::DropNewest)]
}

struct World {
    router: Router,
    pages: HashMap<u32, EndpointId>,
    contents: HashMap<u32, u32>,
    lanes: HashMap<u32, u8>,
    serial: u64,
    /// The last serial that arrived, by sender, receiving window's incarnation and kind.
    arrived: HashMap<(u64, u64, u64), u64>,
}

impl World {
    fn new(overflow: Overflow) -> Self {
        let limits = Limits { max_queue_records: 8, overflow, ..Limits::default() };
        let mut world = Self {
            router: Router::new(limits),
            pages: HashMap::new(),
            contents: HashMap::new(),
            lanes: HashMap::new(),
            serial: 0,
            arrived: HashMap::new(),
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
        let contents = u32::try_from(self.next()).unwrap();
        self.contents.insert(window, contents);
        self.router.name_window(&Self::name(window), ContentsId(contents)).unwrap();
        self.load(window);
    }

    fn load(&mut self, window: u32) {
        let document = self.next();
        let page = self.router.connect(ContentsId(self.contents[&window]), document << 1 | 1);
        self.pages.insert(window, page);
        self.lanes.insert(window, 0);
    }

    fn document(&self, window: u32) -> Option<u64> {
        self.router.endpoint(self.pages[&window]).map(|endpoint| endpoint.document())
    }

    fn apply(&mut self, step: &Step) {
        match *step {
            // The payload is [sender, serial]; 0 is main.
            Step::FromMain { to } => {
                let json = format!("[0,{}]", self.next());
                send(&self.router, &Self::name(to), &json).ok();
            }
            Step::FromWindow { from, to } => {
                let frame = format!("[[2,\"w{to}\",0,[{from},{}]]]", self.next());
                ingest(&self.router, self.pages[&from], self.lanes[&from], &frame).unwrap();
            }
            Step::Request { from } => {
                let id = self.next();
                let frame = format!("[[1,{id},0,[{from},{id}]]]");
                ingest(&self.router, self.pages[&from], self.lanes[&from], &frame).unwrap();
            }
            Step::Reply { to } => {
                let id = self.next();
                let json = format!("[0,{id}]");
                let payload = Payload { form: 0, json: &json };
                let to = self.pages[&to];
                assert!(self.router.reply(to, id, true, payload, Attachments::NONE).unwrap());
            }
            Step::Listen { window, lanes } => {
                self.lanes.insert(window, lanes);
                listen(&self.router, self.pages[&window], lanes);
            }
            Step::ListenMain(on) => self.router.listen_main(on),
            Step::Reload { window } => {
                let document = self.document(window).unwrap();
                self.router.end_document(ContentsId(self.contents[&window]), document);
                self.load(window);
            }
            Step::Reopen { window } => {
                self.router.close_window(ContentsId(self.contents[&window]));
                self.open(window);
            }
            Step::Frame => self.frame(),
        }
    }

    fn frame(&mut self) {
        let Some(frame) = self.router.next_frame() else {
            return;
        };
        let known = self.pages.values().any(|&page| page == frame.endpoint);
        assert!(known || frame.endpoint == EndpointId::MAIN, "a frame for a dead page: {frame:?}");
        let records: Vec<Vec<serde_json::Value>> = serde_json::from_str(&frame.text).unwrap();
        for record in records.iter().filter(|record| record[0] != 6) {
            let payload = record.last().and_then(serde_json::Value::as_array).unwrap();
            let numbers: Vec<u64> = payload.iter().filter_map(serde_json::Value::as_u64).collect();
            let way = (numbers[0], u64::from(frame.contents.0), record[0].as_u64().unwrap());
            self.arrive(way, numbers[1]);
        }
    }

    fn arrive(&mut self, way: (u64, u64, u64), serial: u64) {
        let last = self.arrived.insert(way, serial).unwrap_or(0);
        assert!(last < serial, "{way:?}: {serial} came after {last}");
    }

    fn check_books(&self) {
        for window in self.router.all_windows() {
            let counts = window.account.counts();
            assert_eq!(counts.accepted, counts.delivered + counts.queued + counts.dropped);
            assert_eq!((counts.queued, counts.queued_bytes), window.audit(), "{counts:?}");
        }
        let Counts { queued, queued_bytes, .. } = self.router.main_counts();
        assert_eq!((queued, queued_bytes), self.router.main_window().audit());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// From one sender to one receiver serials of a kind only grow (a reply may overtake a message
    /// that has no listener yet, and nothing else may overtake anything): order and at most once, over reloads,
    /// listeners that come and go and every overflow policy. And the books are always true.
    #[test]
    fn order_at_most_once_and_conservation(overflow in overflow(), steps in prop::collection::vec(step(), 1..120)) {
        let mut world = World::new(overflow);
        for step in &steps {
            world.apply(step);
            world.check_books();
        }
    }

    /// Where everybody listens, the order holds across kinds.
    #[test]
    fn replies_and_messages_keep_their_order(kinds in prop::collection::vec(any::<bool>(), 1..20)) {
        let (router, page) = with_page("a");
        for (n, reply) in (0..).zip(&kinds) {
            let payload = Payload { form: 0, json: "0" };
            if *reply {
                router.reply(page, n, true, payload, Attachments::NONE).unwrap();
            } else {
                router.send("a", payload, Attachments::NONE).unwrap();
            }
        }
        let records: Vec<Vec<u64>> = serde_json::from_str(&drain(&router)[0].1).unwrap();
        let arrived: Vec<_> = records.iter().map(|record| record[0] == 5).collect();
        prop_assert_eq!(arrived, kinds);
    }

    /// While nothing is closed and no bound is reached, everything sent arrives once its
    /// listener is there.
    #[test]
    fn nothing_is_lost_below_the_bounds(sends in prop::collection::vec((0..4u8, any::<bool>()), 1..8)) {
        let router = Router::new(Limits::default());
        router.name_window("a", ContentsId(1)).unwrap();
        let mut page = router.connect(ContentsId(1), 3);
        let mut document = 1;
        for (n, (lanes, reload)) in sends.iter().enumerate() {
            listen(&router, page, *lanes);
            send(&router, "a", &n.to_string()).unwrap();
            if *reload {
                router.end_document(ContentsId(1), document);
                document += 1;
                page = router.connect(ContentsId(1), document << 1 | 1);
            }
        }
        listen(&router, page, 3);
        let text = drain(&router).into_iter().map(|(_, text)| text).collect::<String>();
        let wanted: Vec<_> = (0..sends.len()).map(|n| format!("[3,0,{n}]")).collect();
        prop_assert_eq!(text, format!("[{}]", wanted.join(",")));
    }
}
