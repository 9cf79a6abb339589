//! What was examined, with what, and how to do it again.

use super::formats;
use std::collections::BTreeSet;
use vsa_record::Record;
use vsa_record::facts::{CONVOLUTIONS_BY, FusionFacts, InputFacts, ModelFacts};

sentences! {
    /// Terms of an item's facts.
    pub const ITEM_TERMS[13] =
        (en "Kind", fr "Nature") (en "SHA-256", fr "Empreinte SHA-256") (en "Size", fr "Taille")
        (en "Container and codec", fr "Conteneur et codec") (en "Frame size", fr "Taille d’image") (en "Length", fr "Durée")
        (en "Declared frame rate", fr "Cadence déclarée") (en "Decoder", fr "Décodeur")
        (en "Frames expected", fr "Images attendues") (en "Frames decoded", fr "Images décodées")
        (en "Frames looked at", fr "Images analysées")
        (en "Repeated, missing, faulty frames", fr "Images répétées, manquantes, défectueuses")
        (en "Decoder's messages", fr "Messages du décodeur");
}

/// `0 repeated, 0 missing, 0 faulty`; `damage_told`: whether the decoder tells of damage within frames.
pub fn frame_faults(repeated: u64, missing: u64, faulty: u64, damage_told: bool) -> String {
    let concealed = if damage_told {
        ""
    } else {
        words! { en " or more (this decoder conceals damage within frames)",
                 fr " ou plus (ce décodeur masque les dommages internes aux images)" }
    };
    text! {
        en "{} repeated, {} missing by time stamp, {} faulty{concealed}",
        fr "répétées : {} ; manquantes d’après l’horodatage : {} ; défectueuses : {}{concealed}";
        formats::count(repeated), formats::count(missing), formats::count(faulty) }
}

/// `10 frames per second`, and whether it varies.
pub fn frame_rate(rate: Option<f64>, varies: bool) -> String {
    let rate = rate.map_or_else(
        || words! { en "not declared", fr "non déclarée" }.to_owned(),
        |r| text! { en "{} frames per second", fr "{} images par seconde"; formats::plain(r) },
    );
    if varies { text! { en "{rate}; the time between frames varies",
                        fr "{rate} ; l’intervalle entre les images varie" } } else { rate }
}

sentences! {
    /// What is said where a file does not declare its number of frames.
    pub const NOT_DECLARED = en "not declared by the file", fr "non déclarées par le fichier";
    /// `avi, mpeg4`.
    pub fn container_and_codec(container: &str, codec: &str) = "{container}, {codec}";
    /// Shown where a decoder had nothing to say.
    pub const NO_MESSAGES = en "none", fr "aucun";
    /// Terms of a model's facts.
    pub const MODEL_TERMS[7] =
        (en "Looks for", fr "Recherche") (en "Family", fr "Famille") (en "SHA-256", fr "Empreinte SHA-256") ("Licence")
        (en "Training data, as declared", fr "Données d’entraînement déclarées") (en "Input", fr "Entrée")
        (en "Thresholds", fr "Seuils");
    /// Of a model whose weights are a file of their own: the term of that file's digest.
    pub const WEIGHTS_DIGEST = en "SHA-256 of the weights", fr "Empreinte SHA-256 des poids";
    /// What a registry of models states in fixed phrases, of licences, training data and published figures: records hold the
    /// English ones.
    pub const REGISTRY_PHRASES[7] =
        (en "unknown", fr "inconnue")
        (en "not declared", fr "non déclarées")
        (en "not declared by its authors", fr "non déclarées par les auteurs du modèle")
        (en "not declared for this file", fr "non déclarées pour ce fichier")
        (en "none", fr "aucun")
        (en "none stated for this file", fr "aucun indiqué pour ce fichier")
        (en "none stated in the package that carries it", fr "aucun indiqué dans le paquet qui contient le modèle");
}

/// What a model looks for.
pub fn subject(subject: &str) -> String {
    match subject {
        "person" => words! { en "people", fr "les personnes" }.to_owned(),
        "face" => words! { en "faces", fr "les visages" }.to_owned(),
        "second_person" => words! { en "people, as a second detector (compared with the first, used for nothing else)",
                                    fr "les personnes, comme second détecteur (comparé au premier, sans autre usage)" }.to_owned(),
        "second_face" => words! { en "faces, as a second detector (compared with the first, used for nothing else)",
                                  fr "les visages, comme second détecteur (comparé au premier, sans autre usage)" }.to_owned(),
        "fused_person" => words! { en "people, its boxes joined with those of the first",
                                   fr "les personnes, ses cadres étant réunis à ceux du premier" }.to_owned(),
        "fused_face" => words! { en "faces, its boxes joined with those of the first",
                                 fr "les visages, ses cadres étant réunis à ceux du premier" }.to_owned(),
        "body_embedding" => words! { en "describes bodies (re-identification)",
                                     fr "décrit les corps (réidentification)" }.to_owned(),
        "face_embedding" => words! { en "describes faces (face matching)",
                                     fr "décrit les visages (appariement de visages)" }.to_owned(),
        "age" | "gender" | "emotion" | "mask" => text! {
            en "assigns labels to faces ({})",
            fr "attribue des étiquettes aux visages ({})"; super::measures::attribute(subject) },
        other => other.to_owned(),
    }
}

/// How the boxes of two models were joined.
pub fn fused(fusion: &FusionFacts) -> String {
    let what = match fusion.subject.as_str() {
        "face" => words! { en "Faces", fr "Visages" },
        _ => words! { en "People", fr "Personnes" },
    };
    let plain = |numbers: &[f64]| numbers.iter().copied().map(formats::plain).collect::<Vec<_>>();
    let names = words! { en " and ", fr " et " };
    text! {
        en "{what}: the boxes of {} were joined, after each model’s own suppression (weighted boxes fusion, Solovyev et al. 2021). \
            Scores were first brought to one scale, on which each model’s own threshold is {}; they weigh {}. Boxes are of one from an \
            overlap (intersection over union) of {} on, and joined boxes count from a score of {} on: one that a single model draws \
            has to have a high score. All counts rest on joined boxes; the comparison of the two models does not.",
        fr "{what}\u{a0}: les cadres de {} ont été réunis, après la suppression propre à chaque modèle (weighted boxes fusion, Solovyev \
            et al. 2021). Les scores ont d’abord été ramenés à une échelle commune, où le seuil propre à chaque modèle vaut {}\u{202f}; \
            leurs poids sont {}. Des cadres n’en font qu’un à partir d’un recouvrement (intersection sur union) de {}, et les cadres \
            réunis comptent à partir d’un score de {}\u{a0}: celui qu’un seul modèle trace doit avoir un score élevé. Tous les \
            décomptes reposent sur les cadres réunis\u{202f}; la comparaison des deux modèles, non.";
        fusion.models.join(names),
        formats::plain(fusion.common_threshold),
        plain(&fusion.weights).join(names),
        formats::plain(fusion.overlap),
        formats::plain(fusion.score_threshold) }
}

/// The size of a model's input, and why it is that.
pub fn model_input(model: &ModelFacts) -> String {
    let size = super::page::frame_size(model.input_width, model.input_height);
    match model.input {
        None => size,
        Some(InputFacts::Plan) => text! { en "{} (set by the plan)", fr "{} (fixée par le plan)"; size },
        Some(InputFacts::Footage { longest, sizes: 0 | 1 }) => text! {
            en "{} (follows the footage: its long side from the model's own to {}\u{202f}px)",
            fr "{} (suit l’enregistrement\u{a0}: grand côté compris entre celui du modèle et {}\u{202f}px)"; size, longest },
        Some(InputFacts::Footage { longest, sizes }) => text! {
            en "{} at most, in {} sizes (follows the footage or its tiles: the long side from the model's own to {}\u{202f}px)",
            fr "{} au plus, en {} tailles (suit l’enregistrement ou ses tuiles\u{a0}: grand côté compris entre celui du modèle et {}\u{202f}px)";
            size, sizes, longest },
    }
}

/// Thresholds of a model.
pub fn thresholds(score: f64, iou: f64) -> String {
    if score <= 0.0 && iou <= 0.0 {
        return words! { en "none: it finds nothing itself", fr "aucun : il ne détecte rien lui-même" }.to_owned();
    }
    text! {
        en "score at least {}; of two boxes that overlap by more than {} (IoU) the lesser is dropped",
        fr "score d’au moins {} ; de deux cadres qui se recouvrent de plus de {} (IoU), le moindre est écarté";
        formats::plain(score), formats::plain(iou) }
}

sentences! {
    /// Heading of the settings.
    pub const SETTINGS_HEADING = en "Settings", fr "Réglages";
    /// Terms of the settings.
    pub const SETTING_TERMS[7] =
        (en "Program", fr "Programme") (en "Engine", fr "Moteur d’exécution") (en "Frames looked at", fr "Images analysées")
        (en "Tiles for people", fr "Découpage pour les personnes") (en "Tiles for faces", fr "Découpage pour les visages")
        (en "Faces looked for", fr "Recherche des visages") (en "Smallest cell shown", fr "Plus petit effectif communiqué");
    /// `vsa-audit 0.1.0`.
    pub fn program(name: &str, version: &str) = "{name} {version}";
}

/// `tract 0.23.9, convolutions by vsa-audit 0.1.0, f32`.
pub fn engine(name: &str, version: &str, precision: &str) -> String {
    let version = version.replace(CONVOLUTIONS_BY, words! { en ", convolutions by ", fr ", convolutions de " });
    format!("{name} {version}, {precision}")
}

/// Sampling.
pub fn sampling(fps: Option<f64>) -> String {
    fps.map_or_else(
        || words! { en "every frame", fr "toutes les images" }.to_owned(),
        |f| text! { en "{} in each second", fr "{} par seconde"; formats::plain(f) },
    )
}

/// Tiling.
pub fn tiling(columns: u32, rows: u32, overlap: f64, whole: bool) -> String {
    if columns <= 1 && rows <= 1 {
        return words! { en "none: the whole frame at once", fr "aucun : l’image entière en une fois" }.to_owned();
    }
    let extra = if whole {
        words! { en ", and the whole frame", fr ", et l’image entière" }
    } else {
        ""
    };
    text! { en "{columns}\u{202f}×\u{202f}{rows}, overlapping by {}{extra}",
            fr "{columns}\u{202f}×\u{202f}{rows}, avec un recouvrement de {}{extra}"; formats::percent(overlap) }
}

/// Stride of the face detector.
pub fn face_stride(stride: u32) -> String {
    if stride <= 1 {
        words! { en "in every frame looked at", fr "dans chaque image analysée" }.to_owned()
    } else {
        text! { en "in one of {stride} frames looked at", fr "dans une image analysée sur {stride}" }
    }
}

/// The smallest cell.
pub fn min_cell(min_cell: u32) -> String {
    if min_cell <= 1 {
        words! { en "1 person: nothing is withheld", fr "1 personne : rien n’est occulté" }.to_owned()
    } else {
        text! { en "{min_cell} people", fr "{min_cell} personnes" }
    }
}

sentences! {
    /// In a plan, for the place of a file that the reader has to write.
    pub const PLACEHOLDER = en "FOOTAGE", fr "ENREGISTREMENT";
    /// Above the plan.
    pub const PLAN_CAPTION =
        en "1. Save this as plan.toml. In place of FOOTAGE (FOOTAGE-1, FOOTAGE-2 and so on) write where the file with \
            the given digest lies.",
        fr "1. Enregistrer ce qui suit sous le nom plan.toml. À la place de ENREGISTREMENT (ENREGISTREMENT-1, \
            ENREGISTREMENT-2 et ainsi de suite), écrire où se trouve le fichier de l’empreinte indiquée.";
    /// In a plan without sampling.
    pub const PLAN_EVERY_FRAME = en "sample_fps is not set: every frame is looked at.",
                                 fr "sample_fps n’est pas fixé : toutes les images sont analysées.";
    /// A comment that ties a piece of footage to its digest.
    pub fn plan_footage(sha256: &str, bytes: u64) = "SHA-256 {sha256}, {}" (formats::bytes(bytes));
    /// Above the command.
    pub const COMMAND_CAPTION = en "2. In the same folder, run:", fr "2. Dans le même dossier, exécuter :";
    /// The digest of the record that this report speaks about.
    pub const RECORD_DIGEST = en "SHA-256 of record.json", fr "Empreinte SHA-256 de record.json";
    /// How to check a repetition.
    pub const CHECK_AGAIN =
        en "3. To check: the SHA-256 of the new DIR/record.json is the one above. The date and the machine are in \
            run.json, which may differ. Another version of the decoder may give other pixels, and another processor \
            family may round differently in the last digits.",
        fr "3. Pour vérifier : l’empreinte SHA-256 du nouveau fichier DOSSIER/record.json est celle indiquée \
            ci-dessus. La date et la machine figurent dans run.json, qui peut différer. Une autre version du décodeur \
            peut donner d’autres pixels, et une autre famille de processeurs peut arrondir différemment les dernières \
            décimales.";
}

/// Comments at the head of the plan: with what the record was made.
pub fn plan_comments(record: &Record) -> Vec<String> {
    let (tool, engine) = (&record.tool, &record.engine);
    let mut lines = vec![text! {
        en "Made by {}, engine {}.",
        fr "Établi par {}, moteur {}.";
        program(&tool.name, &tool.version), self::engine(&engine.name, &engine.version, &engine.precision) }];
    let decoders: BTreeSet<&str> = record.items.iter().map(|item| item.decoder.as_str()).collect();
    lines.extend(decoders.into_iter().map(|decoder| text! { en "Decoded by {decoder}.", fr "Décodé par {decoder}." }));
    for model in &record.models {
        lines.push(text! { en "Model {}: SHA-256 {}", fr "Modèle {} : SHA-256 {}"; model.name, model.sha256 });
        if let Some(weights) = &model.weights_sha256 {
            lines.push(text! { en "Weights of the model {}: SHA-256 {weights}",
                               fr "Poids du modèle {} : SHA-256 {weights}"; model.name });
        }
    }
    lines
}

/// The command that runs the plan. ffmpeg is what the program takes by itself.
pub fn again_command(program: &str, decoder: &str, engine: &str) -> String {
    let decoder = if decoder == "opencv" {
        " --decoder opencv"
    } else {
        ""
    };
    text! { en "{program} audit --plan plan.toml --out DIR{decoder}{engine}",
            fr "{program} audit --plan plan.toml --out DOSSIER{decoder}{engine}" }
}
