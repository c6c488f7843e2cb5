//! What the tables of simplification leave out: variants in personal names, compound surnames, readings of surnames.

/// Pairs of a graphic variant and the character it is a form of. Characters that are surnames of their own stay apart
/// (闫 and 阎, 肖 and 萧, 邱 and 丘, 付 and 傅): they sound alike, which the comparison sees.
pub(super) const VARIANTS: &str = "峯峰 羣群 昇升 陞升 喆哲 嚞哲 靑青 眞真 堃坤 淩凌 珮佩 璿璇 甦苏 勛勋 勳勋 燄焰 鉅巨 甯宁 \
寗宁 濬浚 湧涌 逈迥 迺乃 囍喜 嫺娴 棊棋 碁棋 楳梅 邨村 畊耕 畧略 疎疏 皁皂 皜皓 晧皓 盃杯 祕秘 秌秋 穐秋 咲笑 粧妆 緜绵 翶翱 脩修 菴庵 蘓苏 觧解 訢欣 \
谿溪 豔艳 豓艳 蹟迹 遯遁 隣邻 銕铁 鉄铁 鋭锐 閑闲 頴颖 頥颐 飃飘 髙高 鬪斗 鳯凤 麤粗 黒黑 黃黄 齢龄 斈学 戸户 戶户 呉吴 呂吕 冨富 凃涂 兪俞 況况 劒剑 劔剑 \
勅敕 卋世 喦岩 巖岩 嵒岩 嵓岩 埜野 壄野 墖塔 夀寿 寳宝 尒尔 嶋岛 嶌岛 崐昆 崑昆 崙仑 峩峨 庻庶 彛彝 彜彝 徳德 悳德 惪德 恆恒 悅悦 敍叙 旾春 旹时 暎映 \
朙明 朞期 枏楠 柟楠 栢柏 栁柳 桺柳 桒桑 梹槟 棃梨 椶棕 榘矩 樑梁 歩步 沢泽 泝溯 淸清 渉涉 渕渊 済济 湻淳 湼涅 滙汇 濶阔 灋法 炤照 烱炯 煇辉 燿耀 爗烨 \
牀床 犂犁 玅妙 琹琴 瑯琅 瑠琉 彥彦 產产 內内 冊册 別别 刪删 戔戋 溫温 說说 稅税 銳锐 脫脱 衞卫 錄录 綠绿 強强 彊强 菓果 葢盖 蓋盖 巗岩 舘馆 麽么 \
爾尔 愼慎 鎭镇 値值 姬姬 皐皋 臯皋 厤历 暦历 歴历 咊和 龢和 鞏巩 壻婿 嬭奶 妳你 姉姊 弌一 弍二 弎三 仝同 亁乾 凉涼 曡叠 氷冰 冫冰 竝并 並并 併并";

/// Surnames of two characters (复姓).
pub(super) const COMPOUND: &str = "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 \
太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 \
东郭 南门 羊舌 微生 公户 公玉 公仪 梁丘 公仲 公上 公门 公山 公坚 左丘 公伯 西门 公祖 第五 公乘 贯丘 公皙 南荣 东里 东宫 仲长 子书 子桑 即墨 达奚 褚师 单于 纳兰 \
叶赫 完颜 耶律 爱新 那拉 富察 钮祜";

/// Surnames that are read otherwise than the character elsewhere.
pub(super) const READINGS: &str = "单shan 仇qiu 解xie 曾zeng 区ou 查zha 盖ge 朴piao 任ren 华hua 宁ning 翟zhai 覃qin 尹yin 冼xian 洗xian \
种chong 乐yue 召shao 员yun 秘bi 折she 黑he 尉wei 缪miao 繁po 逄pang 晟cheng 不fou 乜nie 葛ge 郗xi 祭zhai 句gou 车che 石shi 谌chen 褚chu 晁chao 应ying 盛sheng 相xiang \
燕yan 曲qu 佴nai 过guo 哈ha 纪ji 钻zuan 那na 都du 卜bu 宓mi 隗wei 牟mou 万wan 沈shen 贾jia 重chong 教jiao 参shen 适kuo 洗xian 令ling 少shao 么yao 訾zi 仉zhang 载zai 牛niu \
能nai 洪hong 阚kan 邸di 长chang 调tiao 暴bao 阿a 传chuan 行xing 强qiang 难ning 撒sa 芮rui 芈mi 逯lu 瞿qu";

/// Compound surnames whose characters are read otherwise than alone.
pub(super) const COMPOUND_READINGS: &str = "尉迟yu,chi 万俟mo,qi 长孙zhang,sun 澹台tan,tai 单于chan,yu 宰父zai,fu 亓官qi,guan 鲜于xian,yu 子车zi,ju 令狐ling,hu 乐正yue,zheng";

/// Forms of address after a name.
pub(super) const TITLES: [[char; 2]; 6] =
    [['先', '生'], ['女', '士'], ['小', '姐'], ['太', '太'], ['同', '志'], ['阿', '姨']];
