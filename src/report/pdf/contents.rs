//! The table of contents, with the numbers of pages that are known only once everything is laid out; and bookmarks.

use super::flow::{Bookmark, Flow};
use super::pages::{Drawing, Jump, Owner};
use super::style::{BODY, HEADINGS, LEFT, MEASURE, Style};
use super::tags::{Element, Role};
use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::outline::{Outline, OutlineNode};

/// A line of the contents whose page is still to be known.
pub(super) struct Open {
    link: Element,
    page: usize,
    y: f32,
    /// The bookmark that it leads to.
    to: usize,
}

/// One line for each of `titles`, which are those of the bookmarks that follow, in their order. Room was made.
pub(super) fn open(flow: &mut Flow<'_>, parent: Element, heading: &str, titles: &[String]) -> Vec<Open> {
    let height = STYLE.height(titles.len()) + HEADINGS[1].leading;
    flow.heading(parent, 2, heading, None, height);
    let list = flow.tags.add(parent, Role::Contents);
    let mut lines = Vec::new();
    for title in titles {
        flow.need(STYLE.leading);
        let item = flow.tags.add(list, Role::ContentsItem);
        let reference = flow.tags.add(item, Role::Reference);
        let link = flow.tags.add(reference, Role::Link);
        let line = flow.setter.line(title, STYLE);
        let y = flow.pages.y;
        flow.put_line(Owner::Element(link), LEFT, y, STYLE, &line);
        lines.push(Open {
            link,
            page: flow.pages.last(),
            y,
            to: usize::MAX,
        });
        flow.pages.y += STYLE.leading;
    }
    lines
}

const STYLE: Style = Style {
    leading: 16.0,
    ..BODY
};

impl Open {
    /// That it leads to the bookmark which is made next.
    pub(super) fn leads_to_next(&mut self, flow: &Flow<'_>) {
        self.to = flow.bookmarks.len();
    }
}

/// Writes the numbers, and makes the lines jump.
pub(super) fn close(flow: &mut Flow<'_>, lines: &[Open]) {
    for line in lines {
        let Some(Bookmark { page, y, title, .. }) = flow.bookmarks.get(line.to).cloned() else {
            continue;
        };
        let number = flow.setter.line(&(page + 1).to_string(), STYLE);
        let baseline = line.y + STYLE.leading / 2.0 + STYLE.size * 0.33;
        let text = Drawing::text(LEFT + MEASURE - number.width, baseline, number);
        flow.pages
            .put(&mut flow.tags, line.page, Owner::Element(line.link), text);
        let leaf = flow.tags.leaf(line.link);
        flow.pages.all[line.page].jumps.push(Jump {
            place: [LEFT, line.y, MEASURE, STYLE.leading],
            to: (page, y),
            title,
            leaf,
        });
    }
}

/// The tree of bookmarks.
pub(super) fn outline(bookmarks: &[Bookmark]) -> Outline {
    let mut outline = Outline::new();
    nodes(bookmarks, |node| outline.push_child(node));
    outline
}

/// Every bookmark that lies below no other, with those below it.
fn nodes(mut rest: &[Bookmark], mut push: impl FnMut(OutlineNode)) {
    while let Some((first, others)) = rest.split_first() {
        let below = others.iter().take_while(|b| b.depth > first.depth).count();
        let place = XyzDestination::new(first.page, Point::from_xy(0.0, first.y));
        let mut node = OutlineNode::new(first.title.clone(), place).with_open(true);
        children(&others[..below], &mut node);
        push(node);
        rest = &others[below..];
    }
}

fn children(below: &[Bookmark], node: &mut OutlineNode) {
    nodes(below, |child| node.push_child(child));
}
