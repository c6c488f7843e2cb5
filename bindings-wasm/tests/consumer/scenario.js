// What each consumer does with whichever entry it imported; the answer is plain data, to be compared outside.
export const TOWN = [
  { code: "1", name: "city" },
  { code: "11", parent: "1", name: "north" },
  { code: "111", parent: "11", name: "mill street" },
  { code: "12", parent: "1", name: "south" },
];

export async function scenario(gridcore) {
  await gridcore.init();
  const answer = { version: gridcore.version(), code: gridcore.gridCode("粤-07") };
  try {
    gridcore.gridCode("");
  } catch (error) {
    answer.error = { known: gridcore.isGridcoreError(error), code: error.code, faults: error.faults, message: error.message };
  }
  const tree = gridcore.GridTree.fromRecords(TOWN);
  answer.path = tree.path("111");
  answer.positions = [...tree.parent(tree.index(["1", "111"]))];
  tree.free();
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
    const tree = await worker.build("fromRecords", [TOWN]);
    answer.path = await tree.path("111");
    answer.positions = [...(await tree.parent(await tree.index(["1", "111"])))];
    answer.size = tree.size;
    answer.unknown = await tree.parent("99").catch((error) => [isGridcoreError(error), error.code, error.faults[0].grid]);
    answer.refused = await worker.build("fromRecords", [[]]).catch((error) => error.code);
    tree.free();
    answer.freed = await tree.parent("1").catch((error) => error.code);
    const lost = await worker.build("fromJson", [await (await worker.build("fromRecords", [TOWN])).toJson()]);
    const stop = new AbortController();
    const stopped = worker.call("version", [], stop.signal).catch((error) => error.name);
    stop.abort();
    answer.stopped = await stopped;
    answer.restarted = await worker.call("version", []);
    answer.lost = await lost.parent("11").catch((error) => error.code);
    return answer;
  } finally {
    worker.close();
  }
}
