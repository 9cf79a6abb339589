//! Faces as ellipses, as FDDB labels them. In: axes, angle, centre. Out: the box around, and overlaps of ellipses and boxes
//! by area. FDDB's own program counts pixels of both; here rows of equal height are summed up, finer than pixels, so that
//! overlaps agree with the exact areas to about 0.0001.

use super::region::Region;

/// Half axes in pixels; the angle of the major one from the level, in radians.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ellipse {
    pub(crate) major: f64,
    pub(crate) minor: f64,
    pub(crate) angle: f64,
    pub(crate) x: f64,
    pub(crate) y: f64,
}

/// A convex area of a picture.
#[derive(Clone, Copy)]
pub(crate) enum Shape {
    Box(Region),
    Ellipse(Ellipse),
}

const ROWS: usize = 2000;

impl Ellipse {
    /// Half the width and half the height of the smallest upright box around it.
    pub(crate) fn extent(&self) -> (f64, f64) {
        let (sine, cosine) = self.angle.sin_cos();
        (
            (self.major * cosine).hypot(self.minor * sine),
            (self.major * sine).hypot(self.minor * cosine),
        )
    }

    /// From where to where the row at `y` lies within.
    fn row(&self, y: f64) -> Option<(f64, f64)> {
        let (sine, cosine) = self.angle.sin_cos();
        let (a, b) = (self.major.powi(2), self.minor.powi(2));
        // The quadratic form of the ellipse, solved for the level coordinate at this height.
        let of_x = cosine * cosine / a + sine * sine / b;
        let mixed = sine * cosine * (1.0 / a - 1.0 / b);
        let of_y = sine * sine / a + cosine * cosine / b;
        let down = y - self.y;
        let middle = -mixed * down / of_x;
        let under = (1.0 - (of_y - mixed * mixed / of_x) * down * down) / of_x;
        (under > 0.0).then(|| (self.x + middle - under.sqrt(), self.x + middle + under.sqrt()))
    }
}

impl Shape {
    fn heights(&self) -> (f64, f64) {
        match self {
            Self::Box(region) => (region.top, region.bottom()),
            Self::Ellipse(ellipse) => {
                let (_, down) = ellipse.extent();
                (ellipse.y - down, ellipse.y + down)
            }
        }
    }

    fn row(&self, y: f64) -> Option<(f64, f64)> {
        match self {
            Self::Box(region) => {
                (region.top <= y && y <= region.bottom()).then(|| (region.left, region.right()))
            }
            Self::Ellipse(ellipse) => ellipse.row(y),
        }
    }

    fn area(&self) -> f64 {
        match self {
            Self::Box(region) => region.area(),
            Self::Ellipse(ellipse) => std::f64::consts::PI * ellipse.major * ellipse.minor,
        }
    }

    /// Intersection over union by area.
    pub(crate) fn overlap(&self, other: &Self) -> f64 {
        let (a, b) = (self.heights(), other.heights());
        let (top, bottom) = (a.0.max(b.0), a.1.min(b.1));
        let areas = self.area() + other.area();
        if bottom <= top || !(self.area() > 0.0 && other.area() > 0.0) {
            return 0.0;
        }
        let height = (bottom - top) / ROWS as f64;
        let common: f64 = (0..ROWS)
            .filter_map(|row| {
                let y = top + (row as f64 + 0.5) * height;
                let ((from, to), (since, until)) = (self.row(y)?, other.row(y)?);
                Some((to.min(until) - from.max(since)).max(0.0))
            })
            .sum::<f64>()
            * height;
        common / (areas - common)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlaps_are_those_of_the_exact_areas() {
        let circle = |x: f64| {
            Shape::Ellipse(Ellipse {
                major: 10.0,
                minor: 10.0,
                angle: 0.3,
                x,
                y: 0.0,
            })
        };
        assert!((circle(0.0).overlap(&circle(0.0)) - 1.0).abs() < 1e-4);
        assert!(circle(0.0).overlap(&circle(20.5)) < 1e-9);
        // Two circles of radius r, r apart: the lens has the area r^2 (2 pi / 3 - sqrt(3) / 2).
        let lens = 100.0 * (2.0 * std::f64::consts::PI / 3.0 - 3f64.sqrt() / 2.0);
        let union = 200.0 * std::f64::consts::PI - lens;
        assert!((circle(0.0).overlap(&circle(10.0)) - lens / union).abs() < 1e-4);
        // An ellipse fills pi / 4 of the box around it, whichever way it lies.
        let lying = Ellipse {
            major: 30.0,
            minor: 10.0,
            angle: 0.0,
            x: 5.0,
            y: 7.0,
        };
        let around = Shape::Box(Region {
            left: -25.0,
            top: -3.0,
            width: 60.0,
            height: 20.0,
        });
        assert!((Shape::Ellipse(lying).overlap(&around) - std::f64::consts::PI / 4.0).abs() < 1e-4);
        let standing = Ellipse {
            angle: std::f64::consts::FRAC_PI_2,
            ..lying
        };
        let upright = Shape::Box(Region {
            left: -5.0,
            top: -23.0,
            width: 20.0,
            height: 60.0,
        });
        assert!((Shape::Ellipse(standing).overlap(&upright) - std::f64::consts::PI / 4.0).abs() < 1e-4);
        // Turned, it overlaps itself turned as much as the other way round.
        let turned = Ellipse { angle: 0.7, ..lying };
        let (one, other) = (Shape::Ellipse(turned), Shape::Ellipse(lying));
        assert!((one.overlap(&other) - other.overlap(&one)).abs() < 1e-9);
    }
}
