//! Attributes of a process under Linux: set, and asked of the kernel again.

use rustix::process::{DumpableBehavior, Resource, Rlimit};

/// See [`super::harden`].
pub(crate) fn harden() {
    // A child may set its own limit to one byte, which keeps a handler of core files (`|` in core_pattern) from being called:
    // such a handler is not bound by a limit of none. This process needs no such rule, since it is not dumpable.
    let none = Rlimit {
        current: Some(0),
        maximum: Some(1),
    };
    let _told_by_enforced = rustix::process::setrlimit(Resource::Core, none);
    let _told_by_enforced = rustix::process::set_dumpable_behavior(DumpableBehavior::NotDumpable);
    let _told_by_enforced = rustix::thread::set_no_new_privs(true);
}

/// Whether there are no core files, no looks from outside, no new privileges, and a filter of calls.
pub(crate) fn attributes() -> (bool, bool, bool, bool) {
    let core = rustix::process::getrlimit(Resource::Core).current == Some(0);
    let closed =
        rustix::process::dumpable_behavior().is_ok_and(|found| found == DumpableBehavior::NotDumpable);
    let bound = rustix::thread::no_new_privs().unwrap_or(false);
    (core, closed, bound, super::calls::filtered())
}

/// Threads of this process.
pub(crate) fn threads() -> u64 {
    // A system that does not tell has one thread that we know of.
    std::fs::read_dir("/proc/self/task").map_or(1, |tasks| tasks.count() as u64)
}
