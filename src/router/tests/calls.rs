use super::*;

const MAIN: EndpointId = EndpointId::MAIN;

/// Windows "a" and "b"; the page of "b" takes calls.
fn asker_and_callee() -> (Router, EndpointId, EndpointId) {
    let (router, a) = with_page("a");
    let b = add_page(&router, "b", 2);
    listen(&router, b, ALL);
    (router, a, b)
}

fn call_from_main(router: &Router, name: &str, id: u64) -> Result<(), RouterError> {
    router.call(name, id, json("0"), Attachments::NONE)
}

fn abort_from_main(router: &Router, id: u64) {
    router.cancel(id, json("\"why\""), Attachments::NONE).unwrap();
}

fn gone(address: &str, reason: &str) -> String {
    format!("[6,{address},\"ERR_TARGET_GONE\",\"{reason}\",1]")
}

#[test]
fn a_call_waits_for_a_handler_and_its_answer_goes_to_the_asker_under_its_id() {
    let (router, a) = with_page("a");
    let b = add_page(&router, "b", 2);
    post(&router, a, "[[7,[9,\"b\"],0,{\"q\":1}]]");
    assert!(records(&router).is_empty() && router.has_pending_requests());
    listen(&router, b, CALLS);
    assert_eq!(records(&router), [(b, "[7,1,\"a\",0,{\"q\":1}]".into())]);
    assert!(!router.has_pending_requests());
    post(&router, b, "[[8,[1,1],0,\"yes\"]]");
    assert_eq!(records(&router), [(a, "[5,9,1,0,\"yes\"]".into())]);
}

#[test]
fn the_main_process_asks_too() {
    let (router, _, b) = asker_and_callee();
    call_from_main(&router, "b", 9).unwrap();
    call_from_main(&router, "b", 10).unwrap();
    assert_eq!(records(&router), [(b, "[7,1,0,0,0]".into()), (b, "[7,2,0,0,0]".into())]);
    post(&router, b, "[[8,[2,0],0,\"no\"],[8,[1,1],0,\"yes\"]]");
    let answers = [(MAIN, "[5,10,0,0,\"no\"]".into()), (MAIN, "[5,9,1,0,\"yes\"]".into())];
    assert_eq!(records(&router), answers);
}

#[test]
fn a_window_asks_itself() {
    let (router, a) = with_page("a");
    listen(&router, a, CALLS);
    post(&router, a, "[[7,[9,\"a\"],0,0]]");
    assert_eq!(records(&router), [(a, "[7,1,\"a\",0,0]".into())]);
    post(&router, a, "[[8,[1,1],0,1]]");
    assert_eq!(records(&router), [(a, "[5,9,1,0,1]".into())]);
}

#[test]
fn a_call_reaches_one_world_the_page_before_the_preload_and_the_window_before_its_subframes() {
    let router = Router::new(Limits::default());
    router.name_window("b", ContentsId(2)).unwrap();
    let links = [
        world_address(2, SUBFRAME),
        world_address(2, SUBFRAME | PAGE),
        world_address(1, PRELOAD),
        world_address(1, PAGE),
    ];
    let worlds = links.map(|world_address| open_world(&router, 2, world_address, CALLS));
    for (id, world) in worlds.into_iter().rev().enumerate() {
        call_from_main(&router, "b", id as u64).unwrap();
        assert_eq!(records(&router), [(world, format!("[7,{},0,0,0]", id + 1))]);
        listen(&router, world, MESSAGES);
    }
}

#[test]
fn only_who_was_given_a_call_can_answer_it() {
    let (router, a, b) = asker_and_callee();
    let preload = open_world(&router, 2, world_address(2, PRELOAD), ALL);
    let c = add_page(&router, "c", 3);
    post(&router, a, "[[7,[9,\"b\"],0,0]]");
    post(&router, b, "[[8,[1,1],0,\"too early\"]]");
    assert_eq!(records(&router), [(b, "[7,1,\"a\",0,0]".into())]);
    for other in [a, c, preload] {
        post(&router, other, "[[8,[1,1],0,\"not mine\"]]");
    }
    assert!(records(&router).is_empty());
    post(&router, b, "[[8,[1,1],0,\"mine\"]]");
    assert_eq!(records(&router), [(a, "[5,9,1,0,\"mine\"]".into())]);
}

#[test]
fn a_second_answer_goes_nowhere() {
    let (router, a, b) = asker_and_callee();
    post(&router, a, "[[7,[9,\"b\"],0,0]]");
    drain(&router);
    post(&router, b, "[[8,[1,1],0,1],[8,[1,0],0,2]]");
    assert_eq!(records(&router), [(a, "[5,9,1,0,1]".into())]);
    post(&router, b, "[[8,[1,1],0,3],[8,[77,1],0,4]]");
    assert!(records(&router).is_empty());
}

#[test]
fn a_call_that_waits_survives_a_reload_of_its_target() {
    let (router, a, b) = asker_and_callee();
    post(&router, a, "[[7,[9,\"b\"],0,0]]");
    router.end_document(ContentsId(2), 2, EndReason::Reloaded);
    assert!(records(&router).is_empty() && router.has_pending_requests());
    let new = open_world(&router, 2, world_address(3, PAGE), CALLS);
    assert_eq!(records(&router), [(new, "[7,1,\"a\",0,0]".into())]);
    post(&router, b, "[[8,[1,1],0,\"the page before\"]]");
    post(&router, new, "[[8,[1,1],0,1]]");
    assert_eq!(records(&router), [(a, "[5,9,1,0,1]".into())]);
}

#[test]
fn a_call_that_was_delivered_ends_with_its_document() {
    type End = fn(&Router);
    let ends: [(&str, End); 3] = [
        ("reloaded", |router| router.end_document(ContentsId(2), 2, EndReason::Reloaded)),
        ("crashed", |router| router.end_document(ContentsId(2), 2, EndReason::Crashed)),
        ("closed", |router| router.close_window(ContentsId(2))),
    ];
    for (reason, end) in ends {
        let (router, a, _) = asker_and_callee();
        post(&router, a, "[[7,[9,\"b\"],0,0]]");
        call_from_main(&router, "b", 9).unwrap();
        assert_eq!(records(&router).len(), 2);
        end(&router);
        let nack = gone("9", reason);
        assert_eq!(records(&router), [(MAIN, nack.clone()), (a, nack)]);
    }
}

#[test]
fn closing_a_window_ends_the_calls_that_wait_for_it() {
    let (router, a) = with_page("a");
    router.name_window("b", ContentsId(2)).unwrap();
    post(&router, a, "[[7,[9,\"b\"],0,0]]");
    router.close_window(ContentsId(2));
    assert!(!router.has_pending_requests());
    assert_eq!(records(&router), [(a, gone("9", "closed"))]);
}

#[test]
fn unnaming_ends_the_calls_that_wait_and_not_those_that_were_delivered() {
    let (router, a, b) = asker_and_callee();
    post(&router, a, "[[7,[8,\"b\"],0,0]]");
    drain(&router);
    listen(&router, b, MESSAGES);
    post(&router, a, "[[7,[9,\"b\"],0,0]]");
    router.unname_window("b");
    assert_eq!(records(&router), [(a, gone("9", "unregistered"))]);
    listen(&router, b, CALLS);
    post(&router, b, "[[8,[1,1],0,1]]");
    assert_eq!(records(&router), [(a, "[5,8,1,0,1]".into())]);
}

#[test]
fn a_call_that_cannot_be_routed_is_rejected_by_its_id() {
    let (router, a) = with_page("a");
    post(&router, a, "[[7,[9,\"nobody\"],0,0]]");
    assert_eq!(records(&router), [(a, "[6,9,\"ERR_UNKNOWN_WINDOW\",null,1]".into())]);
    assert_eq!(call_from_main(&router, "nobody", 9).unwrap_err().code(), "ERR_UNKNOWN_WINDOW");
    let packet = "[[7,[9,\"nobody\"],0,0]]";
    let asked = router.route_packet(a, Lanes::NONE, packet, Attachments::NONE, true).unwrap();
    assert_eq!(asked, RouteOutcome::Unresolved(vec!["nobody".into()]));
}

#[test]
fn the_endpoint_that_has_a_call_is_notified_that_its_asker_has_ended() {
    let (router, _, b) = asker_and_callee();
    let c = add_page(&router, "c", 3);
    for (number, how) in [(1, EndReason::Reloaded), (2, EndReason::Crashed)] {
        let document = 10 + number;
        let asker = open_page(&router, 1, document);
        post(&router, asker, "[[7,[9,\"b\"],0,0]]");
        drain(&router);
        router.end_document(ContentsId(1), document, how);
        assert_eq!(records(&router), [(b, gone(&format!("[{number}]"), how.as_str()))]);
    }
    post(&router, c, "[[7,[9,\"b\"],0,0]]");
    drain(&router);
    router.close_window(ContentsId(3));
    post(&router, b, "[[8,[3,1],0,\"to nobody\"]]");
    assert_eq!(records(&router), [(b, gone("[3]", "closed"))]);
}

#[test]
fn a_call_whose_asker_is_gone_is_not_delivered_any_more() {
    let (router, a) = with_page("a");
    let b = add_page(&router, "b", 2);
    post(&router, a, "[[7,[9,\"b\"],0,0]]");
    router.end_document(ContentsId(1), 1, EndReason::Reloaded);
    assert!(!router.has_pending_requests());
    listen(&router, b, CALLS);
    assert!(records(&router).is_empty());
    assert_eq!(dropped(&router, "b"), 1);
}

#[test]
fn last_words_of_a_page_may_be_a_call() {
    let (router, a, b) = asker_and_callee();
    router.end_document(ContentsId(1), 1, EndReason::Reloaded);
    post(&router, a, "[[7,[9,\"b\"],0,0]]");
    let call = (b, "[7,1,\"a\",0,0]".into());
    assert_eq!(records(&router), [call, (b, gone("[1]", "reloaded"))]);
}

#[test]
fn a_call_given_up_before_its_delivery_is_dropped() {
    let (router, a) = with_page("a");
    let b = add_page(&router, "b", 2);
    post(&router, a, "[[7,[8,\"b\"],0,0],[7,[9,\"b\"],0,0],[9,8,0,\"why\"]]");
    call_from_main(&router, "b", 8).unwrap();
    abort_from_main(&router, 8);
    listen(&router, b, CALLS);
    assert_eq!(records(&router), [(b, "[7,2,\"a\",0,0]".into())]);
    assert_eq!(dropped(&router, "b"), 2);
}

#[test]
fn the_endpoint_that_has_a_call_is_notified_why_its_asker_cancels_it() {
    let (router, a, b) = asker_and_callee();
    post(&router, a, "[[7,[9,\"b\"],0,0]]");
    call_from_main(&router, "b", 9).unwrap();
    drain(&router);
    post(&router, a, "[[9,9,0,\"tired\"]]");
    abort_from_main(&router, 9);
    assert_eq!(records(&router), [(b, "[9,1,0,\"tired\"]".into()), (b, "[9,2,0,\"why\"]".into())]);
    post(&router, b, "[[8,[1,1],0,\"late\"],[8,[2,1],0,\"late\"]]");
    abort_from_main(&router, 9);
    assert!(records(&router).is_empty());
}

#[test]
fn an_abort_of_a_request_to_main_arrives_behind_the_request() {
    let (router, a) = with_page("a");
    post(&router, a, "[[1,9,0,0]]");
    post(&router, a, "[[9,9,0,\"why\"]]");
    assert!(records(&router).is_empty());
    router.listen_main(true);
    let from = a.number();
    let request = (MAIN, format!("[1,{from},\"a\",9,0,0]"));
    assert_eq!(records(&router), [request, (MAIN, format!("[9,{from},9,0,\"why\"]"))]);
}

#[test]
fn a_full_queue_rejects_calls_under_each_policy_and_drops_none() {
    for overflow in [Overflow::Reject, Overflow::DropOldest, Overflow::DropNewest] {
        let (router, a) = with_page("a");
        let b = add_page(&router, "b", 2);
        router.set_limits(Limits { max_queue_records: 2, overflow, ..Limits::default() });
        listen(&router, b, 0);
        post(&router, a, "[[7,[1,\"b\"],0,0],[7,[2,\"b\"],0,0],[7,[3,\"b\"],0,0]]");
        assert_eq!(call_from_main(&router, "b", 4).unwrap_err().code(), "ERR_QUEUE_FULL");
        send(&router, "b", "\"no room\"").ok();
        assert_eq!(router.counts("b").unwrap().queued, 2, "{overflow:?}");
        listen(&router, b, CALLS);
        let delivered = records(&router).into_iter().filter(|(to, _)| *to != MAIN);
        let nack = (a, "[6,3,\"ERR_QUEUE_FULL\",null,1]".into());
        let calls = [1, 2].map(|number| (b, format!("[7,{number},\"a\",0,0]")));
        assert!(delivered.eq([nack].into_iter().chain(calls)), "{overflow:?}");
        assert!(!router.has_pending_requests(), "what was refused does not wait");
    }
}

#[test]
fn drop_oldest_gives_up_the_messages_around_a_call() {
    let (router, a) = with_page("a");
    let b = add_page(&router, "b", 2);
    let overflow = Overflow::DropOldest;
    router.set_limits(Limits { max_queue_records: 3, overflow, ..Limits::default() });
    listen(&router, b, ALL);
    send(&router, "b", "1").unwrap();
    post(&router, a, "[[7,[9,\"b\"],0,0]]");
    (2..=4).for_each(|n| send(&router, "b", &n.to_string()).unwrap());
    let to_b = records(&router).into_iter().filter(|(to, _)| *to == b).map(|(_, text)| text);
    assert!(to_b.eq(["[7,1,\"a\",0,0]", "[3,0,3]", "[3,0,4]"]));
}

#[test]
fn an_answer_passes_the_bounds_of_its_asker() {
    let (router, a, b) = asker_and_callee();
    post(&router, a, "[[7,[9,\"b\"],0,0]]");
    drain(&router);
    router.set_limits(Limits { max_queue_records: 1, ..Limits::default() });
    send(&router, "a", "1").unwrap();
    post(&router, b, "[[8,[1,1],0,0]]");
    assert_eq!(records(&router), [(a, "[3,0,1]".into()), (a, "[5,9,1,0,0]".into())]);
}

#[test]
fn requests_that_nobody_took_are_given_up_up_to_a_mark() {
    let (router, a, b) = asker_and_callee();
    add_page(&router, "c", 3);
    post(&router, a, "[[7,[1,\"b\"],0,0]]");
    drain(&router);
    post(&router, a, "[[7,[2,\"c\"],0,0],[1,3,0,0]]");
    call_from_main(&router, "c", 2).unwrap();
    let mark = router.next_request_number();
    post(&router, a, "[[7,[4,\"c\"],0,0],[1,5,0,0]]");
    let to_main = router.drop_unhandled_requests(mark, 5000).unwrap();
    assert_eq!(to_main.endpoint, MAIN);
    assert_eq!(records_of(&to_main.text), [format!("[1,{},\"a\",3,0,0]", a.number())]);
    let nack = String::from("[6,2,\"ERR_NO_HANDLER\",null,1]");
    assert_eq!(records(&router), [(MAIN, nack.clone()), (a, nack)]);
    assert!(router.has_pending_requests());
    post(&router, b, "[[8,[1,1],0,0]]");
    assert_eq!(records(&router), [(a, "[5,1,1,0,0]".into())], "it had a handler");
    assert!(router.drop_unhandled_requests(router.next_request_number(), 5000).is_some());
    assert!(!router.has_pending_requests());
}

#[test]
fn an_asker_without_an_answer_is_notified_of_the_window_and_the_time_it_waited() {
    let (router, a) = with_page("a");
    post(&router, a, "[[7,[9,\"a\"],0,0]]");
    assert_eq!(router.drop_unhandled_requests(router.next_request_number(), 5000), None);
    let nack =
        "[[6,9,\"ERR_NO_HANDLER\",null,1,\"no onCall handler was registered in window \\\"a\\\" within 5000 ms (handlerWaitMs)\"]]";
    assert_eq!(drain(&router), [(a, nack.into())]);
}

#[test]
fn an_asker_without_an_answer_is_notified_why_nothing_of_the_window_listens() {
    let router = Router::new(Limits::default());
    router.name_window("a", ContentsId(1)).unwrap();
    let unanswered = || {
        call_from_main(&router, "a", 1).unwrap();
        drop(router.drop_unhandled_requests(router.next_request_number(), 9));
        drain(&router).remove(0).1
    };
    router.explain_silence(ContentsId(1), Some("its preload threw"));
    assert!(unanswered().contains("within 9 ms (handlerWaitMs): its preload threw"));
    assert!(!router.has_listener(ContentsId(1)));
    open_page(&router, 1, 1);
    assert!(router.has_listener(ContentsId(1)));
    assert!(unanswered().contains("within 9 ms (handlerWaitMs)\""));
    router.explain_silence(ContentsId(1), None);
}

#[test]
fn an_id_is_its_askers_own_and_names_one_call_at_a_time() {
    let (router, a, b) = asker_and_callee();
    let c = add_page(&router, "c", 3);
    post(&router, a, "[[7,[9,\"b\"],0,0],[7,[9,\"b\"],0,0]]");
    post(&router, c, "[[7,[9,\"b\"],0,0]]");
    call_from_main(&router, "b", 9).unwrap();
    let again = call_from_main(&router, "b", 9).unwrap_err();
    assert!(again.to_string().contains("request id 9 is in use"), "{again}");
    let refused = (a, "[6,9,\"ERR_BAD_PACKET\",null,1]".into());
    let calls = ["[7,1,\"a\",0,0]", "[7,2,\"c\",0,0]", "[7,3,0,0,0]"].map(|call| (b, call.into()));
    assert!(records(&router).into_iter().eq([refused].into_iter().chain(calls)));
    post(&router, b, "[[8,[3,1],0,0]]");
    call_from_main(&router, "b", 9).unwrap();
    assert_eq!(records(&router), [(MAIN, "[5,9,1,0,0]".into()), (b, "[7,4,0,0,0]".into())]);
}

#[test]
fn attachments_go_along_with_calls_answers_and_aborts() {
    let (router, a, b) = asker_and_callee();
    let attached = |from, packet, first_slot| {
        let attachments = Attachments { first_slot, sizes: &[10] };
        router.route_packet(from, Lanes::from_bits(ALL), packet, attachments, false).unwrap();
    };
    let next = || router.next_packet().map(|packet| (packet.endpoint, packet.slots));
    attached(a, "[[7,[8,\"b\"],2,[]]]", 1);
    attached(a, "[[7,[9,\"b\"],2,[]]]", 2);
    assert_eq!(next(), Some((b, vec![1, 2])));
    attached(b, "[[8,[1,1],2,[]]]", 3);
    assert_eq!(next(), Some((a, vec![3])));
    attached(a, "[[9,9,2,[]]]", 4);
    assert_eq!(next(), Some((b, vec![4])));
    assert_eq!(router.take_freed_slots(), [1, 2, 3, 4]);
    let payload = Payload { form: 2, json: "[]" };
    let more = |first_slot| Attachments { first_slot, sizes: &[10] };
    router.call("b", 1, payload, more(5)).unwrap();
    assert_eq!(next(), Some((b, vec![5])));
    router.cancel(1, payload, more(6)).unwrap();
    assert_eq!(next(), Some((b, vec![6])));
    assert_eq!(router.take_freed_slots(), [5, 6]);
    let miscounted = router.call("b", 1, payload, Attachments::NONE).unwrap_err();
    assert_eq!(miscounted.code(), "ERR_BAD_PACKET");
}

#[test]
fn slots_of_what_goes_nowhere_are_freed() {
    let (router, a, b) = asker_and_callee();
    let packet = "[[7,[1,\"nobody\"],2,[]],[8,[77,1],2,[]],[7,[2,\"b\"],2,[]]]";
    let attachments = Attachments { first_slot: 1, sizes: &[10, 10, 10] };
    router.route_packet(a, Lanes::NONE, packet, attachments, false).unwrap();
    assert_eq!(router.take_freed_slots(), [1, 2]);
    let payload = Payload { form: 2, json: "[]" };
    router.cancel(1, payload, Attachments { first_slot: 4, sizes: &[10] }).unwrap();
    assert_eq!(router.take_freed_slots(), [4]);
    post(&router, a, "[[9,2,0,0]]");
    assert!(!records(&router).iter().any(|(to, _)| *to == b));
    assert_eq!(router.take_freed_slots(), [3]);
    assert_eq!(dropped(&router, "b"), 1);
}

#[test]
fn calls_not_yet_taken_go_to_another_world_that_listens_or_wait_again() {
    let (router, a, page) = asker_and_callee();
    let preload = open_world(&router, 2, world_address(2, PRELOAD), CALLS);
    post(&router, a, "[[7,[8,\"b\"],0,0],[7,[9,\"b\"],0,0]]");
    listen(&router, page, MESSAGES);
    listen(&router, preload, 0);
    assert!(records(&router).is_empty() && router.has_pending_requests());
    listen(&router, preload, CALLS);
    listen(&router, page, ALL);
    listen(&router, preload, 0);
    let calls = ["[7,1,\"a\",0,0]", "[7,2,\"a\",0,0]"].map(|call| (page, call.into()));
    assert_eq!(records(&router), calls);
}

#[test]
fn the_page_gets_the_calls_that_a_subframe_leaves_also_when_nothing_else_goes_to_it() {
    type Leave = fn(&Router, EndpointId);
    let leaves: [Leave; 2] = [
        |router, subframe| listen(router, subframe, 0),
        |router, _| router.end_document(ContentsId(2), 3, EndReason::Reloaded),
    ];
    for leave in leaves {
        let (router, a, page) = asker_and_callee();
        listen(&router, page, MESSAGES);
        let subframe = open_world(&router, 2, world_address(3, SUBFRAME | PAGE), CALLS);
        post(&router, a, "[[7,[9,\"b\"],0,0]]");
        listen(&router, page, ALL);
        send(&router, "b", "0").unwrap();
        assert_eq!(router.next_packet().map(|packet| packet.endpoint), Some(page));
        leave(&router, subframe);
        assert_eq!(records(&router), [(page, "[7,1,\"a\",0,0]".into())]);
    }
}

#[test]
fn what_a_subframe_sends_carries_its_origin() {
    let (router, _, b) = asker_and_callee();
    let origin = Some("https://\"quoted\"");
    let subframe = router.connect(ContentsId(1), world_address(5, SUBFRAME | PAGE), origin);
    let nameless = router.connect(ContentsId(3), world_address(6, SUBFRAME), Some("null"));
    post(&router, subframe, "[[1,9,0,0],[2,\"b\",0,0],[7,[9,\"b\"],0,0]]");
    post(&router, nameless, "[[2,\"b\",0,0]]");
    router.listen_main(true);
    let stamp = r#"["a","https://\"quoted\""]"#;
    let sent = [
        (MAIN, format!("[1,{},{stamp},9,0,0]", subframe.number())),
        (b, format!("[4,{stamp},0,0]")),
        (b, format!("[7,2,{stamp},0,0]")),
        (b, "[4,[null,\"null\"],0,0]".into()),
    ];
    assert_eq!(records(&router), sent);
}

#[test]
fn a_call_that_was_given_up_frees_its_slots_and_makes_room() {
    let (router, a, _) = pair();
    router.set_limits(Limits { max_queue_records: 1, ..Limits::default() });
    let attachments = Attachments { first_slot: 7, sizes: &[9] };
    router.route_packet(a, Lanes::NONE, "[[7,[9,\"b\"],2,0]]", attachments, false).unwrap();
    post(&router, a, "[[9,9,0,0]]");
    drain(&router);
    assert_eq!(router.take_freed_slots(), [7]);
    send(&router, "b", "1").unwrap();
}

#[test]
fn a_call_that_found_no_handler_makes_room() {
    let (router, a, _) = pair();
    router.set_limits(Limits { max_queue_records: 1, ..Limits::default() });
    post(&router, a, "[[7,[9,\"b\"],0,0]]");
    drop(router.drop_unhandled_requests(router.next_request_number(), 5000));
    send(&router, "b", "1").unwrap();
}

#[test]
fn calls_that_move_to_another_world_keep_their_order() {
    let (router, a, page) = pair();
    let preload = open_world(&router, 2, world_address(2, PRELOAD), CALLS);
    post(&router, a, "[[7,[1,\"b\"],0,1]]");
    listen(&router, page, CALLS);
    post(&router, a, "[[7,[2,\"b\"],0,2]]");
    listen(&router, preload, 0);
    let calls = ["[7,1,\"a\",0,1]", "[7,2,\"a\",0,2]"].map(|call| (page, call.into()));
    assert_eq!(records(&router), calls);
}

#[test]
fn a_call_to_a_window_that_closes_is_settled_once() {
    for _ in 0..5000 {
        let (router, a, _) = pair();
        let router = &router;
        std::thread::scope(|scope| {
            scope.spawn(move || router.close_window(ContentsId(2)));
            scope.spawn(move || post(router, a, "[[7,[9,\"b\"],0,0]]"));
        });
        let told = records(router);
        assert_eq!(told.len(), 1, "{told:?}");
    }
}
