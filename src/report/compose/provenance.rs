//! What was examined, with what, and how to do it again.

use super::parts;
use super::tables::{fact, literal};
use crate::record::disclosure::{DataBasis, LoweredBecause};
use crate::record::facts::{ItemFacts, ItemKind, ModelFacts, TilingFacts};
use crate::record::{Record, disclosure};
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
            words::frame_faults(frames.repeated, frames.missing, frames.faulty),
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
    let blocks = vec![
        Block::Command {
            caption: words::COMMAND_CAPTION.to_owned(),
            text: command(record),
        },
        Block::Paragraph {
            text: words::CHECK_AGAIN.to_owned(),
        },
    ];
    parts::section(words::section_again(), blocks)
}

/// The command that would make the same record, from the facts of the plan. No paths: footage is named by digest.
fn command(record: &Record) -> String {
    let plan = &record.plan;
    let names: Vec<String> = match record.items.len() {
        1 => vec!["FOOTAGE".to_owned()],
        n => (1..=n).map(|i| format!("FOOTAGE-{i}")).collect(),
    };
    let mut text = String::new();
    for (name, item) in names.iter().zip(&record.items) {
        text.push_str(&words::footage_is(name, &one_line(&item.label), &item.sha256));
        text.push('\n');
    }
    text.push_str(&format!(
        "{} audit {} --out FOLDER",
        record.tool.name,
        names.join(" ")
    ));
    let mut option = |name: &str, value: &str| text.push_str(&format!(" \\\n  --{name} {value}"));
    let labels: Vec<&str> = record.items.iter().map(|i| i.label.as_str()).collect();
    option("labels", &quoted(&labels.join(",")));
    let sequence = record.items.iter().find(|i| i.kind == ItemKind::ImageSequence);
    if let Some(fps) = sequence.and_then(|i| i.declared_frame_rate) {
        option("sequence-fps", &fps.to_string());
    }
    option("models", &plan.models.join(","));
    if let Some(fps) = plan.sample_fps {
        option("sample-fps", &fps.to_string());
    }
    for (name, tiles) in [("tiles", &plan.person_tiles), ("face-tiles", &plan.face_tiles)] {
        if tiles.columns > 1 || tiles.rows > 1 {
            option(name, &format!("{}x{}", tiles.columns, tiles.rows));
        }
    }
    if plan.face_stride > 1 {
        option("face-every", &plan.face_stride.to_string());
    }
    match record.disclosure.data_basis() {
        DataBasis::Undeclared => {}
        DataBasis::Public => option("data-basis", "public"),
        DataBasis::Consented => option("data-basis", "consented"),
    }
    let from_basis = if record.disclosure.data_basis() == DataBasis::Undeclared {
        disclosure::DEFAULT_MIN_CELL
    } else {
        1
    };
    if record.disclosure.min_cell() != from_basis {
        option("min-cell", &record.disclosure.min_cell().to_string());
    }
    if let Some(LoweredBecause::Stated { reason }) = record.disclosure.lowered_because() {
        option("min-cell-reason", &quoted(reason));
    }
    if record.disclosure.objects_exported() {
        text.push_str(" \\\n  --export-objects");
    }
    text
}

/// A line break in a label would end the comment that it stands in, and begin a command.
fn one_line(label: &str) -> String {
    label.replace(char::is_control, " ")
}

/// As one word of a POSIX shell; plain words stay as they are.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ',');
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::{one_line, quoted};

    #[test]
    fn a_label_cannot_smuggle_a_command_into_the_command() {
        assert_eq!(one_line("hall\nrm -rf /\r"), "hall rm -rf / ");
    }

    #[test]
    fn a_reason_with_quotes_stays_one_word_of_the_shell() {
        assert_eq!(quoted("pets09-s2l1,item-2"), "pets09-s2l1,item-2");
        assert_eq!(quoted("it's; rm -rf /"), "'it'\\''s; rm -rf /'");
    }
}
