//! Moments as logs write them. In: text. Out: seconds on one scale: as written, or of the calendar.
//! Deliberately not here: time zones. A time without an offset is kept as it is, and does not mix with one that has one.

/// On which scale a file tells its times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clock {
    /// Seconds from a start that all files share.
    Seconds,
    /// Date and time without an offset.
    Local,
    /// Date and time with an offset from UTC.
    Absolute,
}

/// The moment, and the scale on which it is told.
pub(super) fn moment(text: &str) -> Option<(f64, Clock)> {
    let text = text.trim();
    if let Ok(seconds) = text.replace(',', ".").parse::<f64>() {
        return seconds.is_finite().then_some((seconds, Clock::Seconds));
    }
    if let Ok(stamp) = text.parse::<jiff::Timestamp>() {
        return Some((stamp.as_microsecond() as f64 / 1e6, Clock::Absolute));
    }
    let local: jiff::civil::DateTime = text.replacen(' ', "T", 1).parse().ok()?;
    let stamp = local.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp();
    Some((stamp.as_microsecond() as f64 / 1e6, Clock::Local))
}

/// A moment as people look it up: the other way round.
pub(super) fn shown(seconds: f64, clock: Clock) -> String {
    if clock == Clock::Seconds {
        return format!("{seconds} s");
    }
    let Ok(stamp) = jiff::Timestamp::from_microsecond((seconds * 1e6).round() as i64) else {
        return format!("{seconds} s");
    };
    match clock {
        // Kept as UTC inside; the log wrote no offset, and none is shown.
        Clock::Local => stamp
            .to_zoned(jiff::tz::TimeZone::UTC)
            .datetime()
            .to_string()
            .replacen('T', " ", 1),
        Clock::Seconds | Clock::Absolute => stamp.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_shown_as_it_was_written() {
        for text in [
            "2024-07-26 18:00:00",
            "2024-07-26T18:00:00Z",
            "2024-07-26 18:00:00.5",
        ] {
            let (seconds, clock) = moment(text).unwrap();
            assert_eq!(shown(seconds, clock), text);
        }
        assert_eq!(shown(12.5, Clock::Seconds), "12.5 s");
    }

    #[test]
    fn seconds_local_times_and_absolute_times_are_told_apart() {
        assert_eq!(moment("12,5"), Some((12.5, Clock::Seconds)));
        // 2024-07-26T18:00:00Z is 1722016800 s after the start of 1970.
        assert_eq!(
            moment("2024-07-26 18:00:00"),
            Some((1_722_016_800.0, Clock::Local))
        );
        assert_eq!(
            moment("2024-07-26T20:00:00.25+02:00"),
            Some((1_722_016_800.25, Clock::Absolute))
        );
        assert_eq!(moment("yesterday"), None);
        assert_eq!(moment("inf"), None);
        assert_eq!(moment(""), None);
    }
}
