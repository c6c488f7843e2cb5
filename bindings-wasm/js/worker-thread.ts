/** What runs inside the worker: loads the module once, then answers one question after the other. */
import * as api from "./api.js";
import { init } from "./index.js";
import type { Progress, Watching } from "./options.js";
import {
  type Answer,
  JOBS,
  type Question,
  ROSTER_CHANGES,
  ROSTER_SOURCES,
  type RosterChange,
  type RosterQuestion,
  SOLVERS,
  type TreeQuestion,
  type Wish,
} from "./worker-message.js";

type Call = (...args: unknown[]) => unknown;

const trees = new Map<number, api.GridTree>();
const rosters = new Map<number, api.Reconciliation>();
let next = 0;

/** The arguments with options that send word of the progress, ten times a second at most. */
function watched(id: number, args: unknown[], at: number): unknown[] {
  let last = 0;
  const progress = (progress: Progress): void => {
    const now = Date.now();
    if (now - last >= 100) {
      last = now;
      globalThis.postMessage({ id, progress } satisfies Answer);
    }
  };
  const all: unknown[] = [...args];
  all[at] = { ...(args[at] as Watching | undefined), progress };
  return all;
}

/** What a handle holds, as plain data. */
function plain(made: api.deploy.Plan | api.deploy.Teams | api.deploy.ShiftRoster): object {
  const { table, certificate } = made;
  const json = made.toJson();
  const more = "cost" in made ? { cost: made.cost, loads: made.loads, byGrid: made.byGrid } : {};
  made.free();
  return { table, certificate, json, ...more };
}

/** Keeps a reconciliation; its number and its counts are told. */
function kept(answer: api.Reconciliation): object {
  rosters.set(next, answer);
  return { roster: next++, counts: answer.counts };
}

function fulfil(id: number, wish: Wish, args: unknown[]): unknown {
  switch (wish.kind) {
    case "call":
      return (api[wish.name] as Call)(...args);
    case "build": {
      const tree = (api.GridTree[wish.source] as (...args: unknown[]) => api.GridTree)(...args);
      trees.set(next, tree);
      return { tree: next++, size: tree.size };
    }
    case "ask": {
      const tree = trees.get(wish.tree) as unknown as Record<TreeQuestion, Call>;
      return tree[wish.question](...args);
    }
    case "solve":
      return (api.solve[wish.solver] as Call)(...(wish.watched ? watched(id, args, SOLVERS[wish.solver]) : args));
    case "run": {
      const given = wish.watched ? watched(id, args, JOBS[wish.job]) : args;
      return plain((api.deploy[wish.job] as (...args: unknown[]) => api.deploy.Plan)(trees.get(wish.tree), ...given));
    }
    case "rosters": {
      const at = ROSTER_SOURCES[wish.source];
      const given = wish.watched ? watched(id, args, at) : [...args];
      given[at] = { ...(given[at] as object | undefined), tree: wish.tree === undefined ? undefined : trees.get(wish.tree) };
      const make = wish.source === "loadReconciliation" ? api.Reconciliation.load : api[wish.source];
      return kept((make as (...args: unknown[]) => api.Reconciliation)(...given));
    }
    case "told": {
      const answer = rosters.get(wish.roster) as unknown as Record<RosterQuestion, unknown>;
      const found = answer[wish.question];
      return typeof found === "function" ? (found as Call).apply(answer, args) : found;
    }
    case "change": {
      const answer = rosters.get(wish.roster) as unknown as Record<RosterChange, (...args: unknown[]) => api.Reconciliation>;
      return kept(answer[wish.change](...(wish.watched ? watched(id, args, ROSTER_CHANGES[wish.change]) : args)));
    }
    case "free":
      (trees.get(wish.held) ?? rosters.get(wish.held))?.free();
      trees.delete(wish.held);
      rosters.delete(wish.held);
      return undefined;
  }
}

const ready = init();

globalThis.onmessage = async ({ data: { id, wish, args } }: MessageEvent<Question>): Promise<void> => {
  let answer: Answer;
  try {
    await ready;
    answer = { id, value: fulfil(id, wish, args) };
  } catch (caught) {
    const error = caught instanceof Error ? caught : new Error(String(caught));
    answer = { id, error, fields: { ...error, name: error.name } };
  }
  globalThis.postMessage(answer);
};
