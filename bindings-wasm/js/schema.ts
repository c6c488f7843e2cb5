/** A name in Chinese and in English. */
export interface Label {
  /** The Chinese name. */
  zh: string;
  /** The English name. */
  en: string;
}

/** A kind of grid that a level allows. */
export interface Kind {
  /** The value in the `kind` column. */
  id: string;
  /** What it is called. */
  label: Label;
}

/** One level (层级) of the tree. */
export interface Level {
  /** What a grid of this level is called. */
  label: Label;
  /** The kinds it allows; none for any. */
  kinds?: Kind[];
  /** The post (岗位) that answers for a grid of this level by default. */
  post?: Label | null;
}

/** Levels as data: how many, what they are called, which kinds of grid each allows. No level: any depth. */
export interface LevelSchema {
  /** The levels, from the root's. */
  levels: Level[];
  /** Whether a child may stand more than one level below its parent. */
  skips?: boolean;
}

/** A schema that is built in. */
export type LevelSchemaName = "four_level" | "national" | "free";
