/** What runs inside the worker: loads the module once, then answers one question after the other. */
import * as api from "./api.js";
import { init } from "./index.js";

/** A function that a worker can be asked for. */
export type Name = "gridCode" | "version";
/** A call on its way to the worker. */
export type Question = { id: number; name: Name; args: unknown[] };
/** An answer on its way back. A copy of an error loses its own fields, so these travel beside it. */
export type Answer = { id: number } & ({ value: unknown } | { error: Error; fields: object });

const ready = init();

globalThis.onmessage = async ({ data: { id, name, args } }: MessageEvent<Question>): Promise<void> => {
  let answer: Answer;
  try {
    await ready;
    const call = api[name] as (...args: unknown[]) => unknown;
    answer = { id, value: call(...args) };
  } catch (caught) {
    const error = caught instanceof Error ? caught : new Error(String(caught));
    answer = { id, error, fields: { ...error, name: error.name } };
  }
  globalThis.postMessage(answer);
};
