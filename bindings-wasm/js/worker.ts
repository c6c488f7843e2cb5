/**
 * The entry that keeps a page fluent: the module runs in a worker of its own.
 *
 * A call that has begun cannot hear a signal, so a stop ends the worker, and another stands ready; trees and
 * reconciliations in the one that ended are gone with it.
 */
import type * as api from "./api.js";
import { refuse } from "./error.js";
import type { Progress } from "./options.js";
import { type RemoteRosters, rosters } from "./worker-roster.js";
import {
  type Answer,
  type Job,
  type Name,
  type Question,
  type Solver,
  type Source,
  TREE_QUESTIONS,
  type TreeQuestion,
  type Wish,
} from "./worker-message.js";

export { type Fault, type GridcoreError, type Infeasible, isGridcoreError, isInfeasible } from "./error.js";
export type { Progress } from "./options.js";
export type { RemoteReconciliation, RemoteRosters, RosterChangeOptions, RosterOptions } from "./worker-roster.js";
export type { Job, Name, Solver, Source, TreeQuestion } from "./worker-message.js";

type Waiting = {
  resolve(value: unknown): void;
  reject(error: unknown): void;
  progress?: ((progress: Progress) => void) | undefined;
};

/** How a page follows long work in its worker. */
export interface Following {
  /** Stops the work, and with it every other call of this worker that has no answer yet. */
  signal?: AbortSignal | undefined;
  /** Hears how far it has come, ten times a second at most. */
  progress?: ((progress: Progress) => void) | undefined;
}

type AfterTree<F> = F extends (tree: api.GridTree, ...args: infer A) => unknown ? A : never;

/** What long work over a tree made, as plain data; `json` makes the handle again on this side. */
export type Made<J extends Job> = (ReturnType<(typeof api.deploy)[J]> extends infer M extends { table: unknown; certificate: unknown }
  ? Pick<M, "table" | "certificate" | Extract<keyof M, "cost" | "loads" | "byGrid">>
  : never) & { json: string };

/** A function of the package, or a question to a tree, whose answer is waited for. */
export type Later<F> = F extends {
  (...args: infer A1): infer R1;
  (...args: infer A2): infer R2;
  (...args: infer A3): infer R3;
}
  ? unknown[] extends A1
    ? LaterOfTwo<F>
    : { (...args: A1): Promise<R1>; (...args: A2): Promise<R2>; (...args: A3): Promise<R3> }
  : LaterOfTwo<F>;
type LaterOfTwo<F> = F extends { (...args: infer A1): infer R1; (...args: infer A2): infer R2 }
  ? unknown[] extends A1
    ? LaterOfOne<F>
    : { (...args: A1): Promise<R1>; (...args: A2): Promise<R2> }
  : LaterOfOne<F>;
type LaterOfOne<F> = F extends (...args: infer A) => infer R ? (...args: A) => Promise<R> : never;

/** A tree inside a worker: the questions of `GridTree` that plain data answers. */
export type RemoteTree = { readonly [Q in TreeQuestion]: Later<api.GridTree[Q]> } & {
  /** How many grids there are, the root among them. */
  readonly size: number;
  /** Sends people or units to grids inside the worker: a function of `deploy` without its tree. */
  run<J extends Job>(job: J, args: AfterTree<(typeof api.deploy)[J]>, following?: Following): Promise<Made<J>>;
  /** Gives the memory back. A second call does nothing. */
  free(): void;
} & RemoteRosters &
  Disposable;

/** What asks one worker, and no other that takes its place. */
export interface Here {
  send(wish: Wish, args: readonly unknown[], following?: Following): Promise<unknown>;
  /** The same for a handle in that worker, until it is freed. */
  hold(held: number): Here & { free(): void; number(): number };
}

/** The module in a worker. Calls are answered in the order in which they were made. */
export class GridcoreWorker implements RemoteRosters, Disposable {
  #worker: Worker | undefined;
  #waiting = new Map<number, Waiting>();
  #next = 0;

  /**
   * Calls a function of the package by its name.
   *
   * @param signal stops the call, and with it every other call of this worker that has no answer yet
   */
  call<N extends Name>(
    name: N,
    args: Parameters<(typeof api)[N]>,
    signal?: AbortSignal,
  ): Promise<Awaited<ReturnType<(typeof api)[N]>>> {
    const answer = this.#send({ kind: "call", name }, args, signal);
    return answer as Promise<Awaited<ReturnType<(typeof api)[N]>>>;
  }

  /** Runs a function of `solve` by its name. */
  solve<S extends Solver>(
    solver: S,
    args: Parameters<(typeof api.solve)[S]>,
    following: Following = {},
  ): Promise<ReturnType<(typeof api.solve)[S]>> {
    const wish: Wish = { kind: "solve", solver, watched: following.progress !== undefined };
    return this.#send(wish, args, following.signal, following.progress) as Promise<ReturnType<(typeof api.solve)[S]>>;
  }

  readonly reconcile: RemoteRosters["reconcile"];
  readonly deduplicate: RemoteRosters["deduplicate"];
  readonly loadReconciliation: RemoteRosters["loadReconciliation"];

  constructor() {
    const { reconcile, deduplicate, loadReconciliation } = rosters(() => this.#here());
    this.reconcile = reconcile;
    this.deduplicate = deduplicate;
    this.loadReconciliation = loadReconciliation;
  }

  /**
   * Builds a tree inside the worker, which stays there.
   *
   * @param signal stops the call, and with it every other call of this worker that has no answer yet
   */
  async build<S extends Source>(
    source: S,
    args: Parameters<(typeof api.GridTree)[S]>,
    signal?: AbortSignal,
  ): Promise<RemoteTree> {
    const worker = this.#here();
    const { tree, size } = (await worker.send({ kind: "build", source }, args, { signal })) as { tree: number; size: number };
    const here = worker.hold(tree);
    const ask = (question: TreeQuestion, args: unknown[]): Promise<unknown> => here.send({ kind: "ask", tree, question }, args);
    const run = (job: Job, args: unknown[], following: Following = {}): Promise<unknown> =>
      here.send({ kind: "run", tree, job, watched: following.progress !== undefined }, args, following);
    const questions = TREE_QUESTIONS.map((name) => [name, (...args: unknown[]) => ask(name, args)]);
    const all = { ...Object.fromEntries(questions), ...rosters(() => worker, here.number), size, run };
    return { ...all, free: here.free, [Symbol.dispose]: here.free } as RemoteTree;
  }

  /** Ends the worker; calls without an answer fail. */
  close(): void {
    this.#end(new DOMException("the worker was closed", "AbortError"));
  }

  /** The same as `close`, for `using`. */
  [Symbol.dispose](): void {
    this.close();
  }

  #here(): Here {
    const worker = this.#running();
    const send: Here["send"] = (wish, args, following = {}) =>
      this.#worker === worker
        ? this.#send(wish, args, following.signal, following.progress)
        : Promise.reject(gone());
    const hold: Here["hold"] = (held) => {
      let freed = false;
      const free = (): void => {
        if (!freed && this.#worker === worker) {
          void this.#send({ kind: "free", held }, []).catch(() => {});
        }
        freed = true;
      };
      const number = (): number => {
        if (freed || this.#worker !== worker) {
          throw gone();
        }
        return held;
      };
      const ask: Here["send"] = async (wish, args, following) => (number(), send(wish, args, following));
      return { send: ask, hold, free, number };
    };
    return { send, hold };
  }

  #send(
    wish: Wish,
    args: readonly unknown[],
    signal?: AbortSignal,
    progress?: (progress: Progress) => void,
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const id = this.#next++;
      const stop = (): void => {
        this.#end(signal?.reason);
        // The next one loads the module while nobody waits for it.
        this.#running();
      };
      const settle = (): void => {
        signal?.removeEventListener("abort", stop);
        this.#waiting.delete(id);
      };
      this.#waiting.set(id, {
        resolve: (value) => (settle(), resolve(value)),
        reject: (error) => (settle(), reject(error)),
        progress,
      });
      signal?.addEventListener("abort", stop);
      try {
        this.#running().postMessage({ id, wish, args: [...args] } satisfies Question);
      } catch (error) {
        // An argument that no message can carry; the worker itself is well.
        this.#waiting.get(id)?.reject(error);
      }
    });
  }

  #running(): Worker {
    if (this.#worker === undefined) {
      const worker = new Worker(new URL("./worker-thread.js", import.meta.url), { type: "module" });
      worker.onmessage = ({ data }: MessageEvent<Answer>) => {
        const waiting = this.#waiting.get(data.id);
        if ("progress" in data) {
          waiting?.progress?.(data.progress);
        } else if ("error" in data) {
          waiting?.reject(Object.assign(data.error, data.fields));
        } else {
          waiting?.resolve(data.value);
        }
      };
      worker.onerror = (event) => this.#end(new Error(event.message || "the worker did not start"));
      this.#worker = worker;
    }
    return this.#worker;
  }

  #end(reason: unknown): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    for (const waiting of [...this.#waiting.values()]) {
      waiting.reject(reason);
    }
  }
}

function gone(): Error {
  return refuse("freed", "this was freed, or the worker that held it has ended", "该对象已释放，或其工作线程已结束");
}
