// Watches a page for anything that runs, leaves or was put there that is not the app's own.

import assert from "node:assert/strict";

/** Before it goes anywhere: what runs is told. Give it to `open` as `before`. */
export async function arm(page) {
  const guard = { ran: [], page };
  page.on("dialog", (dialog) => {
    if (dialog.type() === "beforeunload") return dialog.accept();
    guard.ran.push(`dialog: ${dialog.message()}`);
    return dialog.dismiss();
  });
  page.on("popup", (popup) => guard.ran.push(`another window: ${popup.url()}`));
  page.on("framenavigated", (frame) => {
    guard.origin ??= new URL(frame.url()).origin;
    if (frame.parentFrame()) guard.ran.push(`a frame: ${frame.url()}`);
    else if (new URL(frame.url()).origin !== guard.origin) guard.ran.push(`gone to ${frame.url()}`);
  });
  page.on("request", (request) => {
    if (request.resourceType() === "cspreport" || request.url().includes("csp-report")) guard.ran.push(`CSP report: ${request.postData()}`);
    if (request.url().includes("evil.example")) guard.ran.push(`request to ${request.url()}`);
  });
  await page.exposeFunction("__told", (what) => { guard.ran.push(what); });
  await page.addInitScript(() => {
    const tell = (what) => globalThis.__told(what);
    Object.defineProperty(globalThis, "__ran", {
      get: () => (number) => tell(`ran: ${number}`), set: (value) => tell(`ran: ${value}`), configurable: false,
    });
    addEventListener("securitypolicyviolation", (event) => tell(`CSP: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
  });
  return guard;
}

/** The policy tells of what it stops, too: in the header and in the page. */
export async function report(route) {
  const response = await route.fetch();
  const headers = response.headers();
  const policy = headers["content-security-policy"];
  assert.ok(policy, "no policy is sent");
  await route.fulfill({ response, headers: { ...headers, "content-security-policy": `${policy}; report-uri /csp-report` } });
}

/** What kinds of element with what attributes stand on the page, and what in it could run. */
export async function standing(page) {
  return page.evaluate(() => {
    const kinds = new Set();
    const wrong = [];
    for (const element of document.querySelectorAll("*")) {
      const names = element.getAttributeNames();
      kinds.add([element.namespaceURI.split("/").at(-1), element.localName, ...names.sort()].join(" "));
      for (const name of names) {
        const value = element.getAttribute(name).replace(/[\u0000-\u0020]/g, "").toLowerCase();
        if (name.startsWith("on")) wrong.push(element.outerHTML.slice(0, 200));
        // An empty icon asks for nothing. What stands in a field, or is the policy, is text.
        const text = ["value", "content"].includes(name) || (element.matches("head > link[rel=icon]") && value === "data:,");
        if (/^(javascript|vbscript|data):/.test(value) && !text) wrong.push(element.outerHTML.slice(0, 200));
      }
      if (element.shadowRoot) wrong.push("a shadow root");
    }
    return { kinds: [...kinds], wrong };
  });
}

/** Where letters of a label stand beside what a person wrote: none is turned by it. Gives those that are. */
export async function turned(page, selector) {
  return page.evaluate((labels) => {
    const found = [];
    for (const label of document.querySelectorAll(labels)) {
      const walker = document.createTreeWalker(label, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const places = [];
        for (let at = 0; at < node.length && places.length < 12; at++) {
          if (!/[a-z]/i.test(node.data[at])) continue;
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          const { left, top, width } = range.getBoundingClientRect();
          if (width) places.push([Math.round(top), left]);
        }
        const back = places.some(([top, left], at) => at > 0 && top === places[at - 1][0] && left < places[at - 1][1]);
        if (back) found.push(node.data.slice(0, 80));
      }
    }
    return found;
  }, selector);
}
