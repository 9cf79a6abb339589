//! Marks in, krilla's pages out. Every mark is tagged: as content of its element, or as what is not to be read out.

use super::faces::Faces;
use super::lines::Line;
use super::pages::{Drawing, Jump, Mark, Owner, Page};
use super::style::{Ink, PAGE};
use super::tags::Tags;
use krilla::Document;
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::destination::XyzDestination;
use krilla::geom::{Path, PathBuilder, Point, Rect, Size, Transform};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag};
use krilla::text::{GlyphId, KrillaGlyph};

/// Draws all pages, and tells `tags` what was painted.
pub(super) fn paint(pages: &[Page], faces: &Faces, tags: &mut Tags, document: &mut Document) {
    for page in pages {
        let settings = PageSettings::from_wh(PAGE.0, PAGE.1).expect("the page has a size");
        let mut sheet = document.start_page_with(settings);
        let mut surface = sheet.surface();
        let mut rest: &[Mark] = &page.marks;
        while let Some(first) = rest.first() {
            let same = rest
                .iter()
                .take_while(|mark| mark.leaf == first.leaf && mark.owner == first.owner)
                .count();
            let (group, others) = rest.split_at(same);
            rest = others;
            let identifier = surface.start_tagged(tag(first.owner));
            for mark in group {
                draw(&mark.drawing, faces, &mut surface);
            }
            surface.end_tagged();
            if let Some(leaf) = first.leaf {
                tags.painted(leaf, identifier);
            }
        }
        surface.finish();
        for jump in &page.jumps {
            let identifier = sheet.add_tagged_annotation(link(jump));
            tags.painted(jump.leaf, identifier);
        }
    }
}

fn tag(owner: Owner) -> ContentTag<'static> {
    let artifact = |kind| ContentTag::Artifact(Artifact::with_kind(kind));
    match owner {
        Owner::Element(_) => ContentTag::Other,
        Owner::Decoration => artifact(ArtifactType::Layout),
        Owner::PageHead => artifact(ArtifactType::Header),
        Owner::PageFoot => artifact(ArtifactType::Footer),
    }
}

fn link(jump: &Jump) -> Annotation {
    let [x, y, width, height] = jump.place;
    let place = Rect::from_xywh(x, y, width, height).expect("a line of contents has a size");
    let to = XyzDestination::new(jump.to.0, Point::from_xy(0.0, jump.to.1));
    let target = Target::Destination(to.into());
    Annotation::new_link(LinkAnnotation::new(place, target), Some(jump.title.clone()))
}

fn draw(drawing: &Drawing, faces: &Faces, surface: &mut Surface<'_>) {
    match drawing {
        Drawing::Text { x, y, line, upright } => text(*x, *y, line, *upright, faces, surface),
        Drawing::Area(place, ink) => filled(rectangle(*place), *ink, surface),
        Drawing::Frame(place, thickness, ink) => stroked(rectangle(*place), *thickness, *ink, surface),
        Drawing::Stroke([x, y, u, v], thickness, ink) => {
            let line = course(&[(*x, *y), (*u, *v)], false);
            stroked(line, *thickness, *ink, surface);
        }
        Drawing::Course(points, ink) => stroked(course(points, false), 1.2, *ink, surface),
        Drawing::Polygon(points, ink) => filled(course(points, true), *ink, surface),
        Drawing::Disc([x, y, radius], ink) => filled(circle(*x, *y, *radius), *ink, surface),
        Drawing::Picture([x, y, width, height], image) => {
            if let Some(size) = Size::from_wh(*width, *height) {
                surface.push_transform(&Transform::from_translate(*x, *y));
                surface.draw_image(image.clone(), size);
                surface.pop();
            }
        }
        Drawing::Ring([x, y, radius, thickness], ink) => {
            stroked(circle(*x, *y, *radius), *thickness, *ink, surface);
        }
    }
}

fn text(x: f32, y: f32, line: &Line, upright: bool, faces: &Faces, surface: &mut Surface<'_>) {
    if upright {
        surface.push_transform(&Transform::from_rotate_at(-90.0, x, y));
    }
    let mut at = x;
    for piece in &line.pieces {
        let mut ends = 0;
        let glyphs: Vec<KrillaGlyph> = piece
            .text
            .chars()
            .zip(&piece.glyphs)
            .map(|(letter, (id, advance))| {
                let from = ends;
                ends += letter.len_utf8();
                KrillaGlyph::new(GlyphId::new(*id), *advance, 0.0, 0.0, 0.0, from..ends, None)
            })
            .collect();
        surface.set_stroke(None);
        surface.set_fill(Some(fill(piece.style.ink)));
        let font = faces.font(piece.face);
        surface.draw_glyphs(
            Point::from_xy(at, y),
            &glyphs,
            font,
            &piece.text,
            piece.style.size,
            false,
        );
        at += piece.width;
    }
    if upright {
        surface.pop();
    }
}

fn colour((red, green, blue): Ink) -> rgb::Color {
    rgb::Color::new(red, green, blue)
}

fn fill(ink: Ink) -> Fill {
    Fill {
        paint: colour(ink).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::NonZero,
    }
}

/// What has no extent has no path, and is not there.
fn filled(path: Option<Path>, ink: Ink, surface: &mut Surface<'_>) {
    let Some(path) = path else { return };
    surface.set_stroke(None);
    surface.set_fill(Some(fill(ink)));
    surface.draw_path(&path);
}

/// As [`filled`], along the path.
fn stroked(path: Option<Path>, thickness: f32, ink: Ink, surface: &mut Surface<'_>) {
    let Some(path) = path else { return };
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke {
        paint: colour(ink).into(),
        width: thickness,
        ..Stroke::default()
    }));
    surface.draw_path(&path);
    surface.set_stroke(None);
}

/// A line through all points. None: there are fewer than two.
fn course(points: &[(f32, f32)], closed: bool) -> Option<Path> {
    let (first, rest) = points.split_first()?;
    let mut path = PathBuilder::new();
    path.move_to(first.0, first.1);
    rest.iter().for_each(|(x, y)| path.line_to(*x, *y));
    if closed {
        path.close();
    }
    path.finish()
}

fn rectangle([x, y, width, height]: [f32; 4]) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_xywh(x, y, width, height)?);
    path.finish()
}

/// Four arcs of Bézier curves; the constant is the usual one for a quarter of a circle.
fn circle(x: f32, y: f32, radius: f32) -> Option<Path> {
    const ARC: f32 = 0.552_285;
    let (r, c) = (radius, radius * ARC);
    let mut path = PathBuilder::new();
    path.move_to(x + r, y);
    path.cubic_to(x + r, y + c, x + c, y + r, x, y + r);
    path.cubic_to(x - c, y + r, x - r, y + c, x - r, y);
    path.cubic_to(x - r, y - c, x - c, y - r, x, y - r);
    path.cubic_to(x + c, y - r, x + r, y - c, x + r, y);
    path.close();
    path.finish()
}
