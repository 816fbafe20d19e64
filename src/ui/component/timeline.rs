//! Days in order, and a limit drawn day by day.

use crate::ui::element::{El, el};
use putright_app::view_model::{MomentLine, Strip};

/// A timeline. Its drawing is of the list's own markers, so that the list is its text.
pub(in crate::ui) fn timeline(moments: &[MomentLine]) -> El {
    let items = moments.iter().map(|moment| {
        let class = ["pr-timeline__day pr-timeline__day--", moment.standing.id()].concat();
        let told = (!moment.told.is_empty()).then(|| el("strong", "pr-timeline__told").text(&moment.told));
        let notes = moment.notes.iter().map(|note| el("span", "pr-dates__latest").text(&[" ", note].concat()).view());
        el("li", &class)
            .with(el("span", "pr-timeline__date").text(&[&moment.day, " "].concat()))
            .with(el("span", "pr-timeline__what").text(&[&moment.what, " "].concat()))
            .with_some(told)
            .children(notes)
            .view()
    });
    el("ol", "pr-timeline").children(items)
}

/// The most parts of a bar. A longer time is drawn with several days a part.
const PARTS: u32 = 120;

/// A limit to scale: a bar of equal parts, a working day each, those gone filled, those of the extension and those beyond it
/// apart. The words under it say the same.
pub(in crate::ui) fn strip(strip: &Strip) -> El {
    let length = strip.total.max(strip.gone);
    let each = length.div_ceil(PARTS).max(1);
    let days = (1..=length.div_ceil(each)).map(|part| {
        let day = part * each;
        let kind = match day {
            _ if day > strip.total => "over",
            _ if day > strip.due => "more",
            _ => "due",
        };
        let gone = if day <= strip.gone { " pr-strip__day--gone" } else { "" };
        el("span", &["pr-strip__day pr-strip__day--", kind, gone].concat()).view()
    });
    let drawn = el("div", "pr-strip").attr("aria-hidden", "true").children(days);
    el("div", "").with(drawn).with(el("p", "govuk-body").text(&strip.words))
}
