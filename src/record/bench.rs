//! How fast one machine looks at footage. In: the rates of equal stretches of one clip. Out: [`BenchFacts`], the content of
//! `bench.json`: frames a second, cameras kept up with, and what watching one camera for a day takes. It differs from
//! machine to machine, so it is kept out of the record; a report may stand beside it (`audit --bench`).

use super::facts::{EngineFacts, ToolFacts};
use super::run::{CAMERA_RATES, HostFacts};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use vsa_statistics::interval::{LEVEL, order_statistic_ranks};

/// The name of this format.
pub const SCHEMA: &str = "vsa-audit/bench/1";
/// The file that holds it.
pub const FILE: &str = "bench.json";

/// One benchmark.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BenchFacts {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// When it ended (RFC 3339, UTC).
    pub measured: String,
    /// The program.
    pub tool: ToolFacts,
    /// The machine.
    pub host: HostFacts,
    /// Frames worked on side by side.
    pub jobs: u64,
    /// The engine.
    pub engine: EngineFacts,
    /// Names of the models.
    pub models: Vec<String>,
    /// The clip.
    pub footage: BenchFootage,
    /// Frames in each of the stretches that were timed; the first of every pass is not, since it warms up.
    pub frames_per_stretch: u64,
    /// Frames looked at in a second, from decoding to measuring: the median of the stretches.
    pub frames_per_second: Spread,
    /// Cameras that the machine keeps up with, at usual frame rates.
    pub cameras: Vec<Cameras>,
    /// What was said about power and money; none: nothing.
    pub power: Option<Power>,
}

crate::passport!(BenchFacts);
crate::from_json!(BenchFacts);

/// The clip of a benchmark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BenchFootage {
    /// Its label.
    pub label: String,
    /// SHA-256 of its file.
    pub sha256: String,
    /// Width of a frame in pixels.
    pub width: u32,
    /// Height of a frame in pixels.
    pub height: u32,
    /// Frames looked at in all passes.
    pub frames: u64,
}

/// A median with its interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Spread {
    /// The median.
    pub value: f64,
    /// Lower end of the interval: order statistics of the stretches, which need no distribution.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Confidence level.
    pub level: f64,
    /// How many stretches were timed.
    pub stretches: u64,
}

/// Cameras of one frame rate.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cameras {
    /// Frames that each camera delivers in a second.
    pub frames_per_second: f64,
    /// Cameras of the benchmark's frame size that the machine keeps up with.
    pub cameras: Spread,
    /// Kilowatt-hours for one camera and one day; none: no power was given.
    pub kilowatt_hours_per_day: Option<Spread>,
    /// Money for one camera and one day; none: no price was given.
    pub money_per_day: Option<Spread>,
}

/// What the user said about power and money.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Power {
    /// What the machine draws while it works, as the user measured it.
    pub watts: f64,
    /// Price of a kilowatt-hour; none: not given.
    pub price_per_kilowatt_hour: Option<f64>,
    /// In which currency; empty: not said.
    pub currency: String,
}

impl Spread {
    /// The median of `rates` with a distribution-free interval. None: fewer than the six that such an interval needs.
    #[must_use]
    pub fn of(mut rates: Vec<f64>) -> Option<Self> {
        let n = rates.len();
        let (low, high) = order_statistic_ranks(n as u64, 0.5)?;
        rates.sort_by(f64::total_cmp);
        let at = |rank: u64| rates.get(usize::try_from(rank).ok()?.checked_sub(1)?).copied();
        Some(Self {
            value: f64::midpoint(rates[(n - 1) / 2], rates[n / 2]),
            low: at(low)?,
            high: at(high)?,
            level: LEVEL,
            stretches: n as u64,
        })
    }

    fn times(self, factor: f64) -> Self {
        Self {
            value: self.value * factor,
            low: self.low * factor,
            high: self.high * factor,
            ..self
        }
    }

    /// `factor` by it: the ends change places.
    fn dividing(self, factor: f64) -> Self {
        Self {
            value: factor / self.value,
            low: factor / self.high,
            high: factor / self.low,
            ..self
        }
    }
}

/// What one rate of looking means for cameras, power and money.
#[must_use]
pub fn cameras(looked_at: Spread, power: Option<&Power>) -> Vec<Cameras> {
    let at = |frames_per_second: f64| {
        let cameras = looked_at.times(1.0 / frames_per_second);
        let energy = power.map(|power| cameras.dividing(power.watts * 24.0 / 1000.0));
        let price = power.and_then(|power| power.price_per_kilowatt_hour);
        Cameras {
            frames_per_second,
            cameras,
            kilowatt_hours_per_day: energy,
            money_per_day: energy.zip(price).map(|(energy, price)| energy.times(price)),
        }
    };
    CAMERA_RATES.map(at).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_twelve_stretches_lies_between_the_third_and_the_tenth() {
        let rates: Vec<f64> = [7, 3, 12, 1, 5, 9, 2, 11, 4, 10, 6, 8].map(f64::from).into();
        let spread = Spread::of(rates).unwrap();
        // P(B <= 2) of the binomial B(12, 1/2) is 79/4096 = 1.9 %, P(B <= 3) is 299/4096 = 7.3 %.
        assert_eq!((spread.value, spread.low, spread.high), (6.5, 3.0, 10.0));
        assert_eq!((spread.level, spread.stretches), (0.95, 12));
        assert_eq!(Spread::of(vec![1.0; 5]), None, "five have no such interval");
    }

    #[test]
    fn a_day_of_a_camera_costs_the_share_of_the_machine_that_it_takes() {
        let spread = Spread {
            value: 50.0,
            low: 40.0,
            high: 60.0,
            level: 0.95,
            stretches: 12,
        };
        let power = Power {
            watts: 100.0,
            price_per_kilowatt_hour: Some(0.25),
            currency: "EUR".to_owned(),
        };
        let rows = cameras(spread, Some(&power));
        assert_eq!(
            rows.iter().map(|row| row.frames_per_second).collect::<Vec<_>>(),
            [5.0, 10.0, 25.0]
        );
        // 50 frames a second are 2 cameras of 25; the machine takes 2.4 kWh a day, each camera half of them.
        let full = &rows[2];
        assert_eq!(full.cameras.value, 2.0);
        let near = |spread: Option<Spread>, low: f64, value: f64, high: f64| {
            let spread = spread.unwrap();
            for (got, wanted) in [(spread.low, low), (spread.value, value), (spread.high, high)] {
                assert!((got - wanted).abs() < 1e-12, "{got} {wanted}");
            }
        };
        near(full.kilowatt_hours_per_day, 1.0, 1.2, 1.5);
        near(full.money_per_day, 0.25, 0.3, 0.375);
        assert_eq!(cameras(spread, None)[0].kilowatt_hours_per_day, None);
    }
}
