import { dataUrl, held } from "./files.js";

// Sends for src/browser/http.rs, which hands over a request as the domain wrote it down. Decides nothing: every end is told by
// a list, of the status and what came with it, or of the reason why nothing came.
let stopper;
globalThis.putrightStop = () => stopper?.abort();
const most = 1 << 20; // Bytes of an answer that are read: a receipt is shorter, and an old phone has little room.
const read = async (body) => {
  const reader = body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (let length = 0; reader && length < most; ) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    length += value.length;
    text += decoder.decode(value, { stream: true });
  }
  reader?.cancel();
  return text;
};
const written = async ({ text, form, parts, marks }) => {
  if (form) return new URLSearchParams(form);
  if (parts) {
    const data = new FormData();
    for (const [name, value, type, fileName] of parts) {
      if (fileName) data.append(name, held.get(Number(value)), fileName);
      else data.append(name, type ? new Blob([value], { type }) : value);
    }
    return data;
  }
  let pieces = [text];
  for (const [mark, id] of marks) {
    const content = (await dataUrl(held.get(id))).split(",")[1];
    pieces = pieces.flatMap((piece) => piece.split(mark).flatMap((rest, at) => (at ? [content, rest] : [rest])));
  }
  return marks.length ? new Blob(pieces) : text;
};
// With files, and by the older way of asking, which alone tells how far they are: the bar on the page shows it. What listens for
// that must not change what a backend is asked, so only where it is told of cookies, as that way has them, and of headers anyway.
const uploaded = ({ url, method, credentials, headers }, body, signal) => new Promise((resolve, reject) => {
  const asked = new XMLHttpRequest();
  asked.open(method, url);
  asked.withCredentials = credentials === "include";
  for (const [name, value] of headers) asked.setRequestHeader(name, value);
  asked.upload.onprogress = ({ loaded, total }) => {
    const bar = document.querySelector("progress");
    if (bar) Object.assign(bar, { max: total, value: loaded });
  };
  asked.upload.onload = () => document.querySelector("progress")?.removeAttribute("value");
  const done = () => resolve([asked.status, asked.responseText.slice(0, most), (name) => asked.getResponseHeader(name)]);
  asked.onprogress = ({ loaded }) => { if (loaded > most) { done(); asked.abort(); } };
  asked.onload = done;
  asked.onerror = asked.onabort = reject;
  signal.onabort = () => asked.abort();
  asked.send(body);
});
const fetched = async ({ url, method, credentials, headers }, body, signal) => {
  const answer = await fetch(url, { method, credentials, headers, body, signal, cache: "no-store", referrerPolicy: "no-referrer" });
  return [answer.status, await read(answer.body), (name) => answer.headers.get(name)];
};
globalThis.putrightSend = async (json) => {
  const request = JSON.parse(json);
  const { url, credentials, headers, milliseconds, marks, parts } = request;
  const mine = (stopper = new AbortController());
  let late = false;
  const offline = !navigator.onLine;
  const clock = setTimeout(() => { late = true; mine.abort(); }, milliseconds);
  try {
    const body = request.method === "GET" ? undefined : await written(request);
    const own = new URL(url, location).origin === location.origin;
    const told = (marks.length || parts?.some((part) => part[3])) && (own ? credentials !== "omit" : headers.length);
    const [status, text, header] = await (told ? uploaded : fetched)(request, body, mine.signal);
    const named = (name) => (name && header(name)) || "";
    return [status, text, named(request.reference), named("Retry-After"), document.cookie];
  } catch {
    // Offline from beginning to end, by what the browser calls certain: then nothing has gone out.
    return [late ? "late" : offline && !navigator.onLine ? "offline" : "none"];
  } finally {
    clearTimeout(clock);
  }
};
// A real form, for a page of the council's own: no other way reaches a server that answers with a page.
globalThis.putrightForm = (json, beside) => {
  const { url, method, form, parts } = JSON.parse(json);
  const element = document.createElement("form");
  Object.assign(element, { action: url, method, enctype: parts ? "multipart/form-data" : "application/x-www-form-urlencoded" });
  element.target = beside ? "_blank" : "_top";
  element.rel = "noopener";
  element.hidden = true;
  for (const [name, value] of form ?? parts) element.append(Object.assign(document.createElement("textarea"), { name, value }));
  document.body.append(element);
  element.submit();
  element.remove();
};
