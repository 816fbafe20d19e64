// Writes NOTICES.md: whose work is in the files that a council hosts, and under what licences.
//
//   node scripts/notices.mjs          write it (make notices)
//   node scripts/notices.mjs --check  fail if a crate in the app is missing from it
//
// Procedural macros and build scripts run on the builder's machine and do not ship, so they are not named.

import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const cargo = (...args) => execFileSync("cargo", args, { encoding: "utf8", maxBuffer: 1 << 28 });

const names = new Set(
  cargo("tree", "-e", "normal,no-proc-macro", "-p", "putright", "--target", "wasm32-unknown-unknown",
    "--prefix", "none", "--format", "{p}")
    .split("\n")
    .map((line) => line.split(" ").slice(0, 2).join(" "))
    .filter((name) => name && !name.startsWith("putright")),
);

const crates = JSON.parse(cargo("metadata", "--format-version", "1", "--filter-platform", "wasm32-unknown-unknown"))
  .packages.filter((one) => names.has(`${one.name} v${one.version}`))
  .sort((a, b) => a.name.localeCompare(b.name, "en") || a.version.localeCompare(b.version, "en"));

function copyright(crate) {
  const folder = dirname(crate.manifest_path);
  const lines = readdirSync(folder)
    .filter((name) => /^(licen[cs]e|copying|copyright)/i.test(name) && !/apache/i.test(name))
    .flatMap((name) => {
      try {
        return readFileSync(join(folder, name), "utf8").split("\n");
      } catch {
        return []; // a folder of licences
      }
    })
    .map((line) => line.replace(/^[\s#*-]+|\s+$/g, ""))
    .filter((line) => /^copyright\b.*(\d{4}|\(c\)|©)/i.test(line) && !/[[{<]/.test(line));
  return [...new Set(lines)].join("; ").replaceAll("|", "\\|") || `The authors of ${crate.name}`;
}

if (process.argv.includes("--check")) {
  const told = existsSync("NOTICES.md") ? readFileSync("NOTICES.md", "utf8") : "";
  const missing = crates.filter((crate) => !told.includes(`| ${crate.name} |`)).map((crate) => crate.name);
  if (missing.length) {
    console.error(`NOTICES.md does not name: ${missing.join(", ")}. Write it again with: make notices`);
    process.exit(1);
  }
  process.exit();
}

const styles = JSON.parse(readFileSync("node_modules/govuk-frontend/package.json", "utf8"));
const rows = crates.map((crate) => {
  const licence = (crate.license ?? "see its source").replace(/\s*\/\s*/g, " OR ");
  return `| ${crate.name} | ${crate.version} | ${licence} | ${copyright(crate)} |`;
});

writeFileSync("NOTICES.md", `# Notices

Putright is Copyright (c) 2026 The Putright contributors, under the MIT licence (\`LICENSE\`). The files that a council hosts
also hold the work of others, named here. \`make notices\` writes this file; where a licence gives a choice, Putright takes
the MIT licence if it is offered.

## In the stylesheet

govuk-frontend ${styles.version}, under the MIT licence: Copyright (C) 2017 Crown Copyright (Government Digital Service). Its
crown, its images and its typeface are not used and not here.

## In the data

Bank holidays come from GOV.UK (https://www.gov.uk/bank-holidays), Crown copyright, under the
[Open Government Licence v3.0](https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/).

## In the WebAssembly and its JavaScript

The standard library of Rust (MIT OR Apache-2.0, Copyright (c) The Rust Project Contributors) and these ${crates.length} crates:

| crate | version | licence | copyright |
|---|---|---|---|
${rows.join("\n")}

## The licences

### MIT

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the
Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE,
ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.

### Unicode-3.0

Permission is hereby granted, free of charge, to any person obtaining a copy of data files and any associated documentation
(the "Data Files") or software and any associated documentation (the "Software") to deal in the Data Files or Software
without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, and/or sell
copies of the Data Files or Software, and to permit persons to whom the Data Files or Software are furnished to do so,
provided that either (a) this copyright and permission notice appear with all copies of the Data Files or Software, or (b)
this copyright and permission notice appear in associated Documentation.

THE DATA FILES AND SOFTWARE ARE PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT
LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT OF THIRD PARTY RIGHTS.

IN NO EVENT SHALL THE COPYRIGHT HOLDER OR HOLDERS INCLUDED IN THIS NOTICE BE LIABLE FOR ANY CLAIM, OR ANY SPECIAL INDIRECT
OR CONSEQUENTIAL DAMAGES, OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF
CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THE DATA FILES
OR SOFTWARE.

Except as contained in this notice, the name of a copyright holder shall not be used in advertising or otherwise to promote
the sale, use or other dealings in these Data Files or Software without prior written authorization of the copyright holder.

### Zlib

This software is provided 'as-is', without any express or implied warranty. In no event will the authors be held liable for
any damages arising from the use of this software. Permission is granted to anyone to use this software for any purpose,
including commercial applications, and to alter it and redistribute it freely, subject to the following restrictions: the
origin of this software must not be misrepresented; altered source versions must be plainly marked as such, and must not be
misrepresented as being the original software; this notice may not be removed or altered from any source distribution.

### BSL-1.0, Apache-2.0

The Boost Software License 1.0 asks for no notice in compiled files. Its text: https://www.boost.org/LICENSE_1_0.txt. No
crate here is under the Apache License 2.0 alone; its text: https://www.apache.org/licenses/LICENSE-2.0.
`);
console.log(`NOTICES.md: ${crates.length} crates`);
