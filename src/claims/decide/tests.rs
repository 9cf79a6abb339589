//! Known answers by hand, and simulated vendors with known true rates: how often a verdict is wrong.

use super::*;
use vsa_statistics::generator::SplitMix64;

/// The same vendors in every run.
struct Dice(SplitMix64);

impl Dice {
    fn roll(&mut self) -> f64 {
        self.0.share()
    }

    fn hits(&mut self, n: u64, p: f64) -> u64 {
        (0..n).filter(|_| self.roll() < p).count() as u64
    }

    /// Poisson, by the waiting times between events.
    fn events(&mut self, mean: f64) -> u64 {
        let mut time = -(1.0 - self.roll()).ln();
        let mut events = 0;
        while time < mean {
            events += 1;
            time -= (1.0 - self.roll()).ln();
        }
        events
    }
}

const VENDORS: u32 = 2_000;
const ERROR: f64 = 0.05;
/// Three standard deviations of a share of 5 % among 2,000: what luck may add.
const LUCK: f64 = 0.015;

fn wrong(verdict: Verdict, hypothesis: &Hypothesis, truth: f64) -> bool {
    match verdict {
        Verdict::Supported => !hypothesis.holds(truth),
        Verdict::Refuted => hypothesis.holds(truth),
        Verdict::Inconclusive { .. } => false,
    }
}

fn least(value: f64) -> Hypothesis {
    Hypothesis::AtLeast { value }
}

fn most(value: f64) -> Hypothesis {
    Hypothesis::AtMost { value }
}

#[test]
fn the_sides_of_a_claim_are_decided_by_what_is_excluded() {
    let alone = |h, e| decide(&[(h, e)], ERROR, Monitoring::Once)[0];
    // 59 of 59 exclude less than 95 % (0.95^59 = 4.8 %); 58 of 58 do not (5.1 %).
    assert_eq!(
        alone(least(0.95), Evidence::Share { hits: 59, n: 59 }),
        Verdict::Supported
    );
    assert!(matches!(
        alone(least(0.95), Evidence::Share { hits: 58, n: 58 }),
        Verdict::Inconclusive {
            would_settle: More::Cases { n: 59 }
        }
    ));
    // Two misses of five: P(X <= 3 | 0.95) = 2.3 %. One miss of five: 22.6 %.
    assert_eq!(
        alone(least(0.95), Evidence::Share { hits: 3, n: 5 }),
        Verdict::Refuted
    );
    assert!(matches!(
        alone(least(0.95), Evidence::Share { hits: 4, n: 5 }),
        Verdict::Inconclusive { .. }
    ));
    // One miss refutes all.
    assert_eq!(
        alone(least(1.0), Evidence::Share { hits: 999, n: 1000 }),
        Verdict::Refuted
    );
    // No alarm in 72 hours supports one a day (e^-3 = 4.98 %), in 71 hours it does not.
    let quiet = |hours| Evidence::Rate { events: 0, hours };
    assert_eq!(alone(most(1.0 / 24.0), quiet(72.0)), Verdict::Supported);
    assert!(matches!(
        alone(most(1.0 / 24.0), quiet(71.0)),
        Verdict::Inconclusive {
            would_settle: More::Hours { hours: 72.0 }
        }
    ));
}

#[test]
fn about_is_supported_within_its_margin_and_refuted_beyond_it() {
    let about = Hypothesis::Within {
        low: 0.85,
        high: 0.95,
    };
    let of = |hits, n| decide(&[(about, Evidence::Share { hits, n })], ERROR, Monitoring::Once)[0];
    assert_eq!(of(900, 1000), Verdict::Supported);
    assert_eq!(of(700, 1000), Verdict::Refuted);
    assert_eq!(of(999, 1000), Verdict::Refuted);
    assert!(matches!(of(9, 10), Verdict::Inconclusive { .. }));
}

#[test]
fn what_refutes_about_could_have_lain_on_either_side_and_pays_for_both() {
    let about = Hypothesis::Within { low: 0.8, high: 0.9 };
    let share = |hits| Evidence::Share { hits, n: 100 };
    let if_true = |hits| strength(&share(hits), &about, Monitoring::Once).if_true;
    // scipy.stats.binom.cdf(70, 100, .8) and binom.sf(96, 100, .9), twice.
    assert!((if_true(70) - 2.0 * 0.011_248_978_720_991_664).abs() < 1e-12);
    assert!((if_true(97) - 2.0 * 0.007_836_487_121_184_415).abs() < 1e-12);
    // binom.cdf(72, 100, .8) is 3.4 % and binom.sf(95, 100, .9) 2.4 %: of the four only 96 of 100 is still below 5 % twice.
    let verdict = |hits| decide(&[(about, share(hits))], ERROR, Monitoring::Once)[0];
    assert!(matches!(verdict(72), Verdict::Inconclusive { .. }));
    assert_eq!(verdict(70), Verdict::Refuted);
    assert_eq!(verdict(96), Verdict::Refuted);
    assert!(matches!(verdict(95), Verdict::Inconclusive { .. }));
    // The limits that are drawn pay for both sides, too: at 2.5 % each.
    let judged = judge(&[strength(&share(72), &about, Monitoring::Once)], ERROR)[0];
    assert_eq!(
        limits(&share(72), &about, &judged, Monitoring::Once),
        share(72).limits(0.025)
    );
}

#[test]
fn no_evidence_decides_nothing() {
    let none = Evidence::Share { hits: 0, n: 0 };
    assert!(matches!(
        decide(&[(least(0.0), none)], ERROR, Monitoring::Once)[0],
        Verdict::Inconclusive { .. }
    ));
}

/// Vendors whose true rate lies on the claim or just beyond it: where errors are most likely.
#[test]
fn of_two_thousand_vendors_fewer_than_the_error_are_judged_wrongly_by_shares() {
    let mut dice = Dice(SplitMix64::new(1));
    for (claimed, truth, n) in [
        (0.95, 0.95, 100),
        (0.95, 0.95 - 1e-9, 100),
        (0.95, 0.9499, 400),
        (0.9, 0.9 - 1e-9, 30),
        (0.5, 0.5, 60),
        (0.62, 0.62 - 1e-9, 270),
    ] {
        let wrongs = (0..VENDORS)
            .filter(|_| {
                let evidence = Evidence::Share {
                    hits: dice.hits(n, truth),
                    n,
                };
                wrong(
                    decide(&[(least(claimed), evidence)], ERROR, Monitoring::Once)[0],
                    &least(claimed),
                    truth,
                )
            })
            .count();
        let rate = wrongs as f64 / f64::from(VENDORS);
        assert!(rate <= ERROR + LUCK, "{claimed} {truth} {n}: {rate}");
    }
}

#[test]
fn of_two_thousand_vendors_fewer_than_the_error_are_judged_wrongly_by_rates() {
    let mut dice = Dice(SplitMix64::new(2));
    for (claimed, truth, hours) in [
        (0.5, 0.5, 24.0),
        (0.5, 0.500_001, 24.0),
        (0.04, 0.040_001, 90.0),
        (2.0, 2.0, 100.0),
    ] {
        let wrongs = (0..VENDORS)
            .filter(|_| {
                let evidence = Evidence::Rate {
                    events: dice.events(truth * hours),
                    hours,
                };
                wrong(
                    decide(&[(most(claimed), evidence)], ERROR, Monitoring::Once)[0],
                    &most(claimed),
                    truth,
                )
            })
            .count();
        let rate = wrongs as f64 / f64::from(VENDORS);
        assert!(rate <= ERROR + LUCK, "{claimed} {truth} {hours}: {rate}");
    }
}

/// Each recording has a share of its own (evenly spread about the truth), so that its events resemble each other.
#[test]
fn recordings_whose_events_resemble_each_other_do_not_raise_the_error() {
    let mut dice = Dice(SplitMix64::new(3));
    let mut taken_for_single = 0u32;
    for (truth, spread, recordings, each) in [(0.8, 0.19, 10, 30), (0.8, 0.19, 30, 20), (0.5, 0.4, 12, 25)] {
        for claimed in [least(truth), least(truth + 1e-9)] {
            let mut wrongs = 0;
            for _ in 0..VENDORS {
                let clusters: Vec<_> = (0..recordings)
                    .map(|_| {
                        let p = truth + spread * (2.0 * dice.roll() - 1.0);
                        (dice.hits(each, p), each)
                    })
                    .collect();
                let all = clusters.iter().fold((0, 0), |sum, c| (sum.0 + c.0, sum.1 + c.1));
                let naive = Evidence::Share {
                    hits: all.0,
                    n: all.1,
                };
                taken_for_single += u32::from(wrong(
                    decide(&[(claimed, naive)], ERROR, Monitoring::Once)[0],
                    &claimed,
                    truth,
                ));
                let evidence = Evidence::ClusteredShare { clusters };
                wrongs += u32::from(wrong(
                    decide(&[(claimed, evidence)], ERROR, Monitoring::Once)[0],
                    &claimed,
                    truth,
                ));
            }
            let rate = f64::from(wrongs) / f64::from(VENDORS);
            assert!(rate <= ERROR + LUCK, "{truth} {spread} {recordings}: {rate}");
        }
    }
    // The test would notice if the recordings were ignored.
    assert!(
        f64::from(taken_for_single) / f64::from(6 * VENDORS) > 1.5 * ERROR,
        "{taken_for_single}"
    );
}

/// Each recording has a rate of its own: alarms come in bursts.
#[test]
fn alarms_in_bursts_do_not_raise_the_error() {
    let mut dice = Dice(SplitMix64::new(7));
    let mut taken_for_single = 0u32;
    for (rate, hours, recordings) in [(2.0, 6.0, 12), (0.5, 10.0, 24)] {
        for claimed in [most(rate), most(rate - 1e-9)] {
            let mut wrongs = 0;
            for _ in 0..VENDORS {
                let clusters: Vec<_> = (0..recordings)
                    .map(|_| {
                        let own = 2.0 * rate * dice.roll();
                        (dice.events(own * hours), hours)
                    })
                    .collect();
                let events = clusters.iter().map(|c| c.0).sum();
                let naive = Evidence::Rate {
                    events,
                    hours: hours * f64::from(recordings),
                };
                let judged = |evidence: &Evidence| {
                    let side = judge(&[strength(evidence, &claimed, Monitoring::Once)], ERROR)[0].side;
                    match side {
                        Side::Supported => !claimed.holds(rate),
                        Side::Refuted => claimed.holds(rate),
                        Side::Open => false,
                    }
                };
                taken_for_single += u32::from(judged(&naive));
                wrongs += u32::from(judged(&Evidence::ClusteredRate { clusters }));
            }
            let found = f64::from(wrongs) / f64::from(VENDORS);
            assert!(found <= ERROR + LUCK, "{rate} {hours} {recordings}: {found}");
        }
    }
    // The test would notice if the bursts were ignored.
    assert!(
        f64::from(taken_for_single) / f64::from(4 * VENDORS) > 1.5 * ERROR,
        "{taken_for_single}"
    );
}

/// Looked at after every event, stopped at the first verdict: the error of one planned look would be far exceeded.
#[test]
fn repeated_looks_at_two_thousand_vendors_do_not_raise_the_error() {
    let mut dice = Dice(SplitMix64::new(4));
    let mut by_planned_looks = 0u32;
    for (claimed, truth) in [(0.9, 0.9), (0.9, 0.9 - 1e-9)] {
        let mut wrongs = 0;
        for _ in 0..VENDORS {
            let mut hits = 0;
            let (mut stopped, mut fooled) = (false, false);
            for n in 1..=150u64 {
                hits += u64::from(dice.roll() < truth);
                let evidence = Evidence::Share { hits, n };
                let found = |looks| {
                    let s = strength(&evidence, &least(claimed), looks);
                    if least(claimed).holds(truth) {
                        s.if_true <= ERROR
                    } else {
                        s.if_false <= ERROR
                    }
                };
                stopped |= found(Monitoring::Repeated);
                // Every fifth look is enough to be fooled by.
                fooled |= n % 5 == 0 && found(Monitoring::Once);
            }
            wrongs += u32::from(stopped);
            by_planned_looks += u32::from(fooled);
        }
        let rate = f64::from(wrongs) / f64::from(VENDORS);
        assert!(rate <= ERROR + LUCK, "{claimed} {truth}: {rate}");
    }
    assert!(
        f64::from(by_planned_looks) / f64::from(2 * VENDORS) > 2.0 * ERROR,
        "{by_planned_looks}"
    );
}

#[test]
fn repeated_looks_at_rates_do_not_raise_the_error() {
    let mut dice = Dice(SplitMix64::new(5));
    for (claimed, truth) in [(0.5, 0.5), (0.5, 0.500_001)] {
        let wrongs = (0..VENDORS)
            .filter(|_| {
                let mut events = 0;
                (1..=60).any(|hour| {
                    events += dice.events(truth);
                    let evidence = Evidence::Rate {
                        events,
                        hours: f64::from(hour),
                    };
                    wrong(
                        decide(&[(most(claimed), evidence)], ERROR, Monitoring::Repeated)[0],
                        &most(claimed),
                        truth,
                    )
                })
            })
            .count();
        let rate = wrongs as f64 / f64::from(VENDORS);
        assert!(rate <= ERROR + LUCK, "{claimed} {truth}: {rate}");
    }
}

/// Five claims of each vendor, some true and some false by a hair: whether any verdict of the five is wrong.
#[test]
fn of_five_claims_together_any_is_wrong_in_fewer_than_the_error() {
    let mut dice = Dice(SplitMix64::new(6));
    let truths = [0.95, 0.95 - 1e-9, 0.95, 0.95 - 1e-9, 0.99];
    let wrongs = (0..VENDORS)
        .filter(|_| {
            let tests: Vec<_> = truths
                .iter()
                .map(|truth| {
                    (
                        least(0.95),
                        Evidence::Share {
                            hits: dice.hits(200, *truth),
                            n: 200,
                        },
                    )
                })
                .collect();
            decide(&tests, ERROR, Monitoring::Once)
                .into_iter()
                .zip(truths)
                .any(|(verdict, truth)| wrong(verdict, &least(0.95), truth))
        })
        .count();
    let rate = wrongs as f64 / f64::from(VENDORS);
    assert!(rate <= ERROR + LUCK, "{rate}");
}

#[test]
fn as_good_as_is_held_against_the_reference_less_its_margin() {
    let text = "[[claim]]\nid = \"a\"\nvendor = \"V\"\nsays = \"S\"\nquantity = \"recall\"\ncomparator = \"as-good-as\"\n\
                value = 90\nunit = \"percent\"\nmargin = 5\n";
    let claim = crate::parse::parse(text).unwrap().remove(0);
    let Some(Hypothesis::AtLeast { value }) = Hypothesis::of(&claim) else {
        panic!("as good as is one-sided")
    };
    assert!((value - 0.85).abs() < 1e-12);
    let text = text.replace("recall", "miss-share");
    let claim = crate::parse::parse(&text).unwrap().remove(0);
    assert!(
        matches!(Hypothesis::of(&claim), Some(Hypothesis::AtMost { value }) if (value - 0.95).abs() < 1e-12)
    );
}

#[test]
fn the_limits_that_are_drawn_agree_with_the_verdict() {
    for looks in [Monitoring::Once, Monitoring::Repeated] {
        for hits in 80..=100 {
            let evidence = Evidence::Share { hits, n: 100 };
            for hypothesis in [least(0.9), most(0.9)] {
                let judged = judge(&[strength(&evidence, &hypothesis, looks)], ERROR)[0];
                let (low, high) = limits(&evidence, &hypothesis, &judged, looks).unwrap();
                let excluded = low >= 0.9 || high <= 0.9;
                assert_eq!(
                    judged.side != Side::Open,
                    excluded,
                    "{hits} {hypothesis:?} {looks:?}: {low} {high}"
                );
            }
        }
    }
}
