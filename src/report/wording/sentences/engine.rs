//! The engine, with everything that its numbers depend on.

use vsa_record::facts::EngineFacts;

/// `onnxruntime 1.31.1, float32, on x86_64 (avx, avx2, fma); libonnxruntime.so, SHA-256 fc44…`.
#[must_use]
pub fn engine_with_libraries(engine: &EngineFacts) -> String {
    let mut text = text! { en "{}, on {}",
                           fr "{}, sur {}"; super::engine(&engine.name, &engine.version, &engine.precision), engine.cpu };
    for library in &engine.libraries {
        text.push_str(&text! { en "; {}, SHA-256 {}",
                               fr "\u{202f}; {}, SHA-256 {}"; library.name, library.sha256 });
    }
    text
}
