//! The picture: cells in the colours of their classes, a title, a legend, notes; as SVG.

use std::fmt::Write as _;

use crate::error::Lang;
use crate::id::GridIndex;

use super::classes::{breaks, colour};
use super::fault::MapOptionsError;
use super::options::{Breaks, MapArea, MapOptions};
use super::strength::StrengthMap;
use super::svg::{escaped, number, numbers, width};
use super::treemap::{Frame, treemap};
use super::values::{Value, Values};

/// The colour of cells with nobody.
const NOBODY: &str = "#ececec";
const MARGIN: f64 = 16.0;
const HEAD: f64 = 44.0;
const LINE: f64 = 18.0;
const SMALL: f64 = 12.0;

/// The outline of a cell in the picture.
pub(crate) enum Shape {
    /// A rectangle.
    Frame(Frame),
    /// The data of an SVG path.
    #[cfg(feature = "geo")]
    Path(String),
}

/// What is to be drawn, in a frame of its own.
pub(crate) struct Drawing {
    /// Each cell with its outlines; none for a cell that cannot be drawn.
    pub(crate) cells: Vec<(GridIndex, Value, Vec<Shape>)>,
    /// Lines over the cells: the borders of the grids under the root.
    pub(crate) lines: Vec<Shape>,
    /// Names over the cells, each with its top left corner.
    pub(crate) labels: Vec<(f64, f64, String)>,
    /// Notes for the foot of the picture.
    pub(crate) notes: Vec<String>,
}

fn say(lang: Lang, en: impl Into<String>, zh: impl Into<String>) -> String {
    match lang {
        Lang::En => en.into(),
        Lang::Zh => zh.into(),
    }
}

/// One entry of the legend: a colour and what it stands for.
struct Entry {
    fill: &'static str,
    text: String,
}

/// The classes of a picture and how many cells each has.
struct Legend {
    ends: Vec<u64>,
    entries: Vec<Entry>,
}

impl Legend {
    fn new(values: &Values, options: &MapOptions) -> Self {
        let shown = |&(_, value): &(GridIndex, Value)| match value {
            Value::Shown(number) => Some(number),
            Value::Withheld => None,
        };
        let numbers: Vec<u64> = values.cells.iter().filter_map(shown).collect();
        let ends = breaks(numbers.clone(), options.classes, options.breaks);
        let mut counts = vec![0_usize; ends.len()];
        let mut nobody = 0;
        for &number in &numbers {
            match ends.iter().position(|&end| number <= end) {
                Some(class) if number > 0 => counts[class] += 1,
                _ => nobody += 1,
            }
        }
        let cells = |count: usize| say(options.lang, format!("{count} cells"), format!("{count} 格"));
        let mut entries = Vec::new();
        if nobody > 0 {
            entries.push(Entry { fill: NOBODY, text: format!("0 ({})", cells(nobody)) });
        }
        let mut from = numbers.iter().copied().filter(|&number| number > 0).min().unwrap_or(1);
        for (class, (&end, &count)) in ends.iter().zip(&counts).enumerate() {
            let range = if from == end { end.to_string() } else { format!("{from}–{end}") };
            entries
                .push(Entry { fill: colour(class, ends.len()), text: format!("{range} ({})", cells(count)) });
            from = end.saturating_add(1);
        }
        let withheld = values.cells.len() - numbers.len();
        if withheld > 0 {
            let text = say(options.lang, "withheld", "不公布");
            entries.push(Entry {
                fill: "url(#gridcore-withheld)",
                text: format!("{text} ({})", cells(withheld)),
            });
        }
        Self { ends, entries }
    }

    fn fill(&self, value: Value) -> &'static str {
        match value {
            Value::Withheld => "url(#gridcore-withheld)",
            Value::Shown(0) => NOBODY,
            Value::Shown(number) => {
                let class = self.ends.iter().position(|&end| number <= end).unwrap_or(self.ends.len());
                colour(class, self.ends.len())
            }
        }
    }

    /// The entries in lines that fit.
    fn lines(&self, room: f64) -> Vec<Vec<(f64, &Entry)>> {
        let mut lines: Vec<Vec<(f64, &Entry)>> = vec![Vec::new()];
        let mut x = 0.0;
        for entry in &self.entries {
            let wide = 22.0 + width(&entry.text, SMALL) + 14.0;
            if x > 0.0 && x + wide > room {
                lines.push(Vec::new());
                x = 0.0;
            }
            if let Some(line) = lines.last_mut() {
                line.push((x, entry));
            }
            x += wide;
        }
        lines
    }
}

/// What stands at the foot of every picture.
fn notes(values: &Values, options: &MapOptions) -> Vec<String> {
    let lang = options.lang;
    let Values { roster, above, .. } = *values;
    let inside = roster - above;
    let mut notes = vec![say(
        lang,
        format!("{roster} people in all: {inside} in the cells shown, {above} at grids above them."),
        format!("共 {roster} 人：图中各格 {inside} 人，上级网格 {above} 人。"),
    )];
    let by = match options.breaks {
        Breaks::Quantile => {
            say(lang, "Classes by quantiles of the cells with anybody.", "按有人网格的分位数分级。")
        }
        Breaks::Equal => say(lang, "Classes of equal width.", "等间距分级。"),
    };
    notes[0] = format!("{} {by}", notes[0]);
    if options.min_cell > 1 {
        let most = options.min_cell - 1;
        notes.push(say(
            lang,
            format!("Numbers from 1 to {most} are withheld, and one more where a sum would give a single one away."),
            format!("1 至 {most} 的数不公布；若仅一格不公布，则另隐去一格，以免由总数推知。"),
        ));
    }
    notes
}

/// Writes the picture; `fill` fills a frame of the given place with a drawing.
pub(crate) fn draw(
    map: &StrengthMap,
    options: &MapOptions,
    values: &Values,
    fill: impl FnOnce(Frame) -> Drawing,
) -> String {
    let [wide, high] = options.size;
    let legend = Legend::new(values, options);
    let legend_lines = legend.lines(wide - 2.0 * MARGIN);
    let mut notes = notes(values, options);
    // Room for two notes of the drawing's own.
    let foot = LINE * (legend_lines.len() + notes.len() + 2) as f64 + 12.0;
    let frame = Frame {
        x: MARGIN,
        y: HEAD,
        width: (wide - 2.0 * MARGIN).max(1.0),
        height: (high - HEAD - foot).max(1.0),
    };
    let drawing = fill(frame);
    notes.extend(drawing.notes.iter().cloned());

    let mut out = String::with_capacity(1024 + drawing.cells.len() * 240);
    head(&mut out, options);
    out.push_str("<g stroke=\"#fff\" stroke-width=\"0.4\">");
    for (grid, value, shapes) in &drawing.cells {
        cell(&mut out, map, options.lang, *grid, *value, legend.fill(*value), shapes);
    }
    out.push_str("</g><g fill=\"none\" stroke=\"#333\" stroke-width=\"1.2\" pointer-events=\"none\">");
    for line in &drawing.lines {
        shape(&mut out, line, "");
    }
    out.push_str("</g><g font-size=\"12\" fill=\"#111\" stroke=\"#fff\" stroke-width=\"3\" paint-order=\"stroke\" pointer-events=\"none\">");
    for (x, y, text) in &drawing.labels {
        line_of_text(&mut out, *x, *y, text);
    }
    out.push_str("</g><g font-size=\"12\" fill=\"#333\">");
    let mut y = high - foot + LINE + 4.0;
    for line in legend_lines {
        for (x, entry) in line {
            out.push_str("<rect");
            let place = [("x", MARGIN + x), ("y", y - 10.0), ("width", 16.0), ("height", 12.0)];
            numbers(&mut out, &place);
            let _ = write!(out, " fill=\"{}\" stroke=\"#999\" stroke-width=\"0.5\"/>", entry.fill);
            line_of_text(&mut out, MARGIN + x + 22.0, y, &entry.text);
        }
        y += LINE;
    }
    for note in &notes {
        line_of_text(&mut out, MARGIN, y, note);
        y += LINE;
    }
    out.push_str("</g></svg>");
    out
}

fn head(out: &mut String, options: &MapOptions) {
    let [wide, high] = options.size;
    let title = options.title.clone().unwrap_or_else(|| {
        let role = options.role.as_deref();
        match (options.lang, role) {
            (Lang::En, None) => "Staff strength by grid".to_owned(),
            (Lang::En, Some(role)) => format!("Staff strength by grid: {role}"),
            (Lang::Zh, None) => "网格人员力量分布图".to_owned(),
            (Lang::Zh, Some(role)) => format!("网格人员力量分布图：{role}"),
        }
    });
    out.push_str("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"");
    numbers(out, &[("width", wide), ("height", high)]);
    out.push_str(" viewBox=\"0 0 ");
    number(out, wide);
    out.push(' ');
    number(out, high);
    let tongue = say(options.lang, "en", "zh-CN");
    let _ = write!(
        out,
        "\" lang=\"{tongue}\" font-family=\"'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif\"><title>"
    );
    escaped(out, &title);
    out.push_str(
        "</title><defs><pattern id=\"gridcore-withheld\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" fill=\"#fff\"/>\
         <rect width=\"2\" height=\"6\" fill=\"#888\"/></pattern></defs>\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><g font-size=\"20\" font-weight=\"bold\" fill=\"#111\">",
    );
    line_of_text(out, MARGIN, 30.0, &title);
    out.push_str("</g>");
}

fn line_of_text(out: &mut String, x: f64, y: f64, text: &str) {
    out.push_str("<text");
    numbers(out, &[("x", x), ("y", y)]);
    out.push('>');
    escaped(out, text);
    out.push_str("</text>");
}

/// Writes a shape; without content it is closed at once.
fn shape(out: &mut String, shape: &Shape, content: &str) {
    let name = match shape {
        Shape::Frame(Frame { x, y, width, height }) => {
            out.push_str("<rect");
            numbers(out, &[("x", *x), ("y", *y), ("width", *width), ("height", *height)]);
            "rect"
        }
        #[cfg(feature = "geo")]
        Shape::Path(data) => {
            let _ = write!(out, "<path fill-rule=\"evenodd\" d=\"{data}\"");
            "path"
        }
    };
    if content.is_empty() {
        out.push_str("/>");
    } else {
        let _ = write!(out, "{content}</{name}>");
    }
}

/// Writes a cell: its colour, its code and number for a page to find, its path and number for a reader to hover.
fn cell(
    out: &mut String,
    map: &StrengthMap,
    lang: Lang,
    grid: GridIndex,
    value: Value,
    fill: &str,
    shapes: &[Shape],
) {
    let tree = map.tree();
    let mut rest = format!(" fill=\"{fill}\" data-code=\"");
    escaped(&mut rest, &tree.code(grid).to_string());
    rest.push('"');
    if let Value::Shown(number) = value {
        let _ = write!(rest, " data-value=\"{number}\"");
    }
    rest.push_str("><title>");
    for (place, above) in tree.path(grid).into_iter().enumerate() {
        if place > 0 {
            rest.push_str(" › ");
        }
        escaped(&mut rest, tree.name(above));
    }
    let _ = match (value, lang) {
        (Value::Shown(number), Lang::En) => write!(rest, ": {number} people"),
        (Value::Shown(number), Lang::Zh) => write!(rest, "：{number} 人"),
        (Value::Withheld, Lang::En) => write!(rest, ": withheld"),
        (Value::Withheld, Lang::Zh) => write!(rest, "：不公布"),
    };
    rest.push_str("</title>");
    for one in shapes {
        shape(out, one, &rest);
    }
}

impl StrengthMap {
    /// Draws the map as a squarified treemap, in SVG: each cell a rectangle in the colour of its class.
    ///
    /// The rectangles of a grid fill that of its parent. A cell carries its code and number as `data-code` and `data-value`
    /// and its path of names as a tooltip; a page can style it and attach clicks. Cells with nobody are grey, not left out.
    ///
    /// ```
    /// use gridcore::map::{CountRow, MapOptions, StrengthMap};
    /// use gridcore::{GridRow, GridTree, Lang};
    /// let tree = GridTree::from_rows([GridRow::new("1", "城区"), GridRow::new("11", "<北>").under("1")])?;
    /// let map = StrengthMap::new(&tree, [CountRow::new("11", "网格员", 3.0)])?;
    /// let picture = map.to_svg(&MapOptions::new().lang(Lang::Zh))?;
    /// assert!(picture.contains("<title>城区 › &lt;北&gt;：3 人</title>"));
    /// assert!(picture.contains("网格人员力量分布图"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`MapOptionsError`] with every wish that cannot be met.
    ///
    /// # Complexity
    /// O(n log n) time for n grids; the text has some 200 bytes a cell.
    pub fn to_svg(&self, options: &MapOptions) -> Result<String, MapOptionsError> {
        options.check(self)?;
        let values = Values::new(self, options, false);
        let tree = self.tree();
        let mut is_cell = vec![false; tree.len()];
        for (grid, _) in &values.cells {
            is_cell[grid.get()] = true;
        }
        let weights = self.areas(options);
        Ok(draw(self, options, &values, |frame| {
            let frames = treemap(tree, &weights, &is_cell, frame);
            let mut left_out = 0;
            let cells = values.cells.iter().map(|&(grid, value)| {
                let frame = frames[grid.get()].filter(|frame| frame.width * frame.height > 0.0);
                left_out += usize::from(frame.is_none());
                (grid, value, frame.map(Shape::Frame).into_iter().collect())
            });
            let cells = cells.collect();
            let mut drawing = Drawing { cells, lines: Vec::new(), labels: Vec::new(), notes: Vec::new() };
            for child in tree.children(tree.root()).filter(|child| !is_cell[child.get()]) {
                let Some(frame) = frames[child.get()] else { continue };
                drawing.lines.push(Shape::Frame(frame));
                let name = tree.name(child);
                if frame.height > 18.0 && width(name, SMALL) + 8.0 < frame.width {
                    drawing.labels.push((frame.x + 4.0, frame.y + 14.0, name.to_owned()));
                }
            }
            drawing.notes.push(match &options.area {
                MapArea::Leaves => say(
                    options.lang,
                    "Each rectangle is as large as its number of leaf grids; it shows no place.",
                    "矩形面积表示末级网格数，不表示位置。",
                ),
                MapArea::Weight(name) => say(
                    options.lang,
                    format!("Each rectangle is as large as its {name}; it shows no place. Cells left out: {left_out}."),
                    format!("矩形面积表示 {name}，不表示位置；未画出 {left_out} 格。"),
                ),
            });
            drawing
        }))
    }

    /// What the area of each grid stands for, summed up the tree.
    fn areas(&self, options: &MapOptions) -> Vec<f64> {
        let tree = self.tree();
        let mut weights = vec![0.0; tree.len()];
        for grid in tree.indices().filter(|&grid| tree.is_leaf(grid)) {
            weights[grid.get()] = match &options.area {
                MapArea::Leaves => 1.0,
                MapArea::Weight(name) => {
                    tree.weight(grid, name).filter(|weight| *weight > 0.0).unwrap_or(0.0)
                }
            };
        }
        for place in (1..weights.len()).rev() {
            if let Some(parent) = tree.at(place).and_then(|grid| tree.parent(grid)) {
                weights[parent.get()] += weights[place];
            }
        }
        weights
    }
}
