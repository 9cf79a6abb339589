//! The document in, pages out: the header of the case, the answer and the contents, the parts of the exhibit in their
//! order, and on every page the number of the exhibit, that of the page and the digest of the record.

use super::contents;
use super::faces::{Face, Faces};
use super::flow::Flow;
use super::lines::Setter;
use super::pages::{Drawing, Owner};
use super::style::{
    ANSWER, BODY, FOOT, HAIR, HEAD, INTRODUCTION, KICKER, LEAD, LEFT, MEASURE, NOTE, RUNNING, RUNNING_DIGEST,
    Style, TITLE, TOP, WIDTH,
};
use super::tags::{Element, Role};
use super::{PdfError, blocks, picture};
use crate::document::{Document, ExhibitPart, Notice, Section};
use crate::stills::{Still, before};

/// Everything on its page.
pub(super) fn layout<'f>(
    document: &Document,
    stills: &[Still],
    faces: &'f Faces,
) -> Result<Flow<'f>, PdfError> {
    let mut flow = Flow::new(Setter::new(faces, document.language.as_str()));
    first_page(&mut flow, document);
    flow.pages.turn();
    let root = flow.root;
    let part = flow.tags.add(root, Role::Part);
    answer(&mut flow, part, document);
    let parts = parts(document);
    let titles: Vec<String> = parts
        .iter()
        .zip(1..)
        .map(|((title, _), n)| numbered(n, title))
        .collect();
    let contents_part = flow.tags.add(root, Role::Part);
    let mut lines = contents::open(&mut flow, contents_part, &document.labels.contents, &titles);
    for ((sections, title), line) in parts.iter().map(|(_, s)| s).zip(&titles).zip(&mut lines) {
        exhibit_part(&mut flow, (document, stills), title, sections, line)?;
    }
    contents::close(&mut flow, &lines);
    running(&mut flow, document);
    Ok(flow)
}

fn numbered(number: usize, title: &str) -> String {
    format!("{number}\u{a0}\u{a0}{title}")
}

/// The parts with their sections; a document that is no exhibit has one part for each section.
fn parts(document: &Document) -> Vec<(String, Vec<&Section>)> {
    let find = |id: &String| document.sections.iter().find(|section| section.id == *id);
    match &document.exhibit {
        Some(exhibit) => exhibit
            .parts
            .iter()
            .map(|ExhibitPart { title, sections }| {
                (title.clone(), sections.iter().filter_map(find).collect())
            })
            .collect(),
        None => document
            .sections
            .iter()
            .map(|s| (s.name.clone(), vec![s]))
            .collect(),
    }
}

fn first_page(flow: &mut Flow<'_>, document: &Document) {
    let root = flow.root;
    let part = flow.tags.add(root, Role::Part);
    let header = &document.header;
    flow.bookmark(0, &header.title);
    flow.pages.y += 18.0;
    flow.paragraph(part, &header.kicker, KICKER, MEASURE);
    flow.pages.y += 6.0;
    let title = flow
        .tags
        .add(part, Role::Heading(1, super::lines::plain(&header.title)));
    flow.text(title, &[(&header.title, TITLE)], LEFT, WIDTH.min(440.0));
    flow.pages.y += 10.0;
    flow.paragraph(part, &header.introduction, INTRODUCTION, MEASURE);
    flow.pages.y += 16.0;
    let facts = document
        .exhibit
        .as_ref()
        .map_or(&header.facts, |exhibit| &exhibit.facts);
    blocks::facts(flow, part, facts);
    flow.pages.y += 8.0;
    for Notice { title, text } in &header.notices {
        let element = flow.tags.add(part, Role::Paragraph);
        let title = format!("{title} ");
        let texts = [
            (title.as_str(), BODY.in_face(Face::SerifBold)),
            (text.as_str(), BODY),
        ];
        flow.text(element, &texts, LEFT, MEASURE);
        flow.pages.y += 7.0;
    }
}

/// On one page, in smaller letters if it has to be.
fn answer(flow: &mut Flow<'_>, part: Element, document: &Document) {
    let answer = &document.answer;
    flow.heading(part, 2, &answer.title, Some((0, &answer.title)), 0.0);
    let list = flow.tags.add(part, Role::Labelled);
    let count: usize = answer
        .sentences
        .iter()
        .map(|sentence| flow.setter.lines(sentence, ANSWER, MEASURE).len())
        .sum();
    let style = if ANSWER.height(count + 12) > super::style::HEIGHT {
        BODY
    } else {
        ANSWER
    };
    for sentence in &answer.sentences {
        let item = flow.tags.add(list, Role::Item);
        let body = flow.tags.add(item, Role::Body);
        flow.text(body, &[(sentence, style)], LEFT, MEASURE);
        flow.pages.y += 7.0;
    }
    flow.pages.y += 5.0;
    flow.paragraph(part, &answer.note, NOTE, MEASURE);
    flow.pages.y += 10.0;
}

/// A part of several sections has a title of its own; one of a single section takes that section's.
fn exhibit_part(
    flow: &mut Flow<'_>,
    shown: (&Document, &[Still]),
    title: &str,
    sections: &[&Section],
    line: &mut contents::Open,
) -> Result<(), PdfError> {
    let root = flow.root;
    let part = flow.tags.add(root, Role::Part);
    flow.space(26.0);
    flow.need(210.0);
    if flow.pages.y > TOP {
        flow.rule(LEFT + WIDTH, 0.6, HAIR);
        flow.pages.y += 12.0;
    }
    line.leads_to_next(flow);
    match sections {
        [single] => {
            flow.bookmark(0, title);
            flow.paragraph(part, title, KICKER, MEASURE);
            let element = flow.tags.add(part, Role::Section);
            flow.pages.y -= 12.0;
            flow.heading(element, 2, &single.title, None, 0.0);
            content(flow, element, single, 2, shown)?;
        }
        several => {
            flow.heading(part, 2, title, Some((0, title)), 90.0);
            for section in several {
                let element = flow.tags.add(part, Role::Section);
                flow.heading(element, 3, &section.title, Some((1, &section.title)), 80.0);
                content(flow, element, section, 3, shown)?;
            }
        }
    }
    Ok(())
}

fn content(
    flow: &mut Flow<'_>,
    element: Element,
    section: &Section,
    level: u16,
    (document, stills): (&Document, &[Still]),
) -> Result<(), PdfError> {
    flow.paragraph(element, &section.lead, LEAD, MEASURE);
    flow.pages.y += 6.0;
    for (at, block) in section.blocks.iter().enumerate() {
        if let Some((still, description)) = before(section, at, stills) {
            picture::picture(flow, element, still, &description)?;
        }
        let next = section.blocks.get(at + 1);
        blocks::block(flow, element, block, next, level, &document.labels);
    }
    Ok(())
}

/// The lines above and below every page.
fn running(flow: &mut Flow<'_>, document: &Document) {
    let pages = flow.pages.all.len();
    let exhibit = document.exhibit.as_ref();
    let number = exhibit.map_or(document.header.kicker.as_str(), |exhibit| exhibit.number.as_str());
    let bold = RUNNING.in_face(Face::SansBold);
    let template = exhibit.map_or("{page} / {pages}", |exhibit| exhibit.page.as_str());
    for page in 0..pages {
        let place = template
            .replace("{pages}", &pages.to_string())
            .replace("{page}", &(page + 1).to_string());
        let place = flow.setter.line(&place, RUNNING);
        let right = LEFT + WIDTH - place.width;
        let name = fitted(flow, number, bold, right - LEFT - 20.0);
        let mut put = |owner, drawing| flow.pages.put(&mut flow.tags, page, owner, drawing);
        let rule = |y| Drawing::Stroke([LEFT, y, LEFT + WIDTH, y], 0.4, HAIR);
        put(Owner::PageHead, Drawing::text(LEFT, HEAD, name));
        put(Owner::PageHead, Drawing::text(right, HEAD, place));
        put(Owner::PageHead, rule(HEAD + 8.0));
        if let Some(exhibit) = exhibit {
            let term = flow.setter.line(&exhibit.digest.term, RUNNING);
            let digest = flow.setter.line(&exhibit.digest.value, RUNNING_DIGEST);
            let after = LEFT + term.width + 8.0;
            let mut put = |owner, drawing| flow.pages.put(&mut flow.tags, page, owner, drawing);
            put(Owner::PageFoot, rule(FOOT - 14.0));
            put(Owner::PageFoot, Drawing::text(LEFT, FOOT, term));
            put(Owner::PageFoot, Drawing::text(after, FOOT, digest));
        }
    }
}

/// As much of `text` as there is room for.
fn fitted(flow: &Flow<'_>, text: &str, style: Style, room: f32) -> super::lines::Line {
    let text = text.replace('\n', " ");
    let whole = flow.setter.line(&text, style);
    if whole.width <= room {
        return whole;
    }
    let ellipsis = flow.setter.faces().width("…", style.face, style.size);
    let broken = Style {
        literal: true,
        ..style
    };
    let first = flow.setter.lines(&text, broken, room - ellipsis);
    let kept: String = first
        .first()
        .map(|line| line.pieces.iter().map(|piece| piece.text.as_str()).collect())
        .unwrap_or_default();
    flow.setter.line(&format!("{}…", kept.trim_end()), style)
}
