//! The parts of the help pages that are not options: examples, environment variables, exit codes.

use super::exit_code::Outcome;
use std::fmt::Write as _;
use std::sync::LazyLock;

/// After the options of `vsa-audit --help`.
pub(super) static AFTER_ALL: LazyLock<String> = LazyLock::new(|| {
    let mut text = String::from(
        "Examples:\n\
         \x20 vsa-audit demo\n\
         \x20 vsa-audit audit hall.mp4 --out report\n\
         \x20 vsa-audit redact hall.mp4 -o hall-redacted.mp4\n\
         \x20 vsa-audit models list\n\
         \x20 vsa-audit bench --watts 60 --price 0.25\n\
         \x20 vsa-audit key generate --out expert.key\n\
         \x20 vsa-audit seal report --key expert.key\n\
         \x20 vsa-audit verify report --key expert.key.pub\n\n\
         Environment:\n\
         \x20 VSA_AUDIT_CACHE       folder for models, samples and tools (default ~/.cache/vsa-audit)\n\
         \x20 VSA_AUDIT_MODELS_DIR  folders with files that are already here, tried before any download\n\
         \x20 VSA_AUDIT_ONNXRUNTIME, VSA_AUDIT_OPENVINO  libraries of your own for these engines\n\
         \x20 VSA_AUDIT_OFFLINE     set to 1: nothing is fetched\n\
         \x20 VSA_AUDIT_PASSPHRASE  passphrase of a secret key; asked for where it is not set\n\
         \x20 NO_COLOR              set: no colour\n\n\
         Exit codes:\n",
    );
    for (outcome, meaning) in Outcome::ALL {
        writeln!(text, "  {:>3}  {meaning}", *outcome as u8).expect("writing to a String cannot fail");
    }
    text
});

/// After the options of `vsa-audit audit --help`.
pub(super) const AFTER_AUDIT: &str = "\
What is written to the output folder:
  report.html   the report for people: opens in any browser, needs no network and no script
  report.pdf    the report made for filing: PDF/A-3 and PDF/UA, with record.json and report.json attached
  report.json   the same report for programs
  record.json   all that was measured; two runs on the same inputs give the same bytes
  run.json      times and facts about the machine, which differ from run to run
  custody.jsonl who did what, when, in a chain of digests
  manifest.json SHA-256 and size of footage, models, engine, decoder, program and every output, with their Merkle root
  case.json     what the case file said, and the language of the reports, where --case or --lang was given
  still-N.png   redacted frames, and stills.json, where each is from, where --stills was given
  claims.json   the vendor's claims, examined, where --claims was given
  bench.json    what the benchmark said, where --bench was given

Who may be shown:
  Unless you say otherwise, cells with 1 to 10 people behind them are withheld. Declare a published research dataset with
  --data-basis public, or footage in which everyone agreed with --data-basis consented; the report says so on its first
  page. --min-cell raises the limit freely and lowers it only with --min-cell-reason.

Examples:
  Audit one video with the default models:
    vsa-audit audit hall.mp4 --out report
  Two frames a second are enough for counting (falls take four, gait five); look for small, far people in 3x2 tiles:
    vsa-audit audit square.mkv --out report --sample-fps 2 --tiles 3x2
  A folder of images that follow each other at 25 a second, with other models:
    vsa-audit audit img1/ --sequence-fps 25 --models yolox-nano,yunet-n-640 --out report
  With zones, lines, the common direction and metres on the ground (see samples/scenes):
    vsa-audit scene preview hall.mp4 --scene hall.toml --out preview.png
    vsa-audit audit hall.mp4 --scene hall.toml --out report
  How far the numbers depend on good pictures: degrade the footage in eight ways and look again:
    vsa-audit audit hall.mp4 --out report --robustness
  Reports in French; or, later, from the record alone (into report-fr, beside report):
    vsa-audit audit hall.mp4 --out report --lang fr
    vsa-audit render report --lang fr
  A written plan, so that nothing has to be typed twice:
    vsa-audit audit --plan plan.toml --out report
  Boxes and tracks of a published dataset, to score them against its labels:
    vsa-audit audit clip.avi --data-basis public --export-objects --out report";

/// After the options of `vsa-audit evaluate --help`.
pub(super) const AFTER_EVALUATE: &str = "\
Formats of labels and detections (recognised by content, or named):
  coco-json, coco-results     COCO: instances_*.json, and the array of boxes with scores
  mot-challenge               gt.txt, a tracker's text file, a sequence's folder, or a folder of either; 2015 to 2020
  yolo-txt                    one text file per picture: class cx cy w h [score], shares of the picture
  pascal-voc, cvat            XML; CVAT 1.1 for images or for video
  wider-face, fddb            the face benchmarks' text
  wider-face-mat              the folder of wider_easy_val.mat, wider_medium_val.mat, wider_hard_val.mat: the benchmark's AP
  padilla-txt                 class [score] left top width height, pixels
  csv                         any columns: --columns image=file,left=x,top=y,width=w,height=h,score=conf
  onvif-metadata              tt:MetadataStream, as detections
  frigate-events              the JSON array of /api/events, as detections; needs --fps and --clock-start

Definitions:
  The twelve COCO figures are pycocotools', HOTA, CLEAR and identity figures TrackEval's, with MOTChallenge's
  preprocessing. Counts are summed over sequences before any ratio. Each figure has a 95 % interval: whole sequences are
  resampled, or stretches of them where there are fewer than 8, or pictures where they have no order.

What is written to --out:
  report.html, report.json  the scores as a page: curves, forests of groups, confounders, what was noticed about the files
  report.pdf                the same on paper (PDF/A-3), with scores.json attached and its digest on every page
  scores.json               the scores in full
  scores.csv, .parquet      one row for each figure, point of a curve, group and pair, with --format csv or parquet
  matches.*                 with --export-matches: every box and what became of it; public or consented data alone

Groups:
  Shares, miss rates (ISO/IEC 19795-10: failure to acquire) and average precision by group and crossed groups, with tests
  corrected by Holm. --confounders holds size, distance, light or occlusion constant: rates by stratum, standardised
  differences, Mantel and Haenszel's odds ratio.

Examples:
  vsa-audit evaluate --truth labels.json --footage img1/ --models yolox-nano --data-basis public --out report
  vsa-audit evaluate --truth labels.json --detections results.json --groups people.csv --by gender,skin \
    --confounders height,distance,illumination --data-basis public --out report
  vsa-audit evaluate --truth eval_tools/ground_truth --detections predictions/
  vsa-audit evaluate --truth MOT17-05 --detections tracker.txt --data-basis public
  vsa-audit evaluate --truth instances_val2017.json --detections results.json --format json > scores.json
  vsa-audit evaluate --truth labels.csv --columns image=file,left=x1,top=y1,right=x2,bottom=y2 --detections out/";
