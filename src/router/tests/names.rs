use super::*;

#[test]
fn a_name_belongs_to_one_window() {
    let router = Router::new(Limits::default());
    router.name_window("a", ContentsId(1)).unwrap();
    router.name_window("a", ContentsId(1)).unwrap();
    let taken = router.name_window("a", ContentsId(2)).unwrap_err();
    assert_eq!(taken, RouterError::NameTaken { name: "a".into() });
    let second = router.name_window("b", ContentsId(1)).unwrap_err();
    assert_eq!(second, RouterError::WindowNamed { name: "b".into(), has: "a".into() });
    assert_eq!(router.names(), ["a"]);
}

#[test]
fn a_closed_window_frees_its_name_and_leaves_nothing_to_the_next() {
    let (router, _) = with_page("a");
    listen(&router, router.connect(ContentsId(1), world_address(1, PAGE), None), 0);
    router.name_window("b", ContentsId(2)).unwrap();
    send(&router, "b", "1").unwrap();
    router.close_window(ContentsId(2));
    router.name_window("b", ContentsId(3)).unwrap();
    let page = open_page(&router, 3, 9);
    send(&router, "b", "3").unwrap();
    let told = (EndpointId::MAIN, r#"[6,"b","ERR_TARGET_GONE","closed",1]"#.into());
    assert_eq!(records(&router), [told, (page, "[3,0,3]".into())]);
    let stats: serde_json::Value = serde_json::from_str(&router.stats_json()).unwrap();
    assert_eq!(stats["closed"]["dropped"], 1);
}

#[test]
fn an_unknown_name_is_rejected_with_the_known_ones() {
    let (router, _) = with_page("main");
    let error = send(&router, "mian", "1").unwrap_err();
    let text = error.to_string();
    assert_eq!(error.code(), "ERR_UNKNOWN_WINDOW");
    assert!(text.contains("not find windowInstance") && text.contains("\"mian\""), "{text}");
    assert!(text.contains("known names: \"main\""), "{text}");
}

#[test]
fn unnaming_drops_what_waited_and_keeps_the_window() {
    let router = Router::new(Limits::default());
    router.name_window("a", ContentsId(1)).unwrap();
    send(&router, "a", "1").unwrap();
    assert!(router.unname_window("a"));
    assert!(!router.unname_window("a"));
    let page = open_page(&router, 1, 1);
    route_packet(&router, page, 3, "[[2,\"a\",0,1]]").unwrap();
    let unregistered = r#"[6,"a","ERR_TARGET_GONE","unregistered",1]"#.into();
    let unknown = r#"[6,"a","ERR_UNKNOWN_WINDOW",null,1]"#.into();
    assert_eq!(records(&router), [(EndpointId::MAIN, unregistered), (page, unknown)]);
    router.name_window("c", ContentsId(1)).unwrap();
    send(&router, "c", "2").unwrap();
    assert_eq!(drain(&router), [(page, "[[3,0,2]]".into())]);
}

#[test]
fn unresolved_names_come_back_before_anything_is_routed() {
    let (router, page) = with_page("a");
    let packet = "[[2,\"a\",0,1],[2,\"x\",0,2],[2,\"x\",0,3]]";
    let first =
        router.route_packet(page, Lanes::from_bits(3), packet, Attachments::NONE, true).unwrap();
    assert_eq!(first, RouteOutcome::Unresolved(vec!["x".into()]));
    assert!(drain(&router).is_empty());
    let x = add_page(&router, "x", 2);
    let again =
        router.route_packet(page, Lanes::from_bits(3), packet, Attachments::NONE, false).unwrap();
    assert_eq!(again, RouteOutcome::Routed);
    let packets = drain(&router);
    assert!(packets.contains(&(x, "[[4,\"a\",0,2],[4,\"a\",0,3]]".into())), "{packets:?}");
}
