//! Rows as plain texts, and what the packed comparisons and keys say, by definition.

/// A row: a text for each field, empty when it is missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) name: String,
    /// One number a syllable.
    pub(crate) sound: Vec<u16>,
    pub(crate) phone: String,
    pub(crate) birth: String,
    pub(crate) sex: String,
    pub(crate) grid: String,
    /// Road with house number, building, room.
    pub(crate) address: [String; 3],
    pub(crate) household: String,
}

/// The number of edits between two texts, swapped neighbours being one: the whole matrix.
pub(crate) fn edits<T: PartialEq>(a: &[T], b: &[T]) -> usize {
    let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            table[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let replace = table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let mut best = replace.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    best = best.min(table[i - 2][j - 2] + 1);
                }
                best
            };
        }
    }
    table[a.len()][b.len()]
}

/// Jaro's similarity with lists of what matched.
pub(crate) fn jaro(a: &[char], b: &[char]) -> f64 {
    if a.is_empty() && b.is_empty() {
        return 1.0;
    }
    let window = (a.len().max(b.len()) / 2).max(1) - 1;
    let mut taken = vec![false; b.len()];
    let mut matched = Vec::new();
    for (i, x) in a.iter().enumerate() {
        let like = (0..b.len()).find(|&j| i.abs_diff(j) <= window && !taken[j] && b[j] == *x);
        if let Some(j) = like {
            taken[j] = true;
            matched.push(*x);
        }
    }
    let other: Vec<char> = (0..b.len()).filter(|&j| taken[j]).map(|j| b[j]).collect();
    let common = matched.len() as f64;
    if matched.is_empty() {
        return 0.0;
    }
    let halves = matched.iter().zip(&other).filter(|(x, y)| x != y).count() / 2;
    (common / a.len() as f64 + common / b.len() as f64 + (common - halves as f64) / common) / 3.0
}

fn chars(text: &str) -> Vec<char> {
    text.chars().collect()
}

/// The level of two names of up to four characters.
pub(crate) fn name_level(a: &Row, b: &Row) -> u8 {
    let (x, y) = (chars(&a.name), chars(&b.name));
    let (short, long) = if x.len() <= y.len() { (&x, &y) } else { (&y, &x) };
    let enough = short.len() >= 2 && long.len() > 2;
    let sorted = |name: &[char]| {
        let mut sorted = name.to_vec();
        sorted.sort_unstable();
        sorted
    };
    if x.is_empty() || y.is_empty() {
        0
    } else if x == y {
        1
    } else if !a.sound.is_empty() && a.sound == b.sound {
        2
    } else if edits(&x, &y) == 1 {
        if enough { 3 } else { 5 }
    } else if enough && !a.sound.is_empty() && !b.sound.is_empty() && edits(&a.sound, &b.sound) == 1
        || sorted(&x) == sorted(&y)
        || short.len() >= 2 && short.len() < long.len() && (long.starts_with(short) || long.ends_with(short))
    {
        4
    } else {
        6
    }
}

/// The places in which two numbers of the same length differ.
fn places(a: &[char], b: &[char]) -> Vec<usize> {
    (0..a.len()).filter(|&i| a[i] != b[i]).collect()
}

fn one_digit(a: &[char], b: &[char]) -> bool {
    match places(a, b)[..] {
        [_] => true,
        [i, j] => j == i + 1 && a[i] == b[j] && a[j] == b[i],
        _ => false,
    }
}

/// Whether an identity number's last digit is its check digit.
fn is_valid(id: &[char]) -> bool {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = weights.iter().zip(id).map(|(w, c)| w * c.to_digit(10).unwrap_or(10)).sum();
    id[17] == chars("10X98765432")[sum as usize % 11]
}

/// The level of two identity numbers of 18 characters.
pub(crate) fn id_level(a: &str, b: &str) -> u8 {
    let (x, y) = (chars(a), chars(b));
    if x.is_empty() || y.is_empty() {
        0
    } else if x == y {
        1
    } else if one_digit(&x, &y) {
        2
    } else if places(&x, &y).len() == 2 && !(is_valid(&x) && is_valid(&y)) {
        3
    } else if x[6..14] == y[6..14] {
        4
    } else {
        5
    }
}

/// The level of two phones.
pub(crate) fn phone_level(a: &str, b: &str) -> u8 {
    let (x, y) = (chars(a), chars(b));
    if x.is_empty() || y.is_empty() {
        0
    } else if x == y {
        1
    } else if x.len() == y.len() {
        if one_digit(&x, &y) { 2 } else { 3 }
    } else if x.len() >= 7 && y.len() >= 7 && x[x.len() - 7..] == y[y.len() - 7..] {
        2
    } else {
        3
    }
}

/// The level of two dates `YYYYMMDD`.
pub(crate) fn birth_level(a: &str, b: &str) -> u8 {
    let (x, y) = (chars(a), chars(b));
    if x.is_empty() || y.is_empty() {
        0
    } else if x == y {
        1
    } else if one_digit(&x, &y) || x[..4] == y[..4] && x[4..6] == y[6..] && x[6..] == y[4..6] {
        2
    } else if places(&x, &y).len() == 2 {
        3
    } else {
        4
    }
}

/// The level of two texts that agree or do not.
pub(crate) fn same_level(a: &str, b: &str) -> u8 {
    if a.is_empty() || b.is_empty() { 0 } else { 1 + u8::from(a != b) }
}

/// The level of two places; a grid's parent is its code without the last two digits.
pub(crate) fn place_level(a: &Row, b: &Row) -> u8 {
    let known = |x: &str, y: &str| !x.is_empty() && !y.is_empty();
    let same = |x: &str, y: &str| known(x, y) && x == y;
    let parent = |grid: &str| grid[..grid.len() - 2].to_owned();
    let grids = known(&a.grid, &b.grid);
    let [road, building, room] = [0, 1, 2].map(|part| same(&a.address[part], &b.address[part]));
    let none = |row: &Row| row.address.iter().all(String::is_empty);
    let roads = known(&a.address[0], &b.address[0]);
    let inside = same(&a.grid, &b.grid) && building && room;
    let unknown = none(a) || none(b) || !(roads || inside);
    let either_without = |part: usize| a.address[part].is_empty() || b.address[part].is_empty();
    let house = road && a.address == b.address && a.address[1].is_empty();
    let dwelling = !unknown && (!roads || house || road && a.address == b.address && room);
    let block = road && (a.address[1] == b.address[1] || either_without(1));
    // Another address in another grid: grids may count their households each for itself.
    let elsewhere = grids && a.grid != b.grid && !unknown && !block;
    if dwelling {
        1
    } else if same(&a.household, &b.household) && !elsewhere {
        2
    } else if !unknown && block {
        3
    } else if same(&a.grid, &b.grid) {
        if unknown { 4 } else { 5 }
    } else if grids && parent(&a.grid) == parent(&b.grid) {
        6
    } else if grids || !unknown || known(&a.household, &b.household) {
        7
    } else {
        0
    }
}

/// What a row shows under a blocking key; nothing when a part is missing.
pub(crate) fn key(rule: &str, row: &Row) -> Option<String> {
    let tail = |text: &str, count: usize| text[text.len().saturating_sub(count)..].to_owned();
    let birth = || {
        if row.birth.is_empty() && !row.id.is_empty() { row.id[6..14].to_owned() } else { row.birth.clone() }
    };
    let sex = || match (row.sex.as_str(), row.id.chars().nth(16).and_then(|digit| digit.to_digit(10))) {
        ("", Some(digit)) => (2 - digit % 2).to_string(),
        (sex, _) => sex.to_owned(),
    };
    let sound = |count: usize| row.sound.iter().take(count).map(u16::to_string).collect::<Vec<_>>().join(" ");
    let parts = rule.split('+').map(|part| match part {
        "id" => row.id.clone(),
        "id_head" => row.id.chars().take(14).collect(),
        "id_tail" => tail(&row.id, 12),
        "id_end" => tail(&row.id, 4),
        "phone" => row.phone.clone(),
        "phone_end" if row.phone.len() >= 4 => tail(&row.phone, 4),
        "name" => row.name.clone(),
        "sound" => sound(4),
        "surname" => sound(1),
        "birth" => birth(),
        "sex" => sex(),
        "grid" => row.grid.clone(),
        "address" if row.address.iter().any(|part| !part.is_empty()) => row.address.join("|"),
        "household" => row.household.clone(),
        _ => String::new(),
    });
    let parts: Vec<String> = parts.collect();
    parts.iter().all(|part| !part.is_empty()).then(|| parts.join("+"))
}
