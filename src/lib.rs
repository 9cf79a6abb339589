//! `vsa-audit`: what an algorithmic video-surveillance system (VSA) could extract from camera footage,
//! measured on the user's own machine, in a report that keeps nobody's identity.
//!
//! This page is the architecture. The house has a crate for each room, in the folder of its name below `src`; what may lean on
//! what is a line in each one's `Cargo.toml`, so that a circle between crates cannot be written. From the ground up:
//!
//! | crate | what comes in → what goes out | leans on |
//! |---|---|---|
//! | [`base`] | bytes, the process → digests, folders that are whole or absent, the clock and the machine | nothing |
//! | [`record`] | all that may leave the room: counts, histograms, estimates with intervals, caveats | base |
//! | [`audits`] | a record → findings, one question each | record |
//! | [`plan`] | what a user wrote → a checked plan, a scene | record, audits |
//! | [`custody`] | bytes → digests, log, manifest, seal, verification | base, record, plan |
//! | [`claims`] | a vendor's sentence and evidence → supported, refuted, inconclusive or untestable | record, audits |
//! | [`supply`] | a name in a registry → a model, sample or tool file whose digest is right | base, plan |
//! | [`report`] | record and findings → one document → JSON, HTML and PDF | record, audits, claims, custody, plan, supply |
//! | [`engine`] | a picture → tensors | base, record, plan |
//! | [`scoring`] | labels and detections → scores | base, record, plan |
//! | [`room`] | **the room**: footage and models → a [`record::Record`]. Pixels and persons exist only there | base, record, plan, engine, scoring |
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
//! - The program holds no network code: files are fetched by the user's own package clients, run by [`supply`].

pub mod cli;

pub use vsa_audits as audits;
pub use vsa_base as base;
pub use vsa_claims as claims;
pub use vsa_custody as custody;
pub use vsa_engine as engine;
pub use vsa_plan as plan;
pub use vsa_record as record;
pub use vsa_report as report;
pub use vsa_room as room;
pub use vsa_scoring as scoring;
pub use vsa_supply as supply;
