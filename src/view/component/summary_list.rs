//! Answers in rows, with Change beside each where it can be changed.

use leptos::{ev::MouseEvent, prelude::*};

use crate::domain::{content::Word, screen::Row, session::Event};
use crate::view::Ctx;

/// Draws them.
pub(in crate::view) fn summary_list(ctx: &Ctx, rows: &[Row], change: bool) -> AnyView {
    let rows: Vec<AnyView> = rows.iter().map(|row| row_view(ctx, row, change)).collect();
    view! { <dl class="govuk-summary-list">{rows}</dl> }.into_any()
}

fn row_view(ctx: &Ctx, row: &Row, change: bool) -> AnyView {
    let mut lines: Vec<AnyView> = Vec::new();
    for (at, line) in row.lines.iter().enumerate() {
        if at > 0 {
            lines.push(view! { <br /> }.into_any());
        }
        lines.push(line.clone().into_any());
    }
    let action = change.then(|| {
        let href = format!("#/question/{}", row.question);
        let (ctx, question) = (ctx.clone(), row.question.clone());
        let words = ctx.word(Word::Change);
        let click = move |event: MouseEvent| {
            event.prevent_default();
            ctx.send(Event::Change(question.clone()));
        };
        view! {
            <dd class="govuk-summary-list__actions">
                <a class="govuk-link" href=href on:click=click>
                    {words}
                    <span class="govuk-visually-hidden">": " {row.label.clone()}</span>
                </a>
            </dd>
        }
    });
    view! {
        <div class="govuk-summary-list__row">
            <dt class="govuk-summary-list__key">{row.label.clone()}</dt>
            <dd class="govuk-summary-list__value">{lines}</dd>
            {action}
        </div>
    }
    .into_any()
}
