/** Rosters: reconciled, explained, changed; staff, merged lists, ledgers, tokens. */
import { type GridTree, Reconciliation, deduplicate, reconcile, roster, rules } from "gridcore";

import { type Input, type Op, given, hash, picked, some, text, tree } from "./input.js";

type Rows = Record<string, unknown>[];
const LANGUAGES = ["en", "zh"] as const;

const treeIfAny = (input: Input): GridTree | undefined =>
  input["rows"] === undefined && input["city"] === undefined ? undefined : tree(input);

function run(input: Input): Reconciliation {
  const options = { rules: given<roster.RosterRules | undefined>(input, "rules"), tree: treeIfAny(input) };
  const [left, right] = [given<Rows>(input, "left"), given<Rows | undefined>(input, "right")];
  return right === undefined ? deduplicate(left, options) : reconcile(left, right, options);
}

/** The tables that the vector asks for. */
function told(input: Input, answer: Reconciliation): Record<string, unknown> {
  const lists = answer as unknown as Record<string, unknown>;
  const table = (name: string): unknown => {
    if (name === "states") {
      return (["left", "right"] as const).map((side) => answer.states(side));
    }
    const found = lists[name];
    return typeof found === "function" ? (found as () => unknown).call(answer) : found;
  };
  return Object.fromEntries(given<string[]>(input, "ask").map((name) => [name, table(name)]));
}

interface Step extends roster.RosterUpdate {
  decide?: { left: string; right: string; decision: roster.Decision }[];
  undo?: boolean;
}

function history(input: Input): unknown {
  let answer = run(input);
  let updated = false;
  for (const wish of given<Input[]>(input, "steps")) {
    const stamp = some(wish, "at", "by");
    const { decide, undo, ...update } = some(wish, "decide", "undo", "left", "right", "remove_left", "remove_right") as Step;
    if (undo === true) {
      answer = answer.undo(stamp);
    } else if (decide !== undefined) {
      answer = answer.decide(decide, stamp);
    } else {
      updated = true;
      answer = answer.update(update, stamp);
    }
  }
  roster.verifyLog(answer.log);
  const found = told(input, answer);
  if (!updated) {
    const json = answer.toJson();
    const options = { tree: treeIfAny(input) };
    const again = Reconciliation.load(json, given<Rows>(input, "left"), given<Rows | undefined>(input, "right"), options);
    found["saved"] = again.toJson() === json;
  }
  return found;
}

export const OPS: Readonly<Record<string, Op>> = {
  "roster.reconcile": (input) => told(input, run(input)),
  "roster.by": (input) => picked(input, run(input).by(given(input, "by"))),
  "roster.explain": (input) => {
    const answer = run(input);
    const [left, right] = given<[string, string]>(input, "pair");
    const shown = input["shown"] === true;
    return {
      found: answer.explain(left, right, { shown }),
      sentences: LANGUAGES.map((lang) => answer.sentence(left, right, { lang, shown })),
      waterfalls: LANGUAGES.map((lang) => hash(answer.waterfall(left, right, { lang, shown }))),
    };
  },
  "roster.explain_row": (input) => {
    const [answer, side, id] = [run(input), given<roster.RosterSide>(input, "side"), text(input, "id")];
    return {
      found: answer.explainRow(side, id),
      sentences: LANGUAGES.map((lang) => answer.rowSentence(side, id, { lang })),
    };
  },
  "roster.history": history,
  "roster.model": (input) => {
    const model = rules.modelFromSplink(JSON.stringify(input["splink"]));
    const levels = given<number[][] | undefined>(input, "levels") ?? [];
    return {
      model,
      splink: JSON.parse(rules.modelToSplink(model)) as unknown,
      weights: levels.map((levels) => rules.modelWeight(model, levels)),
    };
  },
  "roster.staff_diff": (input) => {
    const [old, next] = [given<roster.StaffRow[]>(input, "old"), given<roster.StaffRow[]>(input, "new")];
    return roster.staffDiff(old, next, tree(input), given<roster.StaffOptions | undefined>(input, "rules"));
  },
  "roster.ledger": (input) => {
    const ledger = roster.Ledger.fromRows(tree(input), given(input, "ledger"), some(input, "rule"));
    return {
      total: ledger.total,
      by_grid: ledger.byGrid(),
      behind: ledger.behind(text(input, "grid"), given(input, "number")),
      published: ledger.published(given(input, "min_cell")),
    };
  },
  "roster.merge": (input) => {
    const lists = new Map(given<string[]>(input, "names").map((name, at) => [name, given<Rows[]>(input, "lists")[at]!]));
    const merged = roster.merge(lists, { tree: treeIfAny(input), ...some(input, "keys") });
    return {
      people: merged.people(),
      sources: merged.sources(),
      values: merged.values(),
      conflicts: merged.conflicts(),
      doubts: merged.doubts(),
      without_key: merged.withoutKey(),
      by_list: merged.byList(),
      overlaps: merged.overlaps(),
    };
  },
  "roster.tokens": (input) => {
    const key = new roster.TokenKey(new TextEncoder().encode(text(input, "key")));
    return { ...key.tokenize(given(input, "column"), given(input, "kind"), some(input, "algorithm")), check_value: key.checkValue };
  },
};
