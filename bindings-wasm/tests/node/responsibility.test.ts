import { Events, GridTree, Responsibility, alert, change, samples } from "gridcore";
import { expect, test } from "vitest";

import { caught, wrong } from "./caught.js";
import { TOWN } from "./town.js";

const town = GridTree.fromRecords(TOWN, { weights: ["households"] });

test("the nearest grid answers, and within it the most specific row", () => {
  const duty = Responsibility.resolve(town, [
    { grid: "11", person: "p-1" },
    { grid: "111", person: "p-2", domain: "fire" },
    { grid: "111", person: "p-3", domain: "fire", mode: "wartime" },
  ]);
  expect(duty.accountable("111", "fire")).toMatchObject({ person: "p-2", from_grid: "111", rule: "direct", gap: null });
  expect(duty.accountable("111", "fire", { mode: "wartime" })).toMatchObject({ person: "p-3", rule: "mode_specific" });
  expect(duty.accountable("111", "safety")).toMatchObject({ person: "p-1", rule: "wildcard", inherited: true, level: 1 });
  const nobody = duty.accountable("121", "fire");
  expect(nobody).toMatchObject({ person: null, row: null, gap: { looked: [{ grid: "121" }, { grid: "12" }, { grid: "1" }] } });
  expect(nobody.gap!.reason).toMatch(/nobody answers for 121/);
  const column = duty.accountable(["111", "121"], "fire");
  expect(column).toMatchObject({ grid: ["111", "121"], person: ["p-2", null], rule: ["direct", null] });
  expect(duty.accountable(town.index(["111", "121"]), "fire")).toEqual(column);
  expect(duty.chain("111", "fire").map((step) => step.person)).toEqual(["p-2", "p-1", null]);
});

test("a time is asked for as soon as an interval is bounded", () => {
  const noon = Date.UTC(2022, 3, 4, 12);
  const duty = Responsibility.resolve(town, [{ grid: "1", person: "p-1", from: noon / 1000, until: noon / 1000 + 60 }]);
  expect(duty.isTimed).toBe(true);
  expect(caught(() => duty.accountable("111", "fire")).code).toBe("needs_time");
  expect(duty.accountable("111", "fire", { at: new Date(noon) }).person).toBe("p-1");
  expect(duty.accountable("111", "fire", { at: noon / 1000 + 60 }).person).toBeNull();
  expect(caught(() => duty.accountable("111", "fire", { at: 0.5 })).code).toBe("wrong_type");
});

test("faulty rows are refused all at once, and no message names a person", () => {
  const error = caught(() =>
    Responsibility.resolve(town, [
      { grid: "11" },
      { grid: "11", person: "somebody", team: "t-1" },
      { grid: "11", person: "somebody", from: 10, until: 10 },
    ]),
  );
  expect(error.faults.map((fault) => [fault.row, fault.code])).toEqual([
    [0, "no_party"],
    [1, "two_parties"],
    [2, "empty_interval"],
  ]);
  expect(JSON.stringify([error.message, error.message_zh, error.faults])).not.toContain("somebody");
  expect(caught(() => Responsibility.resolve(town, wrong(5))).code).toMatch(/wrong/);
});

test("a mode is entered and left without a trace", () => {
  const peace = Responsibility.resolve(town, [{ grid: "11", person: "p-1" }, { grid: "12", person: "p-2" }]);
  const war = peace.enter("wartime", "11", { pairings: [{ unit: "u-1", grid: "11" }, { unit: "u-2", grid: "12" }] });
  expect(war.accountable("11", "fire")).toMatchObject({ team: "u-1", mode: "wartime" });
  expect(war.accountable("12", "fire").person).toBe("p-2");
  expect(war.layers()).toHaveLength(1);
  expect(war.leave("wartime", "11").toJson()).toBe(peace.toJson());
  expect(war.leave("wartime", "11").equals(peace)).toBe(true);
  expect(war.base().equals(peace)).toBe(true);
  expect(caught(() => peace.leave("wartime", "11")).faults).toHaveLength(1);
  expect(caught(() => peace.enter("wartime", "11", wrong({ rowz: [] }))).code).toBe("wrong_shape");
  expect(Responsibility.fromJson(town, war.toJson()).equals(war)).toBe(true);
});

test("changes are made all or none, with a ledger", () => {
  const duty = Responsibility.resolve(town, [{ grid: "111", person: "p-1" }, { grid: "112", person: "p-2" }]);
  const merge = { op: "merge", grids: ["111", "112"], into: { code: "113", name: "mill and quay", kind: "street" } } as const;
  const changed = change.apply(duty, [{ op: "edit", edit: merge }], { weight: "households" });
  expect(changed.tree.has("113")).toBe(true);
  expect(changed.duty.accountable("113", "fire").person).toBe("p-2");
  expect(changed.ledger.some((row) => row.action === "demoted")).toBe(true);
  expect(change.diff(duty, duty)).toEqual([]);
  expect(change.diff(duty, changed.duty).length).toBeGreaterThan(0);
  const error = caught(() => change.apply(duty, [{ op: "edit", edit: merge }, { op: "leave_mode", mode: "x", scope: "1" }]));
  expect(error.faults.length).toBeGreaterThan(0);
});

test("dropping one of the leaf assignments of the city is one violation with its path", () => {
  const tables = samples.zhongshanDuty();
  const { tree } = samples.zhongshan();
  const violations = (drop?: string): unknown[] => {
    const rows = tables.assignments.filter((row) => !(row.grid === drop && row.role === undefined));
    const { assignments, ...others } = tables;
    expect(rows.length).toBe(assignments.length - (drop === undefined ? 0 : 1));
    return Responsibility.resolve(tree, rows, others).audit().filter((row) => row.severity === "violation");
  };
  expect(violations()).toEqual([]);
  const leaf = "4420001180701302";
  expect(violations(leaf)).toMatchObject([{ kind: "no_direct_holder", grid: leaf, path: tree.path(leaf), domain: "*" }]);
});

test("events: the figures of Tianmen", () => {
  const rows = Array.from({ length: 1054 }, (_, place) => {
    const filed = place < 996;
    const closed = place < 911;
    return {
      id: `e-${place}`,
      grid: "111",
      found_by: place < 953 ? "patrol" : "hotline",
      reported: 0,
      ...(filed ? { accepted: 0, filed: 0, due: place < 972 ? 100 : 1_000_000 } : {}),
      ...(closed ? { assigned: 0, handled: 0, verified: 0, closed: place < 737 ? 50 : 150 } : {}),
    };
  });
  const events = Events.fromRows(town, rows);
  expect(events.totals(1000)).toMatchObject({
    received: 1054,
    filed: 996,
    due: 972,
    closed: 911,
    on_time: 737,
    closing_percent: 93.72,
    on_time_percent: 75.82,
    patrol_percent: 95.68,
  });
  expect(events.breaches(1000, 0)).toHaveLength(972 - 911);
  expect(events.report(new Date(1_000_000))[0]).toMatchObject({ grid: "1", received: 1054 });
  expect(Events.fromJson(town, events.toJson()).size).toBe(1054);
});

test("alerts: from yellow to orange", () => {
  const scale = alert.threeLevels("epidemic");
  scale.levels[0]!.staffing = [{ level: 2, role: "worker", count: 1 }];
  scale.levels[1]!.staffing = [{ level: 2, role: "worker", count: 3 }];
  const [yellow, orange] = scale.levels.map((level) => level.id);
  expect(alert.delta(town, scale, "12", yellow!, orange!)).toMatchObject([
    { name: "worker", change: "changed", grids: 1, before: 1, after: 3, total_before: 1, total_after: 3 },
  ]);
  expect(alert.needs(town, scale, "11", orange!)).toHaveLength(2);
  const alerts = alert.Alerts.fromRows(town, [scale], [{ scale: "epidemic", level: orange!, grid: "11", from: 10 }]);
  expect([alerts.level("epidemic", "111", 10), alerts.level("epidemic", "111", 9)]).toEqual([orange, null]);
});
