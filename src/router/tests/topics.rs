//! The promises of topics, one by one.

use super::*;
use crate::router::Counts;

const MAIN: EndpointId = EndpointId::MAIN;

/// Pages "a" and "b"; both publish "t" under 0.
fn yard() -> (Router, EndpointId, EndpointId) {
    let (router, a, b) = pair();
    name(&router, a);
    name(&router, b);
    (router, a, b)
}

fn name(router: &Router, page: EndpointId) {
    post(router, page, "[[10,[0,\"t\"],0,0]]");
}

fn subscribe(router: &Router, page: EndpointId, number: u64) {
    post(router, page, &format!("[[12,[{number},\"t\"],0,0]]"));
}

fn publish(router: &Router, page: EndpointId, value: &str) {
    post(router, page, &format!("[[11,0,0,{value}]]"));
}

fn keep(router: &Router, page: EndpointId, value: &str) {
    post(router, page, &format!("[[11,[0,0,1,0],0,{value}]]"));
}

fn conflate(router: &Router, page: EndpointId, key: &str, value: &str) {
    post(router, page, &format!("[[11,[0,0,0,\"{key}\"],0,{value}]]"));
}

fn stats(router: &Router) -> serde_json::Value {
    serde_json::from_str(&router.stats_json()).unwrap()
}

fn got(router: &Router, by: EndpointId) -> Vec<String> {
    records(router).into_iter().filter(|(to, _)| *to == by).map(|(_, record)| record).collect()
}

fn limited(router: &Router, max_queue_records: usize, overflow: Overflow) {
    router.set_limits(Limits { max_queue_records, overflow, ..Limits::default() });
}

#[test]
fn all_who_subscribe_get_a_value_with_their_number_and_its_sender() {
    let (router, a, b) = yard();
    router.subscribe(9, "t").unwrap();
    subscribe(&router, a, 5);
    subscribe(&router, b, 7);
    publish(&router, a, "{\"x\":1}");
    let copy = |number| format!("[14,{number},\"a\",0,{{\"x\":1}}]");
    assert_eq!(records(&router), [(MAIN, copy(9)), (a, copy(5)), (b, copy(7))]);
    router.name_topic(3, "t").unwrap();
    router.publish("3", json("2"), Attachments::NONE).unwrap();
    let copy = |number| format!("[14,{number},0,0,2]");
    assert_eq!(records(&router), [(MAIN, copy(9)), (a, copy(5)), (b, copy(7))]);
}

#[test]
fn nobody_there_is_no_error_and_keeps_nothing() {
    let (router, a, _) = yard();
    let attached = Attachments { first_slot: 4, sizes: &[9] };
    let value = "[[11,0,2,0]]";
    router.route_packet(a, Lanes::FROM_MAIN, value, attached, false).unwrap();
    assert!(records(&router).is_empty());
    assert_eq!(router.take_freed_slots(), [4]);
}

#[test]
fn a_newcomer_gets_the_retained_value_first_and_then_all_that_follows() {
    let (router, a, b) = yard();
    keep(&router, a, "1");
    keep(&router, a, "2");
    publish(&router, a, "3");
    subscribe(&router, b, 7);
    publish(&router, a, "4");
    assert_eq!(got(&router, b), ["[15,7,\"a\",0,2]", "[14,7,\"a\",0,4]"]);
    subscribe(&router, b, 8);
    publish(&router, a, "5");
    let again = ["[15,8,\"a\",0,2]", "[14,8,\"a\",0,5]"];
    assert_eq!(got(&router, b), again, "a new number replaces the earlier one");
    post(&router, b, "[[13,7,0,0]]");
    publish(&router, a, "6");
    assert_eq!(got(&router, b).len(), 1, "7 stands for nothing any more");
    post(&router, b, "[[13,8,0,0]]");
    publish(&router, a, "7");
    assert!(got(&router, b).is_empty());
}

#[test]
fn a_value_that_does_not_fit_is_delivered_and_not_retained_and_its_publisher_notified() {
    let (router, a, b) = yard();
    subscribe(&router, b, 1);
    keep(&router, a, "1");
    let bytes = stats(&router)["retainedBytes"].as_u64().unwrap();
    assert_eq!(bytes, 256 + ",\"a\",0,1]".len() as u64);
    let max_retained_bytes = usize::try_from(bytes).unwrap();
    router.set_limits(Limits { max_retained_bytes, ..Limits::default() });
    keep(&router, a, "2");
    keep(&router, a, "33");
    assert_eq!(got(&router, b).len(), 3);
    post(&router, a, "[[11,[0,0,1,0],0,34]]");
    assert_eq!(got(&router, a), ["[6,[\"t\"],\"ERR_QUEUE_FULL\",null,1]"]);
    subscribe(&router, b, 2);
    assert!(got(&router, b).is_empty(), "an earlier value is not the last one");
    assert_eq!(stats(&router)["retainedBytes"], 0);
}

#[test]
fn a_payload_and_its_attachments_are_kept_once() {
    let (router, a, b) = yard();
    router.subscribe(9, "t").unwrap();
    subscribe(&router, a, 5);
    subscribe(&router, b, 7);
    let attached = Attachments { first_slot: 4, sizes: &[9] };
    router.route_packet(a, Lanes::FROM_MAIN, "[[11,[0,0,1,0],2,0]]", attached, false).unwrap();
    assert_eq!(packets(&router).map(|packet| packet.slots).collect::<Vec<_>>(), [[4], [4], [4]]);
    assert!(router.take_freed_slots().is_empty(), "it is retained");
    keep(&router, b, "1");
    assert_eq!(router.take_freed_slots(), [4]);
}

#[test]
fn a_conflated_value_replaces_what_waits_under_its_key() {
    let (router, a, b) = yard();
    subscribe(&router, b, 7);
    send(&router, "b", "0").unwrap();
    conflate(&router, a, "k", "1");
    conflate(&router, a, "l", "2");
    publish(&router, a, "3");
    send(&router, "b", "4").unwrap();
    conflate(&router, a, "k", "5");
    let values = ["[3,0,0]", "[14,7,\"a\",0,2]", "[14,7,\"a\",0,3]", "[14,7,\"a\",0,5]", "[3,0,4]"];
    let counts = router.counts("b").unwrap();
    assert_eq!((counts.accepted, counts.queued, counts.dropped), (6, 5, 1));
    assert_eq!(got(&router, b), values, "in the topic's order, before what came later");
    conflate(&router, a, "k", "6");
    assert_eq!(got(&router, b), ["[14,7,\"a\",0,6]"]);
    assert!(got(&router, a).is_empty(), "a replaced value is not reported");
    let topic = &stats(&router)["topics"]["t"];
    assert_eq!((&topic["replaced"], &topic["dropped"]), (&1.into(), &0.into()));
}

#[test]
fn a_conflated_value_has_room_in_a_full_window() {
    for overflow in [Overflow::Reject, Overflow::DropNewest, Overflow::DropOldest] {
        let (router, _, b) = yard();
        router.name_topic(0, "t").unwrap();
        subscribe(&router, b, 7);
        limited(&router, 2, overflow);
        send(&router, "b", "0").unwrap();
        for value in ["1", "2", "3"] {
            router.publish("[0,0,0,\"k\"]", json(value), Attachments::NONE).unwrap();
        }
        assert_eq!(records(&router), [(b, "[3,0,0]".into()), (b, "[14,7,0,0,3]".into())]);
    }
}

#[test]
fn other_values_that_come_on_and_on_do_not_keep_a_replaced_one_back() {
    let (router, a, b) = yard();
    subscribe(&router, b, 7);
    send(&router, "b", "0").unwrap();
    for n in 0..100 {
        conflate(&router, a, "k", &n.to_string());
        send(&router, "b", "1").unwrap();
    }
    assert_eq!(got(&router, b)[1], "[14,7,\"a\",0,99]");
}

#[test]
fn a_full_window_drops_its_copy_and_nobody_else_is_delayed() {
    for (overflow, values) in
        [(Overflow::Reject, "01"), (Overflow::DropNewest, "01"), (Overflow::DropOldest, "34")]
    {
        let (router, _, b) = yard();
        router.name_topic(0, "t").unwrap();
        let c = add_page(&router, "c", 3);
        subscribe(&router, b, 7);
        subscribe(&router, c, 7);
        limited(&router, 2, overflow);
        router.pause_window(ContentsId(2), true);
        let mut others = Vec::new();
        for n in 0..5 {
            router.publish("0", json(&n.to_string()), Attachments::NONE).unwrap();
            others.extend(got(&router, c));
        }
        assert_eq!(others.len(), 5);
        let Counts { accepted, queued, dropped, refused, .. } = router.counts("b").unwrap();
        assert_eq!((accepted, queued, dropped + refused), (queued + dropped, 2, 3));
        assert_eq!(stats(&router)["topics"]["t"]["dropped"], 3);
        router.pause_window(ContentsId(2), false);
        let wanted = values.chars().map(|value| format!("[14,7,0,0,{value}]"));
        assert!(got(&router, b).into_iter().eq(wanted), "{overflow:?}");
    }
}

#[test]
fn dropped_copies_of_one_fate_are_reported_once() {
    let (router, a, b) = yard();
    subscribe(&router, b, 7);
    router.subscribe(1, "t").unwrap();
    limited(&router, 2, Overflow::DropNewest);
    router.pause_window(ContentsId(2), true);
    (0..5).for_each(|n| publish(&router, a, &n.to_string()));
    let nacks = got(&router, a);
    assert_eq!(nacks.len(), 2, "{nacks:?}");
    assert!(nacks.iter().any(|it| it.starts_with("[6,[\"t\",\"b\"],\"ERR_QUEUE_FULL\",null,")));
    assert!(nacks.iter().any(|it| it.starts_with("[6,[\"t\",0],\"ERR_QUEUE_FULL\",null,")));
}

#[test]
fn a_value_for_some_windows_reaches_those_only() {
    let (router, a, b) = yard();
    subscribe(&router, a, 5);
    subscribe(&router, b, 7);
    router.subscribe(9, "t").unwrap();
    post(&router, a, "[[11,[0,[\"b\",\"b\"],0,0],0,1]]");
    assert_eq!(records(&router), [(b, "[14,7,\"a\",0,1]".into())]);
    router.close_window(ContentsId(2));
    post(&router, a, "[[11,[0,[\"a\",\"b\",\"x\"],0,0],0,1]]");
    let mut nacks = got(&router, a);
    nacks.sort();
    let wanted = [
        "[14,5,\"a\",0,1]",
        "[6,[\"t\",\"b\"],\"ERR_TARGET_GONE\",\"closed\",1]",
        "[6,[\"t\",\"x\"],\"ERR_UNKNOWN_WINDOW\",null,1]",
    ];
    assert_eq!(nacks, wanted);
    let names = "[[11,[0,[\"a\",\"y\"],0,0],0,1]]";
    let outcome = router.route_packet(a, Lanes::NONE, names, Attachments::NONE, true).unwrap();
    assert_eq!(outcome, RouteOutcome::Routed, "a window that is opened now does not subscribe yet");
}

#[test]
fn a_subscription_ends_with_its_document_and_what_waits_is_dropped_without_a_nack() {
    for reopen in [false, true] {
        let (router, a, b) = yard();
        subscribe(&router, b, 7);
        publish(&router, a, "1");
        conflate(&router, a, "k", "2");
        if reopen {
            router.close_window(ContentsId(2));
        } else {
            router.end_document(ContentsId(2), 2, EndReason::Reloaded);
            assert_eq!(dropped(&router, "b"), 2);
            publish(&router, b, "3");
            open_page(&router, 2, 3);
        }
        publish(&router, a, "4");
        assert!(records(&router).is_empty());
        let topic = &stats(&router)["topics"]["t"];
        assert_eq!((&topic["subscribers"], &topic["dropped"]), (&0.into(), &2.into()));
    }
}

#[test]
fn an_ended_document_may_still_publish_and_not_subscribe() {
    let (router, a, b) = yard();
    subscribe(&router, b, 7);
    router.end_document(ContentsId(1), 1, EndReason::Reloaded);
    publish(&router, a, "1");
    subscribe(&router, a, 5);
    assert_eq!(records(&router), [(b, "[14,7,\"a\",0,1]".into())]);
    assert_eq!(router.endpoint(a).unwrap().topics.lock().subscriptions(), 0);
}

#[test]
fn a_topic_that_nobody_names_is_disposed() {
    let (router, a, b) = yard();
    post(&router, a, "[[10,[0,\"u\"],0,0]]");
    subscribe(&router, b, 7);
    router.close_window(ContentsId(1));
    router.close_window(ContentsId(2));
    assert_eq!(stats(&router).get("topics"), None);
}

#[test]
fn bounds_of_names_numbers_and_keys_are_reported_and_nothing_is_half_done() {
    let (router, a, b) = yard();
    subscribe(&router, b, 7);
    let long = "x".repeat(1_025);
    let records = [
        format!("[10,[1,\"{long}\"],0,0]"),
        format!("[12,[1,\"{long}\"],0,0]"),
        format!("[11,[0,0,0,\"{long}\"],0,1]"),
        "[11,[0,[\"b\"],1,0],0,1]".into(),
        "[11,5,0,1]".into(),
        "[10,[4096,\"u\"],0,0]".into(),
        "[12,[8,\"u\"],0,0],[12,[8,\"v\"],0,0]".into(),
    ];
    post(&router, a, &format!("[{}]", records.join(",")));
    let mut nacks = got(&router, a);
    nacks.sort();
    let short = format!("[6,[\"{}…\"],\"ERR_INVALID_OPTION\",null,2]", "x".repeat(100));
    let wanted = [
        "[6,[\"t\"],\"ERR_INVALID_OPTION\",null,2]",
        "[6,[\"u\"],\"ERR_QUEUE_FULL\",null,1]",
        "[6,[\"v\"],\"ERR_BAD_PACKET\",null,1]",
        &short,
        "[6,[null],\"ERR_BAD_PACKET\",null,1]",
    ];
    assert_eq!(nacks, wanted);
    let subscriptions = (9..6_000).map(|n| format!("[12,[{n},\"{n}\"],0,0]"));
    post(&router, a, &format!("[{}]", subscriptions.collect::<Vec<_>>().join(",")));
    assert_eq!(router.endpoint(a).unwrap().topics.lock().subscriptions(), 4_096);
    assert!(got(&router, a).iter().all(|nack| nack.contains("ERR_QUEUE_FULL")));
    let topics = stats(&router);
    assert_eq!(topics["topics"].as_object().unwrap().len(), 100);
    assert_eq!(topics["moreTopics"], 4_096 + 1 - 100, "no topic is left of what was rejected");
}

#[test]
fn malformed_records_are_bad_packets() {
    let (router, a, _) = yard();
    for record in [
        "[11,[0,0,2,0],0,0]",
        "[11,[0,\"b\",0,0],0,0]",
        "[11,[0,[1],0,0],0,0]",
        "[11,[0,0,0,1],0,0]",
        "[11,\"t\",0,0]",
        "[12,[1,2],0,0]",
        "[10,7,0,0]",
        "[13,\"7\",0,0]",
        "[14,7,0,0]",
        "[15,7,0,0]",
    ] {
        let error = route_packet(&router, a, 0, &format!("[{record}]")).unwrap_err();
        assert_eq!(error.code(), "ERR_BAD_PACKET", "{record}");
    }
}

#[test]
fn main_is_told_at_once_what_is_wrong_with_its_call() {
    let (router, _, _) = yard();
    let code = |result: Result<(), RouterError>| result.unwrap_err().code();
    let publish = |address: &str| router.publish(address, json("0"), Attachments::NONE);
    router.name_topic(0, "t").unwrap();
    assert_eq!(code(publish("1")), "ERR_BAD_PACKET");
    assert_eq!(code(publish("[0,0]")), "ERR_BAD_PACKET");
    assert_eq!(code(publish("[0,[\"a\"],1,0]")), "ERR_INVALID_OPTION");
    assert_eq!(code(router.name_topic(1, &"x".repeat(1_025))), "ERR_INVALID_OPTION");
    assert_eq!(code(router.name_topic(4_096, "u")), "ERR_QUEUE_FULL");
    publish("[0,[\"nowhere\"],0,0]").unwrap();
    assert_eq!(
        records(&router),
        [(MAIN, "[6,[\"t\",\"nowhere\"],\"ERR_UNKNOWN_WINDOW\",null,1]".into())]
    );
}

#[test]
fn a_retained_undefined_is_delivered_and_nothing_is_retained_from_then_on() {
    let (router, a, b) = yard();
    subscribe(&router, b, 7);
    keep(&router, a, "1");
    post(&router, a, "[[11,[0,0,1,0],1,\"\u{7f}\"]]");
    assert_eq!(got(&router, b), ["[14,7,\"a\",0,1]", "[14,7,\"a\",1,\"\u{7f}\"]"]);
    subscribe(&router, b, 8);
    assert!(got(&router, b).is_empty());
    assert!(got(&router, a).is_empty());
    assert_eq!(stats(&router)["retainedBytes"], 0);
}

/// A page names topics and lets each retain a value.
fn hoard(router: &Router, page: EndpointId, names: std::ops::Range<u32>) {
    for name in names {
        post(router, page, &format!("[[10,[1,\"{page:?} {name}\"],0,0],[11,[1,0,1,0],0,1]]"));
    }
}

#[test]
fn one_page_cannot_take_all_topics_and_main_has_its_quarter() {
    let (router, a, b) = yard();
    router.set_limits(Limits { max_retained_bytes: 1 << 30, ..Limits::default() });
    hoard(&router, a, 0..40_000);
    let all = || stats(&router)["moreTopics"].as_u64().unwrap() + 100;
    assert_eq!(all(), 65_536 * 9 / 16, "three quarters of three quarters");
    assert!(got(&router, a)[0].contains("ERR_QUEUE_FULL"));
    hoard(&router, b, 0..20_000);
    assert_eq!(all(), 65_536 * 3 / 4);
    router.name_topic(1, "of main").unwrap();
    router.subscribe(1, "also of main").unwrap();
    assert_eq!(all(), 65_536 * 3 / 4 + 2);
    router.close_window(ContentsId(1));
    assert_eq!(all(), 65_536 * 3 / 4 + 2, "a retained value outlasts its publisher");
}

#[test]
fn one_page_cannot_take_all_retained_bytes_and_main_has_its_quarter() {
    let (router, a, b) = yard();
    router.set_limits(Limits { max_retained_bytes: 16 << 10, ..Limits::default() });
    let retained = || stats(&router)["retainedBytes"].as_u64().unwrap();
    hoard(&router, a, 0..100);
    assert!((8_900..=9 << 10).contains(&retained()), "{}", retained());
    hoard(&router, b, 0..100);
    assert!((11 << 10..=12 << 10).contains(&retained()), "{}", retained());
    router.name_topic(1, "of main").unwrap();
    let value = format!("\"{}\"", "x".repeat(3_500));
    router.publish("[1,0,1,0]", json(&value), Attachments::NONE).unwrap();
    assert!(retained() > 15 << 10);
    let nacks = records(&router);
    assert!(nacks.iter().all(|(to, _)| *to != MAIN), "{nacks:?}");
    router
        .publish("[1,0,1,0]", Payload { form: 1, json: "\"\u{7f}\"" }, Attachments::NONE)
        .unwrap();
    assert!(retained() <= 12 << 10, "what is free again is main's");
}

#[test]
fn the_counters_have_the_topics_of_each_window() {
    let (router, a, b) = yard();
    let c = open_page(&router, 2, 9);
    subscribe(&router, b, 7);
    post(&router, c, "[[12,[1,\"u\"],0,0],[12,[2,\"t\"],0,0]]");
    router.subscribe(1, "v").unwrap();
    keep(&router, a, "1");
    let stats = stats(&router);
    assert_eq!(stats["windows"]["b"]["topics"], serde_json::json!(["t", "u"]));
    assert_eq!(stats["windows"]["a"].get("topics"), None);
    assert_eq!(stats["mainProcess"]["topics"], serde_json::json!(["v"]));
    let t = &stats["topics"]["t"];
    assert_eq!((&t["subscribers"], &t["published"]), (&2.into(), &1.into()));
    assert_eq!(t["retainedBytes"], stats["retainedBytes"]);
}

#[test]
fn a_value_whose_topic_had_no_room_goes_to_no_other_and_is_published_when_there_is_room() {
    let (router, a, b) = yard();
    router.set_limits(Limits { max_retained_bytes: 1 << 30, ..Limits::default() });
    subscribe(&router, b, 7);
    hoard(&router, a, 0..36_863);
    drop(records(&router));
    post(&router, a, "[[10,[0,\"new\"],0,0],[11,0,0,1]]");
    assert!(got(&router, b).is_empty(), "0 stands for t no more");
    post(&router, a, "[[11,0,0,2]]");
    assert_eq!(got(&router, a), ["[6,[\"new\"],\"ERR_QUEUE_FULL\",null,1]"]);
    post(&router, a, "[[11,[1,0,1,0],1,\"\u{7f}\"],[10,[1,\"t\"],0,0],[11,0,0,3]]");
    assert!(got(&router, a).is_empty());
    let topic = router.topics.get("t").unwrap();
    assert_eq!(topic.head.counts.published.load(std::sync::atomic::Ordering::Relaxed), 0);
}
