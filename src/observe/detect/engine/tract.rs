//! tract, the embedded engine: pure Rust, ONNX and TensorFlow frozen graphs.
