from typing import Any, final

__all__ = [
    "Alerts",
    "BatchKernel",
    "BuildError",
    "Duty",
    "Events",
    "Flow",
    "Footprints",
    "Fronts",
    "GridcoreError",
    "Infeasible",
    "Ledger",
    "MergedRoster",
    "Plan",
    "Reconciliation",
    "Replan",
    "Scheme",
    "ShiftRoster",
    "StaffDiff",
    "Table",
    "Teams",
    "TokenKey",
    "Tree",
    "alert_scale",
    "apply_changes",
    "apportion",
    "area",
    "assign",
    "assign_dense",
    "check_alert_scale",
    "check_claim",
    "check_layout",
    "convert",
    "deduplicate_roster",
    "diff_duties",
    "distances",
    "estimate_rosters",
    "four_level_rules",
    "grid_code",
    "layout_of_counts",
    "layout_of_text",
    "load_reconciliation",
    "maximum_matching",
    "merge_rosters",
    "min_cost_flow",
    "model_from_splink",
    "model_to_splink",
    "model_weight",
    "pack_integers",
    "person_count",
    "read_claim",
    "reconcile_rosters",
    "register",
    "register_csv",
    "register_editions",
    "roster_rules",
    "scaled_weights",
    "standard_event_profile",
    "verify_assigned",
    "verify_dense",
    "verify_flow",
    "verify_matching",
    "verify_roster_log",
    "version",
    "zhongshan",
    "zhongshan_deployment",
    "zhongshan_duty",
    "zhongshan_visits",
]

class GridcoreError(ValueError):
    """What the core refuses: `code` is the stable name, `faults` lists every fault behind it."""

    code: str
    faults: Any

class BuildError(GridcoreError):
    """A table that makes no tree: `faults` lists every fault."""

class Infeasible(GridcoreError):
    """A problem without an answer: `cause` is the named set that forbids one, `causes` are all of them."""

    cause: Any
    causes: list[dict[str, Any]]

@final
class Table:
    """A table on its way out: any Arrow consumer reads it without a copy."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        """The table as a capsule that holds an Arrow C stream."""

    def __len__(self) -> int:
        """How many rows the table has."""

    def names(self) -> list[str]:
        """The names of the columns."""

    def rows(self) -> list[dict[str, Any]]:
        """The rows as dicts."""

    def column(self, name: str) -> list[Any]:
        """One column as a list."""

@final
class Tree:
    """The tree of grids (网格体系): validated, immutable."""

    @staticmethod
    def build(table: Any, wishes: dict[str, Any]) -> Tree:
        """Builds a tree from a table."""

    @staticmethod
    def from_csv(bytes: bytes, wishes: dict[str, Any]) -> Tree:
        """Builds a tree from the bytes of a CSV file."""

    @staticmethod
    def build_lossy(
        table: Any, wishes: dict[str, Any]
    ) -> tuple[Tree | None, list[dict[str, Any]], list[dict[str, int]]]:
        """Builds what can be built: a tree or None, the faults, the rejected rows with their causes."""

    @staticmethod
    def from_csv_lossy(
        bytes: bytes, wishes: dict[str, Any]
    ) -> tuple[Tree | None, list[dict[str, Any]], list[dict[str, int]]]:
        """Builds what can be built of the bytes of a CSV file."""

    def __len__(self) -> int:
        """How many grids there are."""

    def counts(self, position: int) -> list[int]:
        """The number of grids on each level of the subtree at a position, from level 0."""

    def index(self, codes: Any) -> bytes:
        """The positions of codes: of a list of str, or of an Arrow column of text."""

    def table(self, position: int | None = None) -> Table:
        """All grids as a table: code, parent, name, level, kind, footprint if any has one, and the weights."""

    def row(self, position: int) -> str:
        """One grid as a JSON row."""

    def codes(self, positions: bytes) -> Table:
        """The codes at positions, null where a position stands for none."""

    def parents(self, positions: bytes) -> bytes:
        """The parents of positions."""

    def ancestors_at(self, positions: bytes, level: int) -> bytes:
        """The grids on a level that positions lie in."""

    def lcas(self, a: bytes, b: bytes) -> bytes:
        """The lowest grids that both columns lie in."""

    def are_ancestors(self, above: bytes, below: bytes) -> list[bool | None]:
        """Whether each of the first is its counterpart in the second or lies above it; None where one is none."""

    def distances(self, a: bytes, b: bytes) -> list[int | None]:
        """How many steps lead from each of the first to its counterpart; None where one is none."""

    def depths(self, positions: bytes) -> list[int | None]:
        """How many steps each lies below the root; None for none."""

    def children_of(self, positions: bytes) -> tuple[list[int], bytes]:
        """The children of each."""

    def paths_of(self, positions: bytes) -> tuple[list[int], bytes]:
        """The way from the root to each."""

    def descendants_of(self, positions: bytes, level: int | None = None) -> tuple[list[int], bytes]:
        """Everything beneath each; on one level, if one is given."""

    def leaves_of(self, positions: bytes) -> tuple[list[int], bytes]:
        """The leaves beneath each."""

    def siblings_of(self, positions: bytes) -> tuple[list[int], bytes]:
        """The siblings of each."""

    def search(self, text: str, limit: int | None = None, level: int | None = None, under: int | None = None) -> str:
        """The grids that answer a text, the best first, as JSON rows."""

    def children_page(self, position: int, offset: int, limit: int) -> str:
        """A part of the children of a position, and how many there are, as JSON."""

    def spans(self, position: int, profile: str | None = None) -> str:
        """The spans of control of the subtree at a position, and who breaks the profile, as JSON."""

    def declared(self, rows: str) -> str:
        """Declared counts (JSON rows) beside the registered ones, as JSON rows."""

    def supervisors(self, position: int, bound: int) -> str:
        """The fewest extra grids that bring every span of the subtree at a position to a bound, as JSON."""

    def rollup(self, table: Any, by: str, measures: list[tuple[str, str, str | None]]) -> Table:
        """Rolls columns of a table up the tree."""

    def total(self, weight: str) -> Table:
        """The totals of a weight that the tree has: the code of each grid and the sum over it and all beneath it."""

    def to_json(self) -> str:
        """The tree as versioned JSON, by code; equal trees give equal bytes."""

    @staticmethod
    def from_json(text: str) -> Tree:
        """Loads a tree from its JSON."""

    def edit(self, edits: str) -> tuple[Tree, str]:
        """Applies edits (a JSON list), all or none: the new tree, and the way from old codes to new ones as JSON."""

    @staticmethod
    def join_edits(first: str, later: str) -> str:
        """Joins the changes of two edits, one after the other, into one list. Both, and the answer, are JSON."""

    def extract(self, position: int) -> Tree:
        """The subtree at a position as a tree of its own."""

    def __eq__(self, other: object, /) -> bool:
        """Whether two trees have the same grids in the same places."""

    def about(self) -> str:
        """The schema, the code scheme and the names of the weights, as JSON."""

    def fronts(self, rows: str) -> Fronts:
        """Lays fronts over the tree, from JSON rows."""

    def footprints(
        self,
        text: str | None,
        code_property: str | None,
        crs: str | None,
        invented: bool,
        close_rings: bool = False,
    ) -> Footprints:
        """Reads outlines from GeoJSON, or from the tree's own footprints if there is no text."""

    def to_svg(self, counts: str, options: str, footprints: Footprints) -> str:
        """The strength map in SVG: over outlines if there are any, else a treemap. Counts and options are JSON."""

    def to_geojson(self, counts: str, options: str, footprints: Footprints) -> str:
        """The strength map as GeoJSON, over outlines. Counts and options are JSON."""

    def events(self, table: Any, profile: dict[str, Any] | None, zone: Any) -> Events:
        """Reads events from a table."""

    def events_from_json(self, text: str) -> Events:
        """Loads events from their JSON."""

    def person_times(self, table: Any, options: dict[str, Any]) -> str:
        """Counts an attendance list: a report as JSON."""

    def staff_diff(self, tables: dict[str, Any], rules: dict[str, Any]) -> StaffDiff:
        """Who joined, left and moved between the tables `old` and `new`."""

    def ledger(self, table: Any, rule: str | None) -> Ledger:
        """Reads a ledger from a table."""

    def duty(self, tables: dict[str, Any], zone: Any) -> Duty:
        """Reads duties from tables, by their names."""

    def duty_from_json(self, text: str) -> Duty:
        """Loads duties from their JSON."""

    def alert_needs(self, scale: dict[str, Any], grid: str, level: str) -> str:
        """What a level asks of each grid of a subtree, as JSON rows."""

    def alert_delta(self, scale: dict[str, Any], grid: str, before: str | None, after: str | None) -> str:
        """What changes from one level to another in a subtree, as JSON rows."""

    def alerts(self, scales: list[dict[str, Any]], table: Any, zone: Any) -> Alerts:
        """Reads alerts under scales from a table."""

    def deploy_assign(
        self, options: dict[str, Any], tables: dict[str, Any], decimals: int, cost: Any, reins: dict[str, Any]
    ) -> Plan:
        """Sends people to grids."""

    def deploy_pair(
        self, options: dict[str, Any], tables: dict[str, Any], decimals: int, reins: dict[str, Any]
    ) -> Plan:
        """Pairs units with grids."""

    def deploy_surge(
        self, options: dict[str, Any], tables: dict[str, Any], decimals: int, reins: dict[str, Any]
    ) -> Plan:
        """Sends person-times of units to grids over days."""

    def deploy_aid(self, options: dict[str, Any], tables: dict[str, Any], decimals: int, reins: dict[str, Any]) -> Plan:
        """Sends spare people to the nearest grids that lack them."""

    def deploy_spread(
        self, options: dict[str, Any], tables: dict[str, Any], decimals: int, reins: dict[str, Any]
    ) -> Plan:
        """Spreads people evenly over grids."""

    def shifts(self, tables: dict[str, Any], rules: dict[str, Any], reins: dict[str, Any]) -> ShiftRoster:
        """Staffs checkpoints in every shift."""

    def shifts_from_json(self, text: str) -> ShiftRoster:
        """Loads a roster from its JSON."""

    def teams(self, tables: dict[str, Any], fill: bool, reins: dict[str, Any]) -> Teams:
        """Forms the teams that are wanted."""

    def most_teams(self, people: Any, rule: dict[str, Any], reins: dict[str, Any]) -> Teams:
        """Forms as many teams of one rule as there can be."""

    def teams_from_json(self, text: str) -> Teams:
        """Loads teams from their JSON."""

    def plan_from_json(self, text: str) -> Plan:
        """Loads a plan from its JSON."""

@final
class Fronts:
    """Fronts (战线) over a tree: they never count in its totals."""

    def rows(self) -> str:
        """The fronts with their members, as JSON rows."""

    def counts(self) -> str:
        """How many grids of each level each front has, directly and in all it reaches, as JSON rows."""

    def of(self, position: int) -> str:
        """The codes of the fronts that the grid at a position belongs to, with the grid that brings it in, as JSON."""

    def members(self, front: str) -> bytes | None:
        """The positions of the members of a front; None if there is no such front."""

@final
class Footprints:
    """Outlines of grids, beside their tree."""

    def __len__(self) -> int:
        """How many grids have an outline."""

    def crs(self) -> str:
        """What the coordinates are measured in."""

    def invented(self) -> bool:
        """Whether the outlines are invented."""

    def to_geojson(self) -> str:
        """The outlines as a GeoJSON text."""

    def bounds(self) -> str:
        """The rectangle around all outlines, as JSON; null if there is none."""

    def to(self, crs: str) -> Footprints:
        """The same outlines in another reference."""

    def areas(self) -> list[float | None]:
        """The areas in square metres by position; None without an outline."""

    def locate(self, x: bytes, y: bytes, crs: str | None = None, level: int | None = None) -> bytes:
        """The positions of the grids that places lie in: on a level, or the lowest there are."""

    def adjacency(
        self,
        level: int,
        queen: bool = False,
        tolerance_m: float | None = None,
        least_border_m: float | None = None,
    ) -> str:
        """Which grids of a level touch, with the length of their border in metres, as JSON."""

    def check_tiling(self, tolerance_m2: float) -> str:
        """Overlaps, holes and overhangs among the outlines, as JSON rows."""

@final
class Scheme:
    """A code scheme (编码方案): named segments, nested by prefix or not."""

    def __new__(cls, definition: str) -> Scheme:
        """A scheme built in, by its name, or a definition as JSON."""

    def definition(self) -> str:
        """The definition as JSON."""

    def lengths(self) -> list[int]:
        """The lengths that a code may have, in characters."""

    def nests(self) -> bool:
        """Whether a code begins with its parent's."""

    def takes_integers(self) -> bool:
        """Whether codes may come as whole numbers."""

    def check(self, code: str) -> None:
        """Raises what is wrong with a code, if anything is."""

    def parse(self, code: str) -> str:
        """The parts of a code, as JSON."""

    def format(self, parts: list[tuple[str, str]]) -> str:
        """The code that is made of parts: pairs of a segment and its value."""

    def parent_of(self, code: str) -> str | None:
        """The code of the parent, where codes nest."""

    def extends(self, parent: str, child: str) -> bool:
        """Whether a code may stand beneath another."""

    def from_integer(self, number: int) -> str | None:
        """The code that a whole number stands for."""

    def strip(self, code: str) -> str:
        """The code without the zeros that fill it up."""

    def capacity_check(self, children: list[tuple[str, int]]) -> str:
        """Whether the scheme has room for so many children of each parent, as JSON."""

    def spread_check(self, total: int, parents: int) -> str | None:
        """What overflows if a total is spread evenly over so many parents, as JSON; None if nothing does."""

@final
class Events:
    """The events of a city under one profile."""

    def __len__(self) -> int:
        """How many there are."""

    def profile(self) -> str:
        """The profile they run by, as JSON."""

    def rows(self) -> str:
        """The events as JSON rows."""

    def totals(self, window: dict[str, Any]) -> str:
        """The counts of all events in a window, with their rates, as JSON."""

    def report(self, window: dict[str, Any]) -> str:
        """The counts by grid and domain, with their rates, as JSON rows."""

    def breaches(self, now: int, within: int) -> str:
        """What is overdue, or will be within so many seconds, as JSON rows."""

    def escalations(self, duty: Duty, now: int, within: int) -> str:
        """The same with whoever hears of each by the duties, as JSON rows."""

    def to_json(self) -> str:
        """The events as versioned JSON."""

@final
class Ledger:
    """A ledger of eligibility (应检台账)."""

    def count(self, grid: str | None) -> str:
        """The numbers of a grid with everything beneath it, or of all, as JSON."""

    def by_grid(self) -> str:
        """The numbers of each grid, as JSON rows."""

    def behind(self, grid: str, number: str) -> str:
        """The people behind a number of a grid, as JSON rows."""

    def rows(self) -> str:
        """Everybody, as JSON rows."""

    def published(self, min_cell: int) -> str:
        """The numbers of all grids, fit to be published, as JSON rows."""

@final
class Reconciliation:
    """What came of a reconciliation (核对结果)."""

    def table(self, name: str) -> Table:
        """A table of the outcome by its name."""

    def by(self, level: int | None, all: bool, tree: Tree | None) -> Table:
        """What came of the rows of each grid: of those that rows name, of a level of the tree, or of all of it."""

    def repairs(self, shown: bool) -> Table:
        """The identity numbers that could be mended."""

    def states(self, side: str) -> list[str]:
        """What came of each row of a side, in the order of its table."""

    def explain_pair(
        self, left: str, right: str, side: str | None, lang: str, shown: bool
    ) -> tuple[str, str, str] | None:
        """Why two rows were put together or not: a report as JSON, a sentence and a picture."""

    def explain_row(self, id: str, side: str, lang: str) -> tuple[str, str] | None:
        """Why a row came to its state: a report as JSON and a sentence."""

    def columns(self) -> str:
        """What became of each column, as JSON rows."""

    def model(self) -> str:
        """The model by which pairs were weighed, as JSON."""

    def rules(self) -> str:
        """The rules, with the defaults that applied, as JSON."""

    def notes(self) -> list[dict[str, Any]]:
        """What was found wrong in the tables without keeping them from being read."""

    def blocking(self) -> str:
        """The blocking keys, and what became of each, as JSON rows."""

    def cut(self) -> str:
        """Blocks that were cut, as JSON rows."""

    def report(self) -> str:
        """What was compared, cut and settled, in figures, as JSON."""

    def decide(self, decisions: Any, stamp: dict[str, Any], reins: dict[str, Any]) -> Reconciliation:
        """Takes decisions about pairs over."""

    def update(
        self,
        left: Any,
        right: Any,
        remove_left: list[str],
        remove_right: list[str],
        stamp: dict[str, Any],
        reins: dict[str, Any],
    ) -> Reconciliation:
        """Adds, replaces and removes rows."""

    def rerun(self, left: Any, right: Any, reins: dict[str, Any]) -> Reconciliation:
        """Reconciles other tables with the same columns under what this run has learnt."""

    def batch_kernel(self, cut: list[int] | None) -> BatchKernel:
        """The kernel of this run; with keys to cut instead of its own."""

    def undo(self, stamp: dict[str, Any], reins: dict[str, Any]) -> Reconciliation:
        """Takes back the last change that holds."""

    def log(self) -> str:
        """The log, as JSON rows."""

    def decisions(self) -> str:
        """Every decision that was ever made, as JSON rows."""

    def to_json(self) -> str:
        """The run as versioned JSON, without the rows."""

@final
class MergedRoster:
    """One roster made of several lists."""

    def __len__(self) -> int:
        """How many people it has."""

    def lists(self) -> list[str]:
        """The names of the lists."""

    def roster(self) -> Table:
        """One row for each person with the value that was kept of each column."""

    def table(self, name: str) -> Table:
        """A table of where people and values come from, by its name."""

    def by_list(self) -> str:
        """Each list, counted, as JSON rows."""

    def overlaps(self) -> str:
        """How many people each two lists have in common, as JSON rows."""

@final
class StaffDiff:
    """Who joined, left and moved between two staff rosters."""

    def report(self) -> str:
        """All of it, as JSON."""

    def of(self, change: str) -> str:
        """The changes of one kind, as JSON rows."""

@final
class BatchKernel:
    """What a run has learnt, frozen."""

    def cut(self) -> list[int]:
        """The keys whose blocks are cut."""

    def keys(self, table: Any, side: str) -> Table:
        """The keys of all rows of a table."""

    def score(self, left: Any, left_keys: Any, right: Any, right_keys: Any, reins: dict[str, Any]) -> Table:
        """The pairs of a batch, scored."""

    def settle(self, left: Any, right: Any | None, pairs: Any, reins: dict[str, Any]) -> Reconciliation:
        """The pairs of all batches, settled."""

    @staticmethod
    def from_json(text: str) -> BatchKernel:
        """Loads a kernel that `to_json` saved."""

    def to_json(self) -> str:
        """The kernel as JSON."""

def merge_rosters(
    lists: dict[str, Any], rules: dict[str, Any], tree: Tree | None, reins: dict[str, Any]
) -> MergedRoster:
    """Merges lists, by their names, into one roster."""

def load_reconciliation(text: str, left: Any, right: Any, tree: Tree | None, reins: dict[str, Any]) -> Reconciliation:
    """Loads a run from its JSON and the tables of that time."""

def verify_roster_log(log: list[dict[str, Any]]) -> None:
    """Raises what is wrong with a log."""

def reconcile_rosters(
    left: Any, right: Any, rules: dict[str, Any], tree: Tree | None, reins: dict[str, Any]
) -> Reconciliation:
    """Reconciles two rosters."""

def deduplicate_roster(roster: Any, rules: dict[str, Any], tree: Tree | None, reins: dict[str, Any]) -> Reconciliation:
    """Finds the doubles of one roster."""

def estimate_rosters(left: Any, right: Any | None, rules: dict[str, Any], reins: dict[str, Any]) -> str:
    """What a run would compare and cut, as JSON."""

def roster_rules(name: str) -> str:
    """Rules to start from, by their name, as JSON."""

def model_from_splink(settings: str) -> str:
    """A model from the settings of Splink, as JSON."""

def model_to_splink(model: dict[str, Any]) -> str:
    """The settings of Splink of a model, as JSON."""

def model_weight(model: dict[str, Any], levels: list[int]) -> float | None:
    """How much speaks for the same person, from the levels of all comparisons; None if the model has no such levels."""

@final
class TokenKey:
    """A secret key from which tokens are made."""

    def __new__(cls, key: bytes) -> TokenKey:
        """Takes a key."""

    def tokenize(self, value: str, kind: str, algorithm: str | None) -> str | None:
        """The token of one value; None if there is no value of that kind in the text."""

    def tokenize_column(self, column: Any, kind: str, algorithm: str | None) -> tuple[Table, list[int], list[int]]:
        """The tokens of a column, the rows that can't be read, and those that have lost digits."""

    def check_value(self) -> str:
        """A text by which two offices find out whether they have the same key, without showing it."""

@final
class Duty:
    """Who answers for what over a tree (责任体系)."""

    def tree(self) -> Tree:
        """The tree beneath the duties."""

    def accountable(self, grid: str, domain: str, at: int | None, mode: str | None) -> str:
        """Who is accountable for a grid, or why nobody is, as JSON."""

    def accountable_at(self, positions: bytes, domain: str, at: int | None, mode: str | None) -> Table:
        """Who is accountable for each of a column of positions."""

    def supporting(self, grid: str, domain: str, at: int | None, mode: str | None) -> str:
        """Who supports a grid, as JSON rows."""

    def supervising(self, grid: str, domain: str, at: int | None, mode: str | None) -> str:
        """Who supervises a grid, as JSON rows."""

    def chain(self, grid: str, domain: str, at: int | None, mode: str | None) -> str:
        """The escalation path from a grid, as JSON rows."""

    def headcount(self, at: int | None) -> str:
        """Heads, posts and the people who hold them, counted, as JSON."""

    def mode_at(self, grid: str, at: int | None) -> str | None:
        """The mode in force at a grid; None if none is."""

    def audit(self, options: dict[str, Any], at: int | None, reins: dict[str, Any]) -> str:
        """Everything that is wrong over a window of time, or at one second, as JSON."""

    def domains(self) -> list[str]:
        """Every domain that a row names."""

    def modes(self) -> list[str]:
        """Every mode that a row names."""

    def people(self) -> list[str]:
        """Every person that a row names, by their tokens."""

    def is_timed(self) -> bool:
        """Whether an answer depends on the time."""

    def tables(self) -> str:
        """The tables of the base, as JSON."""

    def active_tables(self) -> str:
        """The tables with the rows of every mode that is on, as JSON."""

    def to_json(self) -> str:
        """The duties as versioned JSON."""

    def __eq__(self, other: object, /) -> bool:
        """Whether two have the same rows over equal trees."""

    def enter(self, layer: dict[str, Any], tables: dict[str, Any], zone: Any) -> Duty:
        """Lays a layer over the duties: its mode, scope and interval, and tables of rows, members and pairings."""

    def leave(self, mode: str, scope: str) -> Duty:
        """Takes a layer away."""

    def base(self) -> Duty:
        """The duties without any layer."""

    def layers(self) -> str:
        """The layers that are on, in the order in which they were entered, as JSON."""

    def source_of(self, row: int) -> str:
        """Which layer a row of the active tables came from, as JSON; null for a row of the base."""

@final
class Alerts:
    """Alerts as they are announced."""

    def level(self, scale: str, position: int, at: int) -> str | None:
        """The level that holds at a position at a second; None if none does."""

    def steps(self, scale: str, position: int) -> str:
        """When the level at a position changes, as JSON rows."""

    def scales(self) -> str:
        """The scales, as JSON."""

@final
class Plan:
    """A plan: who goes where, at the least cost."""

    def kind(self) -> str:
        """What kind of problem it answers."""

    def cost(self) -> float:
        """What it costs, in the unit of the tables."""

    def cost_units(self) -> int:
        """What it costs in whole units of the last decimal."""

    def decimals(self) -> int:
        """How many decimals of costs count."""

    def changes(self) -> int:
        """How many person-times changed from the plan before."""

    def rows(self) -> str:
        """Who goes where, as JSON rows."""

    def by_grid(self) -> str:
        """How many each need gets, as JSON rows."""

    def loads(self) -> str:
        """How many each sends or serves, as JSON rows."""

    def pairs(self) -> str:
        """Pairs of units and grids, as JSON rows."""

    def certificate(self) -> str:
        """The proof, as JSON."""

    def verify(self) -> None:
        """Raises what is wrong with the plan or its proof."""

    def gaps(self) -> str:
        """Where people are missing, with everything above, as JSON rows."""

    def kept(self, weight: str | None) -> str:
        """Who keeps the one they had in the plan before, as JSON."""

    def frontier(self, reins: dict[str, Any]) -> str:
        """The least cost for each number of changes, as JSON rows."""

    def again(self) -> Replan:
        """The plan, to be made again."""

    def to_json(self) -> str:
        """The plan as versioned JSON."""

@final
class Replan:
    """A plan to be made again: without some, or with other demand."""

    def without(self, who: list[str]) -> Replan:
        """Without some people, units or grids."""

    def with_demand(self, demand: Any) -> Replan:
        """With other demand."""

    def gaps(self) -> str:
        """Where people are missing before anything is repaired, as JSON rows."""

    def replan(self, options: dict[str, Any], reins: dict[str, Any]) -> Plan:
        """The plan made again."""

    def frontier(self, reins: dict[str, Any]) -> str:
        """The least cost for each number of changes, as JSON rows."""

@final
class ShiftRoster:
    """A roster of shifts (排班)."""

    def duties(self) -> str:
        """Who is where in which shift, as JSON rows."""

    def loads(self) -> str:
        """How many shifts each person has, as JSON rows."""

    def report(self) -> str:
        """The cost, the bound that is proved, the gap between them, as JSON."""

    def prices(self) -> str:
        """The prices that prove the bound, as JSON rows."""

    def verify(self) -> None:
        """Raises what is wrong with the roster or its proof."""

    def to_json(self) -> str:
        """The roster as versioned JSON."""

@final
class Teams:
    """Teams (小组) and their members."""

    def members(self) -> str:
        """Who is in which team, as JSON rows."""

    def report(self) -> str:
        """How many teams, members and spare people there are, and what forbids one more team, as JSON."""

    def verify(self) -> None:
        """Raises what is wrong with the teams."""

    def to_json(self) -> str:
        """The teams as versioned JSON."""

@final
class Flow:
    """A flow as it was found: the next one starts from its last tree."""

def version() -> str:
    """The version of the package, the same in Rust, Python and JavaScript."""

def grid_code(text: str, /) -> str:
    """Checks that a text can be the code (编码) of a grid and returns it."""

def convert(x: bytes, y: bytes, source: str, target: str) -> tuple[bytes, bytes]:
    """Converts columns of coordinates from one reference to another."""

def distances(origin: tuple[bytes, bytes], to: tuple[bytes, bytes], crs: str) -> bytes:
    """Distances in metres between columns of places, each of the first to its counterpart."""

def area(x: bytes, y: bytes, crs: str) -> float:
    """The area in square metres of the ring that places are the corners of."""

def layout_of_text(text: str) -> str:
    """A layout as JSON: its text, counts, total and fan-outs."""

def layout_of_counts(counts: list[int]) -> str:
    """The layout of counts, one for each level, as JSON."""

def check_layout(text: str, counts: list[int]) -> str:
    """Where a layout and counts differ, as JSON."""

def read_claim(text: str) -> str:
    """A rounded claim as JSON: its bounds, rule and measure word."""

def check_claim(text: str, count: int) -> str:
    """How a count stands to a rounded claim, as JSON."""

def apportion(seats: int, parties: str, method: str, minimum: int) -> str:
    """Shares seats among parties (a JSON list) by a method, as JSON."""

def scaled_weights(weights: list[float], decimals: int) -> list[int]:
    """Weights with decimals as whole numbers: each times 10 to the `decimals`."""

def register(year: int) -> Tree:
    """The tree of one edition of the register."""

def register_csv(year: int) -> str:
    """One edition of the register as CSV text."""

def register_editions() -> list[int]:
    """The years of the register's editions."""

def zhongshan(seed: int | None) -> tuple[Tree, str, str, str, str]:
    """The sample city: its tree, and its cover, fronts, staff and strength as JSON rows."""

def zhongshan_duty(seed: int | None) -> str:
    """The tables of who answers for what in the sample city, as JSON."""

def zhongshan_deployment(seed: int | None, nearest: int) -> str:
    """People, units, needs, places and borders of the sample city to send help over, as JSON."""

def standard_event_profile() -> str:
    """The stages of an office that has not said its own, as JSON."""

def four_level_rules() -> str:
    """The rules of post of a city with four levels, as JSON."""

def alert_scale(name: str, blue: bool) -> str:
    """A scale of three or four levels without staffing or tasks, as JSON."""

def check_alert_scale(scale: dict[str, Any]) -> None:
    """Raises everything that is wrong with a scale."""

def person_count(person_times: int, days: int, most_per_day: int) -> str:
    """The bounds of a bare total, as JSON; null if no day can hold it."""

def assign_dense(rows: int, columns: int, costs: Any, reins: dict[str, Any]) -> tuple[bytes, int, bytes, bytes]:
    """Assigns every row of a matrix a column."""

def assign(
    rows: int,
    columns: int,
    pairs: dict[str, Any],
    earlier: tuple[bytes, int, bytes, bytes] | None,
    reins: dict[str, Any],
) -> tuple[bytes, int, bytes, bytes]:
    """Assigns every row a column among candidates; from an earlier answer, if there is one."""

def verify_dense(rows: int, columns: int, costs: Any, answer: tuple[bytes, int, bytes, bytes]) -> None:
    """Checks an answer against a matrix."""

def verify_assigned(rows: int, columns: int, pairs: dict[str, Any], answer: tuple[bytes, int, bytes, bytes]) -> None:
    """Checks an answer against its candidates."""

def maximum_matching(rows: int, columns: int, pairs: dict[str, Any], reins: dict[str, Any]) -> str:
    """Gives as many rows as possible a column: the answer as JSON."""

def verify_matching(rows: int, columns: int, pairs: dict[str, Any], answer: str) -> None:
    """Checks a matching (JSON) against its candidates."""

def min_cost_flow(
    supplies: Any, arcs: dict[str, Any], earlier: Flow | tuple[bytes, bytes, int] | None, reins: dict[str, Any]
) -> tuple[bytes, bytes, int, Flow]:
    """The cheapest flow; from an earlier one, if there is one."""

def verify_flow(supplies: Any, arcs: dict[str, Any], answer: Flow | tuple[bytes, bytes, int]) -> None:
    """Checks a flow against its network."""

def pack_integers(column: Any) -> bytes:
    """Whole numbers of any kind as packed 64-bit numbers."""

def apply_changes(
    duty: Duty, changes: list[dict[str, Any]], options: dict[str, Any]
) -> tuple[Tree, Duty, str, str, str]:
    """Applies changes to duties and the tree beneath them: the new tree and duties, the ledger, the way from old codes
    to new ones, and the grids that need a holder, the last three as JSON."""

def diff_duties(before: Duty, after: Duty) -> str:
    """What differs between two states of duties, as JSON rows."""

def zhongshan_visits(people: int, seed: int) -> tuple[Table, Table, list[int | None], list[bool]]:
    """Residents of the sample city, visits to them, whom each visit met and whether they had moved."""
