//! A dot with its interval on each row: shares and quantiles. In: [`Ranges`]. Out: a drawing.
//! The number stands beside its dot; on a narrow screen the label stands above its row.

use super::Screen;
use super::canvas::{Align, Canvas, Ink, SMALL, TEXT, lines, text_width};
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
    let (row, narrow) = match screen {
        Screen::Wide => (40, false),
        Screen::Narrow => (46, true),
    };
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
    let labels = plot
        .rows
        .iter()
        .map(|r| text_width(&r.label, TEXT).max(text_width(&r.detail, SMALL)) + LABEL_GAP)
        .max()
        .unwrap_or(0);
    let texts = plot
        .rows
        .iter()
        .map(|r| text_width(&r.text, SMALL) + 12)
        .max()
        .unwrap_or(0);
    let (left, right) = if narrow {
        (10, canvas.width() - 22)
    } else {
        (labels.min(WIDEST_LABEL), canvas.width() - texts.min(230))
    };
    let (least, most) = match (plot.value_ticks.first(), plot.value_ticks.last()) {
        (Some(first), Some(last)) if last.at > first.at => (first.at, last.at),
        _ => (0.0, 1.0),
    };
    let x = |value: f64| {
        let share = ((value - least) / (most - least)).clamp(0.0, 1.0);
        left + (share * f64::from(right - left)).round() as i32
    };
    for tick in &plot.value_ticks {
        canvas.line((x(tick.at), TOP), (x(tick.at), base), Ink::Grid, 1);
        canvas.text(
            (x(tick.at), base + 14),
            &tick.label,
            SMALL,
            Ink::Quiet,
            Align::Middle,
        );
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
            let ruler = if narrow { (0, canvas.width()) } else { (0, right) };
            canvas.line(
                (ruler.0, top + GROUP / 2),
                (ruler.1, top + GROUP / 2),
                Ink::Grid,
                1,
            );
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
            canvas.text(
                (detail_at, top + 11 + more),
                &mark.detail,
                SMALL,
                Ink::Quiet,
                Align::Start,
            );
            canvas.text(
                (canvas.width(), top + 11),
                &mark.text,
                SMALL,
                Ink::Quiet,
                Align::End,
            );
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
            canvas.area(
                (x(range.low), middle - 4),
                (x(range.high).max(x(range.low) + 1), middle + 4),
                Ink::Interval,
            );
            canvas.dot((x(range.value), middle), 5, Ink::Data);
        }
        top += row;
    }
    canvas.text(
        ((left + right) / 2, base + 36),
        &plot.value_axis,
        SMALL,
        Ink::Quiet,
        Align::Middle,
    );
    canvas
}
