// Puts the form into another page, such as one of a council's content management system. One line does it:
//
//   <script src="https://complaints.anytown.gov.uk/embed.js" data-council="anytown" async></script>
//
// data-council   the council, as in the name of its page
// data-words     8-11 or 12-17: the page in the words for children or young people
// data-want      complaint, compliment, comment or progress: the first answer, chosen
//
// The form stands in an iframe in the place of the script. It is as high as its page, turns to its top with each page, and "Exit this
// page" replaces the whole window. scripts/framed.js is the other side.
(() => {
  const script = document.currentScript;
  const { council = "index", words, want } = script.dataset;
  const address = new URL(`${council}${words ? `-${words}` : ""}.html`, script.src);
  if (want) address.hash = `/start?want=${encodeURIComponent(want)}`;

  const frame = document.createElement("iframe");
  Object.assign(frame, { src: address.href, title: script.dataset.title ?? "Complaints, comments and compliments" });
  // The form needs no permission of the page around it. `clipboard-write` lets a person copy a letter.
  frame.allow = "clipboard-write";
  Object.assign(frame.style, { display: "block", width: "100%", height: "100vh", border: "0" });
  // A script in the head has no place of its own on the page: the form then comes at the end of the main part.
  const place = () => (document.querySelector("main") ?? document.body).append(frame);
  if (!script.closest("head")) script.after(frame);
  else if (document.readyState === "loading") addEventListener("DOMContentLoaded", place, { once: true });
  else place();

  const tell = (message) => frame.contentWindow?.postMessage({ putright: message }, address.origin);

  // The part of the frame that is seen. The way out stands at the edge of it.
  let asked = 0;
  const seen = () => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(() => {
      const { top, height } = frame.getBoundingClientRect();
      tell({ seen: { top: Math.max(0, -top), bottom: Math.min(height, innerHeight - top) } });
    });
  };
  addEventListener("scroll", seen, { passive: true, capture: true });
  addEventListener("resize", seen);

  const hear = {
    ready: seen,
    title: (title) => { frame.title = String(title); },
    height: (height) => {
      frame.style.height = `${Math.ceil(Number(height))}px`;
      seen();
    },
    // A page has turned. Whoever has scrolled past its top is taken there.
    top: () => {
      if (frame.getBoundingClientRect().top < 0) frame.scrollIntoView();
      seen();
    },
    leave: (to) => {
      if (!/^https:\/\//.test(to)) return;
      document.documentElement.style.display = "none";
      location.replace(to);
    },
  };
  addEventListener("message", ({ source, origin, data }) => {
    if (source !== frame.contentWindow || origin !== address.origin || !data?.putright) return;
    for (const [what, value] of Object.entries(data.putright)) {
      if (Object.hasOwn(hear, what)) hear[what](value);
    }
  });

  // Shift three times leaves from here too: the form counts. Any other key or click begins the count again, and no key is named.
  const key = ({ type, key, ctrlKey, altKey, metaKey }) => {
    tell({ key: { type, shift: key === "Shift" && !ctrlKey && !altKey && !metaKey } });
  };
  for (const type of ["keydown", "keyup"]) addEventListener(type, key, true);
  addEventListener("pointerdown", () => tell({ key: { type: "keydown", shift: false } }), true);
})();
