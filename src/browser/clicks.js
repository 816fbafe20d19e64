// Presses that mean less than the browser makes of them.

// The second click of two in a row counts only where the first did: Send leads to another page, and what stands there then was
// not meant.
let pressed;
addEventListener("click", (event) => {
  if (event.detail > 1 && event.target !== pressed) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
  if (event.detail < 2) pressed = event.target;
}, true);

// Links to another program, such as tel:, and to a file do not leave the page, though some browsers ask as if they did.
let stays = false;
globalThis.putrightStays = () => {
  stays = true;
  setTimeout(() => { stays = false; }, 1000);
};
addEventListener("click", ({ target }) => {
  const link = target.closest?.("a[href]");
  if (link && (link.hasAttribute("download") || !/^https?:$/.test(link.protocol))) putrightStays();
}, true);
addEventListener("beforeunload", (event) => { if (stays) event.stopImmediatePropagation(); }, true);
