/**
 * The entry that keeps a page fluent: the module runs in a worker of its own.
 *
 * A call that has begun cannot hear a signal, so a stop ends the worker and the next call starts another.
 */
import type * as api from "./api.js";
import type { Answer, Name, Question } from "./worker-thread.js";

export { type Fault, type GridcoreError, isGridcoreError } from "./error.js";

type Waiting = { resolve(value: unknown): void; reject(error: unknown): void };

/** The module in a worker. Calls are answered in the order in which they were made. */
export class GridcoreWorker implements Disposable {
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
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const id = this.#next++;
      const stop = (): void => this.#end(signal?.reason);
      const settle = (): void => {
        signal?.removeEventListener("abort", stop);
        this.#waiting.delete(id);
      };
      this.#waiting.set(id, {
        resolve: (value) => (settle(), resolve(value as Awaited<ReturnType<(typeof api)[N]>>)),
        reject: (error) => (settle(), reject(error)),
      });
      signal?.addEventListener("abort", stop);
      try {
        this.#running().postMessage({ id, name, args } satisfies Question);
      } catch (error) {
        // An argument that no message can carry; the worker itself is well.
        this.#waiting.get(id)?.reject(error);
      }
    });
  }

  /** Ends the worker; calls without an answer fail. */
  close(): void {
    this.#end(new DOMException("the worker was closed", "AbortError"));
  }

  /** The same as `close`, for `using`. */
  [Symbol.dispose](): void {
    this.close();
  }

  #running(): Worker {
    if (this.#worker === undefined) {
      const worker = new Worker(new URL("./worker-thread.js", import.meta.url), { type: "module" });
      worker.onmessage = ({ data }: MessageEvent<Answer>) => {
        const waiting = this.#waiting.get(data.id);
        if ("error" in data) {
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
