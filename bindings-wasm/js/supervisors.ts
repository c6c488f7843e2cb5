/** One extra grid. */
export interface Supervisor {
  /** The grid whose span is too wide. */
  grid: string;
  /** The number of the supervisor among those of the grid, from 0. */
  supervisor: number;
  /** The number of the supervisor above it; none if it stands directly beneath the grid. */
  under: number | null;
  /** How many supervisors and grids stand directly beneath it. */
  span: number;
  /** The codes of the grids directly beneath it. */
  children: string[];
}

/** A grid that needs supervisors. */
export interface Supervision {
  /** The code of the grid. */
  grid: string;
  /** How many children it has. */
  span: number;
  /** How many extra grids it needs. */
  extra: number;
  /** How many stand directly beneath it afterwards. */
  new_span: number;
  /** The children that stay directly beneath it. */
  direct: string[];
  /** Why fewer can't do: each extra grid lowers the span by at most `bound − 1`. */
  certificate: { span: number; bound: number; fewest: number };
}

/** The fewest extra grids that bring every span to a bound, and where. */
export interface SupervisorPlan {
  /** The most that one may have directly beneath. */
  bound: number;
  /** How many extra grids there are in all. */
  total: number;
  /** Every grid that needs any, in preorder. */
  grids: Supervision[];
  /** One row for each extra grid. */
  rows: Supervisor[];
}
