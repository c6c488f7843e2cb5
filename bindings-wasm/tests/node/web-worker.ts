/** The worker of browsers, on a thread of Node, for the entry that asks for one. */
import { Worker as Thread } from "node:worker_threads";

/** What runs first inside: the names that a script in a browser's worker finds. */
const SETTING = `
  const { readFileSync } = require("node:fs");
  const { parentPort, workerData } = require("node:worker_threads");
  globalThis.postMessage = (message) => parentPort.postMessage(message);
  globalThis.fetch = async (url) =>
    new Response(readFileSync(new URL(url)), { headers: { "content-type": "application/wasm" } });
  void import(workerData).then(() => parentPort.on("message", (data) => globalThis.onmessage({ data })));
`;

/** How many were started. */
export let started = 0;

/** As much of a browser's `Worker` as the package uses. */
export class WebWorker {
  onmessage: ((event: { data: unknown }) => void) | undefined;
  onerror: ((event: { message: string }) => void) | undefined;
  readonly #thread: Thread;

  constructor(script: URL) {
    started += 1;
    this.#thread = new Thread(SETTING, { eval: true, workerData: script.href });
    this.#thread.on("message", (data) => this.onmessage?.({ data }));
    this.#thread.on("error", (error: Error) => this.onerror?.({ message: error.message }));
  }

  postMessage(message: unknown): void {
    this.#thread.postMessage(message);
  }

  terminate(): void {
    void this.#thread.terminate();
  }
}
