// What each consumer does with whichever entry it imported; the answer is plain data, to be compared outside.
export async function scenario(gridcore) {
  await gridcore.init();
  const answer = { version: gridcore.version(), code: gridcore.gridCode("粤-07") };
  try {
    gridcore.gridCode("");
  } catch (error) {
    answer.error = { known: gridcore.isGridcoreError(error), code: error.code, faults: error.faults, message: error.message };
  }
  return answer;
}

export async function inWorker({ GridcoreWorker, isGridcoreError }) {
  const worker = new GridcoreWorker();
  try {
    const answer = { version: await worker.call("version", []), code: await worker.call("gridCode", ["粤-07"]) };
    try {
      await worker.call("gridCode", [""]);
    } catch (error) {
      answer.error = { known: isGridcoreError(error), code: error.code, faults: error.faults, message: error.message };
    }
    answer.unsendable = await worker.call("gridCode", [() => ""]).catch((error) => error.name);
    const stop = new AbortController();
    const stopped = worker.call("version", [], stop.signal).catch((error) => error.name);
    stop.abort();
    answer.stopped = await stopped;
    answer.restarted = await worker.call("version", []);
    return answer;
  } finally {
    worker.close();
  }
}
