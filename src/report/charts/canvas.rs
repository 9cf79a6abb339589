//! A drawing surface: lines, rectangles, dots and text in named inks; out comes an SVG element that the page can theme.
//! The PDF draws the same shapes itself (see `pdf::figure`). `plotters` writes one colour per ink; the style sheet finds these colours again and gives each its theme's value,
//! so that an SVG that was copied out of the page still shows.

use super::Screen;
use crate::document::Tick;
use maud::html;
use plotters::element::{Circle, PathElement, Polygon, Rectangle};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// What a stroke or an area stands for. `html/style.css` names the same colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    /// Data.
    Data,
    /// The interval around a datum.
    Interval,
    /// Text.
    Text,
    /// Text of lesser rank.
    Quiet,
    /// Axes.
    Axis,
    /// Lines to compare by.
    Grid,
    /// Lines of reference.
    Reference,
    /// Nobody.
    Shade0,
    /// Few.
    Shade1,
    /// Some.
    Shade2,
    /// Many.
    Shade3,
    /// Most.
    Shade4,
}

impl Ink {
    /// On light ground.
    pub(crate) const fn colour(self) -> RGBColor {
        match self {
            Self::Data => RGBColor(0x1f, 0x5f, 0x7a),
            Self::Interval => RGBColor(0x9f, 0xbd, 0xc9),
            Self::Text => RGBColor(0x1c, 0x1e, 0x21),
            Self::Quiet => RGBColor(0x5a, 0x60, 0x66),
            Self::Axis => RGBColor(0x8b, 0x91, 0x97),
            Self::Grid => RGBColor(0xe1, 0xe3, 0xe2),
            Self::Reference => RGBColor(0x9a, 0x4a, 0x1f),
            Self::Shade0 => RGBColor(0xf1, 0xf3, 0xf2),
            Self::Shade1 => RGBColor(0xd9, 0xe8, 0xee),
            Self::Shade2 => RGBColor(0xb4, 0xd3, 0xe0),
            Self::Shade3 => RGBColor(0x8c, 0xbc, 0xd0),
            Self::Shade4 => RGBColor(0x62, 0xa3, 0xbd),
        }
    }
}

/// How a text lies at its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    /// Begins there.
    Start,
    /// Is centred there.
    Middle,
    /// Ends there.
    End,
}

/// Size of ordinary text in a chart.
pub(super) const TEXT: i32 = 13;
/// Size of small text.
pub(super) const SMALL: i32 = 12;
/// Mean width of a letter, as a share of its size: to guess whether a text fits. That of DejaVu Sans, the widest of the fonts
/// in which a browser may show it, and the only one on a plain Debian.
const LETTER: f64 = 0.62;

/// A drawing under way. Coordinates in pixels, from the upper left corner.
pub(crate) struct Canvas {
    elements: Vec<Shape>,
    width: i32,
    height: i32,
}

/// What is drawn of a shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fill {
    /// Its inside.
    Inside,
    /// Its outline, or the line alone.
    Outline,
}

/// One element of a drawing.
pub(crate) enum Shape {
    /// From one point to another, with its thickness.
    Line([(i32, i32); 2], Ink, u32),
    /// Between two corners.
    Area([(i32, i32); 2], Ink, Fill),
    /// Through all points.
    Path(Vec<(i32, i32)>, Ink, Fill),
    /// Its middle and its radius.
    Dot((i32, i32), i32, Ink),
    Text {
        at: (i32, i32),
        text: String,
        size: i32,
        ink: Ink,
        align: Align,
        upright: bool,
    },
}

/// Guessed width of `text` in pixels.
pub(super) fn text_width(text: &str, size: i32) -> i32 {
    (text.chars().count() as f64 * f64::from(size) * LETTER).ceil() as i32
}

/// Guessed width of the widest of `texts` in pixels.
pub(super) fn widest<'t>(texts: impl Iterator<Item = &'t String>, size: i32) -> i32 {
    texts.map(|text| text_width(text, size)).max().unwrap_or(0)
}

/// `text` in lines that are no wider than `width`, as far as guessed; a word that is wider stands alone.
pub(super) fn lines(text: &str, size: i32, width: i32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if text_width(&format!("{line} {word}"), size) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

impl Canvas {
    pub(super) fn new(screen: Screen, height: i32) -> Self {
        Self {
            elements: Vec::new(),
            width: screen.width(),
            height,
        }
    }

    pub(crate) fn width(&self) -> i32 {
        self.width
    }

    pub(crate) fn height(&self) -> i32 {
        self.height
    }

    /// What was drawn, from the back to the front.
    pub(crate) fn shapes(&self) -> &[Shape] {
        &self.elements
    }

    pub(super) fn line(&mut self, from: (i32, i32), to: (i32, i32), ink: Ink, thickness: u32) {
        self.elements.push(Shape::Line([from, to], ink, thickness));
    }

    pub(super) fn area(&mut self, from: (i32, i32), to: (i32, i32), ink: Ink) {
        self.elements.push(Shape::Area([from, to], ink, Fill::Inside));
    }

    pub(super) fn frame(&mut self, from: (i32, i32), to: (i32, i32), ink: Ink) {
        self.elements.push(Shape::Area([from, to], ink, Fill::Outline));
    }

    /// A line through all points.
    pub(super) fn path(&mut self, points: Vec<(i32, i32)>, ink: Ink) {
        self.elements.push(Shape::Path(points, ink, Fill::Outline));
    }

    /// The area that a line through all points encloses.
    pub(super) fn polygon(&mut self, points: Vec<(i32, i32)>, ink: Ink) {
        self.elements.push(Shape::Path(points, ink, Fill::Inside));
    }

    pub(super) fn dot(&mut self, at: (i32, i32), radius: i32, ink: Ink) {
        self.elements.push(Shape::Dot(at, radius, ink));
    }

    pub(super) fn text(&mut self, at: (i32, i32), text: &str, size: i32, ink: Ink, align: Align) {
        self.push_text(at, text, size, ink, align, false);
    }

    /// An upright axis: its name above, its marks as lines from `left` to `right`, each at its height.
    pub(super) fn upright_axis(
        &mut self,
        name: &str,
        ticks: &[Tick],
        (left, right): (i32, i32),
        y: impl Fn(f64) -> i32,
    ) {
        self.text((0, 10), name, SMALL, Ink::Quiet, Align::Start);
        for tick in ticks {
            let y = y(tick.at);
            self.line((left, y), (right, y), Ink::Grid, 1);
            self.text((left - 6, y), &tick.label, SMALL, Ink::Quiet, Align::End);
        }
    }

    /// Text that reads from bottom to top.
    pub(super) fn upright_text(&mut self, at: (i32, i32), text: &str, size: i32, ink: Ink, align: Align) {
        self.push_text(at, text, size, ink, align, true);
    }

    fn push_text(&mut self, at: (i32, i32), text: &str, size: i32, ink: Ink, align: Align, upright: bool) {
        if !text.is_empty() {
            self.elements.push(Shape::Text {
                at,
                text: text.to_owned(),
                size,
                ink,
                align,
                upright,
            });
        }
    }

    /// The finished element.
    pub(super) fn into_svg(self, id: &str, screen: Screen, title: &str, description: &str) -> String {
        let inner = self.draw();
        let (width, height) = (self.width, self.height);
        html! {
            svg id=(id) class={ "plot " (screen.name()) } role="img" viewBox={ "0 0 " (width) " " (height) }
                width=(width) height=(height)
                aria-labelledby={ (id) "-title" } aria-describedby={ (id) "-description" } {
                title id={ (id) "-title" } { (title) }
                desc id={ (id) "-description" } { (description) }
                (maud::PreEscaped(inner))
            }
        }
        .into_string()
    }

    /// The elements between the tags of the SVG that `plotters` writes.
    fn draw(&self) -> String {
        let mut svg = String::new();
        {
            let size = (self.width.unsigned_abs(), self.height.unsigned_abs());
            let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
            for element in &self.elements {
                element.draw(&area);
            }
            area.present().expect("writing into memory does not fail");
        }
        let start = svg.find('>').map_or(0, |at| at + 1);
        let end = svg.rfind("</svg>").unwrap_or(svg.len());
        svg[start..end].trim().to_owned()
    }
}

impl Shape {
    fn draw(&self, area: &DrawingArea<SVGBackend<'_>, plotters::coord::Shift>) {
        let drawn = match self {
            Self::Line(ends, ink, thickness) => {
                let style = ink.colour().stroke_width(*thickness);
                area.draw(&PathElement::new(ends.to_vec(), style))
            }
            Self::Area(corners, ink, Fill::Inside) => {
                area.draw(&Rectangle::new(*corners, ink.colour().filled()))
            }
            Self::Area(corners, ink, Fill::Outline) => {
                area.draw(&Rectangle::new(*corners, ink.colour().stroke_width(1)))
            }
            Self::Path(points, ink, Fill::Inside) => {
                area.draw(&Polygon::new(points.clone(), ink.colour().filled()))
            }
            Self::Path(points, ink, Fill::Outline) => {
                area.draw(&PathElement::new(points.clone(), ink.colour().stroke_width(2)))
            }
            Self::Dot(at, radius, ink) => area.draw(&Circle::new(*at, *radius, ink.colour().filled())),
            Self::Text {
                at,
                text,
                size,
                ink,
                align,
                upright,
            } => {
                let horizontal = match align {
                    Align::Start => HPos::Left,
                    Align::Middle => HPos::Center,
                    Align::End => HPos::Right,
                };
                // plotters divides the size by 1.24 when it writes the attribute.
                let font = ("sans-serif", f64::from(*size) * 1.24).into_font();
                let font = if *upright {
                    font.transform(FontTransform::Rotate270)
                } else {
                    font
                };
                let colour = ink.colour();
                let style = TextStyle::from(font)
                    .color(&colour)
                    .pos(Pos::new(horizontal, VPos::Center));
                area.draw_text(text, &style, *at)
            }
        };
        drawn.expect("writing into memory does not fail");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_label_is_broken_between_words_and_keeps_them_all() {
        let text = "Personnes qui partagent leur description avec moins de 5\u{a0}personnes";
        let broken = lines(text, TEXT, 200);
        assert!(
            broken.len() > 1 && broken.iter().all(|line| text_width(line, TEXT) <= 200),
            "{broken:?}"
        );
        assert_eq!(broken.join(" "), text);
        assert_eq!(lines("short", TEXT, 200), ["short"]);
        assert_eq!(lines("", TEXT, 200), [""]);
    }
}
