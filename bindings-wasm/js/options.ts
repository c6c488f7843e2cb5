import { refuse } from "./error.js";

/** How long work is watched and bounded. */
export interface Watching {
  /** The most units of work, the same on every machine; more fails with the code of the core. */
  limit?: number | undefined;
  /** Hears now and then how far the work has come; returning false, or throwing, stops it. */
  progress?: ((progress: Progress) => unknown) | undefined;
}

/** How far work has come. */
export interface Progress {
  /** Units of work done. */
  done: number;
  /** Units in all, where that is known. */
  total: number | null;
}

/** A time: whole UTC seconds since 1970-01-01, or a date. */
export type Time = number | Date;

/** A date as whole seconds. */
export function seconds(time: Time): number;
export function seconds(time: Time | null | undefined): number | null | undefined;
export function seconds(time: Time | null | undefined): number | null | undefined {
  return time instanceof Date ? Math.floor(time.getTime() / 1000) : time;
}

/** The wishes about long work among options. */
export function watching(options: Watching | undefined): Watching {
  return { limit: options?.limit, progress: options?.progress };
}

/** Options with the keys that the core knows, those that are not given left out. */
export function snake(options: object | undefined, without: readonly string[] = []): Record<string, unknown> {
  const known = Object.entries(options ?? {}).filter(([key, value]) => value !== undefined && !without.includes(key));
  return Object.fromEntries(
    known.map(([key, value]) => [key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value]),
  );
}

/** Options as they are; one that nobody knows is refused, since it would do nothing without a word. */
export function known<T extends object>(options: T | undefined, ...keys: (keyof T & string)[]): Partial<T> {
  const other = Object.keys(options ?? {}).find((key) => !(keys as string[]).includes(key));
  if (other !== undefined) {
    const all = keys.join(", ");
    throw refuse("unknown_option", `there is no option ${other}; there are ${all}`, `没有选项 ${other}；可用的有 ${all}`);
  }
  return options ?? {};
}

/** Rules with the keys that the core knows; what is no object is left for the core to refuse. */
export function ruled(rules: unknown): unknown {
  return typeof rules === "object" && rules !== null && !Array.isArray(rules) ? snake(rules) : rules;
}

/** The same the other way: what the core calls by `match_at` is `matchAt` here. */
export function camel(options: object): object {
  const known = Object.entries(options);
  return Object.fromEntries(
    known.map(([key, value]) => [key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()), value as unknown]),
  );
}
