//! Time limits of requests.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

/// Late requests by now, and when there are more.
fn look(router: &Router, now: u64) -> (Vec<(EndpointId, u64)>, Option<u64>) {
    let (late, next) = router.late_requests(now);
    (late.iter().map(|late| (late.asker, late.id)).collect(), next)
}

/// Ends what is late by now, as main does.
fn end_late(router: &Router, now: u64) {
    for late in router.late_requests(now).0 {
        router.time_out(late.asker, late.id, late.timeout_ms, json("\"late\""));
    }
}

/// An act on the asker and on the window that is called.
type Act = fn(&Router, EndpointId, EndpointId);

#[test]
fn a_request_is_late_once_its_time_is_over_and_once_only() {
    let (router, a, _) = pair();
    post(&router, a, r#"[[1,[1,200],0,0],[7,[[2,50],"b"],0,0],[1,3,0,0]]"#);
    assert!(router.is_clock_due());
    assert_eq!(look(&router, 1_000), (vec![], Some(50)));
    assert!(!router.is_clock_due());
    assert_eq!(look(&router, 1_049), (vec![], Some(1)));
    assert_eq!(look(&router, 1_050), (vec![(a, 2)], Some(150)));
    assert_eq!(look(&router, 5_000), (vec![(a, 1)], None));
    assert_eq!(look(&router, 9_000), (vec![], None));
}

#[test]
fn a_late_call_is_withdrawn_or_its_callee_notified_and_its_asker_has_a_nack() {
    let (router, a, b) = pair();
    post(&router, a, r#"[[7,[[1,5],"b"],0,"waits"]]"#);
    assert_eq!(look(&router, 0).1, Some(5));
    end_late(&router, 5);
    assert_eq!(records(&router), [(a, r#"[6,1,"ERR_TIMEOUT",null,1]"#.into())]);
    listen(&router, b, ALL);
    assert_eq!(records(&router), []);
    post(&router, a, r#"[[7,[[2,5],"b"],0,"given"]]"#);
    assert_eq!(records(&router), [(b, r#"[7,2,"a",0,"given"]"#.into())]);
    assert_eq!(look(&router, 10).1, Some(5));
    end_late(&router, 15);
    let nack = (a, r#"[6,2,"ERR_TIMEOUT",null,1]"#.into());
    assert_eq!(records(&router), [nack, (b, r#"[9,2,0,"late"]"#.into())]);
    post(&router, b, r"[[8,[2,1],0,0]]");
    assert_eq!(records(&router), []);
}

#[test]
fn main_is_notified_of_a_late_request_behind_it_and_its_answer_goes_nowhere_else() {
    let (router, a, _) = pair();
    router.listen_main(true);
    post(&router, a, "[[1,[7,5],0,0]]");
    let _ = look(&router, 0);
    end_late(&router, 5);
    let of_main = |record: &str| (EndpointId::MAIN, record.to_string());
    let (request, abort) =
        (format!("[1,{},\"a\",7,0,0]", a.number()), format!("[9,{},7,0,\"late\"]", a.number()));
    let nack = (a, r#"[6,7,"ERR_TIMEOUT",null,1]"#.into());
    assert_eq!(records(&router), [of_main(&request), of_main(&abort), nack]);
    assert_eq!(router.limited_requests(), 0);
}

#[test]
fn whatever_settles_a_request_ends_its_time_and_the_last_one_stops_the_clock() {
    let settle: [(&str, Act); 6] = [
        ("answer of main", |router, a, _| assert!(reply(router, a, 1))),
        ("line of main", |router, a, _| {
            router.exchange(&format!("={},1,1,0,0", a.number()), None).unwrap();
        }),
        ("abort", |router, a, _| post(router, a, "[[9,1,0,0]]")),
        ("reload", |router, _, _| router.end_document(ContentsId(1), 1, EndReason::Reloaded)),
        ("closing", |router, _, _| router.close_window(ContentsId(1))),
        ("closing of both", |router, _, _| {
            router.close_window(ContentsId(2));
            router.close_window(ContentsId(1));
        }),
    ];
    for (name, settle) in settle {
        let (router, a, b) = pair();
        router.listen_main(true);
        listen(&router, b, ALL);
        post(&router, a, "[[1,[1,200],0,0]]");
        let _ = drain(&router);
        assert_eq!(look(&router, 0).1, Some(200), "{name}");
        settle(&router, a, b);
        assert!(router.is_clock_due(), "{name}");
        assert_eq!(look(&router, 1_000), (vec![], None), "{name}");
    }
    let settle_call: [(&str, Act); 5] = [
        ("answer", |router, _, b| post(router, b, "[[8,[1,1],0,0]]")),
        ("abort", |router, a, _| post(router, a, "[[9,1,0,0]]")),
        ("asker's reload", |router, _, _| {
            router.end_document(ContentsId(1), 1, EndReason::Reloaded);
        }),
        ("callee's reload", |router, _, _| {
            router.end_document(ContentsId(2), 2, EndReason::Reloaded);
        }),
        ("closing", |router, _, _| router.close_window(ContentsId(2))),
    ];
    for (name, settle) in settle_call {
        let (router, a, b) = pair();
        listen(&router, b, ALL);
        post(&router, a, r#"[[7,[[1,200],"b"],0,0]]"#);
        let _ = drain(&router);
        assert_eq!(look(&router, 0).1, Some(200), "{name}");
        settle(&router, a, b);
        assert!(router.is_clock_due(), "{name}");
        assert_eq!(look(&router, 1_000), (vec![], None), "{name}");
    }
}

#[test]
fn a_request_that_is_rejected_or_of_a_page_that_has_ended_has_no_deadline() {
    let (router, a, _) = pair();
    post(&router, a, r#"[[7,[[1,5],"nobody"],0,0]]"#);
    post(&router, a, "[[1,2,0,0],[1,[2,5],0,0]]");
    router.end_document(ContentsId(1), 1, EndReason::Reloaded);
    post(&router, a, r#"[[1,[3,5],0,0],[7,[[4,5],"b"],0,0]]"#);
    assert_eq!(look(&router, 0), (vec![], None));
}

#[test]
fn a_limit_is_an_integer_below_2_31() {
    let (router, a, _) = pair();
    for ask in
        ["[1,-1]", "[1,2147483648]", "[1,1.5]", "[1]", "[1,1,1]", "[[1,1],1]", "[1,null]", "[]"]
    {
        for packet in [format!("[[1,{ask},0,0]]"), format!(r#"[[7,[{ask},"b"],0,0]]"#)] {
            let refused = route_packet(&router, a, MESSAGES, &packet).unwrap_err();
            assert_eq!(refused.code(), "ERR_BAD_PACKET", "{packet}");
        }
    }
    post(&router, a, "[[1,[1,2147483647],0,0]]");
    assert_eq!(look(&router, 0).1, Some(2_147_483_647));
}

#[derive(Clone, Debug)]
enum Step {
    Ask { id: u64, timeout_ms: u32 },
    Settle { id: u64 },
    Look { after: u64 },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..40u64, 0..50u32).prop_map(|(id, timeout_ms)| Step::Ask { id, timeout_ms }),
        3 => (0..40u64).prop_map(|id| Step::Settle { id }),
        2 => (0..30u64).prop_map(|after| Step::Look { after }),
    ]
}

proptest! {
    /// Against a list that is looked through whole.
    #[test]
    fn those_are_late_that_are_open_when_their_time_is_over(
        steps in proptest::collection::vec(step(), 1..400),
    ) {
        let (router, a, _) = pair();
        let mut now = 0;
        // By id; without an end, where the clock was not looked at.
        let mut open: BTreeMap<u64, (u32, Option<u64>)> = BTreeMap::new();
        for step in steps {
            match step {
                Step::Ask { id, timeout_ms } => {
                    post(&router, a, &format!("[[1,[{id},{timeout_ms}],0,0]]"));
                    open.entry(id).or_insert((timeout_ms, None));
                }
                Step::Settle { id } => {
                    reply(&router, a, id);
                    open.remove(&id);
                }
                Step::Look { after } => {
                    now += after;
                    for (timeout_ms, end) in open.values_mut() {
                        end.get_or_insert(now + u64::from(*timeout_ms));
                    }
                    let (late, next) = look(&router, now);
                    let mut ids: Vec<_> = late.into_iter().map(|(_, id)| id).collect();
                    ids.sort_unstable();
                    let is_late = |end: Option<u64>| end.is_some_and(|end| end <= now);
                    let expected: Vec<_> =
                        open.iter().filter(|(_, (_, end))| is_late(*end)).map(|(id, _)| *id).collect();
                    prop_assert_eq!(&ids, &expected);
                    for id in ids {
                        router.time_out(a, id, 1, json("0"));
                        open.remove(&id);
                    }
                    let first = open.values().filter_map(|(_, end)| *end).min();
                    prop_assert_eq!(next, first.map(|end| end - now));
                }
            }
            prop_assert_eq!(router.limited_requests(), open.len());
        }
    }
}
