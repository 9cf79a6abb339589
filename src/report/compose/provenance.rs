//! What was examined, with what, and how to do it again.

use super::tables::{command, fact_list, facts, heading, literal, paragraph};
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
    let expected = frames.expected.map(|n| language.count(n));
    let (rate, varies) = (item.declared_frame_rate, item.variable_frame_rate);
    let (repeated, missing, faulty) = (frames.repeated, frames.missing, frames.faulty);
    let values = [
        say!(language, item_kind(item.kind)).to_owned(),
        item.sha256.clone(),
        language.bytes(item.bytes),
        say!(language, container_and_codec(&item.container, &item.codec)),
        say!(language, frame_size(item.width, item.height)),
        length,
        say!(language, frame_rate(rate, varies)),
        item.decoder.clone(),
        expected.unwrap_or_else(|| say!(language, NOT_DECLARED).to_owned()),
        language.count(frames.decoded),
        language.count(frames.looked_at),
        say!(
            language,
            frame_faults(repeated, missing, faulty, frames.damage_told)
        ),
        messages,
    ];
    let mut facts = facts(say!(language, ITEM_TERMS), values);
    // The digest.
    facts[1].literal = true;
    facts
}

pub(super) fn models(language: Language, record: &Record) -> Section {
    let model = |model: &ModelFacts| [heading(&model.name), fact_list(model_facts(language, model))];
    let mut blocks: Vec<Block> = record.models.iter().flat_map(model).collect();
    let fusions = record.plan.fusions.iter();
    blocks.extend(fusions.map(|fusion| paragraph(say!(language, fused(fusion)))));
    blocks.push(heading(say!(language, SETTINGS_HEADING)));
    blocks.push(fact_list(settings(language, record)));
    parts::section(say!(language, section_models()), blocks)
}

fn model_facts(language: Language, model: &ModelFacts) -> Vec<Fact> {
    let values = [
        say!(language, subject(&model.subject)),
        model.family.clone(),
        model.sha256.clone(),
        declared(language, &model.licence),
        declared(language, &model.training_data),
        say!(language, model_input(model)),
        say!(language, thresholds(model.score_threshold, model.nms_iou)),
    ];
    let mut facts = facts(say!(language, MODEL_TERMS), values);
    // The digest.
    facts[2].literal = true;
    if let Some(weights) = &model.weights_sha256 {
        facts.insert(3, literal(say!(language, WEIGHTS_DIGEST), weights));
    }
    facts
}

/// What the registry declares of a model: its fixed phrases in the words of the report, all else as it stands.
pub(super) fn declared(language: Language, text: &str) -> String {
    let recorded = say!(Language::English, REGISTRY_PHRASES);
    let phrase = recorded.iter().position(|phrase| *phrase == text);
    phrase
        .map_or(text, |at| say!(language, REGISTRY_PHRASES)[at])
        .to_owned()
}

fn settings(language: Language, record: &Record) -> Vec<Fact> {
    let plan = &record.plan;
    let tiling = |t: &TilingFacts| say!(language, tiling(t.columns, t.rows, t.overlap, t.whole_frame));
    let values = [
        say!(language, program(&record.tool.name, &record.tool.version)),
        say!(language, engine_with_libraries(&record.engine)),
        record.drawn.as_ref().zip(plan.precision).map_or_else(
            || say!(language, sampling(plan.sample_fps)),
            |(drawn, precision)| {
                let passed_over = record.items.iter().map(|item| item.frames.passed_over).sum();
                let undecoded = say!(language, undecoded(passed_over, &drawn.decoded_whole));
                say!(language, drawn(drawn, precision)) + &undecoded
            },
        ),
        tiling(&plan.person_tiles),
        tiling(&plan.face_tiles),
        say!(language, face_stride(plan.face_stride)),
        say!(language, min_cell(record.disclosure.min_cell())),
    ];
    facts(say!(language, SETTING_TERMS), values)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_of_a_model_in_two_files_stand_beside_its_graph_and_of_one_file_nothing_is_said() {
        let mut model = plan::tests::model(None);
        let terms = |language, model: &ModelFacts| -> Vec<(String, String)> {
            let facts = model_facts(language, model).into_iter();
            let literal = facts.filter(|fact| fact.literal);
            literal.map(|fact| (fact.term, fact.value)).collect()
        };
        assert_eq!(terms(Language::English, &model).len(), 1);
        model.weights_sha256 = Some("ab".repeat(32));
        for (language, term) in [
            (Language::English, "SHA-256 of the weights"),
            (Language::French, "Empreinte SHA-256 des poids"),
        ] {
            let told = terms(language, &model);
            assert_eq!(told[1], (term.to_owned(), "ab".repeat(32)), "{told:?}");
        }
    }
}
