// What src/browser/page.rs asks of the document.

// What was answered on the first pages before the app was there, for src/browser/page.rs: each question with what is chosen and
// typed there. The second gives the focus, and the caret in a text, back to the field that takes the place of the one that had it.
globalThis.putrightOpening = () => {
  const at = document.activeElement;
  const id = at?.id.replace(/^.*\./, "");
  const { selectionStart: from, selectionEnd: to } = at ?? {};
  return [
    // The first page stands last.
    [...document.querySelectorAll(".pr-opening")].reverse().flatMap((page) =>
      [...page.querySelectorAll("[id*='.question-']")].map((part) => [
        part.id.replace(/^.*\.question-/, ""),
        [...part.querySelectorAll(":checked")].map((box) => box.value),
        part.querySelector("[type=text], textarea")?.value ?? "",
      ])),
    () => {
      const field = id && document.getElementById(id);
      field?.focus({ preventScroll: true });
      if (field && from != null) field.setSelectionRange(from, to);
      return field;
    },
  ];
};

// For src/browser/page.rs, what a question's fields hold now: browsers and password managers fill in fields without a word.
// `name=text` of each field; where there are choices `=`, and after it `=value` of each that is on.
globalThis.putrightFields = (question) => [...document.querySelectorAll("#main form input, #main form textarea")]
  .filter((field) => field.closest("[id^=question-]")?.id === `question-${question}`)
  .flatMap(({ type, name, value, checked }, at, all) => {
    if (type !== "radio" && type !== "checkbox") return type === "file" ? [] : `${name}=${value}`;
    const first = all.findIndex((field) => field.type === "radio" || field.type === "checkbox") === at;
    return [...(first ? ["="] : []), ...(checked ? [`=${value}`] : [])];
  });

// For src/browser/page.rs: a reload, or a tab that comes back after the browser had discarded it. A tab that was closed and opened
// again, a session that was restored and a duplicate are none: somebody else may look on.
globalThis.putrightResumes = () =>
  document.wasDiscarded || (performance.getEntriesByType("navigation")[0] ?? {}).type === "reload" || performance.navigation?.type === 1;

// For src/browser/page.rs: what has had the focus only so that it is spoken can have it no longer.
addEventListener("focusout", ({ target }) => {
  if (target.hasAttribute?.("data-pr-spoken")) for (const name of ["tabindex", "data-pr-spoken"]) target.removeAttribute(name);
});
