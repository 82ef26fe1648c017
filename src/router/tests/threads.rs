use std::sync::atomic::{AtomicBool, Ordering};

use super::*;

/// Four threads send, one listens and unlistens, one drains: all that was let in comes out, each
/// sender's messages in order, and the counters add up at every look.
#[test]
fn senders_on_many_threads_keep_their_order_and_lose_nothing() {
    const SENDERS: usize = 4;
    const EACH: usize = 2_000;
    let (router, page) = with_page("a");
    let (router, done) = (&router, &AtomicBool::new(false));
    let texts = std::thread::scope(|scope| {
        let senders: Vec<_> = (0..SENDERS)
            .map(|sender| {
                scope.spawn(move || {
                    (0..EACH).for_each(|n| send(router, "a", &format!("[{sender},{n}]")).unwrap());
                })
            })
            .collect();
        let listener = scope.spawn(move || {
            while !done.load(Ordering::Relaxed) {
                listen(router, page, 0);
                let counts = router.counts("a").unwrap();
                assert_eq!(counts.accepted, counts.delivered + counts.queued + counts.dropped);
                listen(router, page, 1);
            }
        });
        senders.into_iter().for_each(|sender| sender.join().unwrap());
        done.store(true, Ordering::Relaxed);
        listener.join().unwrap();
        drain(router)
    });
    let mut next = [0; SENDERS];
    for (_, text) in texts {
        for (_, _, [sender, n]) in serde_json::from_str::<Vec<(u8, u8, [usize; 2])>>(&text).unwrap()
        {
            assert_eq!(n, next[sender]);
            next[sender] += 1;
        }
    }
    assert_eq!(next, [EACH; SENDERS]);
}
