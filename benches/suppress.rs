//! Non-maximum suppression, ten boxes on each person: `cargo bench --features stages --bench suppress`.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use vsa_room::stages;

fn suppress(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("suppress");
    for boxes in [30, 300, 3000] {
        group.throughput(Throughput::Elements(u64::from(boxes)));
        let mut stage = stages::suppression(boxes);
        group.bench_function(BenchmarkId::from_parameter(boxes), |bencher| {
            bencher.iter(&mut stage)
        });
    }
    group.finish();
}

criterion_group!(benches, suppress);
criterion_main!(benches);
