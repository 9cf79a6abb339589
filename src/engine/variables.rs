//! The environment variables by which an engine changes how it computes. In: the names that this process has. Out: a refusal
//! that names one; a record that says how its numbers were computed could not tell of it.
//! Deliberately not here: variables of this program's own, and those that only name files or what is logged.

use crate::EngineError;
use std::ffi::OsString;

/// How the names of an engine's variables begin, and those among them that change no number.
pub(crate) struct Variables {
    pub(crate) engine: &'static str,
    pub(crate) begin: &'static [&'static str],
    pub(crate) harmless: &'static [&'static str],
}

/// Of tract 0.23: `TRACT_AMX_BF16` multiplies in bfloat16, `TRACT_CPU_ISA` takes instructions away or adds such as the
/// processor lacks, `TRACT_X86_KIND` and others choose other loops, `TRACT_AVGPOOL_SEPARABLE` another order of sums. They
/// change with its versions: none is let through.
pub(crate) const OF_TRACT: Variables = Variables {
    engine: "tract",
    begin: &["TRACT_"],
    harmless: &[],
};

/// The library's choose other loops (`ORT_MLAS_QKGEMM_S8_APPROX_VNNI`) or settings that come with a model. Of those let
/// through its binding reads the first, which is not asked where a library is named, and the second for its log.
pub(crate) const OF_ONNX_RUNTIME: Variables = Variables {
    engine: "onnxruntime",
    begin: &["ORT_"],
    harmless: &["ORT_DYLIB_PATH", "ORT_LOG"],
};

/// Those of the library, and of the one inside that multiplies (`ONEDNN_DEFAULT_FPMATH_MODE` lets it use bfloat16,
/// `ONEDNN_MAX_CPU_ISA` takes instructions away), which has an older name as well.
pub(crate) const OF_OPENVINO: Variables = Variables {
    engine: "openvino",
    begin: &["OV_", "ONEDNN_", "DNNL_"],
    harmless: &[],
};

/// Refuses where this process has one of them.
pub(crate) fn refuse(variables: &Variables) -> Result<(), EngineError> {
    match first(variables, std::env::vars_os().map(|(name, _)| name)) {
        None => Ok(()),
        Some(name) => Err(EngineError::Variable {
            engine: variables.engine,
            name,
        }),
    }
}

/// The first by name, whatever order the system has them in. Their values are not looked at: what an engine makes of an empty
/// one is its own affair.
fn first(variables: &Variables, names: impl Iterator<Item = OsString>) -> Option<String> {
    names
        .filter_map(|name| name.into_string().ok())
        .filter(|name| variables.begin.iter().any(|start| name.starts_with(start)))
        .filter(|name| !variables.harmless.contains(&name.as_str()))
        .min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;
    use tract_onnx::tract_core::knobs;

    fn found(variables: &Variables, names: &[&str]) -> Option<String> {
        first(variables, names.iter().map(OsString::from))
    }

    #[test]
    fn the_first_of_an_engines_variables_is_named_and_others_are_left_alone() {
        assert_eq!(
            found(&OF_TRACT, &["PATH", "TRACT_X86_KIND", "TRACT_AMX_BF16"]),
            Some("TRACT_AMX_BF16".to_owned())
        );
        assert_eq!(
            found(&OF_TRACT, &["PATH", "CONTRACT_A", "TRACTOR", "ORT_B", "DNNL_C"]),
            None
        );
    }

    #[test]
    fn the_place_of_the_library_and_its_log_are_no_reason_to_refuse() {
        assert_eq!(found(&OF_ONNX_RUNTIME, &["ORT_DYLIB_PATH", "ORT_LOG"]), None);
        let names = ["ORT_LOG", "ORT_MLAS_QKGEMM_S8_APPROX_VNNI"];
        assert_eq!(found(&OF_ONNX_RUNTIME, &names), Some(names[1].to_owned()));
    }

    #[test]
    fn the_library_inside_openvino_is_not_told_to_compute_otherwise_by_either_name() {
        for name in ["OV_CPU_MAX_ISA", "ONEDNN_DEFAULT_FPMATH_MODE", "DNNL_MAX_CPU_ISA"] {
            assert_eq!(found(&OF_OPENVINO, &["PATH", name]), Some(name.to_owned()));
        }
    }

    /// So that a version of tract with settings of another name is noticed.
    #[test]
    fn every_setting_that_tract_takes_from_the_environment_is_refused() {
        let names: Vec<&str> = knobs::all().into_iter().map(|knob| knob.name).collect();
        assert!(names.contains(&"TRACT_AMX_BF16"), "{names:?}");
        for name in names {
            assert_eq!(found(&OF_TRACT, &[name]), Some(name.to_owned()));
        }
    }

    /// What a process finds in its environment is there when it starts: the test runs itself again with a variable.
    #[test]
    fn a_model_is_not_loaded_where_tract_was_told_to_multiply_in_bfloat16() {
        const NAME: &str =
            "variables::tests::a_model_is_not_loaded_where_tract_was_told_to_multiply_in_bfloat16";
        const VARIABLE: &str = "TRACT_AMX_BF16";
        if std::env::var_os(VARIABLE).is_some() {
            let error = crate::tract::refusal_of_nothing().expect("the variable is set");
            assert!(matches!(
                &error,
                EngineError::Variable { engine: "tract", name } if name == VARIABLE
            ));
            let said = error.to_string();
            assert!(said.contains(VARIABLE) && said.contains("unset"), "{said}");
            return;
        }
        // Without it, what is refused is that there is no model.
        let error = crate::tract::refusal_of_nothing().expect("no bytes are no model");
        assert!(matches!(error, EngineError::Load { .. }), "{error}");
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", NAME])
            .env(VARIABLE, "1")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && said.contains("1 passed"), "{said}");
    }
}
