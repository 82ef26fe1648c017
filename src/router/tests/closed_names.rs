//! Messages and requests to a name whose window has closed.

use super::*;
use crate::router::closed_names::ClosedNames;

const MAIN: EndpointId = EndpointId::MAIN;

/// Window "a" with its page, and "b", which has closed.
fn with_closed() -> (Router, EndpointId) {
    let (router, a, _) = pair();
    router.close_window(ContentsId(2));
    (router, a)
}

fn nack_of(name: &str, count: u64) -> String {
    format!("[6,\"{name}\",\"ERR_TARGET_GONE\",\"closed\",{count}]")
}

fn close_named(router: &Router, name: &str, number: u32) {
    router.name_window(name, ContentsId(number)).unwrap();
    router.close_window(ContentsId(number));
}

#[test]
fn main_is_notified_of_messages_to_a_closed_name_and_nothing_throws() {
    let (router, _) = with_closed();
    send(&router, "b", "1").unwrap();
    let attached = Attachments { first_slot: 7, sizes: &[9] };
    router.send("b", Payload { form: 2, json: "0" }, attached).unwrap();
    let all = Limits::default();
    let room =
        Lease { records: all.max_queue_records, bytes: all.max_queue_bytes, is_lasting: false };
    assert_eq!(router.lease("b"), Ok(room));
    router.exchange(">\"b\"\n0,1\n0,2\n>\"a\"\n0,3", None).unwrap();
    assert_eq!(records(&router)[0], (MAIN, nack_of("b", 4)));
    assert_eq!(router.take_freed_slots(), [7]);
    let stats: serde_json::Value = serde_json::from_str(&router.stats_json()).unwrap();
    assert_eq!((&stats["closed"]["refused"], &stats["unknownWindow"]), (&4.into(), &0.into()));
}

#[test]
fn a_request_to_a_closed_name_is_settled_with_the_reason() {
    let (router, a) = with_closed();
    router.call("b", 1, json("0"), Attachments::NONE).unwrap();
    post(&router, a, "[[7,[1,\"b\"],0,0]]");
    let gone = String::from("[6,1,\"ERR_TARGET_GONE\",\"closed\",1]");
    assert_eq!(records(&router), [(MAIN, gone.clone()), (a, gone)]);
}

#[test]
fn a_page_is_notified_of_messages_to_a_closed_name() {
    let (router, a) = with_closed();
    post(&router, a, "[[2,\"b\",0,0],[2,\"b\",0,0],[2,\"c\",0,0]]");
    let mut got = records(&router);
    got.sort();
    let unknown = String::from("[6,\"c\",\"ERR_UNKNOWN_WINDOW\",null,1]");
    assert_eq!(got, [(a, nack_of("b", 2)), (a, unknown)]);
}

#[test]
fn a_closed_name_that_is_given_again_is_that_of_the_new_window() {
    let (router, _) = with_closed();
    router.name_window("b", ContentsId(3)).unwrap();
    let page = open_page(&router, 3, 3);
    send(&router, "b", "1").unwrap();
    assert_eq!(records(&router), [(page, "[3,0,1]".into())]);
    router.unname_window("b");
    assert_eq!(send(&router, "b", "1").unwrap_err().code(), "ERR_UNKNOWN_WINDOW");
}

#[test]
fn a_name_that_was_taken_away_before_its_window_closed_is_unknown() {
    let (router, _, _) = pair();
    router.unname_window("b");
    router.close_window(ContentsId(2));
    assert_eq!(send(&router, "b", "1").unwrap_err().code(), "ERR_UNKNOWN_WINDOW");
}

#[test]
fn with_resolve_a_closed_name_is_asked_for_first() {
    let (router, a) = with_closed();
    let packet = "[[2,\"b\",0,0]]";
    let first = router.route_packet(a, Lanes::NONE, packet, Attachments::NONE, true);
    assert_eq!(first, Ok(RouteOutcome::Unresolved(vec!["b".into()])));
}

#[test]
fn the_last_thousand_closed_names_are_kept() {
    let router = Router::new(Limits::default());
    let more = u32::try_from(ClosedNames::MAX_NAMES).unwrap() + 1;
    (1..=more).for_each(|n| close_named(&router, &n.to_string(), n));
    assert!(!router.has_closed("1"));
    assert!((2..=more).all(|n| router.has_closed(&n.to_string())));
    close_named(&router, "2", 1);
    close_named(&router, "late", 1);
    assert!(router.has_closed("2"), "it closed again since");
    assert!(!router.has_closed("3"));
}
