//! seccomp: the system calls that a process may no longer make. In: who asks. Out: whether the kernel took the filter. Calls
//! are refused with "not permitted": what is refused here has no use in this program.

use super::state::DECODERS_WITH_CALLS;
use libc::c_long;
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
    TargetArch,
};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

/// Refused to this process and to its decoders: ways to other machines and other processes, to keys, to the tree of files,
/// to the kernel.
const REFUSED: &[c_long] = &[
    libc::SYS_socket,
    libc::SYS_connect,
    libc::SYS_bind,
    libc::SYS_listen,
    libc::SYS_accept,
    libc::SYS_accept4,
    // By which sockets could be made without a call of their own.
    libc::SYS_io_uring_setup,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_process_madvise,
    libc::SYS_pidfd_getfd,
    libc::SYS_kcmp,
    libc::SYS_add_key,
    libc::SYS_request_key,
    libc::SYS_keyctl,
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_pivot_root,
    libc::SYS_chroot,
    libc::SYS_move_mount,
    libc::SYS_open_tree,
    libc::SYS_fsopen,
    libc::SYS_fsconfig,
    libc::SYS_fsmount,
    libc::SYS_fspick,
    libc::SYS_mount_setattr,
    libc::SYS_open_by_handle_at,
    libc::SYS_unshare,
    libc::SYS_setns,
    libc::SYS_bpf,
    libc::SYS_perf_event_open,
    libc::SYS_userfaultfd,
    libc::SYS_init_module,
    libc::SYS_finit_module,
    libc::SYS_delete_module,
    libc::SYS_kexec_load,
    libc::SYS_kexec_file_load,
    libc::SYS_reboot,
    libc::SYS_swapon,
    libc::SYS_swapoff,
    libc::SYS_settimeofday,
    libc::SYS_clock_settime,
    libc::SYS_clock_adjtime,
    libc::SYS_syslog,
    libc::SYS_acct,
    libc::SYS_quotactl,
    libc::SYS_fanotify_init,
];

/// Refused to decoders too: whatever makes, changes, renames or removes files by name, or ends other processes.
const REFUSED_TO_DECODERS: &[c_long] = &[
    libc::SYS_unlinkat,
    libc::SYS_renameat2,
    libc::SYS_mkdirat,
    libc::SYS_linkat,
    libc::SYS_symlinkat,
    libc::SYS_mknodat,
    libc::SYS_truncate,
    libc::SYS_fchmod,
    libc::SYS_fchmodat,
    libc::SYS_fchown,
    libc::SYS_fchownat,
    libc::SYS_utimensat,
    libc::SYS_setxattr,
    libc::SYS_lsetxattr,
    libc::SYS_fsetxattr,
    libc::SYS_kill,
    libc::SYS_openat2,
    libc::SYS_memfd_create,
];

/// Older calls of the same, which younger processors do not have.
#[cfg(target_arch = "x86_64")]
const OLDER: &[c_long] = &[
    libc::SYS_unlink,
    libc::SYS_rename,
    libc::SYS_renameat,
    libc::SYS_mkdir,
    libc::SYS_rmdir,
    libc::SYS_link,
    libc::SYS_symlink,
    libc::SYS_mknod,
    libc::SYS_creat,
    libc::SYS_chmod,
    libc::SYS_chown,
    libc::SYS_lchown,
    libc::SYS_utime,
    libc::SYS_utimes,
    libc::SYS_futimesat,
];
#[cfg(not(target_arch = "x86_64"))]
const OLDER: &[c_long] = &[];

/// A second numbering of the same calls (x32), which some kernels understand.
#[cfg(target_arch = "x86_64")]
const SECOND_NUMBERING: &[c_long] = &[0, 0x4000_0000];
#[cfg(not(target_arch = "x86_64"))]
const SECOND_NUMBERING: &[c_long] = &[0];

static FILTERED: AtomicBool = AtomicBool::new(false);

/// Whether [`confine`] succeeded.
pub(crate) fn filtered() -> bool {
    FILTERED.load(Ordering::SeqCst)
}

/// Filters the calls of all threads of this process.
pub(crate) fn confine() {
    let applied = program(REFUSED.iter().copied(), false)
        .is_some_and(|program| seccompiler::apply_filter_all_threads(&program).is_ok());
    FILTERED.store(applied, Ordering::SeqCst);
}

/// Filters the calls of the calling thread, and of the decoder that it starts. `writes`: it may open a file to write.
pub(crate) fn confine_decoder(writes: bool) {
    let all = REFUSED.iter().chain(REFUSED_TO_DECODERS).chain(OLDER);
    let applied =
        program(all.copied(), !writes).is_some_and(|program| seccompiler::apply_filter(&program).is_ok());
    if !applied {
        DECODERS_WITH_CALLS.fetch_add(1, Ordering::SeqCst);
    }
}

/// None: for a processor that the crate does not know.
fn program(refused: impl Iterator<Item = c_long>, refuse_writes: bool) -> Option<BpfProgram> {
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> = BTreeMap::new();
    for call in refused {
        for numbering in SECOND_NUMBERING {
            rules.insert(call + numbering, Vec::new());
        }
    }
    for numbering in SECOND_NUMBERING {
        rules.insert(libc::SYS_socketpair + numbering, other_than_own_pair()?);
    }
    if refuse_writes {
        for numbering in SECOND_NUMBERING {
            rules.insert(libc::SYS_openat + numbering, opens_to_write(2)?);
            #[cfg(target_arch = "x86_64")]
            rules.insert(libc::SYS_open + numbering, opens_to_write(1)?);
        }
    }
    let not_permitted = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    let arch: TargetArch = std::env::consts::ARCH.try_into().ok()?;
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, not_permitted, arch).ok()?;
    filter.try_into().ok()
}

/// A pair of sockets that are joined to each other reaches nobody: the standard library makes one to start a program.
fn other_than_own_pair() -> Option<Vec<SeccompRule>> {
    let family = u64::from(libc::AF_UNIX.unsigned_abs());
    let other = SeccompCondition::new(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Ne, family).ok()?;
    Some(vec![SeccompRule::new(vec![other]).ok()?])
}

/// Any of the flags that ask for more than reading, in the argument of this number.
fn opens_to_write(argument: u8) -> Option<Vec<SeccompRule>> {
    [libc::O_WRONLY, libc::O_RDWR, libc::O_CREAT, libc::O_TRUNC]
        .into_iter()
        .map(|flag| {
            let flag = u64::from(flag.unsigned_abs());
            let set = SeccompCmpOp::MaskedEq(flag);
            let asked = SeccompCondition::new(argument, SeccompCmpArgLen::Dword, set, flag).ok()?;
            SeccompRule::new(vec![asked]).ok()
        })
        .collect()
}
