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
