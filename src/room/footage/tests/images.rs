//! Images: formats, folders, order, damage.

use super::*;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use std::fs;
use tempfile::tempdir;

#[expect(clippy::disallowed_methods, reason = "a test makes its own inputs")]
fn write(path: &Path, bytes: impl AsRef<[u8]>) {
    fs::write(path, bytes).unwrap();
}

/// A grey picture whose value tells which it is.
fn picture(value: u8) -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_pixel(8, 6, Rgb([value; 3])))
}

fn save(picture: &DynamicImage, path: &Path, format: ImageFormat) {
    picture.save_with_format(path, format).unwrap();
}

#[test]
fn every_promised_format_is_read() {
    let folder = tempdir().unwrap();
    for (name, format) in [
        ("a.jpg", ImageFormat::Jpeg),
        ("b.png", ImageFormat::Png),
        ("c.webp", ImageFormat::WebP),
        ("d.bmp", ImageFormat::Bmp),
        ("e.tiff", ImageFormat::Tiff),
    ] {
        let path = folder.path().join(name);
        save(&picture(90), &path, format);
        let reading = read(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(reading.sizes, [(8, 6)], "{name}");
        assert!(
            reading.pixels[0].iter().all(|value| value.abs_diff(90) <= 1),
            "{name}"
        );
        assert_eq!(reading.facts.frames.decoded, 1);
        assert!(reading.facts.faults.is_empty(), "{name}");
    }
    let all = read(folder.path()).unwrap().facts;
    assert_eq!(
        (all.frames.decoded, all.codec.as_str()),
        (5, "bmp,jpeg,png,tiff,webp")
    );
}

#[test]
fn sixteen_bits_grey_and_transparency_become_plain_rgb() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("a.png");
    let deep = image::ImageBuffer::from_pixel(2, 1, image::Luma([0x8080u16]));
    save(&DynamicImage::ImageLuma16(deep), &path, ImageFormat::Png);
    assert_eq!(read(&path).unwrap().pixels[0], [0x80; 6]);
    // Black, half of it transparent, then wholly: over white that is mid-grey, then white.
    let mut clear = RgbaImage::from_pixel(2, 1, Rgba([0, 0, 0, 128]));
    clear.put_pixel(1, 0, Rgba([0, 0, 0, 0]));
    save(&DynamicImage::ImageRgba8(clear), &path, ImageFormat::Png);
    assert_eq!(read(&path).unwrap().pixels[0], [127, 127, 127, 255, 255, 255]);
}

/// Pictures that neither ffmpeg nor the image crate writes; see `tests/bad/README.md`. Left half red, right half green.
#[test]
fn four_inks_palettes_and_animations_become_plain_rgb() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/bad");
    for (name, tolerance) in [("cmyk.jpg", 12), ("palette.png", 0), ("animated.webp", 0)] {
        let reading = read(&folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(reading.sizes, [(16, 16)], "{name}: one picture");
        assert!(reading.facts.faults.is_empty(), "{name}: {:?}", reading.facts);
        for (index, pixel) in reading.pixels[0].chunks(3).enumerate() {
            // JPEG mixes neighbours at the border of the halves.
            if (6..10).contains(&(index % 16)) {
                continue;
            }
            let expected = if index % 16 < 8 { [255, 0, 0] } else { [0, 255, 0] };
            assert!(
                pixel
                    .iter()
                    .zip(expected)
                    .all(|(a, b)| a.abs_diff(b) <= tolerance),
                "{name}: pixel {index} is {pixel:?}"
            );
        }
    }
}

/// Each channel's upper eight bits, rounded: 0x00FF is 1 of 255, not 0xFF.
#[test]
fn sixteen_bits_of_colour_are_scaled_and_not_cut() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("a.png");
    let deep = image::ImageBuffer::from_pixel(2, 2, Rgb([0xFFFFu16, 0x00FF, 0x8080]));
    save(&DynamicImage::ImageRgb16(deep), &path, ImageFormat::Png);
    assert_eq!(read(&path).unwrap().pixels[0][..3], [0xFF, 1, 0x80]);
}

#[test]
fn the_orientation_that_a_camera_wrote_is_applied() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("a.jpg");
    let mut wide = RgbImage::from_pixel(32, 16, Rgb([0, 0, 0]));
    for x in 0..16 {
        for y in 0..16 {
            wide.put_pixel(x, y, Rgb([255, 255, 255]));
        }
    }
    save(&DynamicImage::ImageRgb8(wide), &path, ImageFormat::Jpeg);
    let plain = fs::read(&path).unwrap();
    // APP1 with an EXIF directory of one entry: orientation (0x0112), short, 1 value, 6: turn a quarter clockwise.
    let exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let mut bytes = plain[..2].to_vec();
    bytes.extend([0xFF, 0xE1]);
    bytes.extend((exif.len() as u16 + 2).to_be_bytes());
    bytes.extend(exif);
    bytes.extend(&plain[2..]);
    write(&path, bytes);
    let reading = read(&path).unwrap();
    assert_eq!(reading.sizes, [(16, 32)]);
    // The white left half is now the top.
    assert!(reading.pixels[0][0] > 240 && reading.pixels[0][3 * 16 * 31] < 15);
}

#[test]
fn a_folder_is_read_in_natural_order_at_its_rate() {
    let folder = tempdir().unwrap();
    for number in [10u8, 2, 1] {
        save(
            &picture(number * 10),
            &folder.path().join(format!("frame_{number}.png")),
            ImageFormat::Png,
        );
    }
    let mut sequence = item(folder.path());
    sequence.sequence_fps = Some(4.0);
    let reading = read_item(&sequence, &Limits::default()).unwrap();
    let firsts: Vec<u8> = reading.pixels.iter().map(|pixels| pixels[0]).collect();
    assert_eq!(firsts, [10, 20, 100]);
    assert_eq!(reading.times, [0.0, 0.25, 0.5]);
    assert_eq!(reading.facts.kind, vsa_record::facts::ItemKind::ImageSequence);
    assert!((reading.facts.duration_seconds - 0.75).abs() < 1e-9);
    let stills = read(folder.path()).unwrap();
    assert_eq!(
        (stills.facts.kind, stills.facts.duration_seconds),
        (vsa_record::facts::ItemKind::Stills, 0.0)
    );
    sequence.sequence_fps = Some(0.0);
    assert!(matches!(
        read_item(&sequence, &Limits::default()),
        Err(FootageError::BadRate { .. })
    ));
}

#[test]
fn what_is_broken_or_no_image_is_counted_by_number_and_never_named() {
    let folder = tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    save(&picture(1), &at("1 anna.png"), ImageFormat::Png);
    let whole = fs::read(at("1 anna.png")).unwrap();
    write(&at("2 anna.png"), &whole[..whole.len() / 2]);
    write(&at("3 anna.jpg"), b"");
    save(&picture(4), &at("4 anna.jpg"), ImageFormat::Png);
    write(&at("notes anna.txt"), b"met anna at ten");
    write(&at(".hidden.png"), &whole);
    fs::create_dir(at("more anna")).unwrap();
    save(&picture(5), &at("more anna").join("5.png"), ImageFormat::Png);
    let facts = read(folder.path()).unwrap().facts;
    assert_eq!(
        (facts.frames.expected, facts.frames.decoded, facts.frames.faulty),
        (Some(4), 2, 2),
        "{facts:?}"
    );
    assert_eq!(facts.faults.len(), 4, "{facts:?}");
    assert!(
        facts.faults[0].starts_with("1 file(s)") && facts.faults[1].starts_with("1 folder(s)"),
        "{facts:?}"
    );
    assert!(facts.faults[2].starts_with("image 2 of 4: "), "{facts:?}");
    assert!(
        facts.faults.iter().all(|fault| !fault.contains("anna")),
        "{facts:?}"
    );
}

#[test]
fn a_folder_without_images_and_a_broken_image_are_refused_in_clear_words() {
    let folder = tempdir().unwrap();
    write(&folder.path().join("a.txt"), b"text");
    assert!(refused(folder.path()).contains("holds no image (1 other entries)"));
    let path = folder.path().join("b.png");
    save(&picture(1), &path, ImageFormat::Png);
    let bytes = fs::read(&path).unwrap();
    write(&path, &bytes[..40]);
    assert!(refused(&path).starts_with("no frame of "), "{}", refused(&path));
}

#[test]
fn an_image_that_declares_more_pixels_than_the_limit_is_refused() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("a.bmp");
    save(&picture(1), &path, ImageFormat::Bmp);
    let mut bytes = fs::read(&path).unwrap();
    bytes[18..22].copy_from_slice(&100_000u32.to_le_bytes());
    bytes[22..26].copy_from_slice(&100_000u32.to_le_bytes());
    write(&path, &bytes);
    assert!(refused(&path).starts_with("no frame of "), "{}", refused(&path));
    let limits = Limits {
        max_image_bytes: 10,
        ..Limits::default()
    };
    assert!(
        read_item(&item(&path), &limits)
            .err()
            .unwrap()
            .to_string()
            .contains("larger than the limit of 10 bytes")
    );
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_links_that_lead_nowhere_are_counted() {
    let folder = tempdir().unwrap();
    let elsewhere = tempdir().unwrap();
    save(&picture(7), &elsewhere.path().join("x.png"), ImageFormat::Png);
    std::os::unix::fs::symlink(elsewhere.path().join("x.png"), folder.path().join("1.png")).unwrap();
    std::os::unix::fs::symlink(elsewhere.path().join("gone.png"), folder.path().join("2.png")).unwrap();
    let facts = read(folder.path()).unwrap().facts;
    assert_eq!((facts.frames.decoded, facts.frames.faulty), (1, 1), "{facts:?}");
}

#[test]
fn pictures_that_changed_came_or_went_while_they_were_looked_at_are_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    for (name, value) in [("a.png", 10), ("b.png", 20)] {
        save(&picture(value), &path(name), ImageFormat::Png);
    }
    let check = |at: &Path, facts: &ItemFacts| crate::footage::source::still_the_same(at, facts);
    let (all, one) = (
        read(folder.path()).unwrap().facts,
        read(&path("a.png")).unwrap().facts,
    );
    check(folder.path(), &all).unwrap();
    check(&path("a.png"), &one).unwrap();
    save(&picture(30), &path("c.png"), ImageFormat::Png);
    let refused = check(folder.path(), &all).unwrap_err();
    assert!(
        matches!(&refused, FootageError::Changed { path } if path == folder.path()),
        "{refused}"
    );
    check(&path("a.png"), &one).unwrap();
    fs::remove_file(path("c.png")).unwrap();
    check(folder.path(), &all).unwrap();
    save(&picture(30), &path("a.png"), ImageFormat::Png);
    assert!(check(folder.path(), &all).is_err() && check(&path("a.png"), &one).is_err());
    fs::remove_file(path("a.png")).unwrap();
    assert!(check(folder.path(), &all).is_err() && check(&path("a.png"), &one).is_err());
}
