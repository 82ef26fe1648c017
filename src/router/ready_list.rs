//! Endpoints with something to send, each at most once, filled from any thread.

use crossbeam_channel::{unbounded, Receiver, Sender};

use super::endpoint::Endpoint;
use super::EndpointId;

#[derive(Debug)]
pub(super) struct ReadyList {
    back: Sender<EndpointId>,
    front: Receiver<EndpointId>,
}

impl Default for ReadyList {
    fn default() -> Self {
        let (back, front) = unbounded();
        Self { back, front }
    }
}

impl ReadyList {
    /// Puts an endpoint on the list. To be called after a record was pushed into its queue.
    pub(super) fn mark(&self, endpoint: &Endpoint) {
        if endpoint.enter_ready_list() {
            // Cannot fail: this list holds the receiver.
            let _ = self.back.send(endpoint.id);
        }
    }

    pub(super) fn take(&self) -> Option<EndpointId> {
        self.front.try_recv().ok()
    }
}
