// Writes the software bill of materials of a release, in CycloneDX 1.5: what is in the WebAssembly, the stylesheet and the command line.
//
//   node scripts/sbom.mjs VERSION TIME > sbom.cdx.json      TIME as 2026-11-30T12:00:00Z
//
// The command line is counted as a release has it: static, for this machine's architecture, with every feature.
//
// The same sources give the same bytes: the serial number is made of the contents. What only builds or tests is left out.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const [version, time] = process.argv.slice(2);
if (!version || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(time ?? "")) {
  console.error("usage: node scripts/sbom.mjs VERSION TIME");
  process.exit(2);
}
const root = fileURLToPath(new URL("..", import.meta.url));
const cargo = (...args) => execFileSync("cargo", args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
const host = /^host: (.*)-gnu$/m.exec(execFileSync("rustc", ["-vV"], { encoding: "utf8" }))?.[1].concat("-musl");
if (!host) {
  console.error("sbom: a release is built on Linux with Rust for the GNU C library");
  process.exit(2);
}
const features = ["--features", "putright-cli/notify,putright-cli/postgres,putright-cli/inbox-oidc,putright-cli/s3"];

/** The names and versions of the crates that end up in what is built of a package. */
const inside = (name, target, ...more) =>
  cargo("tree", "--locked", "-e", "normal,no-proc-macro", "-p", name, "--target", target, "--prefix", "none", "--format", "{p}", ...more)
    .split("\n").filter(Boolean).map((line) => line.split(" ").slice(0, 2).join(" "));

const wanted = new Set([
  ...inside("putright", "wasm32-unknown-unknown"),
  ...inside("putright-endpoint-test", "wasm32-unknown-unknown"),
  ...inside("putright-cli", host, ...features),
]);

const metadata = ["wasm32-unknown-unknown", host]
  .map((target) => JSON.parse(cargo("metadata", "--locked", "--format-version", "1", "--filter-platform", target,
    ...features)));
const packages = new Map(metadata.flatMap((one) => one.packages)
  .filter((one) => wanted.has(`${one.name} v${one.version}`)).map((one) => [one.id, one]));

/** The SHA-256 of each crate's archive, which Cargo checks when it fetches one. */
const checksums = new Map(readFileSync(new URL("../Cargo.lock", import.meta.url), "utf8").split("[[package]]").flatMap((entry) => {
  const value = (key) => new RegExp(`^${key} = "(.*)"$`, "m").exec(entry)?.[1];
  return value("checksum") ? [[`${value("name")} ${value("version")}`, value("checksum")]] : [];
}));

const reference = (one) => `pkg:cargo/${one.name}@${one.version}`;
const crate = (one) => {
  const checksum = checksums.get(`${one.name} ${one.version}`);
  const licence = one.license?.replace(/\s*\/\s*/g, " OR ");
  return {
    type: "library",
    "bom-ref": reference(one),
    name: one.name,
    version: one.version,
    ...(licence && { licenses: [{ expression: licence }] }),
    ...(checksum && { hashes: [{ alg: "SHA-256", content: checksum }] }),
    purl: reference(one),
  };
};

/** The stylesheet is compiled of this one; no other package of npm's ships. */
function styles() {
  const lock = JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8"));
  const { version, license, integrity } = lock.packages["node_modules/govuk-frontend"];
  const [, algorithm, hash] = /^sha(512|256)-(.*)$/.exec(integrity);
  const name = `pkg:npm/govuk-frontend@${version}`;
  return {
    type: "library", "bom-ref": name, name: "govuk-frontend", version, licenses: [{ expression: license }],
    hashes: [{ alg: `SHA-${algorithm}`, content: Buffer.from(hash, "base64").toString("hex") }], purl: name,
  };
}

const order = (one, other) => (one < other ? -1 : one > other ? 1 : 0);
const own = new Set(metadata[0].workspace_members);
const product = `pkg:generic/putright@${version}`;
const all = [...packages.values()];
const components = [...all.filter((one) => !own.has(one.id)).map(crate), styles()].sort((a, b) => order(a["bom-ref"], b["bom-ref"]));

/** What each crate needs of the others. Those of the workspace are the product itself. */
const edges = new Map();
for (const { resolve } of metadata) {
  for (const node of resolve.nodes.filter(({ id }) => packages.has(id))) {
    const from = own.has(node.id) ? product : reference(packages.get(node.id));
    const to = node.deps.filter(({ pkg, dep_kinds }) => packages.has(pkg) && !own.has(pkg) && dep_kinds.some(({ kind }) => kind === null))
      .map(({ pkg }) => reference(packages.get(pkg)));
    edges.set(from, new Set([...(edges.get(from) ?? []), ...to]));
  }
}
edges.get(product).add(components.find(({ name }) => name === "govuk-frontend")["bom-ref"]);
const dependencies = [...edges].sort(([a], [b]) => order(a, b)).map(([ref, on]) => ({ ref, dependsOn: [...on].sort(order) }));

const bom = {
  bomFormat: "CycloneDX",
  specVersion: "1.5",
  version: 1,
  metadata: {
    timestamp: time,
    component: {
      type: "application", "bom-ref": product, name: "putright", version, licenses: [{ expression: "MIT" }], purl: product,
    },
  },
  components,
  dependencies,
};
const digest = createHash("sha256").update(JSON.stringify(bom)).digest("hex");
// A UUID of version 8: its digits are the maker's own (RFC 9562).
const serial = `${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-a${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
console.log(JSON.stringify({ bomFormat: bom.bomFormat, specVersion: bom.specVersion, serialNumber: `urn:uuid:${serial}`, ...bom }, null, 2));
