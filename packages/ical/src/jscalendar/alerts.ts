// VALARM as alerts (RFC 8984 §4.5.2).

import { parseDuration } from "../duration.ts";
import type { JCalComponent, JCalProperty } from "../jcal/jcal.ts";
import { isInstant } from "./clock.ts";
import { Ids } from "./ids.ts";
import { isObject, setMember, type Draft, type JsonObject } from "./json.ts";
import { ComponentReader, oneParameter, parametersBut, textIn } from "./reader.ts";
import { ComponentWriter, textMember } from "./writer.ts";

const ACTIONS: Readonly<Record<string, string>> = { DISPLAY: "display", EMAIL: "email" };

/** What an alert says when the object has no title. */
const UNTITLED = "Reminder";

export function readAlerts(reader: ComponentReader): void {
  const alerts: Draft = {};
  const ids = new Ids();
  let position = 0;
  for (const component of reader.takeComponents("valarm")) {
    const inner = new ComponentReader(component, "Alert", reader.zones);
    const trigger = inner.takeOne("trigger");
    const read = trigger === null ? null : triggerOf(trigger);
    if (trigger === null || read === null) {
      reader.keepComponent(component); // An alarm that never rings is none for JSCalendar.
      continue;
    }
    inner.js["trigger"] = read;
    inner.note("trigger", { parameters: parametersBut(trigger[1], "related") });
    readAction(inner);
    readAcknowledged(inner);
    dropOwnDescription(inner, reader.js["title"]);
    const jsid = inner.takeOne("jsid");
    setMember(alerts, ids.asked(jsid === null ? null : textIn(jsid), "alert", String(++position)), inner.finish());
  }
  if (position > 0) reader.js["alerts"] = alerts;
}

function triggerOf(trigger: JCalProperty): JsonObject | null {
  const [, parameters, type, value] = trigger;
  if (typeof value !== "string") return null;
  if (type === "date-time") {
    return isInstant(value) && !Object.hasOwn(parameters, "related")
      ? { "@type": "AbsoluteTrigger", when: value }
      : null;
  }
  if (type !== "duration" || parseDuration(value) === null) return null;
  const related = oneParameter(parameters, "related");
  if (related === null) return { "@type": "OffsetTrigger", offset: value };
  if (related !== "START" && related !== "END") return null;
  return { "@type": "OffsetTrigger", offset: value, relativeTo: related.toLowerCase() };
}

function readAction(inner: ComponentReader): void {
  const property = inner.takeOne("action");
  if (property === null) return;
  const action = ACTIONS[textIn(property) ?? ""];
  if (action === undefined) return inner.keep(property);
  inner.js["action"] = action;
  inner.note("action", { parameters: property[1] });
}

function readAcknowledged(inner: ComponentReader): void {
  const property = inner.takeOne("acknowledged");
  if (property === null) return;
  const at = textIn(property);
  if (!isInstant(at)) return inner.keep(property);
  inner.js["acknowledged"] = at;
  inner.note("acknowledged", { parameters: property[1] });
}

/** The description that an alarm must have is the title, unless it says something else. */
function dropOwnDescription(inner: ComponentReader, title: unknown): void {
  const property = inner.takeOne("description");
  if (property === null) return;
  const isOwn = property[3] === ownDescription(title) && Object.keys(property[1]).length === 0;
  if (!isOwn || inner.js["action"] !== "display") inner.keep(property);
}

function ownDescription(title: unknown): string {
  return typeof title === "string" && title !== "" ? title : UNTITLED;
}

export function writeAlerts(writer: ComponentWriter): void {
  const ids = new Ids();
  let position = 0;
  for (const [id, alert] of writer.objects("alerts")) {
    const component = componentOf(writer, alert);
    if (component === null) continue;
    if (ids.asked(null, "alert", String(++position)) !== id) component[1].push(["jsid", {}, "text", id]);
    writer.addComponent(component);
  }
}

function componentOf(writer: ComponentWriter, alert: JsonObject): JCalComponent | null {
  const inner = new ComponentWriter("valarm", alert, writer.zones);
  const trigger = isObject(alert["trigger"]) ? alert["trigger"] : {};
  const { parameters } = inner.note("trigger");
  const offset = textMember(trigger, "offset");
  const when = textMember(trigger, "when");
  const related = textMember(trigger, "relativeTo");
  if (offset !== null) {
    inner.add(
      "trigger",
      { ...(related === null ? {} : { related: related.toUpperCase() }), ...parameters },
      "duration",
      offset,
    );
  } else if (when !== null) inner.add("trigger", parameters, "date-time", when);
  else return null;
  const action = Object.keys(ACTIONS).find((word) => ACTIONS[word] === alert["action"]);
  if (action !== undefined) inner.add("action", inner.note("action").parameters, "text", action);
  else if (!inner.hasKept("action")) inner.add("action", {}, "text", "DISPLAY");
  const at = inner.text("acknowledged");
  if (at !== null) inner.add("acknowledged", inner.note("acknowledged").parameters, "date-time", at);
  const isDisplay = action === "DISPLAY" || (action === undefined && !inner.hasKept("action"));
  if (isDisplay && !inner.hasKept("description")) {
    inner.add("description", {}, "text", ownDescription(writer.js["title"]));
  }
  return inner.finish();
}
