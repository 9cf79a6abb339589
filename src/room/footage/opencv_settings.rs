//! `unsafe` is needed here: OpenCV takes its limits on hostile files from environment variables alone, and setting one
//! is unsafe in Rust. In: nothing. Out: OpenCV told once, before its first call, which formats it may open, and to be
//! quiet.

use super::ffmpeg::command::CONTAINERS;
use opencv::core::{LogLevel, get_version_string, set_log_level};
use std::sync::OnceLock;

/// Tells OpenCV, the first time it is called, and gives its name and version, such as `opencv 4.6.0`.
///
/// - Containers and protocols are those of the other decoder: no playlist, no pattern of image names, no address. What
///   the user's own environment says is overridden.
/// - The libraries below OpenCV write to standard error otherwise, with paths; there is no way to be handed their
///   messages, so they are silenced.
pub(super) fn prepare() -> &'static str {
    static NAME: OnceLock<String> = OnceLock::new();
    NAME.get_or_init(|| {
        set(
            "OPENCV_FFMPEG_CAPTURE_OPTIONS",
            &format!("protocol_whitelist;file|format_whitelist;{CONTAINERS}"),
        );
        // AV_LOG_QUIET.
        set("OPENCV_FFMPEG_LOGLEVEL", "-8");
        // An OpenCV that cannot be silenced is still an OpenCV.
        drop(set_log_level(LogLevel::LOG_LEVEL_SILENT));
        let version = get_version_string().unwrap_or_else(|_| "of unknown version".to_owned());
        format!("opencv {version}")
    })
}

#[expect(
    unsafe_code,
    reason = "the variable is set under the lock that all readers within Rust take, and before the first call into \
              OpenCV, the only C library of this program that reads the environment"
)]
fn set(name: &str, value: &str) {
    // SAFETY: see the reason above; `OnceLock` lets every other caller wait until both are set.
    unsafe { std::env::set_var(name, value) }
}
