//! YuNet (Wu, Peng, Yu 2023), exports since March 2023: for each of three strides a class score, an objectness, a box
//! and five landmarks per cell. Twelve tensors in, boxes with landmarks out.
//!
//! Outputs are told apart by their shapes, so exports may name and order them as they like. Which of the two scores
//! is the class and which the objectness does not matter: only their product is used.

use super::cells::{self, Cell};
use super::family::{Candidates, Misread, ModelFamily, checked_score};
use super::identify::{Recognised, Shapes};
use super::overlap::Rect;
use super::table::{OutputFinder, view};
use ndarray::ArrayD;
use vsa_engine::contract::{Fit, InputContract};
use vsa_engine::{Engine, OutputInfo};
use vsa_plan::{ColourOrder, ModelChoice};

const STRIDES: [u32; 3] = [8, 16, 32];
/// The coarsest stride: a side that is no multiple of it would be cut unevenly.
const SIDE_MULTIPLE: u32 = 32;

/// Where the outputs of one stride are.
struct Head {
    class: usize,
    object: usize,
    boxes: usize,
    points: usize,
    cells: Vec<Cell>,
}

/// One YuNet model.
pub(crate) struct YuNet {
    heads: Vec<Head>,
}

/// The older head: three outputs whose last axes are 14 (box and landmarks), 2 and 1.
pub(crate) fn is_export_of_2022(outputs: &[OutputInfo]) -> bool {
    let mut last: Vec<Option<usize>> = outputs
        .iter()
        .map(|output| output.shape.last().copied().flatten())
        .collect();
    last.sort_unstable();
    last == [Some(1), Some(2), Some(14)]
}

impl ModelFamily for YuNet {
    const NAME: &'static str = "YuNet";

    fn contract(plain: InputContract) -> InputContract {
        InputContract {
            colour: ColourOrder::Bgr,
            fit: Fit::Letterbox { pad: 0 },
            ..plain
        }
    }

    fn new(_: &ModelChoice, contract: &InputContract, engine: &dyn Engine) -> Result<Self, Misread> {
        cells::must_meet_again(contract, SIDE_MULTIPLE)?;
        if is_export_of_2022(engine.outputs()) {
            return Err(Misread::Shape(
                "this is the export of 2022 with prior boxes (loc, conf, iou), which is not supported; take an \
                 export of 2023 or later with twelve outputs"
                    .to_owned(),
            ));
        }
        let mut finder = OutputFinder::new(engine.outputs());
        let heads = STRIDES.map(|stride| -> Result<Head, Misread> {
            let cells = cells::cells(contract.width, contract.height, &[stride]);
            let mut table = |columns, hint| finder.table(cells.len(), columns, hint);
            Ok(Head {
                class: table(1, "cls")?,
                object: table(1, "obj")?,
                boxes: table(4, "bbox")?,
                points: table(10, "kps")?,
                cells,
            })
        });
        Ok(Self {
            heads: heads.into_iter().collect::<Result<_, _>>()?,
        })
    }

    fn decode(&self, outputs: &[ArrayD<f32>], found: &mut Candidates<'_>) -> Result<(), Misread> {
        for head in &self.heads {
            let table = |index, columns| view(outputs, index, head.cells.len(), columns);
            let (class, object) = (table(head.class, 1)?, table(head.object, 1)?);
            let (boxes, points) = (table(head.boxes, 4)?, table(head.points, 10)?);
            for (at, cell) in head.cells.iter().enumerate() {
                let class = checked_score(class[[at, 0]])?;
                let object = checked_score(object[[at, 0]])?;
                found.face((class * object).sqrt(), || {
                    let x = (cell.column + boxes[[at, 0]]) * cell.stride;
                    let y = (cell.row + boxes[[at, 1]]) * cell.stride;
                    let half_width = 0.5 * boxes[[at, 2]].exp() * cell.stride;
                    let half_height = 0.5 * boxes[[at, 3]].exp() * cell.stride;
                    let point = |n| {
                        (
                            (cell.column + points[[at, 2 * n]]) * cell.stride,
                            (cell.row + points[[at, 2 * n + 1]]) * cell.stride,
                        )
                    };
                    let rect = Rect::around(x, y, half_width, half_height);
                    (rect, Some(std::array::from_fn(point)))
                })?;
            }
        }
        Ok(())
    }

    /// Four outputs for each of three strides.
    fn recognise(shapes: &Shapes<'_>) -> Option<Recognised> {
        let mut wanted = Vec::with_capacity(12);
        for stride in STRIDES {
            let count = cells::count(shapes.width, shapes.height, stride);
            wanted.extend([(count, 1), (count, 1), (count, 4), (count, 10)]);
        }
        shapes.are_tables(&wanted).then(Recognised::sure)
    }
}
