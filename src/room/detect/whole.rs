//! A box and the picture's size in, whether the picture's edge may cut what is in the box out.
//!
//! Detectors draw a box around what they see: the box of somebody whom the edge cuts ends at the edge, and its height is not that of the
//! body. Whatever takes the height, or the proportions, of a body asks here first. **Limit.** A box nearer to an edge than
//! [`EDGE`] counts as cut: boxes end a few pixels before the edge as well. It is a convention of ours. **What it cannot tell.** Whether
//! something in the picture hides a part of the body.

use super::overlap::Rect;

/// Share of the picture's side.
const EDGE: f32 = 0.01;

/// Whether all four edges of a box keep away from those of a picture of this width and height.
pub(crate) fn is_whole(rect: &Rect, (width, height): (u32, u32)) -> bool {
    let (width, height) = (width as f32, height as f32);
    rect.left > EDGE * width
        && rect.top > EDGE * height
        && rect.right < (1.0 - EDGE) * width
        && rect.bottom < (1.0 - EDGE) * height
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_at_any_of_the_four_edges_may_be_cut_and_one_inside_is_not() {
        let size = (400, 300);
        let inside = [5.0, 4.0, 395.0, 296.0];
        assert!(is_whole(&Rect::of(inside), size));
        for (edge, at) in [(0, 4.0), (1, 3.0), (2, 396.0), (3, 297.0), (0, -20.0), (3, 350.0)] {
            let mut cut = inside;
            cut[edge] = at;
            assert!(!is_whole(&Rect::of(cut), size), "edge {edge} at {at}");
        }
    }
}
