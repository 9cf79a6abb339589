//! A benchmark beside a record: the report tells cameras and cost in place of the reason why it cannot.

use super::report_fixture as fixture;
use vsa_record::bench::{BenchFacts, BenchFootage, Power, SCHEMA, Spread, cameras};
use vsa_record::disclosure::DisclosurePolicy;
use vsa_record::reading::Capability;
use vsa_record::run::HostFacts;
use vsa_report::Document;
use vsa_report::document::Block;
use vsa_report::wording::en as words;

fn bench() -> BenchFacts {
    let record = fixture::record(&DisclosurePolicy::strict());
    let spread =
        Spread::of((1..=12).map(|at| 49.0 + f64::from(at) / 6.5).collect()).expect("twelve are enough");
    let power = Power {
        watts: 60.0,
        price_per_kilowatt_hour: Some(0.25),
        currency: "EUR".to_owned(),
    };
    BenchFacts {
        schema: SCHEMA.to_owned(),
        measured: "2026-11-22T05:00:00Z".to_owned(),
        tool: record.tool,
        host: HostFacts {
            os: "linux".to_owned(),
            arch: "x86_64".to_owned(),
            cpu: Some("A Processor".to_owned()),
            threads: 2,
        },
        jobs: 2,
        engine: record.engine,
        models: vec!["yolox-nano".to_owned()],
        footage: BenchFootage {
            label: "pets09-s2l1".to_owned(),
            sha256: "00".repeat(32),
            width: 768,
            height: 576,
            frames: 795,
        },
        frames_per_stretch: 61,
        frames_per_second: spread,
        cameras: cameras(spread, Some(&power)),
        power: Some(power),
    }
}

/// Sections that say why the cost was not measured.
fn reasons(document: &Document) -> usize {
    let missing = format!("{}.", words::capability(Capability::Cost));
    let blocks = document.sections.iter().flat_map(|section| &section.blocks);
    let lists = blocks.filter_map(|block| match block {
        Block::List { points } => Some(points),
        _ => None,
    });
    lists.flatten().filter(|point| point.title == missing).count()
}

#[test]
fn a_benchmark_stands_where_the_reason_for_its_absence_stood() {
    let policy = DisclosurePolicy::strict();
    let record = fixture::record(&policy);
    let without = Document::new(&record, &fixture::findings(&policy));
    assert_eq!(
        reasons(&without),
        1,
        "the record of one machine's speed is no record"
    );
    let with = without.clone().for_bench(&bench());
    assert_eq!(reasons(&with), 0);
    let blocks = with.sections.iter().flat_map(|section| &section.blocks);
    let tables: Vec<_> = blocks
        .filter_map(|block| match block {
            Block::Table(table) if table.caption == words::COST_CAPTION => Some(table),
            _ => None,
        })
        .collect();
    let [table] = tables[..] else {
        panic!("one table of cameras, and not {}", tables.len());
    };
    // 50 frames a second are ten cameras of 5; 60 W for a day are 1.44 kWh, a tenth of it 0.144 kWh and 0.036 EUR.
    let plain: Vec<String> = table.rows[0]
        .iter()
        .map(|cell| cell.replace('\u{202f}', " "))
        .collect();
    assert_eq!(plain[0], "5");
    assert!(plain[1].starts_with("10"), "{plain:?}");
    assert!(plain[2].starts_with("0.144 kWh"), "{plain:?}");
    assert!(plain[3].starts_with("0.0360 EUR"), "{plain:?}");
    // Everything else stays as it was.
    assert_eq!(without.sections.len(), with.sections.len());
    assert_eq!(
        (&without.findings, &without.estimates),
        (&with.findings, &with.estimates)
    );
}
