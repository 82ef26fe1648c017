//! The services of one window: by name, who serves it or the calls that wait for it.

use std::borrow::Cow;
use std::collections::hash_map::{Entry, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;

use super::deadlines::Asked;
use super::endpoint::Endpoint;
use super::error::{KnownNames, RouterError, MAX_REPEATED};
use super::hashing::Hashing;
use super::ordered::{Mutex, LEAF};
use super::parse::text;
use super::queue::Queue;
use super::router::check_length;
use super::EndpointId;

/// Services that one endpoint serves.
pub(super) const MAX_SERVED: usize = 4_096;

/// Services of one window that nobody serves, and for which calls of one page wait.
pub(super) const MAX_AWAITED: usize = 1_024;

/// Services of one window, served or awaited. Their ids fit beside the lanes of a record.
pub(super) const MAX_SERVICES: usize = 65_000;

/// Names a service of one window, while it is served or calls wait for it. It is small, because
/// every waiting record may have one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct ServiceId(pub(super) u16);

impl ServiceId {
    /// Numbers of JavaScript count from 1, because 0 is no service there.
    pub(super) fn from_number(number: u32) -> Option<Self> {
        u16::try_from(number.checked_sub(1)?).ok().map(Self)
    }

    pub(super) fn number(self) -> u32 {
        u32::from(self.0) + 1
    }
}

/// The service and the method that a call names.
#[derive(Debug)]
pub(super) struct Invocation<'a> {
    pub(super) service: Cow<'a, str>,
    /// The name of the service as it came, as a JSON string.
    pub(super) service_json: &'a str,
    /// The name of the method as a JSON string.
    pub(super) method_json: &'a str,
}

impl Invocation<'_> {
    /// Whom it asks, as the asker's own error says it.
    pub(super) fn asked(&self) -> Asked {
        let first = |name: &str| name.chars().take(MAX_REPEATED).collect::<String>();
        let method = text(self.method_json).unwrap_or_default();
        Asked::Method(format!("{}.{}", first(&self.service), first(&method)).into())
    }
}

/// Invariants:
///
/// - No call waits here while an endpoint serves its service.
/// - A record with an id is in the queue of an endpoint that serves it, or in its queue here. An id is
///   free again when nobody serves it and no record is here.
#[derive(Debug, Default)]
pub(super) struct Services {
    /// Pages choose names, so that the hash is a keyed one.
    ids: HashMap<Arc<str>, ServiceId>,
    /// By id.
    all: Vec<Service>,
    unused: Vec<ServiceId>,
    /// Those that nobody serves.
    awaited: Vec<ServiceId>,
    /// How many are served.
    served: usize,
    /// By asker, how many of `awaited` are its.
    by_asker: HashMap<EndpointId, usize, Hashing>,
    /// Whether calls were dropped where nothing could be disposed.
    has_unused: AtomicBool,
    /// The names of those that are served. `None` after a change.
    listed: Mutex<Option<Arc<KnownNames>>, LEAF>,
}

#[derive(Debug)]
struct Service {
    name: Arc<str>,
    state: State,
}

#[derive(Debug)]
pub(super) enum State {
    Unused,
    /// Served, by at least one endpoint.
    Served(Vec<Arc<Endpoint>>),
    Awaited(Awaited),
}

impl State {
    pub(super) fn is_served(&self) -> bool {
        matches!(self, Self::Served(_))
    }

    /// Whether calls wait.
    pub(super) fn is_awaited(&self) -> bool {
        matches!(self, Self::Awaited(Awaited { pending, .. }) if !pending.is_empty())
    }
}

/// Calls of a service that nobody serves.
#[derive(Debug)]
pub(super) struct Awaited {
    pending: Queue,
    /// The page of the first call. `None` if it was the main process, or if the service was served before.
    asker: Option<EndpointId>,
    /// Its index in `awaited`.
    at: usize,
}

impl Services {
    pub(super) fn find(&self, name: &str) -> Option<ServiceId> {
        self.ids.get(name).copied()
    }

    pub(super) fn name(&self, id: ServiceId) -> Option<&Arc<str>> {
        let service = self.get(id)?;
        (!matches!(service.state, State::Unused)).then_some(&service.name)
    }

    fn get(&self, id: ServiceId) -> Option<&Service> {
        self.all.get(usize::from(id.0))
    }

    fn servers(&self, id: ServiceId) -> &[Arc<Endpoint>] {
        match self.get(id) {
            Some(Service { state: State::Served(servers), .. }) => servers,
            _ => &[],
        }
    }

    /// The service of this name, for a call that may have to wait.
    pub(super) fn find_or_await(
        &mut self,
        name: &str,
        asker: EndpointId,
    ) -> Result<ServiceId, RouterError> {
        if let Some(known) = self.find(name) {
            return Ok(known);
        }
        let asker = Some(asker).filter(|&asker| asker != EndpointId::MAIN);
        if self.has_too_many(asker) && self.has_unused.swap(false, Ordering::Relaxed) {
            self.dispose_unused();
        }
        if self.has_too_many(asker) {
            return Err(RouterError::TooManyServices { limit: MAX_AWAITED });
        }
        let id = self.add(name)?;
        self.wait(id, asker);
        if let Some(asker) = asker {
            *self.by_asker.entry(asker).or_default() += 1;
        }
        Ok(id)
    }

    fn has_too_many(&self, asker: Option<EndpointId>) -> bool {
        // Half of all ids are for services that are served.
        let count = asker.and_then(|asker| self.by_asker.get(&asker)).copied().unwrap_or_default();
        self.awaited.len() >= MAX_SERVICES / 2 || count >= MAX_AWAITED
    }

    /// A new service, which is unused yet.
    fn add(&mut self, name: &str) -> Result<ServiceId, RouterError> {
        let name: Arc<str> = name.into();
        let service = Service { name: Arc::clone(&name), state: State::Unused };
        let next = u16::try_from(self.all.len()).ok().filter(|&it| usize::from(it) < MAX_SERVICES);
        let id = match (self.unused.pop(), next) {
            (Some(id), _) => {
                self.all[usize::from(id.0)] = service;
                id
            }
            (None, Some(next)) => {
                self.all.push(service);
                ServiceId(next)
            }
            (None, None) => return Err(RouterError::TooManyServices { limit: MAX_SERVICES }),
        };
        self.ids.insert(name, id);
        Ok(id)
    }

    fn wait(&mut self, id: ServiceId, asker: Option<EndpointId>) {
        let at = self.awaited.len();
        self.awaited.push(id);
        self.set(id, State::Awaited(Awaited { pending: Queue::default(), asker, at }));
    }

    /// Changes the state of a service. Returns the calls that waited for it.
    fn set(&mut self, id: ServiceId, state: State) -> Option<Queue> {
        let is_served = usize::from(matches!(state, State::Served(_)));
        let service = self.all.get_mut(usize::from(id.0))?;
        let before = std::mem::replace(&mut service.state, state);
        self.served += is_served;
        match before {
            State::Unused => None,
            State::Served(_) => {
                self.served -= 1;
                None
            }
            State::Awaited(Awaited { pending, asker, at }) => {
                self.awaited.swap_remove(at);
                let moved = self.awaited.get(at).copied();
                let moved = moved.and_then(|id| self.all.get_mut(usize::from(id.0)));
                if let Some(Service { state: State::Awaited(moved), .. }) = moved {
                    moved.at = at;
                }
                self.count_less(asker);
                Some(pending)
            }
        }
    }

    fn count_less(&mut self, asker: Option<EndpointId>) {
        // No page has the id of the main process.
        let count = self.by_asker.entry(asker.unwrap_or(EndpointId::MAIN));
        if let Entry::Occupied(mut count) = count {
            *count.get_mut() -= 1;
            if *count.get() == 0 {
                count.remove();
            }
        }
    }

    /// Notes that an endpoint serves a service. The queue of calls that waited for it, if there is
    /// one.
    pub(super) fn serve(
        &mut self,
        server: &Arc<Endpoint>,
        name: &str,
    ) -> Result<Option<Queue>, RouterError> {
        let known = self.find(name);
        if known.is_some_and(|id| self.is_served_by(id, server.id)) {
            return Ok(None);
        }
        if server.serves.load(Ordering::Relaxed) >= MAX_SERVED {
            return Err(RouterError::TooManyServices { limit: MAX_SERVED });
        }
        let id = known.map_or_else(|| self.add(name), Ok)?;
        server.serves.fetch_add(1, Ordering::Relaxed);
        *self.listed.lock() = None;
        let service = self.all.get_mut(usize::from(id.0));
        if let Some(Service { state: State::Served(servers), .. }) = service {
            servers.push(Arc::clone(server));
            return Ok(None);
        }
        Ok(self.set(id, State::Served(vec![Arc::clone(server)])))
    }

    /// Notes that an endpoint serves a service no more. The service has an id until it is disposed.
    pub(super) fn unserve(&mut self, server: &Endpoint, name: &str) -> Option<ServiceId> {
        let id = self.find(name).filter(|&id| self.is_served_by(id, server.id))?;
        self.remove_server(id, server);
        Some(id)
    }

    /// Notes that an endpoint has ended. The services that it served have ids until they are disposed.
    pub(super) fn end(&mut self, server: &Endpoint) -> Vec<ServiceId> {
        if server.serves.load(Ordering::Relaxed) == 0 {
            return Vec::new();
        }
        let ids = self.ids.values().copied();
        let ids: Vec<_> = ids.filter(|&id| self.is_served_by(id, server.id)).collect();
        ids.iter().for_each(|&id| self.remove_server(id, server));
        ids
    }

    fn remove_server(&mut self, id: ServiceId, server: &Endpoint) {
        let service = self.all.get_mut(usize::from(id.0));
        let Some(Service { state: State::Served(servers), .. }) = service else { return };
        servers.retain(|known| known.id != server.id);
        server.serves.fetch_sub(1, Ordering::Relaxed);
        if servers.is_empty() {
            *self.listed.lock() = None;
            self.wait(id, None);
        }
    }

    /// Disposes a service that nobody serves and for which nothing waits.
    pub(super) fn dispose_if_unused(&mut self, id: ServiceId) {
        if self.pending(id).is_some_and(Queue::is_empty) {
            self.set(id, State::Unused);
            self.ids.remove(&self.all[usize::from(id.0)].name);
            self.unused.push(id);
        }
    }

    /// Disposes all such services.
    pub(super) fn dispose_unused(&mut self) {
        for id in self.awaited.clone() {
            self.dispose_if_unused(id);
        }
    }

    /// Notes that calls were dropped, so that services may be unused.
    pub(super) fn note_dropped(&self) {
        self.has_unused.store(true, Ordering::Relaxed);
    }

    /// If several worlds serve it, the one with the highest rank gets calls.
    pub(super) fn server(&self, id: ServiceId) -> Option<&Arc<Endpoint>> {
        self.servers(id).iter().max_by_key(|endpoint| endpoint.rank())
    }

    pub(super) fn is_served(&self, id: ServiceId) -> bool {
        !self.servers(id).is_empty()
    }

    pub(super) fn is_served_by(&self, id: ServiceId, server: EndpointId) -> bool {
        self.servers(id).iter().any(|it| it.id == server)
    }

    pub(super) fn has_any_served(&self) -> bool {
        self.served > 0
    }

    /// The calls of a service that nobody serves.
    pub(super) fn pending(&self, id: ServiceId) -> Option<&Queue> {
        match &self.get(id)?.state {
            State::Awaited(awaited) => Some(&awaited.pending),
            _ => None,
        }
    }

    /// The calls of all services that nobody serves.
    pub(super) fn pending_queues(&self) -> impl Iterator<Item = &Queue> {
        self.awaited.iter().filter_map(|&id| self.pending(id))
    }

    /// The names of those that are served, as error sentences list them.
    pub(super) fn served_names(&self) -> Arc<KnownNames> {
        let names = || Arc::new(KnownNames::new(self.names(State::is_served)));
        Arc::clone(self.listed.lock().get_or_insert_with(names))
    }

    /// The names of those in a state, sorted.
    pub(super) fn names(&self, is_wanted: fn(&State) -> bool) -> Vec<String> {
        let services = self.all.iter().filter(|service| is_wanted(&service.state));
        let mut names: Vec<_> = services.map(|service| service.name.to_string()).collect();
        names.sort_unstable();
        names
    }

    /// How many calls wait for a service that nobody serves.
    pub(super) fn awaiting(&self, id: ServiceId) -> usize {
        self.pending(id).map_or(0, Queue::len)
    }

    /// How many ids are in use.
    #[cfg(test)]
    pub(super) fn live(&self) -> usize {
        assert_eq!(self.ids.len(), self.served + self.awaited.len());
        assert_eq!(self.all.len(), self.ids.len() + self.unused.len());
        self.ids.len()
    }
}

/// Rejects a text that is no name of a service.
pub(super) fn check_name(service: &str) -> Result<(), RouterError> {
    check_length("the name of a service", service)
}
