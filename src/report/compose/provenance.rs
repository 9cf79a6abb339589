//! What was examined, with what, and how to do it again.

use super::tables::{command, fact, fact_list, heading, literal, paragraph};
use super::{parts, plan};
use crate::document::{Block, Fact, Section};
use crate::formats::Numerals as _;
use crate::wording::say;
use vsa_base::digest;
use vsa_base::language::Language;
use vsa_record::Record;
use vsa_record::facts::{EngineFacts, ItemFacts, ItemKind, ModelFacts, TilingFacts};
use vsa_record::json::to_bytes;

pub(super) fn items(language: Language, record: &Record) -> Section {
    let item = |item: &ItemFacts| [heading(&item.label), fact_list(item_facts(language, item))];
    let blocks = record.items.iter().flat_map(item).collect();
    parts::section(say!(language, section_items()), blocks)
}

fn item_facts(language: Language, item: &ItemFacts) -> Vec<Fact> {
    let t = say!(language, ITEM_TERMS);
    let frames = &item.frames;
    let messages = if item.faults.is_empty() {
        say!(language, NO_MESSAGES).to_owned()
    } else {
        item.faults.join("; ")
    };
    let length = if item.kind == ItemKind::Stills {
        say!(language, NO_LENGTH).to_owned()
    } else {
        language.duration(item.duration_seconds)
    };
    vec![
        fact(t[0], say!(language, item_kind(item.kind))),
        literal(t[1], &item.sha256),
        fact(t[2], language.bytes(item.bytes)),
        fact(
            t[3],
            say!(language, container_and_codec(&item.container, &item.codec)),
        ),
        fact(t[4], say!(language, frame_size(item.width, item.height))),
        fact(t[5], length),
        fact(
            t[6],
            say!(
                language,
                frame_rate(item.declared_frame_rate, item.variable_frame_rate)
            ),
        ),
        fact(t[7], &item.decoder),
        fact(
            t[8],
            frames
                .expected
                .map_or_else(|| say!(language, NOT_DECLARED).to_owned(), |n| language.count(n)),
        ),
        fact(t[9], language.count(frames.decoded)),
        fact(t[10], language.count(frames.looked_at)),
        fact(
            t[11],
            say!(
                language,
                frame_faults(frames.repeated, frames.missing, frames.faulty, frames.damage_told)
            ),
        ),
        fact(t[12], messages),
    ]
}

pub(super) fn models(language: Language, record: &Record) -> Section {
    let model = |model: &ModelFacts| [heading(&model.name), fact_list(model_facts(language, model))];
    let mut blocks: Vec<Block> = record.models.iter().flat_map(model).collect();
    blocks.push(heading(say!(language, SETTINGS_HEADING)));
    blocks.push(fact_list(settings(language, record)));
    parts::section(say!(language, section_models()), blocks)
}

fn model_facts(language: Language, model: &ModelFacts) -> Vec<Fact> {
    let t = say!(language, MODEL_TERMS);
    vec![
        fact(t[0], say!(language, subject(&model.subject))),
        fact(t[1], &model.family),
        literal(t[2], &model.sha256),
        fact(t[3], &model.licence),
        fact(t[4], &model.training_data),
        fact(
            t[5],
            say!(language, frame_size(model.input_width, model.input_height)),
        ),
        fact(
            t[6],
            say!(language, thresholds(model.score_threshold, model.nms_iou)),
        ),
    ]
}

fn settings(language: Language, record: &Record) -> Vec<Fact> {
    let (t, plan, engine) = (say!(language, SETTING_TERMS), &record.plan, &record.engine);
    let tiling = |t: &TilingFacts| say!(language, tiling(t.columns, t.rows, t.overlap, t.whole_frame));
    vec![
        fact(
            t[0],
            say!(language, program(&record.tool.name, &record.tool.version)),
        ),
        fact(t[1], say!(language, engine_with_libraries(engine))),
        fact(
            t[2],
            record.drawn.as_ref().zip(plan.precision).map_or_else(
                || say!(language, sampling(plan.sample_fps)),
                |(drawn, precision)| say!(language, drawn(drawn, precision)),
            ),
        ),
        fact(t[3], tiling(&plan.person_tiles)),
        fact(t[4], tiling(&plan.face_tiles)),
        fact(t[5], say!(language, face_stride(plan.face_stride))),
        fact(t[6], say!(language, min_cell(record.disclosure.min_cell()))),
    ]
}

/// The options that choose the same engine again; none for the one that is chosen anyway.
fn engine_options(engine: &EngineFacts) -> String {
    let mut options = String::new();
    if ["onnxruntime", "openvino"].contains(&engine.name.as_str()) {
        options.push_str(&format!(" --engine {}", engine.name));
    }
    if engine.precision == "bfloat16" {
        options.push_str(" --precision bf16");
    }
    options
}

pub(super) fn again(language: Language, record: &Record) -> Section {
    let engine = engine_options(&record.engine);
    let run = say!(
        language,
        again_command(&record.tool.name, &record.plan.decoder, &engine)
    );
    let mut blocks = vec![
        command(say!(language, PLAN_CAPTION), plan::toml(language, record)),
        command(say!(language, COMMAND_CAPTION), run),
    ];
    // A record that cannot be written has no digest; then there is no record.json to compare with either.
    if let Ok(bytes) = to_bytes(record) {
        blocks.push(fact_list(vec![literal(
            say!(language, RECORD_DIGEST),
            digest::of_bytes(&bytes),
        )]));
    }
    blocks.push(paragraph(say!(language, CHECK_AGAIN)));
    if !record.items.is_empty() {
        let name = &record.tool.name;
        let placeholder = say!(language, PLACEHOLDER);
        let again = say!(language, reproduce_command(name, record.items.len(), placeholder));
        blocks.push(command(say!(language, REPRODUCE_CAPTION), again));
    }
    parts::section(say!(language, section_again()), blocks)
}
