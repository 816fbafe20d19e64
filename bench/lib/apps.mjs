// The apps, and how each is used: where its controls are, and what shows that a page has come. All is read from the page
// as a person sees it; nothing calls into an app.

import { existsSync, readFileSync } from "node:fs";

import { app as govuk } from "../peers/govuk/app.mjs";
import { here, journey, root } from "./journey.mjs";
import { serve } from "./server.mjs";

const option = (question, value) => `main input[name="${question}"][value="${value}"]`;
const shared = {
  address: "/",
  /** In the page: the words at its head, which tell one page from another. */
  heading: "main h1",
  /** In the page: whether the app itself runs, and not only what came as HTML. */
  up: 'document.querySelector("#app h1") !== null',
  first: "main form input",
  option: ({ id }, value) => option(id, value),
  field: (_, name) => `#field-${name}`,
  next: "main form button[type=submit], main form button.govuk-button",
  back: "a.govuk-back-link",
  send: "#send",
  sent: "#reference",
};

const forward = "main form button[type=submit], main form a.pr-go";

export const apps = {
  putright: {
    ...shared,
    title: "Putright",
    // The council's own page: its first questions can be answered before the app is there. Continue is a link until then.
    address: "/bromley.html",
    // The notices of the prerendered page are gone when the app has taken its place.
    up: 'document.querySelector("#app h1") !== null && !document.querySelector("#fault-data")',
    // Its pages hold several questions, some of which open under an answer.
    asked: 'main form [id^="question-"]:not(.govuk-hint, .govuk-error-message)',
    field: ({ id }, name) => `#question-${id} [name="${name}"]`,
    next: forward,
    send: forward,
    sent: ".govuk-panel .pr-reference",
    start: () => serve(process.env.PUTRIGHT_DIST ?? `${root}dist`),
  },
  preact: { ...shared, title: "Preact by hand", start: () => serve(`${here}built/preact`) },
  "preact-prerendered": {
    ...shared, title: "Preact, prerendered", up: 'document.querySelector("#app[data-up] h1") !== null',
    start: () => serve(`${here}built/preact-prerendered`),
  },
  govuk: {
    ...shared,
    title: "govuk-frontend, server",
    up: 'document.querySelector("main h1") !== null',
    async start() {
      const folder = `${here}built/govuk`;
      return serve(folder, govuk(await journey(), JSON.parse(readFileSync(`${folder}/assets.json`, "utf8"))));
    },
  },
  surveyjs: {
    ...shared,
    title: "SurveyJS",
    heading: ".sd-question__title .sv-string-viewer, .sd-completedpage h1",
    up: 'document.querySelector(".sd-question__title") !== null',
    first: "#app input",
    option: (_, value) => `#app input[value="${value}"]`,
    field: ({ kind }, name) => kind === "date" ? `#app input[aria-label="${labels[name]}"], #app [data-name="${name}"] input`
      : kind === "reach" ? `#app [data-name="${name}"] input` : "#app textarea, #app input[type=text]",
    next: ".sd-navigation__next-btn, .sd-navigation__preview-btn",
    back: ".sd-navigation__prev-btn",
    send: ".sd-navigation__complete-btn",
    sent: "#told:not([hidden]) #reference",
    start: () => serve(`${here}built/surveyjs`),
  },
  formio: {
    ...shared,
    title: "Form.io",
    heading: "#app .wizard-page h1, #app .wizard-page legend, #app .wizard-page .formio-component > label",
    up: 'document.querySelector("#app input[type=radio]") !== null',
    first: "#app input[type=radio]",
    option: (_, value) => `#app input[value="${value}"]`,
    field: ({ kind }, name) => kind === "date" ? `#app input[ref=${name}], #app .formio-day-component-${name} input`
      : kind === "reach" ? `#app input[name="data[${name}]"]` : "#app textarea, #app input[type=text]",
    next: ".btn-wizard-nav-next",
    back: ".btn-wizard-nav-previous",
    send: ".btn-wizard-nav-submit",
    sent: "#told:not([hidden]) #reference",
    start: () => serve(`${here}built/formio`),
  },
};

const labels = { day: "Day", month: "Month", year: "Year" };

/** What must be built before anything is measured, by what builds it. */
export function missing() {
  return [["dist/index.html", "make build"], ["bench/built/govuk/assets.json", "npm run build in bench/"]]
    .filter(([file]) => !existsSync(`${root}${file}`));
}
