use super::*;

#[test]
fn a_message_waits_for_its_listener_lane_by_lane() {
    let router = Router::new(Limits::default());
    router.name_window("a", ContentsId(1)).unwrap();
    send(&router, "a", "1").unwrap();
    let page = router.connect(ContentsId(1), world_address(1, PAGE), None);
    route_packet(&router, page, 0b010, "[[2,\"a\",0,2]]").unwrap();
    assert_eq!(drain(&router), [(page, "[[4,\"a\",0,2]]".into())]);
    send(&router, "a", "3").unwrap();
    listen(&router, page, 0b011);
    assert_eq!(drain(&router), [(page, "[[3,0,1],[3,0,3]]".into())]);
}

#[test]
fn when_the_last_listener_leaves_messages_wait_again() {
    let (router, page) = with_page("a");
    send(&router, "a", "1").unwrap();
    route_packet(&router, page, 3, "[[2,\"a\",0,2]]").unwrap();
    listen(&router, page, 0b010);
    send(&router, "a", "3").unwrap();
    assert_eq!(drain(&router), [(page, "[[4,\"a\",0,2]]".into())]);
    listen(&router, page, 0b011);
    assert_eq!(drain(&router), [(page, "[[3,0,1],[3,0,3]]".into())]);
}

#[test]
fn a_reload_loses_no_message_and_no_reply_reaches_the_new_page() {
    let (router, old) = with_page("a");
    send(&router, "a", "1").unwrap();
    assert!(reply(&router, old, 1));
    send(&router, "a", "2").unwrap();
    router.end_document(ContentsId(1), 1, EndReason::Reloaded);
    assert!(!reply(&router, old, 2));
    let new = open_page(&router, 1, 2);
    assert_ne!(old, new);
    assert_eq!(drain(&router), [(new, "[[3,0,1],[3,0,2]]".into())]);
    assert_eq!(dropped(&router, "a"), 1, "the undelivered reply");
}

#[test]
fn what_a_page_sent_while_it_was_leaving_still_arrives() {
    let (router, old) = with_page("a");
    let b = add_page(&router, "b", 2);
    router.end_document(ContentsId(1), 1, EndReason::Reloaded);
    route_packet(&router, old, 3, "[[2,\"b\",0,\"bye\"],[2,\"nobody\",0,1]]").unwrap();
    send(&router, "a", "1").unwrap();
    assert_eq!(drain(&router), [(b, "[[4,\"a\",0,\"bye\"]]".into())], "and it hears nothing");
}

#[test]
fn a_paused_window_keeps_what_goes_to_it_also_for_its_next_document() {
    let (router, page) = with_page("a");
    router.pause_window(ContentsId(1), true);
    send(&router, "a", "1").unwrap();
    assert!(drain(&router).is_empty());
    router.pause_window(ContentsId(1), false);
    assert_eq!(drain(&router), [(page, "[[3,0,1]]".into())]);
    router.pause_window(ContentsId(1), true);
    send(&router, "a", "2").unwrap();
    router.end_document(ContentsId(1), 1, EndReason::Reloaded);
    let new = open_page(&router, 1, 2);
    assert!(drain(&router).is_empty());
    router.pause_window(ContentsId(1), false);
    assert_eq!(drain(&router), [(new, "[[3,0,2]]".into())]);
}

#[test]
fn both_worlds_that_listen_get_each_message() {
    let (router, page) = with_page("a");
    let preload = open_world(&router, 1, world_address(1, PRELOAD), 0b001);
    send(&router, "a", "1").unwrap();
    let mut packets = drain(&router);
    packets.sort();
    assert_eq!(packets, [(page, "[[3,0,1]]".into()), (preload, "[[3,0,1]]".into())]);
}

#[test]
fn a_reload_between_two_worlds_repeats_nothing() {
    let (router, page) = with_page("a");
    open_world(&router, 1, world_address(1, PRELOAD), 0b001);
    send(&router, "a", "1").unwrap();
    // One of the two took its copy, the other had no time to.
    let first = router.next_packet().unwrap();
    assert_eq!(first.endpoint, page);
    send(&router, "a", "2").unwrap();
    router.end_document(ContentsId(1), 1, EndReason::Reloaded);
    let new = open_page(&router, 1, 2);
    assert_eq!(drain(&router), [(new, "[[3,0,2]]".into())]);
    let counts = router.counts("a").unwrap();
    assert_eq!((counts.accepted, counts.delivered, counts.dropped), (4, 2, 2));
}

#[test]
fn the_same_link_is_the_same_endpoint() {
    let (router, page) = with_page("a");
    assert_eq!(router.connect(ContentsId(1), world_address(1, PAGE), None), page);
}
