//! The readers, held to small files of each format, whole and broken.
#![expect(
    clippy::disallowed_methods,
    reason = "the tests write the files that are read"
)]

use super::{ReadOptions, Side, read};
use crate::error::EvaluateError;
use crate::labels::Labels;
use std::path::PathBuf;
use vsa_record::scores::{LabelFormat, RowFault};

struct Files(tempfile::TempDir);

impl Files {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn with(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }
}

fn labels(path: &std::path::Path, side: Side, options: &ReadOptions) -> Labels {
    read(path, side, options).unwrap_or_else(|error| panic!("{error}"))
}

fn plain(path: &std::path::Path, side: Side) -> Labels {
    labels(path, side, &ReadOptions::default())
}

fn refused(path: &std::path::Path, side: Side, options: &ReadOptions) -> String {
    match read(path, side, options) {
        Ok(_) => panic!("{} was read", path.display()),
        Err(error) => error.to_string(),
    }
}

/// Left, top, width, height of box `at`.
fn place(labels: &Labels, at: usize) -> [f64; 4] {
    let region = &labels.boxes[at].region;
    [region.left, region.top, region.width, region.height]
}

fn near(got: [f64; 4], wanted: [f64; 4]) {
    for (got, wanted) in got.into_iter().zip(wanted) {
        assert!((got - wanted).abs() < 1e-9, "{got} instead of {wanted}");
    }
}

const COCO: &str = r#"{"images": [{"id": 7, "file_name": "a/street.jpg", "width": 100, "height": 50}],
"categories": [{"id": 1, "name": "person"}],
"annotations": [
 {"id": 1, "image_id": 7, "category_id": 1, "bbox": [1, 2, 3, 4], "area": 9.5, "iscrowd": 0},
 {"id": 2, "image_id": 7, "category_id": 1, "bbox": [5, 6, 7, 8], "iscrowd": 1}]}"#;

#[test]
fn coco_labels_keep_area_crowd_and_name() {
    let files = Files::new();
    let read = plain(&files.with("gt.json", COCO), Side::Truth);
    assert!(read.format == LabelFormat::CocoJson && read.boxes.len() == 2);
    near(place(&read, 0), [1.0, 2.0, 3.0, 4.0]);
    assert_eq!((read.boxes[0].area, read.boxes[1].crowd), (Some(9.5), true));
    assert_eq!(read.pictures[0].name.as_deref(), Some("street"));
}

#[test]
fn a_wrong_row_of_coco_is_named_with_its_line_or_counted() {
    let files = Files::new();
    let skip = ReadOptions {
        skip_bad_rows: true,
        ..ReadOptions::default()
    };
    for (broken, fault, part) in [
        (
            COCO.replace("[5, 6, 7, 8]", "[5, 6, 7]"),
            RowFault::MissingField,
            "line 5: `bbox` has 3 numbers",
        ),
        (
            COCO.replace("[5, 6, 7, 8]", "[5, 6, -7, 8]"),
            RowFault::NegativeSize,
            "line 5: the box is -7 wide",
        ),
        (
            COCO.replace("\"id\": 2, \"image_id\": 7", "\"id\": 2, \"image_id\": 8"),
            RowFault::UnknownPicture,
            "image 8",
        ),
        (
            COCO.replace("[5, 6, 7, 8]", "[5, 6, \"7\", 8]"),
            RowFault::NotANumber,
            "line 5",
        ),
        (
            COCO.replace("\"id\": 2,", "\"id\": 1,"),
            RowFault::TwiceInOnePicture,
            "annotation id 1 is given twice",
        ),
    ] {
        let path = files.with("gt.json", &broken);
        let message = refused(&path, Side::Truth, &ReadOptions::default());
        assert!(message.contains(part) && message.contains("gt.json"), "{message}");
        let read = labels(&path, Side::Truth, &skip);
        assert_eq!(
            (read.boxes.len(), read.skipped.get(&fault)),
            (1, Some(&1)),
            "{part}"
        );
    }
    let cut = refused(
        &files.with("gt.json", &COCO[..COCO.len() - 20]),
        Side::Truth,
        &ReadOptions::default(),
    );
    assert!(cut.contains("line 5") && cut.contains("not JSON"), "{cut}");
    let nan = refused(
        &files.with("gt.json", &COCO.replace("9.5", "NaN")),
        Side::Truth,
        &ReadOptions::default(),
    );
    assert!(nan.contains("line 4"), "{nan}");
}

#[test]
fn a_coco_result_without_a_score_is_no_detection() {
    let files = Files::new();
    let path = files.with(
        "dt.json",
        r#"[{"image_id": 7, "category_id": 1, "bbox": [1, 2, 3, 4]}]"#,
    );
    assert!(refused(&path, Side::Detections, &ReadOptions::default()).contains("`score`"));
}

#[test]
fn motchallenge_of_2016_has_classes_and_marks_and_seqinfo_bounds_the_frames() {
    let files = Files::new();
    files.with(
        "S/seqinfo.ini",
        "[Sequence]\nname=MOT17-99\nframeRate=25\nseqLength=3\nimWidth=640\nimHeight=480\n",
    );
    let path = files.with(
        "S/gt/gt.txt",
        "1,1,10,20,30,40,1,1,0.5\r\n2,2,10,20,30,40,0,8,1\n",
    );
    let read = plain(&files.0.path().join("S"), Side::Truth);
    assert_eq!(read.sequences[0].name, "MOT17-99");
    assert_eq!(
        (read.sequences[0].length, read.sequences[0].frames_per_second),
        (Some(3), Some(25.0))
    );
    assert_eq!(read.classes[1].name.as_deref(), Some("distractor"));
    assert!(read.boxes[1].ignored && !read.boxes[0].ignored);
    assert_eq!(read.boxes[0].attributes, ["0.5"]);
    for (rows, part) in [
        (
            "1,1,10,20,30,40,1,1,1\n4,1,10,20,30,40,1,1,1\n",
            "line 2: frame 4, but seqinfo.ini says",
        ),
        (
            "1,1,10,20,30,40,1,1,1\n1,1,10,20,30,40,1,1,1\n",
            "line 2: id 1 stands twice in frame 1",
        ),
        (
            "0,1,10,20,30,40,1,1,1\n",
            "line 1: frame 0: frames of this format count from 1",
        ),
        ("1,1,10,20,inf,40,1,1,1\n", "which is not finite"),
        ("1,1,10,20\n", "4 columns"),
        ("1.5,1,10,20,30,40,1,1,1\n", "not a whole number"),
        ("1,1,10,x,30,40,1,1,1\n", "top is `x`"),
    ] {
        std::fs::write(&path, rows).unwrap();
        let options = ReadOptions {
            format: Some(LabelFormat::MotChallenge),
            ..ReadOptions::default()
        };
        let message = refused(&path, Side::Truth, &options);
        assert!(message.contains(part), "{message}");
    }
}

#[test]
fn world_coordinates_of_2015_are_no_classes() {
    let files = Files::new();
    let read = plain(
        &files.with("gt.txt", "1,1,88,99,61.08,218.56,1,4.4852,5.5016,0\n"),
        Side::Truth,
    );
    assert_eq!(read.classes[0].number, Some(0));
    let found = plain(
        &files.with("det.txt", "1,-1,428,98,104,236,117.87,4.1,1.8,0\n"),
        Side::Detections,
    );
    assert_eq!(
        (found.boxes[0].subject, found.boxes[0].score),
        (None, Some(117.87))
    );
}

#[test]
fn yolo_counts_from_the_centre_and_refuses_pixels() {
    let files = Files::new();
    files.with("classes.txt", "person\nface\n");
    let path = files.with("000001.txt", "1 0.5 0.5 0.2 0.4\n");
    let read = plain(files.0.path(), Side::Truth);
    near(place(&read, 0), [0.4, 0.3, 0.2, 0.4]);
    assert!(read.normalised && read.classes[0].name.as_deref() == Some("face"));
    let options = ReadOptions {
        format: Some(LabelFormat::YoloTxt),
        ..ReadOptions::default()
    };
    std::fs::write(&path, "1 320 240 64 96\n").unwrap();
    assert!(refused(&path, Side::Truth, &options).contains("are these pixels?"));
    std::fs::write(&path, "0 0.1 0.1 0.2 0.1 0.2 0.2 0.1 0.2\n").unwrap();
    assert!(refused(&path, Side::Truth, &options).contains("9 numbers"));
}

#[test]
fn voc_counts_pixels_from_one_with_both_ends_inside() {
    let files = Files::new();
    let xml = "<annotation><filename>x.jpg</filename><size><width>50</width><height>40</height></size><object><name>person\
               </name><difficult>1</difficult><bndbox><xmin>1</xmin><ymin>11</ymin><xmax>10</xmax><ymax>30</ymax></bndbox>\
               </object></annotation>";
    let path = files.with("x.xml", xml);
    let read = plain(&path, Side::Truth);
    near(place(&read, 0), [0.0, 10.0, 10.0, 20.0]);
    assert!(read.boxes[0].ignored && read.pictures[0].size == Some((50.0, 40.0)));
    std::fs::write(&path, xml.replace("</object>", "")).unwrap();
    assert!(refused(&path, Side::Truth, &ReadOptions::default()).contains("not well-formed XML"));
    std::fs::write(&path, xml.replace("<ymax>30</ymax>", "")).unwrap();
    assert!(refused(&path, Side::Truth, &ReadOptions::default()).contains("`ymax`"));
}

#[test]
fn cvat_tracks_are_drawn_where_they_are_inside_and_frames_count_from_one_here() {
    let files = Files::new();
    let xml = "<annotations>\n<version>1.1</version>\n<track id=\"4\" label=\"person\">\n<box frame=\"0\" outside=\"0\" \
               occluded=\"1\" xtl=\"1\" ytl=\"2\" xbr=\"4\" ybr=\"6\"></box>\n<box frame=\"1\" outside=\"1\" occluded=\"0\" \
               xtl=\"1\" ytl=\"2\" xbr=\"4\" ybr=\"6\"></box>\n</track></annotations>";
    let read = plain(&files.with("v.xml", xml), Side::Truth);
    assert_eq!(
        (read.boxes.len(), read.boxes[0].subject, read.pictures[0].number),
        (1, Some(4), Some(1))
    );
    near(place(&read, 0), [1.0, 2.0, 3.0, 4.0]);
    assert_eq!(
        (read.attributes[0].as_str(), read.boxes[0].attributes[0].as_str()),
        ("occluded", "1")
    );
    let images = "<annotations><image id=\"3\" name=\"d/one.png\" width=\"9\" height=\"8\"><box label=\"face\" xtl=\"1\" \
                  ytl=\"1\" xbr=\"2\" ybr=\"3\"><attribute name=\"skin\">dark</attribute></box><polygon label=\"face\" \
                  points=\"1,1;2,2\"/></image></annotations>";
    let path = files.with("i.xml", images);
    assert!(refused(&path, Side::Truth, &ReadOptions::default()).contains("`polygon` is no box"));
    let skip = ReadOptions {
        skip_bad_rows: true,
        ..ReadOptions::default()
    };
    let read = labels(&path, Side::Truth, &skip);
    assert_eq!(read.skipped.get(&RowFault::NotABox), Some(&1));
    assert_eq!(
        (
            read.pictures[0].name.as_deref(),
            read.boxes[0].attributes[0].as_str()
        ),
        (Some("one"), "dark")
    );
}

#[test]
fn entities_that_multiply_are_refused() {
    let files = Files::new();
    let mut xml = String::from("<!DOCTYPE a [<!ENTITY l0 \"lol\">");
    for level in 1..12 {
        let before = format!("&l{};", level - 1).repeat(10);
        xml.push_str(&format!("<!ENTITY l{level} \"{before}\">"));
    }
    xml.push_str("]><annotation><object><name>&l11;</name></object></annotation>");
    refused(&files.with("x.xml", &xml), Side::Truth, &ReadOptions::default());
}

#[test]
fn one_entity_that_is_put_in_again_and_again_is_refused_before_it_fills_the_memory_and_an_abbreviation_is_read()
 {
    let files = Files::new();
    let with = |entity: &str, references: usize| {
        let text = "&e;".repeat(references);
        format!("<!DOCTYPE a [<!ENTITY e \"{entity}\">]><annotation><source>{text}</source></annotation>")
    };
    let long = with(&"x".repeat(3000), 20_000);
    let error = refused(&files.with("x.xml", &long), Side::Truth, &ReadOptions::default());
    assert!(error.contains("put in 20000 times"), "{error}");
    // Many of what XML itself abbreviates are no such thing, and neither are some of an exporter's.
    for sound in [
        with("day", 40),
        with("day", 1).replace("&e;", &"&amp;".repeat(50_000)),
    ] {
        let path = std::path::Path::new("x.xml");
        assert!(super::xml::tree(path, &sound).is_ok());
    }
}

#[test]
fn csv_columns_are_mapped_and_the_rest_are_attributes() {
    let files = Files::new();
    let path = files.with("gt.csv", "file,x1,y1,x2,y2,gender\n\"a,b.jpg\",1,2,4,6,female\n");
    let options = |map: &[(&str, &str)]| ReadOptions {
        columns: map
            .iter()
            .map(|(what, column)| ((*what).to_owned(), (*column).to_owned()))
            .collect(),
        ..ReadOptions::default()
    };
    let map = [
        ("image", "file"),
        ("left", "x1"),
        ("top", "y1"),
        ("right", "x2"),
        ("bottom", "y2"),
    ];
    let read = labels(&path, Side::Truth, &options(&map));
    near(place(&read, 0), [1.0, 2.0, 3.0, 4.0]);
    assert_eq!(
        (read.attributes[0].as_str(), read.boxes[0].attributes[0].as_str()),
        ("gender", "female")
    );
    assert!(refused(&path, Side::Truth, &ReadOptions::default()).contains("--columns image="));
    assert!(refused(&path, Side::Truth, &options(&[("image", "nofile")])).contains("no column `nofile`"));
    let short = files.with(
        "short.csv",
        "image,left,top,width,height\na.jpg,1,2,3,4\nb.jpg,1,2\n",
    );
    assert!(
        refused(&short, Side::Truth, &ReadOptions::default())
            .contains("line 3: 3 fields, but the head has 5")
    );
}

#[test]
fn wider_face_keeps_its_row_of_zeros_out() {
    let files = Files::new();
    let text = "0--Parade/0_Parade_1.jpg\n1\n449 330 122 149 0 0 0 0 0 0\n0--Parade/0_Parade_2.jpg\n0\n0 0 0 0 0 0 0 0 0 0\n\
                1--H/3.jpg\n1\n1 2 3 4 2 1 0 1 2 0\n";
    let path = files.with("wider_face_val_bbx_gt.txt", text);
    let read = plain(&path, Side::Truth);
    assert!(read.format == LabelFormat::WiderFace);
    assert_eq!((read.pictures.len(), read.boxes.len()), (3, 2));
    assert!(
        read.boxes[1].ignored && read.attributes[4] == "occlusion" && read.boxes[1].attributes[4] == "heavy"
    );
    std::fs::write(&path, &text[..text.len() - 20]).unwrap();
    assert!(refused(&path, Side::Truth, &ReadOptions::default()).contains("before them"));
}

#[test]
fn fddb_lists_are_told_from_wider_faces() {
    let files = Files::new();
    let text = "2002/08/11/big/img_591\n1\n123.583300 85.549500 1.265839 269.693400 161.781200  1\n";
    let read = plain(&files.with("FDDB-fold-01-ellipseList.txt", text), Side::Truth);
    assert!(read.format == LabelFormat::Fddb);
    let centre = read.boxes[0].region.left + read.boxes[0].region.width / 2.0;
    assert!((centre - 269.6934).abs() < 1e-9);
}

const ONVIF: &str = r#"<tt:MetadataStream xmlns:tt="http://www.onvif.org/ver10/schema"><tt:VideoAnalytics>
<tt:Frame UtcTime="2026-01-31T10:00:00.040Z"><tt:Transformation><tt:Translate x="-1.0" y="1.0"/><tt:Scale x="0.003125" y="-0.00416667"/></tt:Transformation>
<tt:Object ObjectId="12"><tt:Appearance><tt:Shape><tt:BoundingBox left="20.0" top="180.0" right="100.0" bottom="30.0"/><tt:CenterOfGravity x="60.0" y="50.0"/></tt:Shape>
<tt:Class><tt:Type Likelihood="0.4">Vehicle</tt:Type><tt:Type Likelihood="0.8">Human</tt:Type></tt:Class></tt:Appearance></tt:Object></tt:Frame>
</tt:VideoAnalytics></tt:MetadataStream>"#;

#[test]
fn onvif_boxes_go_through_the_frames_transformation() {
    let files = Files::new();
    // In pixels of 640 x 480 with y downwards: 20 * 0.003125 - 1 = -0.9375, so 0.03125 of the width.
    let xml = ONVIF
        .replace("top=\"180.0\"", "top=\"30.0\"")
        .replace("bottom=\"30.0\"/><tt:Center", "bottom=\"180.0\"/><tt:Center");
    let path = files.with("cam.xml", &xml);
    let options = ReadOptions {
        frames_per_second: Some(25.0),
        clock_start: Some(1_769_853_600.0),
        ..ReadOptions::default()
    };
    let read = labels(&path, Side::Detections, &options);
    assert_eq!(
        (read.pictures[0].number, read.boxes[0].subject),
        (Some(2), Some(12))
    );
    assert_eq!(
        (read.classes[0].name.as_deref(), read.boxes[0].score),
        (Some("Human"), Some(0.8))
    );
    let [left, top, width, height] = place(&read, 0);
    assert!((left - 20.0 / 640.0).abs() < 1e-6 && (top - 30.0 / 480.0).abs() < 1e-6);
    assert!((width - 80.0 / 640.0).abs() < 1e-6 && (height - 150.0 / 480.0).abs() < 1e-6);
    let no_time = files.with(
        "bad.xml",
        &xml.replace("UtcTime=\"2026-01-31T10:00:00.040Z\"", "UtcTime=\"today\""),
    );
    assert!(refused(&no_time, Side::Detections, &options).contains("line 2: `today` is no time"));
}

#[test]
fn frigate_needs_to_know_when_the_footage_began() {
    let files = Files::new();
    let text = r#"[{"id": "1.5-x", "camera": "hall", "label": "person", "start_time": 1002.0, "end_time": 1010.0,
      "data": {"box": [0.1, 0.2, 0.3, 0.4], "score": 0.7, "top_score": 0.9}}]"#;
    let path = files.with("events.json", text);
    assert!(refused(&path, Side::Detections, &ReadOptions::default()).contains("--clock-start"));
    let options = ReadOptions {
        frames_per_second: Some(5.0),
        clock_start: Some(1000.0),
        ..ReadOptions::default()
    };
    let read = labels(&path, Side::Detections, &options);
    assert_eq!(
        (read.pictures[0].number, read.boxes[0].score),
        (Some(11), Some(0.9))
    );
    near(place(&read, 0), [0.1, 0.2, 0.3, 0.4]);
}

#[test]
fn what_is_no_label_file_is_refused_in_words() {
    let files = Files::new();
    for (name, text, part) in [
        ("empty.txt", "  \n", "the file is empty"),
        ("prose.txt", "These are not labels.\n", "its first line is"),
        ("half.json", "{\"annotations\": [", "line 1"),
        ("wrong.json", "{\"a\": 1}", "annotations"),
    ] {
        let message = refused(&files.with(name, text), Side::Truth, &ReadOptions::default());
        assert!(message.contains(part), "{name}: {message}");
    }
    let missing = files.0.path().join("no-such-file.json");
    assert!(matches!(
        read(&missing, Side::Truth, &ReadOptions::default()),
        Err(EvaluateError::Unreadable { .. })
    ));
    let bytes = files.0.path().join("latin.txt");
    std::fs::write(&bytes, b"1,1,2,3,4,5,1\nM\xfcller,2").unwrap();
    assert!(
        refused(&bytes, Side::Truth, &ReadOptions::default()).contains("line 2: a byte that is not UTF-8")
    );
}

proptest::proptest! {
    #[test]
    fn no_text_makes_a_reader_panic(text in "[0-9a-z<>{}\\[\\]\",.: \n/=-]{0,200}") {
        let files = Files::new();
        let path = files.with("any.txt", &text);
        for (format, _) in LabelFormat::ALL {
            for skip_bad_rows in [false, true] {
                let options = ReadOptions {
                    format: Some(format),
                    skip_bad_rows,
                    frames_per_second: Some(10.0),
                    clock_start: Some(0.0),
                    ..ReadOptions::default()
                };
                let _ = read(&path, Side::Detections, &options).is_ok();
            }
        }
    }
}
