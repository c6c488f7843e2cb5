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

/** 10,117 grids, 12,000 people, 21 candidates each; the last candidate alone would do for all. */
function city() {
  const [rows, columns] = [10_117, 12_000];
  let state = 7;
  const draw = (below) => (state = (state * 48_271) % 2_147_483_647) % below;
  const [row, column, cost] = [[], [], []];
  for (let grid = 0; grid < rows; grid++) {
    for (let candidate = 0; candidate < 20; candidate++) {
      row.push(grid);
      column.push((grid + draw(300)) % columns);
      cost.push(1 + draw(10_000));
    }
    row.push(grid);
    column.push(grid);
    cost.push(50_000);
  }
  return { rows, columns, row: Uint32Array.from(row), column: Uint32Array.from(column), cost: Int32Array.from(cost) };
}

export async function inWorker({ GridcoreWorker, isGridcoreError, isInfeasible }) {
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
    const needs = [{ grid: "111" }, { grid: "12" }];
    const plan = await tree.run("assign", [needs, [{ person: "a", home: "12" }, { person: "b" }], { home: 1 }]);
    answer.sent = plan.table.map((row) => [row.who, row.grid]);
    answer.proved = plan.certificate.verified;
    answer.short = await tree
      .run("assign", [needs, [{ person: "a" }]])
      .catch((error) => [isInfeasible(error), error.cause.needed, error.cause.available]);
    const candidates = city();
    let heard = 0;
    const { columns } = await worker.solve("assign", [candidates], { progress: () => heard++ });
    answer.city = [columns.length, new Set(columns).size, heard > 0];
    const people = (ids) => ids.map((id) => ({ rid: `${id}`, name: `person ${"abcdefgh"[id]}`, phone: `1380013800${id}`, grid: "111" }));
    const found = await tree.reconcile(people([1, 2, 3, 4, 5]), people([1, 2, 3, 4, 6]), { rules: { reviewAt: 0.1 } }, { progress: () => heard++ });
    const decided = await found.decide([{ left: "1", right: "1", decision: "different" }], { by: "p-1" });
    const undone = await decided.undo();
    answer.rosters = [
      (await found.matched()).map((row) => row.left).sort(),
      (await decided.matched()).length,
      (await undone.matched()).length,
      (await found.explain("1", "1")).linked,
      (await found.waterfall("1", "1")).slice(0, 4),
      (await found.by(2)).map((row) => [row.grid, row.left]),
      JSON.parse(await decided.toJson()).decisions.length,
    ];
    tree.free();
    answer.freed = await tree.parent("1").catch((error) => error.code);
    const lost = await worker.build("fromJson", [await (await worker.build("fromRecords", [TOWN])).toJson()]);
    const stop = new AbortController();
    const stopped = worker.call("version", [], stop.signal).catch((error) => error.name);
    stop.abort();
    answer.stopped = await stopped;
    answer.restarted = await worker.call("version", []);
    answer.lost = await lost.parent("11").catch((error) => error.code);
    answer.ended = await found.matched().catch((error) => error.code);
    return answer;
  } finally {
    worker.close();
  }
}
