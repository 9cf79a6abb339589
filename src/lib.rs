//! `vsa-audit`: what an algorithmic video-surveillance system (VSA) could extract from camera footage,
//! measured on the user's own machine, in a report that keeps nobody's identity.
//!
//! This page is the architecture. The stages, in order:
//!
//! | module | what comes in → what goes out |
//! |---|---|
//! | [`supply`] | a name in a registry → a model, sample or tool file whose digest is right |
//! | [`observe`] | **the room**: footage and models → a [`record::Record`]. Pixels and persons exist only there |
//! | [`record`] | all that may leave the room: counts, histograms, estimates with intervals, caveats |
//! | [`audits`] | a record → findings, one question per file |
//! | [`claims`] | a vendor's sentence and evidence → supported, refuted, inconclusive or untestable |
//! | [`report`] | record and findings → one document → JSON and HTML |
//! | [`language`] | which languages a report can be written in |
//! | [`custody`] | bytes → digests, log, manifest, seal, verification |
//! | [`environment`] | the only source of clock, host facts, thread count, random bytes for keys, and the wish to stop |
//! | [`cli`] | talk with the user; the only place that prints or writes an output folder |
//!
//! # Invariants
//!
//! - Pixels and persons exist only under `observe`. Its one ordinary door is [`observe::observe`].
//! - Every output byte is drawn from a [`record::disclosure::Disclosable`] value. The two exceptions are pictures: of a
//!   place without people ([`observe::preview()`]), which `scene preview` writes for whoever draws zones on it; and of frames
//!   in which everybody found is masked ([`observe::RedactedFrame`], the one kind of pixel that may leave), which `redact`
//!   films and of which `audit --stills` and `sample` show a few.
//! - Audits are pure functions of the record. A report format computes nothing.
//! - Counts are summed; ratios are derived once, last.
//! - No evidence is never a pass, and never a number.
//! - Every number carries unit, interval, method and sample size. Every caveat is in the record.
//! - Time and the machine come only through `environment`.
//! - Same inputs, same bytes, whatever the number of threads.
//! - The program holds no network code: files are fetched by the user's own package clients, run by `supply`.

#[cfg(test)]
mod allocations;
pub mod audits;
pub mod claims;
pub mod cli;
pub mod custody;
pub mod environment;
pub mod language;
pub mod observe;
pub mod record;
pub mod report;
pub mod supply;
