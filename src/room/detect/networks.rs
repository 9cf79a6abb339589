//! One model at every input size that it is asked for. In: a checked choice and the bytes of its files. Out: a network that looks
//! at pictures of a size, prepared the first time that somebody asks.
//! Deliberately not here: which size belongs to a picture (see `vsa_plan::InputSize`), and how it is looked at.

use super::family::{Decoder, FamilyRow};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use vsa_engine::model_bytes::ModelBytes;
use vsa_engine::{Engine, EngineError};
use vsa_plan::{EngineChoice, InputSize, ModelChoice};
use vsa_record::facts::{EngineFacts, InputFacts, ModelFacts};

/// Networks that are kept may take this much of weights: some fifty sizes of a small network, two of the largest. Folders hold
/// pictures of many sizes, and to prepare a network takes as long as looking at several.
const KEPT_BYTES: usize = 256 << 20;

/// A network at one size.
pub(crate) struct AtSize {
    pub(crate) engine: Box<dyn Engine>,
    pub(crate) decoder: Arc<dyn Decoder>,
}

type Size = (u32, u32);

/// One model.
pub(crate) struct Networks {
    /// How it is prepared at another size; none: it has one.
    other: Option<OtherSizes>,
    /// The size at which it was prepared first.
    first: Size,
    engine: EngineFacts,
    /// The one used last is the last.
    kept: Mutex<Vec<(Size, Arc<AtSize>)>>,
    /// How many of its sizes are kept.
    most_kept: usize,
    /// Every size that was looked at.
    met: Mutex<BTreeSet<Size>>,
}

struct OtherSizes {
    choice: ModelChoice,
    model: ModelBytes,
    on: EngineChoice,
    row: &'static FamilyRow,
    stride: u32,
}

impl Networks {
    /// Prepares the model at its own size, or at the one that is asked for: what cannot be used is told before a frame is read.
    pub(crate) fn prepare(
        choice: &ModelChoice,
        model: ModelBytes,
        on: &EngineChoice,
        row: &'static FamilyRow,
    ) -> Result<Self, EngineError> {
        // Of no picture: the model's own, or the fixed one.
        let first = match choice.input {
            InputSize::Fixed { width, height } => (width, height),
            InputSize::Model | InputSize::Footage { .. } => choice.input_size,
        };
        let prepared = row.prepare(&at(choice, first), &model, on);
        let (engine, decoder) = match prepared {
            Err(error) if first != choice.input_size => return Err(refused(choice, first, &error)),
            prepared => prepared?,
        };
        let mut networks = Self::only(first, engine, decoder);
        if let (InputSize::Footage { .. }, Some(stride)) = (choice.input, choice.family.stride()) {
            // Whether its file holds its own size somewhere is told now, and not by the second of ten pieces of footage.
            let other = (choice.input_size.0 + stride, choice.input_size.1 + 2 * stride);
            let tried = row.prepare(&at(choice, other), &model, on);
            tried.map_err(|error| refused(choice, other, &error))?;
            networks.most_kept = (KEPT_BYTES / model.len().max(1)).max(2);
            networks.other = Some(OtherSizes {
                choice: choice.clone(),
                model,
                on: on.clone(),
                row,
                stride,
            });
        }
        Ok(networks)
    }

    /// A network of one size.
    pub(crate) fn only(size: Size, engine: Box<dyn Engine>, decoder: Arc<dyn Decoder>) -> Self {
        Self {
            other: None,
            first: size,
            engine: engine.facts(),
            kept: Mutex::new(vec![(size, Arc::new(AtSize { engine, decoder }))]),
            most_kept: 1,
            met: Mutex::default(),
        }
    }

    /// The size at which a picture of `width` and `height` is looked at.
    pub(crate) fn size_for(&self, width: u32, height: u32) -> Size {
        let Some(other) = &self.other else {
            return self.first;
        };
        let choice = &other.choice;
        choice.input.of(choice.input_size, other.stride, (width, height))
    }

    /// How many of its sizes are kept ready.
    pub(crate) fn most_kept(&self) -> usize {
        self.most_kept
    }

    /// The network at a size that [`Self::size_for`] gave. Whoever asks for one that another prepares waits for it.
    pub(crate) fn at(&self, size: Size) -> Result<Arc<AtSize>, EngineError> {
        locked(&self.met).insert(size);
        let mut kept = locked(&self.kept);
        if let Some(place) = kept.iter().position(|(known, _)| *known == size) {
            let found = kept.remove(place);
            kept.push(found);
        } else {
            let other = self.other.as_ref().ok_or_else(|| EngineError::Run {
                reason: format!("a network of one size was asked to look at {}x{}", size.0, size.1),
            })?;
            let prepared = other
                .row
                .prepare(&at(&other.choice, size), &other.model, &other.on);
            let (engine, decoder) = prepared.map_err(|error| refused(&other.choice, size, &error))?;
            if kept.len() >= self.most_kept {
                kept.remove(0);
            }
            kept.push((size, Arc::new(AtSize { engine, decoder })));
        }
        let (_, last) = kept.last().expect("it was just put there");
        Ok(Arc::clone(last))
    }

    /// The engine that runs it.
    pub(crate) fn engine(&self) -> EngineFacts {
        self.engine.clone()
    }

    /// Writes into a model's facts at which sizes it has looked so far.
    pub(crate) fn tell(&self, choice: &ModelChoice, facts: &mut ModelFacts) {
        (facts.input_width, facts.input_height) = self.first;
        facts.input = match choice.input {
            InputSize::Model => None,
            InputSize::Fixed { .. } => Some(InputFacts::Plan),
            InputSize::Footage { longest } => {
                let met = locked(&self.met);
                let area = |size: &&Size| u64::from(size.0) * u64::from(size.1);
                if let Some(largest) = met.iter().max_by_key(area) {
                    (facts.input_width, facts.input_height) = *largest;
                }
                let own = choice.input_size.0.max(choice.input_size.1);
                Some(InputFacts::Footage {
                    longest: longest.max(own),
                    sizes: u32::try_from(met.len()).unwrap_or(u32::MAX),
                })
            }
        };
    }
}

/// An export may hold its own size somewhere inside.
fn refused(choice: &ModelChoice, (width, height): Size, error: &EngineError) -> EngineError {
    EngineError::Size {
        model: choice.name.clone(),
        width,
        height,
        because: error.to_string(),
    }
}

/// The same model, made for another size.
fn at(choice: &ModelChoice, size: Size) -> ModelChoice {
    ModelChoice {
        input_size: size,
        ..choice.clone()
    }
}

/// A panic elsewhere leaves the lists as good as before.
fn locked<T>(list: &Mutex<T>) -> MutexGuard<'_, T> {
    list.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::load::row_of;
    use crate::test_data::choice;
    use vsa_plan::Family;

    /// YOLOX of one class with a head and no weights to speak of, in a file that takes any size.
    fn networks(input: InputSize) -> (ModelChoice, Networks) {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/parity/faces_tiny");
        let path = std::path::Path::new(folder).join("yolox_dynamic_one_class.onnx");
        let bytes = std::fs::read(&path).unwrap();
        let choice = ModelChoice {
            input,
            ..choice(path, Family::Yolox, (64, 64))
        };
        let row = row_of(&choice).unwrap();
        let networks =
            Networks::prepare(&choice, ModelBytes::whole(bytes), &EngineChoice::EMBEDDED, row).unwrap();
        (choice, networks)
    }

    fn told(choice: &ModelChoice, networks: &Networks) -> (u32, u32, Option<InputFacts>) {
        let mut facts = crate::detect::load::facts(choice);
        networks.tell(choice, &mut facts);
        (facts.input_width, facts.input_height, facts.input)
    }

    #[test]
    fn pictures_of_any_size_are_looked_at_in_their_own_and_the_record_says_so() {
        let (choice, mut networks) = networks(InputSize::Footage { longest: 256 });
        networks.most_kept = 2;
        let sizes = [(200, 100), (100, 200), (64, 64), (4000, 2000), (200, 100)];
        for ((width, height), wanted) in
            sizes
                .into_iter()
                .zip([(224, 128), (128, 224), (64, 64), (256, 128), (224, 128)])
        {
            let size = networks.size_for(width, height);
            assert_eq!(size, wanted);
            let network = networks.at(size).unwrap();
            let contract = network.decoder.contract();
            assert_eq!((contract.width, contract.height), wanted);
            // One that was dropped is made anew, and one that is there is not.
            assert!(Arc::ptr_eq(&network, &networks.at(size).unwrap()));
            assert!(locked(&networks.kept).len() <= 2);
        }
        let followed = InputFacts::Footage {
            longest: 256,
            sizes: 4,
        };
        assert_eq!(told(&choice, &networks), (256, 128, Some(followed)));
    }

    #[test]
    fn a_size_of_its_own_or_the_plan_s_is_kept_whatever_the_picture() {
        let (choice, own) = networks(InputSize::Model);
        assert_eq!(own.size_for(4000, 20), (64, 64));
        assert_eq!(told(&choice, &own), (64, 64, None));
        assert!(own.at((96, 64)).is_err(), "nobody may ask for another");
        let asked = InputSize::Fixed {
            width: 96,
            height: 32,
        };
        let (choice, fixed) = networks(asked);
        assert_eq!(fixed.size_for(4000, 20), (96, 32));
        assert_eq!(fixed.at((96, 32)).unwrap().decoder.contract().height, 32);
        assert_eq!(told(&choice, &fixed), (96, 32, Some(InputFacts::Plan)));
    }
}
