//! Many records of the main process in one call, as lines of text: to cross from JavaScript costs
//! more than to route. JSON text as `JSON.stringify` writes it has no line breaks.

use std::iter::Peekable;

use super::attachments::Shared;
use super::calls::Ask;
use super::parse::window_name;
use super::record::Record;
use super::{ContentsId, EndpointId, Payload, Router, RouterError};

impl Router {
    /// Routes records of the main process without attachments, one line for each:
    ///
    /// - `>"name"`: the messages of the next lines are for that window
    /// - `form,payload`: a message
    /// - `=endpoint,id,ok,form,payload`: the answer to a request; `ok` is 1 or 0
    ///
    /// The effect is that of `send` and `answer` for each line, in this order, but for rejected
    /// messages: the main process gets nacks for them, as for dropped messages. An answer to a document
    /// that has ended goes nowhere.
    ///
    /// # Errors
    /// The first of [`RouterError::UnknownWindow`], and [`RouterError::BadPacket`] for a malformed line.
    /// Neither stops another line.
    pub fn route_lines(&self, lines: &str) -> Result<(), RouterError> {
        let mut errors = FirstError::default();
        let lines = &mut (1..).zip(lines.split_terminator('\n')).map(Line::new).peekable();
        while let Some(line) = lines.next() {
            match line.mark() {
                Some(WINDOW) => self.take_messages(line, lines, &mut errors),
                Some(ANSWER) => self.take_answers(line, lines, &mut errors),
                _ => drop(errors.keep::<()>(Err(line.bad_line("message to a window")))),
            }
        }
        errors.into_result()
    }

    fn take_messages<'a>(
        &self,
        first: Line<'a>,
        lines: &mut Peekable<impl Iterator<Item = Line<'a>>>,
        errors: &mut FirstError,
    ) {
        let messages = std::iter::from_fn(|| lines.next_if(|line| line.mark().is_none()));
        let address_json = &first.text[1..];
        let Some(name) = errors.keep(window_name(address_json)) else {
            return messages.for_each(drop);
        };
        let note = |error, count| {
            self.undelivered.note(EndpointId::MAIN, address_json.into(), error, count);
        };
        let Some(window) = self.window_named(&name) else {
            let count = messages.count() as u64;
            match self.no_window(&name, count) {
                ended @ RouterError::TargetEnded(_) => note(ended, count),
                unknown => drop(errors.keep::<()>(Err(unknown))),
            }
            return;
        };
        let mut records = messages.filter_map(|line| errors.keep(line.message()));
        window
            .push_all(ContentsId::MAIN, &mut records, &self.limits(), &mut |error| note(error, 1));
    }

    /// `first`: the first of several answers in a row to one endpoint.
    fn take_answers<'a>(
        &self,
        first: Line<'a>,
        lines: &mut Peekable<impl Iterator<Item = Line<'a>>>,
        errors: &mut FirstError,
    ) {
        let more = std::iter::from_fn(|| lines.next_if(|line| line.is_to_same(first)));
        let answers = std::iter::once(first).chain(more);
        let close = |(asker, record): (EndpointId, Record)| {
            let id = record.answers();
            id.map(|id| self.open_requests.close(Ask { asker, id }));
            (asker, record)
        };
        let mut answers = answers.filter_map(|line| errors.keep(line.answer())).map(close);
        let Some((to, first)) = answers.next() else { return };
        let rest = answers.map(|(_, record)| record);
        self.push_answers(to, &mut std::iter::once(first).chain(rest));
    }
}

/// The first characters of lines that are no messages.
const WINDOW: char = '>';
const ANSWER: char = '=';

/// A line and its number, from 1.
#[derive(Clone, Copy)]
struct Line<'a> {
    number: usize,
    text: &'a str,
}

impl<'a> Line<'a> {
    fn new((number, text): (usize, &'a str)) -> Self {
        Self { number, text }
    }

    fn mark(self) -> Option<char> {
        self.text.chars().next().filter(|&first| first == WINDOW || first == ANSWER)
    }

    fn message(self) -> Result<Record, RouterError> {
        let payload = payload(self.text).ok_or_else(|| self.bad_line("message"))?;
        Ok(Record::from_main(payload, Shared::NOTHING))
    }

    fn is_to_same(self, other: Line<'_>) -> bool {
        let to = other.text.find(',').map_or(other.text, |end| &other.text[..=end]);
        self.text.starts_with(to)
    }

    fn answer(self) -> Result<(EndpointId, Record), RouterError> {
        self.parts_of_answer().ok_or_else(|| self.bad_line("answer"))
    }

    fn parts_of_answer(self) -> Option<(EndpointId, Record)> {
        let (endpoint, rest) = self.text.strip_prefix(ANSWER)?.split_once(',')?;
        let (id, rest) = rest.split_once(',')?;
        let (ok, rest) = rest.split_once(',')?;
        let endpoint = EndpointId::from_number(endpoint.parse().ok()?);
        let reply = Record::reply(id.parse().ok()?, bit(ok)?, payload(rest)?, Shared::NOTHING);
        Some((endpoint, reply))
    }

    fn bad_line(self, what: &str) -> RouterError {
        RouterError::BadPacket { reason: format!("line {} is no {what}", self.number) }
    }
}

/// `form,payload`. Without attachments, the form is 0 or 1.
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

/// The first error of all lines.
#[derive(Default)]
struct FirstError(Option<RouterError>);

impl FirstError {
    fn keep<T>(&mut self, result: Result<T, RouterError>) -> Option<T> {
        result.map_err(|error| self.0.get_or_insert(error)).ok()
    }

    fn into_result(self) -> Result<(), RouterError> {
        self.0.map_or(Ok(()), Err)
    }
}
