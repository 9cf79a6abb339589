//! A seed in, a scene out: one script for each kind of event, with what resembles it and is none. Some scenes hold no
//! event at all.
//!
//! The rule for falls was changed after seeds 0 to 199 (known tracks) and 500 to 529 (pipeline) had been scored; falls are
//! scored on other seeds since.

use super::camera::Place;
use super::dice::Dice;
use super::figure::{Deed, Figure};
use super::scene::{Scene, Thing, Truth};

/// The part of the ground that the camera sees whole: metres to each side, and away.
const SIDE: f64 = 5.0;
const NEAR: f64 = 11.0;
const FAR: f64 = 22.0;

/// Walking speed in metres per second: mean 1.4 (Weidmann 1993), here 1.0 to 1.7.
const SLOW: f64 = 1.0;
const BRISK: f64 = 1.7;

fn scene(seed: u64, seconds: f64, rate: f64) -> Scene {
    Scene {
        seed,
        seconds,
        rate,
        figures: Vec::new(),
        things: Vec::new(),
        brightening: 0.0,
        truth: Truth::default(),
    }
}

fn figure(dice: &mut Dice, way: Vec<[f64; 3]>, deed: Deed) -> Figure {
    let mut shade = || u8::try_from(20 + dice.below(200)).expect("below 220");
    let colour = [shade(), shade(), shade()];
    Figure {
        way,
        tall: dice.between(1.55, 1.9),
        deed,
        colour,
        overlooked: false,
    }
}

/// From one side to the other; `to_the_right` or back.
fn passer_by(dice: &mut Dice, begins: f64, to_the_right: bool) -> Figure {
    let (from, to) = if to_the_right { (-9.0, 9.0) } else { (9.0, -9.0) };
    let ends = begins + 18.0 / dice.between(SLOW, BRISK);
    let away = dice.between(NEAR, FAR);
    let way = vec![[begins, from, away], [ends, to, away + dice.between(-2.0, 2.0)]];
    figure(dice, way, Deed::Walk)
}

/// Walks to a place, does something there until `until`, and walks on.
fn stops_for(dice: &mut Dice, at: f64, until: f64, deed: Deed) -> Figure {
    let place = (dice.between(-SIDE, SIDE), dice.between(NEAR, FAR));
    let side = if dice.with_chance(0.5) { -1.0 } else { 1.0 };
    let reach = |metres: f64| metres / 1.3;
    let here = |seconds: f64| [seconds, place.0, place.1];
    let way = vec![
        [at - reach(4.0), place.0 + 4.0 * side, place.1],
        here(at),
        here(until),
        [until + reach(6.0), place.0 - 6.0 * side, place.1],
    ];
    figure(dice, way, deed)
}

/// Falls, in any direction, some of people who get up soon, crouch, lie down slowly or step behind a wall.
pub(super) fn falls(seed: u64) -> Scene {
    let mut dice = Dice::new(1_000 + seed);
    let mut scene = scene(seed, 40.0, 10.0);
    for _ in 0..dice.below(4) {
        let begins = dice.between(0.0, 30.0);
        let to_the_right = dice.with_chance(0.5);
        scene.figures.push(passer_by(&mut dice, begins, to_the_right));
    }
    for _ in 0..dice.below(3) {
        let at = dice.between(5.0, 20.0);
        let deed = Deed::GoDown {
            at,
            turning: dice.between(0.4, 1.0),
            lying: dice.between(6.0, 12.0),
            heading: dice.between(0.0, std::f64::consts::TAU),
        };
        scene.figures.push(stops_for(&mut dice, at, at + 15.0, deed));
        scene.truth.falls += 1;
    }
    for _ in 0..1 + dice.below(3) {
        let from = dice.between(5.0, 20.0);
        let heading = dice.between(-0.3, 0.3);
        let deed = match dice.below(4) {
            0 => Deed::Crouch { from, to: from + 8.0 },
            1 => Deed::BehindWall { from, to: from + 8.0 },
            2 => Deed::GoDown {
                at: from,
                turning: 0.6,
                lying: 1.5,
                heading,
            },
            _ => Deed::GoDown {
                at: from,
                turning: 6.0,
                lying: 4.0,
                heading,
            },
        };
        scene.figures.push(stops_for(&mut dice, from, from + 17.0, deed));
    }
    scene
}

/// A crowd that strolls, and in two scenes of three runs off at once; single runners and people who set off walking.
pub(super) fn crowd_movement(seed: u64) -> Scene {
    let mut dice = Dice::new(2_000 + seed);
    let mut scene = scene(seed, 40.0, 10.0);
    let alarm = dice.between(12.0, 25.0);
    let all_away = dice.with_chance(0.5);
    let side = if dice.with_chance(0.5) { -1.0 } else { 1.0 };
    let happens = !seed.is_multiple_of(3);
    for _ in 0..8 + dice.below(7) {
        let (x, z) = (dice.between(-SIDE, SIDE), dice.between(NEAR, FAR));
        let drift = (dice.between(-0.3, 0.3), dice.between(-0.1, 0.1));
        let reacts = alarm + dice.between(0.0, 0.8);
        let flees = happens && dice.with_chance(0.85);
        let at = |seconds: f64| [seconds, x + drift.0 * seconds, z + drift.1 * seconds];
        let way = if flees {
            // Away from one place, or all to one side; 3 to 4.5 m/s, until out of view.
            let across = if all_away { x.signum() } else { side };
            let (speed, turn) = (dice.between(3.0, 4.5), dice.between(-0.5, 0.5));
            let start = at(reacts);
            let end = [
                reacts + 14.0 / speed,
                start[1] + 14.0 * across * f64::cos(turn),
                start[2] + 14.0 * f64::sin(turn),
            ];
            vec![at(0.0), start, end]
        } else {
            vec![at(0.0), at(scene.seconds)]
        };
        scene.figures.push(figure(&mut dice, way, Deed::Walk));
    }
    if happens {
        scene.truth.crowd_movements = 1;
    } else {
        // All set off for a walk together, as at a green light; and two run for a bus.
        for (number, person) in scene.figures.iter_mut().enumerate() {
            let start = person.way[0];
            let speed = if number < 2 { 4.0 } else { dice.between(0.8, 1.4) };
            person.way = vec![
                [0.0, start[1], start[2]],
                [alarm, start[1], start[2]],
                [alarm + 12.0 / speed, start[1] + 12.0 * side, start[2]],
            ];
        }
    }
    scene
}

/// Bags that are left for good; bags that are taken up again, people who stand, things that are taken away, more light.
pub(super) fn left_objects(seed: u64) -> Scene {
    let mut dice = Dice::new(3_000 + seed);
    let mut scene = scene(seed, 75.0, 5.0);
    scene.brightening = dice.between(-25.0, 25.0);
    for _ in 0..3 {
        let begins = dice.between(0.0, 60.0);
        let to_the_right = dice.with_chance(0.5);
        let mut passer_by = passer_by(&mut dice, begins, to_the_right);
        // One in three is drawn and not detected.
        passer_by.overlooked = dice.with_chance(0.33);
        scene.figures.push(passer_by);
    }
    let bag = |dice: &mut Dice, person: &Figure, from: f64, to: f64| Thing {
        place: Place {
            right: person.foot(from).right + 0.3,
            ..person.foot(from)
        },
        size: (dice.between(0.4, 0.8), dice.between(0.4, 0.7)),
        colour: [u8::try_from(dice.below(256)).expect("below 256"); 3],
        from,
        to,
    };
    for _ in 0..dice.below(3) {
        let at = dice.between(14.0, 26.0);
        let owner = stops_for(&mut dice, at, at + 3.0, Deed::Walk);
        scene.things.push(bag(&mut dice, &owner, at, 1e9));
        scene.figures.push(owner);
        scene.truth.left_objects += 1;
    }
    if dice.with_chance(0.5) {
        let at = dice.between(14.0, 40.0);
        let waits = stops_for(&mut dice, at, at + 22.0, Deed::Walk);
        scene.things.push(bag(&mut dice, &waits, at, at + 22.0));
        scene.figures.push(waits);
    }
    if dice.with_chance(0.5) {
        let at = dice.between(5.0, 15.0);
        scene
            .figures
            .push(stops_for(&mut dice, at, at + 50.0, Deed::Walk));
    }
    if dice.with_chance(0.5) {
        // Stood there from the start, and is taken away.
        let taker = stops_for(&mut dice, 18.0, 20.0, Deed::Walk);
        scene.things.push(bag(&mut dice, &taker, -1.0, 20.0));
        scene.figures.push(taker);
    }
    scene
}

/// Many go one way, few the other: nothing else happens.
pub(super) fn counter_flow(seed: u64) -> Scene {
    let mut dice = Dice::new(4_000 + seed);
    let mut scene = scene(seed, 60.0, 10.0);
    scene.truth.against = dice.below(4);
    for number in 0..15 + scene.truth.against {
        let begins = dice.between(0.0, 45.0);
        scene
            .figures
            .push(passer_by(&mut dice, begins, number >= scene.truth.against));
    }
    scene
}
