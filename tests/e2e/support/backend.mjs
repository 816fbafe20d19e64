// A site of its own, whose councils' files send to backends of the tests' choice: `putright mock`, and a copy of the built app.

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

import { binary, dist } from "./receiver.mjs";

const run = promisify(execFile);

/** A backend that answers as it should, or goes wrong as it is told to. */
export class Mock {
  #process;

  static async start(preset) {
    const mock = new Mock();
    mock.#process = spawn(binary, ["mock", "--preset", preset], { stdio: ["ignore", "pipe", "ignore"] });
    const ended = once(mock.#process, "exit").then(() => { throw new Error(`putright mock --preset ${preset} did not start`); });
    const [line] = await Promise.race([once(createInterface(mock.#process.stdout), "line"), ended]);
    ended.catch(() => {}); // It ends sooner or later.
    mock.origin = /http:\/\/\S+/.exec(line)[0];
    return mock;
  }

  /** Goes wrong from now on, with nothing stored so far. */
  async fault(name) {
    await fetch(`${this.origin}/_mock/received`, { method: "DELETE" });
    await fetch(`${this.origin}/_mock/fault/${name}`, { method: "PUT" });
  }

  /** Everything that was stored. */
  async received() {
    return (await fetch(`${this.origin}/_mock/received`)).json();
  }

  async stop() {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    await gone;
  }
}

/** A copy of the built app with these councils, each with a delivery of its own. Gives its folder, and what takes it away. */
export async function site(deliveries) {
  const folder = await mkdtemp(join(tmpdir(), "putright-site-"));
  const copy = join(folder, "dist");
  // A packed file would be served in place of one that is changed here.
  await cp(dist, copy, { recursive: true, filter: (path) => !/\.(br|gz)$/.test(path) });
  const first = JSON.parse(await readFile(join(dist, "councils/bromley.json"), "utf8"));
  for (const [id, delivery] of Object.entries(deliveries)) {
    await writeFile(join(copy, `councils/${id}.json`), JSON.stringify({ ...first, id, name: `Council of ${id}`, delivery }));
  }
  const councils = Object.keys(deliveries);
  await writeFile(join(copy, "councils/index.json"), JSON.stringify({ schema_version: 1, default: councils[0], councils }));
  await run(binary, ["build", copy]);
  return { folder: copy, remove: () => rm(folder, { recursive: true, force: true }) };
}
