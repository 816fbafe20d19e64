// Form.io's renderer as its documentation sets it up: a wizard, a panel a question, Bootstrap's stylesheet beside its own.
// It has no page to check one's answers: the last panel shows them, by its own templates.

import { screens, words } from "../../journey.json";

const values = (screen) => screen.groups.flatMap((group) => group.options)
  .map(({ value, label, hint }) => ({ value, label: hint ? `${label}. ${hint}` : label }));

function components(screen) {
  const about = {
    key: screen.id, label: screen.title, description: [...(screen.body ?? []), screen.hint].filter(Boolean).join(" "), input: true,
    validate: { required: !screen.optional, customMessage: screen.missing },
  };
  switch (screen.kind) {
    case "radios": return [{ type: "radio", ...about, values: values(screen) }];
    case "checkboxes": return [{ type: "selectboxes", ...about, values: values(screen) }];
    case "textarea": return [{ type: "textarea", ...about, rows: 8, showCharCount: true }];
    case "text": return [{ type: "textfield", ...about, autocomplete: screen.autocomplete }];
    case "date": return [{ type: "day", ...about, dayFirst: true, fields: {
      day: { type: "number", hide: false }, month: { type: "number", hide: false }, year: { type: "number", hide: false },
    } }];
    case "reach": return [
      { type: "selectboxes", ...about, values: values(screen) },
      ...["email", "telephone", "post"].map((name) => ({
        type: "textfield", key: name, label: words[name], input: true, customConditional: `show = !!(data.${screen.id} && data.${screen.id}.${name})`,
      })),
    ];
  }
}

const answers = screens.map(({ id, short }) => {
  const chosen = `Object.keys(data.${id}).filter((key) => data.${id}[key]).join(", ")`;
  return `<dt>${short}</dt><dd>{{ data.${id} && typeof data.${id} === "object" ? ${chosen} : data.${id} }}</dd>`;
}).join("");
const panel = (key, title, inner) => ({ type: "panel", key: `page_${key}`, title, components: inner });
const wizard = {
  display: "wizard",
  components: [
    ...screens.map((screen) => panel(screen.id, screen.title, components(screen))),
    panel("check", words.check_title, [{
      type: "content", key: "answers", input: false, refreshOnChange: true, html: `<h1>${words.check_title}</h1><p>${words.check_intro}</p><dl>${answers}</dl>`,
    }]),
  ],
};

const { Formio } = window;
const form = await Formio.createForm(document.getElementById("app"), wizard, {
  noAlerts: true, language: "en",
  buttonSettings: { showCancel: false, showPrevious: true, showNext: true, showSubmit: true },
  i18n: { en: { next: words.continue, previous: words.back, submit: words.send } },
});
form.nosubmit = true;
form.on("submit", async ({ data }) => {
  const response = await fetch("submit", {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(data),
  });
  const { reference } = await response.json();
  const told = document.getElementById("told");
  told.querySelector("strong").textContent = reference;
  told.hidden = false;
  document.getElementById("app").hidden = true;
});
