//! The schemes that come with the crate.
//!
//! Their segments follow published descriptions of the codes; conformance to a standard is not claimed.

use super::{CodeScheme, CodeSegment, SchemeDefinition};

/// Makes a built-in scheme.
fn sound(definition: SchemeDefinition) -> CodeScheme {
    definition.build().expect("a built-in scheme has no fault")
}

impl CodeScheme {
    /// The names of the built-in schemes, for [`builtin`](Self::builtin).
    pub const BUILTINS: [&str; 4] = ["nbs", "beijing_db11", "cjt_349", "free_text"];

    /// A built-in scheme by its name.
    ///
    /// ```
    /// use gridcore::CodeScheme;
    /// for name in CodeScheme::BUILTINS {
    ///     assert_eq!(CodeScheme::builtin(name).unwrap().name(), name);
    /// }
    /// assert!(CodeScheme::builtin("other").is_none());
    /// ```
    #[must_use]
    pub fn builtin(name: &str) -> Option<Self> {
        match name {
            "nbs" => Some(Self::nbs()),
            "beijing_db11" => Some(Self::beijing_db11()),
            "cjt_349" => Some(Self::cjt_349()),
            "free_text" => Some(Self::free_text()),
            _ => None,
        }
    }

    /// The codes of the National Bureau of Statistics (统计用区划代码): 2, 4, 6, 9 or 12 digits, nested.
    ///
    /// Province, prefecture, county (2 digits each), town and village (3 each). The bureau's coding rules give ranges
    /// a meaning: towns 001–099 are streets (街道), 100–199 towns (镇), 200–399 townships (乡), 400–599 joint units of
    /// government and enterprise (政企合一单位); villages 001–199 are residents' (居民委员会), 200–399 villagers'
    /// committees (村民委员会). Codes filled up with zeros to 12 digits: see [`strip`](Self::strip).
    ///
    /// ```
    /// use gridcore::CodeScheme;
    /// let code = CodeScheme::nbs().parse("442000118201")?;
    /// assert_eq!(code.get("town"), Some("118"));
    /// assert_eq!(code.part("town").unwrap().class_zh.as_deref(), Some("镇"));
    /// assert_eq!(code.part("village").unwrap().class_zh.as_deref(), Some("村民委员会"));
    /// # Ok::<(), gridcore::SchemeFault>(())
    /// ```
    #[must_use]
    pub fn nbs() -> Self {
        let town = CodeSegment::digits("town", "镇街", 3)
            .class("street", "街道", 1, 99)
            .class("town", "镇", 100, 199)
            .class("township", "乡", 200, 399)
            .class("joint_unit", "政企合一单位", 400, 599);
        let village = CodeSegment::digits("village", "村居", 3)
            .class("residents_committee", "居民委员会", 1, 199)
            .class("villagers_committee", "村民委员会", 200, 399);
        sound(
            SchemeDefinition::nested("nbs", "统计用区划代码")
                .segment(CodeSegment::digits("province", "省", 2))
                .segment(CodeSegment::digits("prefecture", "市", 2))
                .segment(CodeSegment::digits("county", "县", 2))
                .segment(town)
                .segment(village),
        )
    }

    /// The codes of Beijing's local standards (DB11) for grids: 6, 9, 12 or 15 digits, nested.
    ///
    /// County (6 digits), street, community and grid sequence (3 each), so up to 999 grids in a community.
    ///
    /// ```
    /// use gridcore::CodeScheme;
    /// let grid = CodeScheme::beijing_db11().parse("110105001002003")?;
    /// assert_eq!(grid.get("sequence"), Some("003"));
    /// # Ok::<(), gridcore::SchemeFault>(())
    /// ```
    #[must_use]
    pub fn beijing_db11() -> Self {
        sound(
            SchemeDefinition::nested("beijing_db11", "北京地方标准网格编码")
                .segment(CodeSegment::digits("county", "区县", 6))
                .segment(CodeSegment::digits("street", "街道", 3))
                .segment(CodeSegment::digits("community", "社区", 3))
                .segment(CodeSegment::digits("sequence", "顺序号", 3)),
        )
    }

    /// The 20-digit codes of CJ/T 349-2010 (城市市政综合监管信息系统): flat, since the class of the object stands first.
    ///
    /// Object class and county (6 digits each), street and community (3 each), sequence (2): up to 99 of a class in
    /// a community.
    ///
    /// ```
    /// use gridcore::CodeScheme;
    /// let scheme = CodeScheme::cjt_349();
    /// let code = scheme.parse("01010144200000100742")?;
    /// assert_eq!(code.get("community"), Some("007"));
    /// assert_eq!(scheme.parent_of(code.code()), None); // no prefix of it is a community
    /// # Ok::<(), gridcore::SchemeFault>(())
    /// ```
    #[must_use]
    pub fn cjt_349() -> Self {
        sound(
            SchemeDefinition::flat("cjt_349", "CJ/T 349-2010 部件编码")
                .segment(CodeSegment::digits("class", "类别", 6))
                .segment(CodeSegment::digits("county", "县", 6))
                .segment(CodeSegment::digits("street", "街道", 3))
                .segment(CodeSegment::digits("community", "社区", 3))
                .segment(CodeSegment::digits("sequence", "顺序号", 2)),
        )
    }

    /// Free text (自由文本): every [`GridCode`](crate::GridCode) is a code.
    ///
    /// ```
    /// use gridcore::CodeScheme;
    /// assert!(CodeScheme::free_text().check("东区-3号").is_ok());
    /// assert!(CodeScheme::free_text().check(" ").is_err());
    /// ```
    #[must_use]
    pub fn free_text() -> Self {
        sound(SchemeDefinition::free_text("free_text", "自由文本"))
    }
}
