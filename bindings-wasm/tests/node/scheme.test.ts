import { CodeScheme, type SchemeDefinition } from "gridcore";
import { describe, expect, test } from "vitest";

import { caught, wrong } from "./caught.js";

describe("a code scheme", () => {
  using nbs = new CodeScheme("nbs");
  const scheme = new CodeScheme(nbs.definition);

  test("says what codes look like", () => {
    expect(scheme.name).toBe("nbs");
    expect(scheme.lengths).toEqual([2, 4, 6, 9, 12]);
    expect([scheme.nests, scheme.takesIntegers]).toEqual([true, true]);
    const flat = new CodeScheme("cjt_349");
    expect([flat.lengths, flat.nests]).toEqual([[20], false]);
    expect(new CodeScheme("free_text").lengths).toEqual([]);
  });

  test("takes codes apart and puts them together", () => {
    const { code, parts } = scheme.parse("442000007");
    expect(code).toBe("442000007");
    expect(parts.map((part) => [part.segment, part.value])).toEqual([
      ["province", "44"],
      ["prefecture", "20"],
      ["county", "00"],
      ["town", "007"],
    ]);
    expect(parts[3]).toMatchObject({ class: "street", class_zh: "街道" });
    expect(scheme.format({ province: "44", prefecture: "20", county: "0" })).toBe("442000");
    expect(scheme.parentOf("442000007")).toBe("442000");
    expect(scheme.parentOf("44")).toBeNull();
    expect(scheme.strip("442000007000")).toBe("442000007");
  });

  test("refuses what is no code of it", () => {
    scheme.check("442000");
    for (const ask of [() => scheme.check("44200"), () => scheme.parse("44200"), () => scheme.strip("44200")]) {
      expect(caught(ask)).toMatchObject({ code: "wrong_code_length", faults: [{ code: "wrong_code_length" }] });
    }
    expect(caught(() => scheme.format({ town: "7", street: "x" })).faults.length).toBeGreaterThan(0);
    expect(caught(() => new CodeScheme(wrong("gb"))).code).toBe("unknown_name");
    expect(caught(() => new CodeScheme(wrong({ name: "x" }))).code).toBe("wrong_shape");
    for (const value of [undefined, null, 5, [], Symbol("x")]) {
      expect(caught(() => new CodeScheme(wrong(value))).code).toMatch(/wrong_shape|wrong_type/);
      expect(caught(() => scheme.parse(wrong(value))).code).toBe("wrong_type");
    }
  });

  test("knows how many children can be numbered", () => {
    const report = new CodeScheme("cjt_349").capacityCheck({ "442000001007": 165 });
    expect(report.overflows).toMatchObject([{ parent: "442000001007", needed: 165, available: 99, width_needed: 3 }]);
    expect(scheme.capacityCheck([["442000001", 999]])).toEqual({ overflows: [], unknown: [] });
    // Torch: 1,153 leaves over 7 communities are 165 each.
    expect(new CodeScheme("cjt_349").spreadCheck(1153, 7)).toMatchObject({ needed: 165, available: 99 });
    expect(scheme.spreadCheck(10, 2)).toBeNull();
    expect(caught(() => scheme.capacityCheck(wrong([["442000001", 1.5]]))).code).toBe("wrong_type");
    expect(caught(() => scheme.capacityCheck(wrong([5]))).faults).toMatchObject([{ row: 0 }]);
  });

  test("may be the caller's own", () => {
    const own: SchemeDefinition = {
      name: "two",
      name_zh: "两段",
      shape: "nested",
      segments: [
        { name: "town", name_zh: "镇", width: 2, alphabet: "digits" },
        { name: "grid", name_zh: "网格", width: 2, alphabet: "alphanumeric" },
      ],
    };
    expect(new CodeScheme(own).parentOf("01A7")).toBe("01");
    expect(new CodeScheme(own).definition).toEqual(own);
  });
});
