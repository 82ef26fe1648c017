//! Services: who serves, what waits, and what hostile pages send.

use super::*;
use crate::router::services::{MAX_AWAITED, MAX_SERVED};

const MAIN: EndpointId = EndpointId::MAIN;

fn serve(router: &Router, page: EndpointId, service: &str) {
    post(router, page, &format!("[[17,\"{service}\",0,0]]"));
}

fn unserve(router: &Router, page: EndpointId, service: &str) {
    post(router, page, &format!("[[18,\"{service}\",0,0]]"));
}

/// Calls the method "do" of a service. `target`: a window's name as JSON, or 0.
fn invoke(router: &Router, from: EndpointId, id: u64, target: &str, service: &str) {
    post(router, from, &format!("[[16,[{id},{target},\"{service}\",\"do\"],0,[{id}]]]"));
}

fn invoke_from_main(router: &Router, id: u64, target: &str, service: &str) {
    let line = format!("^16,[{id},{target},\"{service}\",\"do\"],0,[{id}]");
    router.exchange(&line, None).unwrap();
}

fn invoked(number: u64, id: u64, service: &str) -> String {
    format!("[19,{number},\"a\",\"{service}\",\"do\",0,[{id}]]")
}

fn invoked_in_main(from: EndpointId, id: u64, service: &str) -> String {
    format!("[19,{},\"a\",{id},\"{service}\",\"do\",0,[{id}]]", from.number())
}

/// The sentences of all nacks that can go now.
fn sentences(router: &Router) -> Vec<String> {
    let texts = drain(router).into_iter().map(|(_, text)| text);
    let records = texts.flat_map(|text| {
        serde_json::from_str::<Vec<Vec<serde_json::Value>>>(&text).unwrap().into_iter()
    });
    records.filter(|it| it[0] == 6).map(|it| it[5].as_str().unwrap().into()).collect()
}

fn unserved_in_time(router: &Router) -> Vec<String> {
    drop(router.drop_unhandled_requests(router.next_request_number(), 5000));
    sentences(router)
}

#[test]
fn a_call_waits_until_its_service_is_served_and_overtakes_no_call_of_the_same() {
    let (router, a, b) = pair();
    invoke(&router, a, 1, "\"b\"", "view");
    invoke(&router, a, 2, "\"b\"", "files");
    invoke(&router, a, 3, "\"b\"", "view");
    assert!(records(&router).is_empty() && router.has_pending_requests());
    serve(&router, b, "view");
    assert_eq!(records(&router), [(b, invoked(1, 1, "view")), (b, invoked(3, 3, "view"))]);
    assert!(router.has_pending_requests());
    serve(&router, b, "files");
    assert_eq!(records(&router), [(b, invoked(2, 2, "files"))]);
    assert!(!router.has_pending_requests());
    post(&router, b, "[[8,[2,1],0,\"yes\"]]");
    assert_eq!(records(&router), [(a, "[5,2,1,0,\"yes\"]".into())]);
}

#[test]
fn calls_of_several_services_come_in_the_order_in_which_they_were_made() {
    let (router, a, b) = pair();
    for (id, service) in (1..).zip(["x", "y", "x", "z", "y"]) {
        invoke(&router, a, id, "\"b\"", service);
    }
    post(&router, b, "[[17,\"z\",0,0],[17,\"y\",0,0],[17,\"x\",0,0]]");
    let ids: Vec<_> = records(&router).iter().map(|(_, text)| text[4..5].to_string()).collect();
    assert_eq!(ids, ["1", "2", "3", "4", "5"]);
}

#[test]
fn a_service_of_the_main_process_is_not_one_of_a_window_of_any_name() {
    let (router, a, b) = pair();
    serve(&router, b, "files");
    invoke(&router, a, 1, "0", "files");
    assert!(records(&router).is_empty());
    serve_main(&router, "files", true);
    assert_eq!(records(&router), [(MAIN, invoked_in_main(a, 1, "files"))]);
    assert!(reply(&router, a, 1));
    assert_eq!(records(&router), [(a, "[5,1,1,0,0]".into())]);
}

#[test]
fn the_main_process_calls_services_of_windows_and_its_own() {
    let (router, _, b) = pair();
    serve(&router, b, "view");
    serve_main(&router, "files", true);
    invoke_from_main(&router, 1, "\"b\"", "view");
    invoke_from_main(&router, 2, "0", "files");
    let own = (MAIN, "[19,0,0,2,\"files\",\"do\",0,[2]]".into());
    assert_eq!(records(&router), [own, (b, "[19,1,0,\"view\",\"do\",0,[1]]".into())]);
    post(&router, b, "[[8,[1,1],0,1]]");
    assert!(reply(&router, MAIN, 2));
    let answers = [(MAIN, "[5,1,1,0,1]".into()), (MAIN, "[5,2,1,0,0]".into())];
    assert_eq!(records(&router), answers);
}

#[test]
fn the_main_process_cancels_a_call_of_its_own_service() {
    let router = Router::new(Limits::default());
    serve_main(&router, "files", true);
    invoke_from_main(&router, 2, "0", "files");
    router.cancel(2, json("\"why\""), Attachments::NONE).unwrap();
    let records: Vec<_> = records(&router).into_iter().map(|(_, text)| text).collect();
    assert_eq!(records, ["[19,0,0,2,\"files\",\"do\",0,[2]]", "[9,0,2,0,\"why\"]"]);
}

#[test]
fn the_world_of_the_highest_rank_gets_the_calls_of_a_service() {
    let (router, a, page) = pair();
    let preload = open_world(&router, 2, world_address(2, PRELOAD), 0);
    serve(&router, preload, "view");
    invoke(&router, a, 1, "\"b\"", "view");
    serve(&router, page, "view");
    invoke(&router, a, 2, "\"b\"", "view");
    assert_eq!(records(&router), [(page, invoked(2, 2, "view")), (preload, invoked(1, 1, "view"))]);
    invoke(&router, a, 3, "\"b\"", "view");
    unserve(&router, page, "view");
    assert_eq!(records(&router), [(preload, invoked(3, 3, "view"))]);
}

#[test]
fn calls_that_were_not_taken_wait_again_in_order_when_the_service_is_served_no_more() {
    type End = fn(&Router, EndpointId);
    let ends: [End; 2] = [
        |router, b| unserve(router, b, "view"),
        |router, _| router.end_document(ContentsId(2), 2, EndReason::Reloaded),
    ];
    for end in ends {
        let (router, a, b) = pair();
        serve(&router, b, "view");
        invoke(&router, a, 1, "\"b\"", "view");
        invoke(&router, a, 2, "\"b\"", "view");
        end(&router, b);
        invoke(&router, a, 3, "\"b\"", "view");
        assert!(records(&router).is_empty() && router.has_pending_requests());
        let new = open_page(&router, 2, 3);
        serve(&router, new, "view");
        let calls: Vec<_> = (1..=3).map(|id| (new, invoked(id, id, "view"))).collect();
        assert_eq!(records(&router), calls);
    }
}

#[test]
fn a_service_that_an_ended_document_serves_late_is_not_served() {
    let (router, a, b) = pair();
    router.end_document(ContentsId(2), 2, EndReason::Reloaded);
    serve(&router, b, "view");
    invoke(&router, a, 1, "\"b\"", "view");
    assert!(records(&router).is_empty() && router.has_pending_requests());
}

#[test]
fn a_call_at_work_ends_with_the_document_of_its_service_and_not_with_unserve() {
    let (router, a, b) = pair();
    serve(&router, b, "view");
    invoke(&router, a, 1, "\"b\"", "view");
    invoke(&router, a, 2, "\"b\"", "view");
    drain(&router);
    unserve(&router, b, "view");
    post(&router, b, "[[8,[1,1],0,1]]");
    assert_eq!(records(&router), [(a, "[5,1,1,0,1]".into())]);
    router.end_document(ContentsId(2), 2, EndReason::Crashed);
    assert_eq!(records(&router), [(a, "[6,2,\"ERR_TARGET_GONE\",\"crashed\",1]".into())]);
}

#[test]
fn closing_and_unnaming_end_the_calls_that_wait_for_a_service() {
    for (reason, end) in [
        ("closed", (|router| router.close_window(ContentsId(2))) as fn(&Router)),
        ("unregistered", |router| assert!(router.unname_window("b"))),
    ] {
        let (router, a, _) = pair();
        invoke(&router, a, 1, "\"b\"", "view");
        end(&router);
        assert!(!router.has_pending_requests());
        let nack = format!("[6,1,\"ERR_TARGET_GONE\",\"{reason}\",1]");
        assert_eq!(records(&router), [(a, nack)]);
    }
}

#[test]
fn a_call_of_a_service_of_an_unknown_window_is_rejected_and_its_name_resolved_first() {
    let (router, a) = with_page("a");
    invoke(&router, a, 1, "\"nobody\"", "view");
    assert_eq!(records(&router), [(a, "[6,1,\"ERR_UNKNOWN_WINDOW\",null,1]".into())]);
    let packet = "[[16,[2,\"nobody\",\"view\",\"do\"],0,[]]]";
    let asked = router.route_packet(a, Lanes::NONE, packet, Attachments::NONE, true).unwrap();
    assert_eq!(asked, RouteOutcome::Unresolved(vec!["nobody".into()]));
}

#[test]
fn what_nobody_serves_in_time_is_rejected_naming_what_is_served() {
    let (router, a, b) = pair();
    invoke(&router, a, 1, "\"b\"", "files");
    let nothing =
        "no one serves \"files\" in window \"b\" within 5000 ms (handlerWaitMs); it serves nothing";
    assert_eq!(unserved_in_time(&router), [nothing]);
    post(&router, b, "[[17,\"view\",0,0],[17,\"map\",0,0]]");
    invoke(&router, a, 2, "\"b\"", "files");
    invoke(&router, a, 3, "\"b\"", "view");
    let two = "no one serves \"files\" in window \"b\" within 5000 ms (handlerWaitMs); it serves \"map\", \"view\"";
    drop(router.drop_unhandled_requests(router.next_request_number(), 5000));
    let all = drain(&router);
    assert!(all.iter().any(|(to, text)| *to == a && text.contains(&two.replace('"', "\\\""))));
    assert!(all.iter().any(|(to, text)| *to == b && text.contains(&invoked(3, 3, "view"))));
    assert_eq!(router.counts("b").unwrap().dropped, 2);
}

#[test]
fn a_handler_of_calls_takes_no_call_of_a_service_and_the_other_way_round() {
    let (router, a, b) = pair();
    listen(&router, b, ALL);
    invoke(&router, a, 1, "\"b\"", "view");
    assert!(records(&router).is_empty());
    listen(&router, b, MESSAGES);
    serve(&router, b, "view");
    assert_eq!(records(&router), [(b, invoked(1, 1, "view"))]);
    post(&router, a, "[[7,[2,\"b\"],0,0]]");
    assert!(records(&router).is_empty());
    drop(router.drop_unhandled_requests(router.next_request_number(), 5000));
    assert_eq!(records(&router), [(a, "[6,2,\"ERR_NO_HANDLER\",null,1]".into())]);
}

#[test]
fn calls_of_services_that_main_does_not_serve_in_time_come_to_main() {
    let (router, a) = with_page("a");
    invoke(&router, a, 1, "0", "files");
    invoke(&router, a, 2, "0", "view");
    post(&router, a, "[[1,3,0,0]]");
    invoke(&router, a, 4, "0", "files");
    let mark = router.next_request_number();
    invoke(&router, a, 5, "0", "files");
    let unhandled = router.drop_unhandled_requests(mark, 5000).unwrap().text;
    let kinds: Vec<_> = records_of(&unhandled).iter().map(|text| text[..3].to_string()).collect();
    assert_eq!(kinds, ["[19", "[19", "[1,", "[19"]);
    assert!(router.has_pending_requests());
    serve_main(&router, "files", true);
    assert_eq!(records(&router), [(MAIN, invoked_in_main(a, 5, "files"))]);
}

#[test]
fn an_abort_of_a_call_to_main_comes_behind_it_whether_it_waits_or_is_at_work() {
    let (router, a) = with_page("a");
    let abort = |id| (MAIN, format!("[9,{},{id},0,\"why\"]", a.number()));
    invoke(&router, a, 1, "0", "files");
    post(&router, a, "[[9,1,0,\"why\"]]");
    // Nothing to the main process, which does not have the call yet.
    assert_eq!(records(&router), [abort(1)]);
    serve_main(&router, "files", true);
    assert_eq!(records(&router), [(MAIN, invoked_in_main(a, 1, "files")), abort(1)]);
    invoke(&router, a, 2, "0", "files");
    drain(&router);
    serve_main(&router, "files", false);
    post(&router, a, "[[9,2,0,\"why\"]]");
    assert_eq!(records(&router), [abort(2)]);
    assert!(!router.has_pending_requests());
}

#[test]
fn a_call_of_a_service_of_a_window_that_is_canceled_while_it_waits_is_not_delivered() {
    let (router, a, b) = pair();
    invoke(&router, a, 1, "\"b\"", "view");
    invoke(&router, a, 2, "\"b\"", "view");
    post(&router, a, "[[9,1,0,\"why\"]]");
    serve(&router, b, "view");
    assert_eq!(records(&router), [(b, invoked(2, 2, "view"))]);
}

#[test]
fn a_late_call_of_a_service_is_settled_on_both_sides() {
    let (router, a) = with_page("a");
    serve_main(&router, "files", true);
    post(&router, a, "[[16,[[1,50],0,\"files\",\"do\"],0,[]]]");
    drain(&router);
    let _ = router.late_requests(0);
    let (late, _) = router.late_requests(60);
    let late: Vec<_> = late.iter().map(ToString::to_string).collect();
    assert_eq!(late, [format!("[{},1,50,\"files.do\"]", a.number())]);
    router.time_out(a, 1, 50, json("0"));
    let abort = (MAIN, format!("[9,{},1,0,0]", a.number()));
    assert_eq!(records(&router), [abort, (a, "[6,1,\"ERR_TIMEOUT\",null,1]".into())]);
}

#[test]
fn the_last_change_of_a_service_in_a_packet_counts() {
    let (router, a, b) = pair();
    post(&router, b, "[[17,\"view\",0,0],[18,\"view\",0,0],[17,\"map\",0,0],[17,\"map\",0,0]]");
    invoke(&router, a, 1, "\"b\"", "view");
    invoke(&router, a, 2, "\"b\"", "map");
    assert_eq!(records(&router), [(b, invoked(2, 2, "map"))]);
    unserve(&router, b, "never served");
    unserve(&router, b, "map");
    assert_eq!(router.window(ContentsId(2)).unwrap().read().services.live(), 1);
}

#[test]
fn names_that_are_too_long_or_empty_are_rejected_and_stop_nothing() {
    let (router, a, b) = pair();
    let long = "x".repeat(1_025);
    post(&router, b, &format!("[[17,\"{long}\",0,0],[17,\"\",0,0],[17,\"view\",0,0]]"));
    let nacks: Vec<_> = records(&router).into_iter().map(|(_, text)| text).collect();
    assert!(nacks.contains(&"[6,[\"\",1],\"ERR_INVALID_OPTION\",null,1]".to_string()), "{nacks:?}");
    assert_eq!(nacks.len(), 2);
    invoke(&router, a, 1, "\"b\"", &long);
    invoke(&router, a, 2, "0", "");
    invoke(&router, a, 3, "\"b\"", "view");
    let nack = |id| (a, format!("[6,{id},\"ERR_INVALID_OPTION\",null,1]"));
    assert_eq!(records(&router), [nack(1), nack(2), (b, invoked(1, 3, "view"))]);
    serve_main(&router, &long, true);
    assert_eq!(records(&router).len(), 1);
    invoke(&router, a, 4, "\"b\"", &"x".repeat(1_024));
    assert!(router.has_pending_requests());
}

#[test]
fn hostile_addresses_are_rejected() {
    let (router, a, _) = pair();
    for (kind, address) in [
        (16, "1"),
        (16, "[1,0,\"s\"]"),
        (16, "[1,1,\"s\",\"m\"]"),
        (16, "[-1,0,\"s\",\"m\"]"),
        (16, "[[1,-5],0,\"s\",\"m\"]"),
        (16, "[1,0,7,\"m\"]"),
        (16, "[1,0,\"s\",7]"),
        (16, "[1,null,\"s\",\"m\"]"),
        (17, "7"),
        (17, "[\"s\"]"),
        (18, "null"),
        (19, "1"),
    ] {
        let packet = format!("[[{kind},{address},0,0]]");
        let error = route_packet(&router, a, MESSAGES, &packet).unwrap_err();
        assert_eq!(error.code(), "ERR_BAD_PACKET", "{packet}");
    }
    assert!(!router.has_pending_requests());
}

#[test]
fn a_page_serves_a_bounded_number_of_services() {
    let (router, a, b) = pair();
    let all = |from: usize, to: usize, kind: u8| {
        (from..to).map(|n| format!("[{kind},\"s{n}\",0,0]")).collect::<Vec<_>>().join(",")
    };
    post(&router, b, &format!("[{}]", all(0, MAX_SERVED, 17)));
    assert!(records(&router).is_empty());
    serve(&router, b, "s0");
    serve(&router, b, "one more");
    assert_eq!(records(&router), [(b, "[6,[\"one more\",1],\"ERR_QUEUE_FULL\",null,1]".into())]);
    post(&router, b, "[[18,\"s0\",0,0],[17,\"instead\",0,0]]");
    assert!(records(&router).is_empty());
    post(&router, b, &format!("[{}]", all(1, MAX_SERVED, 18)));
    serve(&router, b, "one more");
    invoke(&router, a, 1, "\"b\"", "one more");
    assert_eq!(records(&router), [(b, invoked(1, 1, "one more"))]);
    let window = router.window(ContentsId(2)).unwrap();
    assert_eq!(window.read().services.live(), 2);
}

#[test]
fn a_window_awaits_a_bounded_number_of_services_and_keeps_no_other_from_its_own() {
    let (router, a, b) = pair();
    let c = add_page(&router, "c", 3);
    for n in 0..=MAX_AWAITED {
        invoke(&router, a, n as u64, "\"b\"", &format!("s{n}"));
    }
    let nack = format!("[6,{MAX_AWAITED},\"ERR_QUEUE_FULL\",null,1]");
    assert_eq!(records(&router), [(a, nack)]);
    assert_eq!(router.counts("b").unwrap().refused, 1);
    invoke(&router, c, 1, "\"b\"", "other");
    invoke_from_main(&router, 1, "\"b\"", "another");
    serve(&router, b, "new");
    assert!(records(&router).is_empty());
    drop(router.drop_unhandled_requests(router.next_request_number(), 5000));
    drain(&router);
    let live = || router.window(ContentsId(2)).unwrap().read().services.live();
    assert_eq!(live(), 1);
    for n in 0..MAX_AWAITED as u64 {
        invoke(&router, a, 10_000 + n, "\"b\"", &format!("t{n}"));
    }
    assert!(records(&router).is_empty());
    for n in 0..MAX_AWAITED as u64 {
        post(&router, a, &format!("[[9,{},0,0]]", 10_000 + n));
    }
    assert!(live() <= 100, "{}", live());
}

#[test]
fn limits_of_queues_hold_for_calls_of_services() {
    for overflow in [Overflow::Reject, Overflow::DropOldest, Overflow::DropNewest] {
        let (router, a, b) = pair();
        router.set_limits(Limits { max_queue_records: 2, overflow, ..Limits::default() });
        for id in 1..=3 {
            invoke(&router, a, id, "\"b\"", "view");
        }
        invoke_from_main(&router, 4, "\"b\"", "view");
        assert_eq!(records(&router)[0], (MAIN, "[6,4,\"ERR_QUEUE_FULL\",null,1]".into()));
        serve(&router, b, "view");
        let delivered: Vec<_> = records(&router).into_iter().filter(|(to, _)| *to == b).collect();
        assert_eq!(delivered, [(b, invoked(1, 1, "view")), (b, invoked(2, 2, "view"))]);
    }
}

#[test]
fn a_single_call_of_a_service_of_main_is_admitted_by_its_number() {
    let (router, a) = with_page("a");
    let lanes = Lanes::from_bits(MESSAGES);
    let asks =
        |id, number| router.admit_request((a, lanes), (id, Some(number)), 50, router.edition());
    assert!(!asks(1, 1) && router.main_service("files").is_none());
    serve_main(&router, "files", true);
    let number = router.main_service("files").unwrap();
    assert!(asks(1, number) && !asks(1, number), "the id is open");
    assert!(!asks(2, number + 1) && !asks(2, 0) && !asks(2, 70_000));
    assert!(router.admit_answer(a, 1, 50) && router.open_services() == 0);
    assert_eq!(router.main_counts().delivered, 1);
    assert!(asks(3, number));
    post(&router, a, "[[9,3,0,\"why\"]]");
    assert_eq!(records(&router), [(MAIN, format!("[9,{},3,0,\"why\"]", a.number()))]);
    serve_main(&router, "files", false);
    assert!(!asks(4, number) && router.main_service("files").is_none());
}

#[test]
fn the_counters_show_services_by_window() {
    let (router, a, b) = pair();
    post(&router, b, "[[17,\"view\",0,0],[17,\"map\",0,0]]");
    invoke(&router, a, 1, "\"b\"", "files");
    invoke(&router, a, 2, "\"b\"", "files");
    serve_main(&router, "files", true);
    let stats: serde_json::Value = serde_json::from_str(&router.stats_json()).unwrap();
    let window = &stats["windows"]["b"];
    assert_eq!(window["services"], serde_json::json!(["map", "view"]));
    assert_eq!(window["awaitedServices"], serde_json::json!({ "files": 2 }));
    assert_eq!(stats["mainProcess"]["services"], serde_json::json!(["files"]));
    assert!(stats["windows"]["a"].get("services").is_none());
}

#[test]
fn a_window_that_serves_is_not_silent() {
    let router = Router::new(Limits::default());
    router.name_window("b", ContentsId(2)).unwrap();
    let b = open_world(&router, 2, world_address(2, PAGE), 0);
    assert!(!router.has_listener(ContentsId(2)));
    serve(&router, b, "view");
    assert!(router.has_listener(ContentsId(2)));
}
