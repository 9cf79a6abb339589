//! What was examined, with what, and how to do it again.

use crate::formats::french as formats;
use vsa_record::Record;

/// Terms of an item's facts.
pub const ITEM_TERMS: [&str; 13] = [
    "Nature",
    "Empreinte SHA-256",
    "Taille",
    "Conteneur et codec",
    "Taille d’image",
    "Durée",
    "Cadence déclarée",
    "Décodeur",
    "Images attendues",
    "Images décodées",
    "Images analysées",
    "Images répétées, manquantes, défectueuses",
    "Messages du décodeur",
];
/// `0 repeated, 0 missing, 0 faulty`; `damage_told`: whether the decoder tells of damage within frames.
#[must_use]
pub fn frame_faults(repeated: u64, missing: u64, faulty: u64, damage_told: bool) -> String {
    let concealed = if damage_told {
        ""
    } else {
        " ou plus (ce décodeur masque les dommages internes aux images)"
    };
    format!(
        "répétées : {} ; manquantes d’après l’horodatage : {} ; défectueuses : {}{concealed}",
        formats::count(repeated),
        formats::count(missing),
        formats::count(faulty)
    )
}
/// `10 frames per second`, and whether it varies.
#[must_use]
pub fn frame_rate(rate: Option<f64>, varies: bool) -> String {
    let rate = rate.map_or_else(
        || "non déclarée".to_owned(),
        |r| format!("{} images par seconde", formats::plain(r)),
    );
    if varies {
        format!("{rate} ; l’intervalle entre les images varie")
    } else {
        rate
    }
}
/// What is said where a file does not declare its number of frames.
pub const NOT_DECLARED: &str = "non déclarées par le fichier";
/// `avi, mpeg4`.
#[must_use]
pub fn container_and_codec(container: &str, codec: &str) -> String {
    format!("{container}, {codec}")
}
/// Shown where a decoder had nothing to say.
pub const NO_MESSAGES: &str = "aucun";

/// Terms of a model's facts.
pub const MODEL_TERMS: [&str; 7] = [
    "Recherche",
    "Famille",
    "Empreinte SHA-256",
    "Licence",
    "Données d’entraînement déclarées",
    "Entrée",
    "Seuils",
];
/// What a model looks for.
#[must_use]
pub fn subject(subject: &str) -> String {
    match subject {
        "person" => "les personnes".to_owned(),
        "face" => "les visages".to_owned(),
        "second_person" => {
            "les personnes, comme second détecteur (comparé au premier, sans autre usage)".to_owned()
        }
        "second_face" => {
            "les visages, comme second détecteur (comparé au premier, sans autre usage)".to_owned()
        }
        "body_embedding" => "décrit les corps (réidentification)".to_owned(),
        "face_embedding" => "décrit les visages (appariement de visages)".to_owned(),
        "age" | "gender" | "emotion" | "mask" => {
            format!(
                "attribue des étiquettes aux visages ({})",
                super::measures::attribute(subject)
            )
        }
        other => other.to_owned(),
    }
}
/// Thresholds of a model.
#[must_use]
pub fn thresholds(score: f64, iou: f64) -> String {
    if score <= 0.0 && iou <= 0.0 {
        return "aucun : il ne détecte rien lui-même".to_owned();
    }
    format!(
        "score d’au moins {} ; de deux cadres qui se recouvrent de plus de {} (IoU), le moindre est écarté",
        formats::plain(score),
        formats::plain(iou)
    )
}

/// Heading of the settings.
pub const SETTINGS_HEADING: &str = "Réglages";
/// Terms of the settings.
pub const SETTING_TERMS: [&str; 7] = [
    "Programme",
    "Moteur d’exécution",
    "Images analysées",
    "Découpage pour les personnes",
    "Découpage pour les visages",
    "Recherche des visages",
    "Plus petit effectif communiqué",
];
/// `vsa-audit 0.1.0`.
#[must_use]
pub fn program(name: &str, version: &str) -> String {
    format!("{name} {version}")
}
/// `tract 0.23.9, f32`.
#[must_use]
pub fn engine(name: &str, version: &str, precision: &str) -> String {
    format!("{name} {version}, {precision}")
}
/// Sampling.
#[must_use]
pub fn sampling(fps: Option<f64>) -> String {
    fps.map_or_else(
        || "toutes les images".to_owned(),
        |f| format!("{} par seconde", formats::plain(f)),
    )
}
/// Tiling.
#[must_use]
pub fn tiling(columns: u32, rows: u32, overlap: f64, whole: bool) -> String {
    if columns <= 1 && rows <= 1 {
        return "aucun : l’image entière en une fois".to_owned();
    }
    let extra = if whole { ", et l’image entière" } else { "" };
    format!(
        "{columns}\u{202f}×\u{202f}{rows}, avec un recouvrement de {}{extra}",
        formats::percent(overlap)
    )
}
/// Stride of the face detector.
#[must_use]
pub fn face_stride(stride: u32) -> String {
    if stride <= 1 {
        "dans chaque image analysée".to_owned()
    } else {
        format!("dans une image analysée sur {stride}")
    }
}
/// The smallest cell.
#[must_use]
pub fn min_cell(min_cell: u32) -> String {
    if min_cell <= 1 {
        "1 personne : rien n’est occulté".to_owned()
    } else {
        format!("{min_cell} personnes")
    }
}

/// In a plan, for the place of a file that the reader has to write.
pub const PLACEHOLDER: &str = "ENREGISTREMENT";
/// Above the plan.
pub const PLAN_CAPTION: &str = "1. Enregistrer ce qui suit sous le nom plan.toml. À la place de ENREGISTREMENT (ENREGISTREMENT-1, \
    ENREGISTREMENT-2 et ainsi de suite), écrire où se trouve le fichier de l’empreinte indiquée.";
/// In a plan without sampling.
pub const PLAN_EVERY_FRAME: &str = "sample_fps n’est pas fixé : toutes les images sont analysées.";

/// Comments at the head of the plan: with what the record was made.
#[must_use]
pub fn plan_comments(record: &Record) -> Vec<String> {
    let (tool, engine) = (&record.tool, &record.engine);
    let mut lines = vec![format!(
        "Établi par {}, moteur {}.",
        program(&tool.name, &tool.version),
        self::engine(&engine.name, &engine.version, &engine.precision)
    )];
    let mut decoders: Vec<&str> = record.items.iter().map(|item| item.decoder.as_str()).collect();
    decoders.sort_unstable();
    decoders.dedup();
    lines.extend(
        decoders
            .into_iter()
            .map(|decoder| format!("Décodé par {decoder}.")),
    );
    lines.extend(
        record
            .models
            .iter()
            .map(|model| format!("Modèle {} : SHA-256 {}", model.name, model.sha256)),
    );
    lines
}

/// A comment that ties a piece of footage to its digest.
#[must_use]
pub fn plan_footage(sha256: &str, bytes: u64) -> String {
    format!("SHA-256 {sha256}, {}", formats::bytes(bytes))
}

/// Above the command.
pub const COMMAND_CAPTION: &str = "2. Dans le même dossier, exécuter :";
/// The command that runs the plan. ffmpeg is what the program takes by itself.
#[must_use]
pub fn again_command(program: &str, decoder: &str, engine: &str) -> String {
    let decoder = if decoder == "opencv" {
        " --decoder opencv"
    } else {
        ""
    };
    format!("{program} audit --plan plan.toml --out DOSSIER{decoder}{engine}")
}
/// The digest of the record that this report speaks about.
pub const RECORD_DIGEST: &str = "Empreinte SHA-256 de record.json";
/// How to check a repetition.
pub const CHECK_AGAIN: &str = "3. Pour vérifier : l’empreinte SHA-256 du nouveau fichier DOSSIER/record.json est celle indiquée \
    ci-dessus. La date et la machine figurent dans run.json, qui peut différer. Une autre version du décodeur peut donner d’autres \
    pixels, et une autre famille de processeurs peut arrondir différemment les dernières décimales.";
