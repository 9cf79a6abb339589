//! The loop over frames, readable on one screen: a decoder thread fills pooled buffers, rayon workers look at frames
//! side by side, one collector joins what they found in the order of the frames, follows people and measures.
//!
//! Whatever the number of workers, the collector sees the same sequence, so the record has the same bytes. Memory is
//! bounded: at most `depth` frames are alive, and a worker that runs ahead waits for a free buffer.

use super::describe::describer::Describer;
use super::describe::face_quality::FaceQuality;
use super::describe::network::Network;
use super::detect::detector::{Detector, LoadedDetector};
use super::export::{ExportPermit, ExportedFile};
use super::follow::{Compared, DegradedPass, FrameDetections, ItemPass, SubjectTracker};
use super::footage::{
    self, FootageError,
    frame::FrameBuffer,
    grey::GreyGrid,
    limits::Limits,
    partial::Partial,
    perturb::Perturber,
    pool::{self, Closer, PooledFrame},
    sampling::Sampler,
    source::Source,
};
use super::measure::measures::Measures;
use super::measure::second_detector::Second;
use super::measure::sensitivity::SensitivityMeasure;
use super::measure::threshold_sweep::thresholds;
use super::robustness::DegradedRun;
use super::run::ObserveError;
use super::watcher::Watcher;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::mpsc;
use vsa_base::environment::Environment;
use vsa_plan::{FootageItem, Plan, Subject};
use vsa_record::ItemFacts;
use vsa_record::drawn::WhyWhole;
use vsa_record::facts::ItemKind;
use vsa_record::robustness::Perturbation;

/// Frames alive for each worker: one being looked at, one waiting, and a half more against uneven frames.
const FRAMES_PER_WORKER: usize = 3;

/// The detectors of a run, one set for all items.
///
/// The first of a subject is the one that counts, or joins the boxes of two; another of the same subject is its second detector, which
/// is compared with it and used for nothing else.
pub(crate) struct Detectors<'run> {
    loaded: &'run [(Subject, Arc<dyn LoadedDetector>)],
    /// What describes those found.
    networks: &'run [Arc<Network>],
    face_stride: u64,
    /// How each frame is degraded and looked at again.
    perturbations: &'run [Perturbation],
}

impl<'run> Detectors<'run> {
    pub(crate) fn new(
        loaded: &'run [(Subject, Arc<dyn LoadedDetector>)],
        networks: &'run [Arc<Network>],
        face_stride: u32,
        perturbations: &'run [Perturbation],
    ) -> Self {
        Self {
            loaded,
            perturbations,
            networks,
            face_stride: u64::from(face_stride.max(1)),
        }
    }

    fn worker(&self, in_sequence: bool) -> Result<Worker, ObserveError> {
        let mut detectors = Vec::with_capacity(self.loaded.len());
        let mut seconds = Vec::new();
        for (at, (subject, model)) in self.loaded.iter().enumerate() {
            let is_face = *subject == Subject::Face;
            let stride = if is_face { self.face_stride } else { 1 };
            let is_second = self.loaded[..at].iter().any(|(earlier, _)| earlier == subject);
            if is_second {
                seconds.push((*subject, stride, model.worker()?));
            } else {
                detectors.push((*subject, stride, model.score_threshold(), model.worker()?));
            }
        }
        Ok(Worker {
            in_sequence,
            detectors,
            seconds,
            perturbers: self.perturbations.iter().copied().map(Perturber::new).collect(),
            degraded: FrameBuffer::default(),
            describer: Describer::new(self.networks)?,
        })
    }

    /// The models that look for a subject: the one that counts, and then its second.
    fn of(&self, subject: Subject) -> impl Iterator<Item = &Arc<dyn LoadedDetector>> {
        let own = self.loaded.iter().filter(move |(found, _)| *found == subject);
        own.map(|(_, model)| model)
    }

    /// From which score on what is found counts; none: nobody looks for it.
    pub(crate) fn threshold(&self, subject: Subject) -> Option<f32> {
        Some(self.of(subject).next()?.score_threshold())
    }

    /// Those who follow people and faces through an item.
    pub(crate) fn trackers(&self, permit: Option<&ExportPermit>) -> [SubjectTracker; 2] {
        [Subject::Person, Subject::Face]
            .map(|subject| SubjectTracker::new(subject, self.threshold(subject), permit))
    }

    /// What is tried on the detectors: the count at other thresholds, and the second ones, unless frames are `drawn`.
    pub(crate) fn tried(&self, sensitivity: &mut SensitivityMeasure, drawn: bool) {
        for subject in [Subject::Person, Subject::Face] {
            let mut models = self.of(subject);
            let Some(first) = models.next() else { continue };
            let named = |model: &Arc<dyn LoadedDetector>| (model.facts().name, model.score_threshold());
            let (second, beside) = match first.joined() {
                None => (models.next(), None),
                Some([leads, other]) => (Some(other), Some(named(leads))),
            };
            let second = second.filter(|_| !drawn).map(|model| {
                let (name, threshold) = named(model);
                Second {
                    name,
                    threshold,
                    beside,
                }
            });
            sensitivity.detector(subject, first.facts(), first.score_threshold(), second);
        }
    }

    /// The thresholds at which `subject` is counted, from low to high.
    pub(crate) fn thresholds(&self, subject: Subject) -> Vec<f32> {
        self.of(subject).next().map_or_else(Vec::new, |model| {
            thresholds(model.score_threshold(), model.facts().candidate_score as f32)
        })
    }
}

/// The detectors of one worker thread.
struct Worker {
    /// Frames follow each other in time: what changes between them is looked at too.
    in_sequence: bool,
    /// Subject, stride, the score from which on a detection counts, and the detector.
    detectors: Vec<(Subject, u64, f32, Box<dyn Detector>)>,
    /// Subject, stride and detector of those that are only compared.
    seconds: Vec<(Subject, u64, Box<dyn Detector>)>,
    perturbers: Vec<Perturber>,
    /// The frame, degraded.
    degraded: FrameBuffer,
    describer: Describer,
}

/// What was found in one frame, clean and degraded in every way; none where a frame was lost.
struct Looks {
    clean: FrameDetections,
    degraded: Vec<Option<FrameDetections>>,
}

impl Worker {
    fn look(&mut self, frame: &PooledFrame) -> Result<Looks, ObserveError> {
        let closer = if self.in_sequence {
            frame.closer()
        } else {
            Default::default()
        };
        let mut clean = self.look_at(frame, frame.sequence(), closer)?;
        for (subject, stride, detector) in &mut self.seconds {
            if !clean.sequence.is_multiple_of(*stride) {
                continue;
            }
            let mut found = Vec::new();
            detector.detect(&frame.frame(), &mut found)?;
            *beside(&mut clean, *subject) = Some(Compared {
                first: None,
                second: found,
            });
        }
        let mut degraded = Vec::with_capacity(self.perturbers.len());
        for at in 0..self.perturbers.len() {
            degraded.push(if self.perturbers[at].loses(frame.index) {
                None
            } else {
                self.degraded.copy_from(frame);
                self.perturbers[at].apply(&mut self.degraded);
                let buffer = std::mem::take(&mut self.degraded);
                // The degraded runs compare who is found and where, and looks cost more than finding.
                let look = self.look_at(&buffer, frame.sequence(), Closer::default());
                self.degraded = buffer;
                Some(look?)
            });
        }
        Ok(Looks { clean, degraded })
    }

    fn look_at(
        &mut self,
        frame: &FrameBuffer,
        sequence: u64,
        closer: Closer,
    ) -> Result<FrameDetections, ObserveError> {
        let mut look = FrameDetections {
            sequence,
            index: frame.index,
            seconds: frame.seconds,
            width: frame.width,
            height: frame.height,
            people: None,
            faces: None,
            second: [None, None],
            grid: self.in_sequence.then(|| GreyGrid::of(&frame.frame())),
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
            if let Some([first, second]) = detector.apart() {
                let first = Some(first);
                *beside(&mut look, *subject) = Some(Compared { first, second });
            }
            match subject {
                Subject::Person => (look.people, people) = (Some(found), counted),
                Subject::Face => {
                    for face in &mut found[..counted] {
                        face.quality = FaceQuality::of(&frame.frame(), face);
                    }
                    (look.faces, faces) = (Some(found), counted);
                }
            }
        }
        let people = look.people.as_deref().map_or(&[][..], |found| &found[..people]);
        let faces = look.faces.as_deref().map_or(&[][..], |found| &found[..faces]);
        if closer.described {
            (look.people_described, look.faces_described) =
                self.describer.describe(&frame.frame(), people, faces)?;
        }
        if closer.posed {
            self.describer
                .pose(&frame.frame(), people, &mut look.people_described)?;
        }
        Ok(look)
    }
}

/// What is compared of a subject.
fn beside(look: &mut FrameDetections, subject: Subject) -> &mut Option<Compared> {
    let [people, faces] = &mut look.second;
    match subject {
        Subject::Person => people,
        Subject::Face => faces,
    }
}

/// One item of footage on its way through the loop.
pub(crate) struct ItemRun<'run> {
    pub(crate) plan: &'run Plan,
    pub(crate) footage: &'run FootageItem,
    pub(crate) environment: &'run Environment,
    pub(crate) pool: &'run rayon::ThreadPool,
    pub(crate) watcher: &'run mut dyn Watcher,
}

impl ItemRun<'_> {
    /// Reads the item, opened as `source`, to its end. `at`: its place in the plan, from 1.
    pub(crate) fn observe(
        &mut self,
        at: usize,
        source: Box<dyn Source>,
        detectors: &Detectors<'_>,
        measures: &mut Measures,
        degraded: &mut [DegradedRun],
        permit: Option<&ExportPermit>,
    ) -> Result<(ItemFacts, Vec<ExportedFile>), ObserveError> {
        let in_sequence = source.kind() != ItemKind::Stills;
        let label = &self.footage.label;
        let mut follow = ItemPass::new(label, in_sequence, measures, detectors.trackers(permit));
        let mut again: Vec<DegradedPass<'_>> = degraded
            .iter_mut()
            .map(|run| DegradedPass::new(label, in_sequence, run, detectors.trackers(None)))
            .collect();
        let sampler = self.plan.sample_fps.and_then(Sampler::new);
        let facts = self.looks(source, sampler, in_sequence, detectors, &mut |looks| {
            let clean = follow.counted(&looks.clean);
            for (run, look) in again.iter_mut().zip(looks.degraded) {
                if let Some(look) = look {
                    run.take(clean, look);
                }
            }
            follow.take(looks.clean);
        })?;
        let files = follow.finish(at);
        again.into_iter().for_each(|run| run.finish(at));
        Ok((facts, files))
    }

    /// How many frames the item has, as its file tells; and how it can be decoded in part, or why not.
    pub(crate) fn surveyed(&self) -> Result<(u64, Result<Arc<Partial>, WhyWhole>), ObserveError> {
        let label = &self.footage.label;
        let partial = footage::source::partial(self.footage, &self.plan.decoder, &Limits::default());
        let partial = partial.map_err(ObserveError::of_footage(label))?;
        let frames = match &partial {
            Ok(partial) => Some(partial.frames()),
            Err(_) => open(self.plan, self.footage)?.expected_frames(),
        };
        let frames = frames.ok_or_else(|| ObserveError::LengthUnknown { label: label.clone() })?;
        Ok((frames, partial))
    }

    /// Looks at the frames `wanted`, each by itself: nobody is followed or described. All others are decoded too.
    pub(crate) fn look_at(
        &mut self,
        wanted: BTreeSet<u64>,
        detectors: &Detectors<'_>,
        each: &mut dyn FnMut(FrameDetections),
    ) -> Result<ItemFacts, ObserveError> {
        let source = open(self.plan, self.footage)?;
        self.look_at_those_of(source, wanted, detectors, each)
    }

    /// The same, where as few others as possible are decoded. None: in part it does not come out as it would from all of it; what
    /// was handed to `each` is to be looked at again.
    pub(crate) fn look_at_part(
        &mut self,
        partial: &Arc<Partial>,
        wanted: BTreeSet<u64>,
        detectors: &Detectors<'_>,
        each: &mut dyn FnMut(FrameDetections),
    ) -> Result<Option<ItemFacts>, ObserveError> {
        let threads = self.environment.jobs().get();
        let source = partial.open(wanted.clone(), threads);
        let source = source.map_err(ObserveError::of_footage(&self.footage.label))?;
        let source = footage::retimed::retimed(source, self.plan.scene.frame_rate());
        match self.look_at_those_of(source, wanted, detectors, each) {
            Err(ObserveError::Footage {
                source: FootageError::PartsDiffer { .. },
                ..
            }) => Ok(None),
            looked => looked.map(Some),
        }
    }

    fn look_at_those_of(
        &mut self,
        source: Box<dyn Source>,
        wanted: BTreeSet<u64>,
        detectors: &Detectors<'_>,
        each: &mut dyn FnMut(FrameDetections),
    ) -> Result<ItemFacts, ObserveError> {
        let sampler = Sampler::Listed(wanted);
        self.looks(source, Some(sampler), false, detectors, &mut |looks| {
            each(looks.clean)
        })
    }

    /// Decodes `source` to its end and hands what was found in the frames that `sampler` takes to `each`, in their order.
    fn looks(
        &mut self,
        source: Box<dyn Source>,
        sampler: Option<Sampler>,
        in_sequence: bool,
        detectors: &Detectors<'_>,
        each: &mut dyn FnMut(Looks),
    ) -> Result<ItemFacts, ObserveError> {
        let mut counter = self.watcher.item(&self.footage.label, source.expected_frames());
        let jobs = self.environment.jobs().get();
        let depth = jobs * FRAMES_PER_WORKER;
        let decoded = pool::spawn(source, sampler, depth, self.environment.stop_flag());
        let (sender, looks) = mpsc::sync_channel::<Result<Looks, ObserveError>>(depth);
        self.pool.in_place_scope(|scope| {
            for _ in 0..jobs {
                let (sender, decoded) = (sender.clone(), &decoded);
                scope.spawn(move |_| {
                    // Made where it works, once there is work: some engines take long over it, and whoever is ready begins.
                    let mut worker = None;
                    while let Some(frame) = decoded.pull() {
                        let look = match &mut worker {
                            Some(worker) => Ok(worker),
                            missing => detectors.worker(in_sequence).map(|made| missing.insert(made)),
                        };
                        let look = look.and_then(|worker| worker.look(&frame));
                        drop(frame);
                        let failed = look.is_err();
                        if sender.send(look).is_err() || failed {
                            break;
                        }
                    }
                });
            }
            drop(sender);
            let numbered = |looks: Looks| (looks.clean.sequence, looks);
            // Moved in, and gone before the workers are waited for: those that wait for room see that nobody listens.
            pool::in_turn(looks.into_iter().map(|looks| looks.map(numbered)), |looks| {
                let done = looks.clean.index + 1;
                each(looks);
                counter.done(done);
                Ok(())
            })
        })?;
        if self.environment.is_stopping() {
            return Err(ObserveError::Interrupted);
        }
        counter.finish();
        let facts = decoded.finish();
        facts
            .and_then(|facts| footage::source::still_the_same(&self.footage.path, &facts).map(|()| facts))
            .map_err(ObserveError::of_footage(&self.footage.label))
    }
}

/// Opens a piece of a plan's footage.
pub(crate) fn open(plan: &Plan, footage: &FootageItem) -> Result<Box<dyn Source>, ObserveError> {
    let source = footage::source::open(footage, &plan.decoder, &Limits::default());
    let source = source.map_err(ObserveError::of_footage(&footage.label))?;
    Ok(footage::retimed::retimed(source, plan.scene.frame_rate()))
}
