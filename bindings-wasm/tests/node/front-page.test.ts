import { readFileSync } from "node:fs";

import * as gridcore from "gridcore";
import { expect, test } from "vitest";

test("the lines of the front page run as they stand", async () => {
  const page = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
  const blocks = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, lines]) => lines!);
  expect(blocks).toHaveLength(2);
  // The lines are JavaScript too; only the import has to become something that a function may hold.
  const bodies = blocks.map((lines) => lines.replace(/^import (\{.*\}) from "gridcore";$/m, "const $1 = gridcore;"));
  let asserted = 0;
  const assert = (holds: unknown): void => {
    expect(holds).toBe(true);
    asserted++;
  };
  for (const body of bodies) {
    expect(body).not.toContain("import ");
    const run = new Function("gridcore", "console", body) as (...args: unknown[]) => void;
    run(gridcore, { assert });
  }
  expect(asserted).toBe(blocks.join("").match(/console\.assert/g)!.length);
});
