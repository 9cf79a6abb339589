//! What to score, as the user says it; checked where it is used. Out: nothing by itself. Deliberately not here: files.

use std::collections::BTreeMap;
use std::path::PathBuf;
use vsa_record::disclosure::DisclosurePolicy;
use vsa_record::scores::LabelFormat;

/// What to score.
#[derive(Clone, Debug)]
pub struct EvaluateRequest {
    /// Labels: a file or a folder.
    pub truth: PathBuf,
    /// Detections or tracks: a file or a folder.
    pub detections: PathBuf,
    /// Format of the labels; none: recognise it.
    pub truth_format: Option<LabelFormat>,
    /// Format of the detections; none: recognise it.
    pub detections_format: Option<LabelFormat>,
    /// Leave bad rows out, and count them.
    pub skip_bad_rows: bool,
    /// `seqinfo.ini` of a single sequence.
    pub seqinfo: Option<PathBuf>,
    /// Frames per second.
    pub frames_per_second: Option<f64>,
    /// Time of the first frame in seconds since 1970.
    pub clock_start: Option<f64>,
    /// Which column of a CSV file holds what, for the labels.
    pub truth_columns: BTreeMap<String, String>,
    /// The same for the detections.
    pub detections_columns: BTreeMap<String, String>,
    /// Classes to score; empty: all that the labels have.
    pub classes: Vec<String>,
    /// Name of a class of the detections → name of a class of the labels.
    pub class_map: BTreeMap<String, String>,
    /// Edition of the `MOTChallenge` rules; none: recognise it.
    pub benchmark: Option<Benchmark>,
    /// Overlap from which a box is found.
    pub overlap: f64,
    /// Detections below it do not count for figures at a threshold.
    pub score_threshold: Option<f64>,
    /// Resamples behind each interval.
    pub resamples: u64,
    /// Parts to score; empty: all that can be.
    pub only: Vec<Part>,
    /// How to group the labels; none: not at all.
    pub groups: Option<GroupRequest>,
    /// The rule for small cells.
    pub disclosure: DisclosurePolicy,
}

/// A part of the scores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Figures and curves of a detector.
    Detection,
    /// Figures of a tracker.
    Tracking,
    /// Groups.
    Groups,
}

/// How to group the labels.
#[derive(Clone, Debug)]
pub struct GroupRequest {
    /// Where the attributes are.
    pub source: GroupSource,
    /// Which of them; empty: all of the table.
    pub by: Vec<String>,
    /// Thresholds of the score at which to look again.
    pub thresholds: Vec<f64>,
    /// What to hold constant besides: `height`, or attributes of the table or the labels.
    pub confounders: Vec<String>,
}

/// Where attributes of labels are.
#[derive(Clone, Debug)]
pub enum GroupSource {
    /// In the labels themselves.
    Labels,
    /// In a table.
    Table(PathBuf),
    /// In the names of the pictures, as UTKFace gives them.
    UtkfaceNames,
}

/// Rules of preprocessing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Benchmark {
    /// `MOTChallenge` 2015: no classes.
    Mot15,
    /// 2016 and 2017: distractor classes.
    Mot16,
    /// 2020: vehicles are distractors too.
    Mot20,
    /// None: every label of mark other than 0 counts, whatever its class.
    None,
}

impl EvaluateRequest {
    /// Whether a part is asked for.
    pub(super) fn wants(&self, part: Part) -> bool {
        self.only.is_empty() || self.only.contains(&part)
    }

    /// A request with nothing but the two paths said.
    #[must_use]
    pub fn new(truth: PathBuf, detections: PathBuf) -> Self {
        Self {
            truth,
            detections,
            truth_format: None,
            detections_format: None,
            skip_bad_rows: false,
            seqinfo: None,
            frames_per_second: None,
            clock_start: None,
            truth_columns: BTreeMap::new(),
            detections_columns: BTreeMap::new(),
            classes: Vec::new(),
            class_map: BTreeMap::new(),
            benchmark: None,
            overlap: 0.5,
            score_threshold: None,
            resamples: DEFAULT_RESAMPLES,
            only: Vec::new(),
            groups: None,
            disclosure: DisclosurePolicy::strict(),
        }
    }
}

/// The ends of an interval then vary by about 4 % of its width from seed to seed.
pub const DEFAULT_RESAMPLES: u64 = 1000;
