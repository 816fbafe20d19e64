// A council's own web server: the built app with a council's file of its own. What is no file of the app is passed on to
// what the council runs behind it, where it runs something.

import { execFile } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, request as ask } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { promisify } from "node:util";

import { binary, dist } from "./receiver.mjs";

const run = promisify(execFile);

const mediaTypes = {
  ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".json": "application/json",
  ".wasm": "application/wasm", ".svg": "image/svg+xml",
};
/** Compressed copies are of the files as they were. */
const compressed = /\.(br|gz)$/;

export class Site {
  #folder;
  #server;
  #backend;
  #policy;
  #connection;

  /**
   * Starts one. `delivery` is the council's, put into its file as it is, and `change` may change the rest of that file.
   * `backend` is the origin of what stands behind the site. With `keepsOpen` a connection is used more than once, and a browser
   * then sends again by itself, a POST too, where one that it has used before is cut.
   */
  static async start({ delivery, change = () => {}, backend, keepsOpen = false } = {}) {
    const site = new Site();
    site.#backend = backend && new URL(backend);
    site.#connection = keepsOpen ? "keep-alive" : "close";
    site.#folder = await mkdtemp(join(tmpdir(), "putright-site-"));
    await cp(dist, site.#folder, { recursive: true, filter: (path) => !compressed.test(path) });
    const file = join(site.#folder, "councils/bromley.json");
    site.council = JSON.parse(await readFile(file, "utf8"));
    if (delivery) site.council.delivery = delivery;
    change(site.council);
    await writeFile(file, JSON.stringify(site.council));
    await run(binary, ["build", site.#folder]);
    site.#policy = JSON.parse(await readFile(join(site.#folder, "headers.json"), "utf8")).content_security_policy;
    site.#server = createServer((request, response) => site.#answer(request, response));
    site.#server.listen(0, "127.0.0.1").unref();
    await once(site.#server, "listening");
    site.origin = `http://127.0.0.1:${site.#server.address().port}`;
    return site;
  }

  async stop() {
    this.#server.closeAllConnections();
    this.#server.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #answer(request, response) {
    response.setHeader("Connection", this.#connection);
    const path = normalize(decodeURIComponent(new URL(request.url, this.origin).pathname));
    try {
      const file = await readFile(join(this.#folder, path === "/" ? "index.html" : path));
      const type = mediaTypes[extname(path)] ?? (path === "/" ? mediaTypes[".html"] : "application/octet-stream");
      response.writeHead(200, { "Content-Type": type, "Content-Security-Policy": this.#policy });
      response.end(file);
    } catch {
      this.#pass(request, response);
    }
  }

  /** A connection that is cut behind the site is cut before it too. */
  #pass(request, response) {
    if (!this.#backend) {
      response.writeHead(404).end();
      return;
    }
    const { hostname, port } = this.#backend;
    const { url, method, headers } = request;
    const onward = ask({ hostname, port, path: url, method, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode, { ...answer.headers, connection: this.#connection });
      answer.pipe(response);
    });
    onward.on("error", () => request.socket.resetAndDestroy());
    response.on("close", () => onward.destroy());
    request.pipe(onward);
  }
}
