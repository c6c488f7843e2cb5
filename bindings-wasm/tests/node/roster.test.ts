/** Rosters on the sample city's residents, in every form in which JavaScript has tables. */
import { expect, test } from "vitest";

import { deduplicate, reconcile, roster, rules, samples } from "gridcore";

import { caught } from "./caught.js";

const sample = samples.zhongshanVisits(3000, 7);
const records = (columns: Record<string, (string | null)[]>): Record<string, string | null>[] =>
  Object.values(columns)[0]!.map((_, row) => Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[row]!])));

test("every row of the sample is in one state, and most are where they belong", () => {
  const city = samples.zhongshan().tree;
  using answer = reconcile(sample.register, sample.visits, { tree: city });
  const count = (side: roster.RosterSide): number =>
    answer.counts.filter((row) => row.side === side).reduce((sum, row) => sum + row.rows, 0);
  expect([count("left"), count("right")]).toEqual([3000, sample.truth.length]);
  expect(answer.states("right")).toHaveLength(sample.truth.length);
  const right = answer.matched().filter((pair) => sample.truth[pair.right_row] === pair.left_row).length;
  expect(right / answer.matched().length).toBeGreaterThan(0.98);
  const [root] = answer.by("all");
  expect([root!.grid, root!.left]).toEqual([city.codes(new Uint32Array([0]))[0], 3000]);
  expect(answer.by().reduce((sum, row) => sum + row.left, 0)).toBe(3000);
  expect(answer.by("grid")).toEqual(answer.by());
  expect(reconcile(sample.register, sample.visits).by("all", city).map((row) => row.grid)).toEqual(answer.by("all").map((row) => row.grid));
  expect(caught(() => answer.by("street" as never)).faults[0]!.column).toBe("by");
});

test("records, columns and iterables give the same answer, in any order of rows", () => {
  const plain = reconcile(sample.register, sample.visits);
  const rows = records(sample.register).reverse();
  const again = reconcile(new Set(rows), records(sample.visits));
  const pairs = (answer: ReturnType<typeof reconcile>): string[] =>
    answer.matched().map((pair) => `${pair.left} ${pair.right} ${pair.weight}`).sort();
  expect(pairs(again)).toEqual(pairs(plain));
});

test("a decision, its undoing, and what is saved of it", () => {
  const [left, right] = [records(sample.register), records(sample.visits)];
  const answer = reconcile(left, right);
  const pair = answer.matched()[0]!;
  const decided = answer.decide([{ left: pair.left, right: pair.right, decision: "different" }], { by: "p-1", at: new Date(0) });
  expect(decided.matched().some((row) => row.left === pair.left && row.right === pair.right)).toBe(false);
  const undone = decided.undo();
  expect(undone.matched()).toEqual(answer.matched());
  expect(undone.log.map((entry) => entry.what)).toEqual(["reconciled", "decided", "undone"]);
  roster.verifyLog(undone.log);
  const forged = undone.log.map((entry, at) => (at === 1 ? { ...entry, by: "p-2" } : entry));
  expect(caught(() => roster.verifyLog(forged)).faults[0]!.row).toBe(1);
  const json = decided.toJson();
  expect(json).not.toContain(left[0]!["name"] ?? left[0]!["姓名"]);
});

test("an option that nobody knows is refused", () => {
  const answer = reconcile(sample.register, sample.visits);
  expect(caught(() => answer.update({ remove_left: ["1"] } as never)).code).toBe("unknown_option");
  expect(caught(() => reconcile(sample.register, sample.visits, { ruless: {} } as never)).message).toContain("ruless");
});

test("explanations are masked unless values are asked for", () => {
  const answer = reconcile(sample.register, sample.visits);
  const pair = answer.matched()[0]!;
  const name = sample.register["name"]![pair.left_row]!;
  const [masked, shown] = [false, true].map((shown) => JSON.stringify(answer.explain(pair.left, pair.right, { shown })));
  expect([masked!.includes(name), shown!.includes(name)]).toEqual([false, true]);
  expect(answer.sentence(pair.left, pair.right, { lang: "zh" })).not.toContain(name);
  expect(answer.waterfall(pair.left, pair.right)).toMatch(/^<svg/);
  for (const call of [
    () => answer.explain("nobody", pair.right),
    () => answer.explainSides(["left", "nobody"], ["left", pair.left]),
    () => answer.sentence(pair.left, "nobody"),
    () => answer.waterfall("nobody", pair.right),
    () => answer.explainRow("left", "nobody"),
    () => answer.rowSentence("right", "nobody"),
  ]) {
    const error = caught(call);
    expect([error.code, error.message.includes("nobody")]).toEqual(["unknown_record", false]);
  }
});

test("what does not fit is named by its column, and never shown", () => {
  const twice = [{ rid: "1", name: "Zhang San" }, { rid: "1", name: "Zhang San" }];
  const error = caught(() => reconcile(twice, [{ rid: "2", name: "Zhang San" }]));
  expect(JSON.stringify(error.faults) + error.message).not.toContain("Zhang");
  expect(caught(() => reconcile("Zhang San" as never, twice)).message).not.toContain("Zhang");
  expect(caught(() => reconcile({ name: ["Zhang San"], rid: [] }, twice)).faults[0]!.column).toBe("left.rid");
  expect(caught(() => reconcile(twice, twice, { rules: { settle: "both" as never } })).code).toBe("wrong_shape");
  const key = new roster.TokenKey(Uint8Array.from({ length: 16 }, (_, at) => at));
  expect(key.token("138 0013 8000", "phone")).toBe(key.tokenize(["13800138000"], "phone").tokens[0]);
  expect(key.token("none", "phone")).toBeNull();
  expect(caught(() => new roster.TokenKey(new Uint8Array(16))).code).toBe("key_of_one_byte");
});

test("a Date is a day where it is midnight in UTC, and refused elsewhere", () => {
  const days = Array.from({ length: 40 }, (_, at) => Date.UTC(1950 + at, 2, 7));
  const people = (birth: (day: number) => unknown): Record<string, unknown>[] =>
    days.map((day, at) => ({
      rid: `r-${at}`,
      name: String.fromCodePoint(0x4e00 + 37 * at, 0x5000 + 91 * at),
      birth: birth(day),
    }));
  const texts = people((day) => new Date(day).toISOString().slice(0, 10));
  const dates = people((day) => new Date(day));
  const answer = reconcile(texts, dates);
  expect(answer.matched()).toHaveLength(40);
  expect(answer.conflicts()).toEqual([]);
  // Midnight in China is of the day before in UTC.
  const shifted = people((day) => new Date(day - 8 * 3_600_000));
  const columns = { rid: shifted.map((row) => row["rid"]), birth: shifted.map((row) => row["birth"]) };
  for (const table of [shifted, columns]) {
    const error = caught(() => reconcile(texts, table));
    expect(error.faults).toHaveLength(40);
    expect(error.faults[3]).toMatchObject({ code: "wrong_type", column: "right.birth", row: 3 });
    expect(error.faults[3]!.remedy).toContain("1990-03-07");
  }
});

test("any number of buckets leads to the pairs of one call", { timeout: 60_000 }, () => {
  const answer = reconcile(sample.register, sample.visits);
  const kernel = answer.batchKernel();
  const sides = [
    [records(sample.register), kernel.keys(sample.register, "left")],
    [records(sample.visits), kernel.keys(sample.visits, "right")],
  ] as const;
  const told = (pairs: roster.BatchPair[]): string[] =>
    pairs.map((pair) => `${pair.left} ${pair.right} ${pair.weight} ${pair.probability}`).sort();
  const whole = told(kernel.score(sides[0][0], sides[0][1], sides[1][0], sides[1][1]));
  expect(whole).toEqual(expect.arrayContaining(answer.matched().slice(0, 20).map((pair) => `${pair.left_row} ${pair.right_row} ${pair.weight} ${pair.probability}`)));
  for (const buckets of [2, 7]) {
    const pairs = Array.from({ length: buckets }, (_, bucket) => {
      const [left, right] = sides.map(([rows, keys]) => {
        const mine = keys.filter(({ key }) => key % buckets === bucket);
        const places = [...new Set(mine.map(({ row }) => row))];
        const at = new Map(places.map((row, number) => [row, number]));
        return { places, rows: places.map((row) => rows[row]!), keys: mine.map(({ row, key }) => ({ row: at.get(row)!, key })) };
      });
      const scored = kernel.score(left!.rows, left!.keys, right!.rows, right!.keys);
      return scored.map((pair) => ({ ...pair, left: left!.places[pair.left]!, right: right!.places[pair.right]! }));
    });
    expect(told(pairs.flat())).toEqual(whole);
  }
  // A worker gets the kernel as text, and hands back rows alone.
  const sent = roster.BatchKernel.fromJson(kernel.toJson());
  const rows = kernel.score(sides[0][0], sides[0][1], sides[1][0], sides[1][1]).reverse().map(({ left, right }) => ({ left, right }));
  const settled = sent.settle(sample.register, sample.visits, rows);
  expect(settled.counts).toEqual(answer.counts);
  expect(settled.matched()).toEqual(answer.matched());
  expect(settled.review()).toEqual(answer.review());
  const beyond = caught(() => sent.settle(sample.register, sample.visits, [{ left: 3000, right: 0 }]));
  expect([beyond.faults[0]!.code, beyond.faults[0]!.row]).toEqual(["unknown_pair", 0]);
  expect(caught(() => roster.BatchKernel.fromJson(answer.toJson())).code).toBe("unknown_format");
});

test("what a run would cost is known beforehand", () => {
  const answer = reconcile(sample.register, sample.visits);
  const estimate = roster.estimate(sample.register, sample.visits);
  expect([estimate.pairs, estimate.left_rows, estimate.cut]).toEqual([answer.report.estimated_pairs, 3000, answer.cut]);
  expect(estimate.rules.map(({ rule }) => rule)).toEqual(answer.blocking.map(({ rule }) => rule));
  expect(roster.estimate(sample.visits, null, { rules: { mostCandidatesPerRow: 1 } }).cut_pairs).toBeGreaterThan(0);
});

test("rules are data, and long work can be stopped", () => {
  expect(rules.visits({ reviewAt: 0.2 })).toMatchObject({ settle: "one_to_many", matchAt: 0.5, reviewAt: 0.2 });
  // Rules that Python or Rust wrote down are the same.
  for (const written of [{ reviewAt: 0.2 }, { review_at: 0.2 }] as roster.RosterRules[]) {
    expect(deduplicate(sample.register, { rules: written }).rules).toMatchObject({ settle: "clusters", reviewAt: 0.2 });
  }
  expect(caught(() => deduplicate(sample.register, { rules: { matchat: 1 } as never })).code).toBe("wrong_shape");
  expect(caught(() => reconcile(sample.register, sample.visits, { limit: 1 })).code).toBe("work_limit");
  expect(caught(() => deduplicate(sample.register, { progress: () => false })).code).toBe("stopped");
});
