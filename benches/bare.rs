//! Networks with nothing around them but the reading of their outputs, on a picture that already has the input's size, by
//! several workers at once: what no pipeline on this engine can beat. Prints one line of JSON, which `benches/peers/compare`
//! reads: `cargo bench --features stages --bench bare -- WORKERS ROUNDS MODEL…`, `--bf16` for bfloat16.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a benchmark takes the time and prints it"
)]

mod models;

use std::sync::Barrier;
use std::time::Instant;
use vsa_plan::{EngineChoice, ModelChoice, Precision};
use vsa_room::stages;
use vsa_room::stages::Stage;

fn main() {
    let asked = models::asked(&["2", "1", "centerface"]);
    let [workers, rounds, names @ ..] = &asked[..] else {
        panic!("needs: WORKERS ROUNDS MODEL…");
    };
    let (workers, rounds): (usize, u32) =
        (workers.parse().expect("workers"), rounds.parse().expect("rounds"));
    let engine = if std::env::args().any(|word| word == "--bf16") {
        vsa_engine::embedded(Precision::Bf16).expect("this machine has no bfloat16")
    } else {
        EngineChoice::EMBEDDED
    };
    let store = models::store();
    let choices: Vec<ModelChoice> = names.iter().map(|name| models::obtained(&store, name)).collect();
    let ready = Barrier::new(workers + 1);
    let seconds = std::thread::scope(|scope| {
        let each: Vec<_> = (0..workers)
            .map(|_| {
                scope.spawn(|| {
                    let load = |choice: &ModelChoice| {
                        stages::network(choice, &engine, choice.input_size).expect("the model loads")
                    };
                    let mut networks: Vec<Stage> = choices.iter().map(load).collect();
                    for network in &mut networks {
                        network();
                    }
                    ready.wait();
                    for _ in 0..rounds {
                        for network in &mut networks {
                            network();
                        }
                    }
                })
            })
            .collect();
        ready.wait();
        let began = Instant::now();
        for worker in each {
            worker.join().expect("a worker");
        }
        began.elapsed().as_secs_f64()
    });
    println!(
        "{{\"frames\": {}, \"seconds\": {seconds}, \"boxes\": null}}",
        workers * rounds as usize
    );
}
