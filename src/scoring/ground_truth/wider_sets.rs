//! WIDER FACE's own label files for its program: `wider_face_val.mat` and `wider_{easy,medium,hard}_val.mat`. In: the folder
//! that holds them, or one of the three. Out: [`Labels`] whose attributes `easy`, `medium`, `hard` say to which sets a face
//! belongs. Source: the benchmark's `eval_tools`, `wider_eval.m`: `face_bbx_list`, `file_list`, `gt_list`.

use super::matlab::{self, Value};
use super::rows::{self, BadRow, Rows};
use crate::error::EvaluateError;
use crate::labels::{LabelBox, Labels, Picture};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use vsa_record::scores::{LabelFormat, RowFault};

/// The sets, each within the next.
pub(crate) const SETS: [&str; 3] = ["easy", "medium", "hard"];

pub(super) fn read(path: &Path, rows: &mut Rows) -> Result<Labels, EvaluateError> {
    let mut labels = Labels::of_faces(LabelFormat::WiderFaceMat);
    let files = sets(path)?;
    labels.files = files.len() as u64;
    labels.attributes = files.iter().map(|(set, _)| (*set).to_owned()).collect();
    let mut boxes: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (number, (_, file)) in files.iter().enumerate() {
        let variables = matlab::variables(&rows::bytes(file)?).map_err(|why| wrong(file, why.0))?;
        let list = |name: &str| {
            let found = variables.get(name).map(Value::cells);
            found.ok_or_else(|| wrong(file, format!("the variable `{name}` is missing")))
        };
        let (faces, names, kept) = (list("face_bbx_list")?, list("file_list")?, list("gt_list")?);
        if faces.len() != names.len() || faces.len() != kept.len() {
            return Err(wrong(file, "its lists are not of the same length"));
        }
        let mut picture = 0;
        for ((faces, names), kept) in faces.iter().zip(names).zip(kept) {
            let (faces, names, kept) = (faces.cells(), names.cells(), kept.cells());
            if faces.len() != names.len() || faces.len() != kept.len() {
                return Err(wrong(file, "an event's lists are not of the same length"));
            }
            for ((faces, name), kept) in faces.iter().zip(names).zip(kept) {
                if number == 0 {
                    let name = name
                        .text()
                        .ok_or_else(|| wrong(file, "a picture without a name"))?;
                    add_picture(
                        file,
                        picture,
                        name,
                        faces,
                        files.len(),
                        rows,
                        &mut labels,
                        &mut boxes,
                    )?;
                }
                mark(file, picture, number, kept, &boxes, &mut labels)?;
                picture += 1;
            }
        }
        if picture != labels.pictures.len() {
            return Err(wrong(
                file,
                format!(
                    "{picture} pictures, but {} in the first set",
                    labels.pictures.len()
                ),
            ));
        }
    }
    Ok(labels)
}

#[expect(clippy::too_many_arguments, reason = "a reader's state, spelled out once")]
fn add_picture(
    file: &Path,
    picture: usize,
    name: &str,
    faces: &Value,
    sets: usize,
    rows: &mut Rows,
    labels: &mut Labels,
    boxes: &mut BTreeMap<(usize, usize), usize>,
) -> Result<(), EvaluateError> {
    labels.add_picture(Picture::still(Some(super::stem(name))));
    let Value::Numbers { rows: count, values } = faces else {
        return Err(wrong(file, format!("the faces of `{name}` are no numbers")));
    };
    if values.len() != count * 4 && !values.is_empty() {
        return Err(wrong(
            file,
            format!("the faces of `{name}` do not have four columns"),
        ));
    }
    for face in 0..*count {
        let side = |column: usize| values.get(column * count + face).copied().unwrap_or(f64::NAN);
        let sides = [side(0), side(1), side(2), side(3)];
        let region = if sides.iter().all(|side| side.is_finite()) {
            rows::region(sides[0], sides[1], sides[2], sides[3])
        } else {
            Err(BadRow::new(
                RowFault::NotFinite,
                format!("face {} of `{name}` is not finite", face + 1),
            ))
        };
        if let Some(region) = rows.keep(file, 1, region)? {
            boxes.insert((picture, face), labels.boxes.len());
            labels.boxes.push(LabelBox {
                attributes: vec!["no".to_owned(); sets],
                ..LabelBox::plain(picture, 0, region, 1)
            });
        }
    }
    Ok(())
}

/// Marks the faces that belong to a set; they are counted from 1.
fn mark(
    file: &Path,
    picture: usize,
    set: usize,
    kept: &Value,
    boxes: &BTreeMap<(usize, usize), usize>,
    labels: &mut Labels,
) -> Result<(), EvaluateError> {
    let Value::Numbers { values, .. } = kept else {
        return Err(wrong(file, "a list of kept faces that are no numbers"));
    };
    for face in values {
        let face =
            rows::whole_of(*face, "the number of a kept face").map_err(|bad| wrong(file, bad.reason))?;
        let place = usize::try_from(face - 1)
            .ok()
            .and_then(|face| boxes.get(&(picture, face)));
        match place {
            Some(place) => "yes".clone_into(&mut labels.boxes[*place].attributes[set]),
            None => {
                return Err(wrong(
                    file,
                    format!(
                        "face {face} of picture {} is kept, but there is none",
                        picture + 1
                    ),
                ));
            }
        }
    }
    Ok(())
}

/// The sets that are there, with their files.
fn sets(path: &Path) -> Result<Vec<(&'static str, PathBuf)>, EvaluateError> {
    let named = |file: &Path| {
        let name = file.file_name()?.to_string_lossy().to_ascii_lowercase();
        SETS.iter()
            .find(|set| name.contains(&format!("wider_{set}")))
            .copied()
    };
    if path.is_file() {
        let set = named(path).ok_or_else(|| {
            wrong(path, "its name says no set: give wider_easy_val.mat, wider_medium_val.mat, wider_hard_val.mat, or the folder of all")
        })?;
        return Ok(vec![(set, path.to_owned())]);
    }
    let files = super::files_ending(path, "mat")?;
    let of_set = |set: &&'static str| {
        let file = files.iter().find(|file| named(file) == Some(*set))?;
        Some((*set, file.clone()))
    };
    let found: Vec<_> = SETS.iter().filter_map(of_set).collect();
    if found.is_empty() {
        return Err(wrong(
            path,
            "no wider_easy_val.mat, wider_medium_val.mat or wider_hard_val.mat is in it",
        ));
    }
    Ok(found)
}

fn wrong(path: &Path, reason: impl Into<String>) -> EvaluateError {
    rows::malformed(path, 1, reason)
}
