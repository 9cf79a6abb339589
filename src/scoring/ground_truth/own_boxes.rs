//! Boxes of our own detectors as text → [`Labels`], to be scored like anybody's. In: the text that `audit --export-objects`
//! would write, piece of footage by piece of footage. Out: one side of an evaluation. The text never lies in a file.

use super::rows::Rows;
use super::{ReadOptions, motchallenge};
use crate::error::EvaluateError;
use crate::labels::{Class, LabelBox, Labels, Picture, Sequence};
use std::path::Path;
use vsa_record::scores::LabelFormat;

/// Gathers the boxes of one kind of subject.
pub struct OwnBoxes {
    labels: Labels,
    class: String,
}

impl OwnBoxes {
    /// For `pieces` of footage; `class`: `face` or `person`.
    #[must_use]
    pub fn new(pieces: usize, class: &str) -> Self {
        let mut labels = Labels::new(LabelFormat::OwnDetectors);
        labels.files = pieces as u64;
        Self {
            labels,
            class: class.to_owned(),
        }
    }

    /// One piece's boxes as a sequence named `label`, or as stills of these names, behind what is there.
    ///
    /// # Errors
    /// [`EvaluateError`], where a row is wrong.
    pub fn add(
        &mut self,
        file: &str,
        text: &str,
        label: &str,
        stills: Option<&[String]>,
    ) -> Result<(), EvaluateError> {
        let read = motchallenge::of_text(
            Path::new(file),
            text,
            &ReadOptions::default(),
            &mut Rows::new(false),
        )?;
        let sequence = match stills {
            None => Sequence::in_time(label, None),
            Some(_) => Sequence::stills(),
        };
        // All stills are one set without an order.
        let together = stills.and_then(|_| self.labels.sequences.iter().position(|known| !known.in_time));
        let number = together.unwrap_or_else(|| {
            self.labels.sequences.push(sequence);
            self.labels.sequences.len() - 1
        });
        if self.labels.classes.is_empty() {
            self.labels.classes.push(Class::named(&self.class));
        }
        let from = self.labels.pictures.len();
        for picture in read.pictures {
            let place = picture.number.and_then(|number| usize::try_from(number - 1).ok());
            let name = stills.and_then(|names| names.get(place?).cloned());
            self.labels.pictures.push(Picture {
                sequence: number,
                number: picture.number.filter(|_| stills.is_none()),
                name,
                size: None,
            });
        }
        self.labels
            .boxes
            .extend(read.boxes.into_iter().map(|one| LabelBox {
                picture: one.picture + from,
                class: 0,
                attributes: Vec::new(),
                ..one
            }));
        Ok(())
    }

    /// All that was added.
    #[must_use]
    pub fn labels(self) -> Labels {
        self.labels
    }
}
