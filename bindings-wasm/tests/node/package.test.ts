import { readFileSync } from "node:fs";

import { gridCode, init, isGridcoreError, version } from "gridcore";
import * as inline from "gridcore/inline";
import { expect, test } from "vitest";

import { caught } from "./caught.js";

const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string };

test("one version everywhere", () => {
  expect(version()).toBe(manifest.version);
});

test("a second init does nothing", async () => {
  await init();
  await inline.init();
  inline.initSync();
  expect(inline.version()).toBe(version());
}, 60_000);

test.each(["442000001", "粤-07", "A10"])("the code %s comes back", (text) => {
  expect(gridCode(text)).toBe(text);
});

test.each(["", " 442000001", "4\u000042", "9".repeat(129)])("an error has its code: %j", (text) => {
  const error = caught(() => gridCode(text));
  expect(error.code).toBe("malformed_code");
  expect(error.faults).toEqual([]);
  expect(error.message).toMatch(/^the code /);
  expect(error.message_zh).toMatch(/^编码/);
});

test("any other error is told apart", () => {
  expect(isGridcoreError(new Error("another"))).toBe(false);
  expect(isGridcoreError({ name: "GridcoreError", code: "malformed_code" })).toBe(false);
});
