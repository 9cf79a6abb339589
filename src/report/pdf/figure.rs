//! A chart's shapes in, marks on a page out: the same drawing as on the page for browsers, scaled to the paper. Its
//! description in words is what is read out in its place.

use super::faces::Face;
use super::flow::Flow;
use super::lines::plain;
use super::pages::{Drawing, Owner};
use super::style::{Ink, LEFT, Style, WIDTH};
use super::tags::{Element, Role};
use crate::charts;
use crate::charts::Screen;
use crate::charts::canvas::{Align, Canvas, Fill, Shape};
use crate::document::Chart;

/// Height of a chart on paper.
pub(super) fn height(chart: &Chart) -> f32 {
    let canvas = charts::drawing(&chart.plot, Screen::Wide);
    canvas.height() as f32 * scale(&canvas)
}

fn scale(canvas: &Canvas) -> f32 {
    WIDTH / canvas.width() as f32
}

/// Draws `chart` at the present place; the caller has made room.
pub(super) fn figure(flow: &mut Flow<'_>, parent: Element, chart: &Chart) {
    let canvas = charts::drawing(&chart.plot, Screen::Wide);
    let scale = scale(&canvas);
    let description = plain(&format!(
        "{}. {}",
        chart.title.trim_end_matches('.'),
        chart.description
    ));
    let element = flow.tags.add(parent, Role::Figure(description));
    let (top, height) = (flow.pages.y, canvas.height() as f32 * scale);
    for shape in canvas.shapes() {
        let drawing = drawing(flow, shape, scale, top);
        flow.put(Owner::Element(element), drawing);
    }
    flow.place_figure(element, [LEFT, top, WIDTH, height]);
    flow.pages.y += height;
}

/// `shape`, in a figure whose upper edge is at `top`.
fn drawing(flow: &Flow<'_>, shape: &Shape, scale: f32, top: f32) -> Drawing {
    let at = |(x, y): (i32, i32)| (x as f32 * scale, y as f32 * scale);
    let on_page = |(x, y): (f32, f32)| (x + LEFT, y + top);
    match shape {
        Shape::Line([from, to], ink, thickness) => {
            let [(x, y), (u, v)] = [from, to].map(|end| on_page(at(*end)));
            Drawing::Stroke([x, y, u, v], *thickness as f32 * scale * 0.8, colour(*ink))
        }
        Shape::Area([from, to], ink, fill) => {
            let ((x, y), (u, v)) = (at(*from), at(*to));
            let (left, top) = on_page((x.min(u), y.min(v)));
            let place = [left, top, (u - x).abs(), (v - y).abs()];
            match fill {
                Fill::Inside => Drawing::Area(place, colour(*ink)),
                Fill::Outline => Drawing::Frame(place, scale * 0.8, colour(*ink)),
            }
        }
        Shape::Path(points, ink, fill) => {
            let points = points.iter().copied().map(at).map(on_page).collect();
            match fill {
                Fill::Inside => Drawing::Polygon(points, colour(*ink)),
                Fill::Outline => Drawing::Course(points, colour(*ink)),
            }
        }
        Shape::Dot(place, radius, ink) => {
            let (x, y) = on_page(at(*place));
            Drawing::Disc([x, y, *radius as f32 * scale], colour(*ink))
        }
        Shape::Text {
            at: place,
            text,
            size,
            ink,
            align,
            upright,
        } => {
            let size = *size as f32 * scale;
            let style = Style {
                face: Face::Sans,
                size,
                leading: size,
                ink: colour(*ink),
                literal: false,
            };
            let line = flow.setter.line(text, style);
            let back = match align {
                Align::Start => 0.0,
                Align::Middle => line.width / 2.0,
                Align::End => line.width,
            };
            let (x, y) = at(*place);
            // The middle of the capitals lies on the point.
            let down = 0.33 * size;
            let (x, y) = on_page(if *upright {
                (x + down, y + back)
            } else {
                (x - back, y + down)
            });
            Drawing::Text {
                x,
                y,
                line,
                upright: *upright,
            }
        }
    }
}

fn colour(ink: crate::charts::canvas::Ink) -> Ink {
    let colour = ink.colour();
    (colour.0, colour.1, colour.2)
}
