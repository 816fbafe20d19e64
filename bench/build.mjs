// Builds the apps that Putright is measured against into built/: one folder each, files named by what is in them.

import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { compile } from "sass";

import { here, journey } from "./lib/journey.mjs";

const modules = `${here}node_modules`;
const { words, screens } = await journey();

/** Writes a file under its name with a hash, and gives that. */
async function put(folder, name, body) {
  const [stem, extension] = name.split(".");
  const hash = createHash("sha256").update(body).digest("hex").slice(0, 16);
  const file = `${stem}-${hash}.${extension}`;
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}/${file}`, body);
  return file;
}

async function bundle(entry, options = {}) {
  const { outputFiles } = await build({
    entryPoints: [entry], bundle: true, minify: true, write: false, format: "esm", target: "es2022", legalComments: "none",
    jsx: "automatic", jsxImportSource: "preact", define: { "process.env.NODE_ENV": '"production"' }, ...options,
  });
  return outputFiles[0].contents;
}

const style = (file) => compile(file, { style: "compressed", quietDeps: true, silenceDeprecations: ["import"] }).css;

const page = ({ css, js, scripts = "", body }) => `<!DOCTYPE html>
<html lang="en-GB" class="govuk-template">
<head>
<meta charset="utf-8">
<title>${screens[0].title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<link rel="icon" href="data:,">
${css.map((file) => `<link rel="stylesheet" href="${file}">`).join("\n")}
${scripts}<script type="module" src="${js}"></script>
</head>
<body class="govuk-template__body">
${body}
</body>
</html>
`;

/** What the apps that bring no page of their own for it show at the end. */
const told = `<div id="told" hidden><h1>${words.sent_title}</h1><p>${words.sent_reference} <strong id="reference"></strong></p></div>`;

const peers = {
  async surveyjs(folder) {
    const js = await put(folder, "app.js", await bundle(`${here}peers/surveyjs/main.js`));
    // Without the typeface, which the other would fetch from another host.
    const css = await put(folder, "style.css", await readFile(`${modules}/survey-core/survey-core.fontless.min.css`));
    await writeFile(`${folder}/index.html`, page({ css: [css], js, body: `<div id="app"></div>\n${told}` }));
  },
  async formio(folder) {
    const dist = `${modules}/@formio/js/dist`;
    const library = await put(folder, "formio.js", await readFile(`${dist}/formio.form.min.js`));
    const bootstrap = await put(folder, "bootstrap.css", await readFile(`${modules}/bootstrap/dist/css/bootstrap.min.css`));
    const css = await put(folder, "style.css", await readFile(`${dist}/formio.form.min.css`));
    const js = await put(folder, "app.js", await bundle(`${here}peers/formio/main.js`));
    const scripts = `<script defer src="${library}"></script>\n`;
    await writeFile(`${folder}/index.html`, page({ css: [bootstrap, css], js, scripts, body: `<div id="app"></div>\n${told}` }));
    await mkdir(`${folder}/fonts`, { recursive: true });
    for (const font of ["bootstrap-icons.woff", "bootstrap-icons.woff2"]) {
      await copyFile(`${dist}/fonts/${font}`, `${folder}/fonts/${font}`).catch(() => {});
    }
  },
  async govuk(folder) {
    const js = await put(folder, "app.js", await bundle(`${here}peers/govuk/main.js`));
    const css = await put(folder, "style.css", style(`${here}peers/govuk/style.scss`));
    await writeFile(`${folder}/assets.json`, JSON.stringify({ js: `/${js}`, css: `/${css}` }));
  },
  async preact(folder) {
    const js = await put(folder, "app.js", await bundle(`${here}peers/preact/main.jsx`));
    const css = await put(folder, "style.css", style(`${here}peers/preact/style.scss`));
    await writeFile(`${folder}/index.html`, page({ css: [css], js, body: '<div id="app"></div>' }));
  },
  async "preact-prerendered"(folder) {
    const js = await put(folder, "app.js", await bundle(`${here}peers/preact/main.jsx`));
    const css = await put(folder, "style.css", style(`${here}peers/preact/style.scss`));
    const drawn = `${here}built/prerender.mjs`;
    await writeFile(drawn, await bundle(`${here}peers/preact/prerender.jsx`, { platform: "node" }));
    const { html } = await import(drawn);
    await rm(drawn);
    await writeFile(`${folder}/index.html`, page({ css: [css], js, body: `<div id="app">${html()}</div>` }));
  },
};

await rm(`${here}built`, { recursive: true, force: true });
for (const [name, make] of Object.entries(peers)) {
  await mkdir(`${here}built/${name}`, { recursive: true });
  await make(`${here}built/${name}`);
  console.log(`built ${name}`);
}
