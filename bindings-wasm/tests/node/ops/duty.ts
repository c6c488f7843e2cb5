/** Who answers for what: questions, audits, modes, changes. */
import { type AssignmentRow, type EnterOptions, Responsibility, change, samples } from "gridcore";

import { type Input, type Op, given, picked, some, text, tree } from "./input.js";

const DUTY = ["absences", "deputies", "holdings", "posts", "teams", "people", "chains"];

export function duty(input: Input): Responsibility {
  const of = tree(input);
  const { assignments, ...tables } =
    input["city"] === undefined
      ? ({ assignments: input["assignments"] ?? [], ...some(input, ...DUTY) } as unknown as samples.SampleDuty)
      : samples.zhongshanDuty();
  const number = input["without_holders_of_leaf"] as number | undefined;
  const leaf = number === undefined ? undefined : of.leaves(of.root)[number];
  const kept = leaf === undefined ? assignments : assignments.filter((row) => row.grid !== leaf);
  return Responsibility.resolve(of, kept, tables);
}

type Layer = EnterOptions & { mode: string; scope: string };

const entered = (before: Responsibility, layers: Layer[]): Responsibility =>
  layers.reduce((duty, { mode, scope, ...rest }) => duty.enter(mode, scope, rest), before);

const dutyOf: (name: "accountable" | "supporting" | "supervising" | "chain") => Op = (name) => (input) =>
  duty(input)[name](text(input, "grid"), text(input, "domain"), some(input, "at", "mode"));

export const OPS: Readonly<Record<string, Op>> = {
  "duty.tables": (input) => {
    const tables = Object.entries(duty(input).tables()) as [string, object[]][];
    return Object.fromEntries(tables.filter(([, rows]) => rows.length > 0));
  },
  "duty.lists": (input) => {
    const { domains, modes, people, isTimed } = duty(input);
    return { domains, modes, people, is_timed: isTimed };
  },
  "duty.accountable": dutyOf("accountable"),
  "duty.supporting": dutyOf("supporting"),
  "duty.supervising": dutyOf("supervising"),
  "duty.chain": dutyOf("chain"),
  "duty.headcount": (input) => duty(input).headcount(some(input, "at")),
  "duty.mode_at": (input) =>
    entered(duty(input), given(input, "layers")).modeAt(text(input, "grid"), some(input, "at")),
  "duty.audit": (input) => {
    const wishes = some(input, "at", "from", "until", "always", "domains", "modes", "span", "every_level");
    return picked(input, duty(input).audit(wishes));
  },
  "duty.enter_leave": (input) => {
    const layers = given<Layer[]>(input, "layers");
    const before = duty(input);
    const inside = entered(before, layers);
    const after = layers.reduceRight((duty, { mode, scope }) => duty.leave(mode, scope), inside);
    const told = (duty: Responsibility): string | null =>
      duty.accountable(text(input, "grid"), text(input, "domain"), some(input, "at")).person;
    return {
      before: told(before),
      inside: told(inside),
      after: told(after),
      same_bytes: before.toJson() === after.toJson(),
      base_is_same: inside.base().equals(before),
    };
  },
  "duty.to_json": (input) => {
    const saved = duty(input);
    const json = saved.toJson();
    return { text: json, same: Responsibility.fromJson(saved.tree, json).equals(saved) };
  },
  "change.apply": (input) => {
    const options = some(input, "undecided", "others", "weight");
    const { tree: after, duty: now, ...rest } = change.apply(duty(input), given(input, "changes"), options);
    return { codes: after.codes(), assignments: now.activeTables().assignments, ...rest };
  },
  "change.diff": (input) => {
    const before = duty(input);
    return change.diff(before, Responsibility.resolve(before.tree, given<AssignmentRow[]>(input, "later")));
  },
};
