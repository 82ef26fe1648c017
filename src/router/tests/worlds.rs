//! Several worlds of one window: the page, its preload, subframes.

use super::*;

const MAIN: EndpointId = EndpointId::MAIN;

#[test]
fn a_message_for_page_and_subframe_waits_for_the_next_page_when_both_end() {
    let (router, _, _) = pair();
    open_world(&router, 2, world_address(9, SUBFRAME | PAGE), MESSAGES);
    send(&router, "b", "1").unwrap();
    router.end_document(ContentsId(2), 9, EndReason::Reloaded);
    router.end_document(ContentsId(2), 2, EndReason::Reloaded);
    let new = open_page(&router, 2, 10);
    assert_eq!(records(&router), [(new, "[3,0,1]".into())]);
}

#[test]
fn a_message_for_two_worlds_waits_again_when_both_stop_listening() {
    let (router, _, page) = pair();
    let preload = open_world(&router, 2, world_address(2, PRELOAD), MESSAGES);
    send(&router, "b", "1").unwrap();
    listen(&router, page, 0);
    listen(&router, preload, 0);
    listen(&router, page, MESSAGES);
    assert_eq!(records(&router), [(page, "[3,0,1]".into())]);
}

#[test]
fn a_message_of_which_one_copy_was_evicted_arrives_or_is_reported_after_a_reload() {
    let (router, a, _) = pair();
    open_world(&router, 2, world_address(2, PRELOAD), Lanes::FROM_MAIN.bits());
    send(&router, "b", "1").unwrap();
    let overflow = Overflow::DropOldest;
    router.set_limits(Limits { max_queue_records: 2, overflow, ..Limits::default() });
    post(&router, a, "[[2,\"b\",0,0]]");
    router.end_document(ContentsId(2), 2, EndReason::Reloaded);
    open_page(&router, 2, 3);
    let all = records(&router);
    assert_eq!(all.len(), 2, "the other one is neither here nor reported: {all:?}");
}

#[test]
fn a_message_for_two_worlds_goes_once_to_the_world_that_is_left() {
    let (router, _, _) = pair();
    open_world(&router, 2, world_address(2, PRELOAD), MESSAGES);
    send(&router, "b", "1").unwrap();
    let subframe = open_world(&router, 2, world_address(9, SUBFRAME | PAGE), MESSAGES);
    router.end_document(ContentsId(2), 2, EndReason::Reloaded);
    assert_eq!(records(&router), [(subframe, "[3,0,1]".into())]);
}

#[test]
fn what_one_world_took_is_not_reported_when_the_window_closes() {
    let (router, _, page) = pair();
    open_world(&router, 2, world_address(2, PRELOAD), MESSAGES);
    send(&router, "b", "1").unwrap();
    assert_eq!(router.next_packet().unwrap().endpoint, page);
    router.close_window(ContentsId(2));
    assert_eq!(records(&router), []);
}

#[test]
fn what_one_world_took_is_not_reported_when_the_other_copy_gives_way() {
    let (router, _, page) = pair();
    open_world(&router, 2, world_address(2, PRELOAD), MESSAGES);
    send(&router, "b", "1").unwrap();
    assert_eq!(router.next_packet().unwrap().endpoint, page);
    listen(&router, page, 0);
    let overflow = Overflow::DropOldest;
    router.set_limits(Limits { max_queue_records: 1, overflow, ..Limits::default() });
    send(&router, "b", "2").unwrap();
    assert!(!records(&router).iter().any(|(to, _)| *to == MAIN));
}

#[test]
fn a_message_that_waits_again_does_not_come_after_a_later_one() {
    let (router, _, page) = pair();
    listen(&router, page, 0);
    let preload = open_world(&router, 2, world_address(2, PRELOAD), Lanes::FROM_MAIN.bits());
    send(&router, "b", "1").unwrap();
    listen(&router, page, Lanes::FROM_MAIN.bits());
    send(&router, "b", "2").unwrap();
    let first = router.next_packet().unwrap();
    assert_eq!((first.endpoint, &*first.text), (page, "[[3,0,2]]"));
    listen(&router, page, 0);
    listen(&router, preload, 0);
    listen(&router, page, MESSAGES);
    let told = (MAIN, r#"[6,"b","ERR_TARGET_GONE","removed",1]"#.into());
    assert_eq!(records(&router), [told], "1 would come after 2");
}

#[test]
fn a_listener_that_leaves_is_no_reload() {
    let (router, _, page) = pair();
    send(&router, "b", "1").unwrap();
    open_world(&router, 2, world_address(2, PRELOAD), MESSAGES);
    listen(&router, page, 0);
    let told = records(&router);
    assert!(!told.contains(&(MAIN, r#"[6,"b","ERR_TARGET_GONE","reloaded",1]"#.into())));
}

#[test]
fn a_subframe_that_ends_does_not_cost_the_page_before_its_last_words() {
    let (router, a, b) = pair();
    router.end_document(ContentsId(1), 1, EndReason::Reloaded);
    open_page(&router, 1, 8);
    open_world(&router, 1, world_address(9, SUBFRAME | PAGE), MESSAGES);
    router.end_document(ContentsId(1), 9, EndReason::Reloaded);
    let sent = route_packet(&router, a, 0, "[[2,\"b\",0,1]]");
    assert_eq!(sent, Ok(RouteOutcome::Routed));
    assert_eq!(records(&router), [(b, "[4,\"a\",0,1]".into())]);
}
