/** The dispatch table: from the name of an operation to the call that answers it. */
import {
  type ApportionOptions,
  type AssignmentRow,
  type BuildOptions,
  Claim,
  CodeScheme,
  type CountRow,
  type DeclaredRow,
  type Edit,
  type EditMap,
  type EnterOptions,
  type EventRow,
  Events,
  type FrontRow,
  type Fronts,
  type GridColumns,
  type GridRecord,
  type GridTable,
  GridTree,
  Layout,
  type MapOptions,
  Responsibility,
  type SchemeName,
  type SpanProfile,
  type WindowOptions,
  alert,
  apportion,
  change,
  deploy,
  editMapThen,
  geo,
  gridCode,
  isGridcoreError,
  samples,
  solve,
} from "gridcore";

type Input = Record<string, unknown>;
type Op = (input: Input) => unknown;
type Place = [number, number];

const options = (input: Input): BuildOptions => ({
  schema: input["schema"] as BuildOptions["schema"],
  codeScheme: input["code_scheme"] as BuildOptions["codeScheme"],
  root: input["root"] as BuildOptions["root"],
  weights: input["weights"] as BuildOptions["weights"],
});

let city: GridTree | undefined;

/** The tree that a vector asks about. */
function tree(input: Input): GridTree {
  if (input["edition"] !== undefined) {
    return samples.register(input["edition"] as number);
  }
  if (input["city"] !== undefined) {
    city ??= samples.zhongshan().tree;
    return city;
  }
  if (input["json"] !== undefined) {
    return GridTree.fromJson(input["json"] as string);
  }
  const csv = bytes(input);
  if (csv !== undefined) {
    return GridTree.fromCsv(csv, options(input));
  }
  return input["columns"] === undefined
    ? GridTree.fromRecords(input["rows"] as GridRecord[], options(input))
    : GridTree.fromColumns(input["columns"] as GridColumns, options(input));
}

function bytes(input: Input): string | Uint8Array | undefined {
  const text = input["csv_base64"] as string | undefined;
  return text === undefined ? (input["csv"] as string | undefined) : Buffer.from(text, "base64");
}

/** A tree as a list of records. */
function table(tree: GridTree, grid?: string): object[] {
  const columns: GridTable = tree.toColumns(grid);
  const outlined = columns.footprint.some((text) => text !== null);
  return columns.code.map((code, row) => ({
    code,
    parent: columns.parent[row],
    name: columns.name[row],
    level: columns.level[row],
    kind: columns.kind[row],
    ...(outlined ? { footprint: columns.footprint[row] } : {}),
    ...Object.fromEntries(Object.entries(columns.weights).map(([name, values]) => [name, values[row]])),
  }));
}

const built: Op = (input) => table(tree(input));

/** A question with one code, codes or positions, and its answer. */
function asked(input: Input, name: string): never {
  const grids = input[name];
  const positions = Array.isArray(grids) && typeof grids[0] === "number";
  return (positions ? Int32Array.from(grids as number[]) : grids) as never;
}

/** Lists of one row each, if they are laid one behind the other. */
function lists(answer: unknown): unknown {
  if (typeof answer !== "object" || answer === null || !("offsets" in answer)) {
    return answer;
  }
  const { offsets, values } = answer as { offsets: Uint32Array; values: Int32Array };
  return [...offsets].slice(1).map((end, row) => [...values.subarray(offsets[row], end)]);
}

const text = (input: Input, name: string): string => input[name] as string;
const grid = (input: Input): string | undefined => input["grid"] as string | undefined;
const scheme = (input: Input): CodeScheme => new CodeScheme(input["scheme"] as SchemeName);
const fronts = (input: Input): Fronts => tree(input).fronts(input["fronts"] as FrontRow[]);
const layout = (input: Input): Layout => new Layout(input["layout"] as string);

/** The columns of places. */
function places(input: Input, name: string): [number[], number[]] {
  const list = input[name] as Place[];
  return [list.map(([x]) => x), list.map(([, y]) => y)];
}

function footprints(input: Input, of = tree(input)): geo.Footprints {
  const wishes = input["footprints"] as Input;
  return of.footprints(wishes["geojson"] as object | undefined, {
    codeProperty: wishes["code_property"] as string | undefined,
    crs: wishes["crs"] as geo.Reference | undefined,
    invented: wishes["invented"] as boolean | undefined,
    closeRings: wishes["close_rings"] as boolean | undefined,
  });
}

/** Options in snake_case as the ones that JavaScript knows. */
function camel(wishes: unknown): object {
  const words = (key: string): string => key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(wishes ?? {}).map(([key, value]) => [words(key), value]));
}

/** The 64-bit FNV-1a hash of a text, in hexadecimal: long texts are compared by it. */
function hash(text: string): string {
  let hash = 0xcbf2_9ce4_8422_2325n;
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x0100_0000_01b3n);
  }
  return hash.toString(16).padStart(16, "0");
}

/** Columns as records, `code` first. */
function records(code: readonly string[], columns: Record<string, ArrayLike<number | null>>): object[] {
  const row = (number: number): [string, unknown][] => Object.entries(columns).map(([name, values]) => [name, values[number]]);
  return code.map((code, number) => ({ code, ...Object.fromEntries(row(number)) }));
}

const lossy: Op = (input) => {
  const csv = bytes(input);
  const found =
    csv === undefined
      ? GridTree.fromRecordsLossy(input["rows"] as GridRecord[], options(input))
      : GridTree.fromCsvLossy(csv, options(input));
  return {
    tree: found.tree && table(found.tree),
    faults: found.faults.map((fault) => [fault.row, fault.code]),
    rejected: found.rejected,
  };
};

const DUTY = ["absences", "deputies", "holdings", "posts", "teams", "people", "chains"];
const STAFFING = ["candidates", "home", "work", "skill_miss", "language_miss", "reach", "fair", "allow_gaps"];
const PAIRING = ["grids", "level", "under", "costs", "distance", "size", "mismatch"];
const SURGE = ["pairs", "edges", "units", "paired", "neighbour", "anywhere", "distance", "allow_gaps"];
const SPREAD = ["grids", "level", "under", "size", "home"];
const ROSTER = ["days", "wishes", "utc_offset", "rest", "one_a_day", "most_shifts", "load_weight", "distance_weight"];

/** Those arguments that are there, as options. */
function some(input: Input, ...names: string[]): Input {
  const there = names.filter((name) => input[name] !== undefined && input[name] !== null);
  return camel(Object.fromEntries(there.map((name) => [name, input[name]]))) as Input;
}

/** The argument as its call wants it. */
function given<T>(input: Input, name: string): T {
  return input[name] as T;
}

/** Rows with those keys only that the vector names. */
function picked(input: Input, rows: readonly object[]): unknown {
  const keys = input["keys"] as string[] | undefined;
  const pick = (row: object): object => Object.fromEntries(keys!.map((key) => [key, (row as Input)[key]]));
  return keys === undefined ? rows : rows.map(pick);
}

function duty(input: Input): Responsibility {
  const of = tree(input);
  const { assignments, ...tables } =
    input["city"] === undefined
      ? ({ assignments: input["assignments"] ?? [], ...some(input, ...DUTY) } as unknown as samples.SampleDuty)
      : samples.zhongshanDuty();
  const number = input["without_holders_of_leaf"] as number | undefined;
  const leaf = number === undefined ? undefined : of.leaves(of.root)[number];
  const kept = leaf === undefined ? assignments : assignments.filter((row) => row.grid !== leaf);
  return Responsibility.resolve(of, kept, tables);
}

type Layer = EnterOptions & { mode: string; scope: string };

const entered = (before: Responsibility, layers: Layer[]): Responsibility =>
  layers.reduce((duty, { mode, scope, ...rest }) => duty.enter(mode, scope, rest), before);

const dutyOf: (name: "accountable" | "supporting" | "supervising" | "chain") => Op = (name) => (input) =>
  duty(input)[name](text(input, "grid"), text(input, "domain"), some(input, "at", "mode"));

function events(input: Input): Events {
  const rows = [...((input["events"] as EventRow[] | undefined) ?? [])];
  for (const { count, event } of (input["groups"] as { count: number; event: EventRow }[] | undefined) ?? []) {
    for (let one = 0; one < count; one += 1) {
      rows.push({ ...event, id: `g${rows.length}` });
    }
  }
  return Events.fromRows(tree(input), rows, some(input, "profile"));
}

const window = (input: Input): WindowOptions => some(input, "received_from", "received_until");

function plan(input: Input, problem = text(input, "problem")): deploy.Plan {
  const of = tree(input);
  const shared = some(input, "positions", "decimals");
  switch (problem) {
    case "assign": {
      const columns = input["candidate_columns"] as deploy.CandidateColumns | undefined;
      const wishes = { ...shared, ...some(input, ...STAFFING), columns };
      return deploy.assign(of, given(input, "needs"), given(input, "people"), wishes);
    }
    case "pair": {
      const units =
        input["city"] === undefined
          ? given<deploy.UnitRow[]>(input, "units")
          : samples.zhongshanDeployment(undefined, { nearest: 1 }).units.map(({ unit, home }) => ({ unit, home }));
      return deploy.pair(of, units as deploy.UnitRow[], { ...shared, ...some(input, ...PAIRING) });
    }
    case "surge":
      return deploy.surge(of, given(input, "supply"), given(input, "demand"), { ...shared, ...some(input, ...SURGE) });
    case "aid":
      return deploy.aid(of, given(input, "spares"), given(input, "demand"), {
        ...shared,
        ...some(input, "edges", "distance", "allow_gaps"),
      });
    default:
      return deploy.spread(of, given(input, input["count"] === undefined ? "people" : "count"), {
        ...shared,
        ...some(input, ...SPREAD),
      });
  }
}

/** How many rows have each amount, ascending. */
function amounts(rows: readonly { amount: number }[]): [number, number][] {
  const counts = new Map<number, number>();
  for (const { amount } of rows) {
    counts.set(amount, (counts.get(amount) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => a - b);
}

function shown(input: Input, plan: deploy.Plan): object {
  plan.verify();
  const { bound, verified } = plan.certificate;
  const keys = input["keys"] as string[] | undefined;
  return {
    kind: plan.kind,
    cost: plan.cost,
    cost_units: plan.costUnits,
    changes: plan.changes,
    bound,
    verified,
    loads: amounts(plan.loads),
    by_grid: amounts(plan.byGrid),
    ...(keys?.length === 0 ? {} : { table: picked(input, plan.table) }),
  };
}

function again(input: Input): deploy.Replan {
  const changed = plan(input).without((input["without"] as string[] | undefined) ?? []);
  const demand = input["later_demand"] as deploy.DemandRow[] | undefined;
  return demand === undefined ? changed : changed.withDemand(demand);
}

function teams(input: Input): deploy.Teams {
  const [of, people] = [tree(input), given<deploy.PersonRow[]>(input, "people")];
  return input["rule"] === undefined
    ? deploy.teams(of, people, given(input, "rules"), given(input, "teams"), some(input, "fill"))
    : deploy.mostTeams(of, people, given(input, "rule"));
}

const formed: Op = (input) => {
  const found = teams(input);
  found.verify();
  return { table: found.table, certificate: found.certificate };
};

function roster(input: Input): deploy.ShiftRoster {
  const options = some(input, ...ROSTER) as unknown as deploy.ShiftOptions;
  const shifts = given<deploy.ShiftRow[]>(input, "shifts");
  return deploy.shifts(tree(input), given(input, "checkpoints"), shifts, given(input, "people"), options);
}

/** The code and the causes of what cannot be done. */
const infeasible: (ask: Op) => Op = (ask) => (input) => {
  try {
    ask(input);
  } catch (error) {
    if (!isGridcoreError(error) || !("causes" in error)) {
      throw error;
    }
    return { code: error.code, causes: error.causes };
  }
  throw new Error("it can be done");
};

function candidates(input: Input, name = "arcs"): solve.Candidates {
  const arcs = given<Omit<solve.Candidates, "rows" | "columns">>(input, name);
  return { rows: given(input, "rows"), columns: given(input, "columns"), ...arcs };
}

function network(input: Input, supplies = "supplies", name = "arcs"): solve.Network {
  const { capacity, ...arcs } = given<solve.Network & { capacity?: (number | null)[] }>(input, name);
  const limits = capacity?.map((most) => most ?? 2n ** 63n - 1n);
  return { ...arcs, supplies: given(input, supplies), ...(limits === undefined ? {} : { capacity: limits }) };
}

/** The columns and the cost, beside what the prices add up to, which proves it. */
function assigned({ columns, cost, rowDuals, columnDuals }: solve.Assigned): object {
  const bound = [...rowDuals, ...columnDuals].reduce((sum, price) => sum + price, 0n);
  return { columns, cost, bound };
}

const sparse: Op = (input) => {
  const now = candidates(input);
  const before = input["earlier"] === undefined ? undefined : solve.assign(candidates(input, "earlier"));
  const found = before === undefined ? solve.assign(now) : solve.reassign(now, before);
  solve.verifyAssigned(now, found);
  return assigned(found);
};

const flow: Op = (input) => {
  const before = input["earlier"] === undefined ? undefined : solve.minCostFlow(network(input, "supplies", "earlier"));
  const now = network(input, before === undefined ? "supplies" : "later_supplies");
  const found = before === undefined ? solve.minCostFlow(now) : solve.reflow(now, before);
  solve.verifyFlow(now, found);
  return { flows: found.flows, cost: found.cost };
};

export const OPS: Readonly<Record<string, Op>> = {
  grid_code: (input) => gridCode(text(input, "text")),
  "tree.from_table": built,
  "tree.from_columns": built,
  "tree.from_csv": built,
  "tree.from_json": built,
  "tree.from_table_lossy": lossy,
  "tree.from_csv_lossy": lossy,
  "tree.to_table": (input) => table(tree(input), grid(input)),
  "tree.extract": (input) => table(tree(input).extract(grid(input)!)),
  "tree.row": (input) => tree(input).row(grid(input)!),
  "tree.to_json": (input) => tree(input).toJson(),
  edit_map_then: (input) => editMapThen(input["first"] as EditMap, input["later"] as EditMap),
  "tree.about": (input) => {
    const { schema, codeScheme, weights } = tree(input);
    return { schema, code_scheme: codeScheme, weights };
  },
  "tree.edit": (input) => {
    const { tree: after, map } = tree(input).edit(input["edits"] as Edit[]);
    return { tree: table(after), map };
  },
  "tree.len": (input) => tree(input).size,
  "tree.counts": (input) => tree(input).counts(grid(input)),
  "tree.layout": (input) => tree(input).layout(grid(input)),
  "tree.contains": (input) => tree(input).has(text(input, "code")),
  "tree.index": (input) => tree(input).index(input["codes"] as string[]),
  "tree.codes": (input) => tree(input).codes(Int32Array.from(input["positions"] as number[])),
  "tree.parent": (input) => tree(input).parent(asked(input, "grid")),
  "tree.ancestor_at": (input) => tree(input).ancestorAt(asked(input, "grid"), input["level"] as number),
  "tree.depth": (input) => tree(input).depth(asked(input, "grid")),
  "tree.lca": (input) => tree(input).lca(asked(input, "a"), asked(input, "b")),
  "tree.distance": (input) => tree(input).distance(asked(input, "a"), asked(input, "b")),
  "tree.is_ancestor": (input) => {
    const answer: unknown = tree(input).isAncestor(asked(input, "above"), asked(input, "below"));
    return answer instanceof Uint8Array ? Array.from(answer, Boolean) : answer;
  },
  "tree.children": (input) => lists(tree(input).children(asked(input, "grid"))),
  "tree.path": (input) => lists(tree(input).path(asked(input, "grid"))),
  "tree.siblings": (input) => lists(tree(input).siblings(asked(input, "grid"))),
  "tree.leaves": (input) => lists(tree(input).leaves(asked(input, "grid"))),
  "tree.descendants": (input) => lists(tree(input).descendants(asked(input, "grid"), input["level"] as number)),
  "tree.children_page": (input) =>
    tree(input).childrenPage(grid(input)!, input["offset"] as number, input["limit"] as number),
  "tree.search": ({ text, limit, level, under, ...input }) =>
    tree(input).search(text as string, {
      limit: limit as number | undefined,
      level: level as number | undefined,
      under: under as string | undefined,
    }),
  "tree.rollup": (input) => {
    const how = input["how"] as Record<string, "sum">;
    const { code, values } = tree(input).rollup(input["table"] as object[], how, input["by"] as string | undefined);
    return records(code, values);
  },
  "tree.total": (input) => {
    const of = tree(input);
    return records(of.codes(), { [text(input, "weight")]: of.total(text(input, "weight")) });
  },
  "tree.spans": (input) => tree(input).spans(input["profile"] as SpanProfile | undefined, grid(input)),
  "tree.supervisors": (input) => tree(input).supervisors(input["bound"] as number, grid(input)),
  "tree.declared": (input) => tree(input).declared(input["declared"] as DeclaredRow[]),
  "tree.to_svg": (input) => {
    const of = tree(input);
    const over = input["footprints"] === undefined ? undefined : footprints(input, of);
    return hash(of.toSvg(input["counts"] as CountRow[], { ...camel(input["wishes"]), footprints: over }));
  },
  "tree.to_geojson": (input) => {
    const of = tree(input);
    const wishes = camel(input["wishes"]) as MapOptions;
    return JSON.parse(of.toGeojson(input["counts"] as CountRow[], footprints(input, of), wishes));
  },
  "fronts.rows": (input) => fronts(input).rows(),
  "fronts.counts": (input) => fronts(input).counts(),
  "fronts.of": (input) => fronts(input).of(grid(input)!),
  "fronts.members": (input) => fronts(input).members(text(input, "front")),
  "footprints.read": (input) => {
    const { size, crs, invented } = footprints(input);
    return { len: size, crs, invented };
  },
  "footprints.to_geojson": (input) => JSON.parse(footprints(input).toGeojson()),
  "footprints.to": (input) => JSON.parse(footprints(input).to(input["to"] as geo.Reference).toGeojson()),
  "footprints.bounds": (input) => footprints(input).bounds(),
  "footprints.areas": (input) => footprints(input).areas(),
  "footprints.locate": (input) => {
    const of = tree(input);
    const [x, y] = places(input, "points");
    const crs = input["points_crs"] as geo.Reference | undefined;
    return of.codes(footprints(input, of).locate(x, y, { crs, level: input["level"] as number | undefined }));
  },
  "footprints.adjacency": (input) =>
    footprints(input).adjacency(input["level"] as number, {
      queen: input["queen"] as boolean | undefined,
      toleranceM: input["tolerance_m"] as number | undefined,
      leastBorderM: input["least_border_m"] as number | undefined,
    }),
  "footprints.check_tiling": (input) => footprints(input).checkTiling(input["tolerance_m2"] as number).faults,
  "scheme.definition": (input) => scheme(input).definition,
  "scheme.lengths": (input) => scheme(input).lengths,
  "scheme.nests": (input) => scheme(input).nests,
  "scheme.takes_integers": (input) => scheme(input).takesIntegers,
  "scheme.check": (input) => scheme(input).check(text(input, "code")),
  "scheme.parse": (input) => scheme(input).parse(text(input, "code")),
  "scheme.parent_of": (input) => scheme(input).parentOf(text(input, "code")),
  "scheme.strip": (input) => scheme(input).strip(text(input, "code")),
  "scheme.extends": (input) => scheme(input).extends(text(input, "parent"), text(input, "child")),
  "scheme.format": (input) => scheme(input).format(input["parts"] as Record<string, string>),
  "scheme.from_integer": (input) => scheme(input).fromInteger(input["number"] as number),
  "scheme.capacity_check": (input) => scheme(input).capacityCheck(input["children"] as [string, number][]),
  "scheme.spread_check": (input) => scheme(input).spreadCheck(input["total"] as number, input["parents"] as number),
  "layout.read": (input) => {
    const { counts, total, fanOuts, ...rest } = layout(input);
    return { ...rest, text: layout(input).toString(), counts, total, fan_outs: fanOuts };
  },
  "layout.check": (input) => layout(input).check(input["counts"] as number[]),
  "claim.read": (input) => ({ ...new Claim(text(input, "text")) }),
  "claim.check": (input) => new Claim(text(input, "text")).check(input["count"] as number),
  "claim.admits": (input) => new Claim(text(input, "text")).admits(input["count"] as number),
  apportion: ({ seats, weights, ...options }) =>
    apportion(seats as number, weights as number[], options as unknown as ApportionOptions),
  "geo.convert": (input) => {
    const [x, y] = places(input, "points");
    const found = geo.convert(x, y, input["source"] as geo.Reference, input["target"] as geo.Reference);
    return Array.from(found.x, (x, row) => [x, found.y[row]]);
  },
  "geo.distance": (input) => {
    const [x1, y1] = places(input, "a");
    const [x2, y2] = places(input, "b");
    return geo.distance(x1, y1, x2, y2, input["crs"] as geo.Reference | undefined);
  },
  "geo.area": (input) => geo.area(...places(input, "points"), input["crs"] as geo.Reference | undefined),
  "samples.editions": () => samples.editions(),
  "samples.register": (input) => {
    const of = samples.register(input["edition"] as number);
    return { counts: of.counts(), root: of.row(of.root) };
  },
  "samples.register_csv": (input) => hash(samples.registerCsv(input["edition"] as number)),
  "samples.zhongshan": (input) => {
    const { tree: of, cover, fronts, staff, strength } = samples.zhongshan(input["seed"] as number | undefined);
    return {
      counts: of.counts(),
      towns: of.children(of.root).map((town) => [town, of.counts(town)]),
      cover: cover.length,
      fronts: new Set(fronts.map((row) => row.front)).size,
      staff: staff.length,
      strength: strength.length,
    };
  },
  "duty.tables": (input) => {
    const tables = Object.entries(duty(input).tables()) as [string, object[]][];
    return Object.fromEntries(tables.filter(([, rows]) => rows.length > 0));
  },
  "duty.lists": (input) => {
    const { domains, modes, people, isTimed } = duty(input);
    return { domains, modes, people, is_timed: isTimed };
  },
  "duty.accountable": dutyOf("accountable"),
  "duty.supporting": dutyOf("supporting"),
  "duty.supervising": dutyOf("supervising"),
  "duty.chain": dutyOf("chain"),
  "duty.headcount": (input) => duty(input).headcount(some(input, "at")),
  "duty.mode_at": (input) =>
    entered(duty(input), given(input, "layers")).modeAt(text(input, "grid"), some(input, "at")),
  "duty.audit": (input) => {
    const wishes = some(input, "at", "from", "until", "always", "domains", "modes", "span", "every_level");
    return picked(input, duty(input).audit(wishes));
  },
  "duty.enter_leave": (input) => {
    const layers = given<Layer[]>(input, "layers");
    const before = duty(input);
    const inside = entered(before, layers);
    const after = layers.reduceRight((duty, { mode, scope }) => duty.leave(mode, scope), inside);
    const told = (duty: Responsibility): string | null =>
      duty.accountable(text(input, "grid"), text(input, "domain"), some(input, "at")).person;
    return {
      before: told(before),
      inside: told(inside),
      after: told(after),
      same_bytes: before.toJson() === after.toJson(),
      base_is_same: inside.base().equals(before),
    };
  },
  "duty.to_json": (input) => {
    const saved = duty(input);
    const json = saved.toJson();
    return { text: json, same: Responsibility.fromJson(saved.tree, json).equals(saved) };
  },
  "change.apply": (input) => {
    const options = some(input, "undecided", "others", "weight");
    const { tree: after, duty: now, ...rest } = change.apply(duty(input), given(input, "changes"), options);
    return { codes: after.codes(), assignments: now.activeTables().assignments, ...rest };
  },
  "change.diff": (input) => {
    const before = duty(input);
    return change.diff(before, Responsibility.resolve(before.tree, given<AssignmentRow[]>(input, "later")));
  },
  "events.totals": (input) => events(input).totals(input["now"] as number, window(input)),
  "events.report": (input) => picked(input, events(input).report(input["now"] as number, window(input))),
  "events.breaches": (input) => events(input).breaches(input["now"] as number, input["within"] as number | undefined),
  "events.escalations": (input) =>
    events(input).escalations(duty(input), input["now"] as number, input["within"] as number | undefined),
  "alert.needs": (input) => alert.needs(tree(input), given(input, "scale"), text(input, "grid"), text(input, "level")),
  "alert.delta": (input) =>
    alert.delta(tree(input), given(input, "scale"), text(input, "grid"), given(input, "before"), given(input, "after")),
  "alert.steps": (input) => {
    const scale = given<alert.AlertScale>(input, "scale");
    const alerts = alert.Alerts.fromRows(tree(input), [scale], given<alert.AlertRow[]>(input, "alerts"));
    const [name, at] = [scale.name, input["at"] as number];
    return { level: alerts.level(name, text(input, "grid"), at), steps: alerts.steps(name, text(input, "grid")) };
  },
  "deploy.assign": (input) => shown(input, plan(input, "assign")),
  "deploy.pair": (input) => shown(input, plan(input, "pair")),
  "deploy.surge": (input) => shown(input, plan(input, "surge")),
  "deploy.aid": (input) => shown(input, plan(input, "aid")),
  "deploy.spread": (input) => shown(input, plan(input, "spread")),
  "deploy.replan": (input) => {
    const changed = again(input);
    const repaired = changed.replan(some(input, "change_cost", "fewest_changes"));
    const missing = changed.gaps().filter((row) => row.level === 0);
    return {
      ...shown(input, repaired),
      missing_before: missing.reduce((sum, row) => sum + row.missing, 0),
      kept: repaired.kept(input["weight"] as string | undefined),
    };
  },
  "deploy.frontier": (input) => again(input).frontier(),
  "deploy.gaps": (input) => plan(input).gaps(),
  "deploy.to_json": (input) => {
    const saved = plan(input);
    const loaded = deploy.Plan.fromJson(tree(input), saved.toJson());
    loaded.verify();
    return loaded.toJson() === saved.toJson();
  },
  "deploy.infeasible": infeasible((input) => {
    const problems: Record<string, Op> = { teams, shifts: roster };
    return (problems[text(input, "problem")] ?? plan)(input);
  }),
  "deploy.person_times": (input) => {
    const rows = given<deploy.AttendanceRow[]>(input, "attendance");
    return deploy.personTimes(tree(input), rows, some(input, "days", "most_per_day"));
  },
  "deploy.person_count": (input) =>
    deploy.personCount(given(input, "person_times"), given(input, "days"), given(input, "most_per_day")),
  "deploy.teams": formed,
  "deploy.most_teams": formed,
  "deploy.shifts": (input) => {
    const found = roster(input);
    found.verify();
    return { table: found.table, loads: found.loads, certificate: found.certificate };
  },
  "solve.assign_dense": (input) => {
    const costs = given<number[][]>(input, "costs");
    const matrix = { rows: costs.length, columns: costs[0]!.length, costs: costs.flat() };
    const found = solve.assignDense(matrix);
    solve.verifyDense(matrix, found);
    return assigned(found);
  },
  "solve.assign": sparse,
  "solve.reassign": sparse,
  "solve.maximum_matching": (input) => {
    const found = solve.maximumMatching(candidates(input));
    solve.verifyMatching(candidates(input), found);
    return found;
  },
  "solve.min_cost_flow": flow,
  "solve.reflow": flow,
  "solve.infeasible": infeasible((input) => (input["problem"] === "assign" ? sparse : flow)(input)),
};
