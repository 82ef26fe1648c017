//! The router hands its packets out as one text, because an array for each packet would take longer to make
//! than all else. `js/protocol/exchange.ts` describes it.

use super::{Packet, Router};

/// This character is in no JSON text, not even as white space.
const BEFORE_PACKET: char = '\x1e';

const UNKNOWN_NAMES: char = 'u';

/// The marks before the packets.
#[derive(Clone, Copy, Default)]
struct Marks {
    has_pending_requests: bool,
    more: bool,
    is_clock_due: bool,
}

impl Router {
    /// The next packets, until they have this many bytes of text or nothing more can go.
    #[must_use]
    pub fn hand_out(&self, bytes: usize) -> String {
        let packets = self.next_packets(bytes);
        let length: usize = packets.iter().map(|packet| packet.text.len()).sum();
        let marks = Marks {
            has_pending_requests: self.has_pending_requests(),
            more: length >= bytes,
            is_clock_due: self.is_clock_due(),
        };
        out(&packets, marks)
    }
}

/// Packets, without marks.
#[must_use]
pub fn packets_as_text(packets: &[Packet]) -> String {
    out(packets, Marks::default())
}

/// Names that no window has, in place of all else.
#[must_use]
pub fn names_as_text(names: &[String]) -> String {
    format!("{UNKNOWN_NAMES}{}", serde_json::Value::from(names))
}

fn out(packets: &[Packet], marks: Marks) -> String {
    let marks = [(marks.has_pending_requests, 'w'), (marks.more, 'm'), (marks.is_clock_due, 't')];
    let mut out: String = marks.iter().filter(|mark| mark.0).map(|mark| mark.1).collect();
    for packet in packets {
        out.push(BEFORE_PACKET);
        out.push_str(&packet.contents.0.to_string());
        out.push(',');
        out.push_str(&packet.world_address.number().to_string());
        for slot in &packet.slots {
            out.push(',');
            out.push_str(&slot.to_string());
        }
        out.push_str(&packet.text);
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::super::{ContentsId, EndpointId, Packet, WorldAddress};
    use super::{names_as_text, out, Marks};

    fn packet(example: &Value) -> Packet {
        let number = |at: usize| example[at].as_u64().unwrap();
        let slots = example[2].as_array().unwrap();
        Packet {
            endpoint: EndpointId::MAIN,
            contents: ContentsId(u32::try_from(number(0)).unwrap()),
            world_address: WorldAddress::from_number(number(1)),
            text: example[3].as_str().unwrap().into(),
            slots: slots
                .iter()
                .map(|slot| u32::try_from(slot.as_u64().unwrap()).unwrap())
                .collect(),
        }
    }

    /// JavaScript is tested with the same examples: `__test__/pair/exchange.test.mjs`.
    #[test]
    fn packets_marks_and_names_are_written_as_in_the_examples() {
        let examples: Value =
            serde_json::from_str(include_str!("../../__test__/addon/exchange.json")).unwrap();
        for example in examples["out"].as_array().unwrap() {
            let has = |mark| example["marks"].as_str().unwrap().contains(mark);
            let marks =
                Marks { has_pending_requests: has('w'), more: has('m'), is_clock_due: has('t') };
            let packets: Vec<_> =
                example["packets"].as_array().unwrap().iter().map(packet).collect();
            assert_eq!(out(&packets, marks), example["text"].as_str().unwrap());
        }
        for example in examples["names"].as_array().unwrap() {
            let names = example["names"].as_array().unwrap().iter();
            let names: Vec<_> = names.map(|name| name.as_str().unwrap().to_string()).collect();
            assert_eq!(names_as_text(&names), example["text"].as_str().unwrap());
        }
    }
}
