//! Following people from one frame to the next: `cargo bench --features stages --bench associate`.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use vsa_room::stages;

fn associate(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("associate");
    group.throughput(Throughput::Elements(1));
    for people in [5, 20, 100] {
        let mut stage = stages::association(people);
        group.bench_function(BenchmarkId::new("people", people), |bencher| {
            bencher.iter(&mut stage)
        });
    }
    group.finish();
}

criterion_group!(benches, associate);
criterion_main!(benches);
