//! Single stages of the loop on made-up input, for the benchmarks (`benches/`, feature `stages`). In: sizes, or a model.
//! Out: closures that do one stage's work once and tell how much came of it. What they work on stays in here: frames
//! and boxes of people have no way out, not even made-up ones.

use super::detect::detection::Detection;
use super::detect::family::InputBox;
use super::detect::overlap::Rect;
use super::detect::preprocess::Preprocessor;
use super::detect::suppress::suppress;
use super::detect::tiling::Region;
use super::footage::frame::FrameBuffer;
use super::track::settings::TrackerSettings;
use super::track::tracker::Tracker;
use vsa_engine::EngineError;
use vsa_engine::contract::{Filter, Fit, InputContract, Layout};
use vsa_engine::normalise::Normalise;
use vsa_plan::{ColourOrder, EngineChoice, ModelChoice, Subject, Tiling};

/// One stage: every call does its work once.
pub type Stage = Box<dyn FnMut() -> usize>;

/// Bars and gradients: what is in a frame does not change how long a network or a resizer takes.
fn frame(width: u32, height: u32) -> FrameBuffer {
    let mut buffer = FrameBuffer::default();
    let (pixels, _) = buffer.reshape(width, height).as_chunks_mut::<3>();
    for (at, pixel) in (0..).zip(pixels) {
        let is_bar = (at % width / 48).is_multiple_of(2);
        let bar = if is_bar { 128 } else { 0 };
        *pixel = [bar, u8::try_from(at / width % 256).expect("below 256"), 90];
    }
    buffer
}

/// Resizing a frame, then laying it out and normalising it for an engine that reads floats.
#[must_use]
pub fn preprocess(frame_size: (u32, u32), input_size: (u32, u32), antialiased: bool) -> Stage {
    let buffer = frame(frame_size.0, frame_size.1);
    let contract = InputContract {
        colour: ColourOrder::Bgr,
        fit: Fit::Letterbox { pad: 114 },
        filter: if antialiased {
            Filter::Antialiased
        } else {
            Filter::Plain
        },
        ..InputContract::plain(input_size.0, input_size.1, Layout::Nchw)
    };
    let mut preprocessor = Preprocessor::new(&contract);
    let normalise = Normalise::new(&contract);
    let mut tensor = vec![0.0; normalise.shape().iter().product()];
    let region = Region::whole(frame_size.0, frame_size.1);
    Box::new(move || {
        let (picture, _) = preprocessor
            .prepare(&buffer.frame(), region)
            .expect("the frame is whole");
        normalise.lay_out(picture, &mut tensor);
        tensor.len()
    })
}

/// A number between 0 and 1: the fractional part of multiples of the golden ratio, evenly spread.
fn spread(index: u32, step: f64) -> f32 {
    (f64::from(index) * step).fract() as f32
}

/// Suppression among `boxes`, of which about ten lie on each person.
#[must_use]
pub fn suppression(boxes: u32) -> Stage {
    Box::new(move || {
        let mut found: Vec<InputBox> = (0..boxes)
            .map(|index| {
                let person = index / 10;
                let left = 600.0 * spread(person, 0.618_034) + 8.0 * spread(index, 0.754_878);
                let top = 400.0 * spread(person, 0.754_878) + 8.0 * spread(index, 0.618_034);
                InputBox::plain(Rect::sized(left, top, 40.0, 100.0), spread(index, 0.569_840))
            })
            .collect();
        suppress(&mut found, 0.5);
        found.len()
    })
}

/// One network, one worker, one frame: pre-processing, the engine, decoding, suppression.
///
/// # Errors
/// When the model does not load.
pub fn network(
    choice: &ModelChoice,
    engine: &EngineChoice,
    frame_size: (u32, u32),
) -> Result<Stage, EngineError> {
    let mut worker = super::detect::load(choice, &Tiling::NONE, engine)?.worker()?;
    let buffer = frame(frame_size.0, frame_size.1);
    let mut found = Vec::new();
    Ok(Box::new(move || {
        found.clear();
        worker
            .detect(&buffer.frame(), &mut found)
            .expect("it ran when it was loaded");
        found.len()
    }))
}

/// Following `people` who walk across a square of 2000 pixels, one frame at each call.
#[must_use]
pub fn association(people: u32) -> Stage {
    let mut tracker = Tracker::new(TrackerSettings::people(), (2000, 2000));
    let mut frame = 0u32;
    Box::new(move || {
        let detections: Vec<Detection> = (0..people)
            .map(|person| {
                let along = f64::from(frame) * (1.0 + f64::from(spread(person, 0.569_840)));
                let left = ((f64::from(1900.0 * spread(person, 0.618_034)) + along) % 1900.0) as f32;
                let top = 1800.0 * spread(person, 0.754_878);
                Detection::plain(Rect::sized(left, top, 50.0, 130.0), 0.9)
            })
            .collect();
        tracker.update_described(
            u64::from(frame),
            f64::from(frame) / 10.0,
            &detections,
            &mut Vec::new(),
        );
        frame += 1;
        tracker.drain_described().len()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_data::{choice, model, skipped};
    use vsa_plan::Family;

    #[test]
    fn preprocessing_lays_out_the_whole_input() {
        let mut stage = preprocess((96, 64), (48, 32), true);
        assert_eq!([stage(), stage()], [3 * 48 * 32; 2]);
    }

    #[test]
    fn suppression_keeps_about_one_box_a_person_every_time() {
        let mut stage = suppression(1000);
        let kept = stage();
        assert!((50..500).contains(&kept), "{kept} of 1000");
        assert_eq!(stage(), kept);
    }

    #[test]
    fn those_who_walk_out_and_come_back_are_followed_to_their_end() {
        let mut stage = association(3);
        let ended: usize = (0..3000).map(|_| stage()).sum();
        assert!(ended >= 3, "{ended} tracks ended");
    }

    #[test]
    fn a_network_does_the_same_work_at_every_call() {
        let Some(path) = model("centerface.onnx") else {
            return skipped("a_network_does_the_same_work_at_every_call", "no centerface.onnx");
        };
        let choice = choice(path, Family::Centerface, (640, 480));
        let mut stage = network(&choice, &EngineChoice::EMBEDDED, (192, 144)).expect("it loads");
        assert_eq!(stage(), stage());
    }
}
