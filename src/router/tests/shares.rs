//! How much of a queue each sender gets.

use proptest::prelude::*;

use super::*;
use crate::router::Counts;

const RECORDS: usize = 400;

/// Windows that flood "a", and one that behaves.
const FLOODERS: u32 = 2;
const OTHER: u32 = 9;

fn name(window: u32) -> String {
    format!("w{window}")
}

fn world(limits: Limits) -> Router {
    let router = Router::new(limits);
    router.name_window("a", ContentsId(100)).unwrap();
    for window in (1..=FLOODERS).chain([OTHER]) {
        router.name_window(&name(window), ContentsId(window)).unwrap();
        router.connect(ContentsId(window), world_address(window.into(), PAGE), None);
    }
    router
}

fn page(router: &Router, window: u32) -> EndpointId {
    router.connect(ContentsId(window), world_address(window.into(), PAGE), None)
}

/// How many of these messages of some bytes a window gets in.
fn get_in(router: &Router, from: u32, count: usize, bytes: usize) -> u64 {
    let before = router.counts("a").unwrap().accepted;
    let record = format!("[2,\"a\",0,\"{}\"]", "x".repeat(bytes));
    post(router, page(router, from), &format!("[{}]", vec![record; count].join(",")));
    router.counts("a").unwrap().accepted - before
}

fn main_gets_in(router: &Router, bytes: usize) -> usize {
    let text = format!("\"{}\"", "x".repeat(bytes));
    (0..RECORDS).take_while(|_| send(router, "a", &text).is_ok()).count()
}

fn small() -> Limits {
    Limits { max_queue_records: RECORDS, max_queue_bytes: 64 << 10, ..Limits::default() }
}

#[derive(Clone, Debug)]
enum Step {
    Messages { from: u32, count: usize, bytes: usize },
    Calls { from: u32, count: usize },
    Reload { window: u32 },
    Reopen { window: u32 },
    Listen(u8),
    Packet,
}

fn step() -> impl Strategy<Value = Step> {
    let flooder = || 1..=FLOODERS;
    prop_oneof![
        8 => (flooder(), 1..600usize, 0..3000usize)
            .prop_map(|(from, count, bytes)| Step::Messages { from, count, bytes }),
        3 => (flooder(), 1..600usize).prop_map(|(from, count)| Step::Calls { from, count }),
        1 => flooder().prop_map(|window| Step::Reload { window }),
        1 => flooder().prop_map(|window| Step::Reopen { window }),
        1 => (0..=ALL).prop_map(Step::Listen),
        2 => Just(Step::Packet),
    ]
}

/// The world addresses of the flooders' documents grow.
fn apply(router: &Router, step: &Step, links: &mut u64, last_id: &mut u64) {
    match *step {
        Step::Messages { from, count, bytes } => drop(get_in(router, from, count, bytes)),
        Step::Calls { from, count } => {
            let calls: Vec<_> = (0..count)
                .map(|_| {
                    *last_id += 1;
                    format!("[7,[{last_id},\"a\"],0,0]")
                })
                .collect();
            post(router, page(router, from), &format!("[{}]", calls.join(",")));
        }
        Step::Reload { window } => {
            router.end_document(ContentsId(window), window.into(), EndReason::Reloaded);
        }
        Step::Reopen { window } => {
            router.close_window(ContentsId(window));
            router.name_window(&name(window), ContentsId(window)).unwrap();
        }
        Step::Listen(lanes) => {
            *links += 1;
            open_world(router, 100, world_address(1000 + *links, PAGE), lanes);
        }
        Step::Packet => drop(router.next_packet()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever windows do to another one's queue, main gets its quarter in, and one that has sent
    /// nothing yet gets three quarters of what two that take all they can have left.
    #[test]
    fn nobody_shuts_out_the_others(steps in prop::collection::vec(step(), 1..40)) {
        let router = world(small());
        let (mut links, mut last_id) = (0, 0);
        steps.iter().for_each(|step| apply(&router, step, &mut links, &mut last_id));
        let copies = router.window_named("a").unwrap().endpoints().len().max(1);
        let left = RECORDS * 3 / 4 / 4_usize.pow(FLOODERS);
        let left = left * 3 / 4 - FLOODERS as usize;
        prop_assert!(get_in(&router, OTHER, left, 9) >= left as u64 / copies as u64);
        prop_assert!(main_gets_in(&router, 9) >= RECORDS / 4 / copies);
    }
}

#[test]
fn one_window_alone_may_have_three_quarters_of_what_windows_may() {
    let router = world(small());
    assert_eq!(get_in(&router, 1, 1000, 1), 225);
    assert_eq!(main_gets_in(&router, 1), RECORDS - 225);
    let bytes = world(Limits { max_queue_records: RECORDS, max_queue_bytes: 100_000, ..small() });
    let one = 1_000 + "[4,\"w1\",0,\"\"]".len();
    assert_eq!(get_in(&bytes, 1, 100, 1_000), (100_000 * 9 / 16 / one) as u64);
    assert!(main_gets_in(&bytes, 1_000) >= 25);
}

#[test]
fn one_message_takes_no_more_than_a_windows_share() {
    let router = world(Limits { max_queue_bytes: 100_000, ..small() });
    assert_eq!(get_in(&router, 1, 1, 60_000), 0);
    assert_eq!(get_in(&router, 1, 1, 56_000), 1);
    assert_eq!(get_in(&router, OTHER, 1, 10_000), 1);
}

#[test]
fn records_of_a_closed_window_in_a_lane_without_listeners_are_dropped_first() {
    let router = world(small());
    for _ in 0..20 {
        get_in(&router, 1, 1000, 1);
        router.close_window(ContentsId(1));
        router.name_window(&name(1), ContentsId(1)).unwrap();
    }
    let at_most = router.counts("a").unwrap().queued;
    assert!(at_most <= RECORDS as u64 * 3 / 4);
    router.close_window(ContentsId(1));
    assert_eq!(get_in(&router, OTHER, 1000, 1), 225, "as if the other had never been");
    let Counts { accepted, queued, dropped, delivered, .. } = router.counts("a").unwrap();
    assert_eq!(accepted, delivered + queued + dropped);
    assert_eq!(queued, 225);
}

#[test]
fn requests_to_main_are_shared_too() {
    let router = world(small());
    let ask = |window, count: u64| {
        let before = router.main_counts().accepted;
        let requests: Vec<_> = (0..count).map(|id| format!("[1,{id},0,0]")).collect();
        post(&router, page(&router, window), &format!("[{}]", requests.join(",")));
        router.main_counts().accepted - before
    };
    assert_eq!(ask(1, 1000), RECORDS as u64 * 3 / 4);
    assert!(ask(2, 1000) > 50);
    assert!(ask(OTHER, 10) == 10);
}

#[test]
fn an_attachment_has_a_price_though_it_be_empty() {
    let router = world(Limits { max_queue_bytes: 1 << 20, ..Limits::default() });
    let attach = |count: u32| {
        let sizes = vec![0; count as usize];
        let attachments = Attachments { first_slot: 0, sizes: &sizes };
        let packet = format!("[[2,\"a\",{},0]]", count + 1);
        router.route_packet(page(&router, 1), Lanes::NONE, &packet, attachments, false)
    };
    attach(1_000).unwrap();
    assert!(router.counts("a").unwrap().queued_bytes > 500_000);
    attach(1_000).unwrap();
    assert_eq!(router.counts("a").unwrap().queued, 1);
    let error = attach(262_145).unwrap_err();
    assert!(error.to_string().contains("262145 attachments, and may have 262144"), "{error}");
}

#[test]
fn under_drop_oldest_pages_do_not_push_out_mains_quarter() {
    let router = world(Limits { overflow: Overflow::DropOldest, ..small() });
    (0..90).for_each(|n| send(&router, "a", &n.to_string()).unwrap());
    get_in(&router, 1, 1000, 1);
    let page = open_page(&router, 100, 100);
    let from_main =
        records(&router).into_iter().filter(|(to, text)| *to == page && text.starts_with("[3,"));
    assert_eq!(from_main.count(), 90);
}

#[test]
fn a_share_is_found_again_after_thousands_of_senders() {
    let router = world(small());
    for window in 1_000..3_000 {
        get_in(&router, window, 1, 1);
        if window % 2 == 0 {
            router.close_window(ContentsId(window));
        }
        let listener = open_page(&router, 100, u64::from(window));
        drain(&router);
        listen(&router, listener, 0);
        router.end_document(ContentsId(100), window.into(), EndReason::Reloaded);
    }
    assert_eq!(get_in(&router, OTHER, 1000, 1), 225);
}
