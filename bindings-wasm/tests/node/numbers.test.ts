import { Claim, Layout, apportion } from "gridcore";
import { expect, test } from "vitest";

import { caught, wrong } from "./caught.js";

test("a layout is read, printed, checked", () => {
  const layout = new Layout("1+26+307+1307");
  expect(layout.counts).toEqual([1, 26, 307, 1307]);
  expect(layout.total).toBe(1641);
  expect(layout.fanOuts.map((mean) => mean?.toFixed(3))).toEqual(["26.000", "11.808", "4.257"]);
  expect(`${layout}`).toBe("1+26+307+1307");
  expect(JSON.stringify({ layout })).toBe('{"layout":"1+26+307+1307"}');
  expect(layout.check([1, 26, 307, 1307])).toEqual([]);
  expect(layout.check([1, 26, 306])).toEqual([
    { level: 2, declared: 307, counted: 306 },
    { level: 3, declared: 1307, counted: null },
  ]);
  expect(new Layout([9, 18, 99, 1153]).toString()).toBe("9+18+99+1153");
  for (const text of ["", "1+", "1+x", "-1+2"]) {
    expect(caught(() => new Layout(text)).faults.length, text).toBeGreaterThan(0);
  }
  for (const value of [undefined, null, 5, [1.5], [-1], ["1"], [NaN], Symbol("x")]) {
    expect(caught(() => new Layout(wrong(value))).code).toBe("wrong_type");
  }
});

test("a claim is read and held against a count", () => {
  const claim = new Claim("1万多个四级网格");
  expect({ ...claim }).toEqual({ text: "1万多个四级网格", low: 10_001, high: 19_999, rule: "more", measure: "个四级网格" });
  expect(claim.admits(10_117)).toBe(true);
  expect(claim.admits(9_999)).toBe(false);
  expect(claim.check(20_000)).toEqual({ count: 20_000, low: 10_001, high: 19_999, rule: "more", verdict: "above" });
  expect(new Claim("超万个").high).toBeNull();
  expect(new Claim("80多个单位").admits(83)).toBe(true);
  expect(caught(() => new Claim("许多")).faults).toHaveLength(1);
  for (const value of [undefined, 5, NaN, {}, Symbol("x")]) {
    expect(caught(() => new Claim(wrong(value))).code).toBe("wrong_type");
    if (value !== 5) {
      expect(caught(() => claim.admits(wrong(value))).code).toBe("wrong_type");
    }
  }
});

test("seats are shared out by every method", () => {
  const towns = [100_000, 80_000, 30_000, 20_000];
  expect(apportion(8, towns, { method: "sainte_lague" }).seats).toEqual([3, 3, 1, 1]);
  expect(apportion(8, towns, { method: "d_hondt" }).seats).toEqual([4, 3, 1, 0]);
  expect(apportion(8, towns, { method: "d_hondt", minimum: 1 }).seats).toEqual([3, 3, 1, 1]);
  // The Alabama paradox: with one seat more, the smallest party has one less.
  expect(apportion(10, [6, 6, 2], { method: "largest_remainder" }).seats).toEqual([4, 4, 2]);
  expect(apportion(11, Uint32Array.of(6, 6, 2), { method: "largest_remainder" }).seats).toEqual([5, 5, 1]);
  const bounded = apportion(10, [900, 90, 10], { method: "sainte_lague", minimums: [0, 0, 2], caps: [5, null, null] });
  expect(bounded.seats).toEqual([5, 3, 2]);
  expect(apportion(3, [5, 5], { method: "sainte_lague" }).tie).toEqual({ awarded: [0], refused: [1] });
  expect(apportion(3, [0.5, 1.0], { method: "huntington_hill", decimals: 1 }).seats).toEqual([1, 2]);
});

test("a bad question about seats is refused", () => {
  expect(caught(() => apportion(8, [], { method: "d_hondt" })).faults.length).toBeGreaterThan(0);
  expect(caught(() => apportion(1, [1, 1], { method: "d_hondt", minimum: 1 })).faults.length).toBeGreaterThan(0);
  expect(caught(() => apportion(8, [1], wrong({}))).code).toBe("unknown_name");
  expect(caught(() => apportion(8, [1], wrong({ method: "by_lot" }))).code).toBe("unknown_name");
  expect(caught(() => apportion(8, [1], { method: "d_hondt", caps: [1, 2] })).code).toBe("wrong_type");
  for (const value of [undefined, null, -1, 1.5, NaN, "1", Symbol("x")]) {
    expect(caught(() => apportion(wrong(value), [1], { method: "d_hondt" })).code).toBe("wrong_type");
    expect(caught(() => apportion(8, wrong([value]), { method: "d_hondt" })).code).toBe("wrong_type");
    expect(caught(() => apportion(8, wrong(value), { method: "d_hondt" })).code).toBe("wrong_type");
  }
});
