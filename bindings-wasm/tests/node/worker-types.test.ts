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
  };
  expectTypeOf(ask).toBeFunction();
});
