//! How services come to be served, and what waits for them then.

use std::collections::HashSet;
use std::sync::Arc;

use super::endpoint::Endpoint;
use super::error::{shortened, EndReason, Unserved};
use super::parse::ServiceChange;
use super::record::{json_string, Record};
use super::services::{check_name, ServiceId};
use super::window::Window;
use super::{Router, RouterError};

impl Router {
    /// The number of a service that the main process serves, for [`Router::admit_request`]. `None` while it
    /// does not serve it. The number holds as long as it does.
    #[must_use]
    pub fn main_service(&self, service: &str) -> Option<u32> {
        let main = self.main_window();
        let id = main.service_id(service).filter(|&id| main.takes_calls(Some(id)))?;
        Some(id.number())
    }

    /// Notes what an endpoint serves from now on, and serves no more. The last change of a name counts.
    /// Therefore what waits is looked through once for all of them. An error is reported to the endpoint
    /// by a nack with the address `["service",1]`.
    pub(super) fn change_services(
        &self,
        endpoint: &Arc<Endpoint>,
        window: &Window,
        changes: &mut dyn Iterator<Item = ServiceChange<'_>>,
    ) {
        let Some(first) = changes.next() else { return };
        let note = |service: &str, error| {
            let address = format!("[{},1]", json_string(&shortened(service)));
            self.undelivered.note(endpoint.id, address.into(), error, 1);
        };
        let (mut last, mut seen) = (Vec::new(), HashSet::new());
        for change in std::iter::once(first).chain(changes).collect::<Vec<_>>().into_iter().rev() {
            match check_name(&change.0) {
                Err(error) => note(&change.0, error),
                Ok(()) if seen.insert(change.0.to_string()) => last.push(change),
                Ok(()) => {}
            }
        }
        // In their order: at the limit, a service that ends makes room for a later one.
        last.reverse();
        for other in window.change_services(endpoint, &last, &mut |name, error| note(name, error)) {
            self.mark_ready(&other);
        }
        self.mark_ready(endpoint);
    }
}

impl Window {
    /// Changes what an endpoint serves. Calls that wait for a service go to the first endpoint that
    /// serves it. If nobody serves it any more, the calls that the endpoint has not taken wait again.
    /// Returns the other endpoints that now have something to send.
    fn change_services(
        &self,
        endpoint: &Arc<Endpoint>,
        changes: &[ServiceChange<'_>],
        rejected: &mut dyn FnMut(&str, RouterError),
    ) -> Vec<Arc<Endpoint>> {
        let mut locked = self.write();
        let state = &mut *locked;
        if !state.has_endpoint(endpoint) {
            return Vec::new();
        }
        let (mut unserved, mut coming) = (Vec::new(), Vec::new());
        for (service, serves) in changes {
            if !*serves {
                unserved.extend(state.services.unserve(endpoint, service));
                continue;
            }
            match state.services.serve(endpoint, service) {
                Ok(Some(pending)) => coming.append(&mut pending.take()),
                Ok(None) => {}
                Err(error) => rejected(service, error),
            }
        }
        coming.sort_by(Record::by_place);
        coming.into_iter().for_each(|record| endpoint.queue.push(record));
        if unserved.is_empty() {
            return Vec::new();
        }
        let is_unserved =
            |record: &Record| record.service().is_some_and(|service| unserved.contains(&service));
        let back = endpoint.queue.take_where(&is_unserved);
        let ready = self.hand_on(state, back, EndReason::Removed);
        unserved.into_iter().for_each(|service| state.services.dispose_if_unused(service));
        ready
    }

    pub(super) fn service_id(&self, service: &str) -> Option<ServiceId> {
        self.read().services.find(service)
    }

    pub(super) fn service_name(&self, service: ServiceId) -> Option<Arc<str>> {
        self.read().services.name(service).cloned()
    }

    /// A service that nobody serves, and those that are served.
    pub(super) fn unserved(&self, service: ServiceId) -> Option<Unserved> {
        let state = self.read();
        let name = Arc::clone(state.services.name(service)?);
        Some(Unserved { name, served: state.services.served_names() })
    }
}
