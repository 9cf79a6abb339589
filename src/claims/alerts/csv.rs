//! Comma-separated values, as RFC 4180 has them: quotes, doubled quotes, line ends within quotes; any separator.
//! In: text. Out: rows with the line on which each begins. Deliberately not here: what the columns mean.

/// A row and the line (from 1) on which it begins.
pub(super) type Row = (usize, Vec<String>);

/// Splits `text` into rows; empty lines are left out.
///
/// # Errors
/// The line of a quote that is never closed.
pub(super) fn rows(text: &str, separator: char) -> Result<Vec<Row>, usize> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut rows = Vec::new();
    let mut row: Vec<String> = Vec::new();
    let mut cell = String::new();
    let (mut line, mut begun) = (1, 1);
    let mut quoted: Option<usize> = None;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        line += usize::from(letter == '\n');
        if quoted.is_some() {
            if letter != '"' {
                cell.push(letter);
            } else if letters.peek() == Some(&'"') {
                letters.next();
                cell.push('"');
            } else {
                quoted = None;
            }
            continue;
        }
        match letter {
            '"' if cell.is_empty() => quoted = Some(line),
            '\r' if letters.peek() == Some(&'\n') => {}
            '\n' => {
                end_row(&mut rows, &mut row, &mut cell, begun);
                begun = line;
            }
            letter if letter == separator => row.push(std::mem::take(&mut cell)),
            letter => cell.push(letter),
        }
    }
    if let Some(line) = quoted {
        return Err(line);
    }
    end_row(&mut rows, &mut row, &mut cell, begun);
    Ok(rows)
}

fn end_row(rows: &mut Vec<Row>, row: &mut Vec<String>, cell: &mut String, line: usize) {
    if row.is_empty() && cell.trim().is_empty() {
        cell.clear();
        return;
    }
    row.push(std::mem::take(cell));
    rows.push((line, std::mem::take(row)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str, separator: char) -> Vec<Vec<String>> {
        rows(text, separator)
            .unwrap()
            .into_iter()
            .map(|(_, row)| row)
            .collect()
    }

    #[test]
    fn quotes_hide_separators_line_ends_and_themselves() {
        assert_eq!(
            texts("a;\"b;\"\"c\"\"\nd\";e\r\n\n1;;3", ';'),
            [vec!["a", "b;\"c\"\nd", "e"], vec!["1", "", "3"]]
        );
    }

    #[test]
    fn rows_know_their_lines() {
        let found = rows("\u{feff}h\n\"x\ny\"\nz\n", ',').unwrap();
        let lines: Vec<_> = found.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [1, 2, 4]);
        assert_eq!(found[0].1, ["h"]);
        assert!(rows("", ',').unwrap().is_empty());
    }

    #[test]
    fn a_quote_that_is_never_closed_is_told_with_its_line() {
        assert_eq!(rows("a,b\nc,\"d\ne", ','), Err(2));
    }

    #[test]
    fn a_quote_or_a_return_within_a_cell_is_a_letter_and_an_empty_last_cell_is_a_cell() {
        assert_eq!(
            texts("5\" door,a\rb,\nc,d,", ','),
            [vec!["5\" door", "a\rb", ""], vec!["c", "d", ""]]
        );
    }
}
