//! What the name of a picture of UTKFace says about its face: `[age]_[gender]_[race]_[date].jpg`. In: a name. Out: attributes.
//! Source: the dataset's page. Ages are put into FairFace's ranges, so that both datasets can stand side by side.

/// The attributes, in the order of [`attributes`].
pub(super) const NAMES: [&str; 3] = ["age", "gender", "race"];

/// FairFace's ranges: from which age on each begins.
const AGES: [(u32, &str); 9] = [
    (0, "0-2"),
    (3, "3-9"),
    (10, "10-19"),
    (20, "20-29"),
    (30, "30-39"),
    (40, "40-49"),
    (50, "50-59"),
    (60, "60-69"),
    (70, "more than 70"),
];

/// None where the name is no such name: some pictures of the dataset lack a part, and then no part can be trusted.
pub(super) fn attributes(name: &str) -> Option<[String; 3]> {
    let file = name.rsplit(['/', '\\']).next()?;
    let parts: Vec<&str> = file.split(['_', '.']).collect();
    let [age, gender, race, date, ..] = parts[..] else {
        return None;
    };
    if date.len() < 8 || !date.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let age: u32 = age.parse().ok().filter(|age| *age <= 120)?;
    let (_, range) = AGES.iter().rev().find(|(from, _)| age >= *from)?;
    let gender = match gender {
        "0" => "male",
        "1" => "female",
        _ => return None,
    };
    let race = match race {
        "0" => "white",
        "1" => "black",
        "2" => "asian",
        "3" => "indian",
        "4" => "others",
        _ => return None,
    };
    Some([(*range).to_owned(), gender.to_owned(), race.to_owned()])
}

#[cfg(test)]
mod tests {
    use super::attributes;

    #[test]
    fn a_name_says_age_gender_and_race_and_a_name_that_lacks_a_part_says_nothing() {
        let known = attributes("UTKFace/26_1_2_20170116184024662.jpg.chip.jpg").unwrap();
        assert_eq!(known, ["20-29", "female", "asian"]);
        // Three pictures of the dataset are named so: the race is missing.
        assert_eq!(attributes("39_1_20170116174525125.jpg.chip.jpg"), None);
        assert_eq!(attributes("61_1_20170109142408075.jpg"), None);
        assert_eq!(attributes("hall.jpg"), None);
    }
}
