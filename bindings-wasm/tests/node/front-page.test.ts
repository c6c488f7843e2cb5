import { readFileSync } from "node:fs";

import * as gridcore from "gridcore";
import { expect, test } from "vitest";

test("the lines of the front page run as they stand", async () => {
  const page = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
  const [, lines] = /```ts\n([\s\S]*?)```/.exec(page)!;
  // The lines are JavaScript too; only the import has to become something that a function may hold.
  const body = lines!.replace(/^import (\{.*\}) from "gridcore";$/m, "const $1 = gridcore;");
  expect(body).not.toContain("import ");
  let asserted = 0;
  const assert = (holds: unknown): void => {
    expect(holds).toBe(true);
    asserted++;
  };
  const run = new Function("gridcore", "console", body) as (...args: unknown[]) => void;
  run(gridcore, { assert });
  expect(asserted).toBe(lines!.match(/console\.assert/g)!.length);
});
