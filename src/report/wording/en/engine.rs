//! The engine, with everything that its numbers depend on.

use crate::record::facts::EngineFacts;

/// The options that choose the same engine again; none for the one that is chosen anyway.
#[must_use]
pub fn engine_options(engine: &EngineFacts) -> String {
    let mut options = String::new();
    if ["onnxruntime", "openvino"].contains(&engine.name.as_str()) {
        options.push_str(&format!(" --engine {}", engine.name));
    }
    if engine.precision == "bfloat16" {
        options.push_str(" --precision bf16");
    }
    options
}

/// `onnxruntime 1.31.1, float32, on x86_64 (avx, avx2, fma); libonnxruntime.so, SHA-256 fc44…`.
#[must_use]
pub fn engine_with_libraries(engine: &EngineFacts) -> String {
    let mut text = format!(
        "{}, on {}",
        super::engine(&engine.name, &engine.version, &engine.precision),
        engine.cpu
    );
    for library in &engine.libraries {
        text.push_str(&format!("; {}, SHA-256 {}", library.name, library.sha256));
    }
    text
}
