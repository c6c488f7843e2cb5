/** Rosters inside a worker, beside the same rosters at hand. */
import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { reconcile, roster, samples } from "gridcore";
import { GridcoreWorker, isGridcoreError } from "gridcore/worker";

import { WebWorker, started } from "./web-worker.js";

const sample = samples.zhongshanVisits(1500, 7);

beforeAll(() => {
  vi.stubGlobal("Worker", WebWorker);
});
afterAll(() => {
  vi.unstubAllGlobals();
});

test("what came of rosters stays in the worker, is asked there and changed there", async () => {
  using worker = new GridcoreWorker();
  const rules = { reviewAt: 0.1 };
  const here = reconcile(sample.register, sample.visits, { rules });
  const heard: number[] = [];
  using there = await worker.reconcile(sample.register, sample.visits, { rules }, { progress: ({ done }) => heard.push(done) });
  expect(heard.length).toBeGreaterThan(0);
  expect(there.counts).toEqual(here.counts);
  expect(await there.rules()).toEqual(here.rules);
  expect(await there.report()).toEqual(here.report);
  expect(await there.matched()).toEqual(here.matched());
  expect(await there.by("grid")).toEqual(here.by("grid"));
  expect(await there.states("right")).toEqual(here.states("right"));

  const [{ left, right }] = here.matched() as [roster.MatchRow];
  expect(await there.explain(left, right)).toEqual(here.explain(left, right));
  expect(await there.sentence(left, right, { lang: "zh" })).toBe(here.sentence(left, right, { lang: "zh" }));
  expect(await there.waterfall(left, right)).toBe(here.waterfall(left, right));
  const unknown: unknown = await there.explain("nobody", right).catch((error: unknown) => error);
  expect([isGridcoreError(unknown), (unknown as { code: string }).code]).toEqual([true, "unknown_record"]);

  const decision = { left, right, decision: "different" } as const;
  using decided = await there.decide([decision], { by: "p-1", at: new Date(0) });
  const same = here.decide([decision], { by: "p-1", at: new Date(0) });
  expect(await decided.matched()).toEqual(same.matched());
  expect(await decided.log()).toEqual(same.log);
  using updated = await decided.update({ removeRight: [right] }, { by: "p-1" });
  expect(await updated.states("left")).toEqual(same.update({ removeRight: [right] }, { by: "p-1" }).states("left"));
  using undone = await updated.undo();
  expect(await undone.matched()).toEqual(same.matched());

  const json = await decided.toJson();
  using loaded = await worker.loadReconciliation(json, sample.register, sample.visits);
  expect(await loaded.toJson()).toBe(json);
  using again = await there.rerun(sample.register, sample.visits);
  expect(await again.matched()).toEqual(here.matched());

  decided.free();
  decided.free();
  await expect(decided.matched()).rejects.toMatchObject({ code: "freed" });
  await expect(decided.undo()).rejects.toMatchObject({ code: "freed" });
  expect(await there.missing()).toEqual(here.missing());
});

test("rosters over a tree in the worker outlive it", async () => {
  using worker = new GridcoreWorker();
  const city = samples.zhongshan().tree;
  const tree = await worker.build("fromJson", [city.toJson()]);
  using doubles = await tree.deduplicate(sample.visits);
  using there = await tree.reconcile(sample.register, sample.visits);
  tree.free();
  await expect(tree.deduplicate(sample.visits)).rejects.toMatchObject({ code: "freed" });
  expect(await there.by(1)).toEqual(reconcile(sample.register, sample.visits, { tree: city }).by(1));
  expect(doubles.counts.map(({ state }) => state)).toContain("kept");
});

test("a signal ends the work with all that the worker held, and another stands ready", async () => {
  using worker = new GridcoreWorker();
  const held = await worker.reconcile(sample.register, sample.visits);
  const before = started;
  const stop = new AbortController();
  const stopped = worker.reconcile(sample.register, sample.visits, {}, { signal: stop.signal, progress: () => stop.abort() });
  await expect(stopped).rejects.toMatchObject({ name: "AbortError" });
  expect(started).toBe(before + 1);
  await expect(held.matched()).rejects.toMatchObject({ code: "freed" });
  using answer = await worker.reconcile(sample.register, sample.visits);
  expect(answer.counts).toEqual(held.counts);
  expect(started).toBe(before + 1);
  await expect(worker.reconcile(sample.register, sample.visits, {}, { signal: stop.signal })).rejects.toMatchObject({ name: "AbortError" });
});
