//! The tables: windows by webContents and by name, endpoints by id.

use std::hash::Hash;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::Arc;

use dashmap::mapref::entry::Entry;
use dashmap::DashMap;

use super::attachments::Slots;
use super::calls::Calls;
use super::closed_names::ClosedNames;
use super::deadlines::Deadlines;
use super::endpoint::Endpoint;
use super::error::{EndReason, KnownNames};
use super::hashing::Hashing;
use super::lanes::Lanes;
use super::limits::CurrentLimits;
use super::open_requests::OpenRequests;
use super::ordered::{Mutex, LEAF};
use super::ready_list::ReadyList;
use super::topics::Topics;
use super::undelivered::Undelivered;
use super::window::Window;
use super::{steps, ContentsId, Counts, EndpointId, Limits, RouterError, WorldAddress};

/// Bytes of a window's name, in UTF-8.
pub(super) const MAX_NAME: usize = 1_024;

/// Rejects a text that is no name of a service or topic. `subject`: begins the sentence.
pub(super) fn check_length(subject: &str, name: &str) -> Result<(), RouterError> {
    let length = name.len();
    if (1..=MAX_NAME).contains(&length) {
        return Ok(());
    }
    let reason = format!("{subject} has 1 to {MAX_NAME} bytes, and this has {length}");
    Err(RouterError::InvalidOption { reason })
}

/// Few threads look into a table of windows or endpoints at a time.
const SHARDS: usize = 8;

/// The number of shards is given for the addon's size, too: to ask for the number of processors,
/// which dashmap does otherwise, takes 17 KB of it.
fn table<K: Eq + Hash, V>() -> DashMap<K, V, Hashing> {
    DashMap::with_capacity_and_hasher_and_shard_amount(0, Hashing::default(), SHARDS)
}

/// Routes messages between the main process and windows.
#[derive(Debug)]
pub struct Router {
    limits: CurrentLimits,
    windows: DashMap<ContentsId, Arc<Window>, Hashing>,
    names: DashMap<Arc<str>, Arc<Window>, Hashing>,
    closed_names: ClosedNames,
    /// The names as error sentences list them. `None` after a change.
    known_names: Mutex<Option<Arc<KnownNames>>, LEAF>,
    endpoints: DashMap<EndpointId, Arc<Endpoint>, Hashing>,
    main: Arc<Endpoint>,
    main_window: Arc<Window>,
    ready: Arc<ReadyList>,
    pub(super) slots: Slots,
    pub(super) calls: Calls,
    pub(super) open_requests: OpenRequests,
    pub(super) deadlines: Arc<Deadlines>,
    pub(super) undelivered: Arc<Undelivered>,
    pub(super) topics: Topics,
    next_endpoint: AtomicU64,
    /// Changes with the tables of names and endpoints.
    pub(super) edition: AtomicU64,
    /// The counters of windows that were closed.
    closed: Mutex<Counts, LEAF>,
    /// Records rejected because no window has the name.
    pub(super) unknown_window: AtomicU64,
    /// Packets rejected because they are malformed.
    pub(super) bad_packets: AtomicU64,
}

impl Router {
    /// A router without windows.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        let (ready, undelivered) = (Arc::default(), Arc::default());
        let main_window = Arc::new(Window::new(ContentsId::MAIN, &ready, &undelivered));
        let main = Arc::new(Endpoint::new(
            EndpointId::MAIN,
            WorldAddress::from_number(0),
            None,
            &main_window,
        ));
        main_window.join(Arc::clone(&main));
        let current = CurrentLimits::default();
        let deadlines = Arc::default();
        current.set(limits);
        Self {
            limits: current,
            windows: table(),
            names: table(),
            closed_names: ClosedNames::default(),
            known_names: Mutex::default(),
            endpoints: table(),
            main,
            main_window,
            ready,
            slots: Slots::new(),
            calls: Calls::new(&deadlines),
            open_requests: OpenRequests::new(&deadlines),
            deadlines,
            undelivered,
            topics: Topics::default(),
            next_endpoint: AtomicU64::new(EndpointId::MAIN.number() + 1),
            edition: AtomicU64::new(0),
            closed: Mutex::default(),
            unknown_window: AtomicU64::new(0),
            bad_packets: AtomicU64::new(0),
        }
    }

    /// Changes the limits. Pending records stay, even if they are over the new limits. Records that
    /// wait for credit can go if there is some now.
    pub fn set_limits(&self, limits: Limits) {
        self.limits.set(limits);
        for window in self.all_windows() {
            window.endpoints().iter().for_each(|endpoint| self.mark_ready(endpoint));
        }
    }

    pub(super) fn limits(&self) -> Limits {
        self.limits.get()
    }

    /// Gives the window of a webContents a name. The same name again changes nothing.
    ///
    /// # Errors
    /// [`RouterError::NameTaken`], [`RouterError::WindowNamed`], and [`RouterError::InvalidOption`] for
    /// a name of more than 1,024 bytes.
    pub fn name_window(&self, name: &str, contents: ContentsId) -> Result<(), RouterError> {
        if name.len() > MAX_NAME {
            let length = name.len();
            let reason =
                format!("a window's name has at most {MAX_NAME} bytes, and this has {length}");
            return Err(RouterError::InvalidOption { reason });
        }
        if self.window_named(name).is_some_and(|taken| taken.contents != contents) {
            return Err(RouterError::NameTaken { name: name.into() });
        }
        let window = self.window_of(contents);
        if let Some(has) = window.name() {
            if &*has == name {
                return Ok(());
            }
            return Err(RouterError::WindowNamed { name: name.into(), has: has.as_ref().into() });
        }
        match self.names.entry(name.into()) {
            Entry::Occupied(_) => Err(RouterError::NameTaken { name: name.into() }),
            Entry::Vacant(vacant) => {
                window.set_name(Some(name));
                vacant.insert(window);
                self.closed_names.remove(name);
                self.names_changed();
                Ok(())
            }
        }
    }

    /// Takes a name from its window and drops what waits under it. The window stays, without a name.
    /// False if no window has it.
    pub fn unname_window(&self, name: &str) -> bool {
        let Some((_, window)) = self.names.remove(name) else {
            return false;
        };
        self.names_changed();
        window.drop_undelivered();
        window.set_name(None);
        self.end_waiting_calls_to(window.contents, EndReason::Unregistered);
        true
    }

    /// Disposes a window that was closed. Its name is free again and what waited is dropped.
    pub fn close_window(&self, contents: ContentsId) {
        let Some(window) = self.window(contents) else { return };
        if let Some(name) = window.name() {
            self.names.remove(&name);
            self.closed_names.add(&name);
            self.names_changed();
        }
        let ended = window.close();
        self.dispose(&ended);
        for other in self.all_windows() {
            other.counters.open().shares.sender_closed(contents);
        }
        self.main_window.counters.open().shares.sender_closed(contents);
        self.end_calls_to(contents, EndReason::Closed);
        self.end_calls_of(&ended, EndReason::Closed);
        // Until here its counters had the calls that waited for it.
        if self.windows.remove(&contents).is_none() {
            return;
        }
        let counts = window.counters.counts();
        let mut closed = self.closed.lock();
        *closed = closed.plus(counts);
    }

    /// Connects a world of a document. The same world address again is the same endpoint. `origin`:
    /// that of the document, or `None` for that of files, which sender tags do not contain.
    pub fn connect(
        &self,
        contents: ContentsId,
        world_address: WorldAddress,
        origin: Option<&str>,
    ) -> EndpointId {
        let window = self.window_of(contents);
        if let Some(known) = window.endpoint_at(world_address) {
            return known.id;
        }
        let id = EndpointId::from_number(self.next_endpoint.fetch_add(1, Ordering::Relaxed));
        let endpoint = Arc::new(Endpoint::new(id, world_address, origin, &window));
        self.endpoints.insert(id, Arc::clone(&endpoint));
        window.join(endpoint);
        id
    }

    /// A document was reloaded, navigated away from, or crashed. Messages that it has not taken wait
    /// for the next one. Requests to it fail, and answers to its requests go nowhere.
    pub fn end_document(&self, contents: ContentsId, document: u64, reason: EndReason) {
        let Some(window) = self.window(contents) else { return };
        let ended = window.end_document(document, reason);
        for endpoint in ended.ended.iter().filter_map(|&id| self.endpoint(id)) {
            endpoint.in_flight.lock().clear();
        }
        ended.ended.iter().for_each(|&endpoint| self.end_subscriptions(endpoint));
        self.dispose(&ended.disposed);
        self.undelivered.dispose(&ended.ended);
        self.open_requests.unlimited(&ended.ended);
        for endpoint in &ended.ready {
            self.mark_ready(endpoint);
        }
        // Documents before it may have sent requests after they ended.
        self.end_calls_of(&[ended.ended, ended.disposed].concat(), reason);
    }

    fn dispose(&self, endpoints: &[EndpointId]) {
        for (_, endpoint) in endpoints.iter().filter_map(|id| self.endpoints.remove(id)) {
            self.dispose_topics(&endpoint);
        }
        self.undelivered.dispose(endpoints);
        self.open_requests.dispose(endpoints);
        self.begin_edition();
    }

    /// While a window is paused, nothing is sent to it: it is not known which document it has.
    pub fn pause_window(&self, contents: ContentsId, paused: bool) {
        let Some(window) = self.window(contents) else { return };
        for endpoint in window.set_paused(paused) {
            self.mark_ready(&endpoint);
        }
    }

    /// Notes why nothing in a window listens, for the askers of calls that wait too long. `None` if
    /// that is not known, or if something listens.
    pub fn explain_silence(&self, contents: ContentsId, why: Option<&str>) {
        if let Some(window) = self.window(contents) {
            window.set_silence(why);
        }
    }

    /// Whether an endpoint of a window listens to any lane.
    #[must_use]
    pub fn has_listener(&self, contents: ContentsId) -> bool {
        self.window(contents).is_some_and(|window| window.has_listener())
    }

    /// Notes whether the main process takes requests. While it does not, they are pending.
    pub fn listen_main(&self, listening: bool) {
        let lanes = if listening { Lanes::REQUESTS } else { Lanes::NONE };
        self.listen(&self.main, &self.main_window, lanes);
    }

    pub(super) fn listen(&self, endpoint: &Endpoint, window: &Window, lanes: Lanes) {
        if endpoint.listening() == lanes {
            return;
        }
        for other in window.listen(endpoint, lanes) {
            self.mark_ready(&other);
        }
        self.mark_ready(endpoint);
    }

    fn names_changed(&self) {
        *self.known_names.lock() = None;
        self.begin_edition();
    }

    fn begin_edition(&self) {
        self.edition.fetch_add(1, Ordering::AcqRel);
    }

    pub(super) fn known_names(&self) -> Arc<KnownNames> {
        let mut known = self.known_names.lock();
        Arc::clone(known.get_or_insert_with(|| {
            steps::add(self.names.len());
            let names = self.names.iter().map(|entry| entry.key().to_string());
            Arc::new(KnownNames::new(names.collect()))
        }))
    }

    /// The names there are, sorted.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<_> = self.names.iter().map(|entry| entry.key().to_string()).collect();
        names.sort_unstable();
        names
    }

    /// The slots that became free since the last call: no record names their attachments any more.
    #[must_use]
    pub fn take_freed_slots(&self) -> Vec<u32> {
        self.slots.take_freed()
    }

    pub(super) fn window(&self, contents: ContentsId) -> Option<Arc<Window>> {
        self.windows.get(&contents).map(|entry| Arc::clone(&entry))
    }

    pub(super) fn window_named(&self, name: &str) -> Option<Arc<Window>> {
        self.names.get(name).map(|entry| Arc::clone(&entry))
    }

    /// Whether the window that had this name last has closed. The name may be taken again by now.
    pub(super) fn has_closed(&self, name: &str) -> bool {
        self.closed_names.contains(name)
    }

    /// Counts records that are rejected because their window has closed.
    pub(super) fn count_rejected_by_closed(&self, records: u64) {
        self.closed.lock().refused += records;
    }

    pub(super) fn endpoint(&self, id: EndpointId) -> Option<Arc<Endpoint>> {
        if id == EndpointId::MAIN {
            return Some(Arc::clone(&self.main));
        }
        self.endpoints.get(&id).map(|entry| Arc::clone(&entry))
    }

    pub(super) fn main_endpoint(&self) -> Arc<Endpoint> {
        Arc::clone(&self.main)
    }

    pub(super) fn main_window(&self) -> &Arc<Window> {
        &self.main_window
    }

    pub(super) fn all_windows(&self) -> Vec<Arc<Window>> {
        self.windows.iter().map(|entry| Arc::clone(&entry)).collect()
    }

    pub(super) fn closed(&self) -> Counts {
        *self.closed.lock()
    }

    /// Finds a window, or makes one: it enters the table at its first use, named or not.
    fn window_of(&self, contents: ContentsId) -> Arc<Window> {
        let new = || Arc::new(Window::new(contents, &self.ready, &self.undelivered));
        Arc::clone(&self.windows.entry(contents).or_insert_with(new))
    }

    pub(super) fn mark_ready(&self, endpoint: &Endpoint) {
        self.ready.mark(endpoint);
    }

    /// The next endpoint with something to send, taken off the list.
    pub(super) fn next_ready(&self) -> Option<Arc<Endpoint>> {
        // Endpoints of ended documents may still be on the list.
        let mut ready = std::iter::from_fn(|| self.ready.take());
        ready.find_map(|id| self.endpoint(id)).inspect(|e| e.leave_ready_list())
    }
}
