//! Records that are admitted by their heads.

use proptest::prelude::*;

use super::*;

const ROOM: usize = 50;

/// "a" listens to messages, "b" to nothing yet, and the main process to requests.
fn world(limits: Limits) -> (Router, EndpointId, EndpointId) {
    let router = Router::new(limits);
    let a = add_page(&router, "a", 1);
    router.name_window("b", ContentsId(2)).unwrap();
    let b = open_world(&router, 2, world_address(2, PAGE), 0);
    router.listen_main(true);
    (router, a, b)
}

fn asks(router: &Router, from: EndpointId, id: u64) -> bool {
    let lanes = router.endpoint(from).unwrap().listening();
    router.admit_request((from, lanes), (id, None), ROOM, router.edition())
}

fn tells(router: &Router, to: EndpointId) -> bool {
    router.admit_message(to, ROOM, router.edition())
}

fn tells_across(router: &Router, from: EndpointId, to: EndpointId) -> bool {
    let lanes = router.endpoint(from).unwrap().listening();
    router.admit_message_across((from, lanes), to, ROOM, router.edition())
}

/// (accepted, delivered, queued)
fn counts(router: &Router, name: &str) -> (u64, u64, u64) {
    let counts = router.counts(name).unwrap();
    (counts.accepted, counts.delivered, counts.queued)
}

#[test]
fn a_record_that_is_admitted_counts_as_delivered() {
    let (router, a, b) = world(Limits::default());
    assert!(asks(&router, b, 1) && router.admit_answer(b, 1, ROOM));
    assert!(tells(&router, a) && tells_across(&router, b, a));
    assert_eq!(counts(&router, "a"), (2, 2, 0));
    assert_eq!(counts(&router, "b"), (1, 1, 0));
    assert_eq!(router.main_counts().delivered, 1);
    assert!(router.next_packet().is_none());
}

#[test]
fn an_id_is_open_until_its_answer_is_admitted() {
    let (router, _, b) = world(Limits::default());
    assert!(asks(&router, b, 7));
    assert!(!asks(&router, b, 7));
    assert!(router.admit_answer(b, 7, ROOM));
    assert!(asks(&router, b, 7));
    // As text it is the same request.
    post(&router, b, "[[1,7,0,1]]");
    assert!(drain(&router)[0].1.contains("its request id 7 is in use"));
}

#[test]
fn nothing_overtakes_a_record_that_waits() {
    let (router, a, b) = world(Limits::default());
    post(&router, b, "[[1,1,0,1]]");
    assert!(!asks(&router, b, 2));
    send(&router, "a", "1").unwrap();
    assert!(!tells(&router, a) && !tells_across(&router, b, a));
    post(&router, a, "[[1,1,0,1]]");
    assert!(!router.admit_answer(a, 1, ROOM));
    drain(&router);
    assert!(asks(&router, b, 2) && tells(&router, a) && tells_across(&router, b, a));
    assert!(router.admit_answer(a, 1, ROOM));
}

#[test]
fn a_record_for_nobody_or_for_several_waits() {
    let (router, a, b) = world(Limits::default());
    assert!(!tells(&router, b) && !tells_across(&router, a, b));
    assert_eq!(router.only_listener("b", Lanes::FROM_MAIN), None);
    router.listen_main(false);
    assert!(!asks(&router, a, 1));
    open_world(&router, 1, world_address(1, PRELOAD), MESSAGES);
    assert_eq!(router.only_listener("a", Lanes::FROM_MAIN), None);
    assert!(!tells(&router, a) && !tells_across(&router, b, a));
    assert_eq!(counts(&router, "a"), (0, 0, 0));
}

#[test]
fn no_record_goes_to_a_document_that_has_ended_or_is_in_doubt() {
    let (router, a, b) = world(Limits::default());
    assert!(asks(&router, a, 1));
    router.pause_window(ContentsId(1), true);
    assert!(!tells(&router, a) && !tells_across(&router, b, a));
    assert!(!router.admit_answer(a, 1, ROOM));
    router.pause_window(ContentsId(1), false);
    assert!(tells(&router, a));
    router.end_document(ContentsId(1), 1, EndReason::Reloaded);
    assert!(!tells(&router, a) && !tells_across(&router, b, a));
    assert!(!router.admit_answer(a, 1, ROOM));
    router.close_window(ContentsId(1));
    assert!(!tells(&router, a));
}

#[test]
fn a_page_without_credit_gets_no_record() {
    let limits = Limits { max_in_flight_bytes: ROOM, ..Limits::default() };
    let (router, a, b) = world(limits);
    assert!(asks(&router, a, 1) && tells(&router, a));
    assert!(!tells(&router, a) && !tells_across(&router, b, a));
    assert!(!router.admit_answer(a, 1, ROOM));
    assert!(!router.acknowledge(a, 1));
    assert!(router.admit_answer(a, 1, ROOM));
}

#[test]
fn a_record_beyond_a_limit_is_not_admitted() {
    let limits = Limits { max_queue_bytes: ROOM - 1, ..Limits::default() };
    let (router, a, b) = world(limits);
    assert!(!asks(&router, a, 1) && !tells(&router, a) && !tells_across(&router, b, a));
    post(&router, a, "[[1,1,0,1]]");
    drain(&router);
    assert!(!router.admit_answer(a, 1, ROOM));
    assert_eq!(router.counts("a").unwrap().refused, 0);
}

#[test]
fn what_was_found_in_another_edition_of_the_tables_is_not_admitted() {
    let (router, a, b) = world(Limits::default());
    let edition = router.edition();
    router.unname_window("a");
    router.name_window("a", ContentsId(2)).unwrap_err();
    router.name_window("c", ContentsId(1)).unwrap();
    let lanes = Lanes::from_bits(MESSAGES);
    assert!(!router.admit_message(a, ROOM, edition));
    assert!(!router.admit_request((a, lanes), (1, None), ROOM, edition));
    assert!(!router.admit_message_across((b, Lanes::NONE), a, ROOM, edition));
    assert_eq!(router.address_of(a).unwrap().sender_tag, "\"c\"");
    assert!(router.admit_request((a, lanes), (1, None), ROOM, router.edition()));
}

#[test]
fn lanes_that_are_news_are_routed_as_text() {
    let (router, a, b) = world(Limits::default());
    let (lanes, edition) = (Lanes::from_bits(ALL), router.edition());
    assert!(!router.admit_request((a, lanes), (1, None), ROOM, edition));
    assert!(!router.admit_message_across((b, lanes), a, ROOM, edition));
}

#[test]
fn requests_with_a_time_limit_are_settled_where_the_clock_is_looked_at() {
    let (router, a, b) = world(Limits::default());
    assert!(asks(&router, a, 1));
    post(&router, b, "[[1,[2,50],0,1]]");
    drain(&router);
    assert!(!router.admit_answer(a, 1, ROOM));
    assert!(reply(&router, b, 2));
    drain(&router);
    assert!(router.admit_answer(a, 1, ROOM));
}

/// Steps of others while the main process has a lease of window "a".
#[derive(Clone, Debug)]
enum Others {
    Messages { from: u32, count: usize, bytes: usize },
    Calls { from: u32, count: usize },
    Listen(u8),
    Packet,
}

fn others() -> impl Strategy<Value = Others> {
    let from = || 2..5u32;
    prop_oneof![
        4 => (from(), 1..40usize, 1..4_000usize)
            .prop_map(|(from, count, bytes)| Others::Messages { from, count, bytes }),
        2 => (from(), 1..40usize).prop_map(|(from, count)| Others::Calls { from, count }),
        1 => (0..=ALL).prop_map(Others::Listen),
        1 => Just(Others::Packet),
    ]
}

fn do_others(router: &Router, page: EndpointId, others: &Others, calls: &mut u64) {
    match *others {
        Others::Messages { from, count, bytes } => {
            let record = format!("[2,\"a\",0,\"{}\"]", "x".repeat(bytes));
            let from = router.connect(ContentsId(from), world_address(from.into(), PAGE), None);
            post(router, from, &format!("[{}]", vec![record; count].join(",")));
        }
        Others::Calls { from, count } => {
            let from = router.connect(ContentsId(from), world_address(from.into(), PAGE), None);
            for _ in 0..count {
                *calls += 1;
                post(router, from, &format!("[[7,[{calls},\"a\"],0,1]]"));
            }
        }
        Others::Listen(lanes) => listen(router, page, lanes),
        Others::Packet => drop(router.next_packet()),
    }
}

proptest! {
    /// A lasting lease is true until the main process has used it: whatever other windows send and
    /// listen to, what it covers is let in, and nothing gives way to it.
    #[test]
    fn a_lasting_lease_holds_whatever_others_do(
        overflow in prop_oneof![Just(Overflow::Reject), Just(Overflow::DropOldest)],
        before in prop::collection::vec(others(), 0..8),
        steps in prop::collection::vec((others(), 1..3_000usize), 1..20),
    ) {
        let limits = Limits {
            max_queue_records: 60,
            max_queue_bytes: 64 << 10,
            max_in_flight_bytes: 10_000,
            overflow,
            ..Limits::default()
        };
        let router = Router::new(limits);
        let page = add_page(&router, "a", 1);
        let mut calls = 0;
        before.iter().for_each(|step| do_others(&router, page, step, &mut calls));
        let mut lease = router.lease("a").unwrap();
        prop_assert!(lease.is_lasting);
        for (step, bytes) in &steps {
            do_others(&router, page, step, &mut calls);
            let text = format!("\"{}\"", "y".repeat(*bytes));
            let size = text.len() + "[3,0,]".len();
            if lease.records == 0 || lease.bytes < size {
                break;
            }
            lease.records -= 1;
            lease.bytes -= size;
            let lost = || router.counts("a").map(|it| (it.refused, it.dropped));
            let before = lost();
            send(&router, "a", &text).unwrap();
            prop_assert_eq!(lost(), before);
        }
    }
}
