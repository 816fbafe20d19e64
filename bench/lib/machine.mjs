// What the figures were measured with, and on.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { setTimeout } from "node:timers/promises";

import { here, root } from "./journey.mjs";

const system = () => {
  try {
    return /^PRETTY_NAME="?(.*?)"?$/m.exec(readFileSync("/etc/os-release", "utf8"))[1];
  } catch {
    return process.platform;
  }
};

const ask = (command, ...given) => {
  try {
    return execFileSync(command, given, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return "unknown";
  }
};

/** The share of the processors in use while nothing is measured yet. The load that the system tells is of the last minute, in which
 * the benches of the rules may still have run. */
async function inUse() {
  const now = () => cpus().map(({ times }) => [times.idle, Object.values(times).reduce((sum, time) => sum + time, 0)]);
  const before = now();
  await setTimeout(5000);
  const [idle, all] = now().reduce(([idle, all], [one, whole], at) => [idle + one - before[at][0], all + whole - before[at][1]], [0, 0]);
  return 1 - idle / all;
}

/** Above this share of the processors in use the times are too long. */
export const BUSY = 0.1;

export async function machine(browser) {
  const all = cpus();
  return {
    cpu: all[0]?.model.trim() ?? "unknown", cores: all.length, memory: `${Math.round(totalmem() / 2 ** 30)} GB`, system: system(),
    node: process.version, chromium: browser.version(), rust: ask("rustc", "--version"), inUse: await inUse(),
    commit: ask("git", "rev-parse", "--short", "HEAD"), day: new Date().toISOString().slice(0, 10),
  };
}

/** The versions that the lock file holds. */
export function versions(names) {
  const { packages } = JSON.parse(readFileSync(`${here}package-lock.json`, "utf8"));
  return Object.fromEntries(names.map((name) => [name, packages[`node_modules/${name}`].version]));
}
