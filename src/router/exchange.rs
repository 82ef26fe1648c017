//! All that crosses to the router in one call: lines of the main process, and a packet of a page. To
//! cross from JavaScript costs more than to route.

use std::iter::{from_fn, once, Peekable};

use super::attachments::Shared;
use super::calls::Ask;
use super::lines::{Answer, BeforePacket, Line, Lines, Mark};
use super::parse::{target, window_name, Target};
use super::record::Record;
use super::routing::Sender;
use super::{ContentsId, EndpointId, Lanes, Payload, RouteOutcome, Router, RouterError};

/// A packet of a page.
#[derive(Clone, Copy, Debug)]
pub struct Arrived<'a> {
    /// The endpoint of the page.
    pub from: EndpointId,
    /// The lanes that the page listens to.
    pub lanes: Lanes,
    /// Its text.
    pub packet: &'a str,
}

impl Router {
    /// Routes what lines say, in their order, and then a packet of a page. `js/protocol/exchange.ts`
    /// describes the lines. The effect is that of `send`, `call`, `cancel`, `answer`, the calls of topics
    /// and `route_packet`, but for rejections: the main process gets nacks, as for dropped messages.
    /// An answer to a document that has ended goes nowhere.
    ///
    /// # Errors
    /// The first of [`RouterError::UnknownWindow`], [`RouterError::BadPacket`] for a malformed line, what
    /// a checked message was rejected with, and the errors of [`Router::route_packet`]. None of them
    /// stops what is behind it. The attachments of what is rejected are free again, but for those of a
    /// malformed line, which may name none.
    pub fn exchange(
        &self,
        text: &str,
        arrived: Option<Arrived<'_>>,
    ) -> Result<RouteOutcome, RouterError> {
        let mut errors = FirstError::default();
        let Some(Arrived { from, lanes, packet }) = arrived else {
            self.route_lines(text, &mut errors);
            return errors.into_result().map(|()| RouteOutcome::Routed);
        };
        let before = BeforePacket::of(text);
        self.route_lines(before.lines, &mut errors);
        let slots = before.attachments()?;
        let routed = self.route_packet(from, lanes, packet, slots.attachments(), before.resolve)?;
        errors.into_result().map(|()| routed)
    }

    fn route_lines(&self, text: &str, errors: &mut FirstError) {
        if text.is_empty() {
            return;
        }
        let lines = &mut Lines::of(text).peekable();
        while let Some(line) = lines.next() {
            match line.mark() {
                Mark::Window => self.route_to_window(line, lines, errors),
                Mark::Answer => self.route_answers(line, lines, errors),
                Mark::Cancel => {
                    let canceled = line.call().and_then(|(id, reason)| {
                        self.cancel(id, reason, line.attachments()?.attachments())
                    });
                    errors.keep(canceled);
                }
                Mark::Own => drop(errors.keep(self.route_own(line))),
                Mark::Message | Mark::Checked | Mark::Call => {
                    errors.keep::<()>(Err(line.without_window()));
                }
            }
        }
    }

    /// A record as a window sends it. A rejection comes as a nack.
    fn route_own(&self, line: Line<'_>) -> Result<(), RouterError> {
        let (kind, address, payload) = line.own()?;
        let target = target(kind, address)?;
        let value = (payload, self.attached(line, payload)?);
        let main = (&self.main_endpoint(), self.main_window());
        match target {
            Target::Invoke(target) => self.route_invoke(&Sender::MAIN, &target, value),
            Target::Service(change) => {
                self.change_services(main.0, main.1, &mut once(change));
            }
            target if target.is_of_topic() => {
                self.route_topic(&Sender::MAIN, main, target, value);
            }
            _ => return Err(line.bad()),
        }
        Ok(())
    }

    fn route_to_window<'a>(
        &self,
        head: Line<'a>,
        lines: &mut Peekable<Lines<'a>>,
        errors: &mut FirstError,
    ) {
        let name = errors.keep(window_name(head.name_json()));
        while let Some(line) = lines.next_if(|line| line.mark().is_for_window()) {
            let Some(name) = &name else { continue };
            match line.mark() {
                Mark::Call => drop(errors.keep(self.route_call_line(name, line))),
                Mark::Checked => drop(errors.keep(self.route_checked(name, line))),
                _ => self.route_run((name, head.name_json()), line, lines, errors),
            }
        }
    }

    /// A call that is rejected is settled by a nack, as the call of a page.
    fn route_call_line(&self, name: &str, line: Line<'_>) -> Result<(), RouterError> {
        let (id, payload) = line.call()?;
        let called = self.call(name, id, payload, line.attachments()?.attachments());
        called.unwrap_or_else(|error| {
            self.reject(Ask { asker: EndpointId::MAIN, id }, &error);
        });
        Ok(())
    }

    fn route_checked(&self, name: &str, line: Line<'_>) -> Result<(), RouterError> {
        self.send(name, line.checked()?, line.attachments()?.attachments())
    }

    /// `first`: the first of several messages in a row.
    fn route_run<'a>(
        &self,
        (name, name_json): (&str, &str),
        first: Line<'a>,
        lines: &mut Peekable<Lines<'a>>,
        errors: &mut FirstError,
    ) {
        let more = from_fn(|| lines.next_if(|line| line.mark() == Mark::Message));
        let messages = once(first).chain(more);
        let note = |error, count| {
            self.undelivered.note(EndpointId::MAIN, name_json.into(), error, count);
        };
        let mut records = messages.filter_map(|line| errors.keep(self.message_of(line)));
        let Some(window) = self.window_named(name) else {
            let count = records.count() as u64;
            match self.no_window(name, count) {
                ended @ RouterError::TargetEnded(_) => note(ended, count),
                unknown => drop(errors.keep::<()>(Err(unknown))),
            }
            return;
        };
        window
            .push_all(ContentsId::MAIN, &mut records, &self.limits(), &mut |error| note(error, 1));
    }

    #[inline]
    fn message_of(&self, line: Line<'_>) -> Result<Record, RouterError> {
        let payload = line.message()?;
        Ok(Record::from_main(payload, self.attached(line, payload)?))
    }

    /// `first`: the first of several answers in a row to one endpoint.
    fn route_answers<'a>(
        &self,
        first: Line<'a>,
        lines: &mut Peekable<Lines<'a>>,
        errors: &mut FirstError,
    ) {
        let more = from_fn(|| lines.next_if(|line| line.is_to_same(first)));
        let answers = once(first).chain(more);
        let mut answers = answers.filter_map(|line| errors.keep(self.answer_of(line)));
        let Some((to, first)) = answers.next() else { return };
        self.push_answers(to, &mut once(first).chain(answers.map(|(_, answer)| answer)));
    }

    fn answer_of(&self, line: Line<'_>) -> Result<(EndpointId, Record), RouterError> {
        let Answer { to, id, ok, payload } = line.answer()?;
        let attached = self.attached(line, payload)?;
        self.open_requests.close(Ask { asker: to, id });
        Ok((to, Record::reply(id, ok, payload, attached)))
    }

    #[inline]
    fn attached(&self, line: Line<'_>, payload: Payload<'_>) -> Result<Shared, RouterError> {
        if !line.has_attachments() && payload.attachment_count() == 0 {
            return Ok(Shared::NOTHING);
        }
        self.take_attachments(payload, &mut line.attachments()?.attachments())
    }
}

/// The first error of all.
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
