//! The data of a chart in, one inline SVG out: one file per kind of chart, drawn with `plotters`.
//! Each chart is drawn twice, for a wide and for a narrow screen, so that its letters keep their size; the style sheet
//! shows one of them. Colours are names, not colours: each theme gives them its own (see `html/style.css`).
//! Deliberately not here: what is drawn, and every word and tick (see `document`).

pub(super) mod canvas;
mod columns;
mod curve;
mod places;
mod ranges;

use super::document::{Chart, Plot, Tick};

/// For which screen a chart is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Screen {
    /// Desk screens and paper.
    Wide,
    /// Telephones.
    Narrow,
}

impl Screen {
    /// Width of the drawing, in CSS pixels at its natural size.
    fn width(self) -> i32 {
        self.choose(720, 350)
    }

    /// The word that marks ids and classes.
    #[must_use]
    pub(super) fn name(self) -> &'static str {
        self.choose("wide", "narrow")
    }

    fn choose<T>(self, wide: T, narrow: T) -> T {
        match self {
            Self::Wide => wide,
            Self::Narrow => narrow,
        }
    }
}

/// From the axis's first to its last mark onto the pixels between two ends.
fn scale(ticks: &[Tick], from: i32, to: i32) -> impl Fn(f64) -> i32 {
    let (least, most) = match (ticks.first(), ticks.last()) {
        (Some(first), Some(last)) if last.at > first.at => (first.at, last.at),
        _ => (0.0, 1.0),
    };
    move |value| {
        let share = ((value - least) / (most - least)).clamp(0.0, 1.0);
        from + (share * f64::from(to - from)).round() as i32
    }
}

/// `chart` as an SVG element, with its title and description for those who do not see it.
#[must_use]
pub(super) fn svg(chart: &Chart, screen: Screen) -> String {
    drawing(&chart.plot, screen).into_svg(
        &format!("{}-{}", chart.id, screen.name()),
        screen,
        &chart.title,
        &chart.description,
    )
}

/// `plot` as shapes, for a format that draws them itself.
#[must_use]
pub(super) fn drawing(plot: &Plot, screen: Screen) -> canvas::Canvas {
    match plot {
        Plot::Columns(plot) => columns::draw(plot, screen),
        Plot::Ranges(plot) => ranges::draw(plot, screen),
        Plot::Places(plot) => places::draw(plot, screen),
        Plot::Curve(plot) => curve::draw(plot, screen),
    }
}
