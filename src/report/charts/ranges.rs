//! A dot with its interval on each row: shares and quantiles. In: [`Ranges`]. Out: a drawing.
//! The number stands beside its dot; on a narrow screen the label stands above its row.

use super::Screen;
use super::canvas::text_width;
use super::canvas::{Align, Canvas, Ink, SMALL, TEXT};
use crate::report::document::Ranges;

const TOP: i32 = 8;
const BOTTOM: i32 = 50;
const GROUP: i32 = 16;
/// Room for labels on wide screens; a longer label goes on a second line.
const LABELS: i32 = 300;

pub(super) fn draw(plot: &Ranges, screen: Screen) -> Canvas {
    let (row, narrow) = match screen {
        Screen::Wide => (40, false),
        Screen::Narrow => (46, true),
    };
    let groups = plot.rows.iter().skip(1).filter(|r| r.begins_group).count() as i32;
    let base = TOP + row * plot.rows.len() as i32 + groups * GROUP;
    let mut canvas = Canvas::new(screen, base + BOTTOM);
    let labels = plot
        .rows
        .iter()
        .map(|r| text_width(&r.label, TEXT).max(text_width(&r.detail, SMALL)) + 18)
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
        (labels.min(LABELS), canvas.width() - texts.min(230))
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
    for (i, mark) in plot.rows.iter().enumerate() {
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
        let middle = if narrow { top + 31 } else { top + row / 2 };
        if narrow {
            canvas.text((0, top + 11), &mark.label, TEXT, Ink::Text, Align::Start);
            let detail_at = text_width(&mark.label, TEXT) + 6;
            canvas.text(
                (detail_at, top + 11),
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
            match halves(&mark.label, left - 18) {
                Some((first, second)) if mark.detail.is_empty() => {
                    canvas.text((0, middle - 8), first, SMALL, Ink::Text, Align::Start);
                    canvas.text((0, middle + 8), second, SMALL, Ink::Text, Align::Start);
                }
                _ => canvas.text((0, label_y), &mark.label, TEXT, Ink::Text, Align::Start),
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

/// A label that is wider than its room, cut at the space nearest to its middle.
fn halves(label: &str, room: i32) -> Option<(&str, &str)> {
    if text_width(label, TEXT) <= room {
        return None;
    }
    let middle = label.len() / 2;
    let (at, _) = label
        .match_indices(' ')
        .min_by_key(|(at, _)| at.abs_diff(middle))?;
    Some((&label[..at], &label[at + 1..]))
}
