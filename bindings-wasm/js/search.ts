/** Where to look, and how many hits there may be. */
export interface SearchOptions {
  /** The most hits; 20 without. */
  limit?: number | undefined;
  /** Look only at the grids of one level. */
  level?: number | undefined;
  /** Look only at a grid and what lies beneath it. */
  under?: string | undefined;
}

/** How a grid matched, the best first. */
export type Match =
  | "code_exact"
  | "name_exact"
  | "code_prefix"
  | "name_prefix"
  | "name_substring"
  | "pinyin_exact"
  | "pinyin_prefix"
  | "initials_prefix"
  | "mixed_prefix"
  | "pinyin_substring"
  | "initials_substring"
  | "mixed_substring";

/** One grid that answers a search. */
export interface Hit {
  /** Its code. */
  code: string;
  /** Its name. */
  name: string;
  /** Its level. */
  level: number;
  /** How it matched. */
  how: Match;
  /** The first character that matched, from 0: of the code for the two matches by code, else of the name. */
  start: number;
  /** One past the last character that matched. */
  end: number;
}
