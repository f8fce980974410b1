import type { CheckLog } from "./line.ts";
import type { Component } from "../tree.ts";
import type { LinesByName } from "./check-times.ts";
import { parameterIn, reportLine } from "./line.ts";

/** What RFC 5545 §3.6.6 asks of each kind of alarm. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  DISPLAY: ["DESCRIPTION"],
  EMAIL: ["DESCRIPTION", "SUMMARY", "ATTENDEE"],
};

/** Reports what an alarm lacks for its kind. */
export function checkAlarm(component: Component, lines: LinesByName, log: CheckLog): void {
  const action = lines.get("ACTION")?.[0]?.raw.trim().toUpperCase() ?? "";
  for (const name of NEEDS[action] ?? []) {
    if (!lines.has(name)) log.error(component.line, "property-missing", `An alarm of ACTION:${action} needs ${name}.`);
  }
  const attachments = lines.get("ATTACH") ?? [];
  if (action === "AUDIO" && attachments.length > 1) {
    log.report(attachments[1]!.property.line, "property-twice", "An alarm of ACTION:AUDIO has at most one ATTACH.");
  }
  if (lines.has("DURATION") !== lines.has("REPEAT")) {
    const [has, lacks] = lines.has("DURATION") ? ["DURATION", "REPEAT"] : ["REPEAT", "DURATION"];
    log.error(component.line, "property-missing", `An alarm with ${has} needs ${lacks}.`);
  }
  const trigger = lines.get("TRIGGER")?.[0];
  if (trigger?.type === "date-time" && !/z$/i.test(trigger.raw)) {
    reportLine(log, trigger, ["error", "not-utc", "A TRIGGER at a time is in UTC."], "value");
  }
  if (trigger?.type === "date-time" && parameterIn(trigger, "RELATED") !== null) {
    reportLine(log, trigger, ["error", "parameter-misplaced", "A TRIGGER at a time is related to nothing."]);
  }
}
