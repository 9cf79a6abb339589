//! A checked model choice in, a network that every worker can run on crops out: its input contract, and what its output
//! means. Deliberately not here: where the crops come from (see `describer.rs`).

use super::description::Embedding;
use super::pose::{self, Pose};
use crate::detect::family::Misread;
use crate::detect::load::{self, facts, read_model};
use crate::detect::preprocess::Preprocessor;
use crate::detect::tiling::Region;
use crate::footage::frame::Frame;
use ndarray::ArrayD;
use std::sync::Arc;
use vsa_engine::contract::{Filter, InputContract, Layout};
use vsa_engine::{Engine, EngineError, Session};
use vsa_plan::{ColourOrder, EngineChoice, Family, ModelChoice, Role, Subject};
use vsa_record::facts::{EngineFacts, ModelFacts};
use zeroize::Zeroize;

/// What the numbers at the output are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Output {
    /// An embedding.
    Embedding,
    /// Probabilities of ages; the age is their expectation, the label its band.
    Ages,
    /// One score for each label; the label is the place of the largest.
    Labels,
    /// Joints of a body.
    Joints(Family),
}

/// The numbers of a face that its heads are fed with, as `HSE_FaceRec_tf`'s own code names them.
pub(crate) const FACERES_FEATURES: &str = "global_pooling/Mean";

/// dlib's age predictor: class 0 stands for a quarter of a year, class k for k years.
const AGES: usize = 81;

/// Where age bands begin: those of FairFace (Kärkkäinen and Joo, WACV 2021).
const AGE_BANDS: [f64; 8] = [3.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0];

/// A network in memory, shared by all workers.
pub(crate) struct Network {
    pub(crate) role: Role,
    output: Output,
    contract: InputContract,
    engine: Box<dyn Engine>,
    facts: ModelFacts,
}

/// Reads, checks and prepares a network.
pub(crate) fn load(choice: &ModelChoice, on: &EngineChoice) -> Result<Arc<Network>, EngineError> {
    let contract = contract(choice)?;
    let engine = load::engine(choice, &read_model(choice)?, on, &contract)?;
    Network::new(choice, contract, engine, facts(choice)).map(Arc::new)
}

/// ImageNet's means and deviations, red first.
const IMAGENET_MEAN: [f32; 3] = [0.485 * 255.0, 0.456 * 255.0, 0.406 * 255.0];
const IMAGENET_STD: [f32; 3] = [0.229 * 255.0, 0.224 * 255.0, 0.225 * 255.0];

/// The input of a family, with what the choice says otherwise.
pub(crate) fn contract(choice: &ModelChoice) -> Result<InputContract, EngineError> {
    let (mean, std, filter) = match choice.family {
        // torchreid's transforms, Pillow's resizing.
        Family::Osnet => (IMAGENET_MEAN, IMAGENET_STD, Filter::Antialiased),
        // -1 to 1, as InsightFace_Pytorch and Zaru have it.
        Family::Mobilefacenet => ([127.5; 3], [127.5; 3], Filter::Plain),
        // `facial_analysis.py`: blue first, less the means of VGGFace. The order of the channels is below.
        Family::Faceres => ([103.939, 116.779, 123.68], [1.0; 3], Filter::Plain),
        // `manifest.json` of the package that carries them (122.781998, …), as single precision has them.
        Family::DlibAge | Family::DlibGender => ([122.782, 117.001, 104.298], [256.0; 3], Filter::Plain),
        // Channel values as they are: the network scales them itself.
        Family::Movenet => ([0.0; 3], [1.0; 3], Filter::Plain),
        // mmpose's and HRNet's transforms.
        Family::PoseSimcc | Family::PoseHeatmaps => (IMAGENET_MEAN, IMAGENET_STD, Filter::Plain),
        // 0 to 1, unless the user says otherwise.
        _ => ([0.0; 3], [255.0; 3], Filter::Plain),
    };
    let (width, height) = choice.input_size;
    if choice.role.subject() == Some(Subject::Face) && width != height {
        return Err(EngineError::Load {
            path: choice.path.clone(),
            reason: format!(
                "faces are cut out as squares, and its input is {width}x{height}: declare a square"
            ),
        });
    }
    let layout = match choice.family {
        Family::Movenet => Layout::Nhwc,
        _ => Layout::Nchw,
    };
    let colour = match choice.family {
        Family::Faceres => ColourOrder::Bgr,
        _ => ColourOrder::Rgb,
    };
    InputContract {
        colour,
        mean,
        std,
        filter,
        ..InputContract::plain(width, height, layout)
    }
    .chosen(choice)
}

impl Network {
    /// Checks that the engine's output is what the role needs.
    pub(crate) fn new(
        choice: &ModelChoice,
        contract: InputContract,
        engine: Box<dyn Engine>,
        facts: ModelFacts,
    ) -> Result<Self, EngineError> {
        let outputs = engine.outputs();
        let refuse =
            |called: &str, wanted: &str| Err(Misread::expected(wanted, outputs).of(&choice.name, called));
        let numbers = match outputs {
            [only] => only.shape.iter().copied().try_fold(1, |product: usize, side| {
                side.and_then(|side| product.checked_mul(side))
            }),
            _ => None,
        };
        let several = numbers.is_some_and(|numbers| numbers >= 2);
        let output = match (choice.role, choice.family) {
            (Role::Pose, family) => match pose::wanted(family, outputs) {
                Some(wanted) => return refuse("a network of poses", wanted),
                None => Output::Joints(family),
            },
            (Role::BodyEmbedding | Role::FaceEmbedding, _) if several => Output::Embedding,
            (_, Family::DlibAge) if numbers == Some(AGES) => Output::Ages,
            (_, Family::DlibAge) => return refuse("dlib_age", "one output of 81 ages"),
            _ if several => Output::Labels,
            _ => {
                return refuse(
                    "a network that describes",
                    "one output: a row of 2 numbers or more",
                );
            }
        };
        Ok(Self {
            role: choice.role,
            output,
            contract,
            engine,
            facts,
        })
    }

    pub(crate) fn facts(&self) -> ModelFacts {
        self.facts.clone()
    }

    pub(crate) fn engine(&self) -> EngineFacts {
        self.engine.facts()
    }

    /// Width and height of the input; the same for faces, which are cut out as squares.
    pub(crate) fn input(&self) -> (u32, u32) {
        (self.contract.width, self.contract.height)
    }

    /// A runner of its own for one worker.
    pub(crate) fn runner(self: &Arc<Self>) -> Result<Runner, EngineError> {
        Ok(Runner {
            session: self.engine.session()?,
            preprocessor: Preprocessor::new(&self.contract),
            network: Arc::clone(self),
        })
    }
}

/// One worker's network.
pub(crate) struct Runner {
    pub(crate) network: Arc<Network>,
    session: Box<dyn Session>,
    preprocessor: Preprocessor,
}

impl Runner {
    /// What `read` makes of the outputs for one crop, which are wiped then.
    fn answer<T>(
        &mut self,
        crop: &Frame<'_>,
        read: impl FnOnce(&[ArrayD<f32>]) -> T,
    ) -> Result<T, EngineError> {
        let whole = Region::whole(crop.width, crop.height);
        let (picture, _) = self.preprocessor.prepare(crop, whole)?;
        let outputs = self.session.run(picture)?;
        let answer = read(outputs);
        for output in outputs {
            output.iter_mut().for_each(Zeroize::zeroize);
        }
        Ok(answer)
    }

    /// The numbers for one crop.
    pub(super) fn run(&mut self, crop: &Frame<'_>) -> Result<Vec<f32>, EngineError> {
        self.answer(crop, |outputs| {
            let numbers = outputs.iter().take(1).flatten();
            numbers.copied().collect()
        })
    }

    /// The pose of the body in a crop, whose size is that of the input; none: the network gave no number, or finds no
    /// poses.
    pub(super) fn pose(&mut self, crop: &Frame<'_>) -> Result<Option<Pose>, EngineError> {
        let Output::Joints(family) = self.network.output else {
            return Ok(None);
        };
        self.answer(crop, |outputs| pose::decode(family, outputs))
    }

    /// The embedding of a crop.
    pub(crate) fn embed(&mut self, crop: &Frame<'_>) -> Result<Option<Embedding>, EngineError> {
        Ok(Embedding::of(self.run(crop)?))
    }

    /// The number of the label of a crop; none: the network gave no number.
    pub(crate) fn label(&mut self, crop: &Frame<'_>) -> Result<Option<u16>, EngineError> {
        let mut numbers = self.run(crop)?;
        let label = match self.network.output {
            Output::Ages => age_band(expected_age(&numbers)),
            Output::Labels | Output::Embedding | Output::Joints(_) => largest(&numbers),
        };
        numbers.zeroize();
        Ok(label)
    }
}

/// The expectation of an age, in years.
pub(super) fn expected_age(probabilities: &[f32]) -> f64 {
    let years = |class: usize| if class == 0 { 0.25 } else { class as f64 };
    let classes = probabilities.iter().enumerate();
    classes
        .map(|(class, share)| years(class) * f64::from(*share))
        .sum()
}

/// The number of the band of an age, from 0; none: no age.
fn age_band(years: f64) -> Option<u16> {
    let band = AGE_BANDS.partition_point(|from| *from <= years);
    years.is_finite().then(|| u16::try_from(band).expect("few bands"))
}

/// The place of the largest number, the first of several; none where one is no number.
fn largest(numbers: &[f32]) -> Option<u16> {
    if numbers.iter().any(|number| !number.is_finite()) {
        return None;
    }
    let most = numbers.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let at = numbers.iter().position(|number| *number >= most)?;
    u16::try_from(at).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_the_expectation_over_all_classes_and_its_label_the_band() {
        let mut certain = vec![0.0; AGES];
        certain[0] = 1.0;
        assert!((expected_age(&certain) - 0.25).abs() < 1e-9);
        let mut split = vec![0.0; AGES];
        split[20] = 0.5;
        split[40] = 0.5;
        assert!((expected_age(&split) - 30.0).abs() < 1e-6);
        for (years, band) in [
            (0.0, 0),
            (2.9, 0),
            (3.0, 1),
            (19.9, 2),
            (20.0, 3),
            (69.9, 7),
            (70.0, 8),
            (80.0, 8),
        ] {
            assert_eq!(age_band(years), Some(band), "{years}");
        }
        assert_eq!(age_band(f64::NAN), None);
    }

    #[test]
    fn a_tie_between_labels_goes_to_the_first_and_nothing_to_none() {
        assert_eq!(
            largest(&[0.5, 0.5]),
            Some(0),
            "as the package's own rule for gender"
        );
        assert_eq!(largest(&[0.4, 0.6, 0.1]), Some(1));
        assert_eq!(largest(&[f32::NAN, 0.6]), None);
        assert_eq!(largest(&[]), None);
    }
}
