const { MessageChannelMain } = require("electron");

/** Hears each message that main posts over a port, until the test ends. */
function hearPosts(t, hear) {
  const { port1 } = new MessageChannelMain();
  const ports = Object.getPrototypeOf(port1);
  const { postMessage } = ports;
  ports.postMessage = function (message, ...rest) {
    hear(message);
    return postMessage.call(this, message, ...rest);
  };
  t.undos.push(() => {
    ports.postMessage = postMessage;
  });
}

module.exports = { hearPosts };
