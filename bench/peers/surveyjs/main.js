// SurveyJS as its documentation sets it up: the library, its lightest view, its stylesheet. A page a question.

import { Model } from "survey-core";
import "survey-js-ui";

import { survey } from "./survey.js";

const extra = document.getElementById("extra");
const model = new Model(survey(extra ? JSON.parse(extra.textContent) : []));

model.onComplete.add(async ({ data }) => {
  const response = await fetch("submit", {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(data),
  });
  const told = document.getElementById("told");
  told.querySelector("strong").textContent = (await response.json()).reference;
  told.hidden = false;
});
model.render(document.getElementById("app"));
