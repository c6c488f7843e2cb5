/** What runs inside the worker: loads the module once, then answers one question after the other. */
import * as api from "./api.js";
import { init } from "./index.js";
import type { Answer, Question, TreeQuestion, Wish } from "./worker-message.js";

type Call = (...args: unknown[]) => unknown;

const trees = new Map<number, api.GridTree>();
let next = 0;

function fulfil(wish: Wish, args: unknown[]): unknown {
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
    case "free":
      trees.get(wish.tree)?.free();
      trees.delete(wish.tree);
      return undefined;
  }
}

const ready = init();

globalThis.onmessage = async ({ data: { id, wish, args } }: MessageEvent<Question>): Promise<void> => {
  let answer: Answer;
  try {
    await ready;
    answer = { id, value: fulfil(wish, args) };
  } catch (caught) {
    const error = caught instanceof Error ? caught : new Error(String(caught));
    answer = { id, error, fields: { ...error, name: error.name } };
  }
  globalThis.postMessage(answer);
};
