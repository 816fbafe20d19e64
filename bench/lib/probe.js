// Runs in every page before anything of its own. Watches, and tells the bench what was painted and when; the same for
// every app. Times are milliseconds since 1970, so that they can be compared between documents.

export function probe({ heading, first, up }) {
  // Nothing is measured between two visits, and an empty page has no storage.
  if (window !== window.top || location.protocol === "about:") return;
  const since = performance.timeOrigin;
  const seen = { tasks: [], shifts: [], events: [], painted: {}, lcp: 0 };
  let shown = null;
  let answerable = null;
  let upAt = null;
  let waiting = false;
  let clicked = Number(sessionStorage.getItem("bench-click")) || null;
  const tell = (what) => window.benchTell?.(JSON.stringify(what));
  const visible = (element) => Boolean(element) && !element.disabled && element.getClientRects().length > 0;

  // A page is there when the frame that shows it has been painted: a message that is sent from a frame's callback comes
  // after that. What it looks at then needs no new layout.
  const look = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        waiting = false;
        const now = since + performance.now();
        const found = [...document.querySelectorAll(heading)].find(visible);
        const key = found?.textContent.trim();
        if (key && key !== shown) {
          shown = key;
          tell({ type: "shown", key, at: now, click: clicked });
        }
        if (answerable === null && [...document.querySelectorAll(first)].some(visible)) {
          answerable = now;
          tell({ type: "answerable", at: now });
        }
        if (upAt === null && up()) {
          upAt = now;
          tell({ type: "up", at: now });
        }
      };
      port2.postMessage(null);
    });
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
  document.addEventListener("readystatechange", look);
  // A page may be shown by its address alone, with nothing in it changed.
  addEventListener("hashchange", look);

  addEventListener("click", (event) => {
    clicked = since + event.timeStamp;
    // For the document that comes, where the click leads to another.
    sessionStorage.setItem("bench-click", clicked);
  }, true);
  let pressed = null;
  addEventListener("keydown", (event) => { pressed = event.ctrlKey || event.metaKey ? null : event.timeStamp; }, true);
  addEventListener("input", () => {
    if (pressed === null) return;
    const from = pressed;
    pressed = null;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => tell({ type: "key", took: performance.now() - from });
      port2.postMessage(null);
    });
  }, true);

  const observe = (type, take, options = {}) => new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) take(entry);
  }).observe({ type, buffered: true, ...options });
  observe("longtask", ({ startTime, duration }) => seen.tasks.push({ startTime, duration }));
  observe("paint", ({ name, startTime }) => {
    seen.painted[name] = startTime;
    tell({ type: name, at: since + startTime });
  });
  observe("largest-contentful-paint", ({ startTime }) => { seen.lcp = startTime; });
  observe("layout-shift", ({ value, hadRecentInput, startTime }) => { if (!hadRecentInput) seen.shifts.push({ value, startTime }); });
  observe("event", ({ name, duration, interactionId }) => {
    if (interactionId) seen.events.push({ name, duration, interactionId });
  }, { durationThreshold: 16 });

  let memory = null;
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const result = await original.apply(WebAssembly, given);
      memory = (result.instance ?? result).exports?.memory ?? memory;
      return result;
    };
  }
  window.bench = { seen, since, wasm: () => memory?.buffer.byteLength ?? 0 };
}
