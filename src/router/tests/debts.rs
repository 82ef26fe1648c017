//! Answers and nacks that a page does not take, and requests that are not answered.

use super::*;
use crate::router::undelivered::{MAX_NACKS, MAX_OPEN};

/// The ids that the nacks among these records settle.
fn rejected_ids(records: &[(EndpointId, String)]) -> Vec<u64> {
    let mut ids = Vec::new();
    for (_, record) in records.iter().filter(|(_, record)| record.starts_with("[6,")) {
        let nack: Vec<serde_json::Value> = serde_json::from_str(record).unwrap();
        if let Some(first) = nack[1].as_u64() {
            ids.extend(first..first + nack[4].as_u64().unwrap());
        }
    }
    ids
}

fn ask(router: &Router, from: EndpointId, ids: impl Iterator<Item = u64>) {
    let requests: Vec<_> = ids.map(|id| format!("[1,{id},0,0]")).collect();
    requests.chunks(50_000).for_each(|some| post(router, from, &format!("[{}]", some.join(","))));
}

/// A page that has asked main so much that it may ask no more.
fn at_the_bound() -> (Router, EndpointId) {
    let router = Router::new(Limits { max_queue_records: 1_000_000, ..Limits::default() });
    let page = add_page(&router, "a", 1);
    router.listen_main(true);
    ask(&router, page, 0..MAX_OPEN as u64);
    let requests = records(&router).len();
    assert_eq!(requests, MAX_OPEN);
    (router, page)
}

#[test]
fn at_the_limit_requests_are_rejected_and_every_asker_is_notified() {
    let (router, page) = at_the_bound();
    let more = MAX_OPEN as u64..MAX_OPEN as u64 + 60_000;
    ask(&router, page, more.clone());
    post(&router, page, "[[7,[7000000,\"a\"],0,0]]");
    assert!(router.counts("a").unwrap().queued <= MAX_NACKS as u64, "joined, not one each");
    let told = records(&router);
    assert!(told.len() <= MAX_NACKS + 2, "{}", told.len());
    assert_eq!(rejected_ids(&told), more.chain([7_000_000]).collect::<Vec<_>>());
    reply(&router, page, 5);
    ask(&router, page, std::iter::once(8_000_000));
    assert_eq!(router.main_counts().accepted, MAX_OPEN as u64, "an answer that waits counts");
    records(&router);
    ask(&router, page, std::iter::once(8_000_001));
    assert_eq!(router.main_counts().accepted, MAX_OPEN as u64 + 1);
}

#[test]
fn requests_that_are_given_up_are_not_open_any_more() {
    let (router, page) = at_the_bound();
    post(&router, page, "[[9,3,0,0],[9,3,0,0],[9,999999999,0,0]]");
    assert_eq!(records(&router), [(EndpointId::MAIN, format!("[9,{},3,0,0]", page.number()))]);
    ask(&router, page, [9_000_000, 9_000_001].into_iter());
    assert_eq!(rejected_ids(&records(&router)), [9_000_001]);
    router.end_document(ContentsId(1), 1, EndReason::Reloaded);
    let next = open_page(&router, 1, 2);
    ask(&router, next, 0..10);
    assert_eq!(records(&router).len(), 10);
}

#[test]
fn an_id_names_one_request_at_a_time() {
    let (router, page) = with_page("a");
    router.listen_main(true);
    post(&router, page, "[[1,1,0,0],[1,1,0,0]]");
    let got = records(&router);
    assert_eq!(got[1], (page, "[6,1,\"ERR_BAD_PACKET\",null,1]".into()));
    reply(&router, page, 1);
    post(&router, page, "[[1,1,0,0]]");
    assert_eq!(records(&router).len(), 2);
}

/// The page takes nothing: its packets are never acknowledged.
fn takes_nothing(limits: Limits) -> (Router, EndpointId) {
    let router = Router::new(limits);
    let page = add_page(&router, "a", 1);
    router.listen_main(true);
    (router, page)
}

fn next_packets(router: &Router) -> usize {
    std::iter::from_fn(|| router.next_packet()).count()
}

#[test]
fn nacks_that_are_not_taken_have_a_limit_and_none_is_dropped() {
    let in_flight = Limits { max_in_flight_bytes: 1, ..Limits::default() };
    let (router, page) = takes_nothing(in_flight);
    let told = |packet: Packet| {
        let nacks: Vec<Vec<serde_json::Value>> = serde_json::from_str(&packet.text).unwrap();
        nacks.iter().map(|nack| nack[4].as_u64().unwrap()).sum::<u64>()
    };
    let mut count = 0;
    for k in 0..20 {
        let records: Vec<_> = (0..5_000).map(|n| format!("[2,\"{k}x{n}\",0,0]")).collect();
        post(&router, page, &format!("[{}]", records.join(",")));
        count += std::iter::from_fn(|| router.next_packet()).map(told).sum::<u64>();
    }
    let queued = router.counts("a").unwrap();
    assert!(queued.queued <= 2 * MAX_NACKS as u64 + 2, "{queued:?}");
    assert!(queued.queued_bytes < 1 << 20, "{queued:?}");
    router.set_limits(Limits::default());
    assert_eq!(count + packets(&router).map(told).sum::<u64>(), 100_000);
}

#[test]
fn rejections_that_are_not_taken_have_a_limit_and_each_request_is_settled() {
    let tiny = Limits { max_in_flight_bytes: 1, max_queue_records: 4, ..Limits::default() };
    let (router, page) = takes_nothing(tiny);
    router.listen_main(false);
    let ids = 50_000;
    for start in (0..ids).step_by(1_000) {
        ask(&router, page, start..start + 1_000);
        next_packets(&router);
    }
    assert!(router.counts("a").unwrap().queued <= MAX_NACKS as u64 + 1);
    let mut settled = Vec::new();
    for _ in 0..10_000 {
        let Some(packet) = router.next_packet() else {
            router.acknowledge(page, 1);
            if router.counts("a").unwrap().queued == 0 && !router.undelivered.has_rejected(page) {
                break;
            }
            continue;
        };
        let of_packet = records_of(&packet.text).into_iter().map(|record| (page, record));
        settled.extend(rejected_ids(&of_packet.collect::<Vec<_>>()));
    }
    // The nacks of the first packet were not read here.
    let least = ids - 4 - 1_000;
    assert!(settled.len() as u64 >= least, "{}", settled.len());
}

#[test]
fn a_page_whose_rejections_cannot_be_joined_is_rejected_at_last() {
    let in_flight = Limits { max_in_flight_bytes: 1, max_queue_records: 4, ..Limits::default() };
    let (router, page) = takes_nothing(in_flight);
    router.listen_main(false);
    let mut refused = None;
    for start in (0..1_000_000).step_by(20_000) {
        let requests: Vec<_> =
            (start..start + 20_000).step_by(2).map(|id| format!("[1,{id},0,0]")).collect();
        let packet = format!("[{}]", requests.join(","));
        refused = route_packet(&router, page, MESSAGES, &packet).err();
        if refused.is_some() {
            break;
        }
    }
    let error = refused.unwrap();
    assert_eq!(error.code(), "ERR_BAD_PACKET");
    assert!(error.to_string().contains("does not take its answers"), "{error}");
    records(&router);
    post(&router, page, "[[2,\"a\",0,0]]");
}

#[test]
fn answers_that_are_not_taken_are_bounded_by_errors_in_their_place() {
    let limits = Limits { max_in_flight_bytes: 1, max_queue_bytes: 100_000, ..Limits::default() };
    let (router, page) = takes_nothing(limits);
    let long = format!("\"{}\"", "x".repeat(30_000));
    for id in 0..100 {
        router.answer(page, id, true, json(&long), Attachments::NONE).unwrap();
    }
    assert!(router.counts("a").unwrap().queued_bytes < 130_000);
    let got = records(&router);
    let answers = got.iter().filter(|(_, record)| record.starts_with("[5,")).count();
    assert_eq!((answers, rejected_ids(&got).len()), (3, 97));
    let too_long = format!("\"{}\"", "x".repeat(200_000));
    router.answer(page, 1, true, json(&too_long), Attachments::NONE).unwrap();
    router.answer(page, 2, true, json("0"), Attachments::NONE).unwrap();
    let nack = (page, "[6,1,\"ERR_QUEUE_FULL\",null,1]".into());
    assert_eq!(records(&router), [nack, (page, "[5,2,1,0,0]".into())]);
}

#[test]
fn many_nacks_are_short_and_names_are_not_repeated_whole() {
    let (router, page) = with_page("a");
    (2..=40).for_each(|n| {
        add_page(&router, &"n".repeat(n as usize * 20), n);
    });
    let long = "\u{1}".repeat(1_000_000);
    let unknown: Vec<_> = (0..900).map(|n| format!("[2,\"{n}\",0,0]")).collect();
    post(&router, page, &format!("[{}]", unknown.join(",")));
    post(&router, page, &serde_json::to_string(&[(2, &*long, 0, 0)]).unwrap());
    post(&router, page, &serde_json::to_string(&[(7, (1, &*long), 0, 0)]).unwrap());
    let text: usize = packets(&router).map(|packet| packet.text.len()).sum();
    assert!(text < 250_000, "{text}");
    let name = "x".repeat(1_025);
    let error = router.name_window(&name, ContentsId(50)).unwrap_err();
    assert!(error.to_string().contains("at most 1024 bytes, and this has 1025"), "{error}");
}

#[test]
fn a_packet_of_too_many_records_is_rejected_before_any_is_made() {
    let (router, page) = with_page("a");
    let packet = |count: usize| format!("[{}]", vec!["[9,1,0,0]"; count].join(","));
    route_packet(&router, page, 0, &packet(100_000)).unwrap();
    let error = route_packet(&router, page, 0, &packet(100_001)).unwrap_err();
    assert_eq!(error.to_string(), "the packet was rejected: it has more than 100000 records");
    let deep = format!("[[2,\"a\",0,[{}]]]", vec!["[[\"],[\\\"]\"]]"; 200_000].join(","));
    route_packet(&router, page, 0, &deep).unwrap();
    assert_eq!(router.counts("a").unwrap().accepted, 1);
}
