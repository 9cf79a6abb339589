//! How far we are. In: bytes arrived, frames done. Out: bars when somebody watches, a plain line at the start, now and
//! then, and at the end when nobody does, nothing when quiet.

use super::terminal::Terminal;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::Duration;
use vsa_base::environment::Stopwatch;
use vsa_base::outside;
use vsa_supply::Progress;

/// Between two plain lines.
const PLAIN_EVERY: Duration = Duration::from_secs(10);

/// Bars or lines for transfers.
pub(super) struct DownloadProgress<'t> {
    terminal: &'t mut Terminal,
    bar: Option<ProgressBar>,
    name: String,
    total: u64,
    arrived: u64,
    clock: Stopwatch,
    said: Stopwatch,
}

impl<'t> DownloadProgress<'t> {
    /// Speaks through `terminal`.
    pub(super) fn new(terminal: &'t mut Terminal) -> Self {
        Self {
            terminal,
            bar: None,
            name: String::new(),
            total: 0,
            arrived: 0,
            clock: Stopwatch::start(),
            said: Stopwatch::start(),
        }
    }
}

impl Progress for DownloadProgress<'_> {
    fn start(&mut self, name: &str, total: u64) {
        name.clone_into(&mut self.name);
        (self.total, self.arrived) = (total, 0);
        (self.clock, self.said) = (Stopwatch::start(), Stopwatch::start());
        if self.terminal.draws_bars() {
            let template = "{msg:24} {wide_bar} {bytes:>10} / {total_bytes:>10} {bytes_per_sec:>12} {eta:>5}";
            let bar = bar(Some(total), template);
            bar.set_message(outside::one_line(&self.name).into_owned());
            self.bar = Some(bar);
        } else {
            self.terminal
                .say(&format!("fetching {name} ({})", megabytes(total)));
        }
    }

    fn advance(&mut self, arrived: u64) {
        // What a client unpacks on its way is not what has arrived: the bar does not run over its end.
        self.arrived = arrived.min(self.total);
        if let Some(bar) = &self.bar {
            bar.set_position(self.arrived);
        } else if self.said.elapsed() >= PLAIN_EVERY {
            self.said = Stopwatch::start();
            let line = format!(
                "fetching {}: {} of {}",
                self.name,
                megabytes(self.arrived),
                megabytes(self.total)
            );
            self.terminal.say(&line);
        }
    }

    fn finish(&mut self, complete: bool) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
        if complete {
            let seconds = self.clock.elapsed().as_secs_f64();
            self.terminal.say(&format!(
                "fetched {} in {seconds:.1} s, digest verified",
                self.name
            ));
        }
    }

    fn note(&mut self, message: &str) {
        let terminal = &mut *self.terminal;
        match &self.bar {
            Some(bar) => bar.suspend(|| terminal.tell(message)),
            None => terminal.tell(message),
        }
    }
}

/// Bars or lines for frames.
pub(super) struct FrameProgress<'t> {
    terminal: &'t mut Terminal,
    bar: Option<ProgressBar>,
    total: Option<u64>,
    done: u64,
    clock: Stopwatch,
    said: Stopwatch,
}

impl<'t> FrameProgress<'t> {
    /// Begins; `total` frames are expected, if that is known.
    pub(super) fn start(terminal: &'t mut Terminal, total: Option<u64>) -> Self {
        let bar = terminal.draws_bars().then(|| match total {
            Some(_) => bar(
                total,
                "{msg:24} {wide_bar} {pos:>7} / {len:>7} frames {per_sec:>12} {eta:>5} left",
            ),
            None => bar(total, "{msg:24} {spinner} {pos:>7} frames {per_sec:>12}"),
        });
        if let Some(bar) = &bar {
            bar.set_message("looking at frames");
        }
        Self {
            terminal,
            bar,
            total,
            done: 0,
            clock: Stopwatch::start(),
            said: Stopwatch::start(),
        }
    }

    /// So many frames are done since the start; the total, if it has become known or better known.
    pub(super) fn advance(&mut self, done: u64, total: Option<u64>) {
        self.done = done;
        if total.is_some() && total != self.total {
            self.total = total;
            if let (Some(bar), Some(total)) = (&self.bar, total) {
                bar.set_length(total);
            }
        }
        if let Some(bar) = &self.bar {
            bar.set_position(done);
        } else if self.said.elapsed() >= PLAIN_EVERY {
            self.said = Stopwatch::start();
            let line = frame_line(done, self.total, self.clock.elapsed());
            self.terminal.say(&line);
        }
    }

    /// Ends with a line that says how many frames, and how fast.
    pub(super) fn finish(mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
        let elapsed = self.clock.elapsed();
        let (seconds, rate) = (elapsed.as_secs_f64(), rate(self.done, elapsed));
        self.terminal.say(&format!(
            "{} frames in {seconds:.1} s ({rate:.1} per second)",
            self.done
        ));
    }
}

fn bar(total: Option<u64>, template: &str) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template(template).expect("the templates of this file are well formed");
    bar.with_style(style)
}

fn frame_line(done: u64, total: Option<u64>, elapsed: Duration) -> String {
    let rate = rate(done, elapsed);
    match total {
        Some(total) if rate > 0.0 && total >= done => {
            let left = to_float(total - done) / rate;
            format!("{done} of {total} frames, {rate:.1} per second, {left:.0} s left")
        }
        _ => format!("{done} frames, {rate:.1} per second"),
    }
}

fn rate(done: u64, elapsed: Duration) -> f64 {
    let seconds = elapsed.as_secs_f64();
    if seconds > 0.0 {
        to_float(done) / seconds
    } else {
        0.0
    }
}

/// Counts of frames and bytes are far below the 2^53 that a float holds exactly.
fn to_float(count: u64) -> f64 {
    count as f64
}

/// A size for people.
pub(super) fn megabytes(bytes: u64) -> String {
    if bytes < 100_000 {
        format!("{bytes} B")
    } else {
        format!("{:.1} MB", to_float(bytes) / 1e6)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_terminal_a_transfer_is_two_plain_lines() {
        let (mut terminal, out, err) = Terminal::captured(false);
        let mut progress = DownloadProgress::new(&mut terminal);
        progress.start("centerface", 7_304_518);
        progress.advance(1_000);
        progress.finish(true);
        assert_eq!(out.text(), "");
        let text = err.text();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 2, "{text}");
        assert_eq!(lines[0], "fetching centerface (7.3 MB)");
        assert!(lines[1].starts_with("fetched centerface in "), "{text}");
    }

    #[test]
    fn quiet_is_silent() {
        let (mut terminal, out, err) = Terminal::captured(true);
        let mut progress = DownloadProgress::new(&mut terminal);
        progress.start("centerface", 7_304_518);
        progress.note("something");
        progress.finish(true);
        FrameProgress::start(&mut terminal, Some(10)).finish();
        assert_eq!((out.text(), err.text()), (String::new(), String::new()));
    }

    #[test]
    fn frames_left_are_told_only_when_the_total_is_known() {
        let elapsed = Duration::from_secs(10);
        let known = frame_line(100, Some(300), elapsed);
        assert_eq!(known, "100 of 300 frames, 10.0 per second, 20 s left");
        assert_eq!(frame_line(100, None, elapsed), "100 frames, 10.0 per second");
        // A container that promised fewer frames than it holds.
        assert_eq!(frame_line(100, Some(90), elapsed), "100 frames, 10.0 per second");
        assert_eq!(
            frame_line(0, Some(90), Duration::ZERO),
            "0 frames, 0.0 per second"
        );
    }
}
