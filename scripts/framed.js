// The form in a frame of another page. src/start.js fetches this there alone; scripts/embed.js is the other side, in the page around.
//
// What is told is no secret, for that page's origin may not be known here: a height, a title, an address to leave to. No answer is.
const root = document.documentElement;
const tell = (message) => parent.postMessage({ putright: message }, "*");

root.dataset.framed = "";

const measure = () => tell({ height: document.body.getBoundingClientRect().height });
new ResizeObserver(measure).observe(document.body);
new MutationObserver(() => tell({ title: document.title })).observe(document.querySelector("title"), { childList: true });

// The page around scrolls, and not this one.
const own = scrollTo;
globalThis.scrollTo = (...given) => {
  own(...given);
  tell({ top: 0 });
};

// For src/browser/quick_exit.rs. A frame may not replace the page around it unless it was touched; that page may.
globalThis.putrightLeave = (to) => tell({ leave: to });

const hear = {
  seen({ top, bottom }) {
    root.style.setProperty("--pr-seen-top", `${Number(top)}px`);
    root.style.setProperty("--pr-seen-bottom", `${Number(bottom) - root.clientHeight}px`);
  },
  key({ type, shift }) {
    if (type !== "keydown" && type !== "keyup") return;
    dispatchEvent(new KeyboardEvent(type, { key: shift ? "Shift" : "Unidentified", shiftKey: shift && type === "keydown" }));
  },
};
addEventListener("message", ({ source, data }) => {
  if (source !== parent || !data?.putright) return;
  for (const [what, value] of Object.entries(data.putright)) {
    if (Object.hasOwn(hear, what)) hear[what](value ?? {});
  }
});
tell({ ready: 1, title: document.title });
measure();
