const { Inbox } = require("../shared/inbox");

/** What main's listeners got, and the tour has not looked at yet. */
exports.inbox = new Inbox();
