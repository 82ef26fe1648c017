//! No step is quadratic: each is done with 10,000 and with 100,000 things, and ten times as many take
//! at most that many times as many steps. A step is a record, a call or a name that is looked at or moved.

use super::*;
use crate::router::steps;

const FEW: usize = 10_000;
const MANY: usize = 100_000;

/// The steps that ten times as much may take. A few of them are there for any number.
const MAX_TIMES: usize = 11;

/// Windows "a" and "b" with a page each, in a router that lets in as much as is tried here.
struct World {
    router: Router,
    a: EndpointId,
    b: EndpointId,
}

impl World {
    fn new(overflow: Overflow) -> Self {
        let limits = Limits { max_queue_records: 10_000_000, overflow, ..Limits::default() };
        let router = Router::new(limits);
        let [a, b] = [("a", 1), ("b", 2)].map(|(name, number)| {
            router.name_window(name, ContentsId(number)).unwrap();
            router.connect(ContentsId(number), world_address(number.into(), PAGE), None)
        });
        Self { router, a, b }
    }

    /// Calls of "b" wait for "a", at most as many as one page may have.
    fn calls(&self, count: usize) {
        post_each(&self.router, self.b, (0..count).map(|id| format!("[7,[{id},\"a\"],0,0]")));
    }

    fn messages(&self, from: EndpointId, to: &str, count: usize) {
        post_each(&self.router, from, (0..count).map(|n| format!("[2,\"{to}\",0,{n}]")));
    }
}

fn post_each(router: &Router, from: EndpointId, records: impl Iterator<Item = String>) {
    post(router, from, &format!("[{}]", records.collect::<Vec<_>>().join(",")));
}

/// The first function prepares, and the second is measured.
fn assert_linear(
    what: &str,
    overflow: Overflow,
    prepare: impl Fn(&World, usize),
    measured: impl Fn(&World, usize),
) {
    let steps_of = |count| {
        let world = World::new(overflow);
        prepare(&world, count);
        steps::taken();
        measured(&world, count);
        steps::taken()
    };
    let (few, many) = (steps_of(FEW), steps_of(MANY));
    println!("{what}: {few} steps, {many} steps");
    assert!(many <= MAX_TIMES * few.max(FEW), "{what}: {few}, then {many}");
    assert!(many <= 8 * MANY, "{what}: {many}");
}

fn linear(what: &str, prepare: impl Fn(&World, usize), measured: impl Fn(&World, usize)) {
    assert_linear(what, Overflow::Reject, prepare, measured);
}

#[test]
fn serving_one_service_looks_at_the_calls_of_no_other() {
    // 100 services, so that the number of calls of one grows like all.
    let call = |id: usize, service: usize| format!("[16,[{id},\"a\",\"s{service}\",\"do\"],0,[]]");
    let calls = |world: &World, count: usize| {
        post_each(&world.router, world.b, (0..count).map(|id| call(id, id % 100)));
    };
    linear("each of many services is served", calls, |world, _| {
        (0..100).for_each(|n| post(&world.router, world.a, &format!("[[17,\"s{n}\",0,0]]")));
    });
    linear("one service is served and another not any more", calls, |world, _| {
        let changes = (0..1_000).map(|n| format!("[{},\"s{}\",0,0]", 17 + n % 2, n % 3));
        post_each(&world.router, world.a, changes);
    });
    linear("the document that serves many ends", calls, |world, _| {
        post_each(&world.router, world.a, (0..100).map(|n| format!("[17,\"s{n}\",0,0]")));
        world.router.end_document(ContentsId(1), 1, EndReason::Reloaded);
    });
    linear("nobody serves", calls, |world, _| {
        let _ = world.router.drop_unhandled_requests(world.router.next_request_number(), 1);
    });
    let of_main = |world: &World, count: usize| {
        let call = |id| format!("[16,[{id},0,\"s{}\",\"do\"],0,[]]", id % 100);
        post_each(&world.router, world.b, (0..count).map(call));
    };
    linear("the main process does not serve", of_main, |world, _| {
        let _ = world.router.drop_unhandled_requests(world.router.next_request_number(), 1);
    });
}

#[test]
fn ending_what_waits_is_linear_in_it() {
    linear("the asker reloads", World::calls, |world, _| {
        world.router.end_document(ContentsId(2), 2, EndReason::Reloaded);
    });
    linear("the asker closes", World::calls, |world, _| world.router.close_window(ContentsId(2)));
    linear("the target closes", World::calls, |world, _| world.router.close_window(ContentsId(1)));
    linear("the name goes", World::calls, |world, _| assert!(world.router.unname_window("a")));
    linear("no handler comes", World::calls, |world, _| {
        let _ = world.router.drop_unhandled_requests(world.router.next_request_number(), 1);
    });
}

#[test]
fn aborts_are_linear_in_whatever_order_and_packets_they_come() {
    linear("in one packet, last first", World::calls, |world, count| {
        let aborts = (0..count).rev().map(|id| format!("[9,{id},0,0]"));
        post_each(&world.router, world.b, aborts);
    });
    linear("each alone, last first", World::calls, |world, count| {
        (0..count).rev().for_each(|id| post(&world.router, world.b, &format!("[[9,{id},0,0]]")));
    });
    linear(
        "behind as many messages",
        |world, count| {
            world.messages(world.b, "a", count);
            world.calls(count);
        },
        |world, count| {
            let aborts = (0..count).rev().map(|id| format!("[9,{id},0,0]"));
            post_each(&world.router, world.b, aborts);
        },
    );
}

#[test]
fn unknown_names_are_linear_with_and_without_resolve() {
    let packet = |count| {
        let records = (0..count).map(|n| format!("[2,\"name {n}\",0,0]")).collect::<Vec<_>>();
        format!("[{}]", records.join(","))
    };
    for resolve in [true, false] {
        let what = format!("unknown names, resolve: {resolve}");
        linear(
            &what,
            |world, _| {
                (3..=50).for_each(|n| {
                    add_page(&world.router, &n.to_string(), n);
                });
            },
            |world, count| {
                let packet = packet(count);
                world
                    .router
                    .route_packet(world.b, Lanes::NONE, &packet, Attachments::NONE, resolve)
                    .unwrap();
                steps::add(count);
                drain(&world.router);
            },
        );
    }
}

#[test]
fn lanes_that_go_and_come_are_linear_in_the_queue() {
    linear(
        "a full queue",
        |world, count| {
            world.messages(world.b, "a", count);
            (0..count).for_each(|n| send(&world.router, "a", &n.to_string()).unwrap());
            listen(&world.router, world.a, MESSAGES);
        },
        |world, _| {
            listen(&world.router, world.a, Lanes::FROM_OTHER.bits());
            listen(&world.router, world.a, MESSAGES);
        },
    );
    linear(
        "to a world that has as many later ones of the lane",
        |world, count| {
            listen(&world.router, world.a, MESSAGES);
            world.messages(world.b, "a", count / 2);
            let preload = open_world(&world.router, 1, world_address(1, PRELOAD), MESSAGES);
            world.messages(world.b, "a", count / 2);
            listen(&world.router, preload, MESSAGES);
        },
        |world, _| listen(&world.router, world.a, 0),
    );
}

#[test]
fn a_document_that_ends_hands_its_queue_on_in_linear_time() {
    linear(
        "a full queue of a page",
        |world, count| {
            listen(&world.router, world.a, MESSAGES);
            world.messages(world.b, "a", count);
        },
        |world, _| world.router.end_document(ContentsId(1), 1, EndReason::Reloaded),
    );
}

#[test]
fn drop_oldest_is_linear_whatever_waits_before_the_messages() {
    for kind in ["calls", "answers"] {
        assert_linear(
            kind,
            Overflow::DropOldest,
            |world, count| {
                listen(&world.router, world.a, ALL);
                if kind == "calls" {
                    world.calls(count / 2);
                } else {
                    (0..count as u64 / 2).for_each(|n| assert!(reply(&world.router, world.a, n)));
                }
                world.messages(world.b, "a", count / 2);
                let limits = Limits { max_queue_records: count, ..Limits::default() };
                let overflow = Overflow::DropOldest;
                world.router.set_limits(Limits { overflow, ..limits });
            },
            |world, count| {
                (0..count).for_each(|n| send(&world.router, "a", &n.to_string()).unwrap());
            },
        );
    }
}

#[test]
fn drop_oldest_finds_at_once_that_nothing_may_go() {
    assert_linear(
        "a queue of calls",
        Overflow::DropOldest,
        |world, count| {
            world.calls(count);
            let overflow = Overflow::DropOldest;
            let limits = Limits { max_queue_records: count, overflow, ..Limits::default() };
            world.router.set_limits(limits);
        },
        |world, count| (0..count).for_each(|_| assert!(send(&world.router, "a", "0").is_err())),
    );
}

#[test]
fn conflated_values_are_replaced_in_linear_time_whatever_waits() {
    for keys in [1, 1_000] {
        linear(
            "conflation",
            |world, count| {
                world.messages(world.b, "a", count);
                listen(&world.router, world.a, MESSAGES);
                post(&world.router, world.a, "[[12,[1,\"t\"],0,0]]");
                post(&world.router, world.b, "[[10,[0,\"t\"],0,0],[11,0,0,0]]");
            },
            |world, count| {
                let value = |n| format!("[11,[0,0,0,\"{}\"],0,{n}]", n % keys);
                post_each(&world.router, world.b, (0..count).map(value));
            },
        );
    }
}

#[test]
fn a_value_is_linear_in_its_own_subscribers_and_looks_at_no_others() {
    let subscribe = |world: &World, count: usize, topic: &str| {
        for window in 10..10 + u32::try_from(count).unwrap() {
            let page = open_page(&world.router, window, window.into());
            post(&world.router, page, &format!("[[12,[1,\"{topic}\"],0,0]]"));
        }
    };
    let publish = |world: &World| {
        world.router.name_topic(0, "t").unwrap();
        world.router.publish("0", json("0"), Attachments::NONE).unwrap();
    };
    linear("a value", |world, count| subscribe(world, count, "t"), |world, _| publish(world));
    let world = World::new(Overflow::Reject);
    subscribe(&world, FEW, "u");
    steps::taken();
    publish(&world);
    assert_eq!(steps::taken(), 0, "nobody subscribes to it");
}
