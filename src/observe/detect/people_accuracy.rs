//! EXPERIMENT
use super::test_data::{choice, frames, model, shared};
use crate::environment::Stopwatch;
use crate::observe::detect::overlap::Rect;
use crate::observe::evaluate::average_precision::{Picture, average_precision};
use crate::observe::plan::{Family, Tiling};

pub(in crate::observe) fn labels() -> Option<std::collections::BTreeMap<u64, Vec<Rect>>> {
    let text = std::fs::read_to_string(shared("footage/pets09-s2l1/gt.txt")?).unwrap();
    let mut all = std::collections::BTreeMap::<u64, Vec<Rect>>::new();
    for line in text.lines() {
        let v: Vec<f32> = line.split(',').map(|v| v.trim().parse().unwrap()).collect();
        all.entry(v[0] as u64 - 1).or_default().push(Rect {
            left: v[2],
            top: v[3],
            right: v[2] + v[4],
            bottom: v[3] + v[5],
        });
    }
    Some(all)
}

#[test]
fn experiment() {
    let v = |name: &str, default: &str| std::env::var(name).unwrap_or(default.to_owned());
    let (family, file, size) = match v("X_FAMILY", "yolox").as_str() {
        "yolox" => (Family::Yolox, "yolox_nano.onnx", 416),
        "rpi" => (Family::Yolox, "person_rpi_cpu.onnx", 192),
        "nanodet" => (Family::Nanodet, "nanodet_m_320.onnx", 320),
        _ => (Family::Ssdlite, "frozen_inference_graph.pb", 300),
    };
    let frames = frames(20).unwrap();
    let labels = labels().unwrap();
    for tiles in v("X_TILES", "1x1").split(' ') {
        for overlap in v("X_OVERLAP", "0.25").split(' ') {
            for thr in v("X_THR", "0.01").split(' ') {
                for nms in v("X_NMS", "0.5").split(' ') {
                    let mut choice = choice(model(file).unwrap(), family, (size, size));
                    choice.score_threshold = thr.parse().unwrap();
                    choice.nms_iou = nms.parse().unwrap();
                    let (c, r) = tiles.split_once('x').unwrap();
                    let tiling = Tiling {
                        columns: c.parse().unwrap(),
                        rows: r.parse().unwrap(),
                        overlap: overlap.parse().unwrap(),
                        whole_frame: v("X_WHOLE", "1") == "1",
                    };
                    let loaded = super::load(&choice, &tiling).unwrap_or_else(|e| panic!("{e}"));
                    let mut worker = loaded.worker().unwrap();
                    let mut pictures = Vec::new();
                    let clock = Stopwatch::start();
                    for buffer in &frames {
                        let mut found = Vec::new();
                        worker.detect(&buffer.frame(), &mut found).unwrap();
                        pictures.push(Picture {
                            found: found.into_iter().map(|d| (d.rect, d.score)).collect(),
                            labels: labels.get(&buffer.index).map(|l| l.to_vec()).unwrap_or_default(),
                        });
                    }
                    let ms = clock.elapsed().as_secs_f64() * 1000.0 / frames.len() as f64;
                    let ap = average_precision(&pictures, 0.5).unwrap();
                    eprintln!(
                        "tiles {tiles} overlap {overlap} thr {thr} nms {nms}: {:.4} tp {} fp {} of {}; {ms:.1} ms",
                        ap.value, ap.true_positives, ap.false_positives, ap.labels
                    );
                }
            }
        }
    }
}
