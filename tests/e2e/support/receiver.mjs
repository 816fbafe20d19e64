// The real `putright`: serves the release and receives submissions into a folder of its own.
//
// PUTRIGHT_DIST   the built app            (dist)
// PUTRIGHT_BIN    the command line         (target/release/putright, else target/debug/putright)

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
export const root = fileURLToPath(new URL("../../../", import.meta.url));
export const dist = process.env.PUTRIGHT_DIST ?? join(root, "dist");
export const programs = process.env.PUTRIGHT_BIN ? [process.env.PUTRIGHT_BIN] : ["release", "debug"]
  .map((profile) => join(root, "target", profile, "putright"))
  .filter((path) => existsSync(path));
export const [binary] = programs;

/** A file of the built app, parsed: tests expect what the app was given, not a copy of it. */
export async function data(path) {
  return JSON.parse(await readFile(join(dist, path), "utf8"));
}

const running = (child) => child.exitCode === null && child.signalCode === null;

export class Receiver {
  #process;
  #program;
  #folder;
  #site;
  #options;
  #port = 0;

  /** Starts one, for as long as the tests of a file run: of the release, or of another folder like it; with options of its own. */
  static start(site = dist, ...options) {
    return Receiver.startAt({}, site, ...options);
  }

  /** Starts one at a port that others were told before, or of another program. */
  static async startAt({ port = 0, program = binary }, site, ...options) {
    if (!program) throw new Error("there is no putright to test: make build, or set PUTRIGHT_BIN");
    const receiver = new Receiver();
    receiver.#port = port;
    receiver.#program = program;
    receiver.#site = site;
    receiver.#options = options;
    receiver.#folder = await mkdtemp(join(tmpdir(), "putright-e2e-"));
    await receiver.up();
    return receiver;
  }

  /** Starts it where it is not running, at the same address as before. */
  async up() {
    if (this.#process && running(this.#process)) return;
    const child = spawn(
      this.#program,
      ["serve", "--dist", this.#site, "--data", join(this.#folder, "data"), "--port", String(this.#port), "--rate", "100000", ...this.#options],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    this.#process = child;
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text) => { said = (said + text).slice(-2000); });
    const ended = once(child, "exit").then(() => { throw new Error(`putright serve did not start: ${said}`); });
    const [line] = await Promise.race([once(createInterface(child.stdout), "line"), ended]);
    ended.catch(() => {}); // It ends sooner or later.
    this.origin = /http:\/\/\S+/.exec(line)[0];
    this.#port = new URL(this.origin).port;
  }

  /** Kills it, as a machine dies. */
  async down() {
    const child = this.#process;
    if (!running(child)) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }

  async stop() {
    await this.down();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Every submission, oldest first. */
  async list() {
    return this.#submissions("list");
  }

  /** One submission, whole. */
  async show(reference) {
    return (await this.#submissions("show", reference)).submission;
  }

  /** The files of one submission: what is said of each, and its bytes. */
  async files(reference) {
    const to = await mkdtemp(join(this.#folder, "files-"));
    const listed = await this.#submissions("files", reference, "--to", to);
    return Promise.all((await readdir(to)).sort().map(async (name, at) => (
      { ...listed[at], kept: name, bytes: await readFile(join(to, name)) }
    )));
  }

  async #submissions(...what) {
    const { stdout } = await run(this.#program, ["submissions", ...what, "--data", join(this.#folder, "data")]);
    return JSON.parse(stdout);
  }
}
