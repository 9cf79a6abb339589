//! A source whose frame rate the user knows better than its file. In: any source. Out: the same frames, each at its
//! number divided by the rate. Stills have no time and stay as they are.

use super::error::FootageError;
use super::frame::FrameBuffer;
use super::source::Source;
use vsa_record::facts::{ItemFacts, ItemKind};

struct Retimed {
    inner: Box<dyn Source>,
    per_second: f64,
}

/// `per_second`: frames in a second; none: as the file says.
pub(crate) fn retimed(inner: Box<dyn Source>, per_second: Option<f64>) -> Box<dyn Source> {
    match per_second {
        Some(per_second) if inner.kind() != ItemKind::Stills => Box::new(Retimed { inner, per_second }),
        _ => inner,
    }
}

impl Source for Retimed {
    fn kind(&self) -> ItemKind {
        self.inner.kind()
    }

    fn read(&mut self, buffer: &mut FrameBuffer) -> Result<bool, FootageError> {
        let more = self.inner.read(buffer)?;
        buffer.seconds = buffer.index as f64 / self.per_second;
        Ok(more)
    }

    fn expected_frames(&self) -> Option<u64> {
        self.inner.expected_frames()
    }

    /// The declared rate stays that of the file: the record says beside it which one was used.
    fn finish(self: Box<Self>) -> ItemFacts {
        let mut facts = self.inner.finish();
        facts.duration_seconds = facts.frames.there() as f64 / self.per_second;
        facts.variable_frame_rate = false;
        facts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vsa_record::facts::FrameCounts;

    /// Three frames at 25 a second.
    struct Three(u64, ItemKind);

    impl Source for Three {
        fn kind(&self) -> ItemKind {
            self.1
        }
        fn read(&mut self, buffer: &mut FrameBuffer) -> Result<bool, FootageError> {
            buffer.index = self.0;
            buffer.seconds = self.0 as f64 / 25.0;
            self.0 += 1;
            Ok(self.0 <= 3)
        }
        fn expected_frames(&self) -> Option<u64> {
            Some(3)
        }
        fn finish(self: Box<Self>) -> ItemFacts {
            ItemFacts {
                label: "item-1".to_owned(),
                kind: self.1,
                sha256: String::new(),
                bytes: 0,
                container: String::new(),
                codec: String::new(),
                width: 1,
                height: 1,
                duration_seconds: 0.12,
                declared_frame_rate: Some(25.0),
                variable_frame_rate: true,
                decoder: String::new(),
                frames: FrameCounts {
                    decoded: 3,
                    ..FrameCounts::default()
                },
                faults: Vec::new(),
            }
        }
    }

    fn times(mut source: Box<dyn Source>) -> (Vec<f64>, ItemFacts) {
        let mut buffer = FrameBuffer::default();
        let mut times = Vec::new();
        while source.next(&mut buffer).unwrap() {
            times.push(buffer.seconds);
        }
        (times, source.finish())
    }

    #[test]
    fn a_given_rate_makes_the_times_and_the_length_and_stills_keep_theirs() {
        let (seconds, facts) = times(retimed(Box::new(Three(0, ItemKind::Video)), Some(2.0)));
        assert_eq!(seconds, [0.0, 0.5, 1.0]);
        assert!((facts.duration_seconds - 1.5).abs() < 1e-12 && !facts.variable_frame_rate);
        assert_eq!(
            facts.declared_frame_rate,
            Some(25.0),
            "what the file says stays told"
        );
        let (seconds, facts) = times(retimed(Box::new(Three(0, ItemKind::Video)), None));
        assert_eq!(seconds, [0.0, 0.04, 0.08]);
        assert!(facts.variable_frame_rate);
        let (seconds, _) = times(retimed(Box::new(Three(0, ItemKind::Stills)), Some(2.0)));
        assert_eq!(seconds, [0.0, 0.04, 0.08]);
    }
}
