//! One network on one frame, engine after engine in turn, round after round, one thread: what each takes at least. Prints a table in
//! Markdown: `cargo bench --features stages --bench turns -- ROUNDS MODEL@WIDTHxHEIGHT…` (the size is the frame's; a network
//! that follows the footage has it as well). Where others use the machine too, the least of many rounds is what an engine takes
//! when it is left alone.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a benchmark takes the time and prints it"
)]

mod models;

use std::time::Instant;
use vsa_room::stages;
use vsa_room::stages::Stage;

fn main() {
    let asked = models::asked(&["1", "centerface@128x96"]);
    let (rounds, cases) = (asked[0].parse::<u32>().expect("rounds"), &asked[1..]);
    let store = models::store();
    println!("| model, frame | engine | least ms | median ms | least, to onnxruntime |");
    println!("|---|---|---|---|---|");
    for case in cases {
        let (name, size) = case.split_once('@').expect("MODEL@WIDTHxHEIGHT");
        let size = size.split_once('x').expect("WIDTHxHEIGHT");
        let size = (
            size.0.parse().expect("a width"),
            size.1.parse().expect("a height"),
        );
        let model = models::obtained(&store, name);
        let mut stages: Vec<(&str, Stage, Vec<f64>)> = models::engines(&store)
            .into_iter()
            // Those that run this model in this precision.
            .filter_map(|(name, engine)| {
                Some((name, stages::network(&model, &engine, size).ok()?, Vec::new()))
            })
            .collect();
        // The first run prepares what depends on the size.
        for (_, stage, _) in &mut stages {
            stage();
        }
        for _ in 0..rounds {
            for (_, stage, times) in &mut stages {
                let began = Instant::now();
                stage();
                times.push(1000.0 * began.elapsed().as_secs_f64());
            }
        }
        for (_, _, times) in &mut stages {
            times.sort_by(f64::total_cmp);
        }
        let reference = stages.iter().find(|(name, ..)| *name == "onnxruntime");
        let reference = reference.map(|(_, _, times)| times[0]);
        for (engine, _, times) in &stages {
            let (least, median) = (times[0], times[times.len() / 2]);
            let ratio = reference.map_or("-".to_owned(), |reference| format!("{:.2}", least / reference));
            println!("| {case} | {engine} | {least:.1} | {median:.1} | {ratio} |");
        }
    }
}
