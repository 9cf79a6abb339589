//! A labelled or found box in double precision, as the reference implementations of the metrics compute.
//! In: left, top, width, height, in pixels or as shares of the picture. Out: areas and overlaps.
//! Deliberately not the `Rect` of the detectors, whose single precision would decide ties otherwise than the references.

/// An axis-aligned box; the edges are continuous.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Region {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

/// What `TrackEval` and numpy call `np.finfo("float").eps`.
pub(crate) const EPSILON: f64 = f64::EPSILON;

impl Region {
    pub(crate) fn right(&self) -> f64 {
        self.left + self.width
    }

    pub(crate) fn bottom(&self) -> f64 {
        self.top + self.height
    }

    pub(crate) fn area(&self) -> f64 {
        self.width * self.height
    }

    pub(crate) fn from_corners(left: f64, top: f64, right: f64, bottom: f64) -> Self {
        Self {
            left,
            top,
            width: right - left,
            height: bottom - top,
        }
    }

    /// The box in another unit: every length across times `across`, every length down times `down`.
    pub(crate) fn scaled(&self, across: f64, down: f64) -> Self {
        Self {
            left: self.left * across,
            top: self.top * down,
            width: self.width * across,
            height: self.height * down,
        }
    }
}

/// Intersection over union as `TrackEval` 1.3 computes it (`_calculate_box_ious`, by way of the corners).
pub(crate) fn overlap(a: &Region, b: &Region) -> f64 {
    let (a_right, a_bottom, b_right, b_bottom) = (a.right(), a.bottom(), b.right(), b.bottom());
    let across = a_right.min(b_right) - a.left.max(b.left);
    let down = a_bottom.min(b_bottom) - a.top.max(b.top);
    // Most pairs lie apart: nothing over any union is nothing.
    if across <= 0.0 || down <= 0.0 {
        return 0.0;
    }
    let intersection = across * down;
    let a_area = (a_right - a.left) * (a_bottom - a.top);
    let b_area = (b_right - b.left) * (b_bottom - b.top);
    let union = a_area + b_area - intersection;
    if a_area <= EPSILON || b_area <= EPSILON || union <= EPSILON {
        0.0
    } else {
        intersection / union
    }
}

/// Overlap as the COCO tools compute it (`maskApi.c`, `bbIou`): where the label is a crowd, only the found box counts
/// below the line, because nobody knows how many are in the crowd.
pub(crate) fn coco_overlap(found: &Region, label: &Region, crowd: bool) -> f64 {
    let width = found.right().min(label.right()) - found.left.max(label.left);
    if width <= 0.0 {
        return 0.0;
    }
    let height = found.bottom().min(label.bottom()) - found.top.max(label.top);
    if height <= 0.0 {
        return 0.0;
    }
    let intersection = width * height;
    let below = if crowd {
        found.area()
    } else {
        found.area() + label.area() - intersection
    };
    intersection / below
}

#[cfg(test)]
mod tests {
    use super::*;

    fn region(left: f64, top: f64, width: f64, height: f64) -> Region {
        Region {
            left,
            top,
            width,
            height,
        }
    }

    #[test]
    fn both_overlaps_divide_by_the_union_and_a_crowd_by_the_found_box() {
        // Two 20x20 boxes offset by (10, 10): intersection 100, union 700, one box 400.
        let (a, b) = (region(0.0, 0.0, 20.0, 20.0), region(10.0, 10.0, 20.0, 20.0));
        assert!((overlap(&a, &b) - 100.0 / 700.0).abs() < 1e-15);
        assert!((coco_overlap(&a, &b, false) - 100.0 / 700.0).abs() < 1e-15);
        assert!((coco_overlap(&a, &b, true) - 0.25).abs() < 1e-15);
    }

    #[test]
    fn boxes_that_touch_and_boxes_without_an_inside_do_not_overlap() {
        let (a, b) = (region(0.0, 0.0, 1.0, 1.0), region(1.0, 0.0, 1.0, 1.0));
        assert!(overlap(&a, &b).abs() < 1e-300 && coco_overlap(&a, &b, false).abs() < 1e-300);
        let point = region(1.0, 1.0, 0.0, 0.0);
        assert!(overlap(&point, &point).abs() < 1e-300 && coco_overlap(&point, &point, false).abs() < 1e-300);
    }
}
