//! Names of grids: communities' come from the register, those of groups, compounds and leaves are invented.

use super::rng::Rng;

/// A village's name without the word for its committee: 桂园社区居民委员会 → 桂园社区, 龙石村民委员会 → 龙石村.
pub(super) fn core(official: &str) -> &str {
    official.strip_suffix("居民委员会").or_else(|| official.strip_suffix("民委员会")).unwrap_or(official)
}

/// The name of a level-2 grid: of its village or villages, and the number of the part where there are several.
pub(super) fn community(villages: &[&str], part: Option<usize>) -> String {
    match (villages, part) {
        ([village], Some(part)) => format!("{village}第{}网格", numeral(part)),
        ([village], None) => format!("{village}网格"),
        (several, _) => format!("{}联合网格", several.concat()),
    }
}

/// The name of a villagers' or residents' group.
pub(super) fn group(number: usize, rural: bool) -> String {
    format!("第{}{}小组", numeral(number), if rural { "村民" } else { "居民" })
}

/// The name of a leaf.
pub(super) fn leaf(number: usize) -> String {
    format!("{number}号网格")
}

/// A number in Chinese, from 1 to 9999.
pub(super) fn numeral(number: usize) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let mut text = String::new();
    let mut gap = false;
    for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        match number / unit % 10 {
            0 => gap = !text.is_empty(),
            digit => {
                if gap {
                    text.push_str(DIGITS[0]);
                }
                gap = false;
                // 十二, not 一十二; but 一百一十二.
                if !(digit == 1 && unit == 10 && text.is_empty()) {
                    text.push_str(DIGITS[digit]);
                }
                text.push_str(name);
            }
        }
    }
    text
}

/// Invented names of residential compounds, no two the same.
pub(super) struct Compounds {
    left: Vec<String>,
    given: usize,
}

impl Compounds {
    pub(super) fn new(rng: &mut Rng) -> Self {
        const FIRST: [&str; 20] = [
            "锦绣", "翠湖", "丽景", "和苑", "雅居", "凤凰", "星河", "悦景", "朗晴", "水云", "金色", "华庭",
            "逸翠", "怡康", "阳光", "清华", "碧水", "康乐", "紫荆", "香山",
        ];
        const SECOND: [&str; 5] = ["花园", "苑", "小区", "名城", "新村"];
        let join = |first: &&str| SECOND.map(|second| format!("{first}{second}"));
        let mut left: Vec<String> = FIRST.iter().flat_map(join).collect();
        rng.shuffle(&mut left);
        Self { left, given: 0 }
    }

    pub(super) fn take(&mut self) -> String {
        let name = &self.left[self.given % self.left.len()];
        let round = self.given / self.left.len();
        self.given += 1;
        if round == 0 { name.clone() } else { format!("{name}{}期", numeral(round + 1)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals() {
        let written: Vec<String> = [1, 10, 12, 20, 21, 101, 110, 112, 1002].map(numeral).into();
        assert_eq!(
            written,
            ["一", "十", "十二", "二十", "二十一", "一百零一", "一百一十", "一百一十二", "一千零二"]
        );
    }

    #[test]
    fn names_from_the_register() {
        assert_eq!(core("桂园社区居民委员会"), "桂园社区");
        assert_eq!(core("龙石村民委员会"), "龙石村");
        assert_eq!(community(&["马安社区"], Some(1)), "马安社区第一网格");
        assert_eq!(community(&["浪网村", "三墩村"], None), "浪网村三墩村联合网格");
    }

    #[test]
    fn compounds_never_repeat() {
        let mut compounds = Compounds::new(&mut Rng::new(7, "names"));
        let names: std::collections::BTreeSet<String> = (0..250).map(|_| compounds.take()).collect();
        assert_eq!(names.len(), 250);
    }
}
