import { readFileSync } from "node:fs";

import { type Browser, chromium } from "playwright-core";

const path = new URL("../../../.cache/chromium", import.meta.url);

/** Starts the Chromium that the setup found; it calls nobody. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: readFileSync(path, "utf8").trim(),
    args: [
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
