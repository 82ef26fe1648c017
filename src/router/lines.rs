//! The lines of an exchange, and what they say. `js/protocol/exchange.ts` describes them.

use std::iter::Zip;
use std::ops::RangeFrom;
use std::str::SplitTerminator;

use serde_json::value::RawValue;
use serde_json::Deserializer;

use super::record::Payload;
use super::{Attachments, EndpointId, RouterError};

/// A line, and the attachments that the line before it names.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    /// From 1.
    number: usize,
    attached: &'a str,
    text: &'a str,
}

/// The kind of a line, by its first character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// A message. Most lines are, so they have no mark.
    Message,
    /// A message whose rejection is the error of the exchange.
    Checked,
    Call,
    Window,
    Answer,
    Cancel,
    /// A record as a window sends it.
    Own,
}

impl Mark {
    /// Whether such a line is for the window that a line before it names.
    pub(super) fn is_for_window(self) -> bool {
        matches!(self, Self::Message | Self::Checked | Self::Call)
    }

    fn what(self) -> &'static str {
        match self {
            Self::Message | Self::Checked => "message",
            Self::Call => "call",
            Self::Window => "window",
            Self::Answer => "answer",
            Self::Cancel => "cancellation",
            Self::Own => "record",
        }
    }
}

/// The lines of a text, each with the attachments that are named before it.
pub(super) struct Lines<'a>(Zip<RangeFrom<usize>, SplitTerminator<'a, char>>);

impl<'a> Lines<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self((1..).zip(text.split_terminator('\n')))
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    #[inline]
    fn next(&mut self) -> Option<Line<'a>> {
        let (number, text) = self.0.next()?;
        let Some(attached) = text.strip_prefix(ATTACHMENTS) else {
            return Some(Line { number, attached: "", text });
        };
        let (number, text) = self.0.next().unwrap_or((number + 1, ""));
        Some(Line { number, attached, text })
    }
}

/// The last lines, which are about the packet behind them, and the lines before these.
pub(super) struct BeforePacket<'a> {
    pub(super) lines: &'a str,
    /// Whether names that no window has come back before anything is done.
    pub(super) resolve: bool,
    attached: &'a str,
}

impl<'a> BeforePacket<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let (lines, attached) = cut_last(text, |last| last.strip_prefix(ATTACHMENTS));
        let (lines, resolve) = cut_last(lines, |last| (last == RESOLVE).then_some(last));
        Self { lines, resolve: resolve.is_some(), attached: attached.unwrap_or_default() }
    }

    pub(super) fn attachments(&self) -> Result<Slots, RouterError> {
        Slots::parse(self.attached).ok_or_else(|| bad("its attachments have no slots".into()))
    }
}

/// Takes the last line off, if it is wanted.
fn cut_last<'a>(
    text: &'a str,
    wanted: impl FnOnce(&'a str) -> Option<&'a str>,
) -> (&'a str, Option<&'a str>) {
    let (before, last) = text.rsplit_once('\n').unwrap_or(("", text));
    match wanted(last) {
        Some(last) => (before, Some(last)),
        None => (text, None),
    }
}

/// Consecutive slots, and the bytes in each.
pub(super) struct Slots {
    first: u32,
    sizes: Vec<u32>,
}

impl Slots {
    /// `first,bytes,bytes`, or nothing.
    fn parse(list: &str) -> Option<Self> {
        if list.is_empty() {
            return Some(Self { first: 0, sizes: Vec::new() });
        }
        let (first, sizes) = list.split_once(',')?;
        let sizes = sizes.split(',').map(|size| size.parse().ok());
        Some(Self { first: first.parse().ok()?, sizes: sizes.collect::<Option<_>>()? })
    }

    pub(super) fn attachments(&self) -> Attachments<'_> {
        Attachments { first_slot: self.first, sizes: &self.sizes }
    }
}

/// The answer that a line is.
pub(super) struct Answer<'a> {
    pub(super) to: EndpointId,
    pub(super) id: u64,
    pub(super) ok: bool,
    pub(super) payload: Payload<'a>,
}

impl<'a> Line<'a> {
    #[inline]
    pub(super) fn mark(self) -> Mark {
        match self.text.as_bytes().first() {
            Some(b'!') => Mark::Checked,
            Some(b'?') => Mark::Call,
            Some(b'>') => Mark::Window,
            Some(b'=') => Mark::Answer,
            Some(b'-') => Mark::Cancel,
            Some(b'^') => Mark::Own,
            _ => Mark::Message,
        }
    }

    pub(super) fn attachments(self) -> Result<Slots, RouterError> {
        Slots::parse(self.attached).ok_or_else(|| self.bad())
    }

    /// The name of a window, as JSON.
    pub(super) fn name_json(self) -> &'a str {
        self.behind_mark()
    }

    #[inline]
    pub(super) fn has_attachments(self) -> bool {
        !self.attached.is_empty()
    }

    #[inline]
    pub(super) fn message(self) -> Result<Payload<'a>, RouterError> {
        payload(self.text).ok_or_else(|| self.bad())
    }

    pub(super) fn checked(self) -> Result<Payload<'a>, RouterError> {
        payload(self.behind_mark()).ok_or_else(|| self.bad())
    }

    /// The id of a call, or of the call that is canceled, and the payload.
    pub(super) fn call(self) -> Result<(u64, Payload<'a>), RouterError> {
        let parts = self.behind_mark().split_once(',');
        let parts = parts.and_then(|(id, rest)| Some((id.parse().ok()?, payload(rest)?)));
        parts.ok_or_else(|| self.bad())
    }

    /// The kind of a record of the main process itself, its address as JSON, and its payload.
    pub(super) fn own(self) -> Result<(u8, &'a str, Payload<'a>), RouterError> {
        self.parts_of_own().ok_or_else(|| self.bad())
    }

    pub(super) fn answer(self) -> Result<Answer<'a>, RouterError> {
        self.parts_of_answer().ok_or_else(|| self.bad())
    }

    /// Whether it answers the same endpoint as another answer.
    pub(super) fn is_to_same(self, other: Line<'_>) -> bool {
        let to = other.text.find(',').map_or(other.text, |end| &other.text[..=end]);
        self.text.starts_with(to)
    }

    pub(super) fn bad(self) -> RouterError {
        bad(format!("line {} is no {}", self.number, self.mark().what()))
    }

    pub(super) fn without_window(self) -> RouterError {
        bad(format!("line {} is for no window", self.number))
    }

    fn parts_of_answer(self) -> Option<Answer<'a>> {
        let (endpoint, rest) = self.behind_mark().split_once(',')?;
        let (id, rest) = rest.split_once(',')?;
        let (ok, rest) = rest.split_once(',')?;
        let to = EndpointId::from_number(endpoint.parse().ok()?);
        let ok = match ok {
            "0" => false,
            "1" => true,
            _ => return None,
        };
        Some(Answer { to, id: id.parse().ok()?, ok, payload: payload(rest)? })
    }

    fn parts_of_own(self) -> Option<(u8, &'a str, Payload<'a>)> {
        let (kind, rest) = self.behind_mark().split_once(',')?;
        let mut values = Deserializer::from_str(rest).into_iter::<&RawValue>();
        let address = values.next()?.ok()?.get();
        let rest = rest[values.byte_offset()..].strip_prefix(',')?;
        Some((kind.parse().ok()?, address, payload(rest)?))
    }

    fn behind_mark(self) -> &'a str {
        &self.text[1..]
    }
}

/// Names the attachments of what is behind it.
const ATTACHMENTS: char = '@';
const RESOLVE: &str = "~";

/// `form,payload`
#[inline]
fn payload(text: &str) -> Option<Payload<'_>> {
    let (form, json) = text.split_once(',')?;
    let form = match form {
        "0" => 0,
        "1" => 1,
        other if other.starts_with(|first| ('1'..='9').contains(&first)) => other.parse().ok()?,
        _ => return None,
    };
    (!json.is_empty()).then_some(Payload { form, json })
}

fn bad(reason: String) -> RouterError {
    RouterError::BadPacket { reason }
}
