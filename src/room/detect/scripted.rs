//! The fake engine of the tests: known tensors out, whatever comes in. It marks the record as such.
//! In: a script, one list of outputs per run; after the last it starts again. Out: those outputs.

use ndarray::ArrayD;
use std::sync::Arc;
use vsa_engine::outputs::Outputs;
use vsa_engine::{Engine, EngineError, OutputInfo, Session};
use vsa_record::facts::EngineFacts;

/// The engine as the record names it.
pub(crate) fn facts() -> EngineFacts {
    EngineFacts {
        name: "scripted".to_owned(),
        version: vsa_base::VERSION.to_owned(),
        libraries: Vec::new(),
        precision: "float32".to_owned(),
        cpu: "scripted".to_owned(),
        scripted: true,
    }
}

/// Replays tensors.
pub(crate) struct ScriptedEngine {
    runs: Arc<Vec<Vec<ArrayD<f32>>>>,
    outputs: Vec<OutputInfo>,
}

impl ScriptedEngine {
    /// Plays `runs` from the first to the last, over and over, in every session. The outputs are named `output_0`,
    /// `output_1`, … and have the shapes of the first run.
    pub(crate) fn new(runs: Vec<Vec<ArrayD<f32>>>) -> Self {
        let outputs = runs.first().map_or_else(Vec::new, |tensors| {
            let infos = tensors.iter().enumerate();
            infos
                .map(|(index, tensor)| OutputInfo {
                    name: format!("output_{index}"),
                    shape: tensor.shape().iter().copied().map(Some).collect(),
                })
                .collect()
        });
        Self {
            runs: Arc::new(runs),
            outputs,
        }
    }
}

impl Engine for ScriptedEngine {
    fn session(&self) -> Result<Box<dyn Session>, EngineError> {
        Ok(Box::new(ScriptedSession {
            runs: Arc::clone(&self.runs),
            next: 0,
            outputs: Outputs::default(),
        }))
    }

    fn outputs(&self) -> &[OutputInfo] {
        &self.outputs
    }

    fn facts(&self) -> EngineFacts {
        facts()
    }
}

struct ScriptedSession {
    runs: Arc<Vec<Vec<ArrayD<f32>>>>,
    next: usize,
    outputs: Outputs,
}

impl Session for ScriptedSession {
    fn run(&mut self, _picture: &[u8]) -> Result<&mut [ArrayD<f32>], EngineError> {
        let outputs = self.runs.get(self.next).ok_or_else(|| EngineError::Run {
            reason: "the script of the fake engine is empty: give it at least one run".to_owned(),
        })?;
        for (index, output) in outputs.iter().enumerate() {
            self.outputs.put(index, &output.view());
        }
        self.next = (self.next + 1) % self.runs.len();
        Ok(self.outputs.all())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{ArrayD, IxDyn};

    #[test]
    fn every_session_plays_the_script_from_its_start_and_over_again() {
        let tensor = |value: f32| ArrayD::from_elem(IxDyn(&[1]), value);
        let engine = ScriptedEngine::new(vec![vec![tensor(1.0)], vec![tensor(2.0)]]);
        for _ in 0..2 {
            let mut session = engine.session().unwrap();
            let played: Vec<f32> = (0..3).map(|_| session.run(&[]).unwrap()[0][0]).collect();
            assert_eq!(played, [1.0, 2.0, 1.0]);
        }
        assert!(facts().scripted);
    }

    #[test]
    fn an_empty_script_is_an_error_and_not_a_panic() {
        let engine = ScriptedEngine::new(Vec::new());
        assert!(engine.session().unwrap().run(&[]).is_err());
    }
}
