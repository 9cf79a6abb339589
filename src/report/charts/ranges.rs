//! A dot with its interval on each row: shares and quantiles. In: [`Ranges`]. Out: a drawing.
//! The number stands beside its dot; on a narrow screen the label stands above its row.

use super::canvas::{Align, Canvas, Ink, SMALL, TEXT, lines, text_width, widest};
use super::{Screen, scale};
use crate::document::Ranges;

const TOP: i32 = 8;
const BOTTOM: i32 = 50;
const GROUP: i32 = 16;
/// Widest label beside the rows; longer ones are broken.
const WIDEST_LABEL: i32 = 260;
/// Between the label and the rows.
const LABEL_GAP: i32 = 18;
/// Distance between the lines of a label.
const LINE: i32 = 16;

pub(super) fn draw(plot: &Ranges, screen: Screen) -> Canvas {
    let (row, narrow) = screen.choose((40, false), (46, true));
    let groups = plot.rows.iter().skip(1).filter(|r| r.begins_group).count() as i32;
    // On a narrow screen the number stands at the end of the label's first line.
    let broken: Vec<Vec<String>> = plot
        .rows
        .iter()
        .map(|r| {
            let room = if narrow {
                screen.width() - text_width(&r.text, SMALL) - LABEL_GAP
            } else {
                WIDEST_LABEL - LABEL_GAP
            };
            lines(&r.label, TEXT, room)
        })
        .collect();
    let heights: Vec<i32> = broken
        .iter()
        .map(|label| {
            let more = LINE * (label.len() as i32 - 1);
            if narrow { row + more } else { row.max(24 + more) }
        })
        .collect();
    let base = TOP + heights.iter().sum::<i32>() + groups * GROUP;
    let mut canvas = Canvas::new(screen, base + BOTTOM);
    let labels = widest(plot.rows.iter().map(|r| &r.label), TEXT);
    let labels = labels.max(widest(plot.rows.iter().map(|r| &r.detail), SMALL)) + LABEL_GAP;
    let texts = widest(plot.rows.iter().map(|r| &r.text), SMALL) + 12;
    let (left, right) = if narrow {
        (10, canvas.width() - 22)
    } else {
        (labels.min(WIDEST_LABEL), canvas.width() - texts.min(230))
    };
    let x = scale(&plot.value_ticks, left, right);
    for tick in &plot.value_ticks {
        let at = x(tick.at);
        canvas.line((at, TOP), (at, base), Ink::Grid, 1);
        canvas.text((at, base + 14), &tick.label, SMALL, Ink::Quiet, Align::Middle);
    }
    for reference in &plot.references {
        let at = x(reference.at);
        canvas.line((at, TOP), (at, base + 4), Ink::Reference, 2);
        // Beside the line, on the side where there is room.
        let (place, align) = if at > (left + right) / 2 {
            (at - 6, Align::End)
        } else {
            (at + 6, Align::Start)
        };
        canvas.text((place, TOP + 6), &reference.label, SMALL, Ink::Reference, align);
    }
    canvas.line((left, base), (right, base), Ink::Axis, 1);
    let mut top = TOP;
    for (i, ((mark, label), row)) in plot.rows.iter().zip(&broken).zip(heights).enumerate() {
        if mark.begins_group && i > 0 {
            let end = if narrow { canvas.width() } else { right };
            let y = top + GROUP / 2;
            canvas.line((0, y), (end, y), Ink::Grid, 1);
            top += GROUP;
        }
        let more = LINE * (label.len() as i32 - 1);
        let middle = if narrow { top + 31 + more } else { top + row / 2 };
        if narrow {
            for (line, text) in label.iter().enumerate() {
                let y = top + 11 + LINE * line as i32;
                canvas.text((0, y), text, TEXT, Ink::Text, Align::Start);
            }
            let detail_at = label.last().map_or(0, |last| text_width(last, TEXT)) + 6;
            let detail_at = (detail_at, top + 11 + more);
            canvas.text(detail_at, &mark.detail, SMALL, Ink::Quiet, Align::Start);
            let text_at = (canvas.width(), top + 11);
            canvas.text(text_at, &mark.text, SMALL, Ink::Quiet, Align::End);
        } else {
            let label_y = if mark.detail.is_empty() {
                middle
            } else {
                middle - 8
            };
            for (line, text) in label.iter().enumerate() {
                let y = label_y - more / 2 + LINE * line as i32;
                canvas.text((0, y), text, TEXT, Ink::Text, Align::Start);
            }
            canvas.text((0, middle + 9), &mark.detail, SMALL, Ink::Quiet, Align::Start);
            canvas.text((right + 12, middle), &mark.text, SMALL, Ink::Text, Align::Start);
        }
        canvas.line((left, middle), (right, middle), Ink::Grid, 1);
        if let Some(range) = mark.range {
            let (low, high) = (x(range.low), x(range.high));
            canvas.area((low, middle - 4), (high.max(low + 1), middle + 4), Ink::Interval);
            canvas.dot((x(range.value), middle), 5, Ink::Data);
        }
        top += row;
    }
    let below = ((left + right) / 2, base + 36);
    canvas.text(below, &plot.value_axis, SMALL, Ink::Quiet, Align::Middle);
    canvas
}
