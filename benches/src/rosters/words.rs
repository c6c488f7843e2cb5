//! Characters of invented names, and what they are taken for.

use super::draw::Draw;

/// The commonest surnames of the country, by frequency.
pub(super) const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪\
    范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";

/// Surnames of two characters.
pub(super) const COMPOUND: [&str; 6] = ["欧阳", "司马", "诸葛", "上官", "司徒", "皇甫"];

/// Characters of given names, by sound.
pub(super) const SOUNDS: [&str; 52] = [
    "伟玮炜",
    "芳方",
    "娜",
    "敏闵",
    "静靖婧",
    "丽莉立励俐",
    "强",
    "磊",
    "军君钧",
    "洋扬阳旸",
    "勇永咏",
    "艳彦燕雁",
    "杰洁捷婕",
    "娟鹃",
    "涛韬",
    "明铭鸣",
    "超",
    "秀",
    "霞侠",
    "平萍苹屏",
    "刚钢",
    "桂贵",
    "英莹瑛颖盈",
    "玉裕钰煜",
    "华骅桦",
    "文雯闻纹",
    "兰岚澜",
    "红宏鸿泓虹",
    "建健剑",
    "国",
    "志智治致芝",
    "鹏朋",
    "飞菲霏",
    "宇雨羽语",
    "浩皓昊",
    "子梓紫",
    "轩萱宣",
    "涵晗含",
    "欣新心昕馨鑫",
    "怡仪宜",
    "佳嘉家加",
    "琪棋琦",
    "思诗",
    "晨辰宸臣",
    "曦希熙",
    "俊峻",
    "雪学",
    "春",
    "生声",
    "德",
    "荣蓉容",
    "庆清青",
];

/// Simplified and traditional or variant.
const VARIANTS: &str = "张張 刘劉 陈陳 杨楊 黄黃 赵趙 吴吳 孙孫 马馬 罗羅 郑鄭 谢謝 许許 韩韓 冯馮 邓鄧 肖蕭 叶葉 苏蘇 吕呂 卢盧 钟鍾 \
    谭譚 陆陸 贾賈 韦韋 邹鄒 闫閆 龙龍 贺賀 顾顧 龚龔 万萬 钱錢 严嚴 汤湯 欧歐 诸諸 伟偉 玮瑋 炜煒 静靜 闵閔 丽麗 励勵 强強 军軍 钧鈞 \
    扬揚 阳陽 旸暘 咏詠 艳艷 彦彥 杰傑 洁潔 鹃鵑 涛濤 韬韜 鸣鳴 铭銘 侠俠 苹蘋 刚剛 钢鋼 贵貴 莹瑩 颖穎 钰鈺 华華 骅驊 桦樺 闻聞 纹紋 \
    兰蘭 岚嵐 澜瀾 红紅 鸿鴻 剑劍 国國 鹏鵬 飞飛 语語 轩軒 仪儀 诗詩 晓曉 学學 荣榮 庆慶 峰峯 群羣 青靑 真眞 温溫";

/// Characters that look alike.
pub(super) const LOOKS: &str = "王玉 李季 明朋 刚钢 建健 敏繁 国囯 兰蓝 宇字 晨震 思恩 永水 子孑 文又 平干 生主 志忘 金全 石右 田由 史吏 贝见 侯候 刘列";

/// Roads and compounds.
pub(super) const ROADS: [&str; 20] = [
    "人民", "中山", "解放", "建设", "和平", "新华", "胜利", "文化", "光明", "东风", "长江", "黄河", "青年",
    "友谊", "幸福", "团结", "学府", "湖滨", "花园", "朝阳",
];

/// A place in a list, the first ones likelier: of a hundred the first is drawn about five times in a hundred.
pub(super) fn skewed(draw: &mut Draw, length: usize) -> usize {
    let length = draw.below(length) + 1;
    draw.below(length)
}

/// A character of a text, by its place.
pub(super) fn nth(text: &str, place: usize) -> char {
    text.chars().nth(place).unwrap_or('明')
}

/// A surname; now and then one of two characters.
pub(super) fn surname(draw: &mut Draw) -> String {
    if draw.chance(8) {
        return COMPOUND[draw.below(COMPOUND.len())].to_owned();
    }
    let place = skewed(draw, SURNAMES.chars().count());
    nth(SURNAMES, place).to_string()
}

/// A character of a given name.
pub(super) fn given(draw: &mut Draw) -> char {
    let group = SOUNDS[draw.below(SOUNDS.len())];
    let place = skewed(draw, group.chars().count());
    nth(group, place)
}

/// Another character of the same sound, where there is one.
pub(super) fn same_sound(character: char, draw: &mut Draw) -> char {
    let group = SOUNDS.iter().find(|group| group.contains(character)).copied().unwrap_or_default();
    let others: Vec<char> = group.chars().filter(|&other| other != character).collect();
    if others.is_empty() { character } else { others[draw.below(others.len())] }
}

/// The traditional or variant form, where there is one.
pub(super) fn variant(character: char) -> char {
    other_of(VARIANTS, character)
}

/// A character that looks like it, where there is one.
pub(super) fn look_alike(character: char) -> char {
    other_of(LOOKS, character)
}

fn other_of(pairs: &str, character: char) -> char {
    let mut pairs = pairs.split_whitespace().map(|pair| (nth(pair, 0), nth(pair, 1)));
    pairs.find(|&(one, _)| one == character).map_or(character, |(_, other)| other)
}
