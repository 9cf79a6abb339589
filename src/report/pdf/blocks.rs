//! Blocks of the document in, content on pages out: lists, facts, commands, findings, tables, charts.

use super::faces::Face;
use super::flow::{Flow, opening};
use super::pages::{Drawing, Owner};
use super::style::{
    ACCENT, BODY, BOTTOM, CAPTION, COMMAND, HAIR, LEFT, LITERAL, MEASURE, RAISED, Style, TERM, TOP, VALUE,
    WIDTH,
};
use super::tags::{Element, Role};
use super::{figure, table};
use crate::document::{Block, Chart, Fact, FindingText, Labels, Point, VerdictMark};

/// Room for the terms of facts.
const TERMS: f32 = 132.0;
/// Indent of what hangs on a mark.
const HANG: f32 = 13.0;
/// Inside a command's ground.
const INSET: f32 = 7.0;

/// Sets `block` below a heading of `level`. `next`: the block after it, with which a heading stays together.
pub(super) fn block(
    flow: &mut Flow<'_>,
    parent: Element,
    block: &Block,
    next: Option<&Block>,
    level: u16,
    labels: &Labels,
) {
    match block {
        Block::Heading { text } => {
            // Whatever else follows begins with a few lines, for which every heading leaves room.
            let below = match next {
                Some(Block::Table(content)) => table::opening(&flow.setter, content),
                _ => 0.0,
            };
            flow.heading(parent, level + 1, text, None, below);
        }
        Block::Paragraph { text } => {
            flow.paragraph(parent, text, BODY, MEASURE);
            flow.pages.y += 5.0;
        }
        Block::List { points } => list(flow, parent, points),
        Block::Facts { facts: pairs } => facts(flow, parent, pairs),
        Block::Table(content) => table::table(flow, parent, content),
        Block::Chart(content) => chart(flow, parent, content, level),
        Block::Finding(content) => finding(flow, parent, content, level, labels),
        Block::Command { caption, text } => command(flow, parent, caption, text),
    }
}

fn list(flow: &mut Flow<'_>, parent: Element, points: &[Point]) {
    let list = flow.tags.add(parent, Role::Bullets);
    for point in points {
        let title = format!("{} ", point.title);
        let texts = [
            (title.as_str(), BODY.in_face(Face::SerifBold)),
            (point.text.as_str(), BODY),
        ];
        let lines = flow.setter.mixed(&texts, MEASURE - HANG);
        // The bullet stands on the page on which its text begins.
        flow.need(BODY.height(opening(lines.len())));
        let item = flow.tags.add(list, Role::Item);
        let label = flow.tags.add(item, Role::Label);
        let bullet = flow.setter.line("•", BODY);
        flow.put_line(Owner::Element(label), LEFT + 2.0, flow.pages.y, BODY, &bullet);
        let body = flow.tags.add(item, Role::Body);
        flow.set(body, &lines, BODY, LEFT + HANG);
        flow.pages.y += 4.0;
    }
    flow.pages.y += 3.0;
}

/// Terms with values, a hair line between them.
pub(super) fn facts(flow: &mut Flow<'_>, parent: Element, facts: &[Fact]) {
    let facts = facts.iter();
    let facts = facts.map(|fact| (fact.term.as_str(), fact.value.as_str(), fact.literal));
    pairs(flow, parent, facts, true);
}

fn pairs<'t>(
    flow: &mut Flow<'_>,
    parent: Element,
    pairs: impl Iterator<Item = (&'t str, &'t str, bool)>,
    ruled: bool,
) {
    let list = flow.tags.add(parent, Role::Labelled);
    for (term, value, literal) in pairs {
        let style = if literal { LITERAL } else { VALUE };
        let terms = flow.setter.lines(term, TERM, TERMS - 10.0);
        let values = flow.setter.lines(value, style, WIDTH - TERMS);
        let lines = terms.len().max(values.len());
        let height = TERM.height(lines) + 4.0;
        if height < BOTTOM - TOP {
            flow.need(height);
        }
        if ruled && flow.pages.y > TOP {
            flow.rule(LEFT + WIDTH, 0.4, HAIR);
        }
        flow.pages.y += 2.0;
        let item = flow.tags.add(list, Role::Item);
        let label = flow.tags.add(item, Role::Label);
        let body = flow.tags.add(item, Role::Body);
        flow.row(&[(label, LEFT, TERM, terms), (body, LEFT + TERMS, style, values)]);
        flow.pages.y += 2.0;
    }
    flow.pages.y += 6.0;
}

fn command(flow: &mut Flow<'_>, parent: Element, caption: &str, text: &str) {
    let group = flow.tags.add(parent, Role::Group);
    flow.space(4.0);
    let above = flow.setter.lines(caption, CAPTION, WIDTH);
    flow.need(CAPTION.height(above.len()) + 2.0 * COMMAND.leading + 12.0);
    let element = flow.tags.add(group, Role::Paragraph);
    flow.set(element, &above, CAPTION, LEFT);
    flow.pages.y += 3.0;
    let paragraph = flow.tags.add(group, Role::Paragraph);
    let code = flow.tags.add(paragraph, Role::Code);
    let lines = flow.setter.lines(text.trim_end(), COMMAND, WIDTH - 2.0 * INSET);
    let last = lines.len().saturating_sub(1);
    for (at, line) in lines.iter().enumerate() {
        flow.need(COMMAND.leading + 5.0);
        let [above, below] = [0, last].map(|end| if at == end { 5.0 } else { 0.0 });
        let ground = [LEFT, flow.pages.y, WIDTH, COMMAND.leading + above + below + 0.3];
        flow.put(Owner::Decoration, Drawing::Area(ground, RAISED));
        flow.put_line(
            Owner::Element(code),
            LEFT + INSET,
            flow.pages.y + above,
            COMMAND,
            line,
        );
        flow.pages.y += COMMAND.leading + above + below;
    }
    flow.pages.y += 7.0;
}

fn chart(flow: &mut Flow<'_>, parent: Element, chart: &Chart, level: u16) {
    let group = flow.tags.add(parent, Role::Group);
    let caption = flow.setter.lines(&chart.caption, CAPTION, WIDTH);
    let below = figure::height(chart) + CAPTION.height(caption.len()) + 12.0;
    flow.heading(group, level + 1, &chart.title, None, below);
    flow.need(below);
    flow.pages.y += 4.0;
    figure::figure(flow, group, chart);
    flow.pages.y += 4.0;
    let element = flow.tags.add(group, Role::Caption);
    flow.set(element, &caption, CAPTION, LEFT);
    table::data(flow, group, &chart.data);
}

fn finding(flow: &mut Flow<'_>, parent: Element, finding: &FindingText, level: u16, labels: &Labels) {
    let group = flow.tags.add(parent, Role::Group);
    flow.heading(group, level + 1, &finding.title, None, 96.0);
    let verdict = Style {
        ink: ACCENT,
        ..CAPTION.in_face(Face::SansBold)
    };
    // The sign repeats what the verdict says in words.
    let (x, y, r) = (LEFT + 4.0, flow.pages.y + verdict.leading / 2.0, 3.2);
    let signs = match finding.mark {
        VerdictMark::Reached => vec![Drawing::Disc([x, y, r], ACCENT)],
        VerdictMark::NotReached => vec![Drawing::Ring([x, y, r - 0.4, 0.8], ACCENT)],
        VerdictMark::Open => vec![
            Drawing::Ring([x, y, r - 0.4, 0.8], ACCENT),
            Drawing::Disc([x, y, r - 1.9], ACCENT),
        ],
        VerdictMark::Unmeasured => vec![Drawing::Stroke([x - r, y, x + r, y], 1.0, ACCENT)],
    };
    for sign in signs {
        flow.put(Owner::Decoration, sign);
    }
    let element = flow.tags.add(group, Role::Paragraph);
    let lines = flow.setter.lines(&finding.verdict, verdict, WIDTH - HANG);
    flow.set(element, &lines, verdict, LEFT + HANG);
    flow.pages.y += 3.0;
    let decision = format!("{} {}", finding.decision, finding.source);
    let rows = [
        (labels.evidence.as_str(), finding.evidence.as_str(), false),
        (labels.decision.as_str(), decision.as_str(), false),
        (labels.limit.as_str(), finding.limit.as_str(), false),
        (labels.audit.as_str(), finding.audit.as_str(), true),
    ];
    pairs(flow, group, rows.into_iter(), false);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Column, Table};
    use crate::pdf::COMMAND_COLUMNS;
    use crate::pdf::faces::Faces;
    use crate::pdf::lines::Setter;
    use crate::wording::en;

    /// How many texts stand on the first page, wherever on it the blocks begin; none where they all stand on the next.
    fn texts_on_the_first_page(blocks: &[Block]) -> Vec<usize> {
        let faces = Faces::new();
        let labels = en::labels("vsa-audit", "0.1.0");
        let places = (1_u16..).map(|below| TOP + f32::from(below));
        let texts = |y: f32| {
            let mut flow = Flow::new(Setter::new(&faces, "en"));
            flow.pages.y = y;
            let root = flow.root;
            for (at, one) in blocks.iter().enumerate() {
                block(&mut flow, root, one, blocks.get(at + 1), 3, &labels);
            }
            let marks = flow.pages.all[0].marks.iter();
            let texts = marks.filter(|mark| matches!(mark.drawing, Drawing::Text { .. }));
            texts.count()
        };
        places.take_while(|y| *y < BOTTOM).map(texts).collect()
    }

    #[test]
    fn no_bullet_is_left_at_the_foot_of_a_page_without_its_text() {
        for words in [3, 20, 30, 36, 120] {
            let point = Point {
                title: "A title.".to_owned(),
                text: "words ".repeat(words),
            };
            let texts = texts_on_the_first_page(&[Block::List { points: vec![point] }]);
            assert!(texts.contains(&0) && !texts.contains(&1), "{words}: {texts:?}");
        }
    }

    #[test]
    fn no_heading_is_left_at_the_foot_of_a_page_without_its_table() {
        let column = Column {
            title: "Head".to_owned(),
            numeric: false,
        };
        for rows in [2, 12, 80] {
            let table = Table {
                caption: "A caption.".to_owned(),
                columns: vec![column.clone()],
                rows: vec![vec!["cell".to_owned()]; rows],
            };
            let heading = Block::Heading {
                text: "A heading".to_owned(),
            };
            let texts = texts_on_the_first_page(&[heading, Block::Table(table)]);
            assert!(texts.contains(&0) && !texts.contains(&1), "{rows}: {texts:?}");
        }
    }

    #[test]
    fn a_line_of_a_command_that_is_not_too_long_is_not_broken() {
        let faces = Faces::new();
        let setter = Setter::new(&faces, "en");
        let lines = |letters| {
            let text = "0".repeat(letters);
            setter.lines(&text, COMMAND, WIDTH - 2.0 * INSET).len()
        };
        assert_eq!(lines(COMMAND_COLUMNS), 1);
        assert_eq!(lines(COMMAND_COLUMNS + 8), 2);
    }
}
