//! Where the next thing stands: text, headings and rows go down the page, and over to the next where there is no room.
//! No line is left alone at the foot or at the head of a page, and no heading stands without what it heads.

use super::lines::{Line, Setter, plain};
use super::pages::{Drawing, Owner, Pages};
use super::style::{BOTTOM, HEADINGS, Ink, LEFT, Style, TOP, WIDTH};
use super::tags::{Element, Role, Tags};
use krilla::geom::Rect;
use krilla::tagging::BBox;

/// A bookmark.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bookmark {
    /// How deep, from 0.
    pub(super) depth: usize,
    /// What it says.
    pub(super) title: String,
    /// Index of its page.
    pub(super) page: usize,
    /// Height on that page.
    pub(super) y: f32,
}

/// The document under way.
pub(super) struct Flow<'f> {
    /// Breaks lines.
    pub(super) setter: Setter<'f>,
    /// What was laid out.
    pub(super) pages: Pages,
    /// What it is.
    pub(super) tags: Tags,
    /// The root of the tags.
    pub(super) root: Element,
    /// Where a reader may jump to.
    pub(super) bookmarks: Vec<Bookmark>,
}

/// Height that has to be left below a heading.
const BELOW_HEADING: f32 = 62.0;
/// Where the baseline lies within a line: the letters' height, centred.
const BASELINE: f32 = 0.33;

/// How many of so many lines stay together where they begin: two at least at the foot of a page, and two at the head of the
/// next; three are not parted.
pub(super) const fn opening(lines: usize) -> usize {
    if lines <= 3 { lines } else { 2 }
}

impl<'f> Flow<'f> {
    pub(super) fn new(setter: Setter<'f>) -> Self {
        let (tags, root) = Tags::new();
        Self {
            setter,
            pages: Pages::new(),
            tags,
            root,
            bookmarks: Vec::new(),
        }
    }

    /// Turns the page, if there is not so much room left on this one.
    pub(super) fn need(&mut self, height: f32) {
        if self.pages.y + height > BOTTOM + 0.01 && self.pages.y > TOP {
            self.pages.turn();
        }
    }

    /// Room between things; none at the head of a page.
    pub(super) fn space(&mut self, height: f32) {
        if self.pages.y > TOP {
            self.pages.y += height;
        }
    }

    /// On the last page.
    pub(super) fn put(&mut self, owner: Owner, drawing: Drawing) {
        let page = self.pages.last();
        self.pages.put(&mut self.tags, page, owner, drawing);
    }

    /// A rule from the left edge to `right`, here.
    pub(super) fn rule(&mut self, right: f32, thickness: f32, ink: Ink) {
        let y = self.pages.y;
        let rule = Drawing::Stroke([LEFT, y, right, y], thickness, ink);
        self.put(Owner::Decoration, rule);
    }

    /// A set line whose upper edge is at `y`.
    pub(super) fn put_line(&mut self, owner: Owner, x: f32, y: f32, style: Style, line: &Line) {
        let baseline = y + style.leading / 2.0 + style.size * BASELINE;
        self.put(owner, Drawing::text(x, baseline, line.clone()));
    }

    /// Where a figure of the last page stands: left, top, width, height.
    pub(super) fn place_figure(&mut self, element: Element, [x, y, width, height]: [f32; 4]) {
        if let Some(place) = Rect::from_xywh(x, y, width, height) {
            self.tags
                .place_figure(element, BBox::new(self.pages.last(), place));
        }
    }

    /// Running text of one style, as a paragraph of `parent`.
    pub(super) fn paragraph(&mut self, parent: Element, text: &str, style: Style, room: f32) {
        let element = self.tags.add(parent, Role::Paragraph);
        self.text(element, &[(text, style)], LEFT, room);
    }

    /// Text that goes on over pages.
    pub(super) fn text(&mut self, element: Element, texts: &[(&str, Style)], x: f32, room: f32) {
        let lines = self.setter.mixed(texts, room);
        let Some((_, style)) = texts.first() else { return };
        self.set(element, &lines, *style, x);
    }

    /// Lines that were broken before.
    pub(super) fn set(&mut self, element: Element, lines: &[Line], style: Style, x: f32) {
        for (at, line) in lines.iter().enumerate() {
            let left = lines.len() - at;
            let together = match (at, left) {
                (0, _) => opening(left),
                (_, 2) => 2,
                _ => 1,
            };
            self.need(style.height(together));
            self.put_line(Owner::Element(element), x, self.pages.y, style, line);
            self.pages.y += style.leading;
        }
    }

    /// A heading of the document's level `level`, from 2. With a depth, it gets a bookmark of that title.
    pub(super) fn heading(
        &mut self,
        parent: Element,
        level: u16,
        text: &str,
        bookmark: Option<(usize, &str)>,
        below: f32,
    ) {
        let style = HEADINGS[usize::from(level.clamp(2, 4) - 2)];
        let lines = self.setter.lines(text, style, WIDTH.min(430.0));
        let height = style.height(lines.len());
        self.space(style.size * 1.1);
        let gap = style.size * 0.35;
        self.need(height + gap + below.max(BELOW_HEADING));
        if let Some((depth, title)) = bookmark {
            self.bookmark(depth, title);
        }
        let element = self.tags.add(parent, Role::Heading(level, plain(text)));
        self.set(element, &lines, style, LEFT);
        self.pages.y += gap;
    }

    /// A bookmark that leads to here.
    pub(super) fn bookmark(&mut self, depth: usize, title: &str) {
        self.bookmarks.push(Bookmark {
            depth,
            title: plain(title),
            page: self.pages.last(),
            y: (self.pages.y - 12.0).max(0.0),
        });
    }

    /// Texts side by side, as one row: each with its element, left edge and lines. A row that fits on a page is not
    /// parted.
    pub(super) fn row(&mut self, cells: &[(Element, f32, Style, Vec<Line>)]) {
        let leading = cells
            .iter()
            .map(|(_, _, style, _)| style.leading)
            .fold(0.0, f32::max);
        let most = cells
            .iter()
            .map(|(_, _, _, lines)| lines.len())
            .max()
            .unwrap_or(0);
        #[expect(clippy::cast_precision_loss, reason = "lines of a page")]
        let height = most as f32 * leading;
        let whole = height <= BOTTOM - TOP;
        if whole {
            self.need(height);
        }
        // By cells, so that each is read out in one piece; a row that is higher than a page goes line by line.
        if whole {
            for (element, x, style, lines) in cells {
                let mut y = self.pages.y;
                for line in lines {
                    self.put_line(Owner::Element(*element), *x, y, *style, line);
                    y += leading;
                }
            }
            self.pages.y += height;
        } else {
            for at in 0..most {
                self.need(leading);
                for (element, x, style, lines) in cells {
                    if let Some(line) = lines.get(at) {
                        self.put_line(Owner::Element(*element), *x, self.pages.y, *style, line);
                    }
                }
                self.pages.y += leading;
            }
        }
    }
}
