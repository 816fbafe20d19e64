// What the figures were measured with, and on.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";

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

export function machine(browser) {
  const all = cpus();
  return {
    cpu: all[0]?.model.trim() ?? "unknown", cores: all.length, memory: `${Math.round(totalmem() / 2 ** 30)} GB`, system: system(),
    node: process.version, chromium: browser.version(), rust: ask("rustc", "--version"), load: loadavg()[0],
    commit: ask("git", "rev-parse", "--short", "HEAD"), day: new Date().toISOString().slice(0, 10),
  };
}

/** The versions that the lock file holds. */
export function versions(names) {
  const { packages } = JSON.parse(readFileSync(`${here}package-lock.json`, "utf8"));
  return Object.fromEntries(names.map((name) => [name, packages[`node_modules/${name}`].version]));
}
