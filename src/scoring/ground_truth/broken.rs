//! Files that are broken in ways nobody thought of: a sound file of each format, cut off anywhere, with a byte changed, a line
//! doubled, left out or swapped. A reader answers with labels, or with an error that names the file, and the line where a
//! line is at fault. It never panics, and never reads a box that is not finite.
#![expect(
    clippy::disallowed_methods,
    reason = "the tests write the files that are read"
)]

use super::{ReadOptions, Side, read};
use crate::error::EvaluateError;
use std::collections::BTreeMap;
use std::path::Path;

const SOUND: [(&str, &str); 12] = [
    (
        "coco.json",
        "{\"images\":[{\"id\":1,\"file_name\":\"a.jpg\",\"width\":100,\"height\":80}],\n\"categories\":[{\"id\":1,\"name\":\"person\"}],\n\"annotations\":[{\"id\":1,\"image_id\":1,\"category_id\":1,\"bbox\":[1,2,30,40],\"area\":1200,\"iscrowd\":0},\n{\"id\":2,\"image_id\":1,\"category_id\":1,\"bbox\":[5.5,6,7,8],\"area\":50,\"attributes\":{\"gender\":\"f\"}}]}\n",
    ),
    (
        "results.json",
        "[{\"image_id\":1,\"category_id\":1,\"bbox\":[1,2,30,40],\"score\":0.9},\n{\"image_id\":2,\"category_id\":1,\"bbox\":[1,2,3,4],\"score\":1e-3}]\n",
    ),
    (
        "mot.txt",
        "1,1,10.5,20,30,40,1,1,0.9\n2,1,11,21,30,40,1,1,0.8\n2,2,100,100,30,40,0,8,0\n",
    ),
    (
        "mot15.txt",
        "1 -1 10 20 30 40 0.8 -1 -1 -1\n2 -1 11 21 30 40 0.7 -1 -1 -1\n",
    ),
    ("000001.txt", "0 0.5 0.5 0.2 0.3 0.9\n1 0.25 0.75 0.1 0.1 0.4\n"),
    ("padilla.txt", "person 0.9 10 20 30 40\nperson 0.8 50 60 70 80\n"),
    (
        "voc.xml",
        "<annotation><filename>a.jpg</filename><size><width>100</width><height>80</height><depth>3</depth></size>\n<object><name>person</name><difficult>0</difficult><bndbox><xmin>1</xmin><ymin>2</ymin><xmax>30</xmax><ymax>40</ymax></bndbox></object></annotation>\n",
    ),
    (
        "cvat.xml",
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<annotations><version>1.1</version><image id=\"0\" name=\"a.jpg\" width=\"100\" height=\"80\">\n<box label=\"person\" occluded=\"0\" xtl=\"1\" ytl=\"2\" xbr=\"30\" ybr=\"40\"><attribute name=\"g\">f</attribute></box></image></annotations>\n",
    ),
    (
        "wider.txt",
        "0--Parade/0_Parade_1.jpg\n2\n449 330 122 149 0 0 0 0 0 0\n1 2 3 4 2 1 1 0 2 1\n0--Parade/0_Parade_2.jpg\n0\n0 0 0 0 0 0 0 0 0 0\n",
    ),
    (
        "fddb.txt",
        "2002/08/11/big/img_591\n1\n123.5 85.5 1.265 269.6 161.7 1\n2002/08/26/big/img_265\n1\n67.3 44.5 -1.47 105.2 87.2 1\n",
    ),
    (
        "onvif.xml",
        "<?xml version=\"1.0\"?>\n<tt:MetadataStream xmlns:tt=\"http://www.onvif.org/ver10/schema\"><tt:VideoAnalytics>\n<tt:Frame UtcTime=\"2024-01-01T00:00:00.000Z\"><tt:Object ObjectId=\"7\"><tt:Appearance><tt:Shape><tt:BoundingBox left=\"-0.5\" top=\"0.5\" right=\"0.1\" bottom=\"-0.2\"/></tt:Shape>\n<tt:Class><tt:Type Likelihood=\"0.8\">Human</tt:Type></tt:Class></tt:Appearance></tt:Object></tt:Frame></tt:VideoAnalytics></tt:MetadataStream>\n",
    ),
    (
        "frigate.json",
        "[{\"id\":\"1.5-a\",\"camera\":\"c\",\"label\":\"person\",\"start_time\":1700000001.0,\"end_time\":1700000003.0,\"top_score\":0.8,\n\"data\":{\"box\":[0.1,0.2,0.3,0.4],\"score\":0.8}}]\n",
    ),
];

fn options() -> ReadOptions {
    ReadOptions {
        frames_per_second: Some(10.0),
        clock_start: Some(1_700_000_000.0),
        columns: BTreeMap::new(),
        ..ReadOptions::default()
    }
}

#[test]
fn the_sound_files_are_sound() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in SOUND {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        let any = [Side::Truth, Side::Detections]
            .into_iter()
            .any(|side| read(&path, side, &options()).is_ok_and(|labels| !labels.boxes.is_empty()));
        assert!(any, "{name} is not read on either side");
    }
}

/// The bytes that mean something to one format or another, and bytes that mean nothing to any.
const BYTES: [u8; 14] = [
    0, b'\n', b'\r', b' ', b'"', b',', b'-', b'.', b'0', b'9', b'<', b'e', b'}', 0xff,
];

/// What stands where one digit stood.
const NUMBERS: [&str; 6] = ["-1e308", "NaN", "1e999", "99999999999999999999", "-7", ""];

/// Every file that comes of `text` by one fault, with the fault in words.
fn broken(text: &str) -> Vec<(String, Vec<u8>)> {
    let sound = text.as_bytes();
    let with = |at: usize, cut: usize, new: &[u8]| [&sound[..at], new, &sound[at + cut..]].concat();
    let mut all = Vec::new();
    for at in 0..sound.len() {
        all.push((format!("cut off before byte {at}"), sound[..at].to_vec()));
        all.push((format!("byte {at} left out"), with(at, 1, &[])));
        for byte in BYTES {
            all.push((format!("byte {at} changed to {byte}"), with(at, 1, &[byte])));
            all.push((
                format!("byte {byte} put in before byte {at}"),
                with(at, 0, &[byte]),
            ));
        }
        if sound[at].is_ascii_digit() {
            for number in NUMBERS {
                all.push((
                    format!("byte {at} changed to {number:?}"),
                    with(at, 1, number.as_bytes()),
                ));
            }
        }
    }
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    for line in 0..lines.len() {
        let mut doubled = lines.clone();
        doubled.insert(line, lines[line]);
        let mut less = lines.clone();
        less.remove(line);
        let mut swapped = lines.clone();
        swapped.swap(0, line);
        for (what, lines) in [
            ("doubled", doubled),
            ("left out", less),
            ("swapped with the first", swapped),
        ] {
            all.push((format!("line {} {what}", line + 1), lines.concat().into_bytes()));
        }
    }
    all
}

/// What a reader must not answer, if it does.
fn fault(name: &str, path: &Path, side: Side, skip: bool) -> Option<String> {
    match read(
        path,
        side,
        &ReadOptions {
            skip_bad_rows: skip,
            ..options()
        },
    ) {
        Ok(labels) => labels.boxes.iter().find_map(|one| {
            let region = &one.region;
            let sound = [region.left, region.top, region.right(), region.bottom()]
                .iter()
                .all(|edge| edge.is_finite())
                && region.width >= 0.0
                && region.height >= 0.0
                && one.picture < labels.pictures.len()
                && one.class < labels.classes.len()
                && one.score.is_none_or(f64::is_finite);
            (!sound).then(|| format!("a box that is none, of line {}", one.line))
        }),
        Err(error) => {
            let text = error.to_string();
            let of_the_file = !matches!(error, EvaluateError::Options(_) | EvaluateError::Unrelated(_));
            let bad_row = matches!(error, EvaluateError::BadRow { .. });
            let of_a_line = bad_row || matches!(error, EvaluateError::Malformed { .. });
            let told = (!of_the_file || text.contains(name)) && (!of_a_line || text.contains(", line "));
            (!told || (skip && bad_row)).then_some(text)
        }
    }
}

#[test]
fn a_broken_file_is_refused_by_name_and_line_or_read() {
    let folder = tempfile::tempdir().unwrap();
    let mut faults = Vec::new();
    for (name, text) in SOUND {
        let path = folder.path().join(name);
        for (what, bytes) in broken(text) {
            std::fs::write(&path, bytes).unwrap();
            for (side, skip) in [Side::Truth, Side::Detections]
                .into_iter()
                .flat_map(|side| [(side, false), (side, true)])
            {
                let told = std::panic::catch_unwind(|| fault(name, &path, side, skip));
                let told = told.unwrap_or_else(|_| Some("the reader panicked".to_owned()));
                faults.extend(told.map(|told| format!("{name}, {what}, {side:?}: {told}")));
            }
        }
    }
    assert!(
        faults.is_empty(),
        "{} faults, first {:#?}",
        faults.len(),
        &faults[..faults.len().min(10)]
    );
}
