//! Records as they wait: text that is ready to be joined into a packet.

use std::cmp::Ordering;

use super::attachments::Shared;
use super::calls::{Ask, RequestNumber};
use super::decimal::Decimal;
use super::error::EndReason;
use super::lanes::{Lane, Lanes};
use super::sender_tag::SenderTag;
use super::services::{Invocation, ServiceId};
use super::shares::ShareId;
use super::topic::{Publication, TopicId};
use super::undelivered::Cause;
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
    /// Notifies a sender that a request or messages were rejected or dropped.
    Nack = 6,
    /// A request to a window, both ways.
    Call = 7,
    /// The answer to a call, on its way up.
    Answer = 8,
    /// The asker cancels a request, both ways.
    Abort = 9,
    /// Gives a topic a number to publish under, on its way up.
    Name = 10,
    /// A value for the subscribers of a topic, on its way up.
    Publish = 11,
    /// Subscribes to a topic, on its way up.
    Subscribe = 12,
    /// Ends a subscription, on its way up.
    Unsubscribe = 13,
    /// A value that was published after the subscription began, on its way down.
    Published = 14,
    /// The value that a topic retained when the subscription began, on its way down.
    Retained = 15,
    /// Calls a method of a service, on its way up.
    Invoke = 16,
    /// Serves a service, on its way up.
    Serve = 17,
    /// Serves it no more, on its way up.
    Unserve = 18,
    /// An Invoke on its way to who serves the service.
    Invoked = 19,
}

impl Kind {
    /// The beginning of such a record's text.
    fn head(self) -> &'static str {
        match self {
            Self::Request => "[1,",
            Self::Message => "[2,",
            Self::FromMain => "[3,",
            Self::FromOther => "[4,",
            Self::Reply => "[5,",
            Self::Nack => "[6,",
            Self::Call => "[7,",
            Self::Answer => "[8,",
            Self::Abort => "[9,",
            Self::Name => "[10,",
            Self::Publish => "[11,",
            Self::Subscribe => "[12,",
            Self::Unsubscribe => "[13,",
            Self::Published => "[14,",
            Self::Retained => "[15,",
            Self::Invoke => "[16,",
            Self::Serve => "[17,",
            Self::Unserve => "[18,",
            Self::Invoked => "[19,",
        }
    }
}

/// A message's value, encoded. The router never parses it.
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

    /// Whether it is undefined, as the codec writes it (`js/codec/tags.ts`, ABSENT).
    pub(super) fn is_undefined(&self) -> bool {
        self.form == 1 && self.json == "\"\u{7f}\""
    }
}

/// No request has this id.
const NO_SUBJECT: u64 = u64::MAX;

/// One record in a queue.
#[derive(Clone, Debug)]
pub(super) struct Record {
    /// See [`Record::text`].
    own_text: Box<str>,
    pub(super) shared: Shared,
    /// A message's sender, a request's number or what an answer answers, depending on the lane: one
    /// field for all, for every waiting record takes its space.
    subject: u64,
    /// Its place among all that its window was sent; wraps around.
    pub(super) place: u32,
    /// The share of the queue that it takes.
    pub(super) share: ShareId,
    /// See [`Record::lane`] and [`Record::service`].
    lane: Lane,
}

impl Record {
    fn new(lane: Lanes, subject: u64, text: &[&str], shared: Shared) -> Self {
        // Joined in one allocation without a byte to spare: every waiting record takes its space.
        let own_text = text.concat().into();
        Self { own_text, shared, subject, place: 0, share: ShareId::NONE, lane: lane.into() }
    }

    /// The single lane that must be listened to, or none.
    #[inline]
    pub(super) fn lane(&self) -> Lanes {
        self.lane.lanes()
    }

    /// The service of its window that must be served.
    #[inline]
    pub(super) fn service(&self) -> Option<ServiceId> {
        self.lane.service()
    }

    /// The lane or the service: records of one keep their order.
    pub(super) fn exact_lane(&self) -> Lane {
        self.lane
    }

    /// The same for who serves a service of its window.
    pub(super) fn for_service(mut self, service: ServiceId) -> Self {
        self.lane = service.into();
        self
    }

    /// The same for an endpoint that needs not listen.
    pub(super) fn without_lane(self) -> Self {
        Self { lane: Lanes::NONE.into(), subject: NO_SUBJECT, ..self }
    }

    /// Bytes of the JSON text of the whole record.
    pub(super) fn text_bytes(&self) -> usize {
        let head = self.published_head().map_or(0, |(head, number)| head.len() + number.len());
        head + self.text().len()
    }

    /// Appends the JSON text of the whole record.
    pub(super) fn write_to(&self, text: &mut String) {
        if let Some((head, number)) = self.published_head() {
            text.push_str(head);
            text.push_str(&number);
        }
        text.push_str(self.text());
    }

    /// The part of a published value's text that its copies do not share.
    fn published_head(&self) -> Option<(&'static str, Decimal)> {
        let kind = if self.subject & 1 == 0 { Kind::Published } else { Kind::Retained };
        let is_published = self.lane() == Lanes::PUBLISHED;
        is_published.then(|| (kind.head(), Decimal::new(self.subject >> 1)))
    }

    /// Its text, or what comes after the head of a published value.
    fn text(&self) -> &str {
        if self.own_text.is_empty() {
            self.shared.text()
        } else {
            &self.own_text
        }
    }

    /// Copies made from now on share the text and the attachments.
    pub(super) fn prepare_copies(&mut self) {
        self.own_text = self.shared.for_copies(std::mem::take(&mut self.own_text));
    }

    /// The sender, if it is a message.
    pub(super) fn sender(&self) -> Option<EndpointId> {
        let is_message = Lanes::MESSAGES.contains(self.lane());
        is_message.then(|| EndpointId::from_number(self.subject))
    }

    /// The number of the request that it is or belongs to.
    pub(super) fn request_number(&self) -> Option<RequestNumber> {
        let is_request = Lanes::REQUESTS.contains(self.lane());
        is_request.then(|| RequestNumber::from_number(self.subject))
    }

    /// The id of the request that it answers, if it is an answer and no nack.
    pub(super) fn answers(&self) -> Option<u64> {
        (self.lane().is_empty() && self.subject != NO_SUBJECT).then_some(self.subject)
    }

    /// The part that its copies have in common, if it is a published value.
    pub(super) fn publication(&self) -> Option<&Publication> {
        (self.lane() == Lanes::PUBLISHED).then(|| self.shared.publication()).flatten()
    }

    /// The topic, if it is no record but stands for the next one of a topic (`conflated.rs`).
    pub(super) fn ticket(&self) -> Option<TopicId> {
        let is_ticket = self.lane() == Lanes::PUBLISHED && self.shared.publication().is_none();
        is_ticket.then_some(TopicId(self.subject))
    }

    /// The order in which records were sent.
    pub(super) fn by_place(&self, other: &Self) -> Ordering {
        match (self.place == other.place, is_later(self.place, other.place)) {
            (true, _) => Ordering::Equal,
            (_, true) => Ordering::Greater,
            _ => Ordering::Less,
        }
    }

    pub(super) fn bytes(&self) -> usize {
        self.text_bytes() + self.shared.bytes()
    }

    /// `[Request, endpoint, senderTag, requestId, form, payload]`, to the main process. With a method
    /// `[Invoked, endpoint, senderTag, requestId, "service", "method", form, payload]`.
    pub(super) fn request(
        number: RequestNumber,
        ask: Ask,
        tag: &SenderTag,
        method: Option<&Invocation<'_>>,
        (p, attached): (Payload<'_>, Shared),
    ) -> Self {
        let [from, id, form] = [ask.asker.number(), ask.id, p.form.into()].map(Decimal::new);
        let [head, service, between, method] = called(Kind::Request, method);
        let text = &[
            head,
            &from,
            ",",
            tag.as_json(),
            ",",
            &id,
            ",",
            service,
            between,
            method,
            between,
            &form,
            ",",
            p.json,
            "]",
        ];
        Self::new(Lanes::REQUESTS, number.number(), text, attached)
    }

    /// `[Abort, endpoint, requestId, form, payload]`, to the main process, behind its request.
    pub(super) fn abort_request(
        number: RequestNumber,
        ask: Ask,
        p: Payload<'_>,
        attached: Shared,
    ) -> Self {
        let [from, id, form] = [ask.asker.number(), ask.id, p.form.into()].map(Decimal::new);
        let text = &[Kind::Abort.head(), &from, ",", &id, ",", &form, ",", p.json, "]"];
        Self::new(Lanes::REQUESTS, number.number(), text, attached)
    }

    /// `[Call, number, senderTag, form, payload]`, to a window. With a method
    /// `[Invoked, number, senderTag, "service", "method", form, payload]`.
    pub(super) fn call(
        number: RequestNumber,
        tag: &SenderTag,
        method: Option<&Invocation<'_>>,
        (p, attached): (Payload<'_>, Shared),
    ) -> Self {
        let [call, form] = [number.number(), p.form.into()].map(Decimal::new);
        let [head, service, between, method] = called(Kind::Call, method);
        let tag = tag.as_json();
        let text = &[
            head, &call, ",", tag, ",", service, between, method, between, &form, ",", p.json, "]",
        ];
        Self::new(Lanes::REQUESTS, number.number(), text, attached)
    }

    /// `[Abort, number, form, payload]`, to the endpoint that has a call.
    pub(super) fn abort_call(number: RequestNumber, p: Payload<'_>, attached: Shared) -> Self {
        let [call, form] = [number.number(), p.form.into()].map(Decimal::new);
        Self::new(
            Lanes::NONE,
            NO_SUBJECT,
            &[Kind::Abort.head(), &call, ",", &form, ",", p.json, "]"],
            attached,
        )
    }

    /// `[FromMain, form, payload]`
    pub(super) fn from_main(p: Payload<'_>, attached: Shared) -> Self {
        let (main, form) = (EndpointId::MAIN.number(), Decimal::new(p.form.into()));
        Self::new(
            Lanes::FROM_MAIN,
            main,
            &[Kind::FromMain.head(), &form, ",", p.json, "]"],
            attached,
        )
    }

    /// `[FromOther, senderTag, form, payload]`
    pub(super) fn from_other(
        from: EndpointId,
        tag: &SenderTag,
        p: Payload<'_>,
        attached: Shared,
    ) -> Self {
        let form = Decimal::new(p.form.into());
        let text = &[Kind::FromOther.head(), tag.as_json(), ",", &form, ",", p.json, "]"];
        Self::new(Lanes::FROM_OTHER, from.number(), text, attached)
    }

    /// `[Reply, requestId, 1 or 0, form, payload]`
    pub(super) fn reply(id: u64, ok: bool, p: Payload<'_>, attached: Shared) -> Self {
        let [number, form] = [id, p.form.into()].map(Decimal::new);
        let ok = if ok { ",1," } else { ",0," };
        let text = &[Kind::Reply.head(), &number, ok, &form, ",", p.json, "]"];
        Self::new(Lanes::NONE, id, text, attached)
    }

    /// `[Published, number, senderTag, form, payload]`. `shared`: see [`Record::published_text`].
    pub(super) fn published(number: u64, shared: Shared) -> Self {
        Self::copy(number << 1, shared)
    }

    /// `[Retained, number, senderTag, form, payload]`
    pub(super) fn retained(number: u64, shared: Shared) -> Self {
        Self::copy(number << 1 | 1, shared)
    }

    /// Stands for the next record of a topic.
    pub(super) fn ticket_of(topic: TopicId) -> Self {
        Self::copy(topic.0, Shared::NOTHING)
    }

    fn copy(subject: u64, shared: Shared) -> Self {
        let (own_text, lane) = (Box::default(), Lanes::PUBLISHED.into());
        Self { own_text, shared, subject, place: 0, share: ShareId::NONE, lane }
    }

    /// The text that all copies of a published value share.
    pub(super) fn published_text(tag: &SenderTag, p: Payload<'_>) -> Box<str> {
        let form = Decimal::new(p.form.into());
        [",", tag.as_json(), ",", &form, ",", p.json, "]"].concat().into()
    }

    /// `[Nack, address, code, reason or null, count, sentence]`. The address: the first id of
    /// `count` requests in a row, a call's `[number]`, the JSON string of the window that `count`
    /// messages were for, or of what is about a topic (`publishing.rs`).
    pub(super) fn nack(address_json: &str, error: &RouterError, count: u64) -> Self {
        let fate = (error.code(), error.end_reason());
        Self::nack_that(address_json, fate, count, &json_string(&error.to_string()))
    }

    /// The same with the cause's brief sentence.
    pub(super) fn nack_briefly(address_json: &str, cause: Cause, count: u64) -> Self {
        let fate = (cause.code, cause.reason);
        Self::nack_that(address_json, fate, count, &json_string(cause.sentence))
    }

    fn nack_that(
        address_json: &str,
        (code, reason): (&str, Option<EndReason>),
        count: u64,
        sentence_json: &str,
    ) -> Self {
        let reason = reason.map_or("null".into(), |reason| json_string(reason.as_str()));
        let (head, count) = (Kind::Nack.head(), Decimal::new(count));
        // A code has nothing in it that JSON would escape.
        let (before, after) =
            (&[head, address_json, ",\"", code, "\","], &[",", sentence_json, "]"]);
        let text = &[before.as_slice(), &[&reason, ",", &count], after].concat();
        Self::new(Lanes::NONE, NO_SUBJECT, text, Shared::NOTHING)
    }
}

/// The head of a call, the names that it has as JSON, and what is behind each of them. `unnamed`: the
/// kind without names.
fn called<'a>(unnamed: Kind, method: Option<&Invocation<'a>>) -> [&'a str; 4] {
    match method {
        None => [unnamed.head(), "", "", ""],
        Some(Invocation { service_json, method_json, .. }) => {
            [Kind::Invoked.head(), service_json, ",", method_json]
        }
    }
}

/// Whether a place is later than another. They are less than 2^31 apart.
pub(super) fn is_later(place: u32, other: u32) -> bool {
    (1..1 << 31).contains(&place.wrapping_sub(other))
}

pub(super) fn json_string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
