//! The conformance vectors: the same questions with the same answers, put to Rust, Python and JavaScript; and
//! [`surface`], whether the three offer the same.
//!
//! # The files
//!
//! Each file in `vectors/` is a list of vectors of one room. A vector is an object:
//!
//! | key | what it is |
//! |---|---|
//! | `op` | the operation, `room.name`; every name is Python's |
//! | `input` | its arguments, in `snake_case` |
//! | `expect` | the answer |
//! | `error` | instead of `expect`: `code`, and `faults`, one object a fault in order, with those keys that matter |
//! | `note` | where the expected value comes from: a derivation by hand, or an independent program |
//!
//! Answers are compared as JSON values: numbers by their 64-bit value, texts byte by byte, lists in order, objects key by
//! key with none left over. A fault in `error.faults` is compared by the keys that it names; there are as many faults as are
//! listed. An operation that a runner does not know fails, and so does one that no vector asks for.
//!
//! # Operations on a tree
//!
//! `input` says which tree: `rows` (records), `columns` (an object of lists), `csv` (a text) or `csv_base64` (bytes), with
//! `schema`, `code_scheme` (a name or a definition), `root` (a code, or `{code, name}`) and `weights` (names of columns)
//! where wanted; or `json` (a saved tree); or `edition` (a year of the sample register); or `city: true` (the sample city).
//! A *table* is a list of records `{code, parent, name, level, kind, …weights}` in the order of the tree, with `null` for
//! what is missing, `parent` of the first row left out of a subtree as `null`, and `footprint` only if a grid has one.
//! A `grid` is a code, a list of codes, or a list of positions; the answer takes the same form, and a list of lists where
//! each answer is a list.
//!
//! | op | arguments | answer |
//! |---|---|---|
//! | `tree.from_table`, `tree.from_columns`, `tree.from_csv`, `tree.from_json` | | the table |
//! | `tree.from_table_lossy`, `tree.from_csv_lossy` | | `{tree: table or null, faults: [[row, code]], rejected: [{row, cause}]}` |
//! | `tree.len`, `tree.counts`, `tree.layout` | `grid?` | a number; counts from level 0; the notation |
//! | `tree.contains` | `code` | a truth value |
//! | `tree.index`, `tree.codes` | `codes`; `positions` | positions; codes, with −1 in and `null` out for none |
//! | `tree.parent`, `tree.children`, `tree.path`, `tree.siblings`, `tree.leaves`, `tree.depth` | `grid` | |
//! | `tree.descendants`, `tree.ancestor_at` | `grid`, `level` (`descendants`: optional) | |
//! | `tree.lca`, `tree.distance` | `a`, `b` | |
//! | `tree.is_ancestor` | `above`, `below` | |
//! | `tree.row` | `grid` | the record as it is saved: keys with nothing left out, weights under `weights` |
//! | `tree.to_table`, `tree.extract` | `grid` (`to_table`: optional) | the table |
//! | `tree.children_page` | `grid`, `offset`, `limit` | `{total, rows}` |
//! | `tree.search` | `text`, `limit?`, `level?`, `under?` | rows |
//! | `tree.rollup` | `table` (records), `how` (`{column: "sum"}` or `["mean", weights]`), `by?` | records, `code` first |
//! | `tree.total` | `weight` | records |
//! | `tree.spans` | `grid?`, `profile?` | `{profile, levels, offenders}` |
//! | `tree.supervisors` | `bound`, `grid?` | `{bound, total, grids, rows}` |
//! | `tree.declared` | `declared` (rows of `grids`, `level`, `declared`) | rows |
//! | `tree.edit` | `edits` | `{tree: table, map}` |
//! | `edit_map_then` | `first`, `later` (maps; no tree) | the map from the first codes to the last |
//! | `tree.about` | | `{schema, code_scheme, weights}` |
//! | `tree.to_json` | | the text |
//! | `tree.to_svg` | `counts`, `wishes?`, `footprints?` | the text's FNV-1a hash (64 bits of UTF-8, hexadecimal) |
//! | `tree.to_geojson` | `counts`, `wishes?`, `footprints` | the parsed text |
//! | `fronts.rows`, `fronts.counts` | `fronts` (rows) | rows |
//! | `fronts.of`, `fronts.members` | and `grid`; `front` | rows of `front`, `grid`; codes |
//!
//! # Operations on footprints
//!
//! Beside the tree, `footprints` is `{geojson?, code_property?, crs?, invented?, close_rings?}`; without `geojson` they are the tree's own.
//!
//! | op | arguments | answer |
//! |---|---|---|
//! | `footprints.read` | | `{len, crs, invented}` |
//! | `footprints.to_geojson` | | the parsed text |
//! | `footprints.to` | `to` | the parsed text in the other reference |
//! | `footprints.bounds` | | `{west, south, east, north}` or `null` |
//! | `footprints.areas` | | square metres by position, `null` without an outline |
//! | `footprints.locate` | `points` (`[[x, y]]`), `points_crs?`, `level?` | codes |
//! | `footprints.adjacency` | `level`, `queen?`, `tolerance_m?`, `least_border_m?` | `{borders, islands, without_outline}` |
//! | `footprints.check_tiling` | `tolerance_m2` | rows |
//!
//! # Operations on duties, events, alerts, changes
//!
//! Beside the tree, `assignments`, `absences`, `deputies`, `holdings`, `posts` (the rules), `teams`, `people`, `chains`; with
//! `city: true` those of the sample city. `without_holders_of_leaf` takes away whoever is named at the leaf of that number.
//! `keys` picks cells of the rows of an answer.
//!
//! | op | arguments | answer |
//! |---|---|---|
//! | `duty.tables`, `duty.lists` | | the tables that have rows; `{domains, modes, people, is_timed}` |
//! | `duty.accountable` | `grid`, `domain`, `at?`, `mode?` | the answer with `gap`; for a list of grids, columns |
//! | `duty.supporting`, `duty.supervising`, `duty.chain` | the same | rows |
//! | `duty.headcount` | `at?` | the counts |
//! | `duty.mode_at` | `layers`, `grid`, `at?` | the mode or `null` |
//! | `duty.audit` | `at?` or `from?`, `until?`, `always?`; `domains?`, `modes?`, `span?`, `every_level?`, `keys?` | rows |
//! | `duty.enter_leave` | `layers` (`mode`, `scope`, `from?`, `until?`, `rows?`, `teams?`, `pairings?`), `grid`, `domain`, `at?` | who answers `before`, `inside`, `after`; `same_bytes`, `base_is_same` |
//! | `duty.to_json` | | `{text, same}`: the text, and whether it loads to equal duties |
//! | `change.apply` | `changes`, `undecided?`, `others?`, `weight?` | `{codes, assignments, ledger, map, needs_holder}` |
//! | `change.diff` | `later` (assignments) | rows |
//! | `events.totals`, `events.report` | `events`, `groups?` (`{count, event}`: so many alike), `profile?`, `now`, `received_from?`, `received_until?`, `keys?` | counts and rates; rows |
//! | `events.breaches`, `events.escalations` | `events`, `profile?`, `now`, `within?` (`escalations`: over the duties) | rows |
//! | `alert.needs`, `alert.delta` | `scale`, `grid`, `level`; `before`, `after` | rows |
//! | `alert.steps` | `scale`, `alerts`, `grid`, `at` | `{level, steps}` |
//!
//! # Operations on plans
//!
//! A plan is answered as `{kind, cost, cost_units, changes, bound, verified, loads, by_grid, table}`: `loads` and `by_grid` as
//! `[amount, how many]`, the rows of `table` with the cells that `keys` names, and no table where it names none. Every answer
//! is verified on the way.
//!
//! | op | arguments | answer |
//! |---|---|---|
//! | `deploy.assign` | `needs`, `people`, `candidates?`, `candidate_columns?`, `home?`, `work?`, `skill_miss?`, `language_miss?`, `reach?`, `fair?`, `allow_gaps?`; with all: `positions?`, `decimals?` | a plan |
//! | `deploy.pair` | `units` (with `city` the 83 of the sample, without sizes), `grids?`, `level?`, `under?`, `costs?`, `distance?`, `size?`, `mismatch?` | a plan |
//! | `deploy.surge` | `supply`, `demand`, `pairs?`, `edges?`, `units?`, `paired?`, `neighbour?`, `anywhere?`, `distance?`, `allow_gaps?` | a plan |
//! | `deploy.aid`, `deploy.spread` | `spares`, `demand`, `edges?`, `distance?`, `allow_gaps?`; `people?` or `count?`, `grids?`, `level?`, `under?`, `size?`, `home?` | a plan |
//! | `deploy.replan` | `problem` with its arguments, `without?`, `later_demand?`, `change_cost?`, `fewest_changes?`, `weight?` | a plan with `missing_before` and `kept` |
//! | `deploy.frontier`, `deploy.gaps`, `deploy.to_json` | `problem` with its arguments (`frontier`: `without?`, `later_demand?`) | rows; rows; whether it is saved and loaded as the same |
//! | `deploy.infeasible` | `problem` (`teams` and `shifts` too) with its arguments | `{code, causes}` |
//! | `deploy.person_times`, `deploy.person_count` | `attendance`, `days?`, `most_per_day?`; `person_times`, `days`, `most_per_day?` | the counts; the bounds or `null` |
//! | `deploy.teams`, `deploy.most_teams` | `people`, `rules`, `teams`, `fill?`; `people`, `rule` | `{table, certificate}` |
//! | `deploy.shifts` | `checkpoints`, `shifts`, `people`, `wishes?`, `days`, `utc_offset?`, `rest?`, `one_a_day?`, `most_shifts?`, `load_weight?`, `distance_weight?` | `{table, loads, certificate}` |
//! | `solve.assign_dense`, `solve.assign` | `costs` (a matrix); `rows`, `columns`, `arcs` (columns `row`, `column`, `cost?`) | `{columns, cost, bound}`, the bound being the sum of all prices |
//! | `solve.reassign` | and `earlier` (arcs whose answer is the start) | the same |
//! | `solve.maximum_matching` | as `solve.assign` | `{columns, size, hall, cover}`, `null` for no column |
//! | `solve.min_cost_flow` | `supplies`, `arcs` (columns `tail`, `head`, `lower?`, `capacity?`, `cost?`) | `{flows, cost}` |
//! | `solve.reflow` | `supplies` and `earlier` (arcs) of the start, `later_supplies` and `arcs` | the same |
//! | `solve.infeasible` | `problem` (`assign`, `min_cost_flow`) with its arguments | `{code, causes}` |
//!
//! # Operations on rosters
//!
//! `left` and, unless one roster is freed of doubles, `right` are lists of records, with `rules` and a tree where wanted; keys
//! stand in alphabetical order. `ask` names the tables of the answer: `matched`, `missing`, `extra`, `duplicates`, `review`,
//! `conflicts`, `moved`, `households`, `clusters`, `counts`, `columns`, `model`, `log`, `decisions`, `states` (of both sides).
//!
//! | op | arguments | answer |
//! |---|---|---|
//! | `roster.reconcile` | `ask` | each table by its name |
//! | `roster.by` | `by` (`grid`, `all`, or a level) | rows |
//! | `roster.explain` | `pair` (record ids), `shown?` | `{found, sentences, waterfalls}`: en and zh, drawings by hash |
//! | `roster.explain_row` | `side`, `id` | `{found, sentences}` |
//! | `roster.history` | `steps` (`decide`; `left?`, `right?`, `remove_left?`, `remove_right?`; or `undo`; with `at?`, `by?`), `ask` | the tables, and `saved` (whether it is saved and loaded as the same) unless there were updates |
//! | `roster.model` | `splink` (settings), `levels` | `{model, splink, weights}` |
//! | `roster.staff_diff` | `old`, `new`, `rules?` | the report |
//! | `roster.ledger` | `ledger`, `rule?`, `grid`, `number`, `min_cell` | `{total, by_grid, behind, published}` |
//! | `roster.merge` | `names`, `lists`, `keys?` | `{people, sources, values, conflicts, doubts, without_key, by_list, overlaps}` |
//! | `roster.tokens` | `key`, `column`, `kind`, `algorithm?` | `{tokens, unreadable, lost_digits, check_value}` |
//!
//! # The rest
//!
//! | op | arguments | answer |
//! |---|---|---|
//! | `grid_code` | `text` | the text |
//! | `scheme.definition`, `.lengths`, `.nests`, `.takes_integers` | `scheme` (a name or a definition) | |
//! | `scheme.check`, `.parse`, `.parent_of`, `.strip` | and `code` | `null`; `{code, parts}`; a code or `null`; a code |
//! | `scheme.extends` | and `parent`, `child` | a truth value |
//! | `scheme.format` | and `parts` (`{segment: value}`) | a code |
//! | `scheme.from_integer` | and `number` | a code or `null` |
//! | `scheme.capacity_check` | and `children` (`[[code, count]]`) | `{overflows, unknown}` |
//! | `scheme.spread_check` | and `total`, `parents` | the overflow or `null` |
//! | `layout.read`, `layout.check` | `layout` (a text or counts); and `counts` | `{text, counts, total, fan_outs}`; mismatches |
//! | `claim.read`, `claim.check`, `claim.admits` | `text`; and `count` | `{text, low, high, rule, measure}`; a check; a truth value |
//! | `apportion` | `seats`, `weights`, `method`, `minimum?`, `minimums?`, `caps?`, `decimals?` | `{method, seats, certificate, tie}` |
//! | `geo.convert` | `points`, `source`, `target` | points |
//! | `geo.distance` | `a`, `b` (points), `crs?` | metres |
//! | `geo.area` | `points` (a ring), `crs?` | square metres |
//! | `samples.editions` | | years |
//! | `samples.register` | `edition` | `{counts, root}` |
//! | `samples.register_csv` | `edition` | the text's hash, as in `tree.to_svg` |
//! | `samples.zhongshan` | `seed?` | `{counts, towns, cover, fronts, staff, strength}`: counts per level, by town, and numbers of rows |

mod input;
mod ops;
pub mod surface;
mod vector;

pub use input::{Answer, Input, Stop};
pub use ops::{Op, table};
pub use vector::{Vector, difference, read_all};
