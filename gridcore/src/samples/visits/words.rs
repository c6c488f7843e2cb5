//! Characters that invented names are made of, and how a listener or a keyboard confuses them.

use crate::samples::rng::Rng;

/// Surnames, the commonest of the province first.
pub(super) const SURNAMES: [&str; 96] = [
    "陈", "李", "黄", "梁", "张", "林", "何", "吴", "刘", "郑", "冯", "罗", "王", "周", "杨", "谭", "邓",
    "曾", "萧", "高", "钟", "苏", "卢", "蔡", "郭", "朱", "徐", "潘", "余", "彭", "谢", "叶", "胡", "赵",
    "孙", "马", "袁", "杜", "麦", "区", "程", "方", "严", "甘", "阮", "容", "关", "孔", "欧阳", "江", "邝",
    "汤", "唐", "许", "莫", "廖", "伍", "龙", "韦", "简", "古", "温", "蒋", "姚", "邱", "姜", "崔", "田",
    "范", "石", "夏", "贾", "付", "白", "邹", "孟", "熊", "秦", "尹", "薛", "段", "雷", "侯", "陶", "黎",
    "贺", "顾", "毛", "郝", "龚", "邵", "万", "钱", "司徒", "上官", "诸葛",
];

/// Characters of given names; those that sound alike stand together.
const SOUNDS: [&str; 64] = [
    "伟玮炜纬",
    "明铭鸣",
    "华骅桦",
    "文雯闻纹",
    "芳坊",
    "丽莉俐立励",
    "静靖婧敬",
    "敏闵",
    "强蔷",
    "军君钧均",
    "洋阳扬杨旸",
    "勇永咏泳",
    "艳燕彦雁",
    "杰洁捷婕",
    "娟涓鹃",
    "涛韬",
    "超",
    "秀绣",
    "霞侠",
    "平萍屏",
    "刚钢",
    "桂贵",
    "英莹瑛颖盈",
    "玉钰裕煜",
    "兰岚蓝",
    "红宏鸿泓",
    "健建剑",
    "国",
    "志智治致",
    "鹏朋",
    "飞菲霏",
    "宇雨羽",
    "浩皓昊",
    "子梓紫",
    "轩萱",
    "涵晗含",
    "欣心昕馨新",
    "怡仪宜",
    "佳嘉家",
    "琪棋琦",
    "思诗",
    "远源媛",
    "晨辰宸",
    "曦希熙",
    "博",
    "俊峻",
    "豪",
    "梦",
    "瑶遥",
    "婷庭",
    "晓小",
    "东冬",
    "海",
    "春",
    "生笙",
    "德",
    "福",
    "荣蓉容",
    "庆",
    "祥翔",
    "瑞锐",
    "兴星",
    "宝",
    "珍贞臻真",
];

/// Simplified and traditional.
const TRADITIONAL: &str = "陈陳 黄黃 张張 吴吳 刘劉 郑鄭 冯馮 罗羅 杨楊 谭譚 邓鄧 萧蕭 钟鍾 苏蘇 卢盧 谢謝 叶葉 赵趙 孙孫 马馬 麦麥 \
    区區 严嚴 关關 欧歐 阳陽 邝鄺 汤湯 许許 龙龍 韦韋 简簡 温溫 蒋蔣 贾賈 邹鄒 贺賀 顾顧 龚龔 万萬 钱錢 诸諸 伟偉 玮瑋 炜煒 纬緯 \
    铭銘 鸣鳴 华華 骅驊 桦樺 闻聞 纹紋 丽麗 励勵 静靜 闵閔 强強 军軍 钧鈞 扬揚 旸暘 咏詠 艳艷 彦彥 杰傑 洁潔 鹃鵑 涛濤 韬韜 绣繡 \
    侠俠 苹蘋 刚剛 钢鋼 贵貴 莹瑩 颖穎 钰鈺 兰蘭 岚嵐 蓝藍 红紅 鸿鴻 剑劍 国國 鹏鵬 飞飛 紫紫 轩軒 仪儀 诗詩 远遠 梦夢 瑶瑤 遥遙 \
    晓曉 东東 荣榮 庆慶 锐銳 兴興 宝寶 贞貞";

/// Roads; the addresses along them are invented.
pub(super) const ROADS: [&str; 24] = [
    "兴中", "孙文", "康华", "民权", "博爱", "岐关", "中山", "逸仙", "悦来", "湖滨", "学院", "体育", "青溪",
    "莲塘", "富华", "长江", "起湾", "凤鸣", "永安", "翠景", "和平", "南江", "东明", "康乐",
];

/// A place in a list, the first ones far likelier: of a hundred the first is drawn about five times in a hundred.
pub(super) fn skewed(rng: &mut Rng, length: usize) -> usize {
    let length = rng.between(1, length as u64);
    rng.below(length) as usize
}

/// A character of a given name.
pub(super) fn given(rng: &mut Rng) -> char {
    let group = SOUNDS[skewed(rng, SOUNDS.len())];
    let place = skewed(rng, group.chars().count());
    group.chars().nth(place).unwrap_or('明')
}

/// Another character that sounds the same, where there is one.
pub(super) fn same_sound(character: char, rng: &mut Rng) -> char {
    let group = SOUNDS.iter().find(|group| group.contains(character)).copied().unwrap_or_default();
    let others: Vec<char> = group.chars().filter(|&other| other != character).collect();
    others.get(rng.below(others.len() as u64) as usize).copied().unwrap_or(character)
}

/// The traditional form, where it differs.
pub(super) fn traditional(character: char) -> char {
    let mut pairs = TRADITIONAL.split_whitespace().filter_map(|pair| {
        let mut pair = pair.chars();
        pair.next().zip(pair.next())
    });
    pairs.find(|&(simplified, _)| simplified == character).map_or(character, |(_, traditional)| traditional)
}
