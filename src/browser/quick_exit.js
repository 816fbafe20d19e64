// For src/browser/quick_exit.rs: Shift goes down (0) or comes up (1), with the time, and after that once whatever else is done (2).
// A link that is a button is pressed by the space bar, as every button is.
globalThis.putrightKeys = (tell) => {
  let last = 2;
  const say = (what, time) => { if (what < 2 || last < 2) tell(last = what, time); };
  const on = (names, act) => { for (const name of names.split(" ")) addEventListener(name, act, { capture: true, passive: name === "wheel" }); };
  on("keydown keyup", (event) => {
    const { key, type, timeStamp, target } = event;
    const [shift, down] = [key === "Shift", type === "keydown"];
    if (shift && down) say(0, timeStamp);
    if (!shift || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.keyCode === 229) say(2, timeStamp);
    if (shift && !down && !event.shiftKey) say(1, timeStamp);
    if (key === " " && down && target.getAttribute?.("role") === "button") {
      event.preventDefault();
      target.click();
    }
  });
  on("mousedown pointerdown wheel input compositionstart compositionend", () => say(2, 0));
  // The key may come up where nobody tells of it.
  on("blur", ({ target }) => { if (target === window) { say(2, 0); say(1, 0); } });
};
