use super::*;

const MAIN: EndpointId = EndpointId::MAIN;

/// Window "a" with a page, and window "b" without.
fn sender_and_target() -> (Router, EndpointId) {
    let (router, a) = with_page("a");
    router.name_window("b", ContentsId(2)).unwrap();
    (router, a)
}

/// Messages for "b", from "a" and from the main process in turns.
fn send_to_b(router: &Router, a: EndpointId, count: usize) {
    for _ in 0..count {
        post(router, a, "[[2,\"b\",0,0]]");
        send(router, "b", "0").ok();
    }
}

/// The main process and "a" are notified of this many messages each, and of nothing else.
fn assert_notified(router: &Router, a: EndpointId, fate: &str, count: u64) {
    let nack = format!("[6,\"b\",{fate},{count}]");
    let notified = records(router).into_iter().filter(|(_, record)| record.starts_with("[6,"));
    assert!(notified.eq([(MAIN, nack.clone()), (a, nack)]));
}

#[test]
fn messages_of_one_fate_are_reported_once_with_their_count() {
    let (router, a) = sender_and_target();
    send_to_b(&router, a, 100);
    router.close_window(ContentsId(2));
    let said = String::from(r#"[[6,"b","ERR_TARGET_GONE","closed",100,"the window was closed"]]"#);
    let mut packets = drain(&router);
    packets.sort();
    assert_eq!(packets, [(MAIN, said.clone()), (a, said)]);
}

#[test]
fn a_sender_is_notified_of_each_fate_apart() {
    let (router, a) = sender_and_target();
    router.set_limits(Limits { max_queue_records: 2, ..Limits::default() });
    post(&router, a, "[[2,\"b\",0,0],[2,\"b\",0,0],[2,\"b\",0,0],[2,\"x\",0,0]]");
    router.unname_window("b");
    post(&router, a, "[[2,\"b\",0,0],[2,\"x\",0,0]]");
    router.name_window("b", ContentsId(3)).unwrap();
    post(&router, a, "[[2,\"b\",0,0]]");
    router.close_window(ContentsId(3));
    let mut notified = records(&router);
    notified.sort();
    let fates = [
        r#"[6,"b","ERR_QUEUE_FULL",null,1]"#,
        r#"[6,"b","ERR_TARGET_GONE","closed",1]"#,
        r#"[6,"b","ERR_TARGET_GONE","unregistered",2]"#,
        r#"[6,"b","ERR_UNKNOWN_WINDOW",null,1]"#,
        r#"[6,"x","ERR_UNKNOWN_WINDOW",null,2]"#,
    ];
    assert_eq!(notified, fates.map(|fate| (a, fate.into())));
}

#[test]
fn what_was_reported_is_not_counted_again() {
    let (router, a) = with_page("a");
    for count in [2, 1] {
        (0..count).for_each(|_| post(&router, a, "[[2,\"x\",0,1]]"));
        let notified = format!("[6,\"x\",\"ERR_UNKNOWN_WINDOW\",null,{count}]");
        assert_eq!(records(&router), [(a, notified)]);
    }
    assert!(records(&router).is_empty());
}

#[test]
fn each_world_is_notified_of_its_own_messages() {
    let (router, page) = sender_and_target();
    let preload = open_world(&router, 1, world_address(1, PRELOAD), 0);
    post(&router, preload, "[[2,\"b\",0,1]]");
    post(&router, page, "[[2,\"b\",0,1],[2,\"b\",0,1]]");
    router.close_window(ContentsId(2));
    let nack_of = |count| format!(r#"[6,"b","ERR_TARGET_GONE","closed",{count}]"#);
    assert_eq!(records(&router), [(page, nack_of(2)), (preload, nack_of(1))]);
}

#[test]
fn closing_a_window_reports_what_waited_for_it_or_for_its_pages() {
    let (router, a) = sender_and_target();
    send_to_b(&router, a, 2);
    open_world(&router, 2, world_address(2, PAGE), Lanes::FROM_MAIN.bits());
    router.close_window(ContentsId(2));
    assert_notified(&router, a, r#""ERR_TARGET_GONE","closed""#, 2);
}

#[test]
fn taking_a_name_away_reports_what_waited_under_it() {
    let (router, a) = sender_and_target();
    send_to_b(&router, a, 2);
    router.unname_window("b");
    assert_notified(&router, a, r#""ERR_TARGET_GONE","unregistered""#, 2);
}

#[test]
fn drop_oldest_reports_the_messages_that_gave_way() {
    let (router, a) = sender_and_target();
    let overflow = Overflow::DropOldest;
    router.set_limits(Limits { max_queue_records: 2, overflow, ..Limits::default() });
    send_to_b(&router, a, 3);
    assert_notified(&router, a, "\"ERR_QUEUE_FULL\",null", 2);
    assert_eq!(dropped(&router, "b"), 4);
}

#[test]
fn drop_newest_reports_the_newcomers() {
    let (router, a) = sender_and_target();
    let overflow = Overflow::DropNewest;
    router.set_limits(Limits { max_queue_records: 2, overflow, ..Limits::default() });
    send_to_b(&router, a, 3);
    assert_notified(&router, a, "\"ERR_QUEUE_FULL\",null", 2);
    open_page(&router, 2, 2);
    let arrived = records(&router).len();
    assert_eq!((arrived, dropped(&router, "b")), (2, 4));
}

#[test]
fn a_rejection_is_reported_to_windows_and_returned_to_the_main_process() {
    let (router, a) = sender_and_target();
    router.set_limits(Limits { max_queue_records: 2, ..Limits::default() });
    send_to_b(&router, a, 3);
    assert_eq!(send(&router, "b", "0").unwrap_err().code(), "ERR_QUEUE_FULL");
    assert_eq!(records(&router), [(a, "[6,\"b\",\"ERR_QUEUE_FULL\",null,2]".into())]);
}

#[test]
fn requests_answers_and_aborts_are_not_reported() {
    let (router, a) = sender_and_target();
    let b = open_page(&router, 2, 2);
    post(&router, a, "[[7,[1,\"b\"],0,0],[7,[2,\"b\"],0,0],[9,2,0,0]]");
    router.call("b", 1, json("0"), Attachments::NONE).unwrap();
    router.cancel(1, json("0"), Attachments::NONE).unwrap();
    assert!(reply(&router, b, 1));
    router.close_window(ContentsId(2));
    let refused = (a, "[6,1,\"ERR_TARGET_GONE\",\"closed\",1]".into());
    assert_eq!(records(&router), [refused], "the one request that was not given up");
}

#[test]
fn a_reload_reports_nothing_of_what_waits_for_the_next_page() {
    let (router, a) = sender_and_target();
    open_page(&router, 2, 2);
    send_to_b(&router, a, 1);
    router.end_document(ContentsId(2), 2, EndReason::Reloaded);
    assert!(records(&router).is_empty());
    assert_eq!(router.counts("b").unwrap().queued, 2);
}

#[test]
fn what_a_reloaded_subframe_did_not_take_goes_to_its_page_that_listens_since() {
    let (router, a) = sender_and_target();
    open_world(&router, 2, world_address(3, SUBFRAME | PAGE), MESSAGES);
    send_to_b(&router, a, 1);
    let page = open_page(&router, 2, 2);
    router.end_document(ContentsId(2), 3, EndReason::Reloaded);
    let got: Vec<_> = records(&router).into_iter().map(|(to, _)| to).collect();
    assert_eq!(got, [page, page]);
}

#[test]
fn a_sender_that_is_gone_costs_nothing() {
    let (router, a) = sender_and_target();
    send_to_b(&router, a, 2);
    router.end_document(ContentsId(1), 1, EndReason::Reloaded);
    open_page(&router, 1, 3);
    let accepted = router.counts("a").unwrap().accepted;
    router.close_window(ContentsId(2));
    let notified = (MAIN, r#"[6,"b","ERR_TARGET_GONE","closed",2]"#.into());
    assert_eq!(records(&router), [notified]);
    assert_eq!(router.counts("a").unwrap().accepted, accepted);
}

#[test]
fn a_window_that_closes_is_not_notified_of_messages_to_itself() {
    let (router, a) = with_page("a");
    listen(&router, a, 0);
    post(&router, a, "[[2,\"a\",0,1]]");
    router.close_window(ContentsId(1));
    assert!(records(&router).is_empty());
}

#[test]
fn a_message_for_two_worlds_is_reported_once() {
    let two_worlds = |overflow| {
        let (router, a) = sender_and_target();
        router.set_limits(Limits { max_queue_records: 4, overflow, ..Limits::default() });
        open_page(&router, 2, 2);
        open_world(&router, 2, world_address(2, PRELOAD), MESSAGES);
        send_to_b(&router, a, 1);
        (router, a)
    };
    let (router, a) = two_worlds(Overflow::Reject);
    router.close_window(ContentsId(2));
    assert_notified(&router, a, r#""ERR_TARGET_GONE","closed""#, 1);
    for overflow in [Overflow::DropOldest, Overflow::DropNewest] {
        let (router, a) = two_worlds(overflow);
        send_to_b(&router, a, 1);
        assert_notified(&router, a, "\"ERR_QUEUE_FULL\",null", 1);
        assert_eq!(dropped(&router, "b"), 4);
    }
}

#[test]
fn a_report_names_the_window_as_its_sender_did() {
    let (router, a, _) = pair();
    post(&router, a, "[[2,\"b\",0,1]]");
    router.unname_window("b");
    router.close_window(ContentsId(2));
    assert_eq!(records(&router), [(a, r#"[6,"b","ERR_TARGET_GONE","unregistered",1]"#.into())]);
}

#[test]
fn a_report_does_not_name_a_window_that_its_sender_never_named() {
    let (router, a, _) = pair();
    post(&router, a, "[[2,\"b\",0,1]]");
    router.unname_window("b");
    router.name_window("c", ContentsId(2)).unwrap();
    router.close_window(ContentsId(2));
    assert_eq!(records(&router), [(a, r#"[6,"b","ERR_TARGET_GONE","unregistered",1]"#.into())]);
}
