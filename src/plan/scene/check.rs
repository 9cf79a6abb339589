//! From the written to the checked scene: what cannot be is refused, in words that point at its place in the file.

use super::Scene;
use super::camera;
use super::error::{Origin, SceneError};
use super::homography::{Homography, NoHomography};
use super::plane::GroundPlane;
use super::polygon::{Place, crosses_itself, distance};
use super::written::{
    WrittenArrow, WrittenCalibration, WrittenLine, WrittenPoint, WrittenScene, WrittenZone,
};
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::Spanned;
use vsa_record::scene::{
    ArrowFacts, CalibrationFacts, LineFacts, PointPair, ResidualFacts, SceneFacts, TsaiFacts, ZoneFacts,
};

/// Rates and heights beyond these are slips of the pen.
const RATES: Range<f64> = 0.01..1000.0;
const HEIGHTS: Range<f64> = 0.5..2.5;

/// More zones or lines than this no report can show.
const MOST: usize = 50;

/// Nothing that is seen of the ground is farther than this, in metres: a point there lies at the horizon.
const FARTHEST: f64 = 10_000.0;

impl WrittenScene {
    /// Checks the scene. Everything that is drawn needs `frame_size`, or a camera file that says it.
    ///
    /// # Errors
    /// The first [`SceneError`] met.
    pub fn check(self) -> Result<Scene, SceneError> {
        let mut check = Check {
            origin: &self.origin,
            size: None,
        };
        let size = self.frame_size.as_ref();
        check.size = size.map(|size| check.frame_size(size)).transpose()?;
        if let Some(rate) = &self.frame_rate {
            check.within("frame_rate", rate, &RATES)?;
        }
        if let Some(height) = &self.body_height {
            check.within("body_height (in metres)", height, &HEIGHTS)?;
        }
        let given = match &self.calibration {
            Some(calibration) => check.camera(calibration)?,
            None => None,
        };
        let calibrated = self.calibration.as_ref();
        let calibrated = calibrated.map(|it| check.calibration(it, given));
        let (plane, calibration) = calibrated.transpose()?.unzip();
        let arrow = self.common_direction.as_ref();
        let common_direction = arrow.map(|it| check.arrow(it, plane.as_ref())).transpose()?;
        let facts = SceneFacts {
            frame_size: check.size,
            frame_rate: self.frame_rate.as_ref().map(|rate| *rate.get_ref()),
            body_height_metres: self.body_height.as_ref().map(|height| *height.get_ref()),
            common_direction,
            zones: check.zones(&self.zone, plane.as_ref())?,
            lines: check.lines(&self.line)?,
            calibration,
        };
        Ok(Scene { facts, plane })
    }
}

struct Check<'scene> {
    origin: &'scene Origin,
    /// Of the picture that everything is drawn on: as the scene says, or its camera file.
    size: Option<[u32; 2]>,
}

impl Check<'_> {
    fn refuse<T, V>(&self, fault: &Spanned<V>, what: impl Into<String>) -> Result<T, SceneError> {
        Err(SceneError::Meaning {
            place: self.origin.at(&fault.span()),
            what: what.into(),
        })
    }

    fn frame_size(&self, size: &Spanned<[u32; 2]>) -> Result<[u32; 2], SceneError> {
        let [width, height] = *size.get_ref();
        if (1..=65_536).contains(&width) && (1..=65_536).contains(&height) {
            Ok([width, height])
        } else {
            let what = format!(
                "frame_size is {width}x{height}, but must be the width and height of the picture in pixels"
            );
            self.refuse(size, what)
        }
    }

    fn within(&self, name: &str, value: &Spanned<f64>, range: &Range<f64>) -> Result<(), SceneError> {
        if range.contains(value.get_ref()) {
            return Ok(());
        }
        let (got, low, high) = (value.get_ref(), range.start, range.end);
        let what = format!("{name} is {got}, but has to lie between {low} and {high}");
        self.refuse(value, what)
    }

    /// The camera, from its file or from numbers. A file also says the size of its pictures.
    fn camera(&mut self, calibration: &Spanned<WrittenCalibration>) -> Result<Option<TsaiFacts>, SceneError> {
        let written = calibration.get_ref();
        if let (Some(camera), Some(_)) = (&written.camera, &written.tsai) {
            let what = "the calibration names a camera file and gives a camera in numbers: keep one of them";
            return self.refuse(camera, what);
        }
        if let (Some(units), None) = (&written.units_per_metre, &written.camera) {
            return self.refuse(
                units,
                "units_per_metre speaks of a camera file, and none is named",
            );
        }
        match (&written.camera, &written.tsai) {
            (Some(file), _) => {
                let units = written.units_per_metre.as_ref();
                let (camera, its_size) =
                    self.camera_file(file, units.map_or(1000.0, |units| *units.get_ref()))?;
                if let (Some(drawn), Some(its)) = (self.size, its_size)
                    && drawn != its
                {
                    let what = format!(
                        "frame_size is {}x{}, but the camera file speaks of pictures of {}x{}",
                        drawn[0], drawn[1], its[0], its[1]
                    );
                    return self.refuse(file, what);
                }
                self.size = self.size.or(its_size);
                self.sound(camera, file).map(Some)
            }
            (None, Some(camera)) => self.sound(*camera.get_ref(), camera).map(Some),
            (None, None) => Ok(None),
        }
    }

    fn camera_file(
        &self,
        file: &Spanned<PathBuf>,
        units_per_metre: f64,
    ) -> Result<(TsaiFacts, Option<[u32; 2]>), SceneError> {
        let folder = self.origin.path.parent().unwrap_or(Path::new(""));
        let path = folder.join(file.get_ref());
        let text = std::fs::read_to_string(&path).map_err(|error| SceneError::Read {
            what: "the camera file",
            path: path.clone(),
            reason: error.to_string(),
        })?;
        camera::read_xml(&text, units_per_metre).or_else(|why| {
            let what = format!("the camera file {} is not understood: {why}", path.display());
            self.refuse(file, what)
        })
    }

    fn sound<V>(&self, camera: TsaiFacts, written: &Spanned<V>) -> Result<TsaiFacts, SceneError> {
        match camera::fault(&camera) {
            Some(fault) => self.refuse(written, fault),
            None => Ok(camera),
        }
    }

    /// A place within the picture, its edges included; `written`: where it stands in the file.
    fn place<V>(&self, what: &str, [x, y]: Place, written: &Spanned<V>) -> Result<Place, SceneError> {
        let Some([width, height]) = self.size else {
            let what = format!(
                "{what} is drawn in pixels, but frame_size is missing: add frame_size = [width, height] of the picture \
                 at the top"
            );
            return self.refuse(written, what);
        };
        if (0.0..=f64::from(width)).contains(&x) && (0.0..=f64::from(height)).contains(&y) {
            Ok([x, y])
        } else {
            let what =
                format!("{what}: the point ({x}, {y}) lies outside the picture of {width}x{height} pixels");
            self.refuse(written, what)
        }
    }

    /// Both ends of what is drawn as a line; `whole`: what is pointed at where they are one place.
    fn ends<V>(
        &self,
        what: &str,
        [from, to]: [&Spanned<Place>; 2],
        whole: &Spanned<V>,
    ) -> Result<[Place; 2], SceneError> {
        let from = self.place(what, *from.get_ref(), from)?;
        let to = self.place(what, *to.get_ref(), to)?;
        if distance(from, to) < 1.0 {
            return self.refuse(whole, format!("{what} begins and ends in the same place"));
        }
        Ok([from, to])
    }

    fn polygon(
        &self,
        what: &str,
        written: &Spanned<Vec<Spanned<[f64; 2]>>>,
    ) -> Result<Vec<Place>, SceneError> {
        let mut corners: Vec<Place> = Vec::new();
        for point in written.get_ref() {
            let [x, y] = self.place(what, *point.get_ref(), point)?;
            if corners.iter().any(|&corner| distance(corner, [x, y]) < 1e-9) {
                let what =
                    format!("{what}: the point ({x}, {y}) is there twice (a polygon is closed by itself)");
                return self.refuse(point, what);
            }
            corners.push([x, y]);
        }
        if corners.len() < 3 {
            let what = format!("{what} has {} corners, but needs 3 or more", corners.len());
            return self.refuse(written, what);
        }
        if super::polygon::collinear(&corners) {
            let what = format!("{what} encloses no area: its corners lie on one line");
            return self.refuse(written, what);
        }
        if crosses_itself(&corners) {
            let what = format!("{what} crosses itself: give its corners in order along its edge");
            return self.refuse(written, what);
        }
        Ok(corners)
    }

    fn name<'name>(
        &self,
        name: &'name Spanned<String>,
        names: &mut BTreeSet<&'name str>,
    ) -> Result<String, SceneError> {
        let text = name.get_ref();
        if text.trim().is_empty() || text.chars().any(char::is_control) || text.chars().count() > 60 {
            let what = "a name must be 1 to 60 letters long, without control characters";
            return self.refuse(name, what);
        }
        if !names.insert(text) {
            let what = format!("two zones or two lines are named `{text}`: give each its own name");
            return self.refuse(name, what);
        }
        Ok(text.clone())
    }

    fn zones(
        &self,
        zones: &[WrittenZone],
        plane: Option<&GroundPlane>,
    ) -> Result<Vec<ZoneFacts>, SceneError> {
        let mut names = BTreeSet::new();
        if let Some(one_more) = zones.get(MOST) {
            return self.refuse(&one_more.name, format!("there are more than {MOST} zones"));
        }
        zones
            .iter()
            .map(|zone| {
                let name = self.name(&zone.name, &mut names)?;
                let polygon = self.polygon(&format!("zone `{name}`"), &zone.polygon)?;
                let square_metres = plane.and_then(|plane| plane.area(&polygon));
                Ok(ZoneFacts {
                    name,
                    polygon,
                    square_metres,
                })
            })
            .collect()
    }

    fn lines(&self, lines: &[WrittenLine]) -> Result<Vec<LineFacts>, SceneError> {
        let mut names = BTreeSet::new();
        if let Some(one_more) = lines.get(MOST) {
            return self.refuse(&one_more.name, format!("there are more than {MOST} lines"));
        }
        lines
            .iter()
            .map(|line| {
                let name = self.name(&line.name, &mut names)?;
                let [from, to] = self.ends(&format!("line `{name}`"), [&line.from, &line.to], &line.to)?;
                Ok(LineFacts { name, from, to })
            })
            .collect()
    }

    fn arrow(
        &self,
        written: &Spanned<WrittenArrow>,
        plane: Option<&GroundPlane>,
    ) -> Result<ArrowFacts, SceneError> {
        let arrow = written.get_ref();
        let what = "the common direction";
        let [from, to] = self.ends(what, [&arrow.from, &arrow.to], written)?;
        let hovers = |plane: &GroundPlane| plane.to_ground(from).is_none() || plane.to_ground(to).is_none();
        if plane.is_some_and(hovers) {
            let what = format!("{what} reaches to or above the horizon: draw it on the ground");
            return self.refuse(written, what);
        }
        Ok(ArrowFacts { from, to })
    }

    fn calibration(
        &self,
        written: &Spanned<WrittenCalibration>,
        camera: Option<TsaiFacts>,
    ) -> Result<(GroundPlane, CalibrationFacts), SceneError> {
        let calibration = written.get_ref();
        let points = calibration
            .points
            .iter()
            .map(|point| self.pair(point))
            .collect::<Result<Vec<_>, _>>()?;
        let (plane, residual) = match camera {
            Some(camera) => (
                GroundPlane::Tsai(camera),
                self.camera_errors(&camera, &calibration.points)?,
            ),
            None => match Homography::fit(&points) {
                Ok(fitted) => (GroundPlane::Homography(fitted), Homography::left_out(&points)),
                Err(why) => return self.refuse(written, in_words(why, points.len())),
            },
        };
        let mut ground = Vec::new();
        let mut ground_square_metres = None;
        if let Some(polygon) = &calibration.ground {
            ground = self.polygon("the ground", polygon)?;
            for (&[x, y], point) in ground.iter().zip(polygon.get_ref()) {
                let place = plane.to_ground([x, y]);
                let near = place.is_some_and(|place| distance(place, [0.0, 0.0]) < FARTHEST);
                if !near {
                    let what = format!(
                        "the ground: the point ({x}, {y}) lies at or above the horizon, behind what the camera sees of \
                         the ground"
                    );
                    return self.refuse(point, what);
                }
            }
            ground_square_metres = plane.area(&ground);
            if ground_square_metres.is_none() {
                return self.refuse(polygon, "the ground reaches above the horizon");
            }
        }
        let facts = CalibrationFacts {
            model: plane.facts(),
            points,
            ground,
            ground_square_metres,
            residual: residual.and_then(|errors| residual_of(&errors)),
        };
        Ok((plane, facts))
    }

    fn pair(&self, point: &Spanned<WrittenPoint>) -> Result<PointPair, SceneError> {
        let WrittenPoint { pixel, metres } = *point.get_ref();
        let pixel = self.place("a point of the calibration", pixel, point)?;
        if metres.iter().all(|value| value.abs() < FARTHEST) {
            Ok(PointPair { pixel, metres })
        } else {
            let what = format!("metres have to lie within {FARTHEST} of the origin");
            self.refuse(point, what)
        }
    }

    /// How far known points are from where the camera puts them; none: there are no points.
    fn camera_errors(
        &self,
        camera: &TsaiFacts,
        points: &[Spanned<WrittenPoint>],
    ) -> Result<Option<Vec<f64>>, SceneError> {
        let mut errors = Vec::new();
        for point in points {
            let pair = point.get_ref();
            let Some(found) = camera::to_ground(camera, pair.pixel) else {
                let [x, y] = pair.pixel;
                let what = format!(
                    "the point ({x}, {y}) lies at or above the horizon of this camera: it is not on the ground"
                );
                return self.refuse(point, what);
            };
            errors.push(distance(found, pair.metres));
        }
        Ok((!errors.is_empty()).then_some(errors))
    }
}

fn residual_of(errors: &[f64]) -> Option<ResidualFacts> {
    let squares: f64 = errors.iter().map(|error| error * error).sum();
    let facts = ResidualFacts {
        points: errors.len() as u64,
        root_mean_square_metres: (squares / errors.len() as f64).sqrt(),
        largest_metres: errors.iter().copied().fold(0.0, f64::max),
    };
    facts.root_mean_square_metres.is_finite().then_some(facts)
}

fn in_words(why: NoHomography, points: usize) -> String {
    match why {
        NoHomography::TooFew => format!("the calibration has {points} points, but needs 4 or more, or a camera file"),
        NoHomography::Collinear => {
            "the points of the calibration lie on one line: choose them spread over the ground".to_owned()
        }
        NoHomography::Degenerate => {
            "the points of the calibration leave the ground open: three of four lie on one line, or two in one place"
                .to_owned()
        }
        NoHomography::BehindCamera => {
            "no camera can see the points of the calibration so: the horizon would run between them, and some would \
             lie behind the camera; check that no two points are exchanged"
                .to_owned()
        }
    }
}
