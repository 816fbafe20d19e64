//! Answers in rows, with Change beside each where it can be changed.

use crate::ui::{
    Ctx,
    element::{El, el, line_break, text},
};
use putright_app::{Event, view_model::Row};
use putright_domain::messages::MessageId;

/// Draws them.
pub(in crate::ui) fn summary_list(ctx: &Ctx, rows: &[Row], change: bool) -> El {
    el("dl", "govuk-summary-list").children(rows.iter().map(|row| row_view(ctx, row, change).view()))
}

fn row_view(ctx: &Ctx, row: &Row, change: bool) -> El {
    // On a phone such an answer stands below its name in any case, and has the whole width there.
    let is_long = row.lines.len() > 1 || row.lines.iter().any(|line| line.chars().count() > 32);
    let mut value = el("dd", if is_long { "govuk-summary-list__value pr-long" } else { "govuk-summary-list__value" });
    for (at, line) in row.lines.iter().enumerate() {
        if at > 0 {
            value = value.child(line_break());
        }
        value = value.child(text(line));
    }
    let action = (change && !row.question.is_empty())
        .then(|| el("dd", "govuk-summary-list__actions").with(change_link(ctx, row)));
    el("div", "govuk-summary-list__row")
        .with(el("dt", "govuk-summary-list__key").text(&row.label))
        .with(value)
        .with_some(action)
}

fn change_link(ctx: &Ctx, row: &Row) -> El {
    let words = ctx.word(MessageId::Change);
    let (ctx, question) = (ctx.clone(), row.question.clone());
    el("a", "govuk-link")
        .attr("href", &["#/question/", &row.question].concat())
        .instead("click", move || ctx.send(Event::Change(question.clone())))
        .text(words)
        .with(el("span", "govuk-visually-hidden").text(&[": ", &row.label].concat()))
}
