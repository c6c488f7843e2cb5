//! Questions: at a time, in a mode, about a grid and a domain.

use std::collections::BTreeMap;
use std::fmt;

use super::Responsibility;
use super::answer::{Answer, Answers, Gap, GapStep, Rule, Unanswered, Verdict};
use super::store::{ANY, Context, END, Found, NAMELESS, Presence, Store};
use crate::control::Stopped;
use crate::error::{Fault, Lang, Problem};
use crate::id::{Domain, GridIndex, MalformedCode, Mode, PersonId};
use crate::tree::UnknownGrids;

/// Why a question has no answer: it is not one.
///
/// ```
/// # use gridcore::{GridRow, GridTree, Problem};
/// use gridcore::responsibility::{AssignmentRow, Responsibility};
/// let tree = GridTree::from_rows([GridRow::new("1", "city")])?;
/// let duty = Responsibility::resolve(&tree, [AssignmentRow::new("1").person("p-1").until(100)])?;
/// assert_eq!(duty.accountable("1", "fire").unwrap_err().code(), "needs_time");
/// assert_eq!(duty.at(0).accountable("2", "fire").unwrap_err().code(), "unknown_grid");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AskError {
    /// Some interval has a bound, so that the answer depends on the time, and none was given.
    NeedsTime,
    /// The tree does not have the grids.
    UnknownGrids(UnknownGrids),
    /// The domain is no code.
    MalformedDomain(MalformedCode),
    /// The mode is no code.
    MalformedMode(MalformedCode),
    /// The work was stopped before its end.
    Stopped(Stopped),
}

impl fmt::Display for AskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for AskError {}

impl From<UnknownGrids> for AskError {
    fn from(unknown: UnknownGrids) -> Self {
        Self::UnknownGrids(unknown)
    }
}

impl Problem for AskError {
    fn code(&self) -> &'static str {
        match self {
            Self::NeedsTime => "needs_time",
            Self::UnknownGrids(_) => "unknown_grid",
            Self::MalformedDomain(_) => "malformed_domain",
            Self::MalformedMode(_) => "malformed_mode",
            Self::Stopped(stopped) => stopped.code(),
        }
    }

    fn faults(&self) -> Vec<Fault> {
        let fault = Fault::new(self.code());
        let malformed = |fault: Fault, en: &str, zh: &str| {
            fault.says(format!("the {en} is no code"), format!("{zh}不是编码")).remedy(
                "a code has 1 to 128 bytes, no control characters, and no white space at its ends",
                "编码为 1 至 128 字节，不含控制字符，首尾无空白",
            )
        };
        vec![match self {
            Self::NeedsTime => fault
                .in_column("at")
                .found("nothing", "a time in UTC seconds")
                .says(
                    "some duties or absences begin or end, so the answer depends on the time",
                    "有责任或缺勤带有起止时间，答案取决于时间",
                )
                .remedy("say at which second, or in which window", "请给出时刻或时段"),
            Self::UnknownGrids(unknown) => return unknown.faults(),
            Self::Stopped(Stopped::Limit) => fault
                .says("the work reached its limit", "工作量达到上限")
                .remedy("allow more work, or ask about less", "请放宽上限，或缩小范围"),
            Self::Stopped(Stopped::Asked) => fault.says("the work was stopped", "工作已被中止"),
            Self::MalformedDomain(_) => malformed(fault.in_column("domain"), "domain", "领域"),
            Self::MalformedMode(_) => malformed(fault.in_column("mode"), "mode", "模式"),
        }]
    }
}

/// A question in the making: when, and in which mode.
///
/// ```
/// # use gridcore::{GridRow, GridTree};
/// use gridcore::responsibility::{AssignmentRow, Responsibility, Rule};
/// let tree = GridTree::from_rows([GridRow::new("1", "city")])?;
/// let duty = Responsibility::resolve(&tree, [
///     AssignmentRow::new("1").person("p-1"),
///     AssignmentRow::new("1").person("p-2").mode("wartime").from(1_649_037_600),
/// ])?;
/// let who = duty.at(1_649_037_600).mode("wartime").accountable("1", "fire")?;
/// assert_eq!(who.answer().map(|answer| answer.rule), Some(Rule::ModeSpecific));
/// let who = duty.at(1_649_037_600).accountable("1", "fire")?;
/// assert_eq!(who.person().map(|person| person.as_str()), Some("p-1"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Ask {
    duty: Responsibility,
    at: Option<i64>,
    mode: Option<String>,
}

impl Responsibility {
    /// Asks about a time, in UTC seconds.
    #[must_use]
    pub fn at(&self, at: i64) -> Ask {
        self.ask(Some(at), None)
    }

    /// Asks about a mode, at no time.
    #[must_use]
    pub fn mode(&self, mode: impl Into<String>) -> Ask {
        self.ask(None, Some(mode.into()))
    }

    /// Asks about a time and a mode that may be missing.
    #[must_use]
    pub fn ask(&self, at: Option<i64>, mode: Option<String>) -> Ask {
        Ask { duty: self.clone(), at, mode }
    }

    /// Who is accountable for a grid, outside of any mode, where no interval is bounded.
    ///
    /// # Errors
    /// Those of [`Ask::accountable`].
    pub fn accountable(&self, grid: &str, domain: &str) -> Result<Verdict, AskError> {
        self.ask(None, None).accountable(grid, domain)
    }
}

impl Ask {
    /// Sets the mode.
    #[must_use]
    pub fn mode(mut self, mode: impl Into<String>) -> Self {
        self.mode = Some(mode.into());
        self
    }

    /// Sets the time, in UTC seconds.
    #[must_use]
    pub fn at(mut self, at: i64) -> Self {
        self.at = Some(at);
        self
    }

    /// The duties that are asked about.
    #[must_use]
    pub fn duty(&self) -> &Responsibility {
        &self.duty
    }

    /// Whether no time was given.
    pub(super) fn is_timeless(&self) -> bool {
        self.at.is_none()
    }

    fn store(&self) -> &Store {
        &self.duty.store
    }

    /// What the question is about, as numbers, and as names.
    pub(super) fn context(&self, domain: &str) -> Result<(Context, Option<Domain>, Option<Mode>), AskError> {
        let store = self.store();
        if self.at.is_none() && self.duty.is_timed() {
            return Err(AskError::NeedsTime);
        }
        let named = match domain {
            "*" => None,
            named => Some(named.parse::<Domain>().map_err(AskError::MalformedDomain)?),
        };
        let mode =
            self.mode.as_deref().map(str::parse::<Mode>).transpose().map_err(AskError::MalformedMode)?;
        let context = Context {
            domain: store.domain_id(domain),
            mode: mode.as_ref().map_or(NAMELESS, |mode| store.mode_id(mode.as_str())),
            // Bounds of rows lie well within; the last second of all is as the one before it, and not past open ends.
            at: self.at.unwrap_or(0).min(END - 1),
        };
        Ok((context, named, mode))
    }

    /// The question at one grid: where it names no mode, that in force there counts.
    pub(super) fn here(
        &self,
        context: Context,
        mode: Option<Mode>,
        grid: GridIndex,
    ) -> (Context, Option<Mode>) {
        let (None, Some(layered)) = (&self.mode, &self.duty.layered) else { return (context, mode) };
        let mode = layered.mode(&self.store().tree, grid, context.at).cloned();
        let id = mode.as_ref().map_or(NAMELESS, |mode| self.store().mode_id(mode.as_str()));
        (Context { mode: id, ..context }, mode)
    }

    /// The position of a grid by its code.
    pub(super) fn position(&self, grid: &str) -> Result<GridIndex, AskError> {
        Ok(self.store().tree.index([grid])?[0])
    }

    /// Who is accountable for a grid in a domain; `*` asks about the whole grid, for which its head answers.
    ///
    /// # Errors
    /// [`AskError`]: the answer depends on the time and none was given, the tree does not have the grid, the domain or
    /// the mode is no code. A gap is no error but a value.
    ///
    /// # Complexity
    /// O(depth + assignments on the way) time.
    pub fn accountable(&self, grid: &str, domain: &str) -> Result<Verdict, AskError> {
        let (context, domain, mode) = self.context(domain)?;
        let grid = self.position(grid)?;
        let (context, mode) = self.here(context, mode, grid);
        let store = self.store();
        Ok(match store.nearest(grid.get(), &context) {
            Some(found) => Verdict::Answer(store.answer(grid, domain, mode, found)),
            None => Verdict::Gap(store.gap(grid, domain, mode, &context, self.at)),
        })
    }

    /// Who is accountable for each grid of a column of codes.
    ///
    /// # Errors
    /// Those of [`accountable`](Self::accountable), with every code that the tree does not have.
    pub fn accountable_column<S: AsRef<str>>(
        &self,
        grids: impl IntoIterator<Item = S>,
        domain: &str,
    ) -> Result<Answers, AskError> {
        let grids = self.store().tree.index(grids)?;
        self.accountable_at(&grids, domain)
    }

    /// Who is accountable for each grid of a column of positions.
    ///
    /// # Errors
    /// Those of [`accountable`](Self::accountable).
    ///
    /// # Complexity
    /// O(g · depth + assignments on the way) time for g grids, or O(n + g + all assignments) for n grids in the tree,
    /// whichever is less.
    pub fn accountable_at(&self, grids: &[GridIndex], domain: &str) -> Result<Answers, AskError> {
        let (context, ..) = self.context(domain)?;
        let store = self.store();
        let mut answers = Answers::with_capacity(grids.len());
        let here = |grid: GridIndex| self.here(context, None, grid).0;
        if grids.len() > store.tree.len() / 8 {
            // One walk for each mode in force: few are, and a grid's answer above it is of its own mode.
            let mut walks: BTreeMap<u32, Vec<Option<Found>>> = BTreeMap::new();
            for &grid in grids {
                let context = here(grid);
                let all = walks.entry(context.mode).or_insert_with(|| store.all(&context));
                answers.push(store, grid, all[grid.get()]);
            }
        } else {
            for &grid in grids {
                answers.push(store, grid, store.nearest(grid.get(), &here(grid)));
            }
        }
        Ok(answers)
    }

    /// Who is accountable for each grid of the tree, in preorder.
    ///
    /// # Errors
    /// Those of [`accountable`](Self::accountable).
    ///
    /// # Complexity
    /// O(n + a) time and space for n grids and a assignments: in preorder the answer above is known before.
    pub fn accountable_all(&self, domain: &str) -> Result<Answers, AskError> {
        let grids: Vec<GridIndex> = self.store().tree.indices().collect();
        self.accountable_at(&grids, domain)
    }
}

impl Store {
    /// Who answers at each position.
    pub(super) fn all(&self, context: &Context) -> Vec<Option<Found>> {
        let mut all: Vec<Option<Found>> = Vec::with_capacity(self.tree.len());
        for grid in self.tree.indices() {
            let above = self.tree.parent(grid).and_then(|above| all[above.get()]);
            all.push(self.here(grid.get(), context).or(above));
        }
        all
    }

    fn answer(&self, grid: GridIndex, domain: Option<Domain>, mode: Option<Mode>, found: Found) -> Answer {
        let duty = &self.accountable.duties[found.duty as usize];
        let from = self.tree.at(duty.position as usize).unwrap_or(grid);
        let person = |id: u32| self.people[id as usize].clone();
        Answer {
            grid: self.tree.code(grid),
            domain,
            mode,
            person: self.speaker(found),
            team: self.team_of(duty.party).cloned(),
            from_grid: self.tree.code(from),
            level: self.tree.level(from),
            rule: Rule::of(duty.rank()),
            inherited: from != grid,
            deputy_for: found.deputy.map(|_| person(duty.party)),
            post: self.posts.get(duty.post as usize).cloned(),
            front: self.fronts.get(duty.front as usize).cloned(),
            row: duty.row as usize,
        }
    }

    /// Who speaks for an assignment.
    pub(super) fn speaker(&self, found: Found) -> Option<PersonId> {
        let duty = &self.accountable.duties[found.duty as usize];
        let person = found.deputy.or_else(|| self.person_of(duty.party))?;
        Some(self.people[person as usize].clone())
    }

    fn gap(
        &self,
        grid: GridIndex,
        domain: Option<Domain>,
        mode: Option<Mode>,
        context: &Context,
        at: Option<i64>,
    ) -> Gap {
        let way = std::iter::once(grid).chain(self.tree.ancestors(grid));
        let looked = way.map(|grid| {
            let (why, rows) = self.why(grid.get(), context);
            GapStep { grid: self.tree.code(grid), level: self.tree.level(grid), why, rows }
        });
        Gap { grid: self.tree.code(grid), domain, mode, at, looked: looked.collect() }
    }

    /// Why nobody answers at a grid, and which rows came so far.
    fn why(&self, position: usize, context: &Context) -> (Unanswered, Vec<usize>) {
        let reached = |duty: &super::store::Duty| {
            if duty.domain != ANY && duty.domain != context.domain {
                Unanswered::OtherDomains
            } else if !duty.covers(context.domain, context.mode) {
                Unanswered::OtherModes
            } else if !duty.in_force(context.at) {
                Unanswered::NotInForce
            } else {
                debug_assert_eq!(self.presence(duty, context), Presence::Nobody);
                Unanswered::Absent
            }
        };
        let here = self.accountable.at(position);
        let furthest = here.iter().map(reached).max().unwrap_or(Unanswered::NobodyNamed);
        let rows = here.iter().filter(|duty| reached(duty) == furthest).map(|duty| duty.row as usize);
        let mut rows: Vec<usize> = rows.collect();
        rows.sort_unstable();
        (furthest, rows)
    }
}

impl Answers {
    fn with_capacity(grids: usize) -> Self {
        Self {
            grid: Vec::with_capacity(grids),
            person: Vec::with_capacity(grids),
            team: Vec::with_capacity(grids),
            from_grid: Vec::with_capacity(grids),
            level: Vec::with_capacity(grids),
            rule: Vec::with_capacity(grids),
            inherited: Vec::with_capacity(grids),
            deputy_for: Vec::with_capacity(grids),
            row: Vec::with_capacity(grids),
        }
    }

    fn push(&mut self, store: &Store, grid: GridIndex, found: Option<Found>) {
        self.grid.push(store.tree.code(grid));
        let duty = found.map(|found| &store.accountable.duties[found.duty as usize]);
        let from = duty.and_then(|duty| store.tree.at(duty.position as usize));
        self.person.push(found.and_then(|found| store.speaker(found)));
        self.team.push(duty.and_then(|duty| store.team_of(duty.party)).cloned());
        self.from_grid.push(from.map(|from| store.tree.code(from)));
        self.level.push(from.map(|from| store.tree.level(from)));
        self.rule.push(duty.map(|duty| Rule::of(duty.rank())));
        self.inherited.push(from.is_some_and(|from| from != grid));
        let deputised = found.and_then(|found| found.deputy).and(duty);
        self.deputy_for.push(deputised.map(|duty| store.people[duty.party as usize].clone()));
        self.row.push(duty.map(|duty| duty.row as usize));
    }
}
