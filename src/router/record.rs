//! Records as they wait: text that is ready to be joined into a frame.

use std::fmt::Write as _;
use std::sync::Arc;

use super::attachment::Attached;
use super::lane::Lanes;
use super::{EndpointId, RouterError};

/// The kinds of records, the numbers of `js/protocol/protocol.ts`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// Window to main, wants an answer.
    Request = 1,
    /// Window to window, on its way up.
    Message = 2,
    /// Main to window.
    FromMain = 3,
    /// Window to window, on its way down.
    FromOther = 4,
    /// The answer to a request.
    Reply = 5,
    /// What became of a refused request or message.
    Nack = 6,
}

/// A message's value, encoded: never looked into here.
#[derive(Clone, Copy, Debug)]
pub struct Payload<'a> {
    /// 0 for plain JSON, 1 + n for the codec's rich form with n attachments.
    pub form: u32,
    /// JSON text.
    pub json: &'a str,
}

impl Payload<'_> {
    pub(super) fn attachment_count(&self) -> usize {
        self.form.saturating_sub(1) as usize
    }
}

/// One record in a queue.
#[derive(Clone, Debug)]
pub(super) struct Record {
    /// JSON text of the whole record, shared between copies for several worlds.
    pub(super) text: Arc<str>,
    pub(super) attached: Attached,
    /// The single lane that must be listened to, or none.
    pub(super) lane: Lanes,
    /// How many endpoints were given this record.
    pub(super) copies: u8,
}

impl Record {
    fn new(lane: Lanes, text: String, attached: Attached) -> Self {
        Self { text: text.into(), attached, lane, copies: 1 }
    }

    pub(super) fn bytes(&self) -> usize {
        self.text.len() + self.attached.bytes()
    }

    /// `[Request, endpoint, sender, requestId, form, payload]`, to the main process;
    /// `sender_json` is a JSON string or null.
    pub(super) fn request(
        (from, sender_json): (EndpointId, &str),
        id: u64,
        p: Payload<'_>,
        attached: Attached,
    ) -> Self {
        let (kind, from, form) = (Kind::Request as u8, from.number(), p.form);
        let head = format_args!("[{kind},{from},{sender_json},{id},{form},");
        Self::new(Lanes::REQUESTS, with_payload(head, p.json), attached)
    }

    /// `[FromMain, form, payload]`
    pub(super) fn from_main(p: Payload<'_>, attached: Attached) -> Self {
        let head = format_args!("[{},{},", Kind::FromMain as u8, p.form);
        Self::new(Lanes::FROM_MAIN, with_payload(head, p.json), attached)
    }

    /// `[FromOther, sender, form, payload]`; `sender_json` is a JSON string or null.
    pub(super) fn from_other(sender_json: &str, p: Payload<'_>, attached: Attached) -> Self {
        let head = format_args!("[{},{sender_json},{},", Kind::FromOther as u8, p.form);
        Self::new(Lanes::FROM_OTHER, with_payload(head, p.json), attached)
    }

    /// `[Reply, requestId, 1 or 0, form, payload]`
    pub(super) fn reply(id: u64, ok: bool, p: Payload<'_>, attached: Attached) -> Self {
        let head = format_args!("[{},{id},{},{},", Kind::Reply as u8, u8::from(ok), p.form);
        Self::new(Lanes::NONE, with_payload(head, p.json), attached)
    }

    /// `[Nack, requestId or "target", code, reason]`; `address_json` is the record's own.
    pub(super) fn nack(address_json: &str, error: &RouterError) -> Self {
        let head = format_args!("[{},{address_json},\"{}\",", Kind::Nack as u8, error.code());
        Self::new(Lanes::NONE, with_payload(head, &json_string(&error.to_string())), Attached::NONE)
    }
}

pub(super) fn json_string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn with_payload(head: std::fmt::Arguments<'_>, payload: &str) -> String {
    /// Room for the longest head without a name, so that most records allocate once.
    const HEAD: usize = 64;
    let mut text = String::with_capacity(payload.len() + HEAD);
    // Writing to a String cannot fail.
    let _ = text.write_fmt(head);
    text.push_str(payload);
    text.push(']');
    text
}
