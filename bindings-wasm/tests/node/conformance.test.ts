/** The shared vectors, put to JavaScript: the crate in `tests/` says what they mean. */
import { readFileSync, readdirSync } from "node:fs";

import { isGridcoreError } from "gridcore";
import { expect, test } from "vitest";

import { OPS } from "./conformance.js";

interface Vector {
  op: string;
  input: Record<string, unknown>;
  expect?: unknown;
  error?: { code: string; faults: Record<string, unknown>[] };
}

const folder = new URL("../../../tests/vectors/", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
const vectors = files.sort().flatMap((name) => {
  const list = parse(readFileSync(new URL(name, folder), "utf8")) as Vector[];
  return list.map((vector, number) => ({ name: `${name.replace(".json", "")}[${number}] ${vector.op}`, vector }));
});

const ops = new Map(OPS);

test("every operation is asked for, every one that is asked for is known, and none has two answers", () => {
  expect([...new Set(vectors.map(({ vector }) => vector.op))].sort()).toEqual(OPS.map(([name]) => name).sort());
});

test.each(vectors)("$name", ({ vector }) => {
  const ask = ops.get(vector.op);
  if (ask === undefined) {
    throw new Error(`no operation ${vector.op}`);
  }
  if (vector.error === undefined) {
    expect(plain(ask(vector.input))).toEqual(plain(vector.expect));
    return;
  }
  let found: unknown;
  try {
    found = ask(vector.input);
  } catch (error) {
    if (!isGridcoreError(error)) {
      throw error;
    }
    expect(error.code).toBe(vector.error.code);
    const faults = error.faults.map((fault, number) =>
      Object.fromEntries(Object.keys(vector.error!.faults[number] ?? { code: 0, row: 0 }).map((key) => [key, fault[key as keyof typeof fault]])),
    );
    expect(faults).toEqual(vector.error.faults);
    return;
  }
  throw new Error(`no error, but ${JSON.stringify(found)}`);
}, 120_000);

/** JSON whose whole numbers beyond 2⁵³ are bigints, so that none is rounded before the question is asked. */
function parse(text: string): unknown {
  const marked = text.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
    /^-?\d+$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"bigint:${token}"` : token,
  );
  return JSON.parse(marked, (_, part: unknown) =>
    typeof part === "string" && part.startsWith("bigint:") ? BigInt(part.slice(7)) : part,
  );
}

/** An answer as JSON has it: typed arrays as arrays, not-a-number as null, −0 as 0, bigints as the nearest number. */
function plain(value: unknown): unknown {
  const text = JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === "bigint") {
      return Number(part);
    }
    return ArrayBuffer.isView(part) ? [...(part as Int32Array)] : part;
  });
  return text === undefined ? null : JSON.parse(text);
}
