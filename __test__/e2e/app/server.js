/** The app's pages over http, on a free port of this machine; and answers that are no pages. */
const { fs, http, path } = require("./node");

const PAGES = path.join(__dirname, "pages");

const TYPES = { ".html": "text/html", ".js": "text/javascript" };

const ANSWERS = {
  "/nothing": (response) => response.writeHead(204).end(),
  "/download": (response) =>
    response
      .writeHead(200, { "content-disposition": "attachment; filename=file.bin" })
      .end("bytes"),
  "/redirect": (response) => response.writeHead(302, { location: "/page.html" }).end(),
  // Until the browser gives up.
  "/never": () => undefined,
  "/slow": (response) => setTimeout(() => sendFile(response, "/page.html"), 150),
};

function sendFile(response, file) {
  const type = { "content-type": TYPES[path.extname(file)] || "text/plain" };
  fs.readFile(path.join(PAGES, path.basename(file)), (error, bytes) => {
    if (error) response.writeHead(404).end();
    else response.writeHead(200, type).end(bytes);
  });
}

function answer({ url }, response) {
  const [file] = url.split("?");
  const given = ANSWERS[file];
  if (given) given(response);
  else sendFile(response, file);
}

/** @returns its address, and how to end it: connections that are open break. */
function serve() {
  const server = http.createServer(answer);
  const sockets = new Set();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  const close = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      resolve({ origin: `http://127.0.0.1:${server.address().port}`, close });
    });
  });
}

module.exports = { serve };
