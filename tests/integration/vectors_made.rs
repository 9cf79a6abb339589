//! How `tests/vectors` were made: a sound bundle, sealed with a fixed key at a fixed time, and one defect each. Runs only when
//! asked for (`VSA_AUDIT_MAKE_VECTORS=1`); otherwise checks that the script's names are those of the files.

#![expect(
    clippy::disallowed_methods,
    reason = "this test makes files of the repository"
)]

use crate::authority::Authority;
use crate::vectors::{bundle, failed, judged};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use std::collections::BTreeMap;
use vsa_base::digest;
use vsa_custody::bundle::{Bundle, SIGNATURE_FILE};
use vsa_custody::envelope;
use vsa_custody::envelope::Statement;
use vsa_custody::log;
use vsa_custody::log::{Action, Log};
use vsa_custody::manifest;
use vsa_custody::manifest::{Entry, Manifest, Role};
use vsa_custody::seal::{KEY_ADDRESS, TREE_ADDRESS};
use vsa_custody::secret_key::SecretKey;
use vsa_custody::timestamp;
use vsa_custody::timestamp::request::Request;
use vsa_test_data::vector::{Vector, all, folder};

const MADE: &str = "2026-01-01T00:00:00Z";
const SEALED: &str = "2026-01-02T12:00:00Z";
/// After the day on which the authority's stamps were made.
const DATE: &str = "2099-01-01";

type Line = (Action, String, BTreeMap<String, String>);
type Change<T> = Box<dyn Fn(&mut T)>;

/// A bundle in the making: what is changed before its owner signs, so that the signatures hold.
struct Recipe {
    key: SecretKey,
    outputs: BTreeMap<String, Vec<u8>>,
    log: Change<Vec<Line>>,
    seal_line: Change<Line>,
    manifest: Change<Manifest>,
    manifest_text: Change<String>,
    statement: Change<Statement>,
    comment: Change<String>,
    sealed: &'static str,
    is_sealed: bool,
}

fn owner() -> SecretKey {
    SecretKey::from_random(std::array::from_fn(|i| 11 + u8::try_from(i).expect("40 bytes")))
}

fn nothing<T: 'static>() -> Change<T> {
    Box::new(|_| {})
}

impl Default for Recipe {
    fn default() -> Self {
        let record = b"{\n  \"not\": \"a real record; a verifier does not read it\"\n}\n".to_vec();
        let run = format!("{{\n  \"record_sha256\": \"{}\"\n}}\n", digest::of_bytes(&record));
        let outputs = [
            ("record.json", record),
            ("report.json", b"{\n  \"not\": \"a real report\"\n}\n".to_vec()),
            (
                "report.html",
                b"<!DOCTYPE html>\n<title>not a real page</title>\n".to_vec(),
            ),
            ("run.json", run.into_bytes()),
        ];
        Self {
            key: owner(),
            outputs: outputs.map(|(name, bytes)| (name.to_owned(), bytes)).into(),
            log: nothing(),
            seal_line: nothing(),
            manifest: nothing(),
            manifest_text: nothing(),
            statement: nothing(),
            comment: nothing(),
            sealed: SEALED,
            is_sealed: true,
        }
    }
}

fn entry(role: Role, name: &str) -> Entry {
    Entry {
        role,
        name: name.to_owned(),
        sha256: digest::of_bytes(name.as_bytes()),
        bytes: name.len() as u64,
    }
}

impl Recipe {
    fn entries(&self, log: &[u8]) -> Vec<Entry> {
        let mut entries = vec![
            entry(Role::Input, "hall – 北京 \"3\""),
            entry(Role::Model, "centerface"),
            entry(Role::Engine, "tract 0.23.9, compiled into the tool"),
            entry(Role::Decoder, "ffmpeg"),
            entry(Role::Tool, "vsa-audit 0.1.0"),
        ];
        entries.extend(
            self.outputs
                .iter()
                .map(|(name, bytes)| Entry::output(name, bytes)),
        );
        entries.push(Entry::output(log::FILE, log));
        entries
    }

    fn lines(&self) -> Vec<Line> {
        let entries = self.entries(b"");
        let of = |wanted: &dyn Fn(&Entry) -> bool| {
            entries
                .iter()
                .filter(|e| wanted(e))
                .map(|e| (e.address(), e.sha256.clone()))
                .collect()
        };
        let at = |minute: u32| format!("2026-01-02T10:0{minute}:00Z");
        let mut lines = vec![
            (Action::Acquired, at(0), of(&|e| e.role == Role::Input)),
            (
                Action::Verified,
                at(1),
                of(&|e| !matches!(e.role, Role::Input | Role::Output)),
            ),
            (Action::Processed, at(5), of(&|e| e.name == "record.json")),
            (Action::Rendered, at(6), of(&|e| e.name.starts_with("report."))),
        ];
        (self.log)(&mut lines);
        lines
    }

    fn make(&self) -> Bundle {
        let mut log = Log::default();
        let add = |log: &mut Log, (action, time, digests): Line| {
            log.add(action, &time, "M. Expert, with vsa-audit 0.1.0", digests)
                .expect("a line");
        };
        for line in self.lines() {
            add(&mut log, line);
        }
        if self.is_sealed {
            let before = manifest::root(&Manifest::new(self.entries(log.as_bytes())).entries);
            let digests = [
                (KEY_ADDRESS.to_owned(), self.key.public(None).fingerprint()),
                (TREE_ADDRESS.to_owned(), before),
            ];
            let mut line = (Action::Sealed, self.sealed.to_owned(), digests.into());
            (self.seal_line)(&mut line);
            add(&mut log, line);
        }
        let mut manifest = Manifest::new(self.entries(log.as_bytes()));
        (self.manifest)(&mut manifest);
        let mut text = String::from_utf8(manifest.to_bytes().expect("a manifest")).expect("text");
        (self.manifest_text)(&mut text);
        let seconds = self
            .sealed
            .parse::<jiff::Timestamp>()
            .expect("a time")
            .as_second();
        let mut comment = format!("timestamp:{seconds}\tfile:manifest.json\thashed");
        (self.comment)(&mut comment);
        let mut statement = Statement::of(&manifest, text.as_bytes(), self.sealed);
        // A version of the program that changes must not change the vectors.
        statement.predicate.tool.version = "0.1.0".to_owned();
        (self.statement)(&mut statement);
        let envelope = self.key.envelop(&statement).expect("an envelope");
        let signature = self.key.sign(text.as_bytes(), &comment).to_text();
        let mut bundle = Bundle {
            files: self.outputs.clone(),
            others: Vec::new(),
        };
        for (name, bytes) in [
            (log::FILE, log.as_bytes().to_vec()),
            (manifest::FILE, text.into_bytes()),
            (SIGNATURE_FILE, signature.into_bytes()),
            (envelope::FILE, envelope.to_bytes().expect("an envelope")),
        ] {
            bundle.files.insert(name.to_owned(), bytes);
        }
        bundle
    }
}

fn sound() -> Bundle {
    Recipe::default().make()
}

fn change(bundle: &mut Bundle, name: &str, change: impl FnOnce(&mut Vec<u8>)) {
    change(bundle.files.get_mut(name).expect("the file is there"));
}

fn replace(bundle: &mut Bundle, name: &str, from: &str, to: &str) {
    change(bundle, name, |bytes| {
        let text = String::from_utf8(bytes.clone()).expect("text");
        assert!(text.contains(from), "{from} is not in {name}");
        *bytes = text.replacen(from, to, 1).into_bytes();
    });
}

/// What one vector is made of.
struct Made {
    about: &'static str,
    /// The check that has to fail, whatever else does; none: it is sound.
    must_fail: Option<&'static str>,
    bundle: Bundle,
    key: String,
    date: &'static str,
    roots: String,
}

struct Collection(BTreeMap<&'static str, Made>);

impl Collection {
    fn add(
        &mut self,
        name: &'static str,
        must_fail: &'static str,
        about: &'static str,
        bundle: Bundle,
    ) -> &mut Made {
        let made = Made {
            about,
            must_fail: (!must_fail.is_empty()).then_some(must_fail),
            bundle,
            key: owner().public(Some(MADE.to_owned())).to_text(),
            date: DATE,
            roots: String::new(),
        };
        assert!(self.0.insert(name, made).is_none(), "{name} twice");
        self.0.get_mut(name).expect("just put in")
    }

    /// A sound bundle that somebody without the key changed.
    fn changed(
        &mut self,
        name: &'static str,
        must_fail: &'static str,
        about: &'static str,
        how: impl FnOnce(&mut Bundle),
    ) {
        let mut bundle = sound();
        how(&mut bundle);
        self.add(name, must_fail, about, bundle);
    }

    /// A bundle whose owner signed something that does not hold together.
    fn signed(
        &mut self,
        name: &'static str,
        must_fail: &'static str,
        about: &'static str,
        how: impl FnOnce(&mut Recipe),
    ) {
        let mut recipe = Recipe::default();
        how(&mut recipe);
        let bundle = recipe.make();
        self.add(name, must_fail, about, bundle);
    }
}

fn sound_ones(c: &mut Collection) {
    c.add("sound-sealed", "", "Sealed once, nothing changed since.", sound());
    let made = c.add(
        "sound-key-without-its-first-line",
        "",
        "The key is given as its second line alone, as it stands in letters.",
        sound(),
    );
    made.key = owner().public(None).line();
    c.signed(
        "sound-with-more-outputs",
        "",
        "The run also wrote a case file and boxes of a public dataset.",
        |r| {
            r.outputs.insert(
                "case.json".to_owned(),
                b"{\n  \"exhibit\": \"A-17\"\n}\n".to_vec(),
            );
            r.outputs.insert(
                "people-tracks-item-1.txt".to_owned(),
                b"1,1,10,10,20,40,1\n".to_vec(),
            );
        },
    );
    let again = vsa_custody::seal::seal(
        &sound(),
        &owner(),
        "2026-02-01T00:00:00Z".parse().expect("a time"),
        "M. Expert",
    );
    let mut twice = sound();
    twice.files.extend(again.expect("it is sound"));
    c.add(
        "sound-sealed-twice",
        "",
        "Sealed again a month later: the first sealing stays in the log.",
        twice,
    );
}

fn files(c: &mut Collection) {
    let id = "files-are-those-listed";
    c.changed(
        "record-with-one-bit-changed",
        id,
        "One bit of the record was changed.",
        |b| change(b, "record.json", |f| f[9] ^= 1),
    );
    c.changed(
        "page-with-a-word-changed",
        id,
        "A word of the page was replaced by one of the same length.",
        |b| replace(b, "report.html", "real", "fake"),
    );
    c.changed(
        "page-with-a-script-added",
        id,
        "A script was put into the page.",
        |b| replace(b, "report.html", "<title>", "<script></script><title>"),
    );
    c.changed(
        "two-files-swapped",
        id,
        "report.json and report.html bear each other's name.",
        |b| {
            let [json, html] =
                ["report.json", "report.html"].map(|name| b.files.remove(name).expect("there"));
            b.files
                .extend([("report.json".to_owned(), html), ("report.html".to_owned(), json)]);
        },
    );
    c.changed(
        "file-added",
        id,
        "A file lies in the folder that no manifest lists.",
        |b| {
            b.files.insert("annex.pdf".to_owned(), b"%PDF".to_vec());
        },
    );
    c.changed("hidden-file-added", id, "A hidden file was added.", |b| {
        b.files.insert(".notes".to_owned(), Vec::new());
    });
    c.changed("file-missing", id, "report.json was taken out.", |b| {
        drop(b.files.remove("report.json"))
    });
    c.changed("file-cut", id, "The last byte of the page is missing.", |b| {
        change(b, "report.html", |f| f.truncate(f.len() - 1))
    });
    c.changed("file-lengthened", id, "A line feed follows the record.", |b| {
        change(b, "record.json", |f| f.push(b'\n'))
    });
    c.changed("file-emptied", id, "run.json is empty.", |b| {
        change(b, "run.json", Vec::clear)
    });
    c.changed(
        "file-renamed-in-case",
        id,
        "record.json became Record.json.",
        |b| {
            let bytes = b.files.remove("record.json").expect("there");
            b.files.insert("Record.json".to_owned(), bytes);
        },
    );
    c.changed(
        "folder-added",
        "plain-files",
        "A folder lies in the bundle.",
        |b| b.others.push("annex/page.pdf".to_owned()),
    );
    c.changed(
        "link-in-place-of-a-file",
        "plain-files",
        "report.json is a link to somewhere.",
        |b| {
            b.files.remove("report.json");
            b.others.push("elsewhere/report.json".to_owned());
        },
    );
}

fn logs(c: &mut Collection) {
    let id = "log-is-unbroken";
    let lines = |b: &mut Bundle, how: &dyn Fn(&mut Vec<String>)| {
        change(b, log::FILE, |bytes| {
            let text = String::from_utf8(bytes.clone()).expect("text");
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            how(&mut lines);
            *bytes = lines
                .iter()
                .map(|line| format!("{line}\n"))
                .collect::<String>()
                .into_bytes();
        });
    };
    c.changed("log-reordered", id, "Two lines of the log changed places.", |b| {
        lines(b, &|l| l.swap(1, 2))
    });
    c.changed(
        "log-line-removed",
        id,
        "The second line of the log is missing.",
        |b| lines(b, &|l| drop(l.remove(1))),
    );
    c.changed(
        "log-first-line-removed",
        id,
        "The log begins with its second line.",
        |b| lines(b, &|l| drop(l.remove(0))),
    );
    c.changed(
        "log-line-doubled",
        id,
        "A line of the log stands there twice.",
        |b| lines(b, &|l| l.insert(1, l[0].clone())),
    );
    c.changed(
        "log-time-changed",
        id,
        "The time of acquisition was changed.",
        |b| replace(b, log::FILE, "T10:00:00Z", "T09:00:00Z"),
    );
    c.changed(
        "log-actor-changed",
        id,
        "Another operator stands in the log.",
        |b| replace(b, log::FILE, "M. Expert", "M. Nobody"),
    );
    c.changed(
        "log-cut-within-a-line",
        id,
        "The log ends in the middle of a line.",
        |b| change(b, log::FILE, |f| f.truncate(f.len() - 20)),
    );
    c.changed("log-emptied", id, "The log is empty.", |b| {
        change(b, log::FILE, Vec::clear)
    });
    c.changed("log-missing", id, "There is no log.", |b| {
        drop(b.files.remove(log::FILE))
    });
    c.changed(
        "log-with-a-doubled-key",
        id,
        "A line names its actor twice: readers differ in which one they take.",
        |b| replace(b, log::FILE, "{\"action\"", "{\"actor\":\"M. Nobody\",\"action\""),
    );
    c.changed(
        "log-with-a-carriage-return",
        id,
        "Lines end as on another system.",
        |b| replace(b, log::FILE, "}\n", "}\r\n"),
    );
    c.changed(
        "log-continued-after-the-seal",
        "files-are-those-listed",
        "A line that follows rightly was added after the seal.",
        |b| {
            let mut log = Log::after(b.get(log::FILE).expect("a log")).expect("unbroken");
            log.add(Action::Sealed, "2026-01-03T00:00:00Z", "M. Nobody", [])
                .expect("added");
            b.files.insert(log::FILE.to_owned(), log.as_bytes().to_vec());
        },
    );
    c.changed(
        "log-without-its-seal",
        "sealing-is-logged",
        "The last line, the sealing, was taken out.",
        |b| lines(b, &|l| drop(l.pop())),
    );
    c.signed(
        "log-steps-in-the-wrong-order",
        id,
        "Reports were rendered before the footage was processed.",
        |r| r.log = Box::new(|l| l.swap(2, 3)),
    );
    c.signed(
        "log-times-run-backwards",
        "times-follow",
        "The footage was acquired after it was processed.",
        |r| r.log = Box::new(|l| l[0].1 = "2026-01-02T10:30:00Z".to_owned()),
    );
    c.signed(
        "log-time-of-another-zone",
        "times-follow",
        "A time is not in UTC.",
        |r| r.log = Box::new(|l| l[0].1 = "2026-01-02T10:00:00+00:00".to_owned()),
    );
    c.signed(
        "log-time-that-is-none",
        "times-follow",
        "A time is the 31st of February.",
        |r| r.log = Box::new(|l| l[0].1 = "2026-02-31T10:00:00Z".to_owned()),
    );
    c.signed(
        "log-names-another-record",
        "log-agrees",
        "The record that was processed is not the one in the bundle.",
        |r| {
            r.log = Box::new(|l| drop(l[2].2.insert("output/record.json".to_owned(), "0".repeat(64))));
        },
    );
    c.signed(
        "log-without-acquisition",
        "log-agrees",
        "No line says when the footage was acquired.",
        |r| r.log = Box::new(|l| drop(l.remove(0))),
    );
    c.signed(
        "log-without-the-model",
        "log-agrees",
        "No line says that the model was verified.",
        |r| r.log = Box::new(|l| drop(l[1].2.remove("model/centerface"))),
    );
    c.signed(
        "log-speaks-of-a-seal-before-the-seal",
        "log-agrees",
        "A line that seals nothing names a key.",
        |r| {
            r.log = Box::new(|l| drop(l[3].2.insert(KEY_ADDRESS.to_owned(), "0".repeat(64))));
        },
    );
    c.signed(
        "run-of-another-record",
        "log-agrees",
        "run.json belongs to another run.",
        |r| {
            r.outputs.insert(
                "run.json".to_owned(),
                format!("{{\"record_sha256\": \"{}\"}}", "0".repeat(64)).into_bytes(),
            );
        },
    );
}

fn manifests(c: &mut Collection) {
    let id = "manifest-is-sound";
    c.changed("manifest-missing", id, "There is no manifest.", |b| {
        drop(b.files.remove(manifest::FILE))
    });
    c.changed(
        "manifest-reformatted",
        "manifest-signature",
        "The manifest says the same with other spaces.",
        |b| replace(b, manifest::FILE, "  \"schema\"", "   \"schema\""),
    );
    c.changed(
        "manifest-fitted-to-a-changed-record",
        "manifest-signature",
        "Record and manifest were changed together; the key was not at hand.",
        |b| {
            let old = digest::of_bytes(b.get("record.json").expect("there"));
            change(b, "record.json", |f| f[9] ^= 1);
            let new = digest::of_bytes(b.get("record.json").expect("there"));
            replace(b, manifest::FILE, &old, &new);
        },
    );
    let text = |from: &'static str, to: &'static str| -> Change<String> {
        Box::new(move |text| {
            assert!(text.contains(from), "{from}");
            *text = text.replacen(from, to, 1);
        })
    };
    c.signed(
        "manifest-with-a-doubled-key",
        id,
        "An entry names its size twice; signed so.",
        |r| r.manifest_text = text("      \"bytes\": 6,", "      \"bytes\": 6,\n      \"bytes\": 6,"),
    );
    c.signed(
        "manifest-with-an-unknown-field",
        id,
        "It says something that this format does not know; signed so.",
        |r| r.manifest_text = text("{\n  \"entries\"", "{\n  \"court\": \"x\",\n  \"entries\""),
    );
    c.signed(
        "manifest-of-another-format",
        id,
        "Its schema is of a version that there is not; signed so.",
        |r| r.manifest = Box::new(|m| m.schema = "vsa-audit/manifest/9".to_owned()),
    );
    for (name, path, about) in [
        (
            "path-climbs-out-of-the-folder",
            "../record.json",
            "An output's name leads out of the folder; signed so.",
        ),
        (
            "path-is-absolute",
            "/etc/passwd",
            "An output's name is an absolute path; signed so.",
        ),
        (
            "path-climbs-out-on-another-system",
            "..\\record.json",
            "An output's name leads out of the folder on other systems; signed so.",
        ),
        (
            "path-with-a-line-feed",
            "record\n.json",
            "An output's name holds a line feed, so that its leaf reads in two ways; signed so.",
        ),
    ] {
        c.signed(name, id, about, |r| {
            r.manifest = Box::new(move |m| {
                m.entries.last_mut().expect("entries").name = path.to_owned();
                m.merkle_root = manifest::root(&m.entries);
            });
        });
    }
    c.signed(
        "manifest-with-an-entry-twice",
        id,
        "A file is listed twice; signed so.",
        |r| {
            r.manifest = Box::new(|m| {
                let last = m.entries.last().expect("entries").clone();
                m.entries.push(last);
                m.merkle_root = manifest::root(&m.entries);
            });
        },
    );
    c.signed(
        "manifest-out-of-order",
        id,
        "Entries are not sorted, so that one bundle could have two roots; signed so.",
        |r| {
            r.manifest = Box::new(|m| {
                m.entries.swap(0, 1);
                m.merkle_root = manifest::root(&m.entries);
            });
        },
    );
    c.signed(
        "manifest-with-a-digest-in-capitals",
        id,
        "A digest is written in capitals; signed so.",
        |r| {
            r.manifest = Box::new(|m| {
                m.entries[0].sha256 = m.entries[0].sha256.to_uppercase();
                m.merkle_root = manifest::root(&m.entries);
            });
        },
    );
    c.signed(
        "merkle-root-of-something-else",
        "merkle-root",
        "The root is not that of the entries; signed so.",
        |r| r.manifest = Box::new(|m| m.merkle_root = "0".repeat(64)),
    );
    c.signed(
        "merkle-root-without-the-last-entry",
        "merkle-root",
        "The root leaves out the last entry; signed so.",
        |r| {
            r.manifest = Box::new(|m| m.merkle_root = manifest::root(&m.entries[..m.entries.len() - 1]));
        },
    );
    c.signed(
        "manifest-with-a-wrong-size",
        "files-are-those-listed",
        "The size of the page is wrong, its digest right; signed so.",
        |r| {
            r.manifest = Box::new(|m| {
                m.entries
                    .iter_mut()
                    .find(|e| e.name == "report.html")
                    .expect("listed")
                    .bytes += 1;
                m.merkle_root = manifest::root(&m.entries);
            });
        },
    );
    c.signed(
        "manifest-without-the-page",
        "files-are-those-listed",
        "The page lies there and is not listed; signed so.",
        |r| {
            r.manifest = Box::new(|m| {
                m.entries.retain(|e| e.name != "report.html");
                m.merkle_root = manifest::root(&m.entries);
            });
        },
    );
}

fn signatures(c: &mut Collection) {
    let (id, dsse) = ("manifest-signature", "envelope-signature");
    c.changed("signature-missing", id, "There is no minisign signature.", |b| {
        drop(b.files.remove(SIGNATURE_FILE))
    });
    c.changed(
        "signature-truncated",
        id,
        "The signature's second line is cut.",
        |b| {
            change(b, SIGNATURE_FILE, |f| {
                let text = String::from_utf8(f.clone()).expect("text");
                let line = text.lines().nth(1).expect("a line");
                *f = text.replace(line, &line[..60]).into_bytes();
            });
        },
    );
    c.changed(
        "signature-without-its-last-line",
        id,
        "The signature of the comment is missing.",
        |b| {
            change(b, SIGNATURE_FILE, |f| {
                let text = String::from_utf8(f.clone()).expect("text");
                *f = text
                    .lines()
                    .take(3)
                    .map(|l| format!("{l}\n"))
                    .collect::<String>()
                    .into_bytes();
            });
        },
    );
    c.changed(
        "signature-comment-changed",
        id,
        "The trusted comment names a time ten seconds earlier.",
        |b| replace(b, SIGNATURE_FILE, "timestamp:1767355200", "timestamp:1767355190"),
    );
    c.changed(
        "signature-of-another-file",
        id,
        "The signature is the owner's, of the record.",
        |b| {
            let comment = "timestamp:1767355200\tfile:manifest.json\thashed";
            let signature = owner().sign(b.get("record.json").expect("there"), comment);
            b.files
                .insert(SIGNATURE_FILE.to_owned(), signature.to_text().into_bytes());
        },
    );
    c.changed(
        "signature-of-the-old-kind",
        id,
        "The signature claims to be over the file itself, not its digest.",
        |b| {
            change(b, SIGNATURE_FILE, |f| {
                let text = String::from_utf8(f.clone()).expect("text");
                let line = text.lines().nth(1).expect("a line");
                let mut bytes = BASE64.decode(line).expect("base64");
                bytes[1] = b'd';
                *f = text.replace(line, &BASE64.encode(bytes)).into_bytes();
            });
        },
    );
    c.add("wrong-key", id, "The key given is another one.", sound())
        .key = SecretKey::from_random([7; 40]).public(None).to_text();
    let mut random = [7; 40];
    random[..8].copy_from_slice(&std::array::from_fn::<u8, 8, _>(|i| {
        11 + u8::try_from(i).expect("8 bytes")
    }));
    let forger = SecretKey::from_random(random);
    assert_eq!(forger.public(None).number(), owner().public(None).number());
    let recipe = Recipe {
        key: forger,
        ..Recipe::default()
    };
    c.add(
        "forged-with-a-key-of-the-same-number",
        id,
        "All was sealed anew with another key that bears the owner's number.",
        recipe.make(),
    );
    c.changed("envelope-missing", dsse, "There is no envelope.", |b| {
        drop(b.files.remove(envelope::FILE))
    });
    c.changed(
        "envelope-payload-changed",
        dsse,
        "The statement names another time of sealing.",
        |b| {
            change(b, envelope::FILE, |f| {
                let mut value: serde_json::Value = serde_json::from_slice(f).expect("JSON");
                let payload = BASE64
                    .decode(value["payload"].as_str().expect("text"))
                    .expect("base64");
                let payload = String::from_utf8(payload)
                    .expect("text")
                    .replace("T12:00:00Z", "T11:00:00Z");
                value["payload"] = BASE64.encode(payload).into();
                *f = (serde_json::to_string_pretty(&value).expect("JSON") + "\n").into_bytes();
            });
        },
    );
    c.changed(
        "envelope-of-another-type",
        dsse,
        "The envelope says that its payload is something else.",
        |b| replace(b, envelope::FILE, "vnd.in-toto+json", "vnd.other+json"),
    );
    c.changed(
        "envelope-without-signature",
        dsse,
        "The list of signatures is empty.",
        |b| {
            change(b, envelope::FILE, |f| {
                let mut value: serde_json::Value = serde_json::from_slice(f).expect("JSON");
                value["signatures"] = serde_json::json!([]);
                *f = (serde_json::to_string_pretty(&value).expect("JSON") + "\n").into_bytes();
            });
        },
    );
    c.changed(
        "envelope-with-a-doubled-key",
        dsse,
        "The envelope has two payloads: readers differ in which one they take.",
        |b| replace(b, envelope::FILE, "{\n", "{\n  \"payload\": \"e30=\",\n"),
    );
    let mut other = Recipe::default();
    other.outputs.insert("case.json".to_owned(), b"{}".to_vec());
    let other = other.make();
    c.changed(
        "envelope-of-another-bundle",
        "statement-agrees",
        "The envelope is the owner's, of another bundle.",
        |b| {
            b.files
                .insert(envelope::FILE.to_owned(), other.files[envelope::FILE].clone());
        },
    );
    c.signed(
        "statement-of-another-kind",
        dsse,
        "The statement's predicate is of a kind that says something else; signed so.",
        |r| r.statement = Box::new(|s| s.predicate_type = "https://slsa.dev/provenance/v1".to_owned()),
    );
    c.signed(
        "statement-with-another-root",
        "statement-agrees",
        "The statement names another Merkle root; signed so.",
        |r| r.statement = Box::new(|s| s.predicate.merkle_root = "0".repeat(64)),
    );
    c.signed(
        "statement-without-the-page",
        "statement-agrees",
        "The statement leaves out a file; signed so.",
        |r| r.statement = Box::new(|s| s.subject.retain(|s| s.name != "report.html")),
    );
}

fn seals(c: &mut Collection) {
    let (id, times) = ("sealing-is-logged", "times-follow");
    c.signed(
        "never-sealed-in-the-log",
        id,
        "It is signed, but its log knows nothing of it.",
        |r| r.is_sealed = false,
    );
    c.signed(
        "sealed-by-another-key-than-logged",
        id,
        "The log says that another key sealed.",
        |r| r.seal_line = Box::new(|l| drop(l.2.insert(KEY_ADDRESS.to_owned(), "0".repeat(64)))),
    );
    c.signed(
        "sealed-over-something-else",
        id,
        "What the log says was sealed is not what was there.",
        |r| r.seal_line = Box::new(|l| drop(l.2.insert(TREE_ADDRESS.to_owned(), "0".repeat(64)))),
    );
    c.signed(
        "sealed-before-it-was-rendered",
        times,
        "The seal is older than what it seals.",
        |r| r.sealed = "2026-01-02T09:00:00Z",
    );
    c.add(
        "clock-before-key",
        times,
        "It was sealed before the key was made.",
        sound(),
    )
    .key = owner().public(Some("2026-01-02T12:00:01Z".to_owned())).to_text();
    c.add(
        "sealed-after-the-date",
        times,
        "As of the date of verification, nothing was sealed yet.",
        sound(),
    )
    .date = "2026-01-01";
    c.signed(
        "comment-of-another-time",
        times,
        "The trusted comment names another time than the log; signed so.",
        |r| r.comment = Box::new(|t| *t = t.replace("1767355200", "1767355201")),
    );
    c.signed(
        "comment-of-another-file",
        times,
        "The trusted comment says that another file was signed; signed so.",
        |r| r.comment = Box::new(|t| *t = t.replace("manifest.json", "other.json")),
    );
    c.signed(
        "statement-of-another-time",
        times,
        "The envelope names another time than the log; signed so.",
        |r| r.statement = Box::new(|s| s.predicate.sealed_at = "2026-01-02T12:00:01Z".to_owned()),
    );
}

fn stamps(c: &mut Collection) {
    let id = "time-stamp";
    let authority = Authority::ordinary();
    let stamped = |bundle: &mut Bundle, request: &Request| {
        bundle.files.insert(timestamp::request_file(), request.to_bytes());
        bundle
            .files
            .insert(timestamp::response_file(), authority.answer(&request.to_bytes()));
    };
    let request = |bundle: &Bundle| Request::new(bundle.get(envelope::FILE).expect("sealed"), [5; 8]);
    let mut good = sound();
    stamped(&mut good, &request(&sound()));
    c.add(
        "sound-with-a-time-stamp",
        "",
        "An authority stamped the envelope; its root is named.",
        good.clone(),
    )
    .roots = authority.root();
    let other = Authority::ordinary();
    c.add(
        "stamp-of-a-stranger",
        id,
        "The stamp is sound, but leads to no root that was named.",
        good.clone(),
    )
    .roots = other.root();
    let mut broken = good.clone();
    change(&mut broken, &timestamp::response_file(), |f| {
        *f.last_mut().expect("bytes") ^= 1
    });
    c.add(
        "stamp-with-its-signature-changed",
        id,
        "One bit of the authority's signature was changed.",
        broken,
    );
    let mut broken = good.clone();
    change(&mut broken, &timestamp::response_file(), |f| {
        let at = f.windows(4).position(|w| w == b"\x18\x0f20").expect("a time");
        f[at + 5] = b'0';
        f[at + 4] = b'3';
    });
    c.add(
        "stamp-with-its-time-changed",
        id,
        "The year in the stamp was changed.",
        broken,
    );
    let mut broken = good.clone();
    change(&mut broken, &timestamp::response_file(), |f| {
        f.truncate(f.len() - 100)
    });
    c.add("stamp-truncated", id, "The end of the stamp is missing.", broken);
    let mut broken = good.clone();
    broken.files.insert(
        timestamp::request_file(),
        Request::new(sound().get(envelope::FILE).expect("sealed"), [6; 8]).to_bytes(),
    );
    c.add(
        "stamp-answers-another-request",
        id,
        "The nonce is not the one that was asked for.",
        broken,
    );
    let mut broken = sound();
    let elsewhere = Request::new(b"another envelope", [5; 8]);
    stamped(&mut broken, &elsewhere);
    c.add(
        "stamp-of-another-envelope",
        id,
        "The stamp is over other bytes.",
        broken,
    );
    let mut broken = sound();
    broken.files.insert(
        timestamp::response_file(),
        vec![0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02],
    );
    c.add("stamp-refused", id, "The authority refused.", broken);
    let later = Recipe {
        sealed: "2090-01-01T00:00:00Z",
        ..Recipe::default()
    }
    .make();
    let mut broken = later.clone();
    stamped(&mut broken, &request(&later));
    c.add(
        "stamp-before-the-seal",
        id,
        "The authority stamped, by its clock, decades before the log says that it was sealed.",
        broken,
    );
}

#[test]
fn the_vectors_made_are_those_that_are_checked() {
    let mut c = Collection(BTreeMap::new());
    for part in [sound_ones, files, logs, manifests, signatures, seals] {
        part(&mut c);
    }
    if std::env::var_os("VSA_AUDIT_MAKE_VECTORS").is_none() {
        // The stamps are new each time, the rest is not: what is checked in is what is made here.
        let checked_in = all();
        for (name, made) in &c.0 {
            let vector = checked_in
                .get(*name)
                .unwrap_or_else(|| panic!("{name} is not there"));
            // `seal` signs with the program's own version.
            assert!(
                *name == "sound-sealed-twice" || bundle(vector) == made.bundle,
                "{name} is made otherwise"
            );
        }
        return;
    }
    stamps(&mut c);
    for entry in std::fs::read_dir(folder()).expect("listed") {
        let path = entry.expect("readable").path();
        if path.extension().is_some_and(|extension| extension == "json") {
            std::fs::remove_file(path).expect("removed");
        }
    }
    for (name, made) in c.0 {
        let (mut texts, mut binaries) = (BTreeMap::new(), BTreeMap::new());
        for (file, bytes) in &made.bundle.files {
            match String::from_utf8(bytes.clone()) {
                Ok(text) => drop(texts.insert(file.clone(), text)),
                Err(_) => drop(binaries.insert(file.clone(), BASE64.encode(bytes))),
            }
        }
        let mut vector = Vector {
            about: made.about.to_owned(),
            holds: made.must_fail.is_none(),
            fails: Vec::new(),
            key: made.key,
            date: made.date.to_owned(),
            texts,
            binaries,
            others: made.bundle.others,
            roots: made.roots,
        };
        let verification = judged(&vector);
        vector.fails = failed(&verification);
        assert_eq!(
            verification.holds, vector.holds,
            "{name}: {:#?}",
            verification.checks
        );
        if let Some(must) = made.must_fail {
            assert!(
                vector.fails.iter().any(|fails| fails == must),
                "{name}: {:#?}",
                verification.checks
            );
        }
        let text = serde_json::to_string_pretty(&vector).expect("JSON") + "\n";
        std::fs::write(folder().join(format!("{name}.json")), text).expect("written");
    }
}
