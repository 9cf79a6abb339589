//! The pictures on which a model is tried: parts of two frames of the sample `pets09-s2l1`, and where people stand on them. In: the
//! sample's file. Out: pictures with boxes, in memory.
//!
//! The boxes were drawn by a detector at twice the frames' size and looked at one by one: everybody in these parts is in the list,
//! and nobody is cut off by an edge. Parts, because the people of the whole frames are too small for networks of 192 pixels.
//! Faces of the sample have ten pixels: models of faces are tried on drawn ones (see [`drawn`](super::drawn)).

use super::TrialError;
use crate::detect::overlap::Rect;
use crate::detect::tiling::Region;
use crate::footage::frame::FrameBuffer;
use crate::footage::limits::Limits;
use crate::footage::source;
use std::path::Path;
use vsa_base::environment::Environment;
use vsa_plan::{FootageItem, VideoDecoder};

/// A part of a frame, and the people in it.
struct Part {
    frame: u64,
    region: Region,
    /// Left, top, right, bottom, in pixels of the frame.
    people: [[f32; 4]; 6],
}

const PARTS: [Part; 2] = [
    Part {
        frame: 160,
        region: Region {
            left: 320,
            top: 80,
            width: 448,
            height: 336,
        },
        people: [
            [348.0, 173.0, 383.0, 244.0],
            [432.0, 206.0, 465.0, 293.0],
            [474.0, 201.0, 507.0, 287.0],
            [500.0, 221.0, 546.0, 308.0],
            [657.0, 102.0, 676.0, 162.0],
            [674.0, 112.0, 700.0, 182.0],
        ],
    },
    Part {
        frame: 240,
        region: Region {
            left: 208,
            top: 80,
            width: 512,
            height: 384,
        },
        people: [
            [236.0, 156.0, 265.0, 235.0],
            [450.0, 250.0, 482.0, 350.0],
            [613.0, 200.0, 640.0, 278.0],
            [641.0, 116.0, 665.0, 177.0],
            [657.0, 273.0, 709.0, 377.0],
            [663.0, 121.0, 684.0, 179.0],
        ],
    },
];

/// A picture and the people on it, in its pixels.
pub(super) struct Picture {
    pub(super) buffer: FrameBuffer,
    pub(super) people: Vec<Rect>,
}

/// Reads the sample as far as the last picture.
pub(super) fn read(
    footage: &Path,
    decoder: &VideoDecoder,
    environment: &Environment,
) -> Result<Vec<Picture>, TrialError> {
    let item = FootageItem {
        label: "sample".to_owned(),
        path: footage.to_owned(),
        sequence_fps: None,
    };
    let mut source = source::open(&item, decoder, &Limits::default())?;
    let mut pictures = Vec::new();
    let mut buffer = FrameBuffer::default();
    while pictures.len() < PARTS.len() && source.next(&mut buffer)? {
        if environment.is_stopping() {
            return Err(TrialError::Interrupted);
        }
        let parts = PARTS.iter().filter(|part| part.frame == buffer.index);
        for part in parts {
            pictures.push(cut(&buffer, part)?);
        }
    }
    drop(source.finish());
    match pictures.len() {
        found if found == PARTS.len() => Ok(pictures),
        _ => Err(TrialError::NotTheSample),
    }
}

fn cut(whole: &FrameBuffer, part: &Part) -> Result<Picture, TrialError> {
    let region = part.region;
    if !region.is_inside(whole.width, whole.height) {
        return Err(TrialError::NotTheSample);
    }
    let mut buffer = FrameBuffer::default();
    let row_bytes = 3 * region.width as usize;
    let rows = buffer
        .reshape(region.width, region.height)
        .chunks_exact_mut(row_bytes);
    let of_frame = whole.rgb.chunks_exact(3 * whole.width as usize);
    for (to, from) in rows.zip(of_frame.skip(region.top as usize)) {
        let start = 3 * region.left as usize;
        to.copy_from_slice(&from[start..start + row_bytes]);
    }
    let (left, top) = (
        crate::detect::cells::pixels(region.left),
        crate::detect::cells::pixels(region.top),
    );
    let within = |[a, b, c, d]: [f32; 4]| Rect::of([a - left, b - top, c - left, d - top]);
    Ok(Picture {
        buffer,
        people: part.people.map(within).to_vec(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_of_a_part_is_inside_it() {
        for part in PARTS {
            let (width, height) = (part.region.width, part.region.height);
            let mut frame = FrameBuffer::default();
            frame.reshape(768, 576).fill(7);
            let Ok(picture) = cut(&frame, &part) else {
                panic!("frame {} has the part", part.frame);
            };
            assert_eq!((picture.buffer.width, picture.buffer.height), (width, height));
            for person in picture.people {
                let [left, top, right, bottom] = person.edges();
                let (width, height) = (
                    crate::detect::cells::pixels(width),
                    crate::detect::cells::pixels(height),
                );
                assert!(left >= 0.0 && top >= 0.0 && right <= width && bottom <= height);
                assert!(right - left > 15.0 && bottom - top > 50.0);
            }
            frame.reshape(320, 240);
            assert!(matches!(cut(&frame, &part), Err(TrialError::NotTheSample)));
        }
    }
}
