// The folders of a run, and the programs that it starts and ends.

import { execFileSync, spawn } from "node:child_process";
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export const root = new URL("../../../", import.meta.url);
export const program = process.env.PUTRIGHT_PROGRAM ?? fileURLToPath(new URL("target/release/putright", root));
/** The account that owns nothing: PostgreSQL refuses to run as root. */
const NOBODY = 65_534;
/** The councils' complaints that each officer reads. */
const policy = { roles: [
  { people: ["all"], councils: ["*"], may: ["delete", "export"] },
  { people: ["large"], councils: ["bromley"] },
  { people: ["small"], councils: ["westminster"] },
] };

/** A port that nobody uses. */
export const freePort = () => new Promise((found) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => found(port));
  });
});

/** Makes the built site of a run, with thirty councils in its list, and the policy of the inbox. */
export function makeSite(folder) {
  const dist = join(folder, "dist");
  rmSync(dist, { recursive: true, force: true });
  cpSync(fileURLToPath(new URL("public", root)), dist, { recursive: true });
  cpSync(fileURLToPath(new URL("index.html", root)), join(dist, "index.html"));
  execFileSync(program, ["build", dist], { stdio: "ignore" });
  writeFileSync(join(folder, "policy.json"), JSON.stringify(policy));
  return dist;
}

/** Starts a program and waits until it takes connections. */
export async function start(command, args, port, options = {}) {
  const child = spawn(command, args, { stdio: "ignore", ...options });
  let ended = false;
  child.on("exit", () => { ended = true; });
  for (let at = 0; at < 6000; at += 1) {
    if (ended) throw new Error(`${command} ${args.join(" ")} ended`);
    try {
      await fetch(`http://127.0.0.1:${port}/api/health`);
      return child;
    } catch {
      await wait(50);
    }
  }
  throw new Error(`${command} does not answer`);
}

export async function stop(child, signal = "SIGTERM") {
  const gone = new Promise((done) => { child.once("exit", done); });
  child.kill(signal);
  await gone;
}

/** The environment of a receiver that systemd starts. */
const unit = readFileSync(new URL("scripts/debian/putright.service", root), "utf8");
const memoryOptions = Object.fromEntries(/^Environment=(MALLOC_.*)$/m.exec(unit)[1].split(" ").map((one) => one.split("=")));

/** Starts the receiver with a store (`--data` or `--database`), as the systemd unit does. */
export async function receiver(folder, store, more = []) {
  const port = await freePort();
  const inbox = ["--inbox-policy", join(folder, "policy.json"), "--inbox-user-header", "X-Remote-User", "--inbox-proxy", "127.0.0.1"];
  const child = await start(program, ["serve", "--dist", join(folder, "dist"), "--port", String(port), "--rate", "100000000", ...store, ...inbox, ...more], port, { env: { ...process.env, ...memoryOptions } });
  return { child, port };
}

/** The memory of a process, resident and at its peak, in megabytes. */
export function memory({ pid }) {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const kilobytes = (name) => Number(new RegExp(`${name}:\\s*(\\d+)`).exec(status)[1]);
  return { resident: kilobytes("VmRSS") / 1024, peak: kilobytes("VmHWM") / 1024 };
}

/** Debian's PostgreSQL in a folder, with its usual settings. */
export class Postgres {
  constructor(folder) {
    const debian = existsSync("/usr/lib/postgresql") ? readdirSync("/usr/lib/postgresql").sort((one, other) => other - one) : [];
    if (!debian.length) throw new Error("PostgreSQL is not installed (Debian: apt-get install postgresql)");
    this.programs = `/usr/lib/postgresql/${debian[0]}/bin`;
    this.folder = folder;
    this.data = join(folder, "data");
    this.as = process.getuid() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  }

  run(name, args, options = {}) {
    return execFileSync(join(this.programs, name), args, { cwd: this.folder, stdio: ["pipe", "pipe", "ignore"], encoding: "utf8", ...this.as, ...options });
  }

  async start() {
    if (!existsSync(this.data)) {
      mkdirSync(this.folder, { recursive: true });
      if (this.as.uid) chownSync(this.folder, NOBODY, NOBODY);
      this.run("initdb", ["--username=putright", "--auth=trust", "--encoding=UTF8", "--no-instructions", "--pgdata", this.data]);
    }
    this.port = await freePort();
    this.url = `postgres://putright@127.0.0.1:${this.port}/postgres`;
    const own = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=60", `port=${this.port}`];
    this.child = spawn(join(this.programs, "postgres"), ["-D", this.data, ...own.flatMap((one) => ["-c", one])], { cwd: this.folder, stdio: "ignore", ...this.as });
    for (let at = 0; ; at += 1) {
      try {
        this.query("SELECT 1");
        return;
      } catch (error) {
        if (at > 1200) throw error;
        await wait(50);
      }
    }
  }

  /** The rows that a statement gives, as lines. */
  query(statement) {
    return this.run("psql", ["-XAtq", "-v", "ON_ERROR_STOP=1", "-d", this.url, "-c", statement]).trim();
  }

  /** Copies rows into a table. */
  async copy(table, columns, rows) {
    const child = spawn(join(this.programs, "psql"), ["-Xq", "-v", "ON_ERROR_STOP=1", "-d", this.url, "-c", `COPY ${table} (${columns.join(", ")}) FROM STDIN`], { stdio: ["pipe", "ignore", "inherit"], ...this.as });
    const done = new Promise((end, fail) => child.once("exit", (code) => (code ? fail(new Error(`COPY ended with ${code}`)) : end())));
    const escape = (value) => (value === null ? "\\N" : String(value).replace(/[\\\n\t\r]/g, (one) => ({ "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r" })[one]));
    let block = "";
    for (const row of rows) {
      block += `${columns.map((name) => escape(row[name])).join("\t")}\n`;
      if (block.length > 1 << 20) {
        if (!child.stdin.write(block)) await new Promise((drained) => { child.stdin.once("drain", drained); });
        block = "";
      }
    }
    child.stdin.end(block);
    await done;
  }

  async stop() {
    await stop(this.child, "SIGINT");
  }
}
