//! The whole loop, from image files to a record, with CenterFace, by one worker and by two: `cargo bench --bench pipeline`.
//! The pictures are made here, so that anybody can repeat it; the model is fetched by `vsa-audit models pull centerface`.

mod models;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::num::NonZeroUsize;
use std::path::Path;
use vsa_base::environment::Environment;
use vsa_plan::{Means, Plan, VideoDecoder, WrittenFootage, WrittenPlan};
use vsa_room::{Unwatched, observe};

const FRAMES: u32 = 8;

/// Bars that move: what is in the pictures does not change how long a network takes.
fn pictures(folder: &Path) {
    for number in 0..FRAMES {
        let picture = image::RgbImage::from_fn(768, 576, |x, y| {
            let bar = (x + 24 * number) / 48 % 2 * 128;
            image::Rgb([
                u8::try_from(bar).unwrap_or(0),
                u8::try_from(y % 256).unwrap_or(0),
                90,
            ])
        });
        picture
            .save(folder.join(format!("{number}.bmp")))
            .expect("a picture can be written");
    }
}

fn plan(folder: &Path) -> Plan {
    let written = WrittenPlan {
        footage: vec![WrittenFootage {
            label: Some("bars".to_owned()),
            path: folder.to_owned(),
            sequence_fps: Some(10.0),
        }],
        ..WrittenPlan::default()
    };
    let models = vec![models::obtained(&models::store(), "centerface")];
    let means = Means::new(models, VideoDecoder::Ffmpeg("ffmpeg".into()));
    written.check(means).expect("a plan")
}

fn pipeline(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    pictures(folder.path());
    let plan = plan(folder.path());
    let mut group = criterion.benchmark_group("observe");
    group
        .sample_size(10)
        .throughput(Throughput::Elements(u64::from(FRAMES)));
    for jobs in [1, 2] {
        let environment = Environment::new(NonZeroUsize::new(jobs));
        group.bench_function(BenchmarkId::new("jobs", jobs), |bencher| {
            bencher.iter(|| observe(&plan, &environment, &mut Unwatched).expect("observed"));
        });
    }
    group.finish();
}

criterion_group!(benches, pipeline);
criterion_main!(benches);
