//! A decoder's command in, a running child out that can open one file, and that file through what it was handed: its name
//! stands on no command line. Before it runs, it has lost its environment, its sockets and all other files.
//!
//! Landlock and seccomp hold a thread and what it starts: so a thread is made for each child, which gives up what the child
//! shall not have and then starts it. No code runs between fork and exec.

use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// What a child may have.
#[derive(Debug, Default)]
pub struct ChildRules {
    /// What it reads, as its standard input, and as a file that it can open again (`/dev/fd/0`).
    pub input: Option<File>,
    /// What it writes, as its standard output, and as a file that it can open again (`/dev/fd/1`).
    pub output: Option<File>,
    /// Bytes of address space; none: no limit.
    pub memory: Option<u64>,
    /// Seconds of processor time; none: no limit.
    pub seconds: Option<u64>,
}

/// Variables that a program needs to find others and its libraries. No other is handed on.
const KEPT: &[&str] = &["PATH", "LD_LIBRARY_PATH"];

/// Starts `command` as `rules` say. Standard input and output are theirs, where they name a file.
///
/// # Errors
/// As [`Command::spawn`].
pub fn spawn(mut command: Command, rules: ChildRules) -> io::Result<Child> {
    let given: Vec<_> = command
        .get_envs()
        .filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned())))
        .collect();
    command.env_clear();
    let kept = KEPT
        .iter()
        .filter_map(|name| Some((std::ffi::OsString::from(name), std::env::var_os(name)?)));
    command.envs(kept).envs(given);
    // The handles that the child gets; ours stay for the rules about files.
    if let Some(input) = &rules.input {
        command.stdin(Stdio::from(input.try_clone()?));
    }
    if let Some(output) = &rules.output {
        command.stdout(Stdio::from(output.try_clone()?));
    }
    let folders = folders_of(&command);
    let child = std::thread::scope(|scope| {
        let confined = || {
            #[cfg(target_os = "linux")]
            {
                super::files::confine_decoder(&folders, rules.input.as_ref(), rules.output.as_ref());
                super::calls::confine_decoder(rules.output.is_some());
            }
            command.spawn()
        };
        let thread = std::thread::Builder::new().spawn_scoped(scope, confined)?;
        thread
            .join()
            .map_err(|_panicked| io::Error::other("the thread failed"))?
    })?;
    #[cfg(target_os = "linux")]
    limit(&child, &rules);
    Ok(child)
}

/// Where the program itself lies, by any name, and where its libraries are looked for: with a file that it can be started from.
fn folders_of(command: &Command) -> Vec<PathBuf> {
    let program = PathBuf::from(command.get_program());
    let mut found = Vec::new();
    if program.components().count() > 1 {
        let real = program.canonicalize().ok();
        for place in [Some(program), real].into_iter().flatten() {
            found.extend(place.parent().map(PathBuf::from));
        }
    } else if let Some(path) = std::env::var_os("PATH") {
        for place in std::env::split_paths(&path).map(|folder| folder.join(&program)) {
            if let Ok(real) = place.canonicalize() {
                found.extend([place, real]);
            }
        }
    }
    if let Some(libraries) = std::env::var_os("LD_LIBRARY_PATH") {
        found.extend(std::env::split_paths(&libraries));
    }
    found
}

/// Right after the start, long before it has loaded its libraries.
#[cfg(target_os = "linux")]
fn limit(child: &Child, rules: &ChildRules) {
    use super::state::DECODERS_WITHOUT_LIMITS;
    use rustix::process::{Pid, Resource, Rlimit, prlimit};
    let both = |most| Rlimit {
        current: Some(most),
        maximum: Some(most),
    };
    let pid = Pid::from_child(child);
    let sizes = rules.output.is_none().then_some(0);
    let wanted = [
        (Resource::As, rules.memory),
        (Resource::Cpu, rules.seconds),
        (Resource::Fsize, sizes),
        (Resource::Nofile, Some(64)),
    ];
    let set = |(resource, most): (Resource, Option<u64>)| {
        most.is_none_or(|most| prlimit(Some(pid), resource, both(most)).is_ok())
    };
    // Not to be called for: a process whose limit is lower already keeps it.
    let _one_byte_or_none = prlimit(Some(pid), Resource::Core, both(1));
    if !wanted.map(set).into_iter().all(|held| held) {
        DECODERS_WITHOUT_LIMITS.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    #![expect(
        clippy::disallowed_methods,
        reason = "the tests write the files that are read"
    )]

    use super::*;
    use std::process::Output;

    /// What a shell prints that may read `input` alone.
    fn shell(script: &str, input: File) -> Output {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", script]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let rules = ChildRules {
            input: Some(input),
            memory: Some(1 << 30),
            seconds: Some(60),
            ..ChildRules::default()
        };
        spawn(command, rules)
            .and_then(Child::wait_with_output)
            .expect("a shell")
    }

    fn said(script: &str, input: &std::path::Path) -> String {
        let output = shell(script, File::open(input).expect("the input"));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    #[test]
    fn a_child_reads_what_it_was_handed_by_a_name_that_is_none_and_opens_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let (input, other) = (folder.path().join("input"), folder.path().join("other"));
        std::fs::write(&input, "the footage").unwrap();
        std::fs::write(&other, "a secret").unwrap();
        assert_eq!(said("cat /dev/fd/0", &input), "the footage");
        let script = format!("cat '{}' || echo refused", other.display());
        assert_eq!(said(&script, &input), "refused\n");
        assert_eq!(said("cat /etc/passwd || echo refused", &input), "refused\n");
        assert_eq!(said("ls / || echo refused", &input), "refused\n");
        // Its own input it cannot change either.
        let script = "(echo x > /dev/fd/0) 2>/dev/null || echo refused";
        assert_eq!(said(script, &input), "refused\n");
        assert_eq!(std::fs::read(&input).unwrap(), b"the footage");
    }

    #[test]
    fn a_child_makes_removes_and_renames_no_file_even_where_everybody_may() {
        let folder = tempfile::tempdir().unwrap();
        let input = folder.path().join("input");
        std::fs::write(&input, "the footage").unwrap();
        for act in [
            "echo x > new",
            "mkdir new",
            "rm input",
            "mv input new",
            "ln -s input new",
            "chmod 777 input",
        ] {
            let script = format!(
                "cd '{}' && ({act}) 2>/dev/null || echo refused",
                folder.path().display()
            );
            assert_eq!(said(&script, &input), "refused\n", "{act}");
        }
        let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
        assert_eq!(names.len(), 1);
    }

    #[test]
    fn a_child_knows_of_no_variable_but_where_programs_lie_and_what_it_was_given() {
        let input = File::open("/dev/null").unwrap();
        let mut command = Command::new("/usr/bin/env");
        command.env("GIVEN", "1").stdout(Stdio::piped());
        let rules = ChildRules {
            input: Some(input),
            ..ChildRules::default()
        };
        let output = spawn(command, rules).unwrap().wait_with_output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        // cargo sets dozens for a test.
        let names: Vec<_> = text.lines().filter_map(|line| line.split('=').next()).collect();
        assert!(names.contains(&"GIVEN") && names.contains(&"PATH"), "{text}");
        assert!(
            names
                .iter()
                .all(|name| ["GIVEN", "PATH", "LD_LIBRARY_PATH"].contains(name)),
            "{text}"
        );
    }

    #[test]
    fn a_child_has_limits_and_leaves_no_core() {
        let rules = ChildRules {
            input: File::open("/dev/null").ok(),
            memory: Some(1 << 30),
            seconds: Some(60),
            ..ChildRules::default()
        };
        let mut command = Command::new("sleep");
        command.arg("60");
        let mut child = spawn(command, rules).unwrap();
        let limits = std::fs::read_to_string(format!("/proc/{}/limits", child.id())).unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        let of = |name: &str| {
            let line = limits.lines().find(|line| line.starts_with(name)).unwrap();
            line[name.len()..].split_whitespace().next().unwrap().to_owned()
        };
        assert_eq!(of("Max address space"), (1u64 << 30).to_string(), "{limits}");
        assert_eq!(
            (of("Max cpu time"), of("Max file size")),
            ("60".to_owned(), "0".to_owned())
        );
        assert!(
            ["0", "1"].contains(&of("Max core file size").as_str()),
            "{limits}"
        );
    }
}
