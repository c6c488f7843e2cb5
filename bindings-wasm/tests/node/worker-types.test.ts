import type { deploy, solve } from "gridcore";
import type { GridcoreWorker, RemoteTree } from "gridcore/worker";
import { expectTypeOf, test } from "vitest";

test("a tree in a worker has the forms of a tree at hand", () => {
  type Row = Awaited<ReturnType<RemoteTree["row"]>>;
  const ask = async (worker: GridcoreWorker): Promise<void> => {
    using tree = await worker.build("fromRecords", [[{ code: "1", name: "city" }]]);
    expectTypeOf(tree).toEqualTypeOf<RemoteTree>();
    expectTypeOf(tree.parent("1")).resolves.toEqualTypeOf<string | null>();
    expectTypeOf(tree.parent(["1"])).resolves.toEqualTypeOf<(string | null)[]>();
    expectTypeOf(tree.parent(Int32Array.of(0))).resolves.toEqualTypeOf<Int32Array>();
    expectTypeOf(tree.codes()).resolves.toEqualTypeOf<string[]>();
    expectTypeOf(tree.toJson()).resolves.toEqualTypeOf<string>();
    expectTypeOf(tree.counts("1")).resolves.toEqualTypeOf<number[]>();
    expectTypeOf(tree.name("1")).resolves.toEqualTypeOf<string>();
    expectTypeOf(await tree.row("1")).toEqualTypeOf<Row>();
    expectTypeOf(worker.call("version", [])).resolves.toEqualTypeOf<string>();
    const candidates = { rows: 1, columns: 1, row: [0], column: [0] };
    expectTypeOf(worker.solve("assign", [candidates])).resolves.toEqualTypeOf<solve.Assigned>();
    const plan = await tree.run("pair", [[{ unit: "u" }], { level: 1 }], { progress: () => {} });
    expectTypeOf(plan.table).toEqualTypeOf<deploy.PlanRow[]>();
    expectTypeOf(plan.cost).toEqualTypeOf<number>();
    expectTypeOf(plan.json).toEqualTypeOf<string>();
  };
  expectTypeOf(ask).toBeFunction();
});
