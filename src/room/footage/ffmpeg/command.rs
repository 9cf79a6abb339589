//! The command lines given to ffmpeg, and the reasons for each option.

use super::super::limits::Limits;
use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};
use vsa_sandbox::ChildRules;

/// Units of the time stamps in a second: 1/720000 s holds milliseconds, 1/90000 s and the frame times of 24, 25, 30, 50, 60 and of
/// 24000/1001, 30000/1001 and 60000/1001 frames per second without rounding. ffmpeg's default, one over the frame
/// rate, would round the times of footage whose rate varies.
pub(crate) const TICKS: i64 = 720_000;
/// The same, as ffmpeg reads it.
const TIME_BASE: &str = "1:720000";

/// Containers that hold their frames themselves. Playlists (hls, dash, concat, sdp, image patterns, …) name other files
/// and addresses: a file made to be read here could make ffmpeg read anything of the user's, so they are not on the list;
/// nor are formats that go on in files beside (imf, mlv).
/// Sound formats are on it so that a sound file is called that.
pub(crate) const CONTAINERS: &str = "aac,ac3,aiff,amr,apng,asf,asf_o,av1,avi,avs,avs2,avs3,bink,caf,cavsvideo,cdxl,cine,dhav,dirac,dnxhd,\
dv,dxa,ea,evc,film_cpk,flac,flic,flv,gif,gxf,h261,h263,h264,hevc,ifv,ingenient,ivf,ivr,kux,lmlm4,live_flv,m4v,matroska,mgsts,mjpeg,\
mjpeg_2000,moflex,mov,mp3,mpeg,mpegts,mpegtsraw,mpegvideo,mpjpeg,mtv,mv,mvi,mxf,mxg,nc,nsv,nut,nuv,obu,ogg,pva,r3d,\
rawvideo,rcwt,rm,roq,rpl,rsd,smjpeg,smk,svag,swf,thp,tmv,txd,ty,vc1,vc1test,viv,vivo,vmd,vvc,wav,webm,wc3movie,wtv,wv,xmv,yuv4mpegpipe";

/// Bit-exact, so that the same file gives the same pixels on every run and machine: without these, ffmpeg takes
/// whichever vector instructions the machine has, and they round differently. The decoder is told the same (`-flags
/// +bitexact`). Then Debian's ffmpeg 5.1.9 and the 9.0.2 of PyPI's imageio-ffmpeg 0.8.1 give the same bytes for all 795
/// frames of the PETS clip; without the decoder's flag, 2 bytes in 10,000 differed, by 2 at most: the
/// old version takes a short cut (with the flag it gives what the new one gives with it and without).
const SCALER: &str = "bicubic+bitexact+accurate_rnd+full_chroma_int";

/// Which words this ffmpeg understands.
#[derive(Clone, Default)]
pub(crate) struct Version {
    /// Such as `ffmpeg 5.1.9-0+deb12u1`.
    pub(crate) name: String,
    /// `-fps_mode` came with 5.1; `-vsync` went with 8.0.
    has_fps_mode: bool,
}

impl Version {
    /// From the first line of the banner: `ffmpeg version 5.1.9-0+deb12u1 Copyright …`. What follows the version is left
    /// out.
    pub(crate) fn parse(line: &str) -> Option<Self> {
        let version = line.strip_prefix("ffmpeg version ")?.split_whitespace().next()?;
        let mut numbers = version.trim_start_matches('n').split(['.', '-']);
        let major: Option<u32> = numbers.next().and_then(|part| part.parse().ok());
        let minor: u32 = numbers.next().and_then(|part| part.parse().ok()).unwrap_or(0);
        // Builds from a commit (`N-112233-g…`) have no number and are newer than any that is still old.
        let has_fps_mode = major.is_none_or(|major| (major, minor) >= (5, 1));
        let name: String = version
            .chars()
            .filter(|c| !c.is_control() && *c != '/')
            .take(60)
            .collect();
        Some(Self {
            name: format!("ffmpeg {name}"),
            has_fps_mode,
        })
    }
}

/// By which name ffmpeg opens its input: its own standard input, which is a file that it can seek in. So no name of the user's
/// stands on a command line, where every process of the machine can read it, and none could be taken for another input.
#[cfg(target_os = "linux")]
pub(crate) fn name_of(_path: &Path) -> &Path {
    Path::new("/dev/fd/0")
}
#[cfg(not(target_os = "linux"))]
pub(crate) fn name_of(path: &Path) -> &Path {
    path
}

/// The input as ffmpeg is given it: `file:` keeps a file called `-y` or `http:foo` or `%03d.mp4` a file.
fn input(path: &Path) -> OsString {
    let mut argument = OsString::from("file:");
    argument.push(name_of(path));
    argument
}

/// Address space of a decoder. The largest frame that we take has 400 MB as RGB, and codecs keep 16 of their own planes.
const MEMORY: u64 = 8 << 30;

/// Processor time of a decoder: an hour, and two minutes for each megabyte: the most that still pictures of a camera take, of
/// which a megabyte holds a minute and a half. A file made to keep a decoder busy for good ends there.
fn seconds(bytes: u64) -> u64 {
    3600 + 120 * (bytes >> 20)
}

/// What a decoder may have: this one file, to be read.
pub(crate) fn rules(path: &Path) -> std::io::Result<ChildRules> {
    let file = std::fs::File::open(path)?;
    Ok(ChildRules {
        input: Some(file),
        ..rules_of_piped(path)?
    })
}

/// What a decoder may have that gets what is in the file through a pipe: no file at all.
pub(crate) fn rules_of_piped(path: &Path) -> std::io::Result<ChildRules> {
    let bytes = std::fs::metadata(path)?.len();
    Ok(ChildRules {
        memory: Some(MEMORY),
        seconds: Some(seconds(bytes)),
        ..ChildRules::default()
    })
}

fn quiet(program: &Path) -> Command {
    let mut command = Command::new(program);
    // Colours would hide the levels of the messages. No variable of ours is handed on (see the sandbox).
    command.env("AV_LOG_FORCE_NOCOLOR", "1");
    command
}

/// Everything up to and with the input. `options` are the demuxer's and decoder's.
fn reading(program: &Path, path: &Path, options: &[&str]) -> Command {
    let mut command = quiet(program);
    command.args(["-nostdin", "-nostats", "-loglevel", "repeat+level+info"]);
    command.args(["-protocol_whitelist", "file", "-format_whitelist", CONTAINERS]);
    command.args(options).arg("-i").arg(input(path));
    command
}

/// Everything up to and with an input that is decoded. One thread: two measured about equal, and the cores belong to
/// the models. Frames with errors are put out, and counted, instead of being dropped in silence (`output_corrupt`).
/// `debug` comes before the decoder's options.
fn decoding(program: &Path, path: &Path, limits: &Limits, debug: &[&str]) -> Command {
    let pixels = limits.max_pixels.to_string();
    let frames = ["-threads", "1", "-flags", "+output_corrupt+bitexact"];
    let most = ["-max_pixels", pixels.as_str()];
    reading(program, path, &[debug, &frames[..], &most[..]].concat())
}

/// Lists the packets without decoding them: what the container holds, in one line each. `V` leaves out cover pictures. The
/// banner tells the version: to ask for it alone would take another start of the program.
/// Sound is listed too, if asked: its end tells a file that was cut short from one whose sound is longer.
pub(crate) fn list_packets(program: &Path, path: &Path, with_sound: bool) -> Command {
    let mut command = reading(program, path, &[]);
    command.args(["-map", "0:V:0"]);
    if with_sound {
        command.args(["-map", "0:a?"]);
    }
    command.args(["-c", "copy", "-copyinkf", "-f", "framecrc", "pipe:1"]);
    command
}

/// Lists the packets of the first video stream as [`copy_packets`] gives them. `filters`: what they go through.
pub(crate) fn list_filtered(program: &Path, path: &Path, filters: Option<&str>) -> Command {
    packets(program, path, filters, "framecrc")
}

/// The packets of the first video stream as they are, one after the other, with nothing between them.
pub(crate) fn copy_packets(program: &Path, path: &Path, filters: Option<&str>) -> Command {
    packets(program, path, filters, "data")
}

fn packets(program: &Path, path: &Path, filters: Option<&str>, format: &str) -> Command {
    let mut command = reading(program, path, &[]);
    command.args(["-map", "0:V:0", "-c", "copy", "-copyinkf"]);
    if let Some(filters) = filters {
        command.args(["-bsf:v", filters]);
    }
    command.args(["-f", format, "pipe:1"]);
    command
}

/// Decodes what comes through a pipe in IVF as [`decode`] decodes a file, by so many threads (each frame comes out of them as
/// it comes out of one), and gives the frames with odd time stamps. Frames that come late are waited for (`strict`): a decoder
/// that guesses how many are held back would learn it anew in each part.
pub(crate) fn decode_piped(
    program: &Path,
    version: &Version,
    limits: &Limits,
    format: &str,
    threads: usize,
) -> Command {
    let (pixels, threads) = (limits.max_pixels.to_string(), threads.to_string());
    let mut command = quiet(program);
    command.stdin(Stdio::piped());
    command.args(["-nostats", "-loglevel", "repeat+level+info"]);
    command.args(["-protocol_whitelist", "pipe", "-format_whitelist", "ivf"]);
    command.args(["-copyts", "-fpsprobesize", "0", "-threads", &threads]);
    command.args(["-flags", "+output_corrupt+bitexact", "-strict", "strict"]);
    command.args(["-max_pixels", &pixels, "-f", "ivf", "-i", "pipe:0"]);
    let odd = format!("select='mod(round(t*{TICKS}),2)'");
    command.args(["-vf", &odd]);
    raw_frames(&mut command, version, format);
    command
}

/// Decodes the first video stream, upright (ffmpeg turns by the file's rotation unless told not to), each frame once and at its own time
/// (`passthrough`), in NUT. `format` is ffmpeg's name of what comes out: the codec's own planes where they are turned
/// into RGB here, else `rgb24`.
pub(crate) fn decode(
    program: &Path,
    version: &Version,
    path: &Path,
    limits: &Limits,
    format: &str,
) -> Command {
    let mut command = decoding(program, path, limits, &[]);
    raw_frames(&mut command, version, format);
    command
}

fn raw_frames(command: &mut Command, version: &Version, format: &str) {
    command.args(["-map", "0:V:0", "-an", "-sn", "-dn"]);
    command.args(["-map_metadata", "-1", "-map_chapters", "-1"]);
    command.args(["-c:v", "rawvideo", "-pix_fmt", format, "-sws_flags", SCALER]);
    command.args([
        if version.has_fps_mode {
            "-fps_mode"
        } else {
            "-vsync"
        },
        "passthrough",
    ]);
    command.args(["-enc_time_base", TIME_BASE, "-f", "nut", "pipe:1"]);
}

/// Decodes as [`decode`] does and says in which order frames came out and what was wrong (`-debug_ts`: a line for each
/// frame, in the words of the thread that decodes, so that complaints stand before the frame that they are about). No
/// pixel comes out.
pub(crate) fn trace(program: &Path, path: &Path, limits: &Limits) -> Command {
    let mut command = decoding(program, path, limits, &["-debug_ts"]);
    command.args(["-map", "0:V:0", "-an", "-sn", "-dn", "-f", "null", "-"]);
    // Not `null`: a decoder may open nothing to write, and what is started is held so already. Nothing comes.
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_distributions_releases_and_commits_are_understood() {
        for (line, name, has_fps_mode) in [
            (
                "ffmpeg version 5.1.9-0+deb12u1 Copyright (c) 2000",
                "ffmpeg 5.1.9-0+deb12u1",
                true,
            ),
            (
                "ffmpeg version 4.4.2-0ubuntu0.22.04.1 Copyright",
                "ffmpeg 4.4.2-0ubuntu0.22.04.1",
                false,
            ),
            (
                "ffmpeg version n9.0.2-17-g2a571b6068-20260930 C",
                "ffmpeg n9.0.2-17-g2a571b6068-20260930",
                true,
            ),
            (
                "ffmpeg version N-112233-gabcdef Copyright",
                "ffmpeg N-112233-gabcdef",
                true,
            ),
            (
                "ffmpeg version 7.0.2-static https://example.org/ C",
                "ffmpeg 7.0.2-static",
                true,
            ),
        ] {
            let version = Version::parse(line).unwrap();
            assert_eq!(
                (version.name.as_str(), version.has_fps_mode),
                (name, has_fps_mode),
                "{line}"
            );
        }
        assert!(Version::parse("sh: not found").is_none());
        assert!(Version::parse("").is_none());
    }

    #[test]
    fn no_format_that_refers_to_other_files_is_on_the_list() {
        for format in [
            "hls",
            "dash",
            "concat",
            "sdp",
            "rtsp",
            "image2",
            "image2pipe",
            "lavfi",
            "webm_dash_manifest",
            "tty",
            "imf",
            "mlv",
        ] {
            assert!(CONTAINERS.split(',').all(|name| name != format), "{format}");
        }
    }
}
