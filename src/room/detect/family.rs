//! What a family of detectors is, and what all have in common: how a network's outputs become boxes, and how these find their
//! way back to the frame. In: tensors of an engine. Out: boxes in pixels of the frame.
//! Deliberately not here: what any one family does (its own file), and which there are ([`FAMILIES`](super::FAMILIES)).

use super::cells::pixels;
use super::identify::{Recognised, Shapes};
use super::load;
use super::overlap::Rect;
use ndarray::ArrayD;
use std::sync::Arc;
use vsa_engine::contract::{InputContract, Layout};
use vsa_engine::model_bytes::ModelBytes;
use vsa_engine::{Engine, EngineError, OutputInfo};
use vsa_plan::{EngineChoice, Family, ModelChoice};

/// The way back from input pixels to frame pixels: `frame = input * scale + offset`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Placement {
    pub(crate) scale_x: f32,
    pub(crate) scale_y: f32,
    pub(crate) offset_x: f32,
    pub(crate) offset_y: f32,
}

impl Placement {
    /// Moves a box from input pixels to frame pixels.
    pub(crate) fn to_frame(self, mut found: InputBox) -> InputBox {
        let x = |value: f32| value * self.scale_x + self.offset_x;
        let y = |value: f32| value * self.scale_y + self.offset_y;
        let [left, top, right, bottom] = found.rect.edges();
        found.rect = Rect::of([x(left), y(top), x(right), y(bottom)]);
        for point in found.landmarks.iter_mut().flatten() {
            *point = (x(point.0), y(point.1));
        }
        found
    }
}

/// A box in input pixels, as decoded from a network's outputs, before suppression; in frame pixels once a
/// [`Placement`] has moved it. Never leaves the room.
pub(crate) struct InputBox {
    pub(crate) rect: Rect,
    pub(crate) score: f32,
    pub(crate) landmarks: Option<[(f32, f32); 5]>,
}

impl InputBox {
    /// A box alone.
    pub(crate) fn plain(rect: Rect, score: f32) -> Self {
        Self {
            rect,
            score,
            landmarks: None,
        }
    }
}

/// A family of detectors. A value is fitted to one model and shared by all workers.
pub(crate) trait ModelFamily: Sized + Send + Sync + 'static {
    /// As errors name it.
    const NAME: &'static str;

    /// What goes in, as the publisher trained it: what differs from [`InputContract::plain`] at the chosen size.
    fn contract(plain: InputContract) -> InputContract;

    /// An engine with the network in it, in whatever format its bytes are, unless the family comes in one that nothing else does.
    fn engine(
        choice: &ModelChoice,
        model: &ModelBytes,
        on: &EngineChoice,
        contract: &InputContract,
    ) -> Result<Box<dyn Engine>, EngineError> {
        load::engine(choice, model, on, contract)
    }

    /// Finds its outputs by their shapes, and refuses a network that has others.
    fn new(choice: &ModelChoice, contract: &InputContract, engine: &dyn Engine) -> Result<Self, Misread>;

    /// Offers every box that the network drew (no suppression). `outputs` come in the order of [`Engine::outputs`]. Never
    /// panics on a shape that it did not expect.
    fn decode(&self, outputs: &[ArrayD<f32>], found: &mut Candidates<'_>) -> Result<(), Misread>;

    /// Whether a network with these outputs is of this family. No two families recognise the same.
    fn recognise(shapes: &Shapes<'_>) -> Option<Recognised>;
}

/// Why a network's outputs cannot be read.
#[derive(Debug)]
pub(crate) enum Misread {
    /// They are not those of the family: what differs.
    Shape(String),
    /// A score is none. Its silence would be taken for an empty scene.
    NotANumber,
    /// The network could not be run to find out.
    Engine(EngineError),
}

impl Misread {
    /// Other outputs than those that are needed.
    pub(crate) fn expected(wanted: &str, outputs: &[OutputInfo]) -> Self {
        let found = vsa_engine::describe(outputs);
        Self::Shape(format!("expected {wanted}, found {found}"))
    }

    /// As the error of a model that was taken for this family.
    pub(crate) fn of(self, model: &str, family: &str) -> EngineError {
        match self {
            Self::Shape(reason) => EngineError::Shape {
                model: model.to_owned(),
                family: family.to_owned(),
                reason,
            },
            Self::NotANumber => EngineError::Run {
                reason: format!("{model} gave a score that is not a number; try another export of it"),
            },
            Self::Engine(error) => error,
        }
    }
}

impl From<EngineError> for Misread {
    fn from(error: EngineError) -> Self {
        Self::Engine(error)
    }
}

/// Where a family puts what it reads: the boxes of one picture whose score reaches a threshold.
pub(crate) struct Candidates<'a> {
    /// Width and height of the picture.
    pub(crate) input: (f32, f32),
    threshold: f32,
    boxes: &'a mut Vec<InputBox>,
}

impl Candidates<'_> {
    /// A person. A score that is no number reaches no threshold.
    pub(crate) fn person(&mut self, score: f32, place: impl FnOnce() -> Rect) {
        if score >= self.threshold {
            self.boxes.push(InputBox::plain(place(), score));
        }
    }

    /// A face, with five landmarks or none. A score that is no number is an error. A box that is not finite, has no inside
    /// or misses the picture altogether is left out, and so are landmarks that are not finite.
    pub(crate) fn face(
        &mut self,
        score: f32,
        place: impl FnOnce() -> (Rect, Option<[(f32, f32); 5]>),
    ) -> Result<(), Misread> {
        let score = checked_score(score)?;
        if score < self.threshold {
            return Ok(());
        }
        let (rect, landmarks) = place();
        let (width, height) = self.input;
        let whole = Rect::sized(0.0, 0.0, width, height);
        // Not beyond a few times the input: an overflowing exponential is no face.
        let near = |edge: f32| edge.is_finite() && edge.abs() <= 4.0 * width.max(height);
        let finite = rect.edges().into_iter().all(near);
        if finite && rect.intersection_area(&whole) > 0.0 {
            let landmarks =
                landmarks.filter(|points| points.iter().all(|(x, y)| x.is_finite() && y.is_finite()));
            self.boxes.push(InputBox {
                rect,
                score,
                landmarks,
            });
        }
        Ok(())
    }
}

/// A probability, within rounding.
pub(crate) fn checked_score(score: f32) -> Result<f32, Misread> {
    if score.is_nan() {
        return Err(Misread::NotANumber);
    }
    Ok(score.clamp(0.0, 1.0))
}

/// A model of any family, ready to be read.
pub(crate) trait Decoder: Send + Sync {
    /// What goes in.
    fn contract(&self) -> &InputContract;
    /// Appends every candidate with a score of at least `threshold` (no suppression).
    fn decode(
        &self,
        outputs: &[ArrayD<f32>],
        threshold: f32,
        out: &mut Vec<InputBox>,
    ) -> Result<(), EngineError>;
}

/// A model of one family.
struct Fitted<F> {
    model: String,
    contract: InputContract,
    family: F,
}

impl<F: ModelFamily> Decoder for Fitted<F> {
    fn contract(&self) -> &InputContract {
        &self.contract
    }

    fn decode(
        &self,
        outputs: &[ArrayD<f32>],
        threshold: f32,
        out: &mut Vec<InputBox>,
    ) -> Result<(), EngineError> {
        let mut found = Candidates {
            input: (pixels(self.contract.width), pixels(self.contract.height)),
            threshold,
            boxes: out,
        };
        let read = self.family.decode(outputs, &mut found);
        read.map_err(|misread| misread.of(&self.model, F::NAME))
    }
}

fn fit<F: ModelFamily>(choice: &ModelChoice, contract: InputContract, engine: &dyn Engine) -> Understood {
    let family = F::new(choice, &contract, engine).map_err(|misread| misread.of(&choice.name, F::NAME))?;
    Ok(Arc::new(Fitted {
        model: choice.name.clone(),
        contract,
        family,
    }))
}

type Opened = Result<Box<dyn Engine>, EngineError>;
type Understood = Result<Arc<dyn Decoder>, EngineError>;

/// An engine with a model in it, and what its tensors mean.
pub(crate) type Prepared = (Box<dyn Engine>, Arc<dyn Decoder>);

/// A family in the table of those that find people or faces.
pub(crate) struct FamilyRow {
    pub(crate) family: Family,
    /// As its publisher calls it, for whoever's file was not recognised.
    pub(crate) called: &'static str,
    pub(crate) recognise: fn(&Shapes<'_>) -> Option<Recognised>,
    contract: fn(InputContract) -> InputContract,
    engine: fn(&ModelChoice, &ModelBytes, &EngineChoice, &InputContract) -> Opened,
    fit: fn(&ModelChoice, InputContract, &dyn Engine) -> Understood,
}

impl FamilyRow {
    pub(crate) const fn of<F: ModelFamily>(family: Family, called: &'static str) -> Self {
        Self {
            family,
            called,
            recognise: F::recognise,
            contract: F::contract,
            engine: F::engine,
            fit: fit::<F>,
        }
    }

    /// What goes in, where `choice` does not say otherwise.
    pub(crate) fn contract(&self, choice: &ModelChoice) -> Result<InputContract, EngineError> {
        let (width, height) = choice.input_size;
        (self.contract)(InputContract::plain(width, height, Layout::Nchw)).chosen(choice)
    }

    /// From a choice and the bytes of its files: an engine that runs it, and what its tensors mean.
    pub(crate) fn prepare(
        &self,
        choice: &ModelChoice,
        model: &ModelBytes,
        on: &EngineChoice,
    ) -> Result<Prepared, EngineError> {
        let contract = self.contract(choice)?;
        let engine = (self.engine)(choice, model, on, &contract)?;
        let decoder = (self.fit)(choice, contract, engine.as_ref())?;
        Ok((engine, decoder))
    }

    /// What the tensors of an engine mean.
    #[cfg(test)]
    pub(crate) fn decoder(
        &self,
        choice: &ModelChoice,
        engine: &dyn Engine,
    ) -> Result<Arc<dyn Decoder>, EngineError> {
        (self.fit)(choice, self.contract(choice)?, engine)
    }
}
