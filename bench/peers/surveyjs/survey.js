import { screens, words } from "../../journey.json";

// Its choices have no hint of their own.
const choices = (screen) => screen.groups.flatMap((group) => group.options)
  .map(({ value, label, hint }) => ({ value, text: hint ? `${label}. ${hint}` : label }));

function elements(screen) {
  const about = {
    name: screen.id, title: screen.title, description: [...(screen.body ?? []), screen.hint].filter(Boolean).join(" "),
    isRequired: !screen.optional, requiredErrorText: screen.missing,
  };
  switch (screen.kind) {
    case "radios": return [{ type: "radiogroup", ...about, choices: choices(screen) }];
    case "checkboxes": return [{ type: "checkbox", ...about, choices: choices(screen) }];
    case "textarea": return [{ type: "comment", ...about, maxLength: screen.max, rows: 8 }];
    case "text": return [{ type: "text", ...about, autocomplete: screen.autocomplete }];
    case "date": return [{ type: "multipletext", ...about, colCount: 3, items: ["day", "month", "year"].map((name) => ({ name, title: words[name] })) }];
    case "reach": return [
      { type: "checkbox", ...about, choices: choices(screen) },
      ...["email", "telephone", "post"].map((name) => ({
        type: "text", name, title: words[name], visibleIf: `{${screen.id}} contains '${name}'`,
      })),
    ];
  }
}

/** The journey; `extra` questions come before `what_happened`. */
export function survey(extra) {
  const pages = screens.flatMap((screen) => [
    ...(screen.id === "what_happened" ? extra.map((one) => ({ name: one.id, elements: elements(one) })) : []),
    { name: screen.id, elements: elements(screen) },
  ]);
  return {
    title: words.service_name, pages, showQuestionNumbers: "off", showPreviewBeforeComplete: "showAllQuestions",
    pageNextText: words.continue, pagePrevText: words.back, previewText: words.continue, completeText: words.send,
    completedHtml: `<h1>${words.sent_title}</h1>`,
  };
}
