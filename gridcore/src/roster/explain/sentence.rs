//! Explanations as sentences.

use std::fmt::Write as _;

use super::words::{level, percent, reason, said, signed, state};
use super::{Explanation, RowExplanation, Step};
use crate::error::Lang;

impl Step {
    /// What the comparison adds in all, in bits.
    #[must_use]
    pub fn bits(&self) -> f64 {
        self.weight + self.term_frequency
    }

    fn said(&self, lang: Lang) -> String {
        let mut text = format!("{} {}", self.comparison, level(self.kind, &self.level, lang));
        let _ = match (&self.left_value, &self.right_value) {
            (Some(left), Some(right)) if left == right => write!(text, " ({left})"),
            (Some(left), Some(right)) => write!(text, " ({left} | {right})"),
            _ => Ok(()),
        };
        text.push(' ');
        text.push_str(&signed(self.bits()));
        if self.term_frequency > 0.05 {
            text.push_str(&said(lang, ", a rare value", "，少见的值"));
        } else if self.term_frequency < -0.05 {
            text.push_str(&said(lang, ", a common value", "，常见的值"));
        }
        text
    }
}

impl Explanation {
    /// The explanation as a sentence: the verdict, then what speaks for it and against it, the heaviest first, in bits (a bit
    /// doubles the odds).
    #[must_use]
    pub fn sentence(&self, lang: Lang) -> String {
        let mut text = match lang {
            Lang::En => format!("{} and {}: ", self.left, self.right),
            Lang::Zh => format!("{} 与 {}：", self.left, self.right),
        };
        let verdict = match (self.linked, self.decided) {
            (true, true) => said(lang, "the same person, as somebody decided", "经人工判定为同一人"),
            (false, true) => said(lang, "different people, as somebody decided", "经人工判定为不同的人"),
            (true, false) => said(lang, "held to be the same person", "判为同一人"),
            (false, false) => said(lang, "not put together", "未判为同一人"),
        };
        text.push_str(&verdict);
        let total = signed(self.weight);
        let _ = match lang {
            Lang::En => write!(text, ", probability {} ({total} bits).", percent(self.probability)),
            Lang::Zh => write!(text, "，概率 {}（{total} 比特）。", percent(self.probability)),
        };
        let mut parts: Vec<(f64, String)> = self
            .steps
            .iter()
            .filter(|step| step.m.is_some())
            .map(|step| (step.bits(), step.said(lang)))
            .collect();
        let before = said(lang, "before anything is compared", "比较之前");
        parts.push((self.prior, format!("{before} {}", signed(self.prior))));
        if self.company.abs() >= 0.05 {
            let company = said(lang, "all fields taken together", "各项合并考虑");
            parts.push((self.company, format!("{company} {}", signed(self.company))));
        }
        parts.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
        let list = |wanted: fn(f64) -> bool| {
            let list: Vec<&str> =
                parts.iter().filter(|part| wanted(part.0)).map(|part| part.1.as_str()).collect();
            list.join(&said(lang, "; ", "；"))
        };
        let silent: Vec<&str> =
            self.steps.iter().filter(|step| step.m.is_none()).map(|step| step.comparison.as_str()).collect();
        for (en, zh, list) in [
            (" For it: ", "支持：", list(|bits| bits > 0.0)),
            (" Against it: ", "反对：", list(|bits| bits < 0.0)),
            (" Silent: ", "未起作用：", silent.join(&said(lang, ", ", "、"))),
        ] {
            if !list.is_empty() {
                text.push_str(&said(lang, en, zh));
                text.push_str(&list);
                text.push_str(&said(lang, ".", "。"));
            }
        }
        text
    }
}

impl RowExplanation {
    /// The explanation as a sentence: the state, why, and what came nearest.
    #[must_use]
    pub fn sentence(&self, lang: Lang) -> String {
        let mut text = match lang {
            Lang::En => format!("{} is {}", self.id, state(self.state, lang)),
            Lang::Zh => format!("{}：{}", self.id, state(self.state, lang)),
        };
        if let Some(with) = &self.with {
            let _ = match lang {
                Lang::En => write!(text, " with {with}"),
                Lang::Zh => write!(text, "（{with}）"),
            };
        }
        if let Some(why) = self.reason {
            text.push_str(&said(lang, ": ", "，"));
            text.push_str(&reason(why, lang));
        }
        text.push_str(&said(lang, ".", "。"));
        let near: Vec<String> = self
            .candidates
            .iter()
            .map(|candidate| {
                let (likely, bits) = (percent(candidate.probability), signed(candidate.weight));
                let mut near = format!("{} {likely} ({bits})", candidate.id);
                if let Some(with) = candidate.with.as_ref().filter(|with| **with != self.id) {
                    let state = state(candidate.state, lang);
                    let _ = match lang {
                        Lang::En => write!(near, ", {state} with {with}"),
                        Lang::Zh => write!(near, "，{state}（{with}）"),
                    };
                }
                near
            })
            .collect();
        if !near.is_empty() {
            text.push_str(&said(lang, " Nearest: ", "最相近："));
            text.push_str(&near.join(&said(lang, "; ", "；")));
            text.push_str(&said(lang, ".", "。"));
        }
        text
    }
}
