//! Boxes and how they overlap. The one `iou` of the tree.

/// An axis-aligned box in pixels of the frame: `left <= x < right`, `top <= y < bottom`, with continuous edges.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Rect {
    pub(crate) left: f32,
    pub(crate) top: f32,
    pub(crate) right: f32,
    pub(crate) bottom: f32,
}

impl Rect {
    /// From its edges, in the order of the fields.
    pub(crate) const fn of([left, top, right, bottom]: [f32; 4]) -> Self {
        Self {
            left,
            top,
            right,
            bottom,
        }
    }

    /// Its edges, in the order of the fields.
    pub(crate) const fn edges(&self) -> [f32; 4] {
        [self.left, self.top, self.right, self.bottom]
    }

    /// From its left upper corner on.
    pub(crate) fn sized(left: f32, top: f32, width: f32, height: f32) -> Self {
        Self::of([left, top, left + width, top + height])
    }

    /// Around a middle, so far to the sides and so far up and down.
    pub(crate) fn around(x: f32, y: f32, across: f32, down: f32) -> Self {
        Self::of([x - across, y - down, x + across, y + down])
    }

    /// Each edge moved outwards.
    pub(crate) fn grown(&self, across: f32, down: f32) -> Self {
        Self {
            left: self.left - across,
            top: self.top - down,
            right: self.right + across,
            bottom: self.bottom + down,
        }
    }

    /// In units of another length.
    pub(crate) fn scaled(&self, across: f32, down: f32) -> Self {
        Self {
            left: self.left * across,
            top: self.top * down,
            right: self.right * across,
            bottom: self.bottom * down,
        }
    }

    pub(crate) fn centre(&self) -> (f32, f32) {
        (
            f32::midpoint(self.left, self.right),
            f32::midpoint(self.top, self.bottom),
        )
    }

    pub(crate) fn width(&self) -> f32 {
        self.right - self.left
    }

    pub(crate) fn height(&self) -> f32 {
        self.bottom - self.top
    }

    /// Zero for a box without an inside, and for NaN.
    pub(crate) fn area(&self) -> f32 {
        self.width().max(0.0) * self.height().max(0.0)
    }

    pub(crate) fn intersection_area(&self, other: &Self) -> f32 {
        let width = self.right.min(other.right) - self.left.max(other.left);
        let height = self.bottom.min(other.bottom) - self.top.max(other.top);
        width.max(0.0) * height.max(0.0)
    }
}

/// Intersection over union (Jaccard index), between 0 and 1; 0 where the union has no area.
pub(crate) fn iou(a: &Rect, b: &Rect) -> f32 {
    let intersection = a.intersection_area(b);
    let union = a.area() + b.area() - intersection;
    if union > 0.0 { intersection / union } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn rect(left: f32, top: f32, right: f32, bottom: f32) -> Rect {
        Rect {
            left,
            top,
            right,
            bottom,
        }
    }

    #[test]
    fn iou_divides_by_the_union_and_not_by_the_enclosing_box_or_the_smaller_box() {
        // Two 20x20 boxes offset by (10, 10): intersection 100, union 700, enclosing box 900, smaller box 400.
        let got = iou(&rect(0.0, 0.0, 20.0, 20.0), &rect(10.0, 10.0, 30.0, 30.0));
        assert!((got - 100.0 / 700.0).abs() < 1e-6, "{got}");
    }

    #[test]
    fn boxes_that_only_touch_do_not_overlap() {
        assert!(iou(&rect(0.0, 0.0, 1.0, 1.0), &rect(1.0, 0.0, 2.0, 1.0)).abs() < f32::EPSILON);
    }

    #[test]
    fn a_box_without_area_overlaps_nothing_not_even_itself() {
        let point = rect(1.0, 1.0, 1.0, 1.0);
        assert!(iou(&point, &point).abs() < f32::EPSILON);
    }

    proptest::proptest! {
        #[test]
        fn iou_is_symmetric_in_range_and_one_for_itself(
            a in (0.0f32..100.0, 0.0f32..100.0, 0.1f32..50.0, 0.1f32..50.0),
            b in (0.0f32..100.0, 0.0f32..100.0, 0.1f32..50.0, 0.1f32..50.0),
        ) {
            let first = rect(a.0, a.1, a.0 + a.2, a.1 + a.3);
            let second = rect(b.0, b.1, b.0 + b.2, b.1 + b.3);
            let there = iou(&first, &second);
            proptest::prop_assert!((there - iou(&second, &first)).abs() < 1e-6);
            proptest::prop_assert!((0.0..=1.0 + 1e-6).contains(&there));
            proptest::prop_assert!((iou(&first, &first) - 1.0).abs() < 1e-4);
        }
    }
}
