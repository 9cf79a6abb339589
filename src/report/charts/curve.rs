//! A curve with the band of its pointwise intervals. In: [`CurvePlot`]. Out: a drawing.
//! Few points are also drawn as dots, each with its own interval: a band between them would say what nobody measured.

use super::canvas::{Align, Canvas, Ink, SMALL, text_width, widest};
use super::{Screen, scale};
use crate::document::{CurveMark, CurvePlot};

const TOP: i32 = 30;
const BOTTOM: i32 = 56;
/// Up to so many points are dots.
const MOST_DOTS: usize = 24;

pub(super) fn draw(plot: &CurvePlot, screen: Screen) -> Canvas {
    let height = screen.choose(360, 300);
    let mut canvas = Canvas::new(screen, height);
    let labels = widest(plot.value_ticks.iter().map(|tick| &tick.label), SMALL);
    let (left, right, base) = (labels + 10, canvas.width() - 16, height - BOTTOM);
    let across = scale(&plot.level_ticks, left, right);
    let up = scale(&plot.value_ticks, base, TOP);
    canvas.upright_axis(&plot.value_axis, &plot.value_ticks, (left, right), &up);
    let mut free_from = i32::MIN;
    for tick in &plot.level_ticks {
        let at = across(tick.at);
        canvas.line((at, TOP), (at, base), Ink::Grid, 1);
        let half = text_width(&tick.label, SMALL) / 2;
        if at - half > free_from {
            canvas.text((at, base + 14), &tick.label, SMALL, Ink::Quiet, Align::Middle);
            free_from = at + half + 4;
        }
    }
    if let Some(label) = &plot.diagonal {
        canvas.line((left, base), (right, TOP), Ink::Reference, 1);
        // Below the line, where curves of systems that are too sure of themselves do not reach.
        let beside = TOP + (base - TOP) * 2 / 5;
        canvas.text((right - 8, beside), label, SMALL, Ink::Reference, Align::End);
    }
    let place = |mark: &CurveMark, value: f64| (across(mark.x), up(value));
    if plot.points.len() > MOST_DOTS {
        let below = plot.points.iter().map(|mark| place(mark, mark.range.low));
        let above = plot.points.iter().rev().map(|mark| place(mark, mark.range.high));
        canvas.polygon(below.chain(above).collect(), Ink::Interval);
    } else {
        for mark in &plot.points {
            let (x, low) = place(mark, mark.range.low);
            let high = up(mark.range.high);
            canvas.area((x - 3, high), (x + 3, low.max(high + 1)), Ink::Interval);
        }
    }
    let course = plot.points.iter().map(|mark| place(mark, mark.range.value));
    canvas.path(course.collect(), Ink::Data);
    if plot.points.len() <= MOST_DOTS {
        for mark in &plot.points {
            canvas.dot(place(mark, mark.range.value), 4, Ink::Data);
        }
    }
    canvas.line((left, base), (right, base), Ink::Axis, 1);
    let below = ((left + right) / 2, height - 14);
    canvas.text(below, &plot.level_axis, SMALL, Ink::Quiet, Align::Middle);
    canvas
}
