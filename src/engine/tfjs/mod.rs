//! TensorFlow.js graph models as ONNX files. In: the two files of a model (a graph in JSON, weights that follow one another) and
//! the size of the picture that it shall look at. Out: the bytes of an ONNX file that every engine runs, whose input is one
//! picture, channels first.
//!
//! Such models come from package registries by name alone, where nothing else as good does. They were optimised for a browser:
//! convolutions that are fused with what follows them, weights in half precision. Only the sizes of enlarged maps and changes
//! of shape hold the size of the input; they are translated as ratios, so that a convolutional network runs at any size.
//! Operations that no supported model has are refused by name. Format: `@tensorflow/tfjs-converter` 4, `TensorFlow`'s `GraphDef`.
//! Deliberately not here: what the outputs mean.

mod arithmetic;
mod file;
mod layers;
mod reshaping;
mod shaping;
mod translate;
mod value;
mod weights;
mod written_onnx;

#[cfg(test)]
mod tests;

use file::Written;
use vsa_base::Reason;

/// Width and height of the input that it was made with.
///
/// # Errors
/// When it is no such graph, or has not one picture for its input.
pub fn input_size(graph: &[u8]) -> Result<(u32, u32), Reason> {
    let written = Written::read(graph)?;
    let picture = translate::Picture::of(&written)?;
    let side = |place: usize| u32::try_from(picture.declared[picture.axes[place]]).unwrap_or(u32::MAX);
    Ok((side(3), side(2)))
}

/// The same network as an ONNX file, for a picture of three channels, red first, of `width` x `height`; with one output alone,
/// where `only` names it. A network for grey pictures weighs the channels itself then, as television does.
///
/// # Errors
/// When a file is no part of such a model, when the network has an operation that is not translated, or when it cannot look at
/// another size than its own.
pub fn to_onnx(
    graph: &[u8],
    weights: &[u8],
    (width, height): (u32, u32),
    only: Option<&str>,
) -> Result<Vec<u8>, Reason> {
    let written = Written::read(graph)?;
    let numbers = weights::read(&written, weights)?;
    let mut outputs = written.outputs();
    if let Some(only) = only {
        outputs.retain(|(name, _)| name.trim_end_matches(":0") == only);
    }
    translate::translate(&written, numbers, &outputs, [height as usize, width as usize])
}
