//! Known answers for every corruption, and what holds for all of them.

use super::blur::kernel;
use super::*;

/// A frame of 96 x 64 pixels with detail of every size, as pictures of the world have it: squares of 32, 16, … 1 pixels a
/// side, each of its own brightness, one over the other.
fn frame(index: u64) -> FrameBuffer {
    let mut random = SplitMix64::new(99);
    let mut sums = vec![0u64; 96 * 64];
    for (size, most) in [(32, 96), (16, 48), (8, 32), (4, 24), (2, 16), (1, 12)] {
        // Shifted by odd steps: a picture whose edges lie on even places loses nothing when it is halved.
        let (columns, shift) = (96 / size + 2, size / 2 + 1);
        let squares: Vec<u64> = (0..columns * (64 / size + 2))
            .map(|_| random.below(most))
            .collect();
        for (at, sum) in sums.iter_mut().enumerate() {
            let (column, row) = ((at % 96 + shift) / size, (at / 96 + shift) / size);
            *sum += squares[row * columns + column];
        }
    }
    let mut frame = FrameBuffer::default();
    frame.index = index;
    for (at, value) in frame.reshape(96, 64).iter_mut().enumerate() {
        *value = u8::try_from(sums[at / 3] + 8 * (at as u64 % 3)).unwrap();
    }
    frame
}

/// Dark on the left, bright on the right.
fn step(dark: u8, bright: u8) -> FrameBuffer {
    let mut frame = flat(dark);
    for (at, pixel) in frame.rgb.chunks_exact_mut(3).enumerate() {
        pixel.fill(if at % 96 < 48 { dark } else { bright });
    }
    frame
}

fn flat(value: u8) -> FrameBuffer {
    let mut frame = FrameBuffer::default();
    frame.reshape(96, 64).fill(value);
    frame
}

fn degraded(mut frame: FrameBuffer, corruption: Corruption, severity: u8) -> FrameBuffer {
    Perturber::new(Perturbation { corruption, severity }).apply(&mut frame);
    frame
}

/// Peak signal-to-noise ratio in decibels.
fn psnr(a: &FrameBuffer, b: &FrameBuffer) -> f64 {
    let squares = a
        .rgb
        .iter()
        .zip(&b.rgb)
        .map(|(a, b)| (f64::from(*a) - f64::from(*b)).powi(2));
    let mean = squares.sum::<f64>() / a.rgb.len() as f64;
    10.0 * (255.0f64.powi(2) / mean).log10()
}

fn mean(frame: &FrameBuffer) -> f64 {
    frame.rgb.iter().map(|value| f64::from(*value)).sum::<f64>() / frame.rgb.len() as f64
}

fn deviation(frame: &FrameBuffer) -> f64 {
    let mean = mean(frame);
    let squares = frame.rgb.iter().map(|value| (f64::from(*value) - mean).powi(2));
    (squares.sum::<f64>() / frame.rgb.len() as f64).sqrt()
}

/// How much of the clean picture's contrast is left: the slope of the degraded differences between neighbours on the
/// clean ones. Fog is smooth: from one pixel to the next it hardly changes.
fn contrast(clean: &FrameBuffer, degraded: &FrameBuffer) -> f64 {
    let step = |rgb: &[u8], at: usize| f64::from(rgb[at + 3]) - f64::from(rgb[at]);
    let places = || (0..clean.rgb.len() - 3).filter(|at| at / 3 % 96 != 95);
    let both: f64 = places()
        .map(|at| step(&clean.rgb, at) * step(&degraded.rgb, at))
        .sum();
    let own: f64 = places().map(|at| step(&clean.rgb, at).powi(2)).sum();
    both / own
}

#[test]
fn severity_0_changes_no_byte_and_two_steps_up_are_always_worse() {
    for corruption in Corruption::ALL {
        assert!(
            degraded(frame(7), corruption, 0).rgb == frame(7).rgb,
            "{corruption:?}"
        );
        assert!(
            !Perturber::new(Perturbation {
                corruption,
                severity: 0
            })
            .loses(7)
        );
        if corruption == Corruption::FrameDrop {
            continue;
        }
        if corruption == Corruption::Fog {
            // Fog lightens what is dark: how far it is off depends on how bright the picture was. What it always takes
            // is contrast. ImageNet-C's severity 4 is as dense as 3 and only less smooth.
            let left =
                [1, 2, 3, 5].map(|severity| contrast(&frame(7), &degraded(frame(7), corruption, severity)));
            assert!(
                left.windows(2).all(|pair| pair[1] < pair[0]) && left[0] < 1.0,
                "{left:.3?}"
            );
            continue;
        }
        let ratios: Vec<f64> = (1..=5)
            .map(|severity| psnr(&frame(7), &degraded(frame(7), corruption, severity)))
            .collect();
        // Edges of the picture may fall on those of blocks, so that one step may lose a little less than the one before
        // it; two steps never do.
        assert!(
            ratios.windows(2).all(|pair| pair[1] < pair[0] + 1.5)
                && ratios.windows(3).all(|three| three[2] < three[0]),
            "{corruption:?}: {ratios:.1?} dB"
        );
        assert!(ratios[0] < 45.0, "{corruption:?} does something: {ratios:.1?} dB");
    }
}

#[test]
fn the_same_frame_is_degraded_to_the_same_bytes_and_another_frame_gets_other_noise() {
    for corruption in Corruption::ALL {
        let mut perturber = Perturber::new(Perturbation {
            corruption,
            severity: 3,
        });
        // A perturber that has seen other frames before, as a worker's has.
        perturber.apply(&mut frame(1));
        let mut again = frame(7);
        perturber.apply(&mut again);
        assert!(
            again.rgb == degraded(frame(7), corruption, 3).rgb,
            "{corruption:?}"
        );
        let random = matches!(
            corruption,
            Corruption::Noise | Corruption::LowLight | Corruption::Rain
        );
        let other = degraded(frame(8), corruption, 3);
        assert_eq!(other.rgb != again.rgb, random, "{corruption:?}");
    }
}

#[test]
fn the_blurs_kernel_is_the_gaussian_and_a_flat_frame_stays_flat() {
    // exp(-1/2), exp(-2), exp(-9/2), exp(-8) over their sum with both sides: 2.50663.
    let expected = [
        0.398_942_8,
        0.241_971_5,
        0.053_991_13,
        0.004_431_858,
        0.000_133_831,
    ];
    let found = kernel(1.0);
    assert_eq!(found.len(), expected.len());
    assert!(
        found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 2e-6),
        "{found:?}"
    );
    assert!(
        degraded(flat(77), Corruption::Blur, 5)
            .rgb
            .iter()
            .all(|&value| value == 77)
    );
    // A step from 0 to 200, blurred by one pixel: next to it 200 times the sum of the weights beyond.
    let blurred = degraded(step(0, 200), Corruption::Blur, 1);
    // 0.24197 + 0.05399 + 0.00443 + 0.00013 = 0.30053; 0.05856; 0.00457.
    let row: Vec<u8> = (44..52).map(|x| blurred.rgb[3 * x]).collect();
    assert_eq!(row, [0, 1, 12, 60, 140, 188, 199, 200]);
}

#[test]
fn noise_has_the_declared_deviation_and_less_light_the_declared_mean() {
    let noisy = degraded(flat(128), Corruption::Noise, 1);
    assert!((mean(&noisy) - 128.0).abs() < 1.0, "{}", mean(&noisy));
    assert!(
        (deviation(&noisy) - 0.08 * 255.0).abs() < 0.5,
        "{}",
        deviation(&noisy)
    );
    let dark = degraded(flat(200), Corruption::LowLight, 3);
    assert!((mean(&dark) - 60.0).abs() < 0.5, "{}", mean(&dark));
    // 60 of 255 with 150 photons for white: 255 * sqrt(60 / 255 / 150).
    assert!((deviation(&dark) - 10.1).abs() < 0.3, "{}", deviation(&dark));
}

#[test]
fn fewer_pixels_are_blocks_of_their_mean() {
    // A quarter of 96 x 64 is 24 x 16: blocks of 4 x 4.
    let small = degraded(frame(0), Corruption::Resolution, 5);
    let original = frame(0);
    for channel in 0..3 {
        let at = |x: usize, y: usize| 3 * (y * 96 + x) + channel;
        let cells = || (8..12).flat_map(|y| (44..48).map(move |x| (x, y)));
        let sum: u32 = cells().map(|(x, y)| u32::from(original.rgb[at(x, y)])).sum();
        let mean = u8::try_from((sum + 8) / 16).unwrap();
        assert!(cells().all(|(x, y)| small.rgb[at(x, y)] == mean));
    }
}

#[test]
fn fog_brightens_the_dark_and_takes_contrast_and_rain_only_brightens() {
    let foggy = degraded(step(20, 230), Corruption::Fog, 3);
    let contrast = deviation(&foggy) / deviation(&step(20, 230));
    assert!(contrast < 0.6, "{contrast}");
    assert!(mean(&degraded(flat(20), Corruption::Fog, 3)) > 20.0 * 0.03);
    // The map reaches from 0 to 1: with all pixels at 51 (0.2), 0.2 / 2.7 of them remain and 2.5 of fog is added.
    let even = degraded(flat(51), Corruption::Fog, 3);
    let most = f64::from(*even.rgb.iter().max().unwrap());
    assert!(most <= 255.0 * 0.2 / 2.7 * 2.7 + 1.0, "{most}");
    let rainy = degraded(frame(0), Corruption::Rain, 3);
    assert!(
        rainy
            .rgb
            .iter()
            .zip(&frame(0).rgb)
            .all(|(wet, dry)| wet >= dry || *dry > 225)
    );
}

#[test]
fn compression_is_one_round_through_a_jpeg_of_the_declared_quality() {
    let mut bytes = Vec::new();
    let original = frame(0);
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 15)
        .encode(&original.rgb, 96, 64, image::ExtendedColorType::Rgb8)
        .unwrap();
    let decoded = image::load_from_memory(&bytes).unwrap().into_rgb8();
    assert!(degraded(original, Corruption::Compression, 3).rgb == decoded.into_raw());
}

#[test]
fn lost_frames_are_the_declared_share_and_always_the_same_ones() {
    for (severity, share) in (1..=5).zip(LOST) {
        let perturber = Perturber::new(Perturbation {
            corruption: Corruption::FrameDrop,
            severity,
        });
        let lost = (0..10_000).filter(|&frame| perturber.loses(frame)).count();
        assert!(
            (lost as f64 / 10_000.0 - share).abs() < 0.015,
            "{severity}: {lost}"
        );
        assert_eq!(lost, (0..10_000).filter(|&frame| perturber.loses(frame)).count());
    }
    let blur = Perturber::new(Perturbation {
        corruption: Corruption::Blur,
        severity: 5,
    });
    assert!((0..1000).all(|frame| !blur.loses(frame)));
}
