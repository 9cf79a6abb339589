//! The loop over frames, readable on one screen: a decoder thread fills pooled buffers, rayon workers look at frames
//! side by side, one collector joins what they found in the order of the frames, follows people and measures.
//!
//! Whatever the number of workers, the collector sees the same sequence, so the record has the same bytes. Memory is
//! bounded: at most `depth` frames are alive, and a worker that runs ahead waits for a free buffer.

use super::describe::describer::Describer;
use super::describe::network::Network;
use super::detect::detector::{Detector, LoadedDetector};
use super::door::ObserveError;
use super::export::{ExportPermit, ExportedFile};
use super::follow::{Follow, Following, Look};
use super::footage::{
    self,
    limits::Limits,
    pool::{self, PooledFrame},
    sampling::Sampler,
};
use super::measure::measures::Measures;
use super::plan::{FootageItem, Plan, Subject};
use super::watcher::Watcher;
use crate::environment::Environment;
use crate::record::ItemFacts;
use crate::record::facts::ItemKind;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc;

/// Frames alive for each worker: one being looked at, one waiting, and a half more against uneven frames.
const FRAMES_PER_WORKER: usize = 3;

/// The detectors of a run, one set for all items.
pub(in crate::observe) struct Detectors<'run> {
    loaded: &'run [(Subject, Arc<dyn LoadedDetector>)],
    /// What describes those found.
    networks: &'run [Arc<Network>],
    face_stride: u64,
}

impl<'run> Detectors<'run> {
    pub(in crate::observe) fn new(
        loaded: &'run [(Subject, Arc<dyn LoadedDetector>)],
        networks: &'run [Arc<Network>],
        face_stride: u32,
    ) -> Self {
        Self {
            loaded,
            networks,
            face_stride: u64::from(face_stride.max(1)),
        }
    }

    fn worker(&self) -> Result<Worker, ObserveError> {
        let mut detectors = Vec::with_capacity(self.loaded.len());
        for (subject, model) in self.loaded {
            let stride = if *subject == Subject::Face {
                self.face_stride
            } else {
                1
            };
            detectors.push((*subject, stride, model.score_threshold(), model.worker()?));
        }
        let describer = Describer::new(self.networks)?;
        Ok(Worker { detectors, describer })
    }

    /// From which score on what is found counts; none: nobody looks for it.
    fn threshold(&self, subject: Subject) -> Option<f32> {
        let (_, model) = self.loaded.iter().find(|(found, _)| *found == subject)?;
        Some(model.score_threshold())
    }
}

/// The detectors of one worker thread.
struct Worker {
    /// Subject, stride, the score from which on a detection counts, and the detector.
    detectors: Vec<(Subject, u64, f32, Box<dyn Detector>)>,
    describer: Describer,
}

impl Worker {
    fn look(&mut self, frame: &PooledFrame, in_sequence: bool) -> Result<Look, ObserveError> {
        let mut look = Look {
            sequence: frame.sequence(),
            index: frame.index,
            seconds: frame.seconds,
            width: frame.width,
            height: frame.height,
            people: None,
            faces: None,
            people_described: Vec::new(),
            faces_described: Vec::new(),
        };
        // How many count: only these are described, since the others prove nothing.
        let (mut people, mut faces) = (0, 0);
        for (subject, stride, threshold, detector) in &mut self.detectors {
            if !look.sequence.is_multiple_of(*stride) {
                continue;
            }
            let mut found = Vec::new();
            detector.detect(&frame.frame(), &mut found)?;
            let counted = found.partition_point(|detection| detection.score >= *threshold);
            match subject {
                Subject::Person => (look.people, people) = (Some(found), counted),
                Subject::Face => (look.faces, faces) = (Some(found), counted),
            }
        }
        if in_sequence && frame.is_described() {
            let people = look.people.as_deref().map_or(&[][..], |found| &found[..people]);
            let faces = look.faces.as_deref().map_or(&[][..], |found| &found[..faces]);
            (look.people_described, look.faces_described) =
                self.describer.describe(&frame.frame(), people, faces)?;
        }
        Ok(look)
    }
}

/// One item of footage on its way through the loop.
pub(in crate::observe) struct ItemRun<'run> {
    pub(in crate::observe) plan: &'run Plan,
    pub(in crate::observe) footage: &'run FootageItem,
    pub(in crate::observe) environment: &'run Environment,
    pub(in crate::observe) pool: &'run rayon::ThreadPool,
    pub(in crate::observe) watcher: &'run mut dyn Watcher,
}

impl ItemRun<'_> {
    /// Reads the item to its end. `at`: its place in the plan, from 1.
    pub(in crate::observe) fn observe(
        &mut self,
        at: usize,
        detectors: &Detectors<'_>,
        measures: &mut Measures,
        permit: Option<&ExportPermit>,
    ) -> Result<(ItemFacts, Vec<ExportedFile>), ObserveError> {
        let label = &self.footage.label;
        let unreadable = |source| ObserveError::Footage {
            label: label.clone(),
            source,
        };
        let source = footage::source::open(self.footage, &self.plan.decoder, &Limits::default())
            .map_err(unreadable)?;
        let in_sequence = source.kind() != ItemKind::Stills;
        let mut counter = self.watcher.item(label, source.expected_frames());

        let jobs = self.environment.jobs().get();
        let depth = jobs * FRAMES_PER_WORKER;
        let sampler = self.plan.sample_fps.and_then(Sampler::new);
        let decoded = pool::spawn(source, sampler, depth, self.environment.stop_flag());
        let workers = (0..jobs)
            .map(|_| detectors.worker())
            .collect::<Result<Vec<_>, _>>()?;
        let following = |subject| Following::new(subject, detectors.threshold(subject), permit);
        let (people, faces) = (following(Subject::Person), following(Subject::Face));
        let mut follow = Follow::new(label, in_sequence, measures, people, faces);
        let (sender, looks) = mpsc::sync_channel(depth);
        let joined = self.pool.in_place_scope(|scope| {
            for mut worker in workers {
                let (sender, decoded) = (sender.clone(), &decoded);
                scope.spawn(move |_| {
                    while let Some(frame) = decoded.pull() {
                        let look = worker.look(&frame, in_sequence);
                        drop(frame);
                        let failed = look.is_err();
                        if sender.send(look).is_err() || failed {
                            break;
                        }
                    }
                });
            }
            drop(sender);
            let joined = join(&looks, |look| {
                let done = look.index + 1;
                follow.take(look);
                counter.done(done);
            });
            // Workers that wait for room in the channel must see that nobody listens any more.
            drop(looks);
            joined
        });
        joined?;
        if self.environment.is_stopping() {
            return Err(ObserveError::Interrupted);
        }
        let facts = decoded.finish().map_err(unreadable)?;
        let files = follow.finish(at);
        counter.finish();
        Ok((facts, files))
    }
}

/// Hands every look to `each` in the order of the frames, or ends with the first failure.
fn join(
    looks: &mpsc::Receiver<Result<Look, ObserveError>>,
    mut each: impl FnMut(Look),
) -> Result<(), ObserveError> {
    let mut early = BTreeMap::new();
    let mut next = 0;
    for look in looks {
        let look = look?;
        early.insert(look.sequence, look);
        while let Some(look) = early.remove(&next) {
            each(look);
            next += 1;
        }
    }
    Ok(())
}
