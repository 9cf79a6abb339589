//! Which engine runs the models. In: the options `--engine` and `--precision`, and the models. Out: an engine whose
//! library is on this machine, or one line that says what to do. Nothing is fetched here: libraries are code, and are
//! fetched when somebody asks for that by name (`vsa-audit engines pull`).

use super::choices::option_of;
use super::error::{CommandError, usage};
use super::terminal::Terminal;
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use vsa_plan::{EngineChoice, Family, ModelChoice, Precision};
use vsa_record::facts::EngineFacts;
use vsa_supply::{Store, SupplyError, ToolEntry, ToolRegistry};

/// An engine, as an option's value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum EngineName {
    /// The one that should be fastest here, of those whose library is on this machine
    /// and that run all the models in the precision asked for: tract on processors with AVX-512 (in bfloat16: with
    /// AVX512-BF16 and no AMX), else onnxruntime, openvino and tract in this order; openvino where a model is in its own format. It never changes the precision,
    /// fetches nothing, and says which one it took
    Auto,
    /// The embedded engine: nothing to fetch, runs every supported model that is not in OpenVINO's own format
    #[default]
    Tract,
    /// ONNX Runtime; its library is fetched by `vsa-audit engines pull onnxruntime`, or is the file that
    /// `VSA_AUDIT_ONNXRUNTIME` names
    Onnxruntime,
    /// OpenVINO; its libraries are fetched by `vsa-audit engines pull openvino`, or lie beside the C library that
    /// `VSA_AUDIT_OPENVINO` names
    Openvino,
}

option_of! {
    /// [`Precision`], as an option's value.
    #[derive(Default)]
    pub(super) enum PrecisionName for Precision {
        /// Single precision: what the models were published with, and the same detections from every engine
        #[default]
        F32 => F32,
        /// bfloat16, on processors that have it, with tract and openvino: about half as fast again, and other detections near
        /// the threshold
        Bf16 => Bf16,
    }
}

/// The options about the engine.
#[derive(Args, Clone, Copy, Debug, Default)]
pub(super) struct EngineOptions {
    /// Which engine runs the models.
    #[arg(long, value_enum, value_name = "NAME", default_value_t = EngineName::Tract)]
    engine: EngineName,
    /// Number format of the engine's arithmetic.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = PrecisionName::F32)]
    precision: PrecisionName,
}

/// An engine with a library.
pub(super) struct Linked {
    /// As the option names it, and the registry of tools.
    pub(super) name: &'static str,
    /// The variable that names a library of the user's own.
    pub(super) own: &'static str,
}

/// All of them, in the order in which `auto` takes them where the embedded engine is not the fastest: in single precision
/// the first was the faster of the two on every processor that was tried (benches/README.md).
pub(super) const LINKED: [Linked; 2] = [
    Linked {
        name: "onnxruntime",
        own: "VSA_AUDIT_ONNXRUNTIME",
    },
    Linked {
        name: "openvino",
        own: "VSA_AUDIT_OPENVINO",
    },
];

/// The registered library of an engine, for this platform.
pub(super) fn library<'r>(name: &str, registry: &'r ToolRegistry) -> Result<&'r ToolEntry, SupplyError> {
    let found = LINKED.iter().any(|engine| engine.name == name);
    let found = found.then(|| registry.find(name)).flatten();
    found.ok_or_else(|| SupplyError::Unknown {
        what: "engine with a library for this platform",
        name: name.to_owned(),
        known: LINKED.map(|engine| engine.name).join(", "),
    })
}

impl EngineOptions {
    /// This engine, in single precision.
    pub(super) fn single(engine: EngineName) -> Self {
        Self {
            engine,
            precision: PrecisionName::F32,
        }
    }

    /// Those that a record was made with.
    pub(super) fn recorded(engine: &EngineFacts) -> Result<Self, CommandError> {
        let precision = if engine.precision == Precision::Bf16.name() {
            PrecisionName::Bf16
        } else {
            PrecisionName::F32
        };
        let engine = EngineName::from_str(&engine.name, true).map_err(|_unknown| {
            usage!(
                "the record was made with the engine `{}`, which this version of the program does not have",
                engine.name
            )
        })?;
        Ok(Self { engine, precision })
    }

    /// Whether models in OpenVINO's own format can be run: it was asked for, or may be taken and is on this machine.
    pub(super) fn runs_openvino_s_own_format(self, store: &Store) -> Result<bool, CommandError> {
        match self.engine {
            EngineName::Openvino => Ok(true),
            EngineName::Auto => Ok(here(&LINKED[1], store)?.is_some()),
            EngineName::Tract | EngineName::Onnxruntime => Ok(false),
        }
    }

    /// The engine, with its library on this machine.
    pub(super) fn choose(
        self,
        models: &[ModelChoice],
        store: &Store,
        terminal: &mut Terminal,
    ) -> Result<EngineChoice, CommandError> {
        let precision = Precision::from(self.precision);
        match self.engine {
            EngineName::Auto => automatic(models, precision, store, terminal),
            EngineName::Tract => vsa_engine::embedded(precision).ok_or_else(|| {
                usage!(
                    "tract computes in bfloat16 only on x86-64 processors with AVX512-BF16, which this one lacks: use \
                     --precision f32"
                )
            }),
            EngineName::Onnxruntime => named(&LINKED[0], precision, store),
            EngineName::Openvino => named(&LINKED[1], precision, store),
        }
    }
}

/// Whether the engine with this library computes so.
fn in_its_precision(name: &str, precision: Precision) -> Result<(), CommandError> {
    match precision {
        Precision::Bf16 if name != "openvino" => Err(usage!(
            "{name} computes in single precision only: use --precision f32, or --engine tract or openvino"
        )),
        Precision::F32 | Precision::Bf16 => Ok(()),
    }
}

/// The engine that was asked for by its name.
fn named(engine: &Linked, precision: Precision, store: &Store) -> Result<EngineChoice, CommandError> {
    let name = engine.name;
    in_its_precision(name, precision)?;
    let here = here(engine, store)?.ok_or_else(|| {
        usage!(
            "--engine {name} needs a library that is not on this machine: fetch it by `vsa-audit engines pull {name}`, or \
             name yours in {}",
            engine.own
        )
    })?;
    Ok(linked(name, here, precision))
}

/// The library, if it is on this machine; the digest of a fetched one is computed.
fn here(engine: &Linked, store: &Store) -> Result<Option<PathBuf>, CommandError> {
    if let Some(own) = std::env::var_os(engine.own).filter(|own| !own.is_empty()) {
        return Ok(Some(own.into()));
    }
    let registry = ToolRegistry::builtin()?;
    Ok(registry.find(engine.name).and_then(|tool| store.ready(tool)))
}

/// The choice of an engine of [`LINKED`].
fn linked(name: &str, library: PathBuf, precision: Precision) -> EngineChoice {
    if name == "openvino" {
        EngineChoice::OpenVino { library, precision }
    } else {
        EngineChoice::OnnxRuntime { library }
    }
}

/// See [`EngineName::Auto`].
fn automatic(
    models: &[ModelChoice],
    precision: Precision,
    store: &Store,
    terminal: &mut Terminal,
) -> Result<EngineChoice, CommandError> {
    if models.iter().any(in_openvino_s_own_format) {
        terminal.say("--engine auto: openvino, in whose own format one of the models is");
        return named(&LINKED[1], precision, store);
    }
    if let Some(chosen) = vsa_engine::embedded(precision).filter(|_| embedded_is_fastest(precision)) {
        terminal.say("--engine auto: tract");
        return Ok(chosen);
    }
    let all_onnx = models.iter().all(|model| model.family != Family::Ssdlite);
    for engine in LINKED.iter().filter(|_| all_onnx) {
        if in_its_precision(engine.name, precision).is_ok()
            && let Some(library) = here(engine, store)?
        {
            terminal.say(&format!("--engine auto: {}", engine.name));
            return Ok(linked(engine.name, library, precision));
        }
    }
    let chosen = vsa_engine::embedded(precision).ok_or_else(|| {
        usage!(
            "--precision bf16 needs a processor with AVX512-BF16, or openvino, which is not here or cannot run one of the \
             models: fetch it by `vsa-audit engines pull openvino`, or use --precision f32"
        )
    })?;
    terminal.say("--engine auto: tract");
    Ok(chosen)
}

/// Whether only one engine can run it: its file bears the ending of that format, which the store keeps.
fn in_openvino_s_own_format(model: &ModelChoice) -> bool {
    model.path.extension().is_some_and(|ending| ending == "xml")
}

/// As it was measured (benches/README.md): its convolutions use all of AVX-512, and nothing of AMX.
fn embedded_is_fastest(precision: Precision) -> bool {
    let sets = vsa_base::environment::instruction_sets();
    match precision {
        Precision::F32 => sets.contains("avx512f"),
        Precision::Bf16 => !sets.contains("amx_bf16"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use vsa_supply::StoreOptions;

    /// A store in which nothing is.
    fn empty(folder: &std::path::Path) -> Store {
        let mut options = StoreOptions::from_variables(true, Arc::default()).unwrap();
        options.cache = folder.to_owned();
        options.local.clear();
        Store::open(&options)
    }

    fn chosen(engine: EngineName, precision: PrecisionName) -> Result<EngineChoice, String> {
        let folder = tempfile::tempdir().unwrap();
        let options = EngineOptions { engine, precision };
        let mut terminal = Terminal::new(true);
        let found = options.choose(&[], &empty(folder.path()), &mut terminal);
        found.map_err(|error| error.to_string())
    }

    #[test]
    fn a_missing_library_is_one_line_with_the_command_that_fixes_it() {
        for (name, engine) in [
            ("onnxruntime", EngineName::Onnxruntime),
            ("openvino", EngineName::Openvino),
        ] {
            let line = chosen(engine, PrecisionName::F32).unwrap_err();
            let command = format!("vsa-audit engines pull {name}");
            assert!(line.contains(&command) && !line.contains('\n'), "{line}");
        }
    }

    #[test]
    fn auto_takes_what_is_there_and_never_another_precision() {
        assert_eq!(
            chosen(EngineName::Auto, PrecisionName::F32),
            Ok(EngineChoice::EMBEDDED)
        );
        for engine in [EngineName::Auto, EngineName::Tract] {
            match chosen(engine, PrecisionName::Bf16) {
                Ok(chosen) => {
                    let precision = Precision::Bf16;
                    assert_eq!(chosen, EngineChoice::Tract { precision });
                    assert!(vsa_base::environment::instruction_sets().contains("avx512_bf16"));
                }
                Err(line) => {
                    assert!(
                        line.contains("AVX512-BF16") && line.contains("--precision f32"),
                        "{line}"
                    );
                }
            }
        }
    }

    #[test]
    fn an_engine_of_single_precision_refuses_the_other() {
        let line = chosen(EngineName::Onnxruntime, PrecisionName::Bf16).unwrap_err();
        assert!(line.contains("--precision f32"), "{line}");
    }

    #[test]
    fn a_record_tells_the_options_that_chose_its_engine() {
        let facts = EngineFacts {
            name: "openvino".to_owned(),
            version: "2026.4.1".to_owned(),
            libraries: Vec::new(),
            precision: Precision::Bf16.name().to_owned(),
            cpu: String::new(),
            scripted: false,
        };
        let options = EngineOptions::recorded(&facts).unwrap();
        assert_eq!(
            (options.engine, options.precision),
            (EngineName::Openvino, PrecisionName::Bf16)
        );
        let scripted = EngineFacts {
            name: "scripted".to_owned(),
            ..facts
        };
        assert!(EngineOptions::recorded(&scripted).is_err());
    }
}
