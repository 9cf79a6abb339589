//! A model tried on pictures whose people, or faces, are known, before it is added. In: what its file and its user say of it, and the
//! sample, or drawings. Out: with which contract it finds how many of them: counts alone, no box and no pixel.
//!
//! Shapes do not tell a head from another of the same shape, and no shape tells the order of the colours or the normalisation. Such a
//! model would run, and find nobody. So every family whose shapes fit is tried with its publisher's contract, and where that
//! does not find everybody, with other colours and normalisations; what the user declared is left as declared.
//! Deliberately not here: where the sample comes from, and what becomes of a model that finds nobody (`models add`).

mod drawn;
mod pictures;

use crate::detect::overlap::{Rect, iou};
use crate::detect::{self, FAMILIES};
use crate::footage::FootageError;
use pictures::Picture;
use std::path::PathBuf;
use vsa_base::environment::Environment;
use vsa_engine::EngineError;
use vsa_engine::contract::InputContract;
use vsa_plan::{ColourOrder, EngineChoice, ModelChoice, Tiling, VideoDecoder};

/// The sample that pictures are cut from, in `samples/registry.toml`.
pub const TRIAL_SAMPLE: &str = "pets09-s2l1";

/// What is tried on what.
#[derive(Clone, Debug)]
pub struct TrialPlan {
    /// The model, as it was recognised and declared.
    pub model: ModelChoice,
    /// What of that nobody declared.
    pub open: Open,
    /// What its people or faces are on.
    pub on: TrialPictures,
}

/// Pictures on which a model is tried.
#[derive(Clone, Debug)]
pub enum TrialPictures {
    /// People, on two parts of the sample's frames.
    Sample {
        /// The file of [`TRIAL_SAMPLE`].
        footage: PathBuf,
        /// What reads it.
        decoder: VideoDecoder,
    },
    /// Faces, of nobody: drawings made here.
    DrawnFaces,
}

/// What of a model nobody declared, so that it may be another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is open for itself")]
pub struct Open {
    /// Its family.
    pub family: bool,
    /// The order of its colours.
    pub colour: bool,
    /// Its mean and deviation.
    pub normalisation: bool,
    /// From which score a box counts.
    pub threshold: bool,
}

impl Open {
    const ALL: Self = Self {
        family: true,
        colour: true,
        normalisation: true,
        threshold: true,
    };
}

/// What a model found with one contract.
#[derive(Clone, Debug)]
pub struct Tried {
    /// The model with this contract.
    pub model: ModelChoice,
    /// The contract in words.
    pub contract: String,
    /// People (or faces) found, by a box that overlaps theirs by half or more.
    pub found: usize,
    /// Boxes that are nobody's.
    pub false_boxes: usize,
    /// Sum of the scores of those found.
    confidence: f32,
    /// Whether this is its family's contract, but for what was declared.
    of_family: bool,
}

/// What came of a trial.
#[derive(Clone, Debug)]
pub enum Trial {
    /// With this contract it finds people.
    Finds {
        /// The contract, and what it finds.
        best: Tried,
        /// What its publisher's contract finds, where it is not that.
        instead_of: Option<Tried>,
        /// How many people there are.
        people: usize,
    },
    /// With no contract that the declaration allows.
    Nobody {
        /// The best of these.
        best: Tried,
        /// What it would find if nothing had been declared.
        undeclared: Option<Tried>,
        /// How many people there are.
        people: usize,
        /// Contracts that were tried.
        contracts: usize,
    },
}

/// Why nothing was tried.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TrialError {
    /// The sample cannot be read.
    #[error("the sample {TRIAL_SAMPLE} cannot be read: {0}")]
    Footage(#[from] FootageError),
    /// It is shorter or smaller.
    #[error("the file given as the sample {TRIAL_SAMPLE} is another one")]
    NotTheSample,
    /// The model cannot be run as it was declared.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// Somebody asked to stop.
    #[error("interrupted: nothing was added")]
    Interrupted,
}

/// Tries a model that finds people or faces.
///
/// # Errors
/// [`TrialError`].
pub fn try_model(plan: &TrialPlan, environment: &Environment) -> Result<Trial, TrialError> {
    let pictures = match &plan.on {
        TrialPictures::Sample { footage, decoder } => pictures::read(footage, decoder, environment)?,
        TrialPictures::DrawnFaces => drawn::draw(),
    };
    let people = pictures.iter().map(|picture| picture.people.len()).sum();
    let tries = explore(&plan.model, plan.open, &pictures, environment)?;
    let (first, best) = chosen(&tries);
    if best.finds_people() {
        return Ok(Trial::Finds {
            instead_of: (!std::ptr::eq(first, best)).then(|| first.clone()),
            best: best.clone(),
            people,
        });
    }
    let undeclared = if plan.open == Open::ALL {
        None
    } else {
        let model = ModelChoice {
            colour: None,
            mean: None,
            std: None,
            ..plan.model.clone()
        };
        // What cannot be run undeclared either tells nothing.
        let tries = explore(&model, Open::ALL, &pictures, environment).unwrap_or_default();
        let finding = tries.iter().any(Tried::finds_people);
        finding.then(|| chosen(&tries).1.clone())
    };
    Ok(Trial::Nobody {
        best: best.clone(),
        undeclared,
        people,
        contracts: tries.len(),
    })
}

impl Tried {
    /// A head that does not fit draws boxes anywhere, and some lie on somebody by chance.
    fn finds_people(&self) -> bool {
        self.found > 0 && self.false_boxes <= 2 * self.found
    }

    /// Twice what it is worth: a false box costs half a person.
    fn worth(&self) -> i64 {
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        number(self.found)
            .saturating_mul(2)
            .saturating_sub(number(self.false_boxes))
    }

    fn better(&self, other: &Self) -> std::cmp::Ordering {
        let worth = self.worth().cmp(&other.worth());
        worth.then(self.confidence.total_cmp(&other.confidence))
    }
}

/// The first, and what is to be used. A family's own contract goes first: that of the first family if it finds people, else that of
/// the family that finds most. Another contract is used only where it is clearly better, by two people: the publisher's is
/// right of most files, and one person more is noise.
fn chosen(tries: &[Tried]) -> (&Tried, &Tried) {
    const CLEARLY: i64 = 2 * 2;
    let first = &tries[0];
    let best_of = |wanted: fn(&Tried) -> bool| {
        let useful = tries.iter().filter(|tried| tried.finds_people() && wanted(tried));
        useful.max_by(|a, b| a.better(b))
    };
    let own = Some(first)
        .filter(|first| first.finds_people())
        .or_else(|| best_of(|tried| tried.of_family));
    let best = best_of(|_| true);
    let clearly = |best: &&Tried| own.is_none_or(|own| best.worth() >= own.worth() + CLEARLY);
    (first, best.filter(clearly).or(own).unwrap_or(first))
}

/// Every contract that is worth a try; the one that was recognised or declared first. Not empty.
fn explore(
    model: &ModelChoice,
    open: Open,
    pictures: &[Picture],
    environment: &Environment,
) -> Result<Vec<Tried>, TrialError> {
    let everybody: usize = pictures.iter().map(|picture| picture.people.len()).sum();
    let stopped = || environment.is_stopping();
    let mut tries = vec![run(model.clone(), true, pictures)?];
    if open.family && !perfect(&tries[0], everybody) {
        for row in FAMILIES {
            if row.family == model.family || row.family.subject() != model.family.subject() {
                continue;
            }
            if stopped() {
                return Err(TrialError::Interrupted);
            }
            let (score_threshold, nms_iou) = match open.threshold {
                true => row.family.thresholds(),
                false => (model.score_threshold, model.nms_iou),
            };
            let other = ModelChoice {
                family: row.family,
                score_threshold,
                nms_iou,
                ..model.clone()
            };
            // Shapes that do not fit are refused: that is how most families are told.
            tries.extend(run(other, true, pictures).ok());
        }
    }
    let (_, best) = chosen(&tries);
    if perfect(best, everybody) {
        return Ok(tries);
    }
    let varied: Vec<ModelChoice> = match best.finds_people() {
        true => vec![best.model.clone()],
        false => tries.iter().map(|tried| tried.model.clone()).collect(),
    };
    for model in varied {
        for other in other_contracts(&model, open)? {
            if stopped() {
                return Err(TrialError::Interrupted);
            }
            // A network of whole numbers takes no other normalisation.
            tries.extend(run(other, false, pictures).ok());
        }
    }
    Ok(tries)
}

fn perfect(tried: &Tried, everybody: usize) -> bool {
    tried.found == everybody && tried.false_boxes == 0
}

fn contract_of(model: &ModelChoice) -> Result<InputContract, EngineError> {
    detect::load::row_of(model)?.contract(model)
}

const OF_IMAGENET: ([f32; 3], [f32; 3]) = ([123.675, 116.28, 103.53], [58.395, 57.12, 57.375]);

/// Means and deviations that networks are trained with: values as they are, shares of one, from minus one to one, the statistics
/// of `ImageNet`.
fn usual_normalisations(colour: ColourOrder) -> [([f32; 3], [f32; 3]); 4] {
    let (mut mean, mut std) = OF_IMAGENET;
    if colour == ColourOrder::Bgr {
        mean.reverse();
        std.reverse();
    }
    [
        ([0.0; 3], [1.0; 3]),
        ([0.0; 3], [255.0; 3]),
        ([127.5; 3], [127.5; 3]),
        (mean, std),
    ]
}

/// The same model with the other order of colours, and with other normalisations in both.
fn other_contracts(model: &ModelChoice, open: Open) -> Result<Vec<ModelChoice>, EngineError> {
    let own = contract_of(model)?;
    let other = match own.colour {
        ColourOrder::Rgb => ColourOrder::Bgr,
        ColourOrder::Bgr => ColourOrder::Rgb,
    };
    let mut found = Vec::new();
    for colour in [own.colour, other] {
        if colour != own.colour && !open.colour {
            continue;
        }
        let of_colour = ModelChoice {
            colour: if colour == own.colour {
                model.colour
            } else {
                Some(colour)
            },
            ..model.clone()
        };
        let in_this_colour = contract_of(&of_colour)?;
        if colour != own.colour {
            found.push(of_colour.clone());
        }
        let others = usual_normalisations(colour).into_iter();
        let different =
            |(mean, std): &([f32; 3], [f32; 3])| (*mean, *std) != (in_this_colour.mean, in_this_colour.std);
        found.extend(
            others
                .filter(|other| open.normalisation && different(other))
                .map(|(mean, std)| ModelChoice {
                    mean: Some(mean),
                    std: Some(std),
                    ..of_colour.clone()
                }),
        );
    }
    Ok(found)
}

/// What a model finds with this contract.
fn run(model: ModelChoice, of_family: bool, pictures: &[Picture]) -> Result<Tried, TrialError> {
    let contract = in_words(&model)?;
    let mut worker = detect::load(&model, &Tiling::NONE, &EngineChoice::EMBEDDED)?.worker()?;
    let mut tried = Tried {
        contract,
        found: 0,
        false_boxes: 0,
        confidence: 0.0,
        of_family,
        model,
    };
    for picture in pictures {
        let mut boxes = Vec::new();
        worker.detect(&picture.buffer.frame(), &mut boxes)?;
        // Best score first, and from its threshold on, as it would count.
        let threshold = tried.model.score_threshold;
        let counted = boxes.iter().filter(|found| found.score >= threshold);
        let mut left: Vec<Rect> = picture.people.clone();
        for found in counted {
            let overlaps = left.iter().map(|person| iou(person, &found.rect));
            let closest = overlaps.enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
            match closest.filter(|(_, overlap)| *overlap >= 0.5) {
                Some((person, _)) => {
                    left.swap_remove(person);
                    tried.found += 1;
                    tried.confidence += found.score;
                }
                None => tried.false_boxes += 1,
            }
        }
    }
    Ok(tried)
}

/// Family, colours and normalisation, as the options of `models add` write them.
fn in_words(model: &ModelChoice) -> Result<String, EngineError> {
    let contract = contract_of(model)?;
    let colour = match contract.colour {
        ColourOrder::Rgb => "rgb",
        ColourOrder::Bgr => "bgr",
    };
    let numbers = |[a, b, c]: [f32; 3]| format!("{a},{b},{c}");
    Ok(format!(
        "--family {} --colour {colour} --mean {} --std {}",
        model.family.name(),
        numbers(contract.mean),
        numbers(contract.std)
    ))
}

#[cfg(test)]
mod tests;
