import { readFileSync } from "node:fs";

import { type GridcoreError, gridCode, init, isGridcoreError, version } from "gridcore";
import * as inline from "gridcore/inline";
import { expect, test } from "vitest";

const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string };

test("one version everywhere", () => {
  expect(version()).toBe(manifest.version);
});

test("a second init does nothing", async () => {
  await init();
  await inline.init();
  inline.initSync();
  expect(inline.version()).toBe(version());
});

test.each(["442000001", "粤-07", "A10"])("the code %s comes back", (text) => {
  expect(gridCode(text)).toBe(text);
});

test.each(["", " 442000001", "4\u000042", "9".repeat(129)])("an error has its code: %j", (text) => {
  const error = caught(() => gridCode(text));
  expect(error.code).toBe("malformed_code");
  expect(error.faults).toEqual([]);
  expect(error.message).toMatch(/^the code /);
});

test("any other error is told apart", () => {
  expect(isGridcoreError(new Error("another"))).toBe(false);
  expect(isGridcoreError({ name: "GridcoreError", code: "malformed_code" })).toBe(false);
});

function caught(call: () => unknown): GridcoreError {
  try {
    call();
  } catch (error) {
    if (isGridcoreError(error)) {
      return error;
    }
    throw error;
  }
  throw new Error("no error was thrown");
}
