//! For the tests: detections in the `MOTChallenge` text format in, the tracker's tracks in the same format
//! out.

use super::settings::TrackerSettings;
use super::track::Track;
use super::tracker::Tracker;
use crate::describe::describer::{Described, Describer};
use crate::describe::description::{Description, Embedding};
use crate::describe::network::load;
use crate::detect::detection::Detection;
use crate::detect::overlap::Rect;
use crate::test_data;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use vsa_plan::EngineChoice;

/// Reads lines of `frame, -1, left, top, width, height, score, …`; scores are divided by `full_score`.
pub(crate) fn read_detections(text: &str, full_score: f32) -> BTreeMap<u64, Vec<Detection>> {
    let mut frames: BTreeMap<u64, Vec<Detection>> = BTreeMap::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let field: Vec<f32> = line
            .split(',')
            .map(|field| field.trim().parse().expect("a number"))
            .collect();
        let frame: u64 = line
            .split(',')
            .next()
            .expect("a first field")
            .trim()
            .parse()
            .expect("a frame number");
        frames.entry(frame).or_default().push(Detection {
            rect: Rect {
                left: field[2],
                top: field[3],
                right: field[2] + field[4],
                bottom: field[3] + field[5],
            },
            score: (field[6] / full_score).clamp(0.0, 1.0),
            landmarks: None,
            quality: None,
        });
    }
    frames
}

/// What was found in each frame looked like this, by the places of the detections; of the frames that are missing nothing is known.
pub(crate) type Looks = BTreeMap<u64, Vec<Option<Vec<f32>>>>;

fn described(looks: &Looks, frame: u64) -> Described {
    let bodies = looks.get(&frame).into_iter().flatten();
    let describe = |values: &Option<Vec<f32>>| {
        let body = Embedding::of(values.clone()?);
        Some(Box::new(Description {
            body,
            ..Description::default()
        }))
    };
    bodies.map(describe).collect()
}

/// Tracks frames 1, 1 + stride, 1 + 2 stride, … up to `last`, at `fps` frames a second.
pub(crate) fn follow(
    frames: &BTreeMap<u64, Vec<Detection>>,
    looks: &Looks,
    last: u64,
    stride: u64,
    fps: f64,
    settings: TrackerSettings,
    frame_size: (u32, u32),
) -> Vec<Track> {
    let mut tracker = Tracker::new(settings, frame_size);
    let mut tracks = Vec::new();
    let mut frame = 1;
    while frame <= last {
        let seconds = f64::from(u32::try_from(frame).expect("few frames")) / fps;
        let found = frames.get(&frame).map_or(&[][..], Vec::as_slice);
        tracker.update_described(frame, seconds, found, &mut described(looks, frame));
        tracks.extend(tracker.drain_ended());
        frame += stride;
    }
    tracks.extend(tracker.finish());
    tracks
}

/// Lines of `frame, id, left, top, width, height, score, -1, -1, -1`.
pub(crate) fn write_tracks(tracks: &[Track]) -> String {
    let mut text = String::new();
    for (id, track) in (1..).zip(tracks) {
        for point in &track.points {
            let Rect { left, top, .. } = point.rect;
            let (width, height) = (point.rect.width(), point.rect.height());
            writeln!(
                text,
                "{},{id},{left:.2},{top:.2},{width:.2},{height:.2},{:.3},-1,-1,-1",
                point.frame, point.score
            )
            .expect("a string takes everything");
        }
    }
    text
}

/// Sets one setting by its name, for tables of sensitivity.
fn set(settings: &mut TrackerSettings, name: &str, value: f64) {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "scores are kept in single precision"
    )]
    let score = value as f32;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "small counts"
    )]
    let count = value as u32;
    match name {
        "threshold" => *settings = settings.working_at(score),
        "high_score" => settings.high_score = score,
        "low_score" => settings.low_score = score,
        "begin_score" => settings.begin_score = score,
        "convincing_score" => settings.convincing_score = score,
        "still_score" => settings.still_score = score,
        "still_seconds" => settings.still_seconds = value,
        "still_wander" => settings.still_wander = value,
        "least_seconds" => settings.least_seconds = value,
        "gate" => settings.gate = value,
        "motion_weight" => settings.motion_weight = value,
        "trial_patience" => settings.trial_patience = value,
        "evidence" => settings.evidence = score,
        "sightings" => settings.sightings = count,
        "overlap" => settings.overlap = value,
        "doubtful_overlap" => settings.doubtful_overlap = value,
        "widening" => settings.widening = value,
        "widest" => settings.widest = value,
        "duplicate_overlap" => settings.duplicate_overlap = value,
        "patience" => settings.patience = value,
        "patience_frames" => settings.patience_frames = count,
        "place_noise" => settings.motion.place_noise = value,
        "size_noise" => settings.motion.size_noise = value,
        "doubt" => settings.motion.doubt = value,
        "speed" => settings.motion.speed = value,
        "growth" => settings.motion.growth = value,
        "acceleration" => settings.motion.acceleration = value,
        "size_acceleration" => settings.motion.size_acceleration = value,
        "window" => settings.link.window = value,
        "reach" => settings.link.reach = value,
        "reach_growth" => settings.link.reach_growth = value,
        "height_ratio" => settings.link.height_ratio = value,
        "end_piece" => settings.link.end_piece = value,
        "edge" => settings.link.edge = value,
        "edge_speed" => settings.link.edge_speed = value,
        "bridge" => settings.link.bridge = value,
        "looks_rare" => settings.looks.rare = value,
        "looks_sightings" => settings.looks.sightings = value as usize,
        "looks_turned" => settings.looks.turned = value as usize,
        "looks_window" => settings.looks.window = value,
        "looks_quickest" => settings.looks.quickest = value,
        "looks_height_ratio" => settings.looks.height_ratio = value,
        other => panic!("there is no setting {other}"),
    }
}

/// What the people of the clip of PETS 2009 look like to a model, in two frames of each second; `model` is its file and
/// whose it is, or nothing. Held in memory alone, as in a run.
fn looks_of(frames: &BTreeMap<u64, Vec<Detection>>, model: &str, threshold: f32) -> Looks {
    const STEP: u32 = 5;
    let Some((path, origin)) = model.split_once(';') else {
        return Looks::new();
    };
    let chosen = match origin {
        "torchreid" => test_data::bodies(path.into()),
        "zoo" => test_data::bodies_of_the_zoo(path.into()),
        other => panic!("no model of bodies comes from {other}"),
    };
    let network = load(&chosen, &EngineChoice::EMBEDDED).expect("the model can be loaded");
    let mut describer = Describer::new(&[network]).expect("the model can be run");
    let pictures = test_data::frames(STEP).expect("VSA_AUDIT_TEST_FRAMES names the clip");
    let mut looks = Looks::new();
    for picture in pictures {
        let found = frames.get(&(picture.index + 1)).map_or(&[][..], Vec::as_slice);
        let counted = &found[..found.partition_point(|one| one.score >= threshold)];
        let (described, _) = describer
            .describe(&picture.frame(), counted, &[])
            .expect("the model can be run");
        let values = described
            .iter()
            .map(|one| Some(one.as_ref()?.body.as_ref()?.values().to_vec()));
        looks.insert(picture.index + 1, values.collect());
    }
    looks
}

/// Run by `tests/parity/track_evaluate.py`, which scores what this writes. Each job is a line of
/// `detections|full score|last frame|stride|frames a second|width|height|name=value,…|model of bodies|tracks to write`.
/// Where a model of bodies is named, the detections are of the clip of PETS 2009, and people are described in it as in a run:
/// `file;torchreid` or `file;zoo`.
#[test]
#[ignore = "a tool of tests/parity/track_evaluate.py, which names the jobs"]
fn the_jobs_of_the_evaluation_script_are_run() {
    let list = std::env::var_os("VSA_AUDIT_TRACK_JOBS").expect("VSA_AUDIT_TRACK_JOBS names the list of jobs");
    let jobs = std::fs::read_to_string(list).expect("the list of jobs can be read");
    let mut known: BTreeMap<(String, String, u32), Looks> = BTreeMap::new();
    for job in jobs.lines() {
        let field: Vec<&str> = job.split('|').collect();
        let [
            detections,
            full_score,
            last,
            stride,
            fps,
            width,
            height,
            changes,
            bodies,
            out,
        ] = field[..]
        else {
            panic!("a bad job: {job}")
        };
        let text = std::fs::read_to_string(detections).expect("the detections can be read");
        let frames = read_detections(&text, full_score.parse().expect("a score"));
        let mut settings = TrackerSettings::people();
        for change in changes.split(',').filter(|change| !change.is_empty()) {
            let (name, value) = change.split_once('=').expect("name=value");
            set(&mut settings, name, value.parse().expect("a number"));
        }
        let number = |text: &str| text.parse().expect("a number");
        let side = |text: &str| text.parse().expect("a length");
        let size = (side(width), side(height));
        let key = (
            detections.to_owned(),
            bodies.to_owned(),
            settings.written_for.to_bits(),
        );
        let looks = known
            .entry(key)
            .or_insert_with(|| looks_of(&frames, bodies, settings.written_for));
        let tracks = follow(
            &frames,
            looks,
            number(last),
            number(stride),
            fps.parse().expect("a number"),
            settings,
            size,
        );
        let folder = std::path::Path::new(out).parent().expect("a folder");
        let mut file = tempfile::NamedTempFile::new_in(folder).expect("a temporary file");
        std::io::Write::write_all(&mut file, write_tracks(&tracks).as_bytes())
            .expect("the tracks can be written");
        file.persist(out).expect("the tracks can be put in place");
    }
}
