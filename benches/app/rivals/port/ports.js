/**
 * The ports that main gives to a page, by the names of those at their other ends.
 * @param {(name: string, port: MessagePort) => void} take gets each port when it comes.
 */
function receivePorts(take) {
  const ports = new Map();
  let settleLinks = () => undefined;
  addEventListener("message", ({ data, ports: [port] }) => {
    if (!port) return;
    ports.set(data.portTo, port);
    take(data.portTo, port);
    settleLinks();
  });

  /** Ends when there is a port to each of these. */
  function linked(names) {
    return new Promise((resolve) => {
      settleLinks = () => {
        if (names.every((name) => ports.has(name))) resolve();
      };
      settleLinks();
    });
  }

  return { ports, linked };
}

module.exports = { receivePorts };
