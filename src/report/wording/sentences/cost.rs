//! What one machine can watch, and what a day of one camera costs: the report's part on it.

use super::formats;
use crate::formats::cost_decimals;
use vsa_record::bench::{BenchFacts, Cameras, Spread};

sentences! {
    /// Heads of the table of cameras.
    pub const COST_COLUMNS[4] =
        (en "Frames that a camera delivers in a second", fr "Images qu’une caméra livre par seconde")
        (en "Cameras for this machine", fr "Caméras pour cette machine")
        (en "Energy for one camera and day", fr "Énergie par caméra et par jour")
        (en "Cost of one camera and day", fr "Coût par caméra et par jour");
    /// Above the table.
    pub const COST_CAPTION = en "Cameras that one machine watches, and what each takes",
                             fr "Caméras qu’une machine peut suivre, et ce que chacune demande";
    /// Where power or price were not given.
    pub const COST_NOT_GIVEN = en "not given", fr "non indiqué";
}

/// What was measured, on which machine.
pub fn cost_method(bench: &BenchFacts) -> String {
    let cpu = bench.host.cpu.as_deref().unwrap_or(words! { en "a processor that does not name itself",
                                                           fr "un processeur qui ne dit pas son nom" });
    let rate = with_ends(&bench.frames_per_second, "");
    let threads = match bench.host.threads {
        1 => words! { en "1 thread", fr "1 fil d’exécution" }.to_owned(),
        several => text! { en "{several} threads", fr "{several} fils d’exécution" },
    };
    text! {
        en "A benchmark of {} on {cpu} ({threads}), {} side by side, with {} ({}) and {}: {rate} frames in a second, from \
            decoding to measuring, on the clip {} of {} by {} pixels. The value is the median of {} stretches of {} frames, the \
            interval comes from their order.",
        fr "Mesure de performance du {} sur {cpu} ({threads}), {} de front, avec {} ({}) et {}\u{a0}: {rate} images par \
            seconde, du décodage à la mesure, sur la séquence {} de {} sur {} pixels. La valeur est la médiane de {} tronçons de \
            {} images\u{202f}; l’intervalle vient de leur ordre.";
        bench.measured,
        super::frames(bench.jobs),
        bench.engine.name,
        bench.engine.precision,
        bench.models.join(", "),
        bench.footage.label,
        bench.footage.width,
        bench.footage.height,
        bench.frames_per_second.stretches,
        bench.frames_per_stretch }
}

/// What it leaves out.
pub const COST_LIMIT: &str = words! {
    en "It is about this machine, with whatever else it was doing. Larger frames take longer to decode, more people take longer to \
        follow. Cameras, storage, network and staff are not included.",
    fr "Ces chiffres valent pour cette machine, avec tout ce qu’elle faisait par ailleurs. Des images plus grandes sont plus \
        longues à décoder, des personnes plus nombreuses plus longues à suivre. Les caméras, le stockage, le réseau et le \
        personnel n’y sont pas comptés." };

/// The cells of one row.
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
    text! { en "{}{unit} ({} to {})",
            fr "{}{unit} (de {} à {})"; number(spread.value), number(spread.low), number(spread.high) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_fine_as_their_interval() {
        let spread = |low, value, high| Spread {
            value,
            low,
            high,
            level: 0.95,
            stretches: 12,
        };
        let text = |spread: Spread| with_ends(&spread, "");
        assert_eq!(text(spread(41.02, 43.27, 44.9)), words! { en "43 (41 to 45)", fr "43 (de 41 à 45)" });
        assert_eq!(text(spread(8.21, 8.654, 8.8)), words! { en "8.7 (8.2 to 8.8)", fr "8,7 (de 8,2 à 8,8)" });
        assert_eq!(text(spread(0.0801, 0.0839, 0.0912)), words! { en "0.084 (0.080 to 0.091)", fr "0,084 (de 0,080 à 0,091)" });
        let money = spread(0.25, 0.3, 0.375);
        assert_eq!(
            with_ends(&money, "EUR"),
            words! { en "0.30\u{202f}EUR (0.25 to 0.38)", fr "0,30\u{202f}EUR (de 0,25 à 0,38)" }
        );
    }
}
