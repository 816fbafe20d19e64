// examples/php on PHP's own server, in a folder of its own.

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { leftOut } from "./left-out.mjs";
import { until } from "./outcome.mjs";
import { root } from "./receiver.mjs";
import { freePort } from "./servers.mjs";

const run = promisify(execFile);

/** The reason to leave a test out where this machine has no PHP, or none with SQLite. */
export async function withoutPhp() {
  const modules = await run("php", ["-m"]).then(({ stdout }) => stdout.split("\n"), () => null);
  if (!modules) return leftOut("php is not installed (Debian: apt-get install php-cli php-sqlite3)");
  return !modules.includes("pdo_sqlite") && leftOut("PHP has no pdo_sqlite (Debian: apt-get install php-sqlite3)");
}

const listens = (port) => new Promise((told) => {
  const socket = createConnection(port, "127.0.0.1", () => told(true)).on("error", () => told(false));
  socket.on("connect", () => socket.destroy());
});

export class Php {
  #process;
  #folder;
  #settings;

  /** Starts it as it comes, which is for the council `anytown`. */
  static async start() {
    const php = new Php();
    php.#folder = await mkdtemp(join(tmpdir(), "putright-php-"));
    await cp(join(root, "examples/php"), php.#folder, { recursive: true });
    php.#settings = await readFile(php.#path("private/settings.php"), "utf8");
    const port = await freePort();
    // Another name than the form's address has: another site, not only another origin.
    php.origin = `http://localhost:${port}`;
    const child = spawn("php", ["-c", "public/.user.ini", "-S", `127.0.0.1:${port}`, "-t", "public"], {
      cwd: php.#folder, stdio: ["ignore", "ignore", "pipe"],
    });
    php.#process = child;
    php.log = "";
    child.stderr.setEncoding("utf8").on("data", (text) => { php.log += text; });
    await until(() => {
      if (child.exitCode !== null) throw new Error(`php -S did not start: ${php.log}`);
      return listens(port);
    }, 20_000);
    return php;
  }

  async stop() {
    const gone = once(this.#process, "exit");
    if (this.#process.kill("SIGKILL")) await gone;
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Names the other sites that may send to it, from the next request on. */
  async allow(...origins) {
    const none = "'origins' => []";
    if (!this.#settings.includes(none)) throw new Error(`the settings have no ${none}`);
    const all = origins.map((origin) => `'${origin}'`).join(", ");
    await writeFile(this.#path("private/settings.php"), this.#settings.replace(none, `'origins' => [${all}]`));
  }

  /** Puts a page beside it. */
  async put(name, text) {
    await writeFile(this.#path(`public/${name}`), text);
  }

  /** The references of all that is stored, as its own program lists them. */
  async references() {
    return (await this.#read()).split("\n").filter(Boolean).map((line) => line.split("  ")[0]);
  }

  /** A submission as it is stored, and its files by their names. */
  async stored(reference) {
    const to = this.#path(`read-${reference}`);
    await this.#read(reference, to);
    const names = (await readdir(to)).filter((name) => name !== "submission.json").sort();
    const files = await Promise.all(names.map(async (name) => [name, await readFile(join(to, name))]));
    return { submission: JSON.parse(await readFile(join(to, "submission.json"), "utf8")), files: Object.fromEntries(files) };
  }

  async #read(...what) {
    return (await run("php", [this.#path("private/read.php"), ...what])).stdout;
  }

  #path(name) {
    return join(this.#folder, name);
  }
}
