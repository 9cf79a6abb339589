//! In: the address of a page. Out: its body as a file, fetched by curl, else wget, else Python's urllib.
//! Deliberately not here: anything that is not `https` (the registry refuses it).

use super::child::{Watch, run};
use super::{Desk, Failure, words};
use crate::entry::{Entry, PageSource};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What Python does when neither curl nor wget is there.
const URLLIB: &str = "import shutil, sys, urllib.request\n\
    with urllib.request.urlopen(sys.argv[1], timeout=5) as page, open(sys.argv[2], 'wb') as file:\n    \
    shutil.copyfileobj(page, file)\n";

pub(super) fn fetch(page: &PageSource, entry: &Entry, desk: &mut Desk<'_>) -> Result<PathBuf, Failure> {
    let folder = desk.work.join("page");
    std::fs::create_dir_all(&folder)?;
    let target = folder.join(entry.file.as_str());
    let command = command(page.url.as_str(), &target, desk)
        .ok_or_else(|| "none of curl, wget and python3 is installed".to_owned())?;
    let watch = Watch {
        folder,
        silence: desk.patience.page,
        // A page that sends an error text or an endless stream instead of the file is cut off early.
        limit: Some(entry.bytes),
        shown: true,
    };
    run(command, &watch, desk)?;
    Ok(target)
}

fn command(url: &str, target: &Path, desk: &Desk<'_>) -> Option<Command> {
    if let Some(curl) = desk.program("curl") {
        let mut command = Command::new(curl);
        command.args(words(
            "--disable --fail --location --silent --show-error --proto =https",
        ));
        command.args(words("--connect-timeout 5 --speed-limit 512 --speed-time 8"));
        command.arg("--output").arg(target).args(["--", url]);
        return Some(command);
    }
    if let Some(wget) = desk.program("wget") {
        let mut command = Command::new(wget);
        command.args(words("--no-verbose --tries=1"));
        command.args(words("--dns-timeout=5 --connect-timeout=5 --read-timeout=8"));
        command.arg("-O").arg(target).args(["--", url]);
        return Some(command);
    }
    let mut command = Command::new(desk.program("python3")?);
    command.args(["-c", URLLIB, url]).arg(target);
    Some(command)
}
