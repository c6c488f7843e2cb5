// The same script serves the plain page and the bundled one.
import * as gridcore from "gridcore";
import * as worker from "gridcore/worker";

import { inWorker, scenario } from "./scenario.js";

globalThis.answers = {
  fetched: scenario(gridcore),
  worker: inWorker(worker),
};
