//! What a column's values look like, where its header says nothing.

use super::cell::{Cell, Cells, look};
use crate::roster::FieldKind as F;
use crate::roster::Token;
use crate::roster::normal::identity::{self, Id};
use crate::roster::normal::letter::is_han;
use crate::roster::normal::{date, hash, phone, sex};

/// The most rows that are looked at, the first in canonical order.
const SAMPLE: usize = 1024;
/// The fewest cells from which anything is told.
const FEWEST: usize = 8;

/// The commonest surnames: nine people in ten have one of them.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付\
方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛\
曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查\
麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌\
母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由張劉陳楊黃趙吳孫馬鄭謝羅許韓馮鄧葉蘇呂盧鍾譚陸賈韋鄒龍賀顧龔萬錢嚴湯";

/// The most cells that are looked at for tokens.
const FEW: usize = 64;

/// Whether the first cells that say something are all keyed tokens.
pub(super) fn are_tokens(column: &dyn Cells, order: &[u32]) -> bool {
    let mut cells = order.iter().map(|&row| look(column, row as usize)).filter(|cell| *cell != Cell::Missing);
    let is_token = |cell: Cell<'_>| matches!(cell, Cell::Text(text) if text.parse::<Token>().is_ok());
    cells.next().is_some_and(is_token) && cells.take(FEW).all(is_token)
}

/// Whether the cells number the rows: all that are there differ, and they are not mostly identity numbers.
///
/// All rows are looked at, so that their order does not matter; `whole` asks for one in every row.
pub(super) fn number_rows(column: &dyn Cells, rows: usize, whole: bool) -> bool {
    let mut values = Vec::with_capacity(rows);
    let mut scratch = String::new();
    let mut ids = 0;
    for row in 0..rows {
        let cell = look(column, row);
        if let Some(text) = cell.text(&mut scratch) {
            ids += usize::from(is_national(text));
            values.push(hash::of_text(text));
        }
    }
    let seen = values.len();
    values.sort_unstable();
    seen > 0 && (!whole || seen == rows) && ids * 2 < seen && values.windows(2).all(|two| two[0] != two[1])
}

/// Whether a text is an identity number of 15 or 18 digits.
fn is_national(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits >= 14 && matches!(identity::read(text), Id::Read(id) if identity::is_national(id))
}

/// The values of a sample, counted by what they look like.
#[derive(Default)]
pub(super) struct Looks {
    seen: usize,
    ids: usize,
    phones: usize,
    births: usize,
    days: usize,
    sexes: usize,
    names: usize,
    han_addresses: usize,
    han: usize,
    numeric: usize,
    /// The hashes of the values.
    values: Vec<u64>,
}

impl Looks {
    /// Looks at the first rows in canonical order.
    pub(super) fn of(column: &dyn Cells, order: &[u32]) -> Self {
        let mut looks = Self::default();
        let mut scratch = String::new();
        for &row in order.iter().take(SAMPLE) {
            let cell = look(column, row as usize);
            looks.days += usize::from(matches!(cell, Cell::Day(_)));
            if let Some(text) = cell.text(&mut scratch) {
                looks.add(text);
            }
        }
        looks
    }

    /// Both samples as one.
    pub(super) fn with(mut self, other: Self) -> Self {
        self.seen += other.seen;
        self.numeric += other.numeric;
        self.han += other.han;
        self.values.extend(other.values);
        self
    }

    fn add(&mut self, text: &str) {
        self.seen += 1;
        let is = usize::from;
        let chars = text.chars().count();
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let han = text.chars().filter(|&letter| is_han(letter)).count();
        self.han += is(han >= 2);
        self.ids += is(is_national(text));
        self.phones +=
            is(chars <= 20
                && matches!(phone::read(text), phone::Phone::Read(number, _) if number >> 40 == 0x11));
        self.births += is((8..=11).contains(&chars)
            && match date::read(text) {
                date::Date::Read(packed) => date::is_possible(packed) && !date::is_partial(packed),
                date::Date::Either(..) => true,
                date::Date::Nothing => false,
            });
        self.sexes += is(!text.starts_with(|letter: char| letter.is_ascii_digit())
            && matches!(sex::read(text), sex::Sex::Read(_)));
        self.names += is((2..=4).contains(&chars)
            && han == chars
            && text.chars().next().is_some_and(|first| SURNAMES.contains(first)));
        self.han_addresses += is(han >= 2
            && digits > 0
            && text.chars().any(|letter| {
                matches!(letter, '号' | '栋' | '幢' | '座' | '室' | '单' | '路' | '街' | '棟' | '號')
            }));
        self.numeric += is(digits == text.len());
        self.values.push(hash::of_text(text));
    }

    fn most(&self, count: usize) -> bool {
        self.seen >= FEWEST && count * 10 >= self.seen * 8
    }

    /// Whether at least half of the identity numbers have the form of GB 11643.
    pub(super) fn are_ids(&self) -> bool {
        self.seen > 0 && self.ids * 2 >= self.seen
    }

    /// Whether most texts are Chinese.
    pub(super) fn are_han(&self) -> bool {
        self.seen == 0 || self.han * 2 >= self.seen
    }

    /// What the values tell.
    pub(super) fn kind(&self) -> Option<F> {
        if self.seen >= FEWEST && self.are_ids() {
            Some(F::Id)
        } else if self.most(self.phones) {
            Some(F::Phone)
        } else if self.most(self.births) || self.most(self.days) {
            Some(F::Birth)
        } else if self.most(self.sexes) {
            Some(F::Sex)
        } else if self.most(self.names) {
            Some(F::Name)
        } else if self.most(self.han_addresses) {
            Some(F::Address)
        } else {
            None
        }
    }

    /// Whether most say who somebody is: identity numbers or mobile phones.
    pub(super) fn are_personal(&self) -> bool {
        self.are_ids() || self.most(self.phones)
    }

    fn distinct(&self) -> usize {
        let mut values = self.values.clone();
        values.sort_unstable();
        values.dedup();
        values.len()
    }

    /// Whether a column of the same name on both sides is better compared exactly, or by likeness.
    pub(super) fn extra(&self) -> F {
        let few = self.distinct() * 20 <= self.seen;
        if few || self.numeric * 10 >= self.seen * 8 { F::Exact } else { F::Text }
    }
}
