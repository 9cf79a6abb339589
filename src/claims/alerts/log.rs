//! Alerts and events from CSV. In: a file and the mapping of its columns. Out: [`LoggedInterval`]s in the order of time.
//! Deliberately not here: what is done with them.

use super::csv;
use super::rules::{Mapping, Rules};
use super::times::{Clock, moment};
use std::path::{Path, PathBuf};

/// Why a log or its rules cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LogError {
    /// It cannot be read.
    #[error("cannot read {path}: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// As the system says.
        source: std::io::Error,
    },
    /// The rules are not understood.
    #[error("the rules {path} are not understood:\n{reason}")]
    Rules {
        /// The file.
        path: PathBuf,
        /// With the place, where there is one.
        reason: String,
    },
    /// A line of a log is not understood.
    #[error("{path}, line {line}: {what}")]
    Line {
        /// The file.
        path: PathBuf,
        /// From 1.
        line: usize,
        /// What is wrong, and what to do.
        what: String,
    },
    /// Times of different kinds.
    #[error(
        "the times of the logs and of the watched recordings are not of one kind (seconds, local times, times with an \
         offset): bring them to one"
    )]
    Clocks,
}

/// An alert, or an event.
#[derive(Clone, Debug, PartialEq)]
pub struct LoggedInterval {
    pub(super) start: f64,
    pub(super) end: f64,
    pub(super) camera: String,
    pub(super) zone: String,
    pub(super) kind: String,
    pub(super) person: Option<String>,
    pub(super) clock: Clock,
}

impl LoggedInterval {
    /// When it began, in seconds of the log's clock.
    #[must_use]
    pub fn start(&self) -> f64 {
        self.start
    }

    /// The camera; empty: the only one.
    #[must_use]
    pub fn camera(&self) -> &str {
        &self.camera
    }
}

/// Reads a log.
pub(super) fn read(path: &Path, mapping: &Mapping) -> Result<Vec<LoggedInterval>, LogError> {
    let text = std::fs::read_to_string(path).map_err(|source| LogError::Read {
        path: path.to_owned(),
        source,
    })?;
    parse(&text, mapping).map_err(|(line, what)| LogError::Line {
        path: path.to_owned(),
        line,
        what,
    })
}

/// From text; an error names its line.
pub(super) fn parse(text: &str, mapping: &Mapping) -> Result<Vec<LoggedInterval>, (usize, String)> {
    let rows = csv::rows(text, mapping.separator)
        .map_err(|line| (line, "a quotation mark is opened and never closed".to_owned()))?;
    let Some(((_, heads), rows)) = rows.split_first() else {
        return Err((
            1,
            "the file is empty: its first line names the columns".to_owned(),
        ));
    };
    let column = |name: &Option<String>| -> Result<Option<usize>, (usize, String)> {
        let Some(name) = name else { return Ok(None) };
        let found = heads.iter().position(|head| head.trim() == name);
        found.map(Some).ok_or_else(|| {
            let known = heads.iter().map(|h| h.trim()).collect::<Vec<_>>().join("`, `");
            (
                1,
                format!("there is no column `{name}`; the columns are `{known}`"),
            )
        })
    };
    let time = column(&Some(mapping.time.clone()))?;
    let columns = [
        &mapping.end,
        &mapping.camera,
        &mapping.zone,
        &mapping.kind,
        &mapping.person,
    ];
    let [end, camera, zone, kind, person] = columns.map(column);
    let (end, camera, zone, kind, person) = (end?, camera?, zone?, kind?, person?);
    let mut found: Vec<LoggedInterval> = Vec::with_capacity(rows.len());
    for (line, row) in rows {
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).map_or("", |text| text.trim());
        let told = |text: &str| {
            moment(text).ok_or_else(|| {
                (
                    *line,
                    format!("`{text}` is no time (seconds, or a date and time)"),
                )
            })
        };
        let Some(kind) = known_kind(cell(kind), mapping) else {
            continue;
        };
        let (start, clock) = told(cell(time))?;
        let end = match cell(end) {
            "" => start,
            text => told(text)?.0,
        };
        if end < start {
            return Err((*line, "it ends before it begins".to_owned()));
        }
        if found.first().is_some_and(|first| first.clock != clock) {
            return Err((
                *line,
                "its time is of another kind than those before it".to_owned(),
            ));
        }
        found.push(LoggedInterval {
            start: start + mapping.clock_offset_seconds,
            end: end + mapping.clock_offset_seconds,
            camera: cell(camera).to_owned(),
            zone: cell(zone).to_owned(),
            kind,
            person: Some(cell(person).to_owned()).filter(|text| !text.is_empty()),
            clock,
        });
    }
    found.sort_by(|a, b| {
        let by_time = a.start.total_cmp(&b.start).then(a.end.total_cmp(&b.end));
        by_time.then_with(|| (&a.camera, &a.zone, &a.kind).cmp(&(&b.camera, &b.zone, &b.kind)))
    });
    Ok(found)
}

/// The kind as the claims name it; none: a kind that is left out.
fn known_kind(written: &str, mapping: &Mapping) -> Option<String> {
    if mapping.kinds.is_empty() {
        Some(written.to_owned())
    } else {
        mapping.kinds.get(written).cloned()
    }
}

/// Whether all times are told on one scale.
pub(super) fn one_clock(rules: &Rules, logs: &[&[LoggedInterval]]) -> Result<(), LogError> {
    let clock = rules.clock();
    if logs
        .iter()
        .flat_map(|log| log.iter())
        .all(|h| Some(h.clock) == clock)
    {
        Ok(())
    } else {
        Err(LogError::Clocks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapping(text: &str) -> Mapping {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn a_log_is_read_by_its_mapping_and_put_in_the_order_of_time() {
        let mapping = mapping(
            "separator = \";\"\ntime = \"Begin\"\ncamera = \"Cam\"\nkind = \"Type\"\n\
             kinds = { LEFT_OBJ = \"abandoned object\" }\nclock_offset_seconds = -2",
        );
        let log = "Cam;Type;Begin\nb;LEFT_OBJ;20\na;HEARTBEAT;1\na;LEFT_OBJ;10\n";
        let found = parse(log, &mapping).unwrap();
        let told: Vec<_> = found
            .iter()
            .map(|h| (h.start, h.camera.as_str(), h.kind.as_str()))
            .collect();
        assert_eq!(
            told,
            [(8.0, "a", "abandoned object"), (18.0, "b", "abandoned object")]
        );
    }

    #[test]
    fn faults_are_told_with_their_line() {
        let mapping = mapping("time = \"t\"\nend = \"e\"");
        for (log, line, says) in [
            ("", 1, "empty"),
            ("x,e\n1,2", 1, "no column `t`"),
            ("t,e\n1,2\nsoon,", 3, "no time"),
            ("t,e\n5,4", 2, "ends before"),
            ("t,e\n5,\n2024-07-26 18:00:00,", 3, "another kind"),
            ("t,e\n\"5,4", 2, "never closed"),
        ] {
            let (found, what) = parse(log, &mapping).unwrap_err();
            assert!(found == line && what.contains(says), "{log:?}: {found} {what}");
        }
    }

    #[test]
    fn an_end_is_set_right_with_its_start_and_is_the_start_where_none_is_written() {
        let mapping = mapping("time = \"t\"\nend = \"e\"\nperson = \"p\"\nclock_offset_seconds = 3");
        let found = parse("t,e,p\n10,14,\n20,20,17\n30,,", &mapping).unwrap();
        let told: Vec<_> = found
            .iter()
            .map(|h| (h.start, h.end, h.person.as_deref()))
            .collect();
        assert_eq!(
            told,
            [(13.0, 17.0, None), (23.0, 23.0, Some("17")), (33.0, 33.0, None)]
        );
    }

    #[test]
    fn a_file_is_read_and_its_faults_are_told_with_its_name() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/claims/alerts");
        let rules = Rules::read(&folder.join("rules.toml")).unwrap();
        let events = read(&folder.join("events.csv"), &rules.events).unwrap();
        let lasted: Vec<_> = events
            .iter()
            .map(|h| (h.camera.as_str(), h.end - h.start))
            .collect();
        assert_eq!(
            lasted,
            [("north", 25.0), ("south", 32.0), ("south", 9.0), ("north", 28.0)]
        );
        // Nine lines, of which one is a heartbeat.
        assert_eq!(read(&folder.join("alerts.csv"), &rules.alerts).unwrap().len(), 8);
        let says = |found: Result<Vec<LoggedInterval>, LogError>| found.unwrap_err().to_string();
        let wrong = says(read(&folder.join("events.csv"), &rules.alerts));
        assert!(
            wrong.contains("events.csv, line 1: there is no column"),
            "{wrong}"
        );
        let absent = says(read(&folder.join("absent.csv"), &rules.alerts));
        assert!(
            absent.contains("cannot read") && absent.contains("absent.csv"),
            "{absent}"
        );
    }
}
