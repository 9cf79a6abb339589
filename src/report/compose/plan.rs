//! The plan that would make the same record, as the TOML file that `vsa-audit audit --plan` reads. In: a record. Out:
//! its text. Every setting is written out, also where it is the default: defaults may change. No line is so long that paper
//! breaks it: what is copied from there is to be the same plan.
//! Deliberately not here: places of files. Footage is named by digest; who repeats the audit writes its place.

use super::scene_plan;
use crate::pdf::COMMAND_COLUMNS;
use crate::wording::say;
use std::fmt::Write as _;
use vsa_base::language::Language;
use vsa_record::Record;
use vsa_record::disclosure::LoweredBecause;
use vsa_record::facts::{InputFacts, ItemKind, ModelFacts, TilingFacts};
use vsa_record::robustness::RobustnessRow;

/// Appends a line.
macro_rules! put {
    ($text:expr, $($line:tt)+) => {
        writeln!($text, $($line)+).expect("writing into memory does not fail")
    };
}
pub(super) use put;

/// The plan as TOML.
pub(super) fn toml(language: Language, record: &Record) -> String {
    let (plan, policy) = (&record.plan, &record.disclosure);
    let mut text = String::new();
    for line in say!(language, plan_comments(record)) {
        put_comment(&mut text, &line);
    }
    put_array(&mut text, "models", plan.models.iter().map(|name| quoted(name)));
    if !plan.second_detectors.is_empty() {
        let seconds = plan.second_detectors.iter().map(|name| quoted(name));
        put_array(&mut text, "second_detectors", seconds);
    }
    if let Some(precision) = &plan.precision {
        put!(text, "precision_target = {:?}", precision.target);
        put!(text, "precision_seed = {}", precision.seed);
    }
    match plan.sample_fps {
        Some(rate) => put!(text, "sample_fps = {rate:?}"),
        None if plan.precision.is_some() => {}
        None => put_comment(&mut text, say!(language, PLAN_EVERY_FRAME)),
    }
    put!(text, "data_basis = \"{}\"", policy.data_basis());
    put!(text, "min_cell = {}", policy.min_cell());
    if let Some(LoweredBecause::Stated { reason }) = policy.lowered_because() {
        put!(text, "min_cell_reason = {}", quoted(reason));
    }
    put!(text, "export_objects = {}", policy.objects_exported());
    put!(text, "robustness = \"{}\"", robustness(record));
    search(&mut text, record, "person", &plan.person_tiles, 1);
    search(&mut text, record, "face", &plan.face_tiles, plan.face_stride);
    if !plan.thresholds.is_empty() {
        put!(text, "\n[thresholds]");
        for (audit, value) in &plan.thresholds {
            put!(text, "{audit} = {value:?}");
        }
    }
    if let Some(scene) = &plan.scene {
        scene_plan::put_scene(&mut text, scene);
    }
    for (at, item) in record.items.iter().enumerate() {
        put!(text, "\n[[footage]]");
        let digest = say!(language, plan_footage(&item.sha256, item.bytes));
        put_comment(&mut text, &digest);
        let place = placeholder(language, at, record.items.len());
        put!(text, "path = {}", quoted(&place));
        put!(text, "label = {}", quoted(&item.label));
        if let (ItemKind::ImageSequence, Some(rate)) = (item.kind, item.declared_frame_rate) {
            put!(text, "sequence_fps = {rate:?}");
        }
    }
    text
}

/// How thoroughly the footage was degraded: one severity of each way, or all of them.
fn robustness(record: &Record) -> &'static str {
    let rows = &record.robustness;
    let severity = |row: &RobustnessRow| row.perturbation.severity;
    match rows.first().map(severity) {
        None => "none",
        Some(first) if rows.iter().all(|row| severity(row) == first) => "default",
        Some(_) => "full",
    }
}

/// What stands in the plan for the place of an item.
fn placeholder(language: Language, at: usize, items: usize) -> String {
    if items == 1 {
        say!(language, PLACEHOLDER).to_owned()
    } else {
        format!("{}-{}", say!(language, PLACEHOLDER), at + 1)
    }
}

fn search(text: &mut String, record: &Record, subject: &str, tiles: &TilingFacts, every: u32) {
    put!(text, "\n[{subject}]");
    put!(text, "tiles = \"{}x{}\"", tiles.columns, tiles.rows);
    put!(text, "overlap = {:?}", tiles.overlap);
    put!(text, "whole_frame = {}", tiles.whole_frame);
    if let Some(model) = record.models.iter().find(|model| model.subject == subject) {
        put!(text, "input_size = \"{}\"", input_size(model));
        put!(text, "score_threshold = {:?}", model.score_threshold);
        put!(text, "nms_iou = {:?}", model.nms_iou);
    }
    put!(text, "every = {every}");
    if let Some(fusion) = record
        .plan
        .fusions
        .iter()
        .find(|fusion| fusion.subject == subject)
    {
        put!(text, "\n[{subject}.fusion]");
        put_array(
            text,
            "weights",
            fusion.weights.iter().map(|weight| format!("{weight:?}")),
        );
        put!(text, "overlap = {:?}", fusion.overlap);
        put!(text, "score_threshold = {:?}", fusion.score_threshold);
    }
}

/// Where the size of a model's input came from, as a plan writes it.
pub(super) fn input_size(model: &ModelFacts) -> String {
    match model.input {
        None => "model".to_owned(),
        Some(InputFacts::Plan) => format!("{}x{}", model.input_width, model.input_height),
        Some(InputFacts::Footage { longest, .. }) => format!("native:{longest}"),
    }
}

/// Appends a comment, on as many lines as it takes.
fn put_comment(text: &mut String, comment: &str) {
    let mut line = String::from("#");
    for word in one_line(comment).split(' ') {
        if line.len() > 1 && columns(&line) + 1 + columns(word) > COMMAND_COLUMNS {
            put!(text, "{line}");
            line.truncate(1);
        }
        line.push(' ');
        line.push_str(word);
    }
    put!(text, "{line}");
}

/// Appends an array, each item on a line of its own where one line is too short for all.
pub(super) fn put_array(text: &mut String, name: &str, items: impl Iterator<Item = String>) {
    let items: Vec<String> = items.collect();
    let line = format!("{name} = [{}]", items.join(", "));
    if columns(&line) <= COMMAND_COLUMNS {
        put!(text, "{line}");
        return;
    }
    put!(text, "{name} = [");
    for item in items {
        put!(text, "  {item},");
    }
    put!(text, "]");
}

/// Columns that a text takes at most: a letter from another typeface may be as wide as two.
fn columns(text: &str) -> usize {
    text.chars()
        .map(|letter| if letter.is_ascii() { 1 } else { 2 })
        .sum()
}

/// A line break would end the comment that it stands in, and begin a setting.
fn one_line(comment: &str) -> String {
    comment.replace(char::is_control, " ")
}

/// Of a string, so much stands on a line: the name of its setting has to fit there, too.
const STRING_COLUMNS: usize = 68;

/// A basic string of TOML. Control characters, and marks that turn the reading direction, are written as escapes: the
/// page shows neither as they are, and a plan copied from it has to stay exact.
pub(super) fn quoted(text: &str) -> String {
    let letters: Vec<String> = text.chars().map(written).collect();
    let whole = letters.concat();
    if columns(&whole) <= STRING_COLUMNS {
        return format!("\"{whole}\"");
    }
    // A backslash at the end of a line takes away the line break and the spaces after it: no line begins with one.
    let mut out = String::from("\"\"\"");
    let mut filled = 0;
    for letter in &letters {
        if filled >= STRING_COLUMNS && letter != " " {
            out.push_str("\\\n");
            filled = 0;
        }
        out.push_str(letter);
        filled += columns(letter);
    }
    out.push_str("\"\"\"");
    out
}

/// A letter within a basic string.
fn written(letter: char) -> String {
    match letter {
        '"' | '\\' => format!("\\{letter}"),
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            escaped(letter)
        }
        control if control.is_control() => escaped(control),
        plain => plain.to_string(),
    }
}

/// All escaped characters lie within four hexadecimal digits.
fn escaped(letter: char) -> String {
    format!("\\u{:04X}", u32::from(letter))
}

#[cfg(test)]
pub(super) mod tests {
    use super::{COMMAND_COLUMNS, columns, input_size, one_line, put_array, put_comment, quoted};
    use crate::wording::say;
    use vsa_base::language::Language;
    use vsa_record::facts::{InputFacts, ModelFacts};

    pub(crate) fn model(input: Option<InputFacts>) -> ModelFacts {
        ModelFacts {
            name: "m".to_owned(),
            family: "yolox".to_owned(),
            subject: "person".to_owned(),
            sha256: "0".repeat(64),
            weights_sha256: None,
            licence: "none".to_owned(),
            input_width: 768,
            input_height: 576,
            input,
            score_threshold: 0.3,
            candidate_score: 0.05,
            nms_iou: 0.45,
            training_data: "none".to_owned(),
            published_figure: None,
        }
    }

    #[test]
    fn the_size_of_an_input_comes_with_its_reason_in_both_languages_and_as_a_plan_writes_it() {
        let followed = |sizes| InputFacts::Footage { longest: 1280, sizes };
        for (input, written, english, french) in [
            (None, "model", "768×576px", "768×576px"),
            (
                Some(InputFacts::Plan),
                "768x576",
                "768×576px (set by the plan)",
                "768×576px (fixée par le plan)",
            ),
            (
                Some(followed(1)),
                "native:1280",
                "768×576px (follows the footage: its long side from the model's own to 1280px)",
                "768×576px (suit l’enregistrement\u{a0}: grand côté compris entre celui du modèle et 1280px)",
            ),
            (
                Some(followed(3)),
                "native:1280",
                "768×576px at most, in 3 sizes (follows the footage or its tiles: the long side from the model's own to 1280px)",
                "768×576px au plus, en 3 tailles (suit l’enregistrement ou ses tuiles\u{a0}: grand côté compris entre celui du modèle et 1280px)",
            ),
        ] {
            let model = model(input);
            assert_eq!(input_size(&model), written);
            let said = [Language::English, Language::French]
                .map(|language| say!(language, model_input(&model)).replace('\u{202f}', ""));
            assert_eq!(said, [english, french]);
        }
    }

    #[test]
    fn a_label_cannot_smuggle_a_setting_into_the_plan() {
        assert_eq!(one_line("hall\nmin_cell = 1\r"), "hall min_cell = 1 ");
    }

    #[test]
    fn a_long_comment_stays_a_comment_and_a_long_value_stays_itself() {
        let digest = "0f".repeat(32);
        let label = format!(
            "the \"hall\"{}of the  station\u{202e} – ",
            " and the stairs".repeat(12)
        );
        let corners = [[0.0, 1234.5]; 20];
        let mut text = String::new();
        put_comment(
            &mut text,
            &format!("Model ssdlite-pedestrian-of-the-hall: SHA-256 {digest}"),
        );
        text.push_str(&format!("min_cell_reason = {}\n", quoted(&label)));
        put_array(
            &mut text,
            "polygon",
            corners.iter().map(|corner| format!("{corner:?}")),
        );
        assert!(text.contains(&format!("\n# {digest}\n")), "{text}");
        assert!(
            text.lines().all(|line| columns(line) <= COMMAND_COLUMNS),
            "{text}"
        );
        let read: toml::Table = toml::from_str(&text).unwrap();
        assert_eq!(read["min_cell_reason"].as_str(), Some(label.as_str()));
        assert_eq!(read["polygon"].as_array().map(Vec::len), Some(20));
    }

    #[test]
    fn a_string_reads_back_letter_for_letter() {
        for text in [
            "pets09-s2l1",
            "it's \"quoted\" \\ and\nbroken\ttext\u{7f}",
            "turned \u{202e}gpj\u{202c} round, \u{2066}isolated\u{2069}",
            "Straße – 北京 🎥",
            "",
        ] {
            let written = format!("label = {}", quoted(text));
            assert!(!written.chars().any(char::is_control), "{written:?}");
            let read: toml::Table = toml::from_str(&written).unwrap();
            assert_eq!(read["label"].as_str(), Some(text));
        }
    }
}
