/** Events in their time, and what alerts ask for. */
import { type EventRow, Events, type WindowOptions, alert } from "gridcore";

import { duty } from "./duty.js";
import { type Input, type Op, given, picked, some, text, tree } from "./input.js";

function events(input: Input): Events {
  const rows = [...((input["events"] as EventRow[] | undefined) ?? [])];
  for (const { count, event } of (input["groups"] as { count: number; event: EventRow }[] | undefined) ?? []) {
    for (let one = 0; one < count; one += 1) {
      rows.push({ ...event, id: `g${rows.length}` });
    }
  }
  return Events.fromRows(tree(input), rows, some(input, "profile"));
}

const window = (input: Input): WindowOptions => some(input, "received_from", "received_until");

export const OPS: Readonly<Record<string, Op>> = {
  "events.totals": (input) => events(input).totals(input["now"] as number, window(input)),
  "events.report": (input) => picked(input, events(input).report(input["now"] as number, window(input))),
  "events.breaches": (input) => events(input).breaches(input["now"] as number, input["within"] as number | undefined),
  "events.escalations": (input) =>
    events(input).escalations(duty(input), input["now"] as number, input["within"] as number | undefined),
  "alert.needs": (input) => alert.needs(tree(input), given(input, "scale"), text(input, "grid"), text(input, "level")),
  "alert.delta": (input) =>
    alert.delta(tree(input), given(input, "scale"), text(input, "grid"), given(input, "before"), given(input, "after")),
  "alert.steps": (input) => {
    const scale = given<alert.AlertScale>(input, "scale");
    const alerts = alert.Alerts.fromRows(tree(input), [scale], given<alert.AlertRow[]>(input, "alerts"));
    const [name, at] = [scale.name, input["at"] as number];
    return { level: alerts.level(name, text(input, "grid"), at), steps: alerts.steps(name, text(input, "grid")) };
  },
};
