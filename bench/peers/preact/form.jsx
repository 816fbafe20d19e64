// The form as a careful team would write it by hand: no framework beyond Preact, no state but the answers, the markup of
// govuk-frontend, an address for each page, the focus on each new heading.

import { useEffect, useRef, useState } from "preact/hooks";

import { screens, words } from "../../journey.json";

const names = (screen) => (screen.kind === "date" ? ["day", "month", "year"] : screen.kind === "reach" ? ["email", "telephone", "post"] : ["text"]);
const many = (screen) => screen.kind === "checkboxes" || screen.kind === "reach";

/** What was answered, read from the page's own form. */
function read(screen, form) {
  const data = new FormData(form);
  const texts = Object.fromEntries(names(screen).map((name) => [name, (data.get(name) ?? "").trim()]));
  return { chosen: data.getAll(screen.id), ...texts };
}

function wrong(screen, answer) {
  if (screen.optional) return null;
  const empty = screen.groups ? !answer.chosen.length
    : screen.kind === "date" ? !answer.month || !answer.year
    : !answer.text;
  if (empty) return screen.missing;
  const both = screen.none && answer.chosen.includes(screen.none) && answer.chosen.length > 1;
  return both ? screen.missing : null;
}

function shown(screen, answer) {
  if (!answer) return words.not_provided;
  const options = (screen.groups ?? []).flatMap((group) => group.options);
  const labels = answer.chosen.map((value) => options.find((one) => one.value === value).label);
  const texts = names(screen).map((name) => answer[name]).filter(Boolean);
  return [...labels, texts.join(screen.kind === "date" ? " " : "\n")].filter(Boolean).join("\n") || words.not_provided;
}

const placeOf = (hash) => hash.replace(/^#\/?/, "") || screens[0].id;

export function App({ hash = "" }) {
  const [place, setPlace] = useState(placeOf(hash));
  const [answers, setAnswers] = useState({});
  const [error, setError] = useState(null);
  const [reference, setReference] = useState(null);
  const first = useRef(true);

  useEffect(() => {
    const follow = () => {
      setError(null);
      setPlace(placeOf(location.hash));
    };
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  useEffect(() => {
    const at = screens.find((one) => one.id === place);
    document.title = at?.title ?? (place === "check" ? words.check_title : words.sent_title);
    if (first.current) first.current = false;
    else {
      scrollTo(0, 0);
      document.querySelector("h1").focus();
    }
  }, [place]);
  useEffect(() => {
    if (error) document.getElementById("summary").focus();
  }, [error]);

  const at = screens.findIndex((one) => one.id === place);
  const screen = screens[at];
  const go = (id) => { location.hash = `#/${id}`; };
  const submit = (event) => {
    event.preventDefault();
    const answer = read(screen, event.target);
    const problem = wrong(screen, answer);
    setError(problem);
    if (problem) return;
    setAnswers({ ...answers, [screen.id]: answer });
    go(screens[at + 1]?.id ?? "check");
  };
  const send = async () => {
    const response = await fetch("submit", {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(answers),
    });
    setReference((await response.json()).reference);
    go("sent");
  };

  return (
    <>
      <a class="govuk-skip-link" href="#main">{words.skip_link}</a>
      <header class="bench-header"><div class="govuk-width-container">{words.service_name}</div></header>
      <div class="govuk-width-container">
        {(at > 0 || place === "check") && (
          <a class="govuk-back-link" href={`#/${screens[(at < 0 ? screens.length : at) - 1].id}`}>{words.back}</a>
        )}
        <main class="govuk-main-wrapper" id="main">
          {error && (
            <div class="govuk-error-summary" id="summary" tabindex="-1">
              <h2 class="govuk-error-summary__title">{words.error_summary}</h2>
              <p class="govuk-body">{error}</p>
            </div>
          )}
          {screen ? <Question key={screen.id} screen={screen} answer={answers[screen.id]} error={error} submit={submit} />
            : place === "check" ? <Check answers={answers} send={send} />
            : <Sent reference={reference} />}
        </main>
      </div>
    </>
  );
}

function Question({ screen, answer, error, submit }) {
  const heading = <h1 class="govuk-fieldset__heading" tabindex="-1">{screen.title}{screen.optional ? ` ${words.optional}` : ""}</h1>;
  const single = screen.kind === "textarea" || screen.kind === "text";
  const about = (
    <>
      {screen.body?.map((text) => <p class="govuk-body">{text}</p>)}
      {screen.hint && <div class="govuk-hint" id="hint">{screen.hint}</div>}
      {error && <p class="govuk-error-message" id="error">{error}</p>}
    </>
  );
  return (
    <form method="dialog" autocomplete="off" novalidate onSubmit={submit}>
      <div class={`govuk-form-group ${error ? "govuk-form-group--error" : ""}`}>
        {single ? (
          <>
            <label class="govuk-label govuk-label--l" for="field-text">{heading}</label>
            {about}
            <Text screen={screen} answer={answer} />
          </>
        ) : (
          <fieldset class="govuk-fieldset" aria-describedby={screen.hint && "hint"}>
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--l">{heading}</legend>
            {about}
            {screen.kind === "date" ? <DateFields answer={answer} /> : <Options screen={screen} answer={answer} />}
          </fieldset>
        )}
      </div>
      <button class="govuk-button" type="submit">{words.continue}</button>
    </form>
  );
}

function Text({ screen, answer }) {
  const [left, setLeft] = useState(screen.max - (answer?.text.length ?? 0));
  const shared = { id: "field-text", name: "text", "aria-describedby": screen.hint && "hint", defaultValue: answer?.text };
  if (screen.kind === "text") return <input class="govuk-input" type="text" autocomplete={screen.autocomplete} {...shared} />;
  return (
    <>
      <textarea class="govuk-textarea" rows="8" {...shared} onInput={(event) => setLeft(screen.max - event.target.value.length)} />
      <div class="govuk-hint">{left} characters left</div>
    </>
  );
}

function DateFields({ answer }) {
  return (
    <div class="govuk-date-input">
      {["day", "month", "year"].map((name) => (
        <div class="govuk-date-input__item">
          <label class="govuk-label" for={`field-${name}`}>{words[name]}</label>
          <input class={`govuk-input govuk-date-input__input govuk-input--width-${name === "year" ? 4 : 2}`} id={`field-${name}`}
            name={name} type="text" inputmode="numeric" defaultValue={answer?.[name]} />
        </div>
      ))}
    </div>
  );
}

function Options({ screen, answer }) {
  const [chosen, setChosen] = useState(answer?.chosen ?? []);
  const kind = many(screen) ? "checkboxes" : "radios";
  const note = (event) => setChosen(new FormData(event.target.form).getAll(screen.id));
  return screen.groups.map((group, at) => (
    <>
      {group.title && <h2 class="govuk-heading-s">{group.title}</h2>}
      <div class={`govuk-${kind}`}>
        {group.options.map(({ value, label, hint }) => {
          const id = `${screen.id}-${at}-${value}`;
          return (
            <>
              <div class={`govuk-${kind}__item`}>
                <input class={`govuk-${kind}__input`} id={id} name={screen.id} type={many(screen) ? "checkbox" : "radio"} value={value}
                  defaultChecked={answer?.chosen.includes(value)} aria-describedby={hint && `${id}-hint`} onChange={screen.kind === "reach" ? note : undefined} />
                <label class={`govuk-label govuk-${kind}__label`} for={id}>{label}</label>
                {hint && <div class={`govuk-hint govuk-${kind}__hint`} id={`${id}-hint`}>{hint}</div>}
              </div>
              {screen.kind === "reach" && chosen.includes(value) && value !== screen.none && (
                <div class="govuk-checkboxes__conditional">
                  <label class="govuk-label" for={`field-${value}`}>{words[value]}</label>
                  <input class="govuk-input" id={`field-${value}`} name={value} defaultValue={answer?.[value]} />
                </div>
              )}
            </>
          );
        })}
      </div>
    </>
  ));
}

function Check({ answers, send }) {
  return (
    <>
      <h1 class="govuk-heading-l" tabindex="-1">{words.check_title}</h1>
      <p class="govuk-body">{words.check_intro}</p>
      <dl class="govuk-summary-list">
        {screens.map((screen) => (
          <div class="govuk-summary-list__row">
            <dt class="govuk-summary-list__key">{screen.short}</dt>
            <dd class="govuk-summary-list__value">{shown(screen, answers[screen.id])}</dd>
            <dd class="govuk-summary-list__actions">
              <a class="govuk-link" href={`#/${screen.id}`}>{words.change}<span class="govuk-visually-hidden"> {screen.short}</span></a>
            </dd>
          </div>
        ))}
      </dl>
      <button class="govuk-button" id="send" type="button" onClick={send}>{words.send}</button>
    </>
  );
}

function Sent({ reference }) {
  return (
    <div class="govuk-panel govuk-panel--confirmation">
      <h1 class="govuk-panel__title" tabindex="-1">{words.sent_title}</h1>
      <div class="govuk-panel__body">{words.sent_reference} <strong id="reference">{reference}</strong></div>
    </div>
  );
}
