//! How long packets get.

use proptest::prelude::*;

use super::*;
use crate::router::attachments::SLOT_BYTES;

/// Bounds of a packet of more than one record, in bytes.
const TEXT: usize = 60_000;
const ATTACHED: usize = 1 << 20;

/// A record for window "a": bytes of its payload, and of its attachment if it has one.
fn record() -> impl Strategy<Value = (usize, Option<u32>)> {
    let text = prop_oneof![1..100usize, 5_000..40_000usize, 59_900..60_100usize];
    (text, prop::option::weighted(0.3, 1..700_000u32))
}

/// Sends records with their numbers in them.
fn send_all_of(router: &Router, records: &[(usize, Option<u32>)]) {
    for (n, (length, attached)) in (0..).zip(records) {
        let payload = format!("[{n},\"{}\"]", "x".repeat(*length));
        let (form, sizes) = attached.map_or((0, vec![]), |size| (2, vec![size]));
        let attachments = Attachments { first_slot: n, sizes: &sizes };
        router.send("a", Payload { form, json: &payload }, attachments).unwrap();
    }
}

/// The number of a record, and the bytes of its text.
fn numbered(record: &RawValue) -> (u32, usize) {
    let (_, _, (number, _)): (u8, u8, (u32, &str)) = serde_json::from_str(record.get()).unwrap();
    (number, record.get().len())
}

/// The records of a packet for window "a"; its slots are their numbers.
fn contents(packet: &Packet) -> Vec<(u32, usize)> {
    let records: Vec<&RawValue> = serde_json::from_str(&packet.text).unwrap();
    records.into_iter().map(numbered).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    /// No packet of more than one record is longer than the bounds, and none ends while the next
    /// record still fits; nothing is lost or reordered.
    #[test]
    fn packets_are_as_long_as_they_may_be(records in prop::collection::vec(record(), 1..30), looked_through: bool) {
        let (router, page) = with_page("a");
        send_all_of(&router, &records);
        if looked_through {
            // The records that leave are searched among those that stay.
            listen(&router, page, Lanes::FROM_MAIN.bits());
        }
        let packets: Vec<_> = packets(&router).collect();
        let attached = |n: u32| records[n as usize].1.map_or(0, |size| size as usize + SLOT_BYTES);
        for (at, packet) in packets.iter().enumerate() {
            let records = contents(packet);
            let bytes: usize = records.iter().map(|(n, _)| attached(*n)).sum();
            let fits = packet.text.len() <= TEXT && bytes <= ATTACHED;
            prop_assert!(records.len() == 1 || fits);
            if let Some((next, text)) = packets.get(at + 1).map(|next| contents(next)[0]) {
                let with_next = (packet.text.len() + 1 + text, bytes + attached(next));
                prop_assert!(with_next.0 > TEXT || with_next.1 > ATTACHED, "{:?}", with_next);
            }
        }
        let arrived = packets.iter().flat_map(contents).map(|(n, _)| n);
        prop_assert!(arrived.eq(0..u32::try_from(records.len()).unwrap()));
        let slots = (0..).zip(&records).filter(|(_, (_, attached))| attached.is_some());
        prop_assert!(packets.iter().flat_map(|it| &it.slots).copied().eq(slots.map(|(n, _)| n)));
    }
}
