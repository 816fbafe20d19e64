// One server for every app, as a council's would be: Brotli, the right types, connections that stay open, and files that
// are named by their contents, or have `?v=` with their hash in the address, kept for a year. It writes down what it sent.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, relative, sep } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const types = {
  ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8", ".json": "application/json", ".wasm": "application/wasm", ".svg": "image/svg+xml",
  ".woff2": "font/woff2", ".woff": "font/woff", ".md": "text/markdown; charset=utf-8", ".png": "image/png",
};
const packed = new Set([".html", ".css", ".js", ".mjs", ".json", ".wasm", ".svg", ".md", ".bin"]);
const hashed = /-[0-9A-Za-z]{8,16}(_bg)?\.[a-z0-9]+$/;
const reference = JSON.stringify({ reference: "K7M-2QX-HPA" });

/** What kind of file it is, for the table. */
export function kindOf(type = "") {
  for (const [kind, pattern] of [
    ["HTML", /html/], ["CSS", /css/], ["JS", /javascript/], ["WASM", /wasm/], ["JSON", /json/], ["bundle", /octet-stream/],
  ]) if (pattern.test(type)) return kind;
  return "other";
}

/** As a release is packed; what a program draws while somebody waits is packed as proxies do it. */
export function brotli(body, quality = constants.BROTLI_MAX_QUALITY) {
  return brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } });
}

/** Packed once for all runs: the largest takes many seconds. */
const done = new Map();
function packedOnce(raw) {
  const key = createHash("sha256").update(raw).digest("hex");
  if (!done.has(key)) done.set(key, brotli(raw));
  return done.get(key);
}

/** Serves a folder; `handle` gets what is no file. */
export async function serve(folder, handle) {
  const files = new Map();
  const paths = folder ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
  for (const entry of paths) {
    if (!entry.isFile() || /\.(br|gz)$/.test(entry.name)) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    files.set(`/${relative(folder, path).split(sep).join("/")}`, path);
  }
  /** Read before the first request: no page waits for a disk or a compressor. */
  const ready = new Map();
  const load = (path) => {
    if (!ready.has(path)) {
      const extension = extname(path);
      const raw = readFileSync(path);
      const body = packed.has(extension) && raw.length > 500 ? packedOnce(raw) : raw;
      ready.set(path, { body, encoded: body !== raw, type: types[extension] ?? "application/octet-stream",
        version: createHash("sha256").update(raw).digest("hex").slice(0, 16),
        tag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 16)}"` });
    }
    return ready.get(path);
  };
  for (const path of files.values()) load(path);

  let log = [];
  const server = createServer((request, response) => {
    const before = request.socket.bytesWritten;
    const { pathname, searchParams } = new URL(request.url, "http://localhost");
    response.on("finish", () => log.push({
      path: pathname, status: response.statusCode, bytes: request.socket.bytesWritten - before,
      kind: kindOf(String(response.getHeader("content-type") ?? "")),
    }));
    if (request.method === "POST" && /submi/.test(pathname)) {
      request.resume().on("end", () => response.writeHead(201, { "content-type": "application/json", "cache-control": "no-store" }).end(reference));
      return;
    }
    const path = files.get(pathname === "/" && !handle ? "/index.html" : pathname);
    if (path) {
      const { body, encoded, type, version, tag } = load(path);
      response.setHeader("content-type", type);
      response.setHeader("etag", tag);
      response.setHeader("vary", "Accept-Encoding");
      response.setHeader("cache-control", hashed.test(pathname) || searchParams.get("v") === version ? "public, max-age=31536000, immutable" : "no-cache");
      if (request.headers["if-none-match"] === tag) return void response.writeHead(304).end();
      if (encoded) response.setHeader("content-encoding", "br");
      response.setHeader("content-length", body.length);
      return void response.end(body);
    }
    if (handle) return void handle(request, response);
    response.writeHead(404, { "content-type": "text/plain" }).end("There is no page at this address.\n");
  });
  server.keepAliveTimeout = 120_000;
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    /** What was sent since this was last asked. */
    sent: () => { const all = log; log = []; return all; },
    stop: () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }),
  };
}
