// Takes the first answer from a link that chooses it, `#/start?want=compliment`, and takes it out of
// the address before anything else happens.
if (location.hash.startsWith("#/start?")) {
  const want = new URLSearchParams(location.hash.slice("#/start?".length)).get("want");
  history.replaceState(history.state, "", "#/");
  if (["complaint", "compliment", "comment", "progress"].includes(want)) {
    const choice = document.querySelector(`[name="want"][value="${want}"]`);
    if (choice) choice.checked = true;
  }
}
