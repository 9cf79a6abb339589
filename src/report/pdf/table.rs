//! A table in, rows on pages out: columns as wide as their content asks for, the head repeated on every page, numbers
//! aligned on the right. Column and row heads are tagged as such; a repeated head is not read out again.

use super::faces::Face;
use super::flow::Flow;
use super::lines::{Line, Setter};
use super::pages::Owner;
use super::style::{
    BLACK, BOTTOM, CAPTION, CELL, HAIR, HEIGHT, Ink, LEFT, RULE, SMALL_CELL, Style, TOP, WIDTH,
};
use super::tags::{Element, Role};
use crate::document::Table;

/// Between columns.
const GAP: f32 = 11.0;
/// Above and below the text of a row.
const PAD: f32 = 2.6;
/// With more columns, letters are smaller.
const MANY: usize = 6;
/// A column whose longest word is wider has it parted.
const WIDEST_WORD: f32 = 96.0;
/// A table lower than this share of a page is not parted.
const WHOLE: f32 = 0.4;
/// Above a table.
const ABOVE: f32 = 8.0;

struct Grid {
    style: Style,
    /// Left edge, width, and whether numbers stand in it.
    columns: Vec<(f32, f32, bool)>,
}

/// Sets `table` as a child of `parent`.
pub(super) fn table(flow: &mut Flow<'_>, parent: Element, table: &Table) {
    set(flow, parent, table, style(table));
}

/// Height that is needed on a page for `table` to begin there.
pub(super) fn opening(setter: &Setter<'_>, table: &Table) -> f32 {
    ABOVE + Grid::of(setter, table, style(table)).opening(setter, table)
}

fn style(table: &Table) -> Style {
    if table.columns.len() > MANY {
        SMALL_CELL
    } else {
        CELL
    }
}

/// The data of a chart, in small letters: they repeat what was drawn.
pub(super) fn data(flow: &mut Flow<'_>, parent: Element, table: &Table) {
    set(flow, parent, table, SMALL_CELL);
}

fn set(flow: &mut Flow<'_>, parent: Element, table: &Table, style: Style) {
    let grid = Grid::of(&flow.setter, table, style);
    let head = grid.cells(&flow.setter, table.columns.iter().map(|c| c.title.as_str()), true);
    let caption = flow.setter.lines(&table.caption, CAPTION, WIDTH);
    let opening = grid.opening(&flow.setter, table);
    flow.space(ABOVE);
    flow.need(opening);
    let element = flow.tags.add(parent, Role::Table);
    if !caption.is_empty() {
        let above = flow.tags.add(element, Role::Caption);
        flow.set(above, &caption, CAPTION, LEFT);
        flow.pages.y += 3.0;
    }
    let group = flow.tags.add(element, Role::TableHead);
    let row = flow.tags.add(group, Role::Row);
    let heads: Vec<Owner> = head
        .iter()
        .map(|_| Owner::Element(flow.tags.add(row, Role::ColumnHead)))
        .collect();
    grid.head(flow, &head, &heads);
    let body = flow.tags.add(element, Role::TableBody);
    for (at, texts) in table.rows.iter().enumerate() {
        let cells = grid.texts(&flow.setter, texts);
        let height = grid.height(&cells);
        if flow.pages.y + height > BOTTOM && flow.pages.y > TOP {
            grid.rule(flow, 0.5, RULE);
            flow.pages.turn();
            grid.head(flow, &head, &vec![Owner::Decoration; head.len()]);
        } else if at > 0 {
            grid.rule(flow, 0.4, HAIR);
        }
        let row = flow.tags.add(body, Role::Row);
        let owners: Vec<Owner> = (0..cells.len())
            .map(|column| {
                let role = if column == 0 { Role::RowHead } else { Role::Cell };
                Owner::Element(flow.tags.add(row, role))
            })
            .collect();
        grid.row(flow, &cells, &owners, &head);
    }
    grid.rule(flow, 0.5, RULE);
    flow.pages.y += 8.0;
}

impl Grid {
    /// As wide as the columns.
    fn rule(&self, flow: &mut Flow<'_>, thickness: f32, ink: Ink) {
        let right = self.columns.last().map_or(LEFT, |(left, width, _)| left + width);
        flow.rule(right, thickness, ink);
    }

    fn of(setter: &Setter<'_>, table: &Table, style: Style) -> Self {
        let bold = style.in_face(Face::SansBold);
        let extents: Vec<(f32, f32)> = table
            .columns
            .iter()
            .enumerate()
            .map(|(at, column)| {
                let cells = table.rows.iter().filter_map(|row| row.get(at));
                cells
                    .map(|text| setter.extent(text, style))
                    .chain([setter.extent(&column.title, bold)])
                    .fold((10.0_f32, 10.0_f32), |(word, line), (w, l)| {
                        (word.max(w.min(WIDEST_WORD)), line.max(l))
                    })
            })
            .collect();
        #[expect(clippy::cast_precision_loss, reason = "a few columns")]
        let room = WIDTH - GAP * extents.len().saturating_sub(1) as f32;
        let mut left = LEFT;
        let columns = widths(&extents, room)
            .into_iter()
            .zip(&table.columns)
            .map(|(width, column)| {
                let place = (left, width, column.numeric);
                left += width + GAP;
                place
            })
            .collect();
        Self { style, columns }
    }

    /// A short table stays whole; of others, the first row stays with what is above it.
    fn opening(&self, setter: &Setter<'_>, table: &Table) -> f32 {
        let head = self.cells(setter, table.columns.iter().map(|c| c.title.as_str()), true);
        let caption = setter.lines(&table.caption, CAPTION, WIDTH);
        let above = CAPTION.height(caption.len()) + self.height(&head) + 10.0;
        let rows = table.rows.iter();
        let heights: Vec<f32> = rows.map(|row| self.height(&self.texts(setter, row))).collect();
        let all = above + heights.iter().sum::<f32>();
        if all < WHOLE * HEIGHT {
            all
        } else {
            (above + heights.first().copied().unwrap_or(0.0)).min(HEIGHT)
        }
    }

    fn texts(&self, setter: &Setter<'_>, row: &[String]) -> Vec<Vec<Line>> {
        self.cells(setter, row.iter().map(String::as_str), false)
    }

    fn cells<'t>(
        &self,
        setter: &Setter<'_>,
        texts: impl Iterator<Item = &'t str>,
        bold: bool,
    ) -> Vec<Vec<Line>> {
        let style = if bold {
            self.style.in_face(Face::SansBold)
        } else {
            self.style
        };
        texts
            .zip(&self.columns)
            // A cell without content would lose its place in the row for those who hear it.
            .map(|(text, (_, width, _))| {
                setter.lines(if text.is_empty() { " " } else { text }, style, *width)
            })
            .collect()
    }

    fn height(&self, cells: &[Vec<Line>]) -> f32 {
        let most = cells.iter().map(Vec::len).max().unwrap_or(0);
        self.style.height(most) + 2.0 * PAD
    }

    fn head(&self, flow: &mut Flow<'_>, head: &[Vec<Line>], owners: &[Owner]) {
        self.rule(flow, 0.9, BLACK);
        // Heads stand at the foot of their row.
        let most = head.iter().map(Vec::len).max().unwrap_or(0);
        for ((lines, owner), at) in head.iter().zip(owners).zip(0..) {
            self.cell(flow, at, lines, *owner, most - lines.len());
        }
        flow.pages.y += self.height(head);
        self.rule(flow, 0.5, BLACK);
    }

    fn row(&self, flow: &mut Flow<'_>, cells: &[Vec<Line>], owners: &[Owner], head: &[Vec<Line>]) {
        let height = self.height(cells);
        if flow.pages.y + height <= BOTTOM {
            for ((lines, owner), at) in cells.iter().zip(owners).zip(0..) {
                self.cell(flow, at, lines, *owner, 0);
            }
            flow.pages.y += height;
            return;
        }
        // Higher than a page: as many lines as fit, then the next page.
        let mut rest = cells.to_vec();
        while rest.iter().any(|lines| !lines.is_empty()) {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "lines of a page"
            )]
            let fit = (((BOTTOM - flow.pages.y - 2.0 * PAD) / self.style.leading) as usize).max(1);
            let now: Vec<Vec<Line>> = rest
                .iter_mut()
                .map(|lines| lines.drain(..fit.min(lines.len())).collect())
                .collect();
            for ((lines, owner), at) in now.iter().zip(owners).zip(0..) {
                self.cell(flow, at, lines, *owner, 0);
            }
            flow.pages.y += self.height(&now);
            if rest.iter().any(|lines| !lines.is_empty()) {
                flow.pages.turn();
                self.head(flow, head, &vec![Owner::Decoration; head.len()]);
            }
        }
    }

    fn cell(&self, flow: &mut Flow<'_>, column: usize, lines: &[Line], owner: Owner, lines_above: usize) {
        let (left, width, numeric) = self.columns[column];
        let mut y = flow.pages.y + PAD + self.style.height(lines_above);
        for line in lines {
            let x = if numeric { left + width - line.width } else { left };
            flow.put_line(owner, x, y, self.style, line);
            y += self.style.leading;
        }
    }
}

/// Widths of columns: what they ask for, where there is room, so that numbers stay near what they belong to; else their longest words, and a share of the rest by what
/// they ask for beyond.
fn widths(extents: &[(f32, f32)], room: f32) -> Vec<f32> {
    let least: f32 = extents.iter().map(|(word, _)| word).sum();
    let most: f32 = extents.iter().map(|(_, line)| line.max(1.0)).sum();
    if most <= room {
        return extents.iter().map(|(_, line)| line.max(1.0)).collect();
    }
    if least >= room {
        return extents.iter().map(|(word, _)| room * word / least).collect();
    }
    // Long texts ask for less than their full length, or they would starve the others.
    let asks: Vec<f32> = extents
        .iter()
        .map(|(word, line)| (line - word).max(0.0).powf(0.7))
        .collect();
    let all: f32 = asks.iter().sum();
    let mut widths: Vec<f32> = extents
        .iter()
        .zip(&asks)
        .map(|((word, line), ask)| (word + (room - least) * ask / all).min(line.max(1.0)))
        .collect();
    // What short columns did not take goes to the long ones.
    let left = room - widths.iter().sum::<f32>();
    let wanting: Vec<f32> = extents
        .iter()
        .zip(&widths)
        .map(|((_, line), width)| (line - width).max(0.0))
        .collect();
    let wanted: f32 = wanting.iter().sum();
    if wanted > 0.0 {
        for (width, want) in widths.iter_mut().zip(&wanting) {
            *width += left * want / wanted;
        }
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_fill_the_room_and_give_every_longest_word_its_place() {
        assert_eq!(widths(&[(20.0, 40.0), (30.0, 60.0)], 400.0), [40.0, 60.0]);
        for extents in [
            vec![(20.0, 40.0), (30.0, 900.0), (10.0, 15.0)],
            vec![(50.0, 2000.0), (50.0, 1000.0), (50.0, 50.0)],
        ] {
            let widths = widths(&extents, 400.0);
            assert!((widths.iter().sum::<f32>() - 400.0).abs() < 0.01, "{widths:?}");
            for (width, (word, _)) in widths.iter().zip(&extents) {
                assert!(width >= word, "{widths:?}");
            }
        }
        // Too many words for the room: each its share.
        let narrow = widths(&[(300.0, 300.0), (100.0, 100.0)], 200.0);
        assert_eq!(narrow, [150.0, 50.0]);
        assert!(widths(&[], 10.0).is_empty());
    }
}
