use super::*;

#[test]
fn a_request_waits_until_main_listens_and_its_reply_goes_back() {
    let (router, page) = with_page("a");
    route_packet(&router, page, 3, "[[1,7,0,{\"q\":[1]}]]").unwrap();
    assert!(drain(&router).is_empty());
    router.listen_main(true);
    let request = format!("[[1,{},\"a\",7,0,{{\"q\":[1]}}]]", page.number());
    assert_eq!(drain(&router), [(EndpointId::MAIN, request)]);
    assert!(router.answer(page, 7, true, json("true"), Attachments::NONE).unwrap());
    assert_eq!(drain(&router), [(page, "[[5,7,1,0,true]]".into())]);
}

#[test]
fn the_longest_waiting_requests_can_be_taken_while_main_does_not_listen() {
    let (router, page) = with_page("a");
    route_packet(&router, page, 3, "[[1,1,0,0],[1,2,0,0]]").unwrap();
    let mark = router.next_request_number();
    route_packet(&router, page, 3, "[[1,3,0,0]]").unwrap();
    let unheard = router.drop_unhandled_requests(mark, 0).unwrap().text;
    let ids: Vec<(u8, u64, String, u64, u8, u8)> = serde_json::from_str(&unheard).unwrap();
    assert_eq!(ids.iter().map(|request| request.3).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(router.main_counts().queued, 1);
    assert_eq!(router.drop_unhandled_requests(mark, 0), None);
    assert!(router.has_pending_requests());
    router.listen_main(true);
    assert!(!router.has_pending_requests());
    assert_eq!(drain(&router).len(), 1, "the third");
}

#[test]
fn the_sender_is_stamped_by_the_router() {
    let router = Router::new(Limits::default());
    router.name_window("a \"quoted\" name", ContentsId(1)).unwrap();
    router.name_window("b", ContentsId(2)).unwrap();
    let (a, b) = (open_page(&router, 1, 1), open_page(&router, 2, 2));
    let nameless = open_page(&router, 3, 3);
    route_packet(&router, a, 3, "[[2,\"b\",0,\"x\"]]").unwrap();
    route_packet(&router, nameless, 3, "[[2,\"b\",0,\"y\"]]").unwrap();
    let text = r#"[[4,"a \"quoted\" name",0,"x"],[4,null,0,"y"]]"#;
    assert_eq!(drain(&router), [(b, text.into())]);
}

#[test]
fn payloads_pass_to_the_letter() {
    let (router, page) = with_page("a");
    let payload = r#" {"u":"\ud800\u0000","n":1.50e3,"d":[[[[]]]]} "#;
    route_packet(&router, page, 3, &format!("[[2,\"a\",0,{payload}]]")).unwrap();
    assert_eq!(drain(&router), [(page, format!("[[4,\"a\",0,{}]]", payload.trim()))]);
}

#[test]
fn a_text_that_is_no_packet_is_rejected_whole() {
    let (router, page) = with_page("a");
    for packet in [
        "nonsense",
        "{}",
        "[1]",
        "[[]]",
        "[[2,\"a\",0,1],[10,\"a\",0,1]]",
        "[[3,\"a\",0,1]]",
        "[[2,\"a\",0,1],[2,5,0,1]]",
        "[[2,\"a\",0,1],[1,\"id\",0,1]]",
        "[[1,-1,0,1]]",
        "[[1,9007199254740992,0,1]]",
        "[[7,1,0,1]]",
        "[[7,[1],0,1]]",
        "[[7,[1,2],0,1]]",
        "[[7,[\"1\",\"a\"],0,1]]",
        "[[7,[1,\"a\",1],0,1]]",
        "[[8,1,0,1]]",
        "[[8,[-1,1],0,1]]",
        "[[9,\"a\",0,1]]",
        "[[9,[1],0,1]]",
        "[[2,\"a\",-1,1]]",
        "[[2,\"a\",0,{]]",
        "[[2,\"a\",0,1]",
        "[[2,\"a\",2,1]]",
        "[[2,\"a\",4294967295,1]]",
    ] {
        let refused = route_packet(&router, page, 3, packet);
        assert!(matches!(refused, Err(RouterError::BadPacket { .. })), "{packet}: {refused:?}");
    }
    assert!(drain(&router).is_empty());
    let stats: serde_json::Value = serde_json::from_str(&router.stats_json()).unwrap();
    assert_eq!(stats["badPackets"], 24);
}

#[test]
fn a_name_with_a_lone_surrogate_harms_no_other_record() {
    let (router, page) = with_page("a");
    route_packet(&router, page, 3, r#"[[2,"\ud800",0,1],[2,"a",0,2]]"#).unwrap();
    let nack = r#"[6,"\ud800","ERR_UNKNOWN_WINDOW",null,1]"#;
    assert_eq!(records(&router), [(page, r#"[4,"a",0,2]"#.into()), (page, nack.into())]);
}

#[test]
fn deep_payloads_do_not_exhaust_the_stack() {
    let (router, page) = with_page("a");
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    route_packet(&router, page, 3, &format!("[[2,\"a\",0,{deep}]]")).unwrap();
    assert_eq!(drain(&router)[0].1.len(), deep.len() + "[[4,\"a\",0,]]".len());
}

#[test]
fn attachments_follow_their_records_and_are_freed_once() {
    let (router, page) = with_page("a");
    router.name_window("b", ContentsId(2)).unwrap();
    let attachments = Attachments { first_slot: u32::MAX, sizes: &[10, 20, 30] };
    let packet = "[[2,\"b\",2,[]],[2,\"nobody\",2,[]],[2,\"b\",0,1],[2,\"b\",2,[]]]";
    router.route_packet(page, Lanes::from_bits(3), packet, attachments, false).unwrap();
    assert_eq!(router.take_freed_slots(), [0], "the refused record's slot");
    assert_eq!(router.counts("b").unwrap().queued_bytes, 12 + 11 + 12 + 40 + 2 * 512, "two slots");
    let b = open_page(&router, 2, 2);
    let packets: Vec<_> = std::iter::from_fn(|| router.next_packet()).collect();
    let to_b = packets.iter().find(|packet| packet.endpoint == b).unwrap();
    assert_eq!(to_b.slots, [u32::MAX, 1]);
    assert_eq!(router.take_freed_slots(), [u32::MAX, 1]);
}

#[test]
fn a_flood_at_one_window_goes_in_packets_that_take_turns() {
    let (router, a) = with_page("a");
    let b = add_page(&router, "b", 2);
    let half = format!("\"{}\"", "x".repeat(29_000));
    for _ in 0..4 {
        send(&router, "a", &half).unwrap();
    }
    send(&router, "b", "1").unwrap();
    let order: Vec<_> = drain(&router).into_iter().map(|(to, _)| to).collect();
    assert_eq!(order, [a, b, a]);
}
