//! The chain of custody of a run: what is digested before and after observing, the log, and the manifest over everything.
//! In: a checked plan, the record, the outputs, who acted. Out: `custody.jsonl` and `manifest.json`, in memory.

use crate::log;
use crate::log::{Action, Log};
use crate::manifest;
use crate::manifest::{Entry, Manifest, Role};
use std::collections::BTreeMap;
use vsa_base::digest;
use vsa_base::environment;
use vsa_plan::{Plan, VideoDecoder};
use vsa_record::Record;
use vsa_record::json::JsonError;

/// Why there is no chain of custody.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ChainError {
    /// The program cannot be digested.
    #[error("cannot read the program's own file, whose digest belongs to the evidence: {0}")]
    OwnProgram(std::io::Error),
    /// Footage was another file afterwards.
    #[error("the footage `{label}` was changed while it was looked at: keep it still and run again")]
    FootageChanged {
        /// Its label.
        label: String,
    },
    /// Log or manifest cannot be written.
    #[error("the result cannot be written as JSON: {0}; this is an error of vsa-audit, please report it")]
    Json(#[from] JsonError),
}

/// What is known before any frame is decoded.
#[derive(Debug)]
pub struct Chain {
    acquired: String,
    verified: String,
    /// Digests of footage that is one file, by label, as first read.
    footage: BTreeMap<String, String>,
    /// Models, decoder and program.
    means: Vec<Entry>,
}

impl Chain {
    /// Digests the footage, and what it will be looked at with.
    ///
    /// # Errors
    /// [`ChainError::OwnProgram`]. Footage that cannot be read is named when it is opened.
    pub fn begin(plan: &Plan) -> Result<Self, ChainError> {
        std::thread::scope(|scope| {
            // As large as the models together, and digested beside them.
            let own = scope.spawn(environment::own_program);
            let mut footage = BTreeMap::new();
            for item in plan.footage.iter().filter(|item| item.path.is_file()) {
                // A file that cannot be read is named, with what to do about it, when it is opened to be looked at.
                if let Ok((sha256, _)) = digest::of_file(&item.path) {
                    footage.insert(item.label.clone(), sha256);
                }
            }
            let acquired = environment::now_rfc3339();
            let mut means = Vec::new();
            for model in plan.models.iter().chain(&plan.second_detectors) {
                if let Ok((sha256, bytes)) = digest::of_file(&model.path) {
                    means.push(entry(Role::Model, &model.name, sha256, bytes));
                }
                if let Some(weights) = &model.weights
                    && let Ok((sha256, bytes)) = digest::of_file(&weights.path)
                {
                    let name = format!("{} (weights)", model.name);
                    means.push(entry(Role::Model, &name, sha256, bytes));
                }
            }
            if let VideoDecoder::Ffmpeg(path) = &plan.decoder
                && let Ok((sha256, bytes)) = digest::of_file(path)
            {
                means.push(entry(Role::Decoder, "ffmpeg", sha256, bytes));
            }
            let own = own
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            let (sha256, bytes) = own.map_err(ChainError::OwnProgram)?;
            means.push(entry(Role::Tool, &vsa_base::program(), sha256, bytes));
            Ok(Self {
                acquired,
                verified: environment::now_rfc3339(),
                footage,
                means,
            })
        })
    }

    /// The footage's files were still the same when they were looked at.
    ///
    /// # Errors
    /// [`ChainError::FootageChanged`].
    pub fn check(&self, record: &Record) -> Result<(), ChainError> {
        for item in &record.items {
            if item.kind == vsa_record::facts::ItemKind::Video
                && self
                    .footage
                    .get(&item.label)
                    .is_some_and(|acquired| *acquired != item.sha256)
            {
                return Err(ChainError::FootageChanged {
                    label: item.label.clone(),
                });
            }
        }
        Ok(())
    }

    /// Log and manifest over these outputs (name, bytes). `actor`: who acted, as [`Case::actor`](crate::case::Case::actor) says.
    /// `processed` and `rendered` are the times at which that ended.
    ///
    /// # Errors
    /// [`ChainError::FootageChanged`], [`ChainError::Json`].
    pub fn end(
        self,
        actor: &str,
        record: &Record,
        [processed, rendered]: [&str; 2],
        outputs: &[(&str, &[u8])],
    ) -> Result<[(&'static str, Vec<u8>); 2], ChainError> {
        self.check(record)?;
        let mut entries: Vec<Entry> = record
            .items
            .iter()
            .map(|item| entry(Role::Input, &item.label, item.sha256.clone(), item.bytes))
            .collect();
        let engine = &record.engine;
        for library in &engine.libraries {
            let name = format!("{} {}: {}", engine.name, engine.version, library.name);
            entries.push(entry(Role::Engine, &name, library.sha256.clone(), library.bytes));
        }
        // Compiled in: the program's digest is the engine's.
        if let Some(tool) = self.means.iter().find(|entry| entry.role == Role::Tool)
            && engine.libraries.is_empty()
        {
            let name = format!("{} {}, compiled into the tool", engine.name, engine.version);
            entries.push(entry(Role::Engine, &name, tool.sha256.clone(), tool.bytes));
        }
        entries.extend(self.means);
        entries.extend(outputs.iter().map(|(name, bytes)| Entry::output(name, bytes)));
        // As the manifest writes them: the log uses the same addresses.
        let entries = Manifest::new(entries).entries;
        let of = |wanted: &dyn Fn(&Entry) -> bool| -> Vec<(String, String)> {
            entries
                .iter()
                .filter(|entry| wanted(entry))
                .map(|entry| (entry.address(), entry.sha256.clone()))
                .collect()
        };
        let is_report = |entry: &Entry| entry.role == Role::Output && entry.name.starts_with("report.");
        let is_run = |entry: &Entry| {
            let beside = ["run.json", crate::case::FILE, vsa_record::bench::FILE];
            beside.contains(&entry.name.as_str())
        };
        let mut log = Log::default();
        for (action, time, digests) in [
            (Action::Acquired, &*self.acquired, of(&|e| e.role == Role::Input)),
            (
                Action::Verified,
                &*self.verified,
                of(&|e| !matches!(e.role, Role::Input | Role::Output)),
            ),
            (
                Action::Processed,
                processed,
                of(&|e| e.role == Role::Output && !is_report(e) && !is_run(e)),
            ),
            (Action::Rendered, rendered, of(&is_report)),
        ] {
            log.add(action, time, actor, digests)?;
        }
        let log_entry = Entry::output(log::FILE, log.as_bytes());
        let manifest = Manifest::new(entries).with_output(log_entry).to_bytes()?;
        Ok([(log::FILE, log.as_bytes().to_vec()), (manifest::FILE, manifest)])
    }
}

fn entry(role: Role, name: &str, sha256: String, bytes: u64) -> Entry {
    Entry {
        role,
        name: name.to_owned(),
        sha256,
        bytes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vsa_record::facts::{ItemKind, LibraryFacts};

    /// What is known before: a video `hall` and a picture `door`, each one file, and what they are looked at with.
    fn begun() -> Chain {
        let means = |role, name| entry(role, name, digest::of_bytes(name.as_bytes()), 1);
        let footage = ["hall", "door"].map(|label| (label.to_owned(), digest::of_bytes(label.as_bytes())));
        Chain {
            acquired: "2026-01-01T00:00:00Z".to_owned(),
            verified: "2026-01-01T00:00:01Z".to_owned(),
            footage: footage.into(),
            means: vec![
                means(Role::Model, "yolox"),
                means(Role::Decoder, "ffmpeg"),
                means(Role::Tool, "vsa-audit 1"),
            ],
        }
    }

    /// The record of these items: label, kind, and that of which their digest is.
    fn record(items: &[(&str, ItemKind, &str)]) -> Record {
        let sample = include_bytes!("../../samples/record.json");
        let mut record = vsa_record::json::read_record(sample).unwrap();
        let model = record.items[0].clone();
        let of = |&(label, kind, content): &(&str, ItemKind, &str)| vsa_record::ItemFacts {
            label: label.to_owned(),
            kind,
            sha256: digest::of_bytes(content.as_bytes()),
            bytes: 7,
            ..model.clone()
        };
        record.items = items.iter().map(of).collect();
        record.engine.name = "tract".to_owned();
        record.engine.version = "2".to_owned();
        record.engine.libraries = Vec::new();
        record
    }

    /// The log's lines (action, time, addresses) and the manifest's entries (address, digest) after a run.
    type Ended = (Vec<(Action, String, Vec<String>)>, BTreeMap<String, String>);

    fn ended(record: &Record) -> Ended {
        let outputs = [
            "record.json",
            "report.html",
            "report.json",
            "run.json",
            "case.json",
            "bench.json",
            "people-tracks-item-1.txt",
        ];
        let outputs = outputs.map(|name| (name, name.as_bytes()));
        let times = ["2026-01-01T00:00:05Z", "2026-01-01T00:00:06Z"];
        let [(log_name, log), (manifest_name, manifest)] =
            begun().end("M. Expert", record, times, &outputs).unwrap();
        assert_eq!((log_name, manifest_name), ("custody.jsonl", "manifest.json"));
        let manifest = manifest::read(&manifest).unwrap();
        assert_eq!(manifest::root(&manifest.entries), manifest.merkle_root);
        let digests: BTreeMap<_, _> = manifest
            .entries
            .iter()
            .map(|entry| (entry.address(), entry.sha256.clone()))
            .collect();
        assert_eq!(digests["output/custody.jsonl"], digest::of_bytes(&log));
        let mut lines = Vec::new();
        for line in log::read(&log).unwrap() {
            assert_eq!(line.actor, "M. Expert");
            for (address, sha256) in &line.digests {
                assert_eq!(digests.get(address), Some(sha256), "{address}");
            }
            lines.push((line.action, line.time, line.digests.into_keys().collect()));
        }
        (lines, digests)
    }

    #[test]
    fn each_step_of_a_run_is_logged_with_what_it_was_done_to() {
        let items = [
            ("hall", ItemKind::Video, "hall"),
            ("street", ItemKind::ImageSequence, "street"),
        ];
        let (lines, digests) = ended(&record(&items));
        let line = |action, second: u8, addresses: &[&str]| {
            let addresses: Vec<_> = addresses.iter().map(|address| (*address).to_owned()).collect();
            (action, format!("2026-01-01T00:00:0{second}Z"), addresses)
        };
        let means = [
            "decoder/ffmpeg",
            "engine/tract 2, compiled into the tool",
            "model/yolox",
            "tool/vsa-audit 1",
        ];
        let expected = [
            line(Action::Acquired, 0, &["input/hall", "input/street"]),
            line(Action::Verified, 1, &means),
            line(
                Action::Processed,
                5,
                &["output/people-tracks-item-1.txt", "output/record.json"],
            ),
            line(Action::Rendered, 6, &["output/report.html", "output/report.json"]),
        ];
        assert_eq!(lines, expected);
        // The log names itself nowhere, and what tells of the run is no result of it.
        let unnamed =
            ["bench.json", "case.json", "custody.jsonl", "run.json"].map(|name| format!("output/{name}"));
        let named = expected.into_iter().flat_map(|(_, _, addresses)| addresses);
        let mut all: Vec<_> = named.chain(unnamed).collect();
        all.sort();
        assert_eq!(digests.keys().cloned().collect::<Vec<_>>(), all);
    }

    #[test]
    fn an_engine_is_the_program_or_the_libraries_that_it_loaded() {
        let engines = |record: &Record| -> Vec<(String, String)> {
            let (_, digests) = ended(record);
            let engines = digests
                .into_iter()
                .filter(|(address, _)| address.starts_with("engine/"));
            engines.collect()
        };
        let mut record = record(&[("hall", ItemKind::Video, "hall")]);
        let compiled_in = "engine/tract 2, compiled into the tool".to_owned();
        assert_eq!(
            engines(&record),
            [(compiled_in, digest::of_bytes(b"vsa-audit 1"))]
        );
        record.engine.libraries = vec![LibraryFacts {
            name: "libonnx.so".to_owned(),
            sha256: digest::of_bytes(b"library"),
            bytes: 9,
        }];
        let library = "engine/tract 2: libonnx.so".to_owned();
        assert_eq!(engines(&record), [(library, digest::of_bytes(b"library"))]);
    }

    #[test]
    fn a_video_that_was_changed_while_it_was_looked_at_ends_the_run() {
        let changed = record(&[
            ("yard", ItemKind::Video, "yard"),
            ("hall", ItemKind::Video, "changed"),
        ]);
        let found = begun().check(&changed).unwrap_err();
        assert!(
            matches!(&found, ChainError::FootageChanged { label } if label == "hall"),
            "{found}"
        );
        assert!(begun().end("x", &changed, ["", ""], &[]).is_err());
        // The digest of pictures is that of a list, never that of a file.
        let pictures = record(&[
            ("hall", ItemKind::Video, "hall"),
            ("door", ItemKind::Stills, "a list of digests"),
        ]);
        begun().check(&pictures).unwrap();
    }
}
