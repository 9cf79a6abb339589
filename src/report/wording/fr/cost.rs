//! What one machine can watch, and what a day of one camera costs: the report's part on it.

use crate::formats::{cost_decimals, french as formats};
use vsa_record::bench::{BenchFacts, Cameras, Spread};

/// Heads of the table of cameras.
pub const COST_COLUMNS: [&str; 4] = [
    "Images qu’une caméra livre par seconde",
    "Caméras pour cette machine",
    "Énergie par caméra et par jour",
    "Coût par caméra et par jour",
];

/// Above the table.
pub const COST_CAPTION: &str = "Caméras qu’une machine peut suivre, et ce que chacune demande";

/// Where power or price were not given.
pub const COST_NOT_GIVEN: &str = "non indiqué";

/// What was measured, on which machine.
#[must_use]
pub fn cost_method(bench: &BenchFacts) -> String {
    let cpu = bench
        .host
        .cpu
        .as_deref()
        .unwrap_or("un processeur qui ne dit pas son nom");
    let rate = with_ends(&bench.frames_per_second, "");
    let threads = match bench.host.threads {
        1 => "1 fil d’exécution".to_owned(),
        several => format!("{several} fils d’exécution"),
    };
    format!(
        "Mesure de performance du {} sur {cpu} ({threads}), {} images de front, avec {} ({}) et {}\u{a0}: {rate} images par \
         seconde, du décodage à la mesure, sur la séquence {} de {} sur {} pixels. La valeur est la médiane de {} tronçons de {} \
         images\u{202f}; l’intervalle vient de leur ordre.",
        bench.measured,
        bench.jobs,
        bench.engine.name,
        bench.engine.precision,
        bench.models.join(", "),
        bench.footage.label,
        bench.footage.width,
        bench.footage.height,
        bench.frames_per_second.stretches,
        bench.frames_per_stretch,
    )
}

/// What it leaves out.
pub const COST_LIMIT: &str = "Ces chiffres valent pour cette machine, avec tout ce qu’elle faisait par ailleurs. Des images plus \
    grandes sont plus longues à décoder, des personnes plus nombreuses plus longues à suivre. Les caméras, le stockage, le réseau \
    et le personnel n’y sont pas comptés.";

/// The cells of one row.
#[must_use]
pub fn cost_row(row: &Cameras, currency: &str) -> [String; 4] {
    let given = |spread: Option<Spread>, unit: &str| {
        spread.map_or_else(|| COST_NOT_GIVEN.to_owned(), |spread| with_ends(&spread, unit))
    };
    [
        formats::plain(row.frames_per_second),
        with_ends(&row.cameras, ""),
        given(row.kilowatt_hours_per_day, "kWh"),
        given(row.money_per_day, currency),
    ]
}

fn with_ends(spread: &Spread, unit: &str) -> String {
    let number = |value: f64| formats::decimal(value, cost_decimals(spread));
    let unit = if unit.is_empty() {
        String::new()
    } else {
        format!("\u{202f}{unit}")
    };
    format!(
        "{}{unit} (de {} à {})",
        number(spread.value),
        number(spread.low),
        number(spread.high)
    )
}
