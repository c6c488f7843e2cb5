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
  expect(answer.by("grid").reduce((sum, row) => sum + row.left, 0)).toBe(3000);
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

test("explanations are masked unless values are asked for", () => {
  const answer = reconcile(sample.register, sample.visits);
  const pair = answer.matched()[0]!;
  const name = sample.register["name"]![pair.left_row]!;
  const [masked, shown] = [false, true].map((shown) => JSON.stringify(answer.explain(pair.left, pair.right, { shown })));
  expect([masked!.includes(name), shown!.includes(name)]).toEqual([false, true]);
  expect(answer.sentence(pair.left, pair.right, { lang: "zh" })).not.toContain(name);
  expect(answer.waterfall(pair.left, pair.right)).toMatch(/^<svg/);
  expect(answer.explain("nobody", pair.right)).toBeNull();
});

test("what does not fit is named by its column, and never shown", () => {
  const twice = [{ rid: "1", name: "Zhang San" }, { rid: "1", name: "Zhang San" }];
  const error = caught(() => reconcile(twice, [{ rid: "2", name: "Zhang San" }]));
  expect(JSON.stringify(error.faults) + error.message).not.toContain("Zhang");
  expect(caught(() => reconcile("Zhang San" as never, twice)).message).not.toContain("Zhang");
  expect(caught(() => reconcile({ name: ["Zhang San"], rid: [] }, twice)).faults[0]!.column).toBe("left.rid");
  expect(caught(() => reconcile(twice, twice, { rules: { settle: "both" as never } })).code).toBe("wrong_shape");
  expect(caught(() => new roster.TokenKey(new Uint8Array(16))).code).toBe("key_of_one_byte");
});

test("rules are data, and long work can be stopped", () => {
  expect(rules.visits({ review_at: 0.2 })).toMatchObject({ settle: "one_to_many", review_at: 0.2 });
  expect(caught(() => reconcile(sample.register, sample.visits, { limit: 1 })).code).toBe("work_limit");
  expect(caught(() => deduplicate(sample.register, { progress: () => false })).code).toBe("stopped");
});
