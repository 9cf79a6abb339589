//! A drawn sample in, a page to label it in a browser out: one self-contained HTML file, no network.
//! It shows when and where to look, redacted stills where there are any (it takes no other picture), and nothing about
//! alerts: who labels must not know what the system said.
//! Deliberately not here: drawing (see `claims::sampling`).

use super::html::{head, without_marks};
use super::wording::say;
use base64::Engine as _;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::collections::BTreeMap;
use vsa_base::digest;
use vsa_base::language::Language;
use vsa_claims::alerts::Rules;
use vsa_claims::sampling::draw::Draw;
use vsa_record::redacted_still::RedactedStill;
use vsa_record::redaction::{RedactStyle, RedactWhat};

/// Nothing but the page's own style and script; the script is named by its digest, which no other has, and asks nobody for
/// anything.
fn policy() -> String {
    let digest = base64::engine::general_purpose::STANDARD.encode(digest::raw(SCRIPT.as_bytes()));
    format!(
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
}
const MORE_STYLE: &str = ".stills{display:flex;flex-wrap:wrap;gap:.4rem;margin:1.2rem 0 .4rem}.stills img{max-width:32%;height:auto}fieldset{border:0;margin:0;padding:0;display:flex;gap:1.2rem;flex-wrap:wrap}legend{float:left;width:16rem;padding:0}label{display:inline-flex;gap:.4rem;align-items:center}textarea{width:100%;min-height:10rem;font-family:var(--mono)}.moment{padding:.6rem 0;border-bottom:1px solid var(--rule)}";
/// Writes the labels into the box as they are chosen; what is in the box is saved by the user.
const SCRIPT: &str = include_str!("html/sheet.js");

/// Redacted stills of the moments.
#[derive(Debug)]
pub struct MomentStills {
    /// By the number of the moment, in the order of time.
    pub of_moments: BTreeMap<u64, Vec<RedactedStill>>,
    /// Who is masked in them.
    pub what: RedactWhat,
    /// By what.
    pub style: RedactStyle,
}

/// The page for `draw`. `event`: what the labeller shall look for.
#[must_use]
pub fn render(
    language: Language,
    draw: &Draw,
    rules: &Rules,
    event: &str,
    stills: Option<&MomentStills>,
) -> String {
    without_marks(&page(language, draw, rules, event, stills).into_string())
}

/// A redacted still as a page holds it: within the page, from nowhere else.
pub(super) fn data_address(still: &RedactedStill) -> String {
    let data = base64::engine::general_purpose::STANDARD.encode(still.bytes());
    format!("data:{};base64,{data}", still.media_type())
}

fn page(
    language: Language,
    draw: &Draw,
    rules: &Rules,
    event: &str,
    stills: Option<&MomentStills>,
) -> Markup {
    let no_stills = say!(language, sheet::NO_STILLS);
    let notice = stills.map_or((no_stills.0.to_owned(), no_stills.1.to_owned()), |stills| {
        say!(language, sheet::stills(stills.what, stills.style))
    });
    let of_moment = |number: u64| stills.and_then(|stills| stills.of_moments.get(&number));
    html! {
        (DOCTYPE)
        html lang=(language.as_str()) {
            (head(&policy(), say!(language, sheet::TITLE), MORE_STYLE))
            body {
                header .page {
                    p .kicker { (say!(language, sheet::KICKER)) }
                    h1 { (say!(language, sheet::TITLE)) }
                    p .introduction { (say!(language, sheet::introduction(event, draw.moment_seconds))) }
                    div .notice { p { strong { (notice.0) } " " (notice.1) } }
                }
                main .page {
                    form #sheet autocomplete="off" {
                        @for moment in &draw.moments {
                            div .moment {
                                @if let Some(stills) = of_moment(moment.number) {
                                    div .stills {
                                        @for (at, still) in (1..).zip(stills) {
                                            img src=(data_address(still)) width=(still.size().0) height=(still.size().1)
                                                alt=(say!(language, sheet::still(at, stills.len(), still.is_black())));
                                        }
                                    }
                                }
                                fieldset {
                                    legend {
                                        strong { (moment.number) } " "
                                        (say!(language, sheet::moment(&moment.camera, &rules.moment_text(moment.recording, moment.from_seconds))))
                                    }
                                    @for (value, word) in say!(language, sheet::LABELS) {
                                        label {
                                            input type="radio" name=(moment.number) value=(value);
                                            (word)
                                        }
                                    }
                                }
                            }
                        }
                    }
                    section .part {
                        h2 { (say!(language, sheet::SAVE)) }
                        p .note { (say!(language, sheet::SAVE_HOW)) }
                        p { output #left {} }
                        textarea #labels readonly aria-label=(say!(language, sheet::SAVE)) {}
                    }
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vsa_claims::alerts::read_alerts;
    use vsa_claims::sampling::draw::{Wanted, draw};

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the inputs of a test")]
    fn the_sheet_tells_when_to_look_and_nothing_about_alerts_and_shows_no_picture() {
        let folder = tempfile::tempdir().unwrap();
        let written = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        };
        let rules = written(
            "rules.toml",
            "alerts = { time = \"t\", camera = \"c\", kind = \"k\" }\nevents = { time = \"t\" }\n[[watched]]\n\
             camera = \"<b>door</b>\"\nfrom = \"2026-03-02 20:00:00\"\nto = \"2026-03-02 20:01:00\"",
        );
        let alerts = written("alerts.csv", "c,t,k\n<b>door</b>,2026-03-02 20:00:31,CANARYKIND");
        let (rules, alerts) = read_alerts(&alerts, &rules).unwrap();
        let wanted = Wanted {
            moment_seconds: 30.0,
            with_alert: 1,
            without_alert: 1,
            seed: 3,
        };
        let drawn = draw(&alerts, &rules, &wanted).unwrap();
        assert_eq!(drawn.moments.len(), 2);
        let page = render(Language::English, &drawn, &rules, "a person at the <door>", None);
        assert!(
            page.contains("2026-03-02 20:00:00") && page.contains("2026-03-02 20:00:30"),
            "{page}"
        );
        assert!(page.contains("&lt;b&gt;door") && page.contains("the &lt;door&gt;") && !page.contains("<b>"));
        assert!(!page.contains("CANARYKIND") && !page.contains("20:00:31"));
        assert!(!page.contains("<img") && !page.contains("http://") && !page.contains("https://"));
        assert!(page.contains(crate::wording::en::sheet::NO_STILLS.0));
        // Its script is known by what it is: a mark that is the same on every page would let another script in.
        assert!(
            page.contains("script-src 'sha256-") && !page.contains("nonce"),
            "{page}"
        );
        // Both moments look the same but for their number and time.
        let rows: Vec<&str> = page.split("<div class=\"moment\">").skip(1).take(2).collect();
        let choices = |row: &str| row.matches("<input").count();
        assert!(choices(rows[0]) >= 2);
        assert_eq!(choices(rows[0]), choices(rows[1]));
    }
}
