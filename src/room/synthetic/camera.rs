//! Places in metres in, places in pixels out: a pinhole camera on a mast, tilted down, looking along the depth axis.

/// A place in the scene: metres to the right, up from the ground, and away from the foot of the mast.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) right: f64,
    pub(super) up: f64,
    pub(super) away: f64,
}

/// The camera.
#[derive(Clone, Copy)]
pub(super) struct Camera {
    pub(super) width: u32,
    pub(super) height: u32,
    /// Metres above the ground.
    mast: f64,
    /// Radians below the horizon.
    tilt: f64,
    /// Focal length in pixels.
    focal: f64,
}

impl Camera {
    /// A camera 6 m up, 22 degrees down, as wide as an ordinary surveillance lens (58 degrees).
    pub(super) fn new(width: u32, height: u32) -> Self {
        Self {
            width,
            height,
            mast: 6.0,
            tilt: 22f64.to_radians(),
            focal: 0.9 * f64::from(width),
        }
    }

    /// Pixels from the left and from the top.
    pub(super) fn pixel(&self, place: Place) -> (f64, f64) {
        let below = place.up - self.mast;
        let depth = place.away * self.tilt.cos() - below * self.tilt.sin();
        let lifted = below * self.tilt.cos() + place.away * self.tilt.sin();
        let middle = (f64::from(self.width) / 2.0, f64::from(self.height) / 2.0);
        (
            middle.0 + self.focal * place.right / depth,
            middle.1 - self.focal * lifted / depth,
        )
    }

    /// Pixels in one metre across the view, at a place.
    pub(super) fn pixels_per_metre(&self, place: Place) -> f64 {
        let depth = place.away * self.tilt.cos() + (self.mast - place.up) * self.tilt.sin();
        self.focal / depth
    }
}

#[test]
fn what_the_camera_is_pointed_at_is_in_the_middle_and_what_is_farther_is_smaller() {
    let camera = Camera::new(800, 600);
    let away = 6.0 / 22f64.to_radians().tan();
    let target = Place {
        right: 0.0,
        up: 0.0,
        away,
    };
    let (x, y) = camera.pixel(target);
    assert!((x - 400.0).abs() < 1e-9 && (y - 300.0).abs() < 1e-9, "{x} {y}");
    let metre = Place { right: 1.0, ..target };
    assert!((camera.pixel(metre).0 - 400.0 - camera.pixels_per_metre(target)).abs() < 1e-9);
    assert!(camera.pixels_per_metre(Place { away: 20.0, ..target }) < camera.pixels_per_metre(target));
}
