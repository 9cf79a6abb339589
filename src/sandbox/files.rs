//! Landlock: the files that a thread, and whatever it starts, may open. In: rules. Out: the kernel's answer. Only what opens
//! a file afterwards is held to them: what is open already stays open.

use super::Rules;
use super::linux::threads;
use super::state::{DECODER_FILES, FILES, FileRules, THREADS_OUTSIDE, WITHOUT_FILES};
use landlock::{
    ABI, Access, AccessFs, AccessNet, BitFlags, CompatLevel, Compatible, PathBeneath, RestrictSelfAttr,
    RestrictionStatus, Ruleset, RulesetAttr, RulesetCreated, RulesetCreatedAttr, RulesetError, RulesetStatus,
    Scope, path_beneath_rules,
};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

/// Rules about files are whole from here on (Linux 6.2); what came later is asked for where there is it.
const FILE_RULES: ABI = ABI::V3;

/// Where programs and libraries lie, and what they read when they start.
const SYSTEM: &[&str] = &[
    "/usr",
    "/bin",
    "/sbin",
    "/lib",
    "/lib32",
    "/lib64",
    "/opt",
    "/nix/store",
    "/gnu/store",
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/ld.so.preload",
    "/etc/alternatives",
    "/etc/localtime",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/sys/vm/overcommit_memory",
    "/sys/devices/system",
    "/sys/fs/cgroup",
    "/dev/urandom",
    "/dev/random",
    "/dev/zero",
];

fn reading() -> BitFlags<AccessFs> {
    AccessFs::from_read(FILE_RULES)
}

/// All that a rule can be about: what no rule allows is refused.
fn nothing_allowed() -> Result<RulesetCreated, RulesetError> {
    Ruleset::default()
        .set_compatibility(CompatLevel::HardRequirement)
        .handle_access(AccessFs::from_all(FILE_RULES))?
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(ABI::V7))?
        .handle_access(AccessNet::from_all(ABI::V7))?
        .scope(Scope::from_all(ABI::V7))?
        .create()
}

/// As [`nothing_allowed`], where the kernel lacks a rule about files.
fn little_allowed() -> Result<RulesetCreated, RulesetError> {
    Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(ABI::V7))?
        .create()
}

/// Out: rules to be filled, and what they are worth once a thread is held to them.
fn begun() -> Option<(RulesetCreated, FileRules)> {
    match nothing_allowed() {
        Ok(rules) => Some((rules, FileRules::Enforced)),
        Err(_too_old) => Some((little_allowed().ok()?, FileRules::Partly)),
    }
}

fn with_system(rules: RulesetCreated, more: &[PathBuf]) -> Result<RulesetCreated, RulesetError> {
    rules
        .add_rules(path_beneath_rules(SYSTEM, reading()))?
        .add_rules(path_beneath_rules(more, reading()))?
        // Nothing is kept there.
        .add_rules(path_beneath_rules(
            ["/dev/null"],
            AccessFs::ReadFile | AccessFs::WriteFile,
        ))
}

fn held(status: &Result<RestrictionStatus, RulesetError>, worth: FileRules) -> FileRules {
    match status {
        Ok(status) if status.ruleset != RulesetStatus::NotEnforced => worth,
        _ => FileRules::NotEnforced,
    }
}

/// See [`super::confine`].
pub(crate) fn confine(rules: &Rules) {
    let Some((created, worth)) = begun() else {
        FILES.store(FileRules::NotEnforced as u8, Ordering::SeqCst);
        return;
    };
    // What it asks of itself: its threads, its file handles, its own program.
    let own = [rules.read.as_slice(), &[PathBuf::from("/proc/self")]].concat();
    let status = with_system(created, &own)
        .and_then(|created| {
            // A run that fails takes its own empty folder away.
            let above = rules.write.iter().filter_map(|folder| parent(folder));
            created
                .add_rules(path_beneath_rules(
                    &rules.write,
                    AccessFs::from_all(FILE_RULES) & !AccessFs::Execute,
                ))?
                .add_rules(path_beneath_rules(above, AccessFs::RemoveDir | AccessFs::ReadDir))
        })
        .and_then(|created| {
            created
                .set_compatibility(CompatLevel::BestEffort)
                .all_threads(true)
        })
        .and_then(RulesetCreated::restrict_self);
    FILES.store(held(&status, worth) as u8, Ordering::SeqCst);
    if !status.is_ok_and(|status| status.all_threads) {
        let known = 1 + WITHOUT_FILES.load(Ordering::SeqCst);
        THREADS_OUTSIDE.store(threads().saturating_sub(known), Ordering::SeqCst);
    }
}

fn parent(folder: &Path) -> Option<PathBuf> {
    let whole = std::path::absolute(folder).ok()?;
    whole.parent().map(Path::to_owned)
}

/// Takes all files from the calling thread, and from threads that it starts.
pub(crate) fn take_all() {
    let status = begun().map(|(created, worth)| held(&created.restrict_self(), worth));
    if status == Some(FileRules::Enforced) {
        WITHOUT_FILES.fetch_add(1, Ordering::SeqCst);
    }
}

/// Leaves the calling thread, and the program that it starts, the system's programs and libraries, the `folders` of the program
/// itself, and one file: `input` to be read, or `output` to be written.
pub(crate) fn confine_decoder(folders: &[PathBuf], input: Option<&File>, output: Option<&File>) {
    let confined = || -> Option<FileRules> {
        let (created, worth) = begun()?;
        let mut created = with_system(created, folders).ok()?;
        if let Some(input) = input {
            created = created
                .add_rule(PathBeneath::new(input, AccessFs::ReadFile))
                .ok()?;
        }
        if let Some(output) = output {
            let write = AccessFs::ReadFile | AccessFs::WriteFile | AccessFs::Truncate;
            created = created.add_rule(PathBeneath::new(output, write)).ok()?;
        }
        Some(held(&created.restrict_self(), worth))
    };
    let found = confined().unwrap_or(FileRules::NotEnforced);
    DECODER_FILES.fetch_min(found as u8, Ordering::SeqCst);
}
