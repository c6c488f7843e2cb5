//! An explanation as a waterfall chart: each bar begins where the one above it ended.

use std::fmt::Write as _;

use super::Explanation;
use super::words::{level, percent, said, signed};
use crate::error::Lang;
use crate::map::{escaped, number, numbers, width};

const WIDE: f64 = 720.0;
const LINE: f64 = 24.0;
const HEAD: f64 = 40.0;
const MARGIN: f64 = 12.0;
const NAMES: f64 = 270.0;
const FIGURES: f64 = 56.0;
const SMALL: f64 = 12.0;
/// Bars: what speaks for the same person, what against it, the sum. Told apart by hue and by lightness.
const FOR: &str = "#2c7fb8";
const AGAINST: &str = "#d95f0e";
const SUM: &str = "#4d4d4d";

struct Bar {
    name: String,
    from: f64,
    to: f64,
    fill: &'static str,
}

impl Explanation {
    fn bars(&self, lang: Lang) -> Vec<Bar> {
        let mut at = 0.0;
        let mut bars = Vec::new();
        let mut add = |name: String, bits: f64| {
            bars.push(Bar { name, from: at, to: at + bits, fill: if bits < 0.0 { AGAINST } else { FOR } });
            at += bits;
        };
        add(said(lang, "before anything is compared", "比较之前"), self.prior);
        for step in &self.steps {
            add(format!("{}: {}", step.comparison, level(step.kind, &step.level, lang)), step.bits());
        }
        if self.company != 0.0 {
            add(said(lang, "all fields taken together", "各项合并考虑"), self.company);
        }
        bars.push(Bar { name: said(lang, "in all", "合计"), from: 0.0, to: self.weight, fill: SUM });
        bars
    }

    /// The explanation as a picture, an SVG text: a bar for each comparison, in bits, the same on every platform. It holds no
    /// values of the rows.
    #[must_use]
    pub fn waterfall(&self, lang: Lang) -> String {
        let bars = self.bars(lang);
        let ends = bars.iter().flat_map(|bar| [bar.from, bar.to]);
        let (least, most) =
            ends.fold((0.0_f64, 0.0_f64), |(least, most), end| (least.min(end), most.max(end)));
        let room = WIDE - 2.0 * MARGIN - NAMES - FIGURES;
        let scale = room / (most - least).max(1.0);
        let x = |bits: f64| MARGIN + NAMES + (bits - least) * scale;
        let high = HEAD + LINE * bars.len() as f64 + MARGIN;
        let mut svg = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\"");
        numbers(&mut svg, &[("width", WIDE), ("height", high)]);
        svg.push_str(" viewBox=\"0 0 ");
        number(&mut svg, WIDE);
        svg.push(' ');
        number(&mut svg, high);
        svg.push_str("\" font-family=\"sans-serif\" role=\"img\"><title>");
        let total = signed(self.weight);
        let title = match lang {
            Lang::En => format!("Weight {total} bits, probability {}", percent(self.probability)),
            Lang::Zh => format!("权重 {total} 比特，概率 {}", percent(self.probability)),
        };
        escaped(&mut svg, &title);
        svg.push_str("</title><rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
        text(&mut svg, (MARGIN, 24.0), (15.0, "#222222", "start"), &title);
        svg.push_str("<line stroke=\"#999999\"");
        numbers(&mut svg, &[("x1", x(0.0)), ("x2", x(0.0)), ("y1", HEAD - 4.0), ("y2", high - MARGIN + 4.0)]);
        svg.push_str("/>");
        for (line, bar) in bars.iter().enumerate() {
            let top = HEAD + LINE * line as f64;
            let base = top + LINE / 2.0 + SMALL / 3.0;
            text(&mut svg, (MARGIN, base), (SMALL, "#222222", "start"), &fitted(&bar.name));
            let (start, end) = (x(bar.from.min(bar.to)), x(bar.from.max(bar.to)));
            let _ = write!(svg, "<rect fill=\"{}\"", bar.fill);
            let shape =
                [("x", start), ("y", top + 4.0), ("width", (end - start).max(0.5)), ("height", LINE - 8.0)];
            numbers(&mut svg, &shape);
            svg.push_str("/>");
            text(&mut svg, (WIDE - MARGIN, base), (SMALL, "#222222", "end"), &signed(bar.to - bar.from));
        }
        svg.push_str("</svg>");
        svg
    }
}

/// A name cut to the room that there is for it.
fn fitted(name: &str) -> String {
    if width(name, SMALL) <= NAMES - 8.0 {
        return name.to_owned();
    }
    let mut cut = String::new();
    for letter in name.chars() {
        if width(&cut, SMALL) > NAMES - 8.0 - 2.0 * SMALL {
            break;
        }
        cut.push(letter);
    }
    cut.push('…');
    cut
}

fn text(svg: &mut String, (x, y): (f64, f64), (size, fill, anchor): (f64, &str, &str), words: &str) {
    svg.push_str("<text");
    numbers(svg, &[("x", x), ("y", y), ("font-size", size)]);
    let _ = write!(svg, " fill=\"{fill}\" text-anchor=\"{anchor}\">");
    escaped(svg, words);
    svg.push_str("</text>");
}
