//! What a person wrote beside the drawn moments. In: the sheet's CSV (`number,label`). Out: one label for each moment.

use super::draw::Draw;
use vsa_base::Reason;

/// What a person saw in a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// An event.
    Event,
    /// None.
    Nothing,
    /// It cannot be told.
    Unclear,
}

/// Labels in the order of the drawn moments.
///
/// # Errors
/// What is wrong with them, with the line.
pub fn parse(text: &str, draw: &Draw) -> Result<Vec<Label>, Reason> {
    let mut labels: Vec<Option<Label>> = vec![None; draw.moments.len()];
    for (at, line) in text.lines().enumerate() {
        let line = line.trim().trim_start_matches('\u{feff}');
        if line.is_empty() || (at == 0 && line.starts_with("number")) {
            continue;
        }
        let fault = |what: &str| Reason(format!("line {}: {what}: `{line}`", at + 1));
        let (number, label) = line
            .split_once([',', ';'])
            .ok_or_else(|| fault("not a number and a label"))?;
        let number: usize = number
            .trim()
            .parse()
            .map_err(|_| fault("no number of a moment"))?;
        let slot = number
            .checked_sub(1)
            .and_then(|at| labels.get_mut(at))
            .ok_or_else(|| fault("there is no such moment in this sample"))?;
        let label = match label.trim() {
            "event" => Label::Event,
            "nothing" => Label::Nothing,
            "unclear" => Label::Unclear,
            _ => return Err(fault("a label is `event`, `nothing` or `unclear`")),
        };
        if slot.replace(label).is_some() {
            return Err(fault("this moment is labelled twice"));
        }
    }
    let missing: Vec<String> = labels
        .iter()
        .zip(1..)
        .filter(|(label, _)| label.is_none())
        .map(|(_, number): (_, u32)| number.to_string())
        .collect();
    if missing.is_empty() {
        Ok(labels.into_iter().flatten().collect())
    } else {
        Err(format!(
            "{} moments have no label, the first is number {}: label all of them, `unclear` where it cannot be told",
            missing.len(),
            missing[0]
        ).into())
    }
}

#[cfg(test)]
mod tests {
    use super::super::draw::{Moment, SCHEMA, Stratum};
    use super::*;

    fn two() -> Draw {
        let moment = |number, alert| Moment {
            number,
            camera: String::new(),
            recording: 1,
            from_seconds: 0.0,
            alert,
        };
        Draw {
            schema: SCHEMA.to_owned(),
            seed: 1,
            moment_seconds: 10.0,
            camera_hours: 1.0,
            with_alert: Stratum { size: 1, drawn: 1 },
            without_alert: Stratum { size: 1, drawn: 1 },
            moments: vec![moment(1, true), moment(2, false)],
        }
    }

    #[test]
    fn labels_come_in_any_order_and_all_of_them() {
        assert_eq!(
            parse("number,label\n2,unclear\n1,event\n", &two()),
            Ok(vec![Label::Event, Label::Unclear])
        );
        assert_eq!(
            parse("\u{feff}number;label\r\n\r\n 2 ; event \r\n1;nothing\r\n", &two()),
            Ok(vec![Label::Nothing, Label::Event])
        );
    }

    #[test]
    fn faults_are_told_with_their_line() {
        for (text, says) in [
            ("1,event", "1 moments have no label, the first is number 2"),
            ("1,event\n3,event", "line 2: there is no such moment"),
            ("0,event", "line 1: there is no such moment"),
            ("1,maybe", "line 1: a label is"),
            ("1,event\n1,event", "line 2: this moment is labelled twice"),
            ("1", "line 1: not a number and a label"),
            ("one,event", "line 1: no number of a moment"),
            ("1,event\nnumber,label", "line 2: no number of a moment"),
        ] {
            let error = parse(text, &two()).unwrap_err();
            assert!(error.0.contains(says), "{text:?}: {error}");
        }
    }
}
