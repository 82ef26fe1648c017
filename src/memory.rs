//! The memory that waiting records take: a test of the router that needs an allocator of its own.
#![allow(unsafe_code, reason = "an allocator is unsafe by its nature; the router is not")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use crate::router::{Attachments, ContentsId, Lanes, Limits, Router, WorldAddress};

thread_local! {
    /// Bytes asked for and not given back, by this thread (tests run beside each other). Wraps.
    static BYTES: Cell<usize> = const { Cell::new(0) };
}

struct Counting;

#[global_allocator]
static COUNTING: Counting = Counting;

// SAFETY: all is left to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        BYTES.set(BYTES.get().wrapping_add(layout.size()));
        // SAFETY: the caller keeps the contract, which is the same.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        BYTES.set(BYTES.get().wrapping_sub(layout.size()));
        // SAFETY: as above.
        unsafe { System.dealloc(at, layout) }
    }
}

/// Goal: at most 180 bytes for a record of 100 bytes, whether it waits for a listener or for its
/// turn. The text itself is 100 of them; what the allocator adds of its own is not counted.
#[test]
fn a_waiting_record_of_100_bytes_takes_at_most_180() {
    const RECORDS: usize = 10_000;
    for lanes in [Lanes::NONE, Lanes::FROM_OTHER] {
        let router = Router::new(Limits::default());
        router.name_window("a", ContentsId(1)).unwrap();
        let page = router.connect(ContentsId(1), WorldAddress::from_number(5), None);
        let packet = packet(RECORDS);
        let before = BYTES.get();
        router.route_packet(page, lanes, &packet, Attachments::NONE, false).unwrap();
        let each = BYTES.get().wrapping_sub(before) / RECORDS;
        assert_eq!(router.counts("a").unwrap().queued_bytes, 100 * RECORDS as u64);
        println!("{each} bytes a record ({lanes:?})");
        assert!(each <= 180, "{each} bytes a record ({lanes:?})");
    }
}

/// Records of 100 bytes for the window "a", which have that length when they come and when they wait.
fn packet(records: usize) -> String {
    let head = "[2,\"a\",0,\"";
    let record = format!("{head}{}\"]", "x".repeat(100 - head.len() - 2));
    format!("[{}]", vec![record; records].join(","))
}
