//! Square cells that cover a picture, with a legend below. In: [`Places`]. Out: a drawing.
//! A cell that is withheld is an empty frame; the number stands in a cell wherever it has room.

use super::Screen;
use super::canvas::{Align, Canvas, Ink, SMALL, text_width};
use crate::document::{PlaceMark, Places};

/// Height of the legend below the picture.
const LEGEND: i32 = 46;
/// Side of a legend's mark.
const MARK: i32 = 14;
/// Width of a row of the legend on narrow screens: two marks a row.
const NARROW_MARKS: usize = 2;

pub(super) fn draw(plot: &Places, screen: Screen) -> Canvas {
    let (columns, rows) = (plot.columns.max(1).cast_signed(), plot.rows.max(1).cast_signed());
    let width = screen.width();
    let side = (width / columns).max(1);
    let left = (width - side * columns) / 2;
    let base = side * rows;
    let a_row = screen.choose(plot.legend.len().max(1), NARROW_MARKS);
    let legend_rows = plot.legend.len().div_ceil(a_row) as i32;
    let mut canvas = Canvas::new(screen, base + LEGEND + (legend_rows - 1) * (MARK + 8));
    for (at, mark) in plot.marks.iter().enumerate() {
        let (column, row) = (at as i32 % columns, at as i32 / columns);
        let corner = (left + column * side, row * side);
        cell(&mut canvas, corner, side, mark);
        if text_width(&mark.text, SMALL) + 2 <= side && mark.shade.is_some() {
            let middle = (corner.0 + side / 2, corner.1 + side / 2);
            canvas.text(middle, &mark.text, SMALL, Ink::Text, Align::Middle);
        }
    }
    canvas.frame((left, 0), (left + side * columns, base), Ink::Axis);
    let step = width / a_row as i32;
    for (at, mark) in plot.legend.iter().enumerate() {
        let (column, row) = ((at % a_row) as i32, (at / a_row) as i32);
        let corner = (left + column * step, base + 18 + row * (MARK + 8));
        cell(&mut canvas, corner, MARK, mark);
        canvas.frame(corner, (corner.0 + MARK, corner.1 + MARK), Ink::Axis);
        let beside = (corner.0 + MARK + 6, corner.1 + MARK / 2);
        canvas.text(beside, &mark.text, SMALL, Ink::Quiet, Align::Start);
    }
    canvas
}

/// A filled square, or an empty frame where the number is withheld.
fn cell(canvas: &mut Canvas, (x, y): (i32, i32), side: i32, mark: &PlaceMark) {
    let far = (x + side - 1, y + side - 1);
    match mark.shade {
        Some(shade) => canvas.area((x, y), far, ink(shade)),
        None => canvas.frame((x + 2, y + 2), (far.0 - 2, far.1 - 2), Ink::Axis),
    }
}

const fn ink(shade: u8) -> Ink {
    match shade {
        0 => Ink::Shade0,
        1 => Ink::Shade1,
        2 => Ink::Shade2,
        3 => Ink::Shade3,
        _ => Ink::Shade4,
    }
}
