use super::*;

fn bounded(overflow: Overflow) -> Router {
    let limits = Limits { max_queue_records: 3, overflow, ..Limits::default() };
    let router = Router::new(limits);
    router.name_window("a", ContentsId(1)).unwrap();
    router
}

/// The texts that the window's page gets.
fn texts(router: &Router) -> String {
    let page = open_page(router, 1, 1);
    drain(router).into_iter().filter(|(to, _)| *to == page).map(|(_, text)| text).collect()
}

#[test]
fn reject_rejects_the_new_record_by_the_name_of_its_window() {
    let router = bounded(Overflow::Reject);
    for n in 0..3 {
        send(&router, "a", &n.to_string()).unwrap();
    }
    let full = send(&router, "a", "3").unwrap_err();
    assert!(matches!(full, RouterError::QueueFull { records: 3, .. }), "{full:?}");
    assert!(full.to_string().contains("window \"a\""), "{full}");
    assert_eq!(texts(&router), "[[3,0,0],[3,0,1],[3,0,2]]");
    let counts = router.counts("a").unwrap();
    assert_eq!((counts.accepted, counts.refused, counts.dropped), (3, 1, 0));
}

#[test]
fn drop_oldest_gives_up_the_longest_waiting_of_the_lane() {
    let router = bounded(Overflow::DropOldest);
    (0..5).for_each(|n| send(&router, "a", &n.to_string()).unwrap());
    assert_eq!(texts(&router), "[[3,0,2],[3,0,3],[3,0,4]]");
    assert_eq!(dropped(&router, "a"), 2);
}

#[test]
fn drop_newest_gives_up_the_newcomer_and_counts_it() {
    let router = bounded(Overflow::DropNewest);
    (0..5).for_each(|n| send(&router, "a", &n.to_string()).unwrap());
    assert_eq!(texts(&router), "[[3,0,0],[3,0,1],[3,0,2]]");
    assert_eq!(dropped(&router, "a"), 2);
}

#[test]
fn replies_are_never_given_up_and_keep_their_place() {
    let router = bounded(Overflow::DropOldest);
    let page = open_page(&router, 1, 1);
    for n in 0..3 {
        reply(&router, page, n);
        send(&router, "a", &n.to_string()).ok();
    }
    // 3 replies fill the queue of 3: each message pushed an older one out, or was refused.
    let text: String = drain(&router).into_iter().map(|(_, text)| text).collect();
    let replies = [0, 1, 2].map(|n| format!("[5,{n},1,0,0]"));
    assert!(replies.iter().all(|reply| text.contains(reply)), "{text}");
    let counts = router.counts("a").unwrap();
    assert_eq!(counts.accepted, counts.delivered + counts.dropped);
}

#[test]
fn a_full_main_process_answers_the_requests_that_it_rejects() {
    let limits = Limits { max_queue_records: 1, ..Limits::default() };
    let router = Router::new(limits);
    let page = open_page(&router, 1, 1);
    route_packet(&router, page, 3, "[[1,1,0,0],[1,2,0,0]]").unwrap();
    let (to, text) = drain(&router).remove(0);
    let nack = "[[6,2,\"ERR_QUEUE_FULL\",null,1,\"the queue of the main process is full: ";
    assert!(to == page && text.starts_with(nack), "{text}");
}

#[test]
fn bytes_are_bounded_too() {
    let limits = Limits { max_queue_bytes: 100, ..Limits::default() };
    let router = Router::new(limits);
    router.name_window("a", ContentsId(1)).unwrap();
    send(&router, "a", &"1".repeat(60)).unwrap();
    assert!(send(&router, "a", &"1".repeat(60)).is_err());
    send(&router, "a", "1").unwrap();
    assert!(send(&router, "a", &"1".repeat(1000)).is_err(), "larger than the bound itself");
}

#[test]
fn options_name_what_is_wrong_and_what_would_be_right() {
    let given = r#"{"maxQueueRecords":10,"maxQueueBytes":65536,"maxInFlightBytes":262144,"maxRetainedBytes":0,"overflow":"drop-oldest"}"#;
    let limits = Limits::from_json(given).unwrap();
    let right = Limits {
        max_queue_records: 10,
        max_queue_bytes: 65_536,
        max_in_flight_bytes: 262_144,
        max_retained_bytes: 0,
        overflow: Overflow::DropOldest,
    };
    assert_eq!(limits, right);
    assert_eq!(Limits::from_json("{}").unwrap(), Limits::default());
    for (json, says) in [
        (
            r#"{"maxQueueRecords":0}"#,
            "maxQueueRecords must be an integer from 1 to 10000000, and is 0",
        ),
        (
            r#"{"maxQueueBytes":"1"}"#,
            "maxQueueBytes must be an integer from 65536 to 4294967295, and is \"1\"",
        ),
        (
            r#"{"maxInFlightBytes":262143}"#,
            "maxInFlightBytes must be an integer from 262144 to 1073741824, and is 262143",
        ),
        (
            r#"{"maxInFlightBytes":1073741825}"#,
            "maxInFlightBytes must be an integer from 262144 to 1073741824, and is 1073741825",
        ),
        (
            r#"{"maxRetainedBytes":1073741825}"#,
            "maxRetainedBytes must be an integer from 0 to 1073741824, and is 1073741825",
        ),
        (
            r#"{"overflow":"x"}"#,
            "overflow must be one of \"reject\", \"drop-oldest\", \"drop-newest\", and is \"x\"",
        ),
        (r#"{"maxQueueRecord":1}"#, "initIpc has no option maxQueueRecord"),
    ] {
        let error = Limits::from_json(json).unwrap_err();
        assert_eq!((error.code(), error.to_string()), ("ERR_INVALID_OPTION", says.into()));
    }
}
