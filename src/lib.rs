//! `vsa-audit`: what an algorithmic video-surveillance system (VSA) could extract from camera footage,
//! measured on the user's own machine, in a report that keeps nobody's identity.
//!
//! # The five verbs
//!
//! [`observe()`] looks at footage, [`audit()`] asks its questions of what was measured, [`render()`] draws the report,
//! [`seal()`] signs the folder of results, [`verify()`] checks it; [`publish()`] is the step from an observation to a folder.
//! The command line calls these six, and so can any program:
//!
//! ```no_run
//! use std::path::Path;
//! use vsa_audit::base::environment::{self, Environment};
//! use vsa_audit::base::folder::OutputFolder;
//! use vsa_audit::custody::{bundle::Bundle, secret_key::SecretKey};
//! use vsa_audit::plan::{Means, VideoDecoder, WrittenFootage, WrittenPlan};
//! use vsa_audit::record::json;
//! use vsa_audit::room::Unwatched;
//! use vsa_audit::supply::{self, ModelRegistry, Store, StoreOptions};
//! use vsa_audit::{Beside, verbs::Clock};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // The models of the set `core`: fetched once by the machine's own package clients, held to their digests.
//! let environment = Environment::new(None);
//! let store = Store::open(&StoreOptions::from_variables(false, environment.stop_flag())?);
//! let models = store.obtain_models(&ModelRegistry::builtin()?.set("default")?, &mut supply::Unwatched)?;
//!
//! // What is asked for is checked as a whole before a frame is decoded.
//! let written = WrittenPlan {
//!     footage: vec![WrittenFootage { path: "hall.mp4".into(), label: None, sequence_fps: None }],
//!     ..WrittenPlan::default()
//! };
//! let plan = written.check(Means::new(models, VideoDecoder::Ffmpeg("ffmpeg".into())))?;
//!
//! // Footage in; a folder with record, report, log and manifest out, whole or not at all.
//! let folder = OutputFolder::prepare(Path::new("exhibit"), false)?;
//! let (clock, beside) = (Clock::start(), Beside::default());
//! let observation = vsa_audit::observe(&plan, &environment, &mut Unwatched)?;
//! let published = vsa_audit::publish(observation, &beside, &clock, &folder)?;
//! let beside = Beside { confinement: published.run.confinement, ..beside };
//!
//! // From here on no footage is needed: the record is read back, audited and drawn, to the same bytes.
//! let record = json::read_record(&std::fs::read("exhibit/record.json")?)?;
//! let report = vsa_audit::render(&record, &vsa_audit::audit(&record), &beside)?;
//! assert_eq!(report.files[2].bytes, std::fs::read("exhibit/report.html")?);
//!
//! // Sealed with a key, and verified as the other side would, with the public half of it.
//! let key = SecretKey::from_random(environment::random()?);
//! vsa_audit::seal(Path::new("exhibit"), &key)?;
//! let bundle = Bundle::read(Path::new("exhibit"))?;
//! assert!(vsa_audit::verify(&bundle, &key.public(None), environment::now(), &[]).holds);
//! # Ok(())
//! # }
//! ```
//!
//! [`verbs`] tells their shapes; `examples/` has a program for each: `cargo run --example audit`.
//!
//! # The map
//!
//! The house has a crate for each room, in the folder of its name below `src`; what may lean on
//! what is a line in each one's `Cargo.toml`, so that a circle between crates cannot be written. From the ground up:
//!
//! | crate | what comes in → what goes out | leans on |
//! |---|---|---|
//! | [`base`] | bytes, the process → digests, folders that are whole or absent, the clock and the machine | nothing |
//! | [`statistics`] | counts → intervals, draws, assignments; the one generator and the register of its streams | nothing |
//! | [`record`] | all that may leave the room: counts, histograms, estimates with intervals, caveats | base, statistics |
//! | [`audits`] | a record → findings, one question each | record, statistics |
//! | [`plan`] | what a user wrote → a checked plan, a scene | base, record, audits |
//! | [`custody`] | bytes → digests, log, manifest, seal, verification | base, record, plan |
//! | [`claims`] | a vendor's sentence and evidence → supported, refuted, inconclusive or untestable | base, record, audits, statistics |
//! | [`supply`] | a name in a registry → a model, sample or tool file whose digest is right | base, plan |
//! | [`report`] | record and findings → one document → JSON, HTML and PDF | record, audits, claims, custody, plan, supply |
//! | [`engine`] | a picture → tensors | base, record, plan |
//! | [`scoring`] | labels and detections → scores | base, record, plan, statistics |
//! | [`sandbox`] | files to be read and a folder to be written → a process, and decoders, that the kernel lets open nothing else | nothing |
//! | [`room`] | **the room**: footage and models → a [`record::Record`]. Pixels and persons exist only there | base, record, plan, statistics, engine, scoring, sandbox |
//! | [`verbs`] | the five verbs, as functions: what the command line calls | all |
//! | [`cli`] | talk with the user; the only place that prints | all |
//!
//! # Invariants
//!
//! - Pixels and persons exist only in [`room`]. Its one ordinary door is [`room::observe`]. Nothing but this package may depend
//!   on it (held by cargo-deny), and none of its direct dependencies can serialise.
//! - Every output byte is drawn from a [`record::disclosure::Disclosable`] value. The two exceptions are pictures: of a
//!   place without people ([`room::preview()`]), which `scene preview` writes for whoever draws zones on it; and of frames
//!   in which everybody found is masked ([`room::RedactedFrame`], the one kind of pixel that may leave), which `redact`
//!   films and of which `audit --stills` and `sample` show a few.
//! - Audits are pure functions of the record. A report format computes nothing.
//! - Counts are summed; ratios are derived once, last.
//! - No evidence is never a pass, and never a number.
//! - Every number carries unit, interval, method and sample size. Every caveat is in the record.
//! - Time and the machine come only through [`base::environment`].
//! - Same inputs, same bytes, whatever the number of threads.
//! - Before footage is opened the program gives up core files, sockets and all files that it does not need ([`sandbox`]), as far as
//!   the kernel enforces it, and says how far, in the report. Its decoders see one file each.
//! - The program holds no network code: files are fetched by the user's own package clients, run by [`supply`].

pub mod cli;
pub mod verbs;

pub use vsa_audits as audits;
pub use vsa_base as base;
pub use vsa_claims as claims;
pub use vsa_custody as custody;
pub use vsa_engine as engine;
pub use vsa_plan as plan;
pub use vsa_record as record;
pub use vsa_report as report;
pub use vsa_room as room;
pub use vsa_sandbox as sandbox;
pub use vsa_scoring as scoring;
pub use vsa_statistics as statistics;
pub use vsa_supply as supply;

pub use verbs::{Beside, audit, observe, publish, render, seal, verify};
