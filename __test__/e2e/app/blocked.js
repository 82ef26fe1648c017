/** Holds the thread of a page, without a clock: it waits for an answer that comes when it should. */
const { http } = require("./node");

/**
 * Resolves once the page's thread stands still. What it resolves to lets the page go on, and ends
 * when it does.
 */
async function block(t, page) {
  const held = [];
  const server = http.createServer((_request, response) => {
    // A page from a file asks from the origin "null".
    response.setHeader("access-control-allow-origin", "*");
    held.push(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const release = () => {
    for (const response of held.splice(0)) response.end();
  };
  t.undos.push(() => {
    release();
    server.close();
  });
  const url = `http://127.0.0.1:${server.address().port}/`;
  const awake = page.run((url) => {
    const request = new XMLHttpRequest();
    // Not asynchronous: until it is answered, nothing else is done.
    request.open("GET", url, false);
    request.send();
  }, url);
  await t.until("the page has asked", () => held.length > 0);
  return async () => {
    release();
    await awake;
  };
}

module.exports = { block };
