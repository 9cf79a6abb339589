//! Plane geometry of what a user draws. In: corners. Out: whether a place is inside, whether edges cross, areas.

/// A place, in pixels or in metres.
pub type Place = [f64; 2];

/// Whether `place` lies inside (even-odd rule). A place on an edge may fall on either side.
pub fn contains(polygon: &[Place], place: Place) -> bool {
    let mut inside = false;
    for (a, b) in edges(polygon) {
        let spans = (a[1] > place[1]) != (b[1] > place[1]);
        if spans && place[0] < a[0] + (place[1] - a[1]) / (b[1] - a[1]) * (b[0] - a[0]) {
            inside = !inside;
        }
    }
    inside
}

/// Distance from `place` to the nearest edge.
pub fn distance_to_edge(polygon: &[Place], place: Place) -> f64 {
    edges(polygon)
        .map(|(a, b)| distance_to_segment(a, b, place))
        .fold(f64::INFINITY, f64::min)
}

/// Distance from `place` to the segment from `a` to `b`.
fn distance_to_segment(a: Place, b: Place, place: Place) -> f64 {
    let (along, to) = (minus(b, a), minus(place, a));
    let length = dot(along, along);
    let at = if length > 0.0 {
        (dot(to, along) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    distance([a[0] + at * along[0], a[1] + at * along[1]], place)
}

/// The area that the corners enclose.
pub(crate) fn area(polygon: &[Place]) -> f64 {
    // From the first corner, so that far coordinates do not cost digits.
    let origin = polygon.first().copied().unwrap_or_default();
    let doubled: f64 = edges(polygon)
        .map(|(a, b)| cross(minus(a, origin), minus(b, origin)))
        .sum();
    doubled.abs() / 2.0
}

/// Two edges that cross or touch and are no neighbours, or neighbours that run back over each other.
pub(crate) fn crosses_itself(polygon: &[Place]) -> bool {
    let edges: Vec<(Place, Place)> = edges(polygon).collect();
    let n = edges.len();
    (0..n).any(|i| {
        (i + 1..n).any(|j| {
            let ((a, b), (c, d)) = (edges[i], edges[j]);
            if j == i + 1 || (i == 0 && j == n - 1) {
                let (before, corner, after) = if j == i + 1 { (a, b, d) } else { (c, d, b) };
                let (back, on) = (minus(before, corner), minus(after, corner));
                cross(back, on).abs() < 1e-9 && dot(back, on) > 0.0
            } else {
                segments_meet(a, b, c, d)
            }
        })
    })
}

/// Whether two segments have a point in common.
pub fn segments_meet(a: Place, b: Place, c: Place, d: Place) -> bool {
    let side = |p: Place, q: Place, r: Place| cross(minus(q, p), minus(r, p));
    let (abc, abd) = (side(a, b, c), side(a, b, d));
    let (cda, cdb) = (side(c, d, a), side(c, d, b));
    if abc * abd < 0.0 && cda * cdb < 0.0 {
        return true;
    }
    let on =
        |p: Place, q: Place, r: Place, turn: f64| turn.abs() < 1e-12 && distance_to_segment(p, q, r) < 1e-9;
    on(a, b, c, abc) || on(a, b, d, abd) || on(c, d, a, cda) || on(c, d, b, cdb)
}

/// Whether all places lie (nearly) on one line: the triangle of any three is small against the spread.
pub(crate) fn collinear(places: &[Place]) -> bool {
    let Some(&origin) = places.first() else {
        return true;
    };
    let far = places
        .iter()
        .map(|&place| minus(place, origin))
        .fold(
            [0.0, 0.0],
            |far, to| if dot(to, to) > dot(far, far) { to } else { far },
        );
    let length = dot(far, far).sqrt();
    length <= 0.0
        || places
            .iter()
            .all(|&place| cross(far, minus(place, origin)).abs() / length < 1e-3 * length)
}

/// Each edge once, the closing one last.
pub(crate) fn edges(polygon: &[Place]) -> impl Iterator<Item = (Place, Place)> + '_ {
    let next = polygon.iter().cycle().skip(1);
    polygon.iter().copied().zip(next.copied())
}

/// `a` - `b`.
pub fn minus(a: Place, b: Place) -> Place {
    [a[0] - b[0], a[1] - b[1]]
}

/// The scalar product.
pub fn dot(a: Place, b: Place) -> f64 {
    a[0] * b[0] + a[1] * b[1]
}

/// Twice the signed area of the triangle (0, a, b).
pub fn cross(a: Place, b: Place) -> f64 {
    a[0] * b[1] - a[1] * b[0]
}

/// The distance between two places.
pub fn distance(a: Place, b: Place) -> f64 {
    let between = minus(a, b);
    dot(between, between).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: [Place; 4] = [[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0]];

    #[test]
    fn a_notch_is_outside_and_the_area_leaves_it_out() {
        // A square of 10 with a triangle (10 wide, 5 deep) cut out of its lower side: 100 - 25.
        let notched = [[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [5.0, 5.0], [0.0, 10.0]];
        assert!(contains(&notched, [5.0, 4.0]));
        assert!(!contains(&notched, [5.0, 6.0]), "its box would hold it");
        assert!((area(&notched) - 75.0).abs() < 1e-12);
        assert!((distance_to_edge(&SQUARE, [4.0, 5.0]) - 4.0).abs() < 1e-12);
        assert!((distance_to_edge(&SQUARE, [13.0, 14.0]) - 5.0).abs() < 1e-12);
    }

    #[test]
    fn a_bow_tie_and_a_spike_cross_themselves_and_a_star_shaped_room_does_not() {
        assert!(crosses_itself(&[
            [0.0, 0.0],
            [10.0, 10.0],
            [10.0, 0.0],
            [0.0, 10.0]
        ]));
        assert!(
            crosses_itself(&[[0.0, 0.0], [10.0, 0.0], [4.0, 0.0], [4.0, 5.0]]),
            "back over itself"
        );
        assert!(
            crosses_itself(&[[0.0, 0.0], [10.0, 0.0], [10.0, 5.0], [5.0, 0.0], [0.0, 5.0]]),
            "touches an edge"
        );
        assert!(!crosses_itself(&SQUARE));
        assert!(!crosses_itself(&[
            [0.0, 0.0],
            [9.0, 0.0],
            [5.0, 4.0],
            [9.0, 9.0],
            [0.0, 9.0]
        ]));
    }

    #[test]
    fn points_on_one_line_are_seen_as_such_whatever_its_slope() {
        assert!(collinear(&[[0.0, 0.0], [1.0, 2.0], [2.0, 4.0], [10.0, 20.001]]));
        assert!(!collinear(&[[0.0, 0.0], [1.0, 2.0], [2.0, 4.5], [10.0, 20.0]]));
        assert!(collinear(&[[3.0, 3.0], [3.0, 3.0]]));
    }
}
