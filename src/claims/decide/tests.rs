//! Known answers by hand, and vendors with known true rates: how often a verdict is wrong. Where the evidence is one count, that
//! chance is summed over all that can be counted; where it is not, vendors are simulated.

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

/// Sums of a few hundred chances are rounded.
const ROUNDING: f64 = 1e-9;

fn wrong(side: Side, hypothesis: &Hypothesis, truth: f64) -> bool {
    match side {
        Side::Supported => !hypothesis.holds(truth),
        Side::Refuted => hypothesis.holds(truth),
        Side::Open => false,
    }
}

/// Whether a claim that stands alone is judged wrongly; without what would settle it, which takes longest.
fn judged_wrongly(evidence: &Evidence, hypothesis: &Hypothesis, truth: f64, looks: Monitoring) -> bool {
    let side = judge(&[strength(evidence, hypothesis, looks)], ERROR)[0].side;
    wrong(side, hypothesis, truth)
}

/// The chance of each number of hits of `n`, each from the last, one event more at a time.
pub(crate) fn chances_of_hits(n: u64, p: f64) -> Vec<f64> {
    let mut chances = vec![1.0];
    for _ in 0..n {
        chances = one_more(&chances, p);
    }
    chances
}

/// The same after one more event.
fn one_more(chances: &[f64], p: f64) -> Vec<f64> {
    let mut next = vec![0.0; chances.len() + 1];
    for (hits, chance) in chances.iter().enumerate() {
        next[hits] += chance * (1.0 - p);
        next[hits + 1] += chance * p;
    }
    next
}

/// The chance of each number of events, up to one so large that more are not to be expected.
fn chances_of_events(mean: f64) -> Vec<f64> {
    let most = (mean + 12.0 * mean.sqrt() + 20.0).ceil() as u64;
    let mut chance = (-mean).exp();
    let mut chances = vec![chance];
    for events in 1..=most {
        chance *= mean / events as f64;
        chances.push(chance);
    }
    chances
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
    // Support is one test on each side: its limits are drawn at the whole error.
    let within = Evidence::Share { hits: 850, n: 1000 };
    let judged = judge(&[strength(&within, &about, Monitoring::Once)], ERROR)[0];
    assert_eq!(judged.side, Side::Supported);
    let drawn = limits(&within, &about, &judged, Monitoring::Once);
    assert_eq!(drawn, within.limits(0.05));
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
fn vendors_on_the_line_are_judged_wrongly_by_shares_more_rarely_than_the_error() {
    for (claimed, truth, n) in [
        (0.95, 0.95, 100),
        (0.95, 0.95 - 1e-9, 100),
        (0.95, 0.9499, 400),
        (0.9, 0.9 - 1e-9, 30),
        (0.5, 0.5, 60),
        (0.62, 0.62 - 1e-9, 270),
    ] {
        let is_wrong = |hits| {
            let evidence = Evidence::Share { hits, n };
            judged_wrongly(&evidence, &least(claimed), truth, Monitoring::Once)
        };
        let chance: f64 = (0..=n)
            .zip(chances_of_hits(n, truth))
            .filter_map(|(hits, chance)| is_wrong(hits).then_some(chance))
            .sum();
        assert!(chance <= ERROR + ROUNDING, "{claimed} {truth} {n}: {chance}");
        // As large as whole numbers of hits let it be: a test that judges too rarely wastes evidence.
        assert!(chance > ERROR / 2.0, "{claimed} {truth} {n}: {chance}");
    }
}

#[test]
fn vendors_on_the_line_are_judged_wrongly_by_rates_more_rarely_than_the_error() {
    for (claimed, truth, hours) in [
        (0.5, 0.5, 24.0),
        (0.5, 0.500_001, 24.0),
        (0.04, 0.040_001, 90.0),
        (2.0, 2.0, 100.0),
    ] {
        let is_wrong = |events| {
            let evidence = Evidence::Rate { events, hours };
            judged_wrongly(&evidence, &most(claimed), truth, Monitoring::Once)
        };
        let chance: f64 = (0..)
            .zip(chances_of_events(truth * hours))
            .filter_map(|(events, chance)| is_wrong(events).then_some(chance))
            .sum();
        assert!(chance <= ERROR + ROUNDING, "{claimed} {truth} {hours}: {chance}");
        assert!(chance > ERROR / 3.0, "{claimed} {truth} {hours}: {chance}");
    }
}

/// Whether a value on the line is excluded from below, and from above: by the limits at the error, which take one step where a
/// p-value takes ninety. Of every hundredth vendor the verdicts have to say the same.
fn excluded(evidence: &Evidence, vendor: u32, truth: f64, claims: fn(f64) -> Hypothesis) -> (bool, bool) {
    let (low, high) = evidence.limits(ERROR).unwrap();
    let found = (low > truth, high < truth);
    if vendor.is_multiple_of(100) {
        let strength = strength(evidence, &claims(truth), Monitoring::Once);
        let (below, above) = match claims(truth) {
            Hypothesis::AtLeast { .. } => (strength.if_false, strength.if_true),
            _ => (strength.if_true, strength.if_false),
        };
        assert_eq!((below <= ERROR, above <= ERROR), found, "{evidence:?}");
    }
    found
}

/// Each recording has a share of its own (evenly spread about the truth), so that its events resemble each other.
/// Of a claim on the line it would be wrong to refute it, and of one just above the line to support it.
#[test]
fn recordings_whose_events_resemble_each_other_do_not_raise_the_error() {
    let mut dice = Dice(SplitMix64::new(3));
    let mut taken_for_single = 0u32;
    for (truth, spread, recordings, each) in [(0.8, 0.19, 10, 30), (0.8, 0.19, 30, 20), (0.5, 0.4, 12, 25)] {
        let (mut supported, mut refuted) = (0, 0);
        for vendor in 0..VENDORS {
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
            taken_for_single += u32::from(naive.against_at_most(truth) <= ERROR);
            taken_for_single += u32::from(naive.against_at_least(truth) <= ERROR);
            let (below, above) = excluded(&Evidence::ClusteredShare { clusters }, vendor, truth, least);
            supported += u32::from(below);
            refuted += u32::from(above);
        }
        for wrongs in [supported, refuted] {
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
        let (mut supported, mut refuted) = (0, 0);
        for vendor in 0..VENDORS {
            let clusters: Vec<_> = (0..recordings)
                .map(|_| {
                    let own = 2.0 * rate * dice.roll();
                    (dice.events(own * hours), hours)
                })
                .collect();
            let naive = Evidence::Rate {
                events: clusters.iter().map(|c| c.0).sum(),
                hours: hours * f64::from(recordings),
            };
            taken_for_single += u32::from(naive.against_at_most(rate) <= ERROR);
            taken_for_single += u32::from(naive.against_at_least(rate) <= ERROR);
            let (below, above) = excluded(&Evidence::ClusteredRate { clusters }, vendor, rate, most);
            refuted += u32::from(below);
            supported += u32::from(above);
        }
        for wrongs in [supported, refuted] {
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

/// Looked at after every event, stopped at the first verdict: the error of one planned look would be far exceeded. The chance
/// to be stopped is what is lost, look by look, of the chances of all numbers of hits.
#[test]
fn repeated_looks_at_shares_do_not_raise_the_error() {
    for (claimed, truth) in [(0.9, 0.9), (0.9, 0.9 - 1e-9)] {
        let stopped = |looks, each: u64| {
            let (mut open, mut stopped) = (vec![1.0], 0.0);
            for n in 1..=150 {
                open = one_more(&open, truth);
                for (hits, chance) in (0..).zip(&mut open) {
                    let evidence = Evidence::Share { hits, n };
                    // What cannot come about any more needs no look.
                    if *chance > 1e-15
                        && n % each == 0
                        && judged_wrongly(&evidence, &least(claimed), truth, looks)
                    {
                        stopped += std::mem::take(chance);
                    }
                }
            }
            stopped
        };
        let chance = stopped(Monitoring::Repeated, 1);
        assert!(chance <= ERROR + ROUNDING, "{claimed} {truth}: {chance}");
        assert!(chance > ERROR / 5.0, "the test judges hardly anybody: {chance}");
        // Every fifth look is enough to be fooled by.
        let fooled = stopped(Monitoring::Once, 5);
        assert!(fooled > 2.0 * ERROR, "{claimed} {truth}: {fooled}");
    }
}

#[test]
fn repeated_looks_at_rates_do_not_raise_the_error() {
    for (claimed, truth) in [(0.5, 0.5), (0.5, 0.500_001)] {
        let hourly = chances_of_events(truth);
        let (mut open, mut stopped) = (vec![1.0], 0.0);
        for hour in 1..=60 {
            let mut next = vec![0.0; open.len() + hourly.len()];
            for (events, chance) in open.iter().enumerate() {
                for (more, of_hour) in hourly.iter().enumerate() {
                    next[events + more] += chance * of_hour;
                }
            }
            // Numbers that are not to be expected are left out, or each hour would add to them.
            next.truncate(120);
            open = next;
            for (events, chance) in (0..).zip(&mut open) {
                let hours = f64::from(hour);
                let evidence = Evidence::Rate { events, hours };
                if *chance > 1e-15 && judged_wrongly(&evidence, &most(claimed), truth, Monitoring::Repeated) {
                    stopped += std::mem::take(chance);
                }
            }
        }
        assert!(stopped <= ERROR + ROUNDING, "{claimed} {truth}: {stopped}");
        assert!(stopped > ERROR / 5.0, "the test judges hardly anybody: {stopped}");
    }
}

/// Five claims of each vendor, some true and some false by a hair: whether any verdict of the five is wrong.
#[test]
fn of_five_claims_together_any_is_wrong_in_fewer_than_the_error() {
    let mut dice = Dice(SplitMix64::new(6));
    let truths = [0.95, 0.95 - 1e-9, 0.95, 0.95 - 1e-9, 0.99];
    let strengths: Vec<Strength> = (0..=200)
        .map(|hits| strength(&Evidence::Share { hits, n: 200 }, &least(0.95), Monitoring::Once))
        .collect();
    let wrongs = (0..VENDORS)
        .filter(|_| {
            let found = truths.map(|truth| strengths[dice.hits(200, truth) as usize]);
            judge(&found, ERROR)
                .into_iter()
                .zip(truths)
                .any(|(judged, truth)| wrong(judged.side, &least(0.95), truth))
        })
        .count();
    let rate = wrongs as f64 / f64::from(VENDORS);
    assert!(rate <= ERROR + LUCK, "{rate}");
}

/// What would settle one claim of two is told at the strictest level that Holm's rule could ask for: 5 % by two sides and two
/// claims.
#[test]
fn several_claims_share_the_error() {
    assert_eq!(
        [0, 1, 2, 7].map(|claims| side_error(claims, 0.05)),
        [0.05, 0.05, 0.025, 0.025]
    );
    let test = (least(0.95), Evidence::Share { hits: 10, n: 10 });
    // 0.95^86 = 1.21 %, 0.95^85 = 1.28 %; at 2.5 % 72 would do.
    let would_settle = More::Cases { n: 86 };
    let open = Verdict::Inconclusive { would_settle };
    assert_eq!(
        decide(&[test.clone(), test], ERROR, Monitoring::Once),
        [open, open]
    );
}

#[test]
fn a_hypothesis_holds_at_its_ends_and_has_a_centre() {
    let within = Hypothesis::Within { low: 0.2, high: 0.4 };
    // Just below, at, and just above each end.
    for (hypothesis, truths, holds) in [
        (least(0.3), [0.29, 0.3, 0.31], [false, true, true]),
        (most(0.3), [0.29, 0.3, 0.31], [true, true, false]),
        (within, [0.19, 0.2, 0.21], [false, true, true]),
        (within, [0.39, 0.4, 0.41], [true, true, false]),
    ] {
        assert_eq!(
            truths.map(|truth| hypothesis.holds(truth)),
            holds,
            "{hypothesis:?}"
        );
        assert!((hypothesis.centre() - 0.3).abs() < 1e-12, "{hypothesis:?}");
    }
}

#[test]
fn what_a_claim_says_follows_from_its_quantity_and_comparator() {
    let of = |lines: &str| {
        let text = format!("[[claim]]\nid = \"a\"\nvendor = \"V\"\nsays = \"S\"\nvalue = 8\n{lines}\n");
        Hypothesis::of(&crate::parse::parse(&text).unwrap()[0])
    };
    let delay = |comparator: &str| {
        of(&format!(
            "quantity = \"delay-to-alert\"\nunit = \"seconds\"\nshare = 0.75\nmargin = 2\ncomparator = \"{comparator}\""
        ))
    };
    // "75 % within 8 s"; and "75 % take 8 s at least": a quarter at most is sooner.
    assert_eq!(delay("at-most"), Some(least(0.75)));
    assert_eq!(delay("at-least"), Some(most(0.25)));
    assert_eq!((delay("about"), delay("as-good-as")), (None, None));
    let rate = |comparator: &str| {
        of(&format!(
            "quantity = \"false-alarm-rate\"\nunit = \"per-camera-hour\"\nmargin = 2\ncomparator = \"{comparator}\""
        ))
    };
    assert_eq!(rate("at-most"), Some(most(8.0)));
    assert_eq!(rate("at-least"), Some(least(8.0)));
    assert_eq!(rate("about"), Some(Hypothesis::Within { low: 6.0, high: 10.0 }));
    assert_eq!(rate("as-good-as"), Some(most(10.0)));
    // A word that is missing.
    assert_eq!(of("quantity = \"recall\"\nunit = \"percent\""), None);
    assert_eq!(
        of("quantity = \"recall\"\nunit = \"percent\"\ncomparator = \"about\""),
        None
    );
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
