//! Upright columns on a common base: counts by bin, people over time. In: [`Columns`]. Out: a drawing.
//! A column that is withheld is an empty frame with the reason in it, never a missing or a zero column.

use super::Screen;
use super::canvas::{Align, Canvas, Ink, SMALL, TEXT, text_width, widest};
use crate::document::Columns;

/// Room above the columns, with and without labels of dividers.
const TOP: [i32; 2] = [66, 44];
/// Height of the labels of dividers.
const DIVIDER_LABEL: i32 = 38;
/// Distance between rows of labels.
const LABEL_ROW: i32 = 15;
/// Rows of labels below the columns at most.
const MOST_ROWS: i32 = 2;
const BOTTOM: i32 = 64;
/// Columns narrower than this bear no figure.
const LEAST_FOR_TEXT: i32 = 22;

pub(super) fn draw(plot: &Columns, screen: Screen) -> Canvas {
    let height = screen.choose(310, 290);
    let top = TOP[usize::from(plot.dividers.is_empty())];
    let mut canvas = Canvas::new(screen, height);
    let left = 10 + widest(plot.value_ticks.iter().map(|t| &t.label), SMALL);
    let (right, base) = (canvas.width() - 4, height - BOTTOM);
    let most = plot
        .value_ticks
        .last()
        .map_or(1.0, |t| t.at)
        .max(f64::MIN_POSITIVE);
    let y = |value: f64| base - (value / most * f64::from(base - top)).round() as i32;
    let n = plot.columns.len().max(1);
    let x = |place: f64| left + (place / n as f64 * f64::from(right - left)).round() as i32;

    canvas.upright_axis(&plot.value_axis, &plot.value_ticks, (left, right), y);
    let figure = widest(plot.columns.iter().map(|c| &c.text), SMALL);
    // Labels that would run into each other take turns on two rows.
    let label = widest(plot.columns.iter().map(|c| &c.label), SMALL);
    let crowded = !plot.labels_name_edges && label + 4 > x(1.0) - x(0.0);
    let rows = if crowded { MOST_ROWS } else { 1 };
    for (i, column) in plot.columns.iter().enumerate() {
        let (from, to, middle) = (x(i as f64), x(i as f64 + 1.0), x(i as f64 + 0.5));
        let gap = if to - from > 14 {
            ((to - from) / 8).max(2)
        } else {
            1
        };
        match column.value {
            Some(value) => {
                let crest = if value > 0.0 { y(value).min(base - 2) } else { base };
                if value > 0.0 {
                    canvas.area((from + gap, crest), (to - gap, base), Ink::Data);
                }
                if to - from >= LEAST_FOR_TEXT && figure <= to - from + 4 {
                    let above = (middle, crest - 10);
                    canvas.text(above, &column.text, SMALL, Ink::Text, Align::Middle);
                }
            }
            None => {
                canvas.frame((from + gap, top + 18), (to - gap, base), Ink::Axis);
                if to - from >= 14 {
                    canvas.upright_text((middle, base - 8), &column.text, SMALL, Ink::Quiet, Align::Start);
                }
            }
        }
        let label_at = if plot.labels_name_edges { from } else { middle };
        let row = base + 15 + LABEL_ROW * (i as i32 % rows);
        canvas.text((label_at, row), &column.label, SMALL, Ink::Text, Align::Middle);
    }
    canvas.line((left, base), (right, base), Ink::Axis, 1);
    let mut free_from = left;
    for divider in &plot.dividers {
        let at = x(divider.at);
        let width = text_width(&divider.label, SMALL);
        let label_y = if at < free_from {
            DIVIDER_LABEL - LABEL_ROW
        } else {
            DIVIDER_LABEL
        };
        canvas.line((at, label_y + 8), (at, base), Ink::Reference, 1);
        let fits = at + 5 + width <= canvas.width();
        let (label_at, align) = if fits {
            (at + 5, Align::Start)
        } else {
            (at - 5, Align::End)
        };
        canvas.text((label_at, label_y), &divider.label, SMALL, Ink::Reference, align);
        free_from = at + 5 + width;
    }
    let below = ((left + right) / 2, height - 12);
    canvas.text(below, &plot.category_axis, TEXT, Ink::Quiet, Align::Middle);
    canvas
}
