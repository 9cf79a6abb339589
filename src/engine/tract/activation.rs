//! `unsafe` is needed here: registers of the best instructions at hand are passed on.
//!
//! What follows a convolution's sums while they are still in registers. In and out: a register of floats.
#![expect(unsafe_code, reason = "see the first lines")]

use super::lanes::Lanes;

/// Limits that an activation puts on the outputs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Clamp {
    pub(super) low: f32,
    pub(super) high: f32,
}

/// What follows the sums.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Activation {
    None,
    /// Nothing below this one: `ReLU`, where it is zero.
    AtLeast(f32),
    Clamp(Clamp),
    /// Values below zero times this, which is 0 to 1: the leaky `ReLU`.
    Leaky(f32),
    /// x / (1 + exp(-x)), which YOLO's papers call `SiLU` or swish.
    Silu,
}

impl Activation {
    /// # Safety
    /// The machine has the instructions of `L`.
    #[inline(always)]
    pub(super) unsafe fn on<L: Lanes>(self, value: L::V) -> L::V {
        // SAFETY: touches no memory; the caller has the instructions of `L`.
        unsafe {
            match self {
                Self::None => value,
                Self::AtLeast(low) => L::at_least(value, L::splat(low)),
                Self::Clamp(Clamp { low, high }) => L::clamp(value, L::splat(low), L::splat(high)),
                Self::Leaky(slope) => leaky::<L>(value, L::splat(slope)),
                Self::Silu => silu::<L>(value),
            }
        }
    }
}

/// The larger of a value and its share: for shares of 0 to 1 the value itself where it is above zero.
///
/// # Safety
/// The machine has the instructions of `L`.
#[inline(always)]
pub(super) unsafe fn leaky<L: Lanes>(value: L::V, slope: L::V) -> L::V {
    // SAFETY: touches no memory; the caller has the instructions of `L`.
    unsafe { L::at_least(value, L::multiply_add(value, slope, L::splat(0.0))) }
}

/// Terms of 2^f for f of -1/2 to 1/2, highest first: powers of ln 2 over factorials. The first one left out is 1.2e-7.
const POWERS: [f32; 6] = [
    0.000_154_035_3,
    0.001_333_355_8,
    0.009_618_129,
    0.055_504_11,
    0.240_226_5,
    std::f32::consts::LN_2,
];

/// Relative error below 5e-7 and 1.2e-7 times |x|, which is rounding before the power; below -87 it is as good as zero. Not a
/// number stays none.
///
/// # Safety
/// The machine has the instructions of `L`.
#[inline(always)]
unsafe fn silu<L: Lanes>(x: L::V) -> L::V {
    // SAFETY: touches no memory; the caller has the instructions of `L`; powers of two are clamped to those that there are, also of
    // what is no number.
    unsafe {
        let one = L::splat(1.0);
        let exponent = L::multiply_add(x, L::splat(-std::f32::consts::LOG2_E), L::splat(0.0));
        let exponent = L::clamp(exponent, L::splat(-126.0), L::splat(126.0));
        let whole = L::round(exponent);
        let part = L::multiply_add(whole, L::splat(-1.0), exponent);
        let mut power = L::splat(POWERS[0]);
        for term in [POWERS[1], POWERS[2], POWERS[3], POWERS[4], POWERS[5], 1.0] {
            power = L::multiply_add(power, part, L::splat(term));
        }
        L::divide(x, L::multiply_add(power, L::two_to(whole), one))
    }
}

#[cfg(test)]
mod tests {
    use super::super::lanes::{PANEL, Registers, Work, forced, on_this_machine};
    use super::*;

    struct Each<'a>(&'a [f32; PANEL], &'a mut [f32; PANEL]);

    impl Work for Each<'_> {
        #[inline(always)]
        unsafe fn with<
            L: Lanes,
            const TALL: usize,
            const WIDE: usize,
            const NARROW: usize,
            const HALF: usize,
        >(
            self,
        ) {
            for start in (0..PANEL).step_by(L::N) {
                // SAFETY: both hold a panel, which registers of every width divide; the caller has the instructions of `L`.
                unsafe {
                    let value = Activation::Silu.on::<L>(L::load(self.0.as_ptr().add(start)));
                    L::store(value, self.1.as_mut_ptr().add(start));
                }
            }
        }
    }

    fn silus(values: &[f32; PANEL]) -> [f32; PANEL] {
        let mut found = [0.0; PANEL];
        // SAFETY: the pointers inside are references to arrays, within which `with` stays.
        unsafe { on_this_machine(Each(values, &mut found)) };
        found
    }

    #[test]
    fn the_silu_is_that_of_double_precision_with_every_width() {
        let check = || {
            for start in -900..900 {
                let values = std::array::from_fn(|lane| {
                    let lane = i16::try_from(lane).unwrap();
                    f32::from(start * 16 + lane) / 180.0
                });
                for (x, found) in values.into_iter().zip(silus(&values)) {
                    let x = f64::from(x);
                    let expected = x / (1.0 + (-x).exp());
                    let apart = (f64::from(found) - expected).abs();
                    let allowed = (5e-7 + 1.2e-7 * x.abs()) * expected.abs() + 1e-30;
                    assert!(apart <= allowed, "{x}: {found} and not {expected}");
                }
            }
        };
        assert!(forced::with_every_width(check) >= 2);
    }

    #[test]
    fn the_silu_is_the_same_to_the_bit_with_all_registers_that_fuse_multiply_and_add() {
        let given = |registers: Registers| {
            let silus = (-900i16..900).map(|start| {
                silus(&std::array::from_fn(|lane| {
                    f32::from(start) / 10.0 + f32::from(u8::try_from(lane).unwrap()) / 160.0
                }))
            });
            registers
                .fuse()
                .then(|| silus.flatten().map(f32::to_bits).collect::<Vec<_>>())
        };
        let fused: Vec<_> = forced::each_width(given)
            .into_iter()
            .filter_map(|(_, bits)| bits)
            .collect();
        assert!(fused.windows(2).all(|pair| pair[0] == pair[1]));
    }

    #[test]
    fn what_is_no_number_stays_none_and_infinities_stay_what_they_are() {
        let check = || {
            let mut values = [0.0; PANEL];
            values[1] = f32::NAN;
            values[2] = f32::INFINITY;
            values[3] = f32::MIN;
            let found = silus(&values);
            assert_eq!(found[0].to_bits(), 0);
            assert!(found[1].is_nan());
            assert!(found[2].is_infinite() && found[2] > 0.0);
            assert!(found[3] <= 0.0 && found[3] > -10.0, "{}", found[3]);
        };
        forced::with_every_width(check);
    }
}
