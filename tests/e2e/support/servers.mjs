// Servers of other people, as they come: started on loopback, with a folder of their own, and asked over HTTP.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { until } from "./outcome.mjs";
import { root } from "./receiver.mjs";

const modules = join(root, "node_modules");

class Server {
  #process;
  #folder;
  #said = "";

  /** Runs a program of a package with files of its own. `arrange` writes them, and gives the program and its arguments. */
  static async start(ready, arrange) {
    const server = new Server();
    const folder = await mkdtemp(join(tmpdir(), "putright-server-"));
    server.#folder = folder;
    const port = await freePort();
    server.origin = `http://127.0.0.1:${port}`;
    const child = spawn(process.execPath, await arrange(folder, port), { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    server.#process = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => { server.#said = (server.#said + text).slice(-2000); });
    }
    try {
      await until(async () => {
        if (child.exitCode !== null) throw new Error("it ended");
        return fetch(server.origin + ready).then((answer) => answer.ok, () => false);
      }, 60_000);
      return server;
    } catch (error) {
      await server.stop();
      throw new Error(`the server did not start: ${server.#said}`, { cause: error });
    }
  }

  async stop() {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const gone = once(this.#process, "exit");
      this.#process.kill("SIGKILL");
      await gone;
    }
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** What stands at an address. */
  async get(path) {
    return (await fetch(this.origin + path)).json();
  }
}

/** A port that nothing listens at. */
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** json-server, with one empty collection. */
export function jsonServer(collection) {
  return Server.start(`/${collection}`, async (folder, port) => {
    const file = join(folder, "db.json");
    await writeFile(file, JSON.stringify({ [collection]: [] }));
    return [join(modules, "json-server/lib/cli/bin.js"), file, "--host", "127.0.0.1", "--port", String(port), "--quiet"];
  });
}

/** Node-RED, with a flow and nothing of its editor. */
export function nodeRed(ready, flow) {
  return Server.start(ready, async (folder, port) => {
    const settings = join(folder, "settings.js");
    const own = {
      uiHost: "127.0.0.1", uiPort: port, userDir: folder, flowFile: "flow.json", credentialSecret: false, httpAdminRoot: false,
      httpNodeCors: { origin: "*", methods: "GET,PUT,POST,DELETE" },
      diagnostics: { enabled: false }, telemetry: { enabled: false, updateNotification: false },
      logging: { console: { level: "warn", metrics: false, audit: false } },
    };
    await writeFile(settings, `module.exports = ${JSON.stringify(own)};\n`);
    // A node without a place on the sheet is taken for settings.
    const placed = flow.map((node) => (node.z ? { x: 0, y: 0, ...node } : node));
    await writeFile(join(folder, "flow.json"), JSON.stringify(placed));
    return [join(modules, "node-red/red.js"), "--settings", settings, "--userDir", folder];
  });
}
