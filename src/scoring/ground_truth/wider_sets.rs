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
    let mut boxes = BTreeMap::new();
    for (set, (_, file)) in files.iter().enumerate() {
        let variables = matlab::variables(&rows::bytes(file)?).map_err(|why| wrong(file, why.0))?;
        let list = |name: &str| {
            let found = variables.get(name).map(Value::cells);
            found.ok_or_else(|| wrong(file, format!("the variable `{name}` is missing")))
        };
        let mut set = Set {
            file,
            set,
            labels: &mut labels,
            boxes: &mut boxes,
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
                if set.set == 0 {
                    let name = name
                        .text()
                        .ok_or_else(|| wrong(file, "a picture without a name"))?;
                    set.add_picture(picture, name, faces, rows)?;
                }
                set.mark(picture, kept)?;
                picture += 1;
            }
        }
        let first = labels.pictures.len();
        if picture != first {
            return Err(wrong(
                file,
                format!("{picture} pictures, but {first} in the first set"),
            ));
        }
    }
    Ok(labels)
}

/// One of the sets, while its file is read.
struct Set<'a> {
    file: &'a Path,
    /// Its place among those that are there; of the first, the boxes are taken.
    set: usize,
    labels: &'a mut Labels,
    /// By picture and face.
    boxes: &'a mut BTreeMap<(usize, usize), usize>,
}

impl Set<'_> {
    fn add_picture(
        &mut self,
        picture: usize,
        name: &str,
        faces: &Value,
        rows: &mut Rows,
    ) -> Result<(), EvaluateError> {
        let labels = &mut *self.labels;
        labels.add_picture(Picture::still(Some(super::stem(name))));
        let Value::Numbers { rows: count, values } = faces else {
            return Err(wrong(self.file, format!("the faces of `{name}` are no numbers")));
        };
        if values.len() != count * 4 && !values.is_empty() {
            let reason = format!("the faces of `{name}` do not have four columns");
            return Err(wrong(self.file, reason));
        }
        for face in 0..*count {
            let side = |column: usize| values.get(column * count + face).copied().unwrap_or(f64::NAN);
            let sides = [side(0), side(1), side(2), side(3)];
            let region = if sides.iter().all(|side| side.is_finite()) {
                rows::region(sides[0], sides[1], sides[2], sides[3])
            } else {
                let reason = format!("face {} of `{name}` is not finite", face + 1);
                Err(BadRow::new(RowFault::NotFinite, reason))
            };
            if let Some(region) = rows.keep(self.file, 1, region)? {
                self.boxes.insert((picture, face), labels.boxes.len());
                labels.boxes.push(LabelBox {
                    attributes: vec!["no".to_owned(); labels.attributes.len()],
                    ..LabelBox::plain(picture, 0, region, 1)
                });
            }
        }
        Ok(())
    }

    /// Marks the faces that belong to the set; they are counted from 1.
    fn mark(&mut self, picture: usize, kept: &Value) -> Result<(), EvaluateError> {
        let wrong = |reason: String| wrong(self.file, reason);
        let Value::Numbers { values, .. } = kept else {
            return Err(wrong("a list of kept faces that are no numbers".to_owned()));
        };
        for face in values {
            let face = rows::whole_of(*face, "the number of a kept face").map_err(|bad| wrong(bad.reason))?;
            let place = usize::try_from(face - 1)
                .ok()
                .and_then(|face| self.boxes.get(&(picture, face)));
            let Some(place) = place else {
                return Err(wrong(format!(
                    "face {face} of picture {} is kept, but there is none",
                    picture + 1
                )));
            };
            "yes".clone_into(&mut self.labels.boxes[*place].attributes[self.set]);
        }
        Ok(())
    }
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
