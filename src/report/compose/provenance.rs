//! What was examined, with what, and how to do it again.

use super::tables::{fact, literal};
use super::{parts, plan};
use crate::custody::digest;
use crate::record::Record;
use crate::record::facts::{ItemFacts, ItemKind, ModelFacts, TilingFacts};
use crate::record::json::to_bytes;
use crate::report::document::{Block, Fact, Section};
use crate::report::formats;
use crate::report::wording::en as words;

pub(super) fn items(record: &Record) -> Section {
    let mut blocks = Vec::new();
    for item in &record.items {
        blocks.push(Block::Heading {
            text: item.label.clone(),
        });
        blocks.push(Block::Facts {
            facts: item_facts(item),
        });
    }
    parts::section(words::section_items(), blocks)
}

fn item_facts(item: &ItemFacts) -> Vec<Fact> {
    let t = words::ITEM_TERMS;
    let frames = &item.frames;
    let messages = if item.faults.is_empty() {
        words::NO_MESSAGES.to_owned()
    } else {
        item.faults.join("; ")
    };
    let length = if item.kind == ItemKind::Stills {
        words::NO_LENGTH.to_owned()
    } else {
        formats::duration(item.duration_seconds)
    };
    vec![
        fact(t[0], words::item_kind(item.kind)),
        literal(t[1], &item.sha256),
        fact(t[2], formats::bytes(item.bytes)),
        fact(t[3], words::container_and_codec(&item.container, &item.codec)),
        fact(t[4], words::frame_size(item.width, item.height)),
        fact(t[5], length),
        fact(
            t[6],
            words::frame_rate(item.declared_frame_rate, item.variable_frame_rate),
        ),
        fact(t[7], &item.decoder),
        fact(
            t[8],
            frames
                .expected
                .map_or_else(|| words::NOT_DECLARED.to_owned(), formats::count),
        ),
        fact(t[9], formats::count(frames.decoded)),
        fact(t[10], formats::count(frames.looked_at)),
        fact(
            t[11],
            words::frame_faults(frames.repeated, frames.missing, frames.faulty, frames.damage_told),
        ),
        fact(t[12], messages),
    ]
}

pub(super) fn models(record: &Record) -> Section {
    let mut blocks = Vec::new();
    for model in &record.models {
        blocks.push(Block::Heading {
            text: model.name.clone(),
        });
        blocks.push(Block::Facts {
            facts: model_facts(model),
        });
    }
    blocks.push(Block::Heading {
        text: words::SETTINGS_HEADING.to_owned(),
    });
    blocks.push(Block::Facts {
        facts: settings(record),
    });
    parts::section(words::section_models(), blocks)
}

fn model_facts(model: &ModelFacts) -> Vec<Fact> {
    let t = words::MODEL_TERMS;
    vec![
        fact(t[0], words::subject(&model.subject)),
        fact(t[1], &model.family),
        literal(t[2], &model.sha256),
        fact(t[3], &model.licence),
        fact(t[4], &model.training_data),
        fact(t[5], words::frame_size(model.input_width, model.input_height)),
        fact(t[6], words::thresholds(model.score_threshold, model.nms_iou)),
    ]
}

fn settings(record: &Record) -> Vec<Fact> {
    let (t, plan, engine) = (words::SETTING_TERMS, &record.plan, &record.engine);
    let tiling = |t: &TilingFacts| words::tiling(t.columns, t.rows, t.overlap, t.whole_frame);
    vec![
        fact(t[0], words::program(&record.tool.name, &record.tool.version)),
        fact(
            t[1],
            words::engine(&engine.name, &engine.version, &engine.precision),
        ),
        fact(t[2], words::sampling(plan.sample_fps)),
        fact(t[3], tiling(&plan.person_tiles)),
        fact(t[4], tiling(&plan.face_tiles)),
        fact(t[5], words::face_stride(plan.face_stride)),
        fact(t[6], words::min_cell(record.disclosure.min_cell())),
    ]
}

pub(super) fn again(record: &Record) -> Section {
    let run = words::again_command(&record.tool.name, &record.plan.decoder);
    let mut blocks = vec![
        Block::Command {
            caption: words::PLAN_CAPTION.to_owned(),
            text: plan::toml(record),
        },
        Block::Command {
            caption: words::COMMAND_CAPTION.to_owned(),
            text: run,
        },
    ];
    // A record that cannot be written has no digest; then there is no record.json to compare with either.
    if let Ok(bytes) = to_bytes(record) {
        blocks.push(Block::Facts {
            facts: vec![literal(words::RECORD_DIGEST, digest::of_bytes(&bytes))],
        });
    }
    blocks.push(Block::Paragraph {
        text: words::CHECK_AGAIN.to_owned(),
    });
    if !record.items.is_empty() {
        let name = &record.tool.name;
        blocks.push(Block::Command {
            caption: words::REPRODUCE_CAPTION.to_owned(),
            text: words::reproduce_command(name, record.items.len(), words::PLACEHOLDER),
        });
    }
    parts::section(words::section_again(), blocks)
}
