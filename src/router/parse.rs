//! Cuts a packet that arrives into its records.

use std::borrow::Cow;

use serde_json::value::RawValue;

use super::deadlines::Timeout;
use super::error::shortened;
use super::record::Payload;
use super::services::Invocation;
use super::{Kind, RequestNumber, RouterError};

/// A record as a window sent it: `[kind, address, form, payload]`.
pub(super) struct Incoming<'a> {
    pub(super) target: Target<'a>,
    /// The address as it came, for nacks.
    pub(super) address_json: &'a str,
    pub(super) payload: Payload<'a>,
}

pub(super) enum Target<'a> {
    /// The main process, which answers under this request id, in this time.
    Main(u64, Timeout),
    /// The window of this name.
    Window(Cow<'a, str>),
    /// The window of this name, which is to answer under this id, in this time.
    Call(u64, Timeout, Cow<'a, str>),
    /// The asker of the call of this number: a value (true) or an error for it.
    Answer(RequestNumber, bool),
    /// The endpoint that has the sender's request of this id.
    Abort(u64),
    /// Gives a topic this number, to publish under it.
    Name(u64, Cow<'a, str>),
    /// Subscribes to a topic under this number.
    Subscribe(u64, Cow<'a, str>),
    /// Ends the subscription of this number.
    Unsubscribe(u64),
    /// The subscribers of a topic.
    Publish(PublishTarget<'a>),
    /// A method of a service.
    Invoke(InvokeTarget<'a>),
    /// The sender serves this service from now on, or no more.
    Service(ServiceChange<'a>),
}

/// Whose service is asked, and how its answer finds the asker.
#[derive(Debug)]
pub(super) struct InvokeTarget<'a> {
    pub(super) id: u64,
    pub(super) timeout: Timeout,
    /// `None` for the main process.
    pub(super) window: Option<Cow<'a, str>>,
    pub(super) method: Invocation<'a>,
}

/// The name of a service, and whether the sender serves it from now on.
pub(super) type ServiceChange<'a> = (Cow<'a, str>, bool);

/// Where a value is published, and how.
#[derive(Debug, Default)]
pub(super) struct PublishTarget<'a> {
    /// The number that its publisher gave the topic.
    pub(super) number: u64,
    /// Windows, if not all that subscribe get it.
    pub(super) to: Option<Vec<Cow<'a, str>>>,
    /// Whether the topic retains it.
    pub(super) retain: bool,
    /// Its key, if it replaces what waits with the same key.
    pub(super) key: Option<Cow<'a, str>>,
}

impl Incoming<'_> {
    /// Whether it is a message to the same window as another: their addresses are the same text.
    pub(super) fn is_message_like(&self, other: &Self) -> bool {
        matches!(self.target, Target::Window(_))
            && matches!(other.target, Target::Window(_))
            && self.address_json == other.address_json
    }
}

impl Target<'_> {
    /// The names of windows that it has, if a record waits for them.
    pub(super) fn window_names(&self) -> &[Cow<'_, str>] {
        match self {
            Self::Window(name) | Self::Call(.., name) => std::slice::from_ref(name),
            Self::Invoke(target) => target.window.as_slice(),
            Self::Main(..)
            | Self::Answer(..)
            | Self::Abort(_)
            | Self::Name(..)
            | Self::Subscribe(..)
            | Self::Unsubscribe(_)
            | Self::Service(_)
            // A window that is opened now does not subscribe yet.
            | Self::Publish(_) => &[],
        }
    }
}

type Raw<'a> = (u8, &'a RawValue, u32, &'a RawValue);

/// Records in one packet. Pages send some hundred at most.
pub(super) const MAX_RECORDS: usize = 100_000;

/// Attachments in one packet.
pub(super) const MAX_ATTACHMENTS: usize = 262_144;

/// Bytes of the shortest record, with a comma: `[9,1,0,0],`.
const SHORTEST_RECORD: usize = 10;

/// Whether a text has more records than a packet may. The search ends at the first record beyond, and
/// takes no memory.
fn has_too_many_records(text: &str) -> bool {
    if text.len() < MAX_RECORDS * SHORTEST_RECORD {
        return false;
    }
    let (mut records, mut depth, mut in_string, mut escaped) = (0, 0_usize, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_string,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'[' | b'{' => {
                depth += 1;
                records += usize::from(depth == 2);
                if records > MAX_RECORDS {
                    return true;
                }
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}

/// The records of a packet that arrived, each with a valid target.
pub(super) struct ParsedPacket<'a>(Vec<Raw<'a>>);

/// Splits a packet into records. Payloads are checked to be JSON and kept as text. They are not parsed.
pub(super) fn parse_packet(text: &str) -> Result<ParsedPacket<'_>, RouterError> {
    if text.is_empty() {
        return Ok(ParsedPacket(Vec::new()));
    }
    if has_too_many_records(text) {
        return Err(bad(format!("it has more than {MAX_RECORDS} records")));
    }
    let records: Vec<Raw<'_>> =
        serde_json::from_str(text).map_err(|error| bad(error.to_string()))?;
    for (kind, address, ..) in &records {
        target(*kind, address.get())?;
    }
    Ok(ParsedPacket(records))
}

impl<'a> ParsedPacket<'a> {
    pub(super) fn records(&self) -> impl Iterator<Item = Incoming<'a>> + '_ {
        // `parse_packet` has rejected invalid targets. To look at an address twice costs less than to
        // keep its parts.
        self.0.iter().filter_map(|&(kind, address, form, payload)| {
            let address_json = address.get();
            let target = target(kind, address_json).ok()?;
            let payload = Payload { form, json: payload.get() };
            Some(Incoming { target, address_json, payload })
        })
    }

    /// The services that the sender serves from now on, or no more, in order.
    pub(super) fn service_changes(&self) -> impl Iterator<Item = ServiceChange<'a>> + '_ {
        let changes = self.0.iter().filter(|(kind, ..)| matches!(*kind, SERVE | UNSERVE));
        changes.filter_map(|(kind, address, ..)| match target(*kind, address.get()).ok()? {
            Target::Service(change) => Some(change),
            _ => None,
        })
    }

    /// How many attachments the records name.
    pub(super) fn attachment_count(&self) -> usize {
        let payloads = self.0.iter().map(|&(_, _, form, json)| Payload { form, json: json.get() });
        payloads.map(|payload| payload.attachment_count()).sum()
    }
}

const SERVE: u8 = Kind::Serve as u8;
const UNSERVE: u8 = Kind::Unserve as u8;

pub(super) fn target(kind: u8, address: &str) -> Result<Target<'_>, RouterError> {
    const REQUEST: u8 = Kind::Request as u8;
    const MESSAGE: u8 = Kind::Message as u8;
    const CALL: u8 = Kind::Call as u8;
    const ANSWER: u8 = Kind::Answer as u8;
    const ABORT: u8 = Kind::Abort as u8;
    const NAME: u8 = Kind::Name as u8;
    const PUBLISH: u8 = Kind::Publish as u8;
    const SUBSCRIBE: u8 = Kind::Subscribe as u8;
    const UNSUBSCRIBE: u8 = Kind::Unsubscribe as u8;
    const INVOKE: u8 = Kind::Invoke as u8;
    match kind {
        REQUEST => {
            let (id, timeout) = asked(address)?;
            Ok(Target::Main(id, timeout))
        }
        MESSAGE => Ok(Target::Window(window_name(address)?)),
        CALL => {
            let (ask, name) = pair(address)?;
            let (id, timeout) = asked(ask)?;
            Ok(Target::Call(id, timeout, window_name(name)?))
        }
        ANSWER => {
            let (number, ok) = pair(address)?;
            Ok(Target::Answer(RequestNumber::from_number(request_id(number)?), ok == "1"))
        }
        ABORT => Ok(Target::Abort(request_id(address)?)),
        NAME => named_topic(address).map(|(number, topic)| Target::Name(number, topic)),
        SUBSCRIBE => named_topic(address).map(|(number, topic)| Target::Subscribe(number, topic)),
        UNSUBSCRIBE => Ok(Target::Unsubscribe(topic_number(address)?)),
        PUBLISH => Ok(Target::Publish(publish_target(address)?)),
        INVOKE => Ok(Target::Invoke(invoke_target(address)?)),
        SERVE | UNSERVE => Ok(Target::Service((service_name(address)?, kind == SERVE))),
        _ => Err(bad(format!("a window cannot send records of kind {kind}"))),
    }
}

/// `[number,"topic"]`
fn named_topic(address: &str) -> Result<(u64, Cow<'_, str>), RouterError> {
    let (number, topic) = pair(address)?;
    let topic = text(topic).ok_or_else(|| bad(format!("{} is no topic", shortened(topic))))?;
    Ok((topic_number(number)?, topic))
}

fn topic_number(number: &str) -> Result<u64, RouterError> {
    let number_of = number.parse().ok().filter(|&number| number < 1 << 53);
    number_of.ok_or_else(|| bad(format!("{} is no number of a topic", shortened(number))))
}

/// `number`, or with options `[number,to,retain,key]`: `to` is an array of windows' names or 0,
/// `retain` 1 or 0, `key` a string or 0.
pub(super) fn publish_target(address: &str) -> Result<PublishTarget<'_>, RouterError> {
    if !address.starts_with('[') {
        return Ok(PublishTarget { number: topic_number(address)?, ..PublishTarget::default() });
    }
    let wrong = || bad(format!("{} is no address of a published value", shortened(address)));
    let [number, to, retain, key] = members(address).ok_or_else(wrong)?;
    let to = match to {
        "0" => None,
        names => Some(names_of(names).ok_or_else(wrong)?),
    };
    let key = match key {
        "0" => None,
        key => Some(text(key).ok_or_else(wrong)?),
    };
    let retain = matches!(retain, "0" | "1").then_some(retain == "1").ok_or_else(wrong)?;
    Ok(PublishTarget { number: topic_number(number)?, to, retain, key })
}

fn names_of(json: &str) -> Option<Vec<Cow<'_, str>>> {
    let names: Vec<&RawValue> = serde_json::from_str(json).ok()?;
    names.into_iter().map(|name| text(name.get())).collect()
}

/// `[ask,target,"service","method"]`: `target` is the name of a window, or 0 for the main process.
pub(super) fn invoke_target(address: &str) -> Result<InvokeTarget<'_>, RouterError> {
    let wrong = || bad(format!("{} is no address of a method", shortened(address)));
    let [ask, target, service_json, method_json] = members(address).ok_or_else(wrong)?;
    let (id, timeout) = asked(ask)?;
    let window = match target {
        "0" => None,
        name => Some(window_name(name)?),
    };
    if !method_json.starts_with('"') {
        return Err(wrong());
    }
    let method = Invocation { service: service_name(service_json)?, service_json, method_json };
    Ok(InvokeTarget { id, timeout, window, method })
}

pub(super) fn service_name(address: &str) -> Result<Cow<'_, str>, RouterError> {
    text(address).ok_or_else(|| bad(format!("{} is no name of a service", shortened(address))))
}

/// A request's id as a page gives it: alone, or in an array with the time limit.
fn asked(ask: &str) -> Result<(u64, Timeout), RouterError> {
    if !ask.starts_with('[') {
        return Ok((request_id(ask)?, None));
    }
    let (id, timeout) = pair(ask)?;
    Ok((request_id(id)?, Some(timeout_ms(timeout)?)))
}

/// A time limit. JavaScript's timers cannot wait longer than 2^31 - 1 ms.
fn timeout_ms(timeout: &str) -> Result<u32, RouterError> {
    let ms = timeout.parse().ok().filter(|&ms| ms < 1 << 31);
    ms.ok_or_else(|| bad(format!("its timeoutMs {timeout} is no integer below 2^31")))
}

/// Ids pass through JavaScript, which holds integers exactly up to 2^53 - 1.
fn request_id(address: &str) -> Result<u64, RouterError> {
    let id = address.parse().ok().filter(|&id| id < 1 << 53);
    id.ok_or_else(|| bad(format!("{address} is no request id")))
}

/// An address of two parts.
fn pair(address: &str) -> Result<(&str, &str), RouterError> {
    let [first, second] = members(address)
        .ok_or_else(|| bad(format!("{} is no address of two parts", shortened(address))))?;
    Ok((first, second))
}

/// The members of an array of `N`. An address was parsed with its packet and is known to be JSON, so
/// that its shape is enough. To parse it once more takes 0.1 us.
pub(super) fn members<const N: usize>(json: &str) -> Option<[&str; N]> {
    let inside = json.strip_prefix('[')?.strip_suffix(']')?;
    let mut members = [""; N];
    let (mut count, mut start, mut depth) = (0, 0, 0_usize);
    let mut bytes = inside.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => skip_string(&mut bytes)?,
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.checked_sub(1)?,
            b',' if depth == 0 => {
                *members.get_mut(count)? = inside[start..at].trim_ascii();
                (count, start) = (count + 1, at + 1);
            }
            _ => {}
        }
    }
    *members.get_mut(count)? = inside[start..].trim_ascii();
    (count + 1 == N).then_some(members)
}

/// Goes behind the end of a string that has begun.
fn skip_string(bytes: &mut impl Iterator<Item = (usize, u8)>) -> Option<()> {
    loop {
        match bytes.next()?.1 {
            b'"' => return Some(()),
            b'\\' => drop(bytes.next()?),
            _ => {}
        }
    }
}

pub(super) fn window_name(address: &str) -> Result<Cow<'_, str>, RouterError> {
    text(address).ok_or_else(|| bad(format!("{address} is no window name")))
}

/// A string. Most names have no escapes and are borrowed from the packet.
pub(super) fn text(address: &str) -> Option<Cow<'_, str>> {
    let quoted = address.strip_prefix('"').and_then(|name| name.strip_suffix('"'));
    // A whole JSON value that begins with a quote is one string.
    if let Some(name) = quoted.filter(|name| !name.contains('\\')) {
        return Some(name.into());
    }
    match serde_json::from_str::<String>(address) {
        Ok(name) => Some(name.into()),
        // A string with lone surrogates, which no Rust string can hold. No window has that name, and
        // the other records of the packet are routed.
        Err(_) => address.starts_with('"').then(|| address.into()),
    }
}

fn bad(reason: String) -> RouterError {
    RouterError::BadPacket { reason }
}
