//! Names of models, decoders and languages in; files on this machine, fetched where they are not here yet, and a language
//! out.

use super::error::{CommandError, usage};
use super::interrupt;
use super::progress::{DownloadProgress, megabytes};
use super::sets;
use super::terminal::Terminal;
use clap::ValueEnum;
use std::num::NonZeroUsize;
use std::path::Path;
use vsa_base::Reason;
use vsa_base::environment::Environment;
use vsa_base::language::Language;
use vsa_plan::{ModelChoice, VideoDecoder};
use vsa_room::identify_model;
use vsa_supply::{
    Entry, Identified, ModelEntry, ModelRegistry, OwnModels, Store, StoreOptions, find_or_pull_ffmpeg,
};

/// The values of an option, with their help, that stand for those of a type of the library; and the way from one to the other.
macro_rules! option_of {
    (
        $(#[$about:meta])*
        $visibility:vis enum $option:ident for $type:ty {
            $($(#[$help:meta])* $value:ident => $its:ident,)+
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, ::clap::ValueEnum)]
        $visibility enum $option {
            $($(#[$help])* $value,)+
        }

        impl From<$option> for $type {
            fn from(option: $option) -> Self {
                match option {
                    $($option::$value => Self::$its,)+
                }
            }
        }
    };
}
pub(super) use option_of;

/// A video decoder, as an option's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DecoderName {
    /// An ffmpeg child process; fetched once, if the machine has none
    Ffmpeg,
    /// OpenCV's videoio
    #[cfg(feature = "opencv")]
    Opencv,
}

option_of! {
    /// [`Language`], as the value of `--lang`.
    pub(super) enum LanguageName for Language {
        /// English
        En => English,
        /// French
        Fr => French,
    }
}

/// The environment of a run, ended by signals, and the store as the user's variables say.
pub(super) fn begin(jobs: Option<NonZeroUsize>, offline: bool) -> Result<(Environment, Store), CommandError> {
    let environment = Environment::new(jobs);
    interrupt::listen(&environment);
    let options = StoreOptions::from_variables(offline, environment.stop_flag())?;
    Ok((environment, Store::open(&options)))
}

/// What a model file is, as `models add` asks.
pub(super) fn identify(path: &Path, weights: Option<&Path>) -> Result<Identified, Reason> {
    let found = identify_model(path, weights).map_err(Reason::of)?;
    Ok(Identified {
        family: found.family,
        subject: found.subject,
        input_size: found.input_size,
        person_class: found.person_class,
        note: found.note.unwrap_or_default(),
    })
}

/// Says what of these will be fetched, and from where, if anything will be.
pub(super) fn announce(entries: &[&Entry], store: &Store, terminal: &mut Terminal) {
    let outlook = store.outlook(entries);
    if !outlook.from.is_empty() {
        let (bytes, from) = (megabytes(outlook.bytes), outlook.from.join(", "));
        terminal.say(&format!("to fetch: {bytes} in all, from {from}"));
    }
}

/// The models of these names, the user's own among them. One name may be that of a set, of which one counts that finds people and one
/// that finds faces. What is not here is fetched.
pub(super) fn models(
    names: &[String],
    store: &Store,
    terminal: &mut Terminal,
) -> Result<Vec<ModelChoice>, CommandError> {
    let registry = registry(store)?;
    obtained(&named(names, &registry)?, store, terminal)
}

pub(super) fn registry(store: &Store) -> Result<ModelRegistry, CommandError> {
    Ok(ModelRegistry::builtin()?.with_own(OwnModels::at(&store.options().data).read()?)?)
}

/// These models, fetched where they are not here; what will be fetched is said before.
pub(super) fn obtained(
    entries: &[&ModelEntry],
    store: &Store,
    terminal: &mut Terminal,
) -> Result<Vec<ModelChoice>, CommandError> {
    for model in entries.iter().filter(|model| model.digest_sources.is_some()) {
        let name = &model.entry.name;
        terminal.warn(&format!(
            "nobody of this project has run {name}: whom it finds is not known (vsa-audit models show {name})"
        ));
    }
    let files: Vec<&Entry> = entries.iter().flat_map(|model| model.files()).collect();
    announce(&files, store, terminal);
    Ok(store.obtain_models(entries, &mut DownloadProgress::new(terminal))?)
}

/// The entries of these names.
pub(super) fn named<'r>(
    names: &[String],
    registry: &'r ModelRegistry,
) -> Result<Vec<&'r ModelEntry>, CommandError> {
    let mut entries: Vec<&ModelEntry> = Vec::new();
    for name in names {
        match registry.find(name) {
            Some(entry) => entries.push(entry),
            None => entries.extend(sets::members(name, registry)?.leading()),
        }
    }
    Ok(entries)
}

pub(super) fn unknown(name: &str, registry: &ModelRegistry) -> CommandError {
    let models: Vec<_> = registry
        .all()
        .iter()
        .map(|model| model.entry.name.as_str())
        .collect();
    let sets: Vec<_> = registry.set_names().collect();
    usage!(
        "there is no model and no set of models named `{name}`; models: {}; sets: {} (see `vsa-audit models list`)",
        models.join(", "),
        sets.join(", ")
    )
}

/// The name of a file to write, which ends so, and its folder; `what` it is, in words. Where a file is there already, only with
/// `overwrite`.
pub(super) fn target<'p>(
    out: &'p Path,
    (ending, what): (&str, &str),
    overwrite: bool,
) -> Result<(&'p str, &'p Path), CommandError> {
    let shown = out.display();
    let name = out.file_name().and_then(|name| name.to_str());
    let name = name
        .filter(|name| name.to_ascii_lowercase().ends_with(ending) && name.len() > ending.len())
        .ok_or_else(|| usage!("{shown} is no name for a {what}: let it end in {ending}"))?;
    absent(out, overwrite)?;
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty());
    Ok((name, folder.unwrap_or(Path::new("."))))
}

/// That there is no such file yet, or that it may be replaced.
pub(super) fn absent(path: &Path, overwrite: bool) -> Result<(), CommandError> {
    if path.exists() && !overwrite {
        let path = path.display();
        return Err(usage!(
            "{path} is there already: choose another name, or pass --overwrite"
        ));
    }
    Ok(())
}

/// The decoder of this name, ready to start.
pub(super) fn decoder(
    name: DecoderName,
    store: &Store,
    terminal: &mut Terminal,
) -> Result<VideoDecoder, CommandError> {
    match name {
        DecoderName::Ffmpeg => Ok(VideoDecoder::Ffmpeg(find_or_pull_ffmpeg(
            store,
            &mut DownloadProgress::new(terminal),
        )?)),
        #[cfg(feature = "opencv")]
        DecoderName::Opencv => Ok(VideoDecoder::Opencv),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_set_one_that_finds_people_and_one_that_finds_faces_count_and_single_names_stay() {
        let registry = ModelRegistry::builtin().unwrap();
        let names = |asked: &[&str]| -> Vec<String> {
            let asked: Vec<String> = asked.iter().map(|&name| name.to_owned()).collect();
            let entries = named(&asked, &registry).unwrap();
            entries.iter().map(|entry| entry.entry.name.to_string()).collect()
        };
        let thorough = names(&["thorough"]);
        assert_eq!(thorough[..2], ["centerface", "nanodet-g"]);
        assert!(!thorough.contains(&"yolox-nano".to_owned()), "{thorough:?}");
        // Named one by one, two that find the same stay two: the plan refuses them.
        assert_eq!(names(&["nanodet-g", "yolox-nano"]).len(), 2);
    }
}
