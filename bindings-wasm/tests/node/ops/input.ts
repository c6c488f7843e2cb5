/** What the operations share: the tree that a vector asks about, its options, its picks, its refusals. */
import { type BuildOptions, type GridColumns, type GridRecord, GridTree, isGridcoreError, samples } from "gridcore";

export type Input = Record<string, unknown>;
export type Op = (input: Input) => unknown;

export const options = (input: Input): BuildOptions => ({
  schema: input["schema"] as BuildOptions["schema"],
  codeScheme: input["code_scheme"] as BuildOptions["codeScheme"],
  root: input["root"] as BuildOptions["root"],
  weights: input["weights"] as BuildOptions["weights"],
});

let city: GridTree | undefined;

/** The tree that a vector asks about. */
export function tree(input: Input): GridTree {
  if (input["edition"] !== undefined) {
    return samples.register(input["edition"] as number);
  }
  if (input["city"] !== undefined) {
    city ??= samples.zhongshan().tree;
    return city;
  }
  if (input["json"] !== undefined) {
    return GridTree.fromJson(input["json"] as string);
  }
  const csv = bytes(input);
  if (csv !== undefined) {
    return GridTree.fromCsv(csv, options(input));
  }
  return input["columns"] === undefined
    ? GridTree.fromRecords(input["rows"] as GridRecord[], options(input))
    : GridTree.fromColumns(input["columns"] as GridColumns, options(input));
}

export function bytes(input: Input): string | Uint8Array | undefined {
  const text = input["csv_base64"] as string | undefined;
  return text === undefined ? (input["csv"] as string | undefined) : Buffer.from(text, "base64");
}

export const text = (input: Input, name: string): string => input[name] as string;

/** Options in snake_case as the ones that JavaScript knows. */
export function camel(wishes: unknown): object {
  const words = (key: string): string => key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(wishes ?? {}).map(([key, value]) => [words(key), value]));
}

/** Those arguments that are there, as options. */
export function some(input: Input, ...names: string[]): Input {
  const there = names.filter((name) => input[name] !== undefined && input[name] !== null);
  return camel(Object.fromEntries(there.map((name) => [name, input[name]]))) as Input;
}

/** The argument as its call wants it. */
export function given<T>(input: Input, name: string): T {
  return input[name] as T;
}

/** Rows with those keys only that the vector names. */
export function picked(input: Input, rows: readonly object[]): unknown {
  const keys = input["keys"] as string[] | undefined;
  const pick = (row: object): object => Object.fromEntries(keys!.map((key) => [key, (row as Input)[key]]));
  return keys === undefined ? rows : rows.map(pick);
}

/** The 64-bit FNV-1a hash of a text, in hexadecimal: long texts are compared by it. */
export function hash(text: string): string {
  let hash = 0xcbf2_9ce4_8422_2325n;
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x0100_0000_01b3n);
  }
  return hash.toString(16).padStart(16, "0");
}

/** The code and the causes of what cannot be done. */
export const infeasible: (ask: Op) => Op = (ask) => (input) => {
  try {
    ask(input);
  } catch (error) {
    if (!isGridcoreError(error) || !("causes" in error)) {
      throw error;
    }
    return { code: error.code, causes: error.causes };
  }
  throw new Error("it can be done");
};
