//! Many records of the main process in one call: lines of text, for to cross from JavaScript costs
//! more than to route. JSON text as `JSON.stringify` writes it has no line breaks.

use super::attachment::Shared;
use super::record::{json_string, Record};
use super::{EndpointId, Payload, Router, RouterError};

/// What a window's queue would let in now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Messages.
    pub records: usize,
    /// Bytes of their records: `[3,form,payload]` in UTF-8, and attachments.
    pub bytes: usize,
}

impl Router {
    /// How much may be sent to a window before its queue is at a bound. Where several worlds
    /// listen, each is to get its copy.
    ///
    /// # Errors
    /// [`RouterError::UnknownWindow`].
    pub fn room(&self, name: &str) -> Result<Room, RouterError> {
        Ok(self.known_window(name)?.room(&self.limits()))
    }

    /// Sends messages from the main process to a window, one a line: `form,payload`, without
    /// attachments. The same as to send each, except that the main process is told of those that
    /// are refused as of those that are given up.
    ///
    /// # Errors
    /// [`RouterError::UnknownWindow`]; [`RouterError::BadFrame`] for the first line that is no
    /// message, which stops no other.
    pub fn send_all(&self, name: &str, lines: &str) -> Result<(), RouterError> {
        let Some(window) = self.window_named(name) else {
            return Err(self.unknown(name, each(lines).count() as u64));
        };
        let mut bad = FirstBad::default();
        let mut messages = each(lines).filter_map(|line| bad.keep(line.message()));
        window.push_all(&mut messages, &self.limits(), &mut |error| {
            self.undelivered.note(EndpointId::MAIN, json_string(name).into(), error, 1);
        });
        drop(messages);
        bad.into_result()
    }

    /// Answers requests, one a line: `endpoint,id,ok,form,payload`, without attachments; `ok` is 1
    /// or 0. The same as to reply to each; what is for a document that is gone goes nowhere.
    ///
    /// # Errors
    /// [`RouterError::BadFrame`] for the first line that is no reply, which stops no other.
    pub fn reply_all(&self, lines: &str) -> Result<(), RouterError> {
        let mut bad = FirstBad::default();
        let replies = each(lines).filter_map(|line| bad.keep(line.reply()));
        let mut replies = replies.peekable();
        while let Some((to, first)) = replies.next() {
            let rest = std::iter::from_fn(|| replies.next_if(|(next, _)| *next == to));
            let mut records = std::iter::once(first).chain(rest.map(|(_, record)| record));
            self.tell_all(to, &mut records);
        }
        drop(replies);
        bad.into_result()
    }
}

/// A line and its number, from 1.
#[derive(Clone, Copy)]
struct Line<'a>(usize, &'a str);

fn each(lines: &str) -> impl Iterator<Item = Line<'_>> {
    (1..).zip(lines.split_terminator('\n')).map(|(number, line)| Line(number, line))
}

impl Line<'_> {
    fn message(self) -> Result<Record, RouterError> {
        let payload = payload(self.1).ok_or_else(|| self.is_no("message"))?;
        Ok(Record::from_main(payload, Shared::NOTHING))
    }

    fn reply(self) -> Result<(EndpointId, Record), RouterError> {
        self.parts_of_reply().ok_or_else(|| self.is_no("reply"))
    }

    fn parts_of_reply(self) -> Option<(EndpointId, Record)> {
        let (endpoint, rest) = self.1.split_once(',')?;
        let (id, rest) = rest.split_once(',')?;
        let (ok, rest) = rest.split_once(',')?;
        let endpoint = EndpointId::from_number(endpoint.parse().ok()?);
        let reply = Record::reply(id.parse().ok()?, bit(ok)?, payload(rest)?, Shared::NOTHING);
        Some((endpoint, reply))
    }

    fn is_no(self, what: &str) -> RouterError {
        RouterError::BadFrame { reason: format!("line {} is no {what}", self.0) }
    }
}

/// `form,payload`; without attachments, the form is 0 or 1.
fn payload(text: &str) -> Option<Payload<'_>> {
    let (form, json) = text.split_once(',')?;
    let form = bit(form)?.into();
    (!json.is_empty()).then_some(Payload { form, json })
}

fn bit(text: &str) -> Option<bool> {
    match text {
        "0" => Some(false),
        "1" => Some(true),
        _ => None,
    }
}

/// The first of the errors on the way through the lines.
#[derive(Default)]
struct FirstBad(Option<RouterError>);

impl FirstBad {
    fn keep<T>(&mut self, result: Result<T, RouterError>) -> Option<T> {
        result.map_err(|error| self.0.get_or_insert(error)).ok()
    }

    fn into_result(self) -> Result<(), RouterError> {
        self.0.map_or(Ok(()), Err)
    }
}
