//! The audit (责任审计): every gap, overlap and breach of a rule over a window of time, as rows in one stable order.

mod cover;
mod heads;
mod people;
mod places;
mod stretch;
mod words;

use super::Responsibility;
use super::ask::AskError;
use super::fault::DutyTable;
use super::store::{END, NAMELESS, Ruled, START, Store, bound};
use crate::control::Control;
use crate::error::Lang;
use crate::id::{Domain, GridCode, Mode, PersonId, PostId, TeamId};
use crate::time::Interval;
use crate::tree::SpanProfile;

use stretch::Stretch;

/// What an audit finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum AuditKind {
    /// Nobody answers for the grid, up to the root.
    Gap,
    /// The rule for the level wants somebody named at the grid itself (直接责任到人), and nobody is.
    NoDirectHolder,
    /// Whoever is named at the grid is absent, and no deputy is there.
    AbsentWithoutDeputy,
    /// The rule for the level wants a head, and the grid has none.
    HeadMissing,
    /// The grid has more than one head at once.
    HeadDoubled,
    /// More than one is accountable at once, with the same rank.
    Overlap,
    /// The same party is accountable twice at once, in the same way.
    Duplicate,
    /// An assignment ended before the window, and nobody followed.
    Expired,
    /// The head does not hold the post that the rule wants.
    PostBreach,
    /// An assignment names a post that its person does not hold.
    PostNotHeld,
    /// The shares of a person add up to more than their capacity.
    OverCapacity,
    /// The span of a head (管理幅度) is too wide or too narrow.
    Span,
    /// The team has no lead, so that no person answers.
    NoLead,
    /// The tree has no such grid.
    UnknownGrid,
    /// The table of people has no such person.
    UnknownPerson,
    /// The table of teams has no such team.
    UnknownTeam,
}

impl AuditKind {
    /// The stable name.
    ///
    /// ```
    /// use gridcore::responsibility::AuditKind;
    /// assert_eq!(AuditKind::NoDirectHolder.id(), "no_direct_holder");
    /// ```
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Gap => "gap",
            Self::NoDirectHolder => "no_direct_holder",
            Self::AbsentWithoutDeputy => "absent_without_deputy",
            Self::HeadMissing => "head_missing",
            Self::HeadDoubled => "head_doubled",
            Self::Overlap => "overlap",
            Self::Duplicate => "duplicate",
            Self::Expired => "expired",
            Self::PostBreach => "post_breach",
            Self::PostNotHeld => "post_not_held",
            Self::OverCapacity => "over_capacity",
            Self::Span => "span",
            Self::NoLead => "no_lead",
            Self::UnknownGrid => "unknown_grid",
            Self::UnknownPerson => "unknown_person",
            Self::UnknownTeam => "unknown_team",
        }
    }
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Severity {
    /// It must be put right.
    Violation,
    /// It should be looked at.
    Warning,
    /// An exception with its reason on record.
    Noted,
}

/// Whether somebody above answers meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum CoverAbove {
    /// All the time.
    Throughout,
    /// Some of the time.
    Partly,
    /// Never.
    Never,
}

/// One finding, as a flat row.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct AuditRow {
    /// What was found.
    pub kind: AuditKind,
    /// How grave it is.
    pub severity: Severity,
    /// The grid; none for a finding about a person.
    pub grid: Option<GridCode>,
    /// Its level, if the tree has it.
    pub level: Option<u8>,
    /// The way from the root to the grid, both among it.
    pub path: Vec<GridCode>,
    /// The domain; `*` for every domain that is audited.
    pub domain: Domain,
    /// The mode; `*` for every mode and outside of any, none for outside of any alone.
    pub mode: Option<Mode>,
    /// The first second of it, in UTC seconds, within the window; none if that is open.
    pub from: Option<i64>,
    /// The first second after it.
    pub until: Option<i64>,
    /// The people it is about, in the order of their tokens.
    pub persons: Vec<PersonId>,
    /// The teams it is about.
    pub teams: Vec<TeamId>,
    /// The table that the rows are in.
    pub table: DutyTable,
    /// The rows it comes from, ascending.
    pub rows: Vec<usize>,
    /// For those that miss somebody at the grid: whether somebody above answers meanwhile.
    pub above: Option<CoverAbove>,
    /// The post that is wanted, or named.
    pub post: Option<PostId>,
    /// How much there is: a sum of shares, a span.
    pub amount: Option<f64>,
    /// How much there may be.
    pub limit: Option<f64>,
    /// The finding in one sentence, in English.
    pub reason: String,
    /// The same in Chinese.
    pub reason_zh: String,
}

impl AuditRow {
    /// The finding in one sentence.
    #[must_use]
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.reason,
            Lang::Zh => &self.reason_zh,
        }
    }
}

/// How many findings there are of one kind and severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct AuditCount {
    /// The kind.
    pub kind: AuditKind,
    /// The severity.
    pub severity: Severity,
    /// How many.
    pub count: usize,
}

/// What an audit found.
///
/// ```
/// # use gridcore::{GridRow, GridTree, Lang};
/// use gridcore::responsibility::{AssignmentRow, AuditKind, AuditOptions, Responsibility};
/// let tree = GridTree::from_rows([GridRow::new("1", "city"), GridRow::new("11", "north").under("1")])?;
/// let duty = Responsibility::resolve(&tree, [AssignmentRow::new("11").person("p-1").until(100)])?;
/// let audit = duty.audit(&AuditOptions::new().at(100))?;
/// assert!(!audit.is_clean());
/// let gap = audit.gaps().next().expect("nobody answers from second 100 on");
/// assert_eq!(gap.text(Lang::En), "nobody answers for 11, up to the root");
/// let counts: Vec<_> = audit.counts().iter().map(|count| (count.kind, count.count)).collect();
/// assert_eq!(counts, [(AuditKind::Gap, 1), (AuditKind::Expired, 1)]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Rows stand by grid in preorder, then kind, domain, mode and time; then come grids that the tree does not have, then
/// what is about people.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Audit {
    /// The first second of the window; none if it is open.
    pub from: Option<i64>,
    /// The first second after it.
    pub until: Option<i64>,
    /// The findings.
    pub rows: Vec<AuditRow>,
}

impl Audit {
    /// Whether there is no violation.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.violations().next().is_none()
    }

    /// The violations.
    pub fn violations(&self) -> impl Iterator<Item = &AuditRow> {
        self.rows.iter().filter(|row| row.severity == Severity::Violation)
    }

    /// The findings of one kind.
    pub fn of(&self, kind: AuditKind) -> impl Iterator<Item = &AuditRow> {
        self.rows.iter().filter(move |row| row.kind == kind)
    }

    /// Where nobody answers, up to the root, all of the time or some of it: gaps, and missing holders with nobody above.
    pub fn gaps(&self) -> impl Iterator<Item = &AuditRow> {
        self.rows.iter().filter(|row| row.above.is_some_and(|above| above != CoverAbove::Throughout))
    }

    /// How many findings there are of each kind and severity that occurs.
    #[must_use]
    pub fn counts(&self) -> Vec<AuditCount> {
        let mut counts = std::collections::BTreeMap::new();
        for row in &self.rows {
            *counts.entry((row.kind, row.severity)).or_insert(0) += 1;
        }
        counts.into_iter().map(|((kind, severity), count)| AuditCount { kind, severity, count }).collect()
    }
}

/// What to audit.
///
/// ```
/// use gridcore::responsibility::AuditOptions;
/// let options = AuditOptions::new().at(1_649_037_600).domain("forest_fire");
/// assert_eq!(options.window.and_then(|window| window.until()), Some(1_649_037_601));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct AuditOptions {
    /// The window of time; needed as soon as any interval is bounded.
    pub window: Option<Interval>,
    /// The domains; all that any row names, if there are none here.
    pub domains: Vec<String>,
    /// The modes beside none; all that any row names, if there are none here.
    pub modes: Vec<String>,
    /// The span that a head may have; not looked at, if there is none.
    pub span: Option<SpanProfile>,
    /// Whether gaps are looked for on every level, not only at leaves and on levels with a rule.
    pub every_level: bool,
}

impl AuditOptions {
    /// All domains, all modes, all of time.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the window.
    #[must_use]
    pub fn window(mut self, window: Interval) -> Self {
        self.window = Some(window);
        self
    }

    /// Sets the window to one second.
    #[must_use]
    pub fn at(self, at: i64) -> Self {
        // The last second of all has none after it.
        let window = Interval::new(Some(at), at.checked_add(1));
        self.window(window.unwrap_or(Interval::ALWAYS))
    }

    /// Adds a domain.
    #[must_use]
    pub fn domain(mut self, domain: impl Into<String>) -> Self {
        self.domains.push(domain.into());
        self
    }

    /// Adds a mode.
    #[must_use]
    pub fn mode(mut self, mode: impl Into<String>) -> Self {
        self.modes.push(mode.into());
        self
    }

    /// Sets the span that a head may have.
    #[must_use]
    pub fn span(mut self, profile: SpanProfile) -> Self {
        self.span = Some(profile);
        self
    }

    /// Looks for gaps on every level.
    #[must_use]
    pub fn every_level(mut self) -> Self {
        self.every_level = true;
        self
    }
}

impl Responsibility {
    /// Audits the duties over a window of time.
    ///
    /// Each cause is found once: where the rule of a level wants somebody named and nobody is, that is the finding, and
    /// not the gap that follows from it. A finding that is the same in every domain or every mode stands once, with `*`.
    ///
    /// # Errors
    /// [`AskError`]: an interval is bounded and no window was given, a domain or a mode is no code.
    ///
    /// ```
    /// use gridcore::responsibility::{AssignmentRow, AuditKind, AuditOptions, DutyTables, PostRule, Requires, Responsibility};
    /// use gridcore::{GridRow, GridTree};
    /// let tree = GridTree::from_rows([
    ///     GridRow::new("1", "city"),
    ///     GridRow::new("11", "mill street").under("1"),
    ///     GridRow::new("12", "ferry street").under("1"),
    /// ])?;
    /// let duty = Responsibility::from_tables(&tree, &DutyTables {
    ///     assignments: vec![AssignmentRow::new("1").person("p-1"), AssignmentRow::new("11").person("p-2")],
    ///     rules: vec![PostRule::new(1).requires(Requires::Direct)],
    ///     ..DutyTables::default()
    /// })?;
    /// let audit = duty.audit(&AuditOptions::new())?;
    /// let [row] = &audit.rows[..] else { panic!("one leaf has nobody") };
    /// assert_eq!(row.kind, AuditKind::NoDirectHolder);
    /// assert_eq!(row.path.iter().map(|code| code.to_string()).collect::<Vec<_>>(), ["1", "12"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    /// O(c · (n + a) + r log r + f log f) time for c pairs of a domain and a mode, n grids, a accountable assignments, r
    /// rows of all tables and f findings.
    pub fn audit(&self, options: &AuditOptions) -> Result<Audit, AskError> {
        self.audit_within(options, &mut Control::free())
    }

    /// [`audit`](Self::audit) under a limit of work or a watch: a unit is one grid in one domain and mode.
    ///
    /// # Errors
    /// Those of [`audit`](Self::audit), and [`AskError::Stopped`].
    pub fn audit_within(&self, options: &AuditOptions, control: &mut Control<'_>) -> Result<Audit, AskError> {
        let store = &*self.store;
        if options.window.is_none() && (store.timed || store.timed_posts) {
            return Err(AskError::NeedsTime);
        }
        let window = options.window.unwrap_or(Interval::ALWAYS);
        // Bounds of rows lie well within: the first and the last second of all see what those beside them see.
        let from = window.from().unwrap_or(START).min(END - 1);
        let until = window.until().unwrap_or(END).max(START + 1);
        let mut auditor = Auditor {
            store,
            window: (from, until),
            domains: named(&options.domains, &store.domains, AskError::MalformedDomain)?,
            modes: named(&options.modes, &store.modes, AskError::MalformedMode)?,
            rules: (0..store.tree.len()).map(|position| store.rule_of(position)).collect(),
            options,
            found: Vec::new(),
        };
        auditor.cover(control)?;
        auditor.heads();
        auditor.places();
        auditor.people();
        let mut found = auditor.found;
        found.sort_by(|(a, one), (b, other)| {
            let rest = |row: &AuditRow| (row.kind, row.domain.clone(), row.mode.clone());
            a.cmp(b).then_with(|| rest(one).cmp(&rest(other))).then_with(|| {
                let last = |row: &'_ AuditRow| (row.from, row.until.is_none(), row.until, row.table);
                let tie = |one: &AuditRow, other: &AuditRow| {
                    (&one.rows, &one.persons, &one.teams).cmp(&(&other.rows, &other.persons, &other.teams))
                };
                last(one).cmp(&last(other)).then_with(|| tie(one, other))
            })
        });
        Ok(Audit {
            from: window.from(),
            until: window.until(),
            rows: found.into_iter().map(|(_, row)| row).collect(),
        })
    }
}

/// The names to audit: those that were asked for, or all.
fn named<N: Clone + Ord + std::str::FromStr<Err = crate::MalformedCode>>(
    asked: &[String],
    all: &[N],
    error: impl Fn(crate::MalformedCode) -> AskError,
) -> Result<Vec<(u32, N)>, AskError> {
    if asked.is_empty() {
        return Ok((0..).zip(all.iter().cloned()).collect());
    }
    let names: Result<Vec<N>, _> = asked.iter().map(|name| name.parse::<N>()).collect();
    let mut names = names.map_err(error)?;
    names.sort_unstable();
    names.dedup();
    let id = |name: &N| all.binary_search(name).map_or(NAMELESS, |id| id as u32);
    Ok(names.into_iter().map(|name| (id(&name), name)).collect())
}

/// Where a finding stands in the order: a grid of the tree, one that it does not have, or a person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Grid(u32),
    Lost(GridCode),
    Nowhere,
}

/// An audit in the making.
struct Auditor<'s> {
    store: &'s Store,
    window: Stretch,
    domains: Vec<(u32, Domain)>,
    /// Beside being in none.
    modes: Vec<(u32, Mode)>,
    /// The rule for each position.
    rules: Vec<Option<&'s Ruled>>,
    options: &'s AuditOptions,
    found: Vec<(Place, AuditRow)>,
}

/// The name of every domain, and of every mode.
fn every<N: std::str::FromStr<Err = crate::MalformedCode>>() -> N {
    "*".parse().expect("a star is a name")
}

impl Auditor<'_> {
    /// A finding without anything in it yet.
    fn row(kind: AuditKind, severity: Severity, (from, until): Stretch) -> AuditRow {
        AuditRow {
            kind,
            severity,
            grid: None,
            level: None,
            path: Vec::new(),
            domain: every(),
            mode: Some(every()),
            from: bound(from),
            until: bound(until),
            persons: Vec::new(),
            teams: Vec::new(),
            table: DutyTable::Assignments,
            rows: Vec::new(),
            above: None,
            post: None,
            amount: None,
            limit: None,
            reason: String::new(),
            reason_zh: String::new(),
        }
    }

    /// Notes a finding about a grid of the tree.
    fn at_grid(&mut self, position: u32, mut row: AuditRow) {
        let tree = &self.store.tree;
        let Some(grid) = tree.at(position as usize) else { return };
        row.grid = Some(tree.code(grid));
        row.level = Some(tree.level(grid));
        row.path = tree.path(grid).into_iter().map(|grid| tree.code(grid)).collect();
        self.note(Place::Grid(position), row);
    }

    fn note(&mut self, place: Place, mut row: AuditRow) {
        row.rows.sort_unstable();
        row.rows.dedup();
        row.persons.sort_unstable();
        row.persons.dedup();
        row.teams.sort_unstable();
        row.teams.dedup();
        (row.reason, row.reason_zh) = words::reason(&row);
        self.found.push((place, row));
    }

    /// Adds a party to a finding.
    fn party(&self, row: &mut AuditRow, party: u32) {
        let store = self.store;
        row.persons.extend(store.person_of(party).map(|person| store.people[person as usize].clone()));
        row.teams.extend(store.team_of(party).cloned());
    }
}
