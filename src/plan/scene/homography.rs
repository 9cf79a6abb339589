//! A homography from known points. In: pairs of pixels and metres, four or more. Out: the map from pixels to metres
//! that fits them best in the sense of the normalised direct linear transform (Hartley and Zisserman, *Multiple View
//! Geometry*, 2nd edition, algorithm 4.2), or why there is none.

use super::polygon::{Place, collinear, distance};
use vsa_record::scene::PointPair;

/// From pixels to metres; the third row is positive at every point that it was made from.
#[derive(Clone, Debug, PartialEq)]
pub struct Homography {
    pub(crate) rows: [[f64; 3]; 3],
}

/// Why there is no homography.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoHomography {
    TooFew,
    Collinear,
    /// Three of four points on a line, or two points in one place.
    Degenerate,
    /// Some points lie beyond the horizon of the others.
    BehindCamera,
}

type Matrix = [[f64; 3]; 3];

impl Homography {
    pub(crate) fn fit(pairs: &[PointPair]) -> Result<Self, NoHomography> {
        if pairs.len() < 4 {
            return Err(NoHomography::TooFew);
        }
        let pixels: Vec<Place> = pairs.iter().map(|pair| pair.pixel).collect();
        let metres: Vec<Place> = pairs.iter().map(|pair| pair.metres).collect();
        if collinear(&pixels) || collinear(&metres) {
            return Err(NoHomography::Collinear);
        }
        let (from, to) = (normaliser(&pixels), normaliser(&metres));
        let mut normal = [[0.0; 9]; 9];
        for (pixel, metre) in pixels.iter().zip(&metres) {
            let [x, y] = applied(&from, *pixel).ok_or(NoHomography::Degenerate)?;
            let [u, v] = applied(&to, *metre).ok_or(NoHomography::Degenerate)?;
            let equations = [
                [0.0, 0.0, 0.0, -x, -y, -1.0, v * x, v * y, v],
                [x, y, 1.0, 0.0, 0.0, 0.0, -u * x, -u * y, -u],
            ];
            for row in equations {
                for (i, a) in row.iter().enumerate() {
                    for (j, b) in row.iter().enumerate() {
                        normal[i][j] += a * b;
                    }
                }
            }
        }
        let (values, vectors) = eigen(normal);
        // With one more direction that fits as well, the points leave the map open.
        if values[1] < 1e-9 * values[8] {
            return Err(NoHomography::Degenerate);
        }
        let h = &vectors[0];
        let fitted = [[h[0], h[1], h[2]], [h[3], h[4], h[5]], [h[6], h[7], h[8]]];
        if determinant(&fitted).abs() < 1e-9 {
            return Err(NoHomography::Degenerate);
        }
        let mut rows = product(&inverse_of_normaliser(&to), &product(&fitted, &from));
        let depths: Vec<f64> = pixels.iter().map(|&pixel| depth(&rows, pixel)).collect();
        let sign = depths[0].signum();
        if depths.iter().any(|depth| depth * sign <= 0.0) {
            return Err(NoHomography::BehindCamera);
        }
        // Scaled so that the first point has depth 1: the same points give the same numbers.
        let scale = depths[0];
        rows.iter_mut().flatten().for_each(|entry| *entry /= scale);
        Ok(Self { rows })
    }

    /// Where a pixel lies on the ground; none: at or above the horizon.
    pub(crate) fn to_ground(&self, pixel: Place) -> Option<Place> {
        (depth(&self.rows, pixel) > 1e-9).then(|| applied(&self.rows, pixel))?
    }

    /// How far each of the pairs is from where a fit to all others puts it. None: too few to leave one out.
    pub(crate) fn left_out(pairs: &[PointPair]) -> Option<Vec<f64>> {
        if pairs.len() < 5 {
            return None;
        }
        (0..pairs.len())
            .map(|out| {
                let mut others = pairs.to_vec();
                let pair = others.remove(out);
                let fitted = Self::fit(&others).ok()?;
                Some(distance(fitted.to_ground(pair.pixel)?, pair.metres))
            })
            .collect()
    }
}

fn depth(h: &Matrix, [x, y]: Place) -> f64 {
    h[2][0] * x + h[2][1] * y + h[2][2]
}

fn applied(h: &Matrix, [x, y]: Place) -> Option<Place> {
    let w = depth(h, [x, y]);
    let place = [
        (h[0][0] * x + h[0][1] * y + h[0][2]) / w,
        (h[1][0] * x + h[1][1] * y + h[1][2]) / w,
    ];
    place.iter().all(|value| value.is_finite()).then_some(place)
}

/// Moves the centroid to the origin and the mean distance from it to the square root of 2.
fn normaliser(places: &[Place]) -> Matrix {
    let n = places.len() as f64;
    let centre = [0, 1].map(|axis| places.iter().map(|place| place[axis]).sum::<f64>() / n);
    let mean = places.iter().map(|&place| distance(place, centre)).sum::<f64>() / n;
    let scale = std::f64::consts::SQRT_2 / mean;
    [
        [scale, 0.0, -scale * centre[0]],
        [0.0, scale, -scale * centre[1]],
        [0.0, 0.0, 1.0],
    ]
}

fn inverse_of_normaliser(t: &Matrix) -> Matrix {
    let scale = t[0][0];
    [
        [1.0 / scale, 0.0, -t[0][2] / scale],
        [0.0, 1.0 / scale, -t[1][2] / scale],
        [0.0, 0.0, 1.0],
    ]
}

fn product(a: &Matrix, b: &Matrix) -> Matrix {
    std::array::from_fn(|i| std::array::from_fn(|j| (0..3).map(|k| a[i][k] * b[k][j]).sum()))
}

fn determinant(m: &Matrix) -> f64 {
    m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
        + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0])
}

/// Eigenvalues of a symmetric matrix, ascending, and their vectors: Jacobi's method, always the same sweeps.
fn eigen(mut a: [[f64; 9]; 9]) -> ([f64; 9], [[f64; 9]; 9]) {
    let mut vectors: [[f64; 9]; 9] =
        std::array::from_fn(|i| std::array::from_fn(|j| f64::from(u8::from(i == j))));
    for _ in 0..60 {
        for p in 0..8 {
            for q in p + 1..9 {
                if a[p][q].abs() < 1e-300 {
                    continue;
                }
                let theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
                let t = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
                let c = 1.0 / (t * t + 1.0).sqrt();
                let s = t * c;
                for row in &mut a {
                    (row[p], row[q]) = (c * row[p] - s * row[q], s * row[p] + c * row[q]);
                }
                turn(&mut a, p, q, c, s);
                turn(&mut vectors, p, q, c, s);
            }
        }
    }
    let mut order: [usize; 9] = std::array::from_fn(|i| i);
    order.sort_by(|&i, &j| a[i][i].total_cmp(&a[j][j]));
    (order.map(|i| a[i][i].max(0.0)), order.map(|i| vectors[i]))
}

/// Turns rows `p` and `q`, `p < q`, by an angle.
fn turn(rows: &mut [[f64; 9]; 9], p: usize, q: usize, c: f64, s: f64) {
    let (before, from_q) = rows.split_at_mut(q);
    for (x, y) in before[p].iter_mut().zip(&mut from_q[0]) {
        (*x, *y) = (c * *x - s * *y, s * *x + c * *y);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(pixel: Place, metres: Place) -> PointPair {
        PointPair { pixel, metres }
    }

    /// A view by hand: u = x / (1 + y/10), v = y / (1 + y/10); backwards x = u / (1 - v/10), y = v / (1 - v/10).
    fn seen(metres: Place) -> PointPair {
        let depth = 1.0 + metres[1] / 10.0;
        pair([metres[0] / depth * 100.0, metres[1] / depth * 100.0], metres)
    }

    #[test]
    fn four_points_give_back_the_view_they_were_made_by() {
        let corners = [[0.0, 0.0], [4.0, 0.0], [5.0, 8.0], [-1.0, 6.0]].map(seen);
        let fitted = Homography::fit(&corners).unwrap();
        for metres in [[1.0, 1.0], [2.0, 5.0], [-3.0, 30.0], [10.0, -5.0]] {
            let found = fitted.to_ground(seen(metres).pixel).unwrap();
            assert!(distance(found, metres) < 1e-8, "{metres:?} {found:?}");
        }
        // v = 10 (1000 pixels) is the horizon: nothing at or beyond it lies on the ground.
        assert!(fitted.to_ground([0.0, 999.0]).is_some());
        assert!(fitted.to_ground([0.0, 1001.0]).is_none());
    }

    #[test]
    fn more_points_are_fitted_in_the_mean_and_left_out_points_show_the_error() {
        let grid: Vec<PointPair> = (0..12)
            .map(|i| [f64::from(i % 4), f64::from(i / 4) * 2.0])
            .map(seen)
            .collect();
        let exact = Homography::left_out(&grid).unwrap();
        assert!(exact.iter().all(|error| *error < 1e-7), "{exact:?}");
        let mut moved = grid.clone();
        moved[5].metres[0] += 0.5;
        let errors = Homography::left_out(&moved).unwrap();
        assert!(errors[5] > 0.4 && errors[5] < 0.8, "{errors:?}");
        assert!(Homography::left_out(&grid[..4]).is_none());
    }

    #[test]
    fn what_leaves_the_map_open_is_refused() {
        let line: Vec<PointPair> = (0..6).map(|i| seen([f64::from(i), 2.0 * f64::from(i)])).collect();
        assert_eq!(Homography::fit(&line), Err(NoHomography::Collinear));
        assert_eq!(Homography::fit(&line[..3]), Err(NoHomography::TooFew));
        let three = [[0.0, 0.0], [1.0, 0.0], [2.0, 0.0], [1.0, 3.0]].map(seen);
        assert_eq!(Homography::fit(&three), Err(NoHomography::Degenerate));
        let beyond = [
            seen([0.0, 0.0]),
            seen([4.0, 0.0]),
            seen([5.0, 8.0]),
            // As far behind the camera: its depth is negative.
            seen([2.0, -25.0]),
            seen([-3.0, -40.0]),
        ];
        assert_eq!(Homography::fit(&beyond), Err(NoHomography::BehindCamera));
    }

    proptest::proptest! {
        #[test]
        fn any_view_of_a_plane_is_recovered(
            h in proptest::array::uniform8(-0.3f64..0.3),
        ) {
            // Near the identity in normalised pixels, so that nothing lies behind the camera.
            let view = |[x, y]: Place| {
                let w = 1.0 + h[6] * x + h[7] * y;
                [((1.0 + h[0]) * x + h[1] * y + h[2]) / w, (h[3] * x + (1.0 + h[4]) * y + h[5]) / w]
            };
            let places = [[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0], [0.3, -0.2]];
            let pairs = places.map(|pixel| pair(pixel, view(pixel)));
            let fitted = Homography::fit(&pairs).unwrap();
            let found = fitted.to_ground([0.5, 0.1]).unwrap();
            proptest::prop_assert!(distance(found, view([0.5, 0.1])) < 1e-7);
        }
    }
}
