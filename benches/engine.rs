//! One network on one frame, by every engine whose library is here:
//! `cargo bench --features stages --bench engine`. Models: CenterFace, and YOLOX-nano where it is
//! here already (`vsa-audit models pull yolox-nano`); libraries: `vsa-audit engines pull …`.

mod models;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use vsa_plan::ModelChoice;
use vsa_room::stages;
use vsa_supply::{ModelRegistry, Store, Stored};

fn models(store: &Store) -> Vec<ModelChoice> {
    let registry = ModelRegistry::builtin().expect("the built-in registry is tested");
    let mut models = vec![models::obtained(store, "centerface")];
    let person = registry.get("yolox-nano").expect("registered");
    // Only where it is here already.
    if let Stored::Good(_) = store.stored(&person.entry) {
        models.push(models::obtained(store, "yolox-nano"));
    }
    models
}

fn engine(criterion: &mut Criterion) {
    let store = models::store();
    let mut group = criterion.benchmark_group("engine");
    group.sample_size(10).throughput(Throughput::Elements(1));
    for model in models(&store) {
        for (name, engine) in models::engines(&store) {
            // A processor without bfloat16 refuses it.
            let Ok(mut stage) = stages::network(&model, &engine, (768, 576)) else {
                continue;
            };
            let id = BenchmarkId::new(&model.name, name);
            group.bench_function(id, |bencher| bencher.iter(&mut stage));
        }
    }
    group.finish();
}

criterion_group!(benches, engine);
criterion_main!(benches);
