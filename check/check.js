// The browser's side of check.html: fetches, listens, draws. What to ask next, what is sent and what an answer means is said by
// Rust (src/domain/delivery/trial.rs), the app's own: `putrightTrial` takes all that is known and gives back the next step, or
// the findings. Nothing is kept there, and nothing is decided here.
//
// src/browser/http.rs sends for the app in the same way. It is not shared: it tells less of an answer, and shows how far files are.

import start from "./putright-trial.js";

const MOST = 1 << 20; // Bytes of an answer that are read, as in the app.
const SHOWN = 2000; // Characters of an answer that are shown.
const element = (id) => document.getElementById(id);
const copy = (id) => element(id).content.firstElementChild.cloneNode(true);
const ask = (known) => JSON.parse(globalThis.putrightTrial(JSON.stringify(known)));

const verdicts = {
  works: ["Works", "govuk-tag--green"], change: ["Must be changed", "govuk-tag--red"],
  consider: ["Could be better", "govuk-tag--yellow"], unknown: ["Not known", "govuk-tag--grey"],
};
const sides = {
  site: "By: this site’s files or web server", server: "By: the server that takes complaints",
  either: "By: this site’s files, or the server", device: "By: you, on this device", nobody: "",
};
const purposes = {
  token: "Fetch the token", send: "Send the test", again: "Send the very same again", files: "Send another test, with a file", empty: "Send one with nothing in it",
  open: "Open the council’s own page", reach: "Does anything answer at all?", read: "May this site read an answer?",
  read_with: "May it with these headers?",
};
const ends = {
  opaque: "It answered. This was asked without a right to read the answer.", nothing: "No answer that this page may read.",
  late: "No answer in time.", blocked: "Stopped by this site’s policy: ", opened: "Another page was opened.",
};

// The policy tells what it stopped by an event alone.
let stopped = "";
addEventListener("securitypolicyviolation", ({ effectiveDirective }) => { stopped = effectiveDirective; });
const told = () => new Promise((resolve) => { setTimeout(resolve, 200); });

const number = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
const today = () => {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
};

// A file of so many bytes that begins as its type does. Nothing of this device is in it.
const beginnings = {
  "text/plain": [84, 69, 83, 84], "application/pdf": [37, 80, 68, 70, 45, 49, 46, 52, 10], "image/jpeg": [255, 216, 255, 224],
  "application/msword": [208, 207, 17, 224],
};
const testFile = (type, bytes) => {
  const content = new Uint8Array(bytes).fill(32);
  content.set(beginnings[type]);
  return new Blob([content], { type });
};
const base64 = (blob) => new Promise((resolve) => {
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result.split(",")[1]);
  reader.readAsDataURL(blob);
});

const written = async ({ text, form, parts, marks }) => {
  if (form) return new URLSearchParams(form);
  if (!parts) {
    for (const [mark, bytes] of marks ?? []) {
      const type = Object.keys(beginnings).find((known) => text.includes(`"${known}"`));
      const content = await base64(testFile(type, Number(bytes)));
      text = text.split(mark).join(content);
    }
    return text;
  }
  const data = new FormData();
  for (const [name, value, type, fileName] of parts) {
    if (fileName) data.append(name, testFile(type, Number(value)), fileName);
    else data.append(name, type ? new Blob([value], { type }) : value);
  }
  return data;
};

const read = async (body) => {
  const reader = body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (let length = 0; reader && length < MOST; ) {
    const { done, value } = await reader.read();
    if (done) return [text + decoder.decode(), false];
    length += value.length;
    text += decoder.decode(value, { stream: true });
  }
  reader?.cancel();
  return [text, Boolean(reader)];
};

/** Sends one request, and tells what came of it. */
async function perform(ask, request) {
  const { url, method, credentials, headers, milliseconds } = request;
  const stop = new AbortController();
  let late = false;
  const clock = setTimeout(() => { late = true; stop.abort(); }, milliseconds);
  const begun = performance.now();
  stopped = "";
  try {
    const answer = await fetch(url, {
      method, credentials, headers, body: method === "GET" ? undefined : await written(request), signal: stop.signal,
      mode: ask === "reach" ? "no-cors" : "cors", cache: "no-store", referrerPolicy: "no-referrer",
    });
    if (answer.type === "opaque") return { ask, end: "opaque" };
    const [body, is_cut] = await read(answer.body);
    return {
      ask, end: "answered", status: answer.status, redirected_to: answer.redirected ? answer.url : "", headers: [...answer.headers],
      body, cookies: document.cookie, milliseconds: Math.round(performance.now() - begun), is_cut,
    };
  } catch {
    if (late) return { ask, end: "late" };
    await told();
    return stopped ? { ask, end: "blocked", directive: stopped } : { ask, end: "nothing" };
  } finally {
    clearTimeout(clock);
  }
}

/** Sends a real form, into a new tab. */
async function open({ url, method, form, parts }) {
  const sent = document.createElement("form");
  Object.assign(sent, { action: url, method, enctype: parts ? "multipart/form-data" : "application/x-www-form-urlencoded" });
  Object.assign(sent, { target: "_blank", rel: "noopener", hidden: true });
  for (const [name, value] of form ?? parts) sent.append(Object.assign(document.createElement("textarea"), { name, value }));
  document.body.append(sent);
  stopped = "";
  sent.submit();
  sent.remove();
  await told();
  return stopped ? { ask: "open", end: "blocked", directive: stopped } : { ask: "open", end: "opened" };
}

// --- What is drawn: words as text, always ---------------------------------------------------------------------------

const shownBody = ({ text, form, parts }) => {
  if (form) return new URLSearchParams(form).toString();
  return parts ? parts.map(([name, value, type = "text"]) => `--- ${name} (${type})\n${value}`).join("\n") : text;
};
const lines = (headers) => headers.map(([name, value]) => `${name}: ${value}\n`).join("");
const asRequest = (request) => `${request.method} ${new URL(request.url, location.href)}\n${lines(request.headers)}\n${
  request.method === "GET" ? "" : shownBody(request)}`.trim();
const asAnswer = ({ end, directive = "", status, headers, body }) => {
  if (end !== "answered") return ends[end] + directive;
  const more = body.length > SHOWN ? `\n… (${body.length - SHOWN} characters more)` : "";
  return `Status ${status}\n${lines(headers)}\n${body.slice(0, SHOWN)}${more}`.trim();
};

function drawFinding({ about, verdict, side, title, says, lines }) {
  const drawn = copy("finding");
  const [word, colour] = verdicts[verdict];
  drawn.dataset.about = about;
  drawn.dataset.verdict = verdict;
  drawn.querySelector("h3").textContent = title;
  const tag = drawn.querySelector(".govuk-tag");
  tag.textContent = word;
  tag.classList.add(colour);
  drawn.querySelector(".ck-side").textContent = verdict === "works" ? "" : sides[side];
  for (const text of says) {
    drawn.querySelector(".ck-says").append(Object.assign(document.createElement("p"), { className: "govuk-body", textContent: text }));
  }
  const shown = drawn.querySelector("pre");
  shown.hidden = lines.length === 0;
  shown.textContent = lines.join("\n");
  return drawn;
}

function drawExchange([request, result], at) {
  const drawn = copy("exchange");
  drawn.querySelector("summary span").textContent = `${at + 1}. ${purposes[result.ask]}`;
  const [asked, answered] = drawn.querySelectorAll("pre");
  asked.textContent = asRequest(request);
  answered.textContent = asAnswer(result);
  return drawn;
}

function drawPlan({ send, url, method, encoding, seconds, twice, files }) {
  const rows = {
    fetch: [["Address", url], ["Sent as", `${method}, ${encoding}`], ["Waits for an answer", `${seconds} seconds`]],
    navigate: [["Address", url], ["Sent as", `a form that opens the council’s own page (${encoding})`]],
    none: [["Address", "none: this council’s file sends nothing"]],
  };
  element("plan").replaceChildren(...rows[send].map(([key, value]) => {
    const row = copy("row");
    row.firstElementChild.textContent = key;
    row.lastElementChild.textContent = value;
    return row;
  }));
  element("to-send").hidden = send === "none";
  element("twice").hidden = send !== "fetch" || !twice;
  element("with-file").hidden = !files;
}

function tellFault(words) {
  element("result").hidden = true;
  element("fault-words").textContent = words;
  element("fault").hidden = false;
  element("fault").focus();
}

// --- The way of a test ----------------------------------------------------------------------------------------------

const files = new Map();
let chosen;
let busy = false;

function choose(id) {
  chosen = id;
  const plan = ask(files.get(id));
  element("result").hidden = true;
  element("fault").hidden = true;
  element("plan").replaceChildren();
  element("to-send").hidden = true;
  if (plan.fault) tellFault(plan.fault);
  else drawPlan(plan);
}

/** Another council cannot be chosen, and nothing else sent. The buttons keep the focus. */
function lock(on) {
  busy = on;
  element("councils").firstElementChild.disabled = on;
  for (const button of document.querySelectorAll("button")) button.setAttribute("aria-disabled", String(on));
}

async function run(empty) {
  if (busy) return;
  element("result").hidden = true;
  lock(true);
  const known = { ...files.get(chosen), origin: location.origin, online: navigator.onLine, id: number(), day: today(), empty, done: [] };
  const exchanges = [];
  let step;
  while ((step = ask(known)).ask) {
    const { ask: purpose, request } = step;
    element("status").textContent = `${purposes[purpose]}: waiting for up to ${Math.ceil(request.milliseconds / 1000)} seconds…`;
    const result = purpose === "open" ? await open(request) : await perform(purpose, request);
    known.done.push(result);
    exchanges.push([request, result]);
  }
  lock(false);
  element("status").textContent = "";
  if (step.fault) {
    tellFault(step.fault);
    return;
  }
  document.title = `${step.headline} – Try where complaints are sent`;
  element("headline").textContent = step.headline;
  element("whose").textContent = step.url ? `${step.name}, ${step.url}` : step.name;
  element("findings").replaceChildren(...step.findings.map(drawFinding));
  element("exchanges").replaceChildren(...exchanges.map(drawExchange));
  element("after").hidden = empty || known.done.at(-1)?.end !== "answered";
  element("result").hidden = false;
  element("headline").focus();
}

async function fetched(file) {
  const answer = await fetch(file, { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${file}: the server answered ${answer.status}`);
  return answer.text();
}

try {
  await start({ module_or_path: new URL("putright-trial_bg.wasm", import.meta.url) });
  const index = JSON.parse(await fetched("councils/index.json"));
  await Promise.all(index.councils.map(async (id) => {
    const file = `councils/${id}.json`;
    files.set(id, { file, text: await fetched(file) });
  }));
  const asked = new URLSearchParams(location.search).get("council");
  const first = index.councils.includes(asked) ? asked : index.default;
  for (const id of index.councils) {
    const drawn = copy("choice");
    const [input, label] = drawn.children;
    Object.assign(input, { id: `council-${id}`, value: id, checked: id === first });
    input.addEventListener("change", () => choose(id));
    label.htmlFor = input.id;
    label.textContent = ask(files.get(id)).name || id;
    element("choices").append(drawn);
  }
  element("councils").hidden = index.councils.length < 2;
  element("no-script").remove();
  element("form").hidden = false;
  choose(first);
  const press = (empty) => run(empty).catch((fault) => {
    lock(false);
    element("status").textContent = "";
    tellFault(String(fault));
  });
  element("form").addEventListener("submit", (event) => {
    event.preventDefault();
    press(false);
  });
  element("empty").addEventListener("click", () => press(true));
} catch (fault) {
  tellFault(String(fault.message ?? fault));
  console.error(fault);
}
