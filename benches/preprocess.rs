//! Resizing, then layout and normalisation for engines that read floats (the embedded engine reads pictures):
//! `cargo bench --features stages --bench preprocess`.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use vsa_room::stages;

fn preprocess(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("preprocess");
    group.throughput(Throughput::Elements(1));
    for (name, frame, input, antialiased) in [
        ("576p to 416x416, plain", (768, 576), (416, 416), false),
        ("576p to 640x480, antialiased", (768, 576), (640, 480), true),
        ("576p as it is", (768, 576), (768, 576), true),
        ("1080p to 416x416, plain", (1920, 1080), (416, 416), false),
        ("1080p to 640x640, antialiased", (1920, 1080), (640, 640), true),
    ] {
        let mut stage = stages::preprocess(frame, input, antialiased);
        group.bench_function(BenchmarkId::from_parameter(name), |bencher| {
            bencher.iter(&mut stage)
        });
    }
    group.finish();
}

criterion_group!(benches, preprocess);
criterion_main!(benches);
