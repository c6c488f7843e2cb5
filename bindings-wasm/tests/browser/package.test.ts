import { fileURLToPath } from "node:url";

import type { Browser } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";

import { launch } from "./chromium.js";
import { serve } from "./server.js";

const consumer = new URL("../../../.cache/consumer/", import.meta.url);
const answer = {
  version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
  code: "粤-07",
  error: { known: true, code: "malformed_code", faults: [], message: "the code is empty" },
  path: ["1", "11", "111"],
  positions: [-1, 1],
};
const inWorker = {
  ...answer,
  size: 4,
  unknown: [true, "unknown_grid", "99"],
  sent: [
    ["b", "111"],
    ["a", "12"],
  ],
  proved: true,
  short: [true, 2, 1],
  city: [10_117, 10_117, true],
  rosters: [["1", "2", "3", "4"], 3, 4, true, "<svg", [["111", 5]], 1],
  ended: "freed",
  refused: "build_error",
  freed: "freed",
  lost: "freed",
  unsendable: "DataCloneError",
  stopped: "AbortError",
  restarted: answer.version,
};

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

test("a plain page", async () => {
  expect(await open(consumer, "page.html", ["fetched", "worker"])).toEqual({ fetched: answer, worker: inWorker });
});

test("a page whose module is inside its script", async () => {
  expect(await open(consumer, "inline.html", ["inline"])).toEqual({ inline: answer });
});

test("a page bundled by Vite", async () => {
  await build({
    root: fileURLToPath(consumer),
    configFile: false,
    logLevel: "warn",
    build: { target: "es2022", emptyOutDir: true },
    worker: { format: "es" },
  });
  const built = new URL("dist/", consumer);
  expect(await open(built, "index.html", ["fetched", "worker"])).toEqual({ fetched: answer, worker: inWorker });
});

test("a page that draws the strength map", async () => {
  const server = await serve(consumer);
  const page = await browser.newPage();
  try {
    await page.goto(`${server.address}map.html`, { waitUntil: "load" });
    await page.waitForSelector("svg [data-code]");
    expect(await page.locator("svg [data-code]").count()).toBe(3);
    const cell = page.locator('svg [data-code="111"]');
    expect(await cell.getAttribute("data-value")).toBe("4");
    const box = await cell.boundingBox();
    expect(box!.width * box!.height).toBeGreaterThan(1000);
    await cell.click();
    expect(await page.locator("output").textContent()).toBe("city › north › mill street");
    expect(await page.locator("svg").textContent()).toContain("网格人员力量分布图");
  } finally {
    await page.close();
    server.close();
  }
});

test("the demo: the sample city, searched by pinyin", async () => {
  const server = await serve(new URL("../../", import.meta.url));
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  try {
    await page.goto(`${server.address}demo/index.html`, { waitUntil: "load" });
    await page.waitForSelector("svg [data-code]");
    expect(await page.locator("svg [data-code]").count()).toBe(287);
    await page.fill("#search", "xiaolan");
    await page.locator("#hits button").first().click();
    expect(await page.locator("#grid dd").nth(1).textContent()).toBe("中山市 › 小榄镇");
    await page.selectOption("#level", "1");
    expect(await page.locator("svg [data-code]").count()).toBe(23);
    expect(complaints).toEqual([]);
  } finally {
    await page.close();
    server.close();
  }
});

/** Opens a page, waits for its answers, and fails on anything that the page complains about. */
async function open(folder: URL, name: string, keys: string[]): Promise<Record<string, unknown>> {
  const server = await serve(folder);
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (line) => line.type() === "error" && complaints.push(line.text()));
  page.on("requestfailed", (request) => complaints.push(`failed: ${request.url()}`));
  try {
    await page.goto(server.address + name, { waitUntil: "load" });
    const answers: Record<string, unknown> = {};
    for (const key of keys) {
      answers[key] = await page.evaluate(`globalThis.answers[${JSON.stringify(key)}]`);
    }
    expect(complaints).toEqual([]);
    return answers;
  } finally {
    await page.close();
    server.close();
  }
}
