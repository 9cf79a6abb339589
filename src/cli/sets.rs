//! A set of models in; which of it are run out. A set may name several families that find the same, the strongest first: the first
//! two that this machine can have and run are joined. What was taken in the place of another is said.
//! Deliberately not here: names of single models (`choices`), and how boxes are joined (see the room).

use super::choices;
use super::error::CommandError;
use super::terminal::Terminal;
use vsa_plan::{ModelChoice, Role, Subject};
use vsa_supply::{ModelEntry, ModelRegistry, Store, SupplyError};

/// What names of models and sets stand for on this machine.
#[derive(Default)]
pub(super) struct Chosen {
    pub(super) models: Vec<ModelChoice>,
    /// Second detectors that sets bring.
    pub(super) seconds: Vec<ModelChoice>,
    /// What both of a set's families look for: their boxes are joined.
    pub(super) joined: Vec<Subject>,
}

/// The members of a set.
pub(super) struct Members<'r> {
    /// Those that find the same, the strongest first.
    pub(super) finders: Vec<(Subject, Vec<&'r ModelEntry>)>,
    /// Those that describe who was found.
    pub(super) describers: Vec<&'r ModelEntry>,
}

impl<'r> Members<'r> {
    pub(super) fn of(entries: Vec<&'r ModelEntry>) -> Self {
        let mut members = Self {
            finders: Vec::new(),
            describers: Vec::new(),
        };
        for entry in entries {
            let same = |(subject, _): &&mut (Subject, Vec<&ModelEntry>)| *subject == entry.subject;
            if entry.role != Role::Find {
                members.describers.push(entry);
            } else if let Some((_, alike)) = members.finders.iter_mut().find(same) {
                alike.push(entry);
            } else {
                members.finders.push((entry.subject, vec![entry]));
            }
        }
        members
    }

    /// One that finds for each subject, and all that describe: the strongest that the embedded engine runs.
    pub(super) fn leading(self) -> Vec<&'r ModelEntry> {
        let finders = self.finders.iter();
        let leads = finders.filter_map(|(_, alike)| alike.iter().find(|model| !needs_openvino(model)));
        let mut models: Vec<&ModelEntry> = leads.copied().collect();
        models.extend(self.describers);
        models
    }
}

/// Whether only one engine runs it: its file has the ending of that engine's own format.
fn needs_openvino(model: &ModelEntry) -> bool {
    model.entry.file.as_str().ends_with(".xml")
}

/// How many families that find the same are run; and whether the engine that is asked for runs models in OpenVINO's own format.
type Wanted = (usize, bool);

/// The models of these names, fetched where they are not here.
pub(super) fn chosen(
    names: &[String],
    wanted: Wanted,
    store: &Store,
    terminal: &mut Terminal,
) -> Result<Chosen, CommandError> {
    let registry = choices::registry(store)?;
    let mut chosen = Chosen::default();
    for name in names {
        if let Some(model) = registry.find(name) {
            chosen
                .models
                .extend(choices::obtained(&[model], store, terminal)?);
        } else {
            let members = members(name, &registry)?;
            add(&mut chosen, name, members, wanted, store, terminal)?;
        }
    }
    Ok(chosen)
}

/// The members of the set of this name.
pub(super) fn members<'r>(set: &str, registry: &'r ModelRegistry) -> Result<Members<'r>, CommandError> {
    let entries = registry
        .set(set)
        .map_err(|_not_a_set| choices::unknown(set, registry))?;
    Ok(Members::of(entries))
}

fn add(
    chosen: &mut Chosen,
    set: &str,
    members: Members<'_>,
    wanted: Wanted,
    store: &Store,
    terminal: &mut Terminal,
) -> Result<(), CommandError> {
    for (subject, alike) in members.finders {
        let Some(&strongest) = alike.first() else { continue };
        if alike.len() == 1 {
            chosen
                .models
                .extend(choices::obtained(&[strongest], store, terminal)?);
            continue;
        }
        let mut left_out = Vec::new();
        let found = first_of(&alike, wanted, &mut left_out, |model| {
            choices::obtained(&[model], store, terminal)
        })?;
        tell(set, subject, &found, &left_out, terminal);
        let mut found = found.into_iter();
        chosen.models.extend(found.next());
        let second = found.next();
        chosen.joined.extend(second.is_some().then_some(subject));
        chosen.seconds.extend(second);
    }
    let described = choices::obtained(&members.describers, store, terminal)?;
    chosen.models.extend(described);
    Ok(())
}

/// The first of `alike`, as many as are wanted, that can be run and that `obtain` brings. Who is passed over comes into `left_out`, with the reason. Where
/// none can be had, the fault of the first that was asked for.
fn first_of(
    alike: &[&ModelEntry],
    (families, openvino): Wanted,
    left_out: &mut Vec<String>,
    mut obtain: impl FnMut(&ModelEntry) -> Result<Vec<ModelChoice>, CommandError>,
) -> Result<Vec<ModelChoice>, CommandError> {
    let mut found = Vec::new();
    let mut fault = None;
    for model in alike {
        if found.len() == families {
            break;
        }
        let name = &model.entry.name;
        if needs_openvino(model) && !openvino {
            left_out.push(format!(
                "{name}, which runs on OpenVINO alone (`vsa-audit engines pull openvino`, then --engine openvino)"
            ));
            continue;
        }
        match obtain(model) {
            Ok(choices) => found.extend(choices),
            Err(CommandError::Supply(
                error @ (SupplyError::Offline { .. } | SupplyError::Unobtainable { .. }),
            )) => {
                left_out.push(format!("{name}, which could not be had ({})", first_line(&error)));
                fault.get_or_insert(CommandError::Supply(error));
            }
            Err(error) => return Err(error),
        }
    }
    match fault {
        Some(fault) if found.is_empty() => Err(fault),
        _ => Ok(found),
    }
}

fn first_line(error: &SupplyError) -> String {
    let text = error.to_string();
    text.lines()
        .next()
        .unwrap_or_default()
        .trim_end_matches(':')
        .to_owned()
}

/// Says which families are run for a subject, and which are not.
fn tell(set: &str, subject: Subject, found: &[ModelChoice], left_out: &[String], terminal: &mut Terminal) {
    let what = match subject {
        Subject::Person => "people",
        Subject::Face => "faces",
    };
    let names: Vec<&str> = found.iter().map(|model| model.name.as_str()).collect();
    let how = if names.len() > 1 {
        "their boxes are joined"
    } else {
        "by nothing else"
    };
    terminal.say(&format!(
        "the set `{set}` looks for {what} by {}: {how}",
        names.join(" and ")
    ));
    if !left_out.is_empty() {
        terminal.say(&format!("not by {}", left_out.join(", nor by ")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;
    use vsa_plan::CheckedFile;

    fn builtin() -> ModelRegistry {
        ModelRegistry::builtin().unwrap()
    }

    /// The names of those taken, and what is said of the others; `missing` cannot be had.
    fn taken(
        subject: Subject,
        openvino: bool,
        missing: &[&str],
    ) -> Result<(Vec<String>, Vec<String>), String> {
        let registry = builtin();
        let members = members("thorough", &registry).unwrap();
        let (_, alike) = members
            .finders
            .iter()
            .find(|(found, _)| *found == subject)
            .unwrap();
        let mut left_out = Vec::new();
        let found = first_of(alike, (2, openvino), &mut left_out, |model| {
            let name = model.entry.name.to_string();
            if missing.contains(&&*name) {
                let digest = model.entry.checksum.to_string();
                return Err(CommandError::Supply(SupplyError::Offline { name, digest }));
            }
            let file = |name: &str| CheckedFile {
                path: PathBuf::from(name),
                sha256: String::new(),
            };
            Ok(vec![model.choice(["graph", "weights"].map(file))])
        });
        let found = found.map_err(|error| error.to_string())?;
        Ok((found.into_iter().map(|model| model.name).collect(), left_out))
    }

    #[test]
    fn the_two_strongest_families_that_can_be_had_and_run_are_taken_and_the_others_are_named() {
        let people = |openvino, missing: &[&str]| taken(Subject::Person, openvino, missing);
        let (names, left_out) = people(true, &[]).unwrap();
        assert_eq!(
            (names, left_out.len()),
            (
                vec!["person-detection-0303".to_owned(), "nanodet-g".to_owned()],
                0
            )
        );
        let (names, left_out) = people(false, &[]).unwrap();
        assert_eq!(names, ["nanodet-g", "yolox-nano"]);
        assert!(left_out[0].contains("--engine openvino"), "{left_out:?}");
        let (names, left_out) = people(true, &["nanodet-g"]).unwrap();
        assert_eq!(names, ["person-detection-0303", "yolox-nano"]);
        assert!(
            left_out[0].starts_with("nanodet-g, which could not be had"),
            "{left_out:?}"
        );
        // By package name alone: one family, and nothing to join.
        let (names, left_out) = people(false, &["yolox-nano"]).unwrap();
        assert_eq!((names, left_out.len()), (vec!["nanodet-g".to_owned()], 2));
        let error = people(false, &["nanodet-g", "yolox-nano"]).unwrap_err();
        assert!(
            error.starts_with("\"nanodet-g\" is not on this machine"),
            "{error}"
        );
        let (names, _) = taken(Subject::Face, false, &[]).unwrap();
        assert_eq!(names, ["centerface", "yunet-n-640"]);
    }

    #[test]
    fn every_set_has_one_that_the_embedded_engine_runs_for_people_and_for_faces_and_tells_nothing_twice() {
        let registry = builtin();
        for set in registry.set_names() {
            let members = members(set, &registry).unwrap();
            assert!(members.finders.len() == 2, "{set}");
            let leading = members.leading();
            assert!(leading.iter().all(|model| !needs_openvino(model)), "{set}");
            let mut does: Vec<_> = leading.iter().map(|entry| (entry.role, entry.subject)).collect();
            does.sort();
            let count = does.len();
            does.dedup();
            assert_eq!(does.len(), count, "{set}");
            let finds = does.iter().filter(|(role, _)| *role == Role::Find).count();
            assert_eq!(finds, 2, "{set}");
        }
    }

    #[test]
    fn families_that_are_joined_are_different_ones() {
        let registry = builtin();
        for (_, alike) in members("thorough", &registry).unwrap().finders {
            let mut families: Vec<&str> = alike.iter().map(|model| model.family.name()).collect();
            let count = families.len();
            families.sort_unstable();
            families.dedup();
            assert!(count >= 2 && families.len() == count, "{families:?}");
        }
    }
}
