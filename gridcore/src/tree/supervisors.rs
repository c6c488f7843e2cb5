//! Supervisors (督导): the fewest extra grids, and where, that bring every span of control to a bound.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::GridTree;
use crate::error::{Fault, Lang, Problem};
use crate::id::{GridCode, GridIndex};

/// Why no number of supervisors can bring the spans to a bound.
///
/// ```
/// # use gridcore::{GridRow, GridTree};
/// # let tree = GridTree::from_rows([
/// #     GridRow::new("1", "city"),
/// #     GridRow::new("11", "north").under("1"),
/// #     GridRow::new("12", "south").under("1"),
/// # ])?;
/// use gridcore::Problem;
/// assert_eq!(tree.supervisors(1).expect_err("too small").code(), "bound_too_small");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SupervisorsError {
    /// The bound is below 2: a supervisor of one grid takes none away.
    BoundTooSmall(usize),
}

impl fmt::Display for SupervisorsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for SupervisorsError {}

impl Problem for SupervisorsError {
    fn code(&self) -> &'static str {
        "bound_too_small"
    }

    fn faults(&self) -> Vec<Fault> {
        let Self::BoundTooSmall(bound) = self;
        vec![
            Fault::new("bound_too_small")
                .found(bound, "at least 2")
                .says(
                    format!("the bound is {bound}, and a supervisor of one grid takes none away"),
                    format!("上限为 {bound}：只管一个网格的督导不能减轻任何负担"),
                )
                .remedy("use a bound of 2 or more", "请把上限设为 2 或以上"),
        ]
    }
}

/// One extra grid: what stands directly beneath it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Post {
    /// The supervisor above it, by number; none directly beneath the grid.
    under: Option<usize>,
    /// The supervisors beneath it, by number.
    supervisors: Range<usize>,
    /// The children beneath it, by their place in code order.
    children: Range<usize>,
}

/// The extra grids of one grid, and where its children go.
///
/// ```
/// # use gridcore::{GridRow, GridTree};
/// # let towns = (11..=19).map(|code| GridRow::new(code.to_string(), code.to_string()).under("1"));
/// # let tree = GridTree::from_rows(std::iter::once(GridRow::new("1", "city")).chain(towns))?;
/// let plan = tree.supervisors(5)?;
/// let city = &plan.grids()[0];
/// assert_eq!((city.grid(), city.span(), city.extra(), city.new_span()), (tree.root(), 9, 1, 5));
/// assert_eq!((city.direct_supervisors(), city.direct().len()), (0..1, 4));
/// let first = city.supervisors().next().expect("there is one");
/// assert_eq!((first.under(), first.span(), first.children().len()), (None, 5, 5));
/// assert!(city.certificate().holds());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridSupervision {
    grid: GridIndex,
    bound: usize,
    children: Vec<GridIndex>,
    /// What stays directly beneath the grid, then the supervisors from the highest down.
    top: Post,
    posts: Vec<Post>,
}

/// One supervisor of a plan.
#[derive(Clone, Copy, Debug)]
pub struct Supervisor<'p> {
    plan: &'p GridSupervision,
    number: usize,
}

impl<'p> Supervisor<'p> {
    /// Its number among the supervisors of the grid, from 0, the highest first.
    #[must_use]
    pub fn number(&self) -> usize {
        self.number
    }

    /// The number of the supervisor above it; none if it stands directly beneath the grid.
    #[must_use]
    pub fn under(&self) -> Option<usize> {
        self.plan.posts[self.number].under
    }

    /// The numbers of the supervisors directly beneath it.
    #[must_use]
    pub fn supervisors(&self) -> Range<usize> {
        self.plan.posts[self.number].supervisors.clone()
    }

    /// The grids directly beneath it, neighbours in the order of codes.
    #[must_use]
    pub fn children(&self) -> &'p [GridIndex] {
        &self.plan.children[self.plan.posts[self.number].children.clone()]
    }

    /// How many stand directly beneath it: supervisors and grids.
    #[must_use]
    pub fn span(&self) -> usize {
        self.supervisors().len() + self.children().len()
    }
}

impl GridSupervision {
    /// Plans the supervisors of one grid with more children than the bound, itself 2 or more.
    ///
    /// Each of the `k` supervisors stands beneath someone, so the `k + 1` who lead share `s + k` reports: as evenly as
    /// whole numbers allow, the larger shares at the top. Supervisors fill the highest free places, so that the plan is
    /// no deeper than it must be; the children then fill the rest in the order of codes, branch by branch.
    fn new(grid: GridIndex, children: Vec<GridIndex>, bound: usize) -> Self {
        let count = fewest(children.len(), bound);
        let (share, larger) =
            ((children.len() + count) / (count + 1), (children.len() + count) % (count + 1));
        // Who leads is numbered from the grid itself, 0, and supervisor `k` is `k + 1`, until the end.
        let mut posts: Vec<Post> = Vec::with_capacity(count + 1);
        let mut placed = 0;
        let mut above = vec![None; count];
        for leader in 0..=count {
            let span = share + usize::from(leader < larger);
            let supervisors = placed..(placed + span).min(count);
            above[supervisors.clone()].fill(leader.checked_sub(1));
            let children = 0..span - supervisors.len();
            placed = supervisors.end;
            let under = leader.checked_sub(1).and_then(|number| above[number]);
            posts.push(Post { under, supervisors, children });
        }
        // The children beneath each, through any number of supervisors: the lower ones have the higher numbers.
        let mut beneath: Vec<usize> = posts.iter().map(|post| post.children.len()).collect();
        for (number, post) in posts.iter().enumerate().rev() {
            beneath[number] += post.supervisors.clone().map(|below| beneath[below + 1]).sum::<usize>();
        }
        let mut start = vec![0; count + 1];
        for (leader, post) in posts.iter_mut().enumerate() {
            let mut next = start[leader];
            for below in post.supervisors.clone() {
                start[below + 1] = next;
                next += beneath[below + 1];
            }
            post.children = next..next + post.children.len();
        }
        let top = posts.remove(0);
        Self { grid, bound, children, top, posts }
    }

    /// The grid whose span is too wide.
    #[must_use]
    pub fn grid(&self) -> GridIndex {
        self.grid
    }

    /// How many children it has.
    #[must_use]
    pub fn span(&self) -> usize {
        self.children.len()
    }

    /// How many extra grids it needs.
    #[must_use]
    pub fn extra(&self) -> usize {
        self.posts.len()
    }

    /// The supervisors, from the highest down.
    #[must_use]
    pub fn supervisors(&self) -> impl ExactSizeIterator<Item = Supervisor<'_>> {
        (0..self.posts.len()).map(|number| Supervisor { plan: self, number })
    }

    /// The numbers of the supervisors directly beneath the grid.
    #[must_use]
    pub fn direct_supervisors(&self) -> Range<usize> {
        self.top.supervisors.clone()
    }

    /// The children that stay directly beneath the grid.
    #[must_use]
    pub fn direct(&self) -> &[GridIndex] {
        &self.children[self.top.children.clone()]
    }

    /// The grid's span once the plan is carried out: supervisors and children.
    #[must_use]
    pub fn new_span(&self) -> usize {
        self.top.supervisors.len() + self.top.children.len()
    }

    /// Why fewer do not suffice.
    #[must_use]
    pub fn certificate(&self) -> SupervisorCertificate {
        SupervisorCertificate {
            span: self.children.len(),
            bound: self.bound,
            fewest: fewest(self.children.len(), self.bound),
        }
    }
}

/// The counting bound: an extra grid takes at most `bound` reports away and adds itself, so it lowers the span by at
/// most `bound − 1`; `fewest = ⌈(span − bound) ÷ (bound − 1)⌉` is the least number that can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SupervisorCertificate {
    /// The span without extra grids.
    pub span: usize,
    /// The most that one may have directly beneath.
    pub bound: usize,
    /// The fewest extra grids that can do.
    pub fewest: usize,
}

impl SupervisorCertificate {
    /// Whether the figures are those of the counting bound.
    ///
    /// ```
    /// use gridcore::tree::SupervisorCertificate;
    /// assert!(SupervisorCertificate { span: 23, bound: 7, fewest: 3 }.holds());
    /// assert!(!SupervisorCertificate { span: 23, bound: 7, fewest: 4 }.holds());
    /// ```
    #[must_use]
    pub fn holds(&self) -> bool {
        let lowered = |extra: usize| extra as u128 * self.bound.saturating_sub(1) as u128;
        let excess = self.span.saturating_sub(self.bound) as u128;
        let suffices = lowered(self.fewest) >= excess;
        suffices && self.fewest.checked_sub(1).is_none_or(|fewer| lowered(fewer) < excess)
    }

    /// The argument in one sentence.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let Self { span, bound, fewest } = self;
        let lowered = bound.saturating_sub(1);
        match lang {
            Lang::En => format!(
                "each extra grid lowers the span by at most {lowered}: from {span} to {bound} takes at least {fewest}"
            ),
            Lang::Zh => {
                format!("每增设一个督导至多使幅度减少 {lowered}：由 {span} 降至 {bound} 至少需 {fewest} 个")
            }
        }
    }
}

/// The fewest extra grids for a span, the bound being 2 or more.
fn fewest(span: usize, bound: usize) -> usize {
    span.saturating_sub(bound).div_ceil(bound - 1)
}

/// One extra grid as a row.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SupervisorRow {
    /// The grid whose span is too wide.
    pub grid: GridCode,
    /// The number of the supervisor among those of the grid, from 0.
    pub supervisor: usize,
    /// The number of the supervisor above it; nothing if it stands directly beneath the grid.
    pub under: Option<usize>,
    /// How many supervisors and grids stand directly beneath it.
    pub span: usize,
    /// The codes of the grids directly beneath it.
    pub children: Vec<GridCode>,
}

/// The fewest extra grids that bring every span to a bound, and where: immutable, cheap to clone.
#[derive(Clone, Debug)]
pub struct SupervisorPlan {
    tree: GridTree,
    bound: usize,
    total: usize,
    grids: Arc<[GridSupervision]>,
}

impl SupervisorPlan {
    /// The most that one may have directly beneath.
    #[must_use]
    pub fn bound(&self) -> usize {
        self.bound
    }

    /// How many extra grids there are in all.
    #[must_use]
    pub fn total(&self) -> usize {
        self.total
    }

    /// The plan of each grid that needs any, in preorder.
    #[must_use]
    pub fn grids(&self) -> &[GridSupervision] {
        &self.grids
    }

    /// One row for each extra grid.
    ///
    /// ```
    /// # use gridcore::{GridRow, GridTree};
    /// # let towns = (11..=14).map(|code| GridRow::new(code.to_string(), code.to_string()).under("1"));
    /// # let tree = GridTree::from_rows(std::iter::once(GridRow::new("1", "city")).chain(towns))?;
    /// let rows: Vec<_> = tree.supervisors(3)?.rows().collect();
    /// assert_eq!((rows.len(), rows[0].under, rows[0].span), (1, None, 2));
    /// assert_eq!(rows[0].children, ["11", "12"]); // 13 and 14 stay beneath the city
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn rows(&self) -> impl Iterator<Item = SupervisorRow> {
        self.grids.iter().flat_map(move |plan| {
            plan.supervisors().map(move |supervisor| SupervisorRow {
                grid: self.tree.code(plan.grid),
                supervisor: supervisor.number(),
                under: supervisor.under(),
                span: supervisor.span(),
                children: supervisor.children().iter().map(|&child| self.tree.code(child)).collect(),
            })
        })
    }
}

impl GridTree {
    /// The fewest extra grids, and where, that leave no grid with more than `bound` directly beneath it (督导).
    ///
    /// No grid is given another parent: supervisors are put between a grid and its children, nested where they are
    /// many, and children may stay directly beneath the grid. Each supervisor leads neighbours in the order of codes,
    /// and within one grid the spans of all who lead differ by at most one.
    ///
    /// ```text
    /// city ─┬─ 7 towns                    23 towns, bound 7:
    ///       ├─ 6 towns                    ⌈(23 − 7) ÷ (7 − 1)⌉ = 3 supervisors,
    ///       ├─ 6 towns                    and 4 towns stay where they are
    ///       └─ 4 towns, directly
    /// ```
    ///
    /// ```
    /// use gridcore::{GridRow, GridTree};
    ///
    /// let city = GridRow::new("1", "city");
    /// let towns = (101..=123).map(|code| GridRow::new(code.to_string(), code.to_string()).under("1"));
    /// let tree = GridTree::from_rows(std::iter::once(city).chain(towns))?;
    /// let plan = tree.supervisors(7)?;
    /// assert_eq!(plan.total(), 3);
    /// assert_eq!(plan.grids()[0].supervisors().map(|one| one.span()).collect::<Vec<_>>(), [7, 6, 6]);
    /// assert_eq!(plan.grids()[0].direct().len(), 4);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`SupervisorsError`] if the bound is below 2.
    ///
    /// # Complexity
    /// O(n) time and space for n grids. That the number is the least follows by counting: see
    /// [`SupervisorCertificate`].
    pub fn supervisors(&self, bound: usize) -> Result<SupervisorPlan, SupervisorsError> {
        self.supervisors_under(self.root(), bound)
    }

    /// The same for a grid and everything beneath it alone.
    ///
    /// # Errors
    /// [`SupervisorsError`] if the bound is below 2.
    pub fn supervisors_under(
        &self,
        grid: GridIndex,
        bound: usize,
    ) -> Result<SupervisorPlan, SupervisorsError> {
        if bound < 2 {
            return Err(SupervisorsError::BoundTooSmall(bound));
        }
        let plan = |grid: GridIndex| {
            self.children(grid).nth(bound)?;
            Some(GridSupervision::new(grid, self.children(grid).collect(), bound))
        };
        let grids: Arc<[GridSupervision]> = self.subtree(grid).filter_map(plan).collect();
        let total = grids.iter().map(GridSupervision::extra).sum();
        Ok(SupervisorPlan { tree: self.clone(), bound, total, grids })
    }
}
