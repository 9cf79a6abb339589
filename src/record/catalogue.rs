//! The list of everything that a record estimates. In: the measurements. Out: names and cells, in the order of the report.

use crate::disclosure::Cell;
use crate::estimate::Estimate;
use crate::measurements::{Level, LevelShare, Measurements, Outcome, Quantile};
use crate::quantity::Quantity;
use crate::reading::{Capability, Reading};

/// A quantity with its cell; none where it could not be estimated.
pub type Entry<'record> = (Quantity, Option<&'record Cell<Estimate>>);

/// Everything that was estimated, in the order of the report.
pub fn catalogue(measurements: &Measurements) -> Vec<Entry<'_>> {
    let mut all: Vec<Entry<'_>> = Vec::new();
    if let Some(p) = measurements.presence.measured() {
        all.push((Quantity::PeoplePerFrame, Some(&p.people_per_frame)));
        all.push((Quantity::OccupiedShare, Some(&p.occupied_share)));
    }
    if let Some(f) = measurements.face_exposure.measured() {
        all.push((Quantity::FacesPerFrame, Some(&f.faces_per_frame)));
        all.push((Quantity::PeopleWithFace, f.people_with_face.as_ref()));
        quantiles(&mut all, &f.face_height_quantiles, |at| Quantity::FaceHeight {
            at,
        });
        quantiles(&mut all, &f.body_density_quantiles, |at| Quantity::BodyDensity {
            at,
        });
    }
    if let Some(f) = measurements.followability.measured() {
        quantiles(&mut all, &f.followed_seconds, |at| Quantity::Followed { at });
        all.push((Quantity::SeenShare, Some(&f.seen_share)));
        all.push((Quantity::EdgeToEdge, f.edge_to_edge_share.as_ref()));
        all.push((Quantity::Unbroken, Some(&f.unbroken_share)));
        all.push((Quantity::Fragments, Some(&f.fragments_per_person)));
    }
    if let Some(d) = measurements.dwell.measured() {
        quantiles(&mut all, &d.stay_quantiles, |at| Quantity::Stay { at });
        for longer in &d.longer_than {
            all.push((
                Quantity::LongerThan {
                    seconds: longer.seconds,
                },
                longer.share.as_ref(),
            ));
        }
    }
    if let Some(f) = measurements.face_exposure.measured() {
        levels(&mut all, &f.levels_from_bodies, |level, of_people| {
            Quantity::LevelOfBodies { level, of_people }
        });
        levels(&mut all, &f.levels_from_faces, |level, of_people| {
            Quantity::LevelOfFaces { level, of_people }
        });
        if let Some(frontal) = f.frontal.as_ref().and_then(Outcome::measured) {
            let of_people = frontal.share_of_people.as_ref();
            all.push((Quantity::FrontalFaces { of_people: true }, of_people));
            let of_sightings = Some(&frontal.share_of_sightings);
            all.push((Quantity::FrontalFaces { of_people: false }, of_sightings));
            levels(&mut all, &frontal.levels, |level, of_people| {
                Quantity::LevelOfFrontalFaces { level, of_people }
            });
        }
    }
    for row in &measurements.capabilities {
        if let Some(reading) = row.outcome.measured() {
            all.extend(read(row.capability, reading));
        }
    }
    all
}

/// Everything that one measure read: figures, then quantiles.
pub fn read(capability: Capability, reading: &Reading) -> impl Iterator<Item = Entry<'_>> {
    let figures = reading.figures.iter().map(move |figure| {
        let quantity = Quantity::Figure {
            capability,
            figure: figure.clone(),
        };
        (quantity, figure.estimate.as_ref())
    });
    let spread = reading.distributions.iter().flat_map(move |distribution| {
        distribution.quantiles.iter().map(move |quantile| {
            let quantity = Quantity::Spread {
                capability,
                name: distribution.name,
                of: distribution.of.clone(),
                at: quantile.at,
            };
            (quantity, quantile.estimate.as_ref())
        })
    });
    figures.chain(spread)
}

fn quantiles<'r>(all: &mut Vec<Entry<'r>>, quantiles: &'r [Quantile], name: impl Fn(f64) -> Quantity) {
    all.extend(quantiles.iter().map(|q| (name(q.at), q.estimate.as_ref())));
}

fn levels<'r>(all: &mut Vec<Entry<'r>>, shares: &'r [LevelShare], name: impl Fn(Level, bool) -> Quantity) {
    for share in shares {
        all.push((name(share.level, true), share.share_of_people.as_ref()));
        all.push((name(share.level, false), Some(&share.share_of_sightings)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::read_record;
    use serde_json::Value;

    /// Every estimate below `value`, as it is written.
    fn written(value: &Value, all: &mut Vec<String>) {
        match value {
            Value::Object(fields) if fields.contains_key("interval") => all.push(value.to_string()),
            Value::Object(fields) => fields.values().for_each(|value| written(value, all)),
            Value::Array(items) => items.iter().for_each(|value| written(value, all)),
            _ => {}
        }
    }

    #[test]
    fn every_estimate_of_a_record_is_listed_once_and_nothing_else_is() {
        let record = read_record(include_bytes!("../../samples/record.json")).unwrap();
        let entries = catalogue(&record.measurements);
        // The written form is what no list of quantities can leave anything out of.
        let mut wanted = Vec::new();
        written(&serde_json::to_value(&record.measurements).unwrap(), &mut wanted);
        let shown = entries
            .iter()
            .filter_map(|(_, cell)| cell.as_ref()?.shown().copied());
        let mut listed: Vec<String> = shown
            .map(|estimate| serde_json::to_value(estimate).unwrap().to_string())
            .collect();
        wanted.sort_unstable();
        listed.sort_unstable();
        assert_eq!(listed, wanted);
        assert_eq!(listed.len(), 87, "the sample has another number of estimates");

        let mut names: Vec<String> = entries.iter().map(|(quantity, _)| quantity.name()).collect();
        assert_eq!(
            names[..3],
            [
                "presence.people_per_frame",
                "presence.occupied_share",
                "face_exposure.faces_per_frame"
            ]
        );
        let length = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), length, "a name stands for one quantity");
    }
}
