//! A drawn sample in, a page to label it in a browser out: one self-contained HTML file, no network.
//! It shows no picture: this version cannot redact, and an unredacted still may not leave the room. It shows when and
//! where to look, and nothing about alerts: who labels must not know what the system said.
//! Deliberately not here: drawing (see `claims::sampling`).

use super::html::without_marks;
use super::wording::en::sheet as words;
use crate::claims::alerts::Rules;
use crate::claims::sampling::draw::Draw;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// Nothing but the page's own style and script; the script is named by its mark, and asks nobody for anything.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-sheet'; base-uri 'none'; form-action 'none'";
const STYLE: &str = include_str!("html/style.css");
const MORE_STYLE: &str = "fieldset{border:0;margin:0;padding:0;display:flex;gap:1.2rem;flex-wrap:wrap}legend{float:left;width:16rem;padding:0}label{display:inline-flex;gap:.4rem;align-items:center}textarea{width:100%;min-height:10rem;font-family:var(--mono)}.moment{padding:.6rem 0;border-bottom:1px solid var(--rule)}";
/// Writes the labels into the box as they are chosen; what is in the box is saved by the user.
const SCRIPT: &str = include_str!("html/sheet.js");

/// The page for `draw`. `event`: what the labeller shall look for.
#[must_use]
pub fn render(draw: &Draw, rules: &Rules, event: &str) -> String {
    without_marks(&page(draw, rules, event).into_string())
}

fn page(draw: &Draw, rules: &Rules, event: &str) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(super::wording::en::LANGUAGE) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                title { (words::TITLE) }
                style { (PreEscaped(STYLE)) (PreEscaped(MORE_STYLE)) }
            }
            body {
                header .page {
                    p .kicker { (words::KICKER) }
                    h1 { (words::TITLE) }
                    p .introduction { (words::introduction(event, draw.moment_seconds)) }
                    div .notice { p { strong { (words::NO_STILLS.0) } " " (words::NO_STILLS.1) } }
                }
                main .page {
                    form #sheet autocomplete="off" {
                        @for moment in &draw.moments {
                            div .moment {
                                fieldset {
                                    legend {
                                        strong { (moment.number) } " "
                                        (words::moment(&moment.camera, &rules.moment_text(moment.recording, moment.from_seconds)))
                                    }
                                    @for (value, word) in words::LABELS {
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
                        h2 { (words::SAVE) }
                        p .note { (words::SAVE_HOW) }
                        p { output #left {} }
                        textarea #labels readonly aria-label=(words::SAVE) {}
                    }
                }
                script nonce="sheet" { (PreEscaped(SCRIPT)) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claims::alerts::alerts_from_text;
    use crate::claims::sampling::draw::{Wanted, draw};

    #[test]
    fn the_sheet_tells_when_to_look_and_nothing_about_alerts_and_shows_no_picture() {
        let rules = Rules::parse(
            "alerts = { time = \"t\", camera = \"c\", kind = \"k\" }\nevents = { time = \"t\" }\n[[watched]]\n\
             camera = \"<b>door</b>\"\nfrom = \"2026-03-02 20:00:00\"\nto = \"2026-03-02 20:01:00\"",
        )
        .unwrap();
        let alerts = alerts_from_text("c,t,k\n<b>door</b>,2026-03-02 20:00:31,CANARYKIND", &rules);
        let wanted = Wanted {
            moment_seconds: 30.0,
            with_alert: 1,
            without_alert: 1,
            seed: 3,
        };
        let drawn = draw(&alerts, &rules, &wanted).unwrap();
        assert_eq!(drawn.moments.len(), 2);
        let page = render(&drawn, &rules, "a person at the <door>");
        assert!(
            page.contains("2026-03-02 20:00:00") && page.contains("2026-03-02 20:00:30"),
            "{page}"
        );
        assert!(page.contains("&lt;b&gt;door") && page.contains("the &lt;door&gt;") && !page.contains("<b>"));
        assert!(!page.contains("CANARYKIND") && !page.contains("20:00:31"));
        assert!(!page.contains("<img") && !page.contains("http://") && !page.contains("https://"));
        assert!(page.contains(words::NO_STILLS.0));
        // Both moments look the same but for their number and time.
        let rows: Vec<&str> = page.split("<div class=\"moment\">").skip(1).take(2).collect();
        let choices = |row: &str| row.matches("<input").count();
        assert!(choices(rows[0]) >= 2);
        assert_eq!(choices(rows[0]), choices(rows[1]));
    }
}
