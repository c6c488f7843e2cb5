import { RawScheme } from "../pkg/gridcore_wasm.js";
import { Handle, held } from "./handle.js";

/** A scheme that is built in: NBS 12 digits, Beijing DB11 15 digits, CJ/T 349 20 digits, any text. */
export type SchemeName = "nbs" | "beijing_db11" | "cjt_349" | "free_text";

/** A range of values of a segment that share a name. */
export interface SegmentClass {
  /** What the class is called. */
  name: string;
  /** The same in Chinese. */
  name_zh: string;
  /** The first value. */
  first: number;
  /** The last value. */
  last: number;
}

/** One segment of a code. */
export interface CodeSegment {
  /** What the segment is called. */
  name: string;
  /** The same in Chinese. */
  name_zh: string;
  /** How many characters it has. */
  width: number;
  /** Which characters it may have. */
  alphabet: "digits" | "alphanumeric";
  /** Ranges of its values that have a name. */
  classes?: SegmentClass[];
}

/** A code scheme as data. */
export interface SchemeDefinition {
  /** What the scheme is called. */
  name: string;
  /** The same in Chinese. */
  name_zh: string;
  /** `nested`: the code of a grid begins with its parent's. `flat`: it does not. `free_text`: anything. */
  shape: "nested" | "flat" | "free_text";
  /** The segments from left to right. */
  segments?: CodeSegment[];
}

/** One segment of a code that was taken apart. */
export interface CodePart {
  /** What the segment is called. */
  segment: string;
  /** The same in Chinese. */
  segment_zh: string;
  /** Its characters in this code. */
  value: string;
  /** The class that the value belongs to. */
  class: string | null;
  /** The same in Chinese. */
  class_zh: string | null;
}

/** A code taken apart. */
export interface ParsedCode {
  /** The whole code. */
  code: string;
  /** The segments that it has, from left to right. */
  parts: CodePart[];
}

/** A parent whose children can't all be numbered. */
export interface SchemeOverflow {
  /** The parent; none where only a total over several parents was given. */
  parent: string | null;
  /** The segment that numbers the children; empty below the last segment. */
  segment: string;
  /** The same in Chinese. */
  segment_zh: string;
  /** How many children have to be numbered under one parent. */
  needed: number;
  /** How many the segment can number. */
  available: number;
  /** How wide the segment has to be, in characters. */
  width_needed: number;
  /** Without a wider segment: among how many parents all children have to be shared out. */
  parents_needed: number | null;
}

/** What a capacity check found. */
export interface SchemeCapacity {
  /** Every parent whose children don't fit, in the order of codes. */
  overflows: SchemeOverflow[];
  /** Parents that are no codes of the scheme, in the order of codes. */
  unknown: string[];
}

/** A code scheme (编码方案): what codes look like, and which lie beneath which. */
export class CodeScheme extends Handle {
  /** A scheme that is built in, or one from its definition. */
  constructor(scheme: SchemeName | SchemeDefinition) {
    super(RawScheme.of(scheme));
  }

  /** The scheme as data. */
  get definition(): SchemeDefinition {
    return held<RawScheme>(this).definition();
  }

  /** What the scheme is called. */
  get name(): string {
    return this.definition.name;
  }

  /** The lengths that a code can have, ascending; none where any will do. */
  get lengths(): number[] {
    return held<RawScheme>(this).lengths();
  }

  /** Whether the code of a grid begins with that of its parent. */
  get nests(): boolean {
    return held<RawScheme>(this).nests();
  }

  /** Whether codes may come as numbers, because the widths are fixed. */
  get takesIntegers(): boolean {
    return held<RawScheme>(this).takesIntegers();
  }

  /** Throws if a text is no code of the scheme. */
  check(code: string): void {
    held<RawScheme>(this).check(code);
  }

  /** Takes a code apart. */
  parse(code: string): ParsedCode {
    return held<RawScheme>(this).parse(code);
  }

  /** The code that a code lies beneath; none for the topmost, and where the scheme does not nest. */
  parentOf(code: string): string | null {
    return held<RawScheme>(this).parentOf(code);
  }

  /** Puts a code together from its segments, by name. */
  format(parts: Readonly<Record<string, string>>): string {
    return held<RawScheme>(this).format(parts);
  }

  /** Whether a code begins with another and is one segment or more longer. */
  extends(parent: string, child: string): boolean {
    return held<RawScheme>(this).extends(parent, child);
  }

  /** The code that a number stands for, with the zeros that it lost; none if there is no such code. */
  fromInteger(number: number | bigint): string | null {
    return held<RawScheme>(this).fromInteger(number);
  }

  /** Takes off the zeros with which a shorter code was filled up. */
  strip(code: string): string {
    return held<RawScheme>(this).strip(code);
  }

  /** Whether the children of each parent can be numbered, from how many it has. */
  capacityCheck(children: Readonly<Record<string, number>> | Iterable<readonly [string, number]>): SchemeCapacity {
    return held<RawScheme>(this).capacityCheck(children);
  }

  /** Whether a total can be numbered, spread evenly over so many parents; the overflow if not. */
  spreadCheck(total: number, parents: number): SchemeOverflow | null {
    return held<RawScheme>(this).spreadCheck(total, parents);
  }
}

/** A scheme on its way in: a handle goes as its definition. */
export function schemeIn(scheme: CodeScheme | SchemeDefinition | SchemeName): SchemeDefinition | SchemeName {
  return scheme instanceof CodeScheme ? scheme.definition : scheme;
}
