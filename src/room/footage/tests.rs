//! Whole files in, frames and counts out. The files are made here, by ffmpeg and by the image crate; `ffmpeg` must be on
//! the path (or named by `VSA_AUDIT_FFMPEG`): without it these tests fail, they are not left out.

mod hostile;
mod images;
#[cfg(feature = "opencv")]
mod opencv;
mod partial;
mod queue;
mod videos;

use super::FootageError;
use super::frame::FrameBuffer;
use super::limits::Limits;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use vsa_plan::{FootageItem, VideoDecoder};
use vsa_record::facts::ItemFacts;

fn ffmpeg() -> PathBuf {
    std::env::var_os("VSA_AUDIT_FFMPEG").map_or_else(|| PathBuf::from("ffmpeg"), PathBuf::from)
}

/// Makes a file with ffmpeg; `arguments` as in a shell, without quotes. False: this ffmpeg lacks the encoder.
fn make(arguments: &str, out: &Path) -> bool {
    let mut file = OsString::from("file:");
    file.push(out);
    let status = Command::new(ffmpeg())
        .args(["-nostdin", "-loglevel", "error", "-y"])
        .args(arguments.split_whitespace())
        .arg(file)
        .stderr(std::process::Stdio::null())
        .status();
    status.unwrap().success()
}

fn item(path: &Path) -> FootageItem {
    FootageItem {
        label: "item-1".to_owned(),
        path: path.to_owned(),
        sequence_fps: None,
    }
}

/// All frames' times and sizes and a sum of their pixels, and the facts.
struct Reading {
    times: Vec<f64>,
    sizes: Vec<(u32, u32)>,
    pixels: Vec<Vec<u8>>,
    facts: ItemFacts,
}

fn read_item(item: &FootageItem, limits: &Limits) -> Result<Reading, FootageError> {
    read_by(item, &VideoDecoder::Ffmpeg(ffmpeg()), limits)
}

fn read_by(item: &FootageItem, decoder: &VideoDecoder, limits: &Limits) -> Result<Reading, FootageError> {
    let mut source = super::source::open(item, decoder, limits)?;
    let mut buffer = FrameBuffer::default();
    let (mut times, mut sizes, mut pixels) = (Vec::new(), Vec::new(), Vec::new());
    while source.next(&mut buffer)? {
        assert_eq!(buffer.index, times.len() as u64);
        assert_eq!(
            buffer.rgb.len(),
            3 * buffer.width as usize * buffer.height as usize
        );
        times.push(buffer.seconds);
        sizes.push((buffer.width, buffer.height));
        pixels.push(buffer.rgb.clone());
    }
    Ok(Reading {
        times,
        sizes,
        pixels,
        facts: source.finish(),
    })
}

fn read(path: &Path) -> Result<Reading, FootageError> {
    read_item(&item(path), &Limits::default())
}

fn refused(path: &Path) -> String {
    match read(path) {
        Err(error) => error.to_string(),
        Ok(reading) => panic!("it was read: {:?}", reading.facts),
    }
}

/// On the real standard error, which the test harness does not swallow.
fn skipped(what: &str) {
    use std::io::Write as _;
    writeln!(std::io::stderr(), "SKIPPED {what}").expect("standard error is open");
}
