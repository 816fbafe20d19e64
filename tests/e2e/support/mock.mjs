// `putright mock`: stands in for a council's backend, goes wrong as it is told, and tells what it has stored.

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

import { binary } from "./receiver.mjs";

export class Mock {
  #process;

  /** Starts one for a preset, at any port that is free. */
  static async start(preset) {
    if (!binary) throw new Error("there is no putright to test: make build, or set PUTRIGHT_BIN");
    const mock = new Mock();
    const child = spawn(binary, ["mock", "--preset", preset], { stdio: ["ignore", "pipe", "pipe"] });
    mock.#process = child;
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text) => { said = (said + text).slice(-2000); });
    const ended = once(child, "exit").then(() => { throw new Error(`putright mock did not start: ${said}`); });
    const [line] = await Promise.race([once(createInterface(child.stdout), "line"), ended]);
    ended.catch(() => {}); // It ends sooner or later.
    mock.origin = /http:\/\/\S+/.exec(line)[0];
    return mock;
  }

  async stop() {
    const child = this.#process;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }

  async #ask(path, method = "GET") {
    const answer = await fetch(`${this.origin}/_mock/${path}`, { method });
    const text = await answer.text();
    return { ok: answer.ok, text };
  }

  /** Everything that can go wrong with one, in its own order and words; `none` is first. */
  static async faults() {
    const { stdout } = await promisify(execFile)(binary, ["mock", "--help"]);
    return new Map([...stdout.matchAll(/^ +- ([a-z-]+): +(.+)$/gm)].map(([, name, what]) => [name, what]));
  }

  /** Goes wrong in this way from now on: for every request, or for so many. */
  async fault(name, times) {
    const { ok, text } = await this.#ask(`fault/${name}${times === undefined ? "" : `?times=${times}`}`, "PUT");
    if (!ok) throw new Error(text);
  }

  /** What it has stored, oldest first. */
  async received() {
    return JSON.parse((await this.#ask("received")).text);
  }

  /** How many submissions came, stored or not. */
  async requests() {
    return JSON.parse((await this.#ask("requests")).text);
  }

  /** Forgets what came. */
  async clear() {
    await this.#ask("received", "DELETE");
  }
}

/** Every text in something that arrived, as one, with the ends of lines that all have. */
export function textOf(arrived) {
  const texts = [];
  const gather = (value) => {
    if (typeof value === "string") texts.push(value);
    else if (value && typeof value === "object") Object.values(value).forEach(gather);
  };
  gather([arrived.json, arrived.fields]);
  return texts.join("\n").replaceAll("\r\n", "\n");
}
