// Whether a JSON is an Event, a Task or a Group, told in one sentence for the first thing that is wrong.

import { parseDuration } from "../duration.ts";
import { fromJCal, propertyFromJCal } from "../jcal/from-jcal.ts";
import { isInstant, parseLocal } from "./clock.ts";
import { OVERRIDES_MAX } from "./dates.ts";
import { isId } from "./ids.ts";
import { depthOf, isObject, JSON_DEPTH_MAX, step, stepsOf, type JsonObject } from "./json.ts";

import { DAYS, FREQUENCIES, MONTH, SKIPS, WEEKS_MAX } from "./rule.ts";

export type Fault = { readonly pointer: string; readonly message: string };

/** Entries of one Group: as many as a calendar has events in a long life. */
export const ENTRIES_MAX = 100_000;

/** Says what is wrong with a value at a pointer; null when it is right. */
type Check = (value: unknown, pointer: string) => Fault | null;

function is(right: (value: unknown) => boolean, what: string): Check {
  return (value, pointer) => {
    if (right(value)) return null;
    const shown = JSON.stringify(value) ?? "nothing";
    const name = pointer.slice(pointer.lastIndexOf("/") + 1);
    return { pointer, message: `${name} is ${what}, not ${shown.length > 60 ? `${shown.slice(0, 60)}…` : shown}.` };
  };
}

const whole = (min: number, max: number) =>
  is(
    (value) => Number.isInteger(value) && (value as number) >= min && (value as number) <= max,
    `a number from ${min} to ${max}`,
  );
const word = (...words: readonly string[]) =>
  is((value) => words.includes(value as string), `one of ${words.join(", ")}`);
const WHOLE_MAX = Number.MAX_SAFE_INTEGER;

const text = is((value) => typeof value === "string", "a text");
const flag = is((value) => typeof value === "boolean", "true or false");
const count = whole(0, WHOLE_MAX);
const local = is((value) => parseLocal(value) !== null, "a local time such as 2026-03-29T02:30:00");
const utc = is(isInstant, "an instant such as 2026-03-29T00:30:00Z");
const duration = is(
  (value) => typeof value === "string" && value.startsWith("P") && parseDuration(value) !== null,
  "a duration such as PT1H30M",
);
const offset = is((value) => typeof value === "string" && parseDuration(value) !== null, "a duration such as -PT15M");
// oxlint-disable-next-line no-control-regex
const zone = is((value) => typeof value === "string" && /^[^\u0000-\u001f"]{1,255}$/.test(value), "the name of a zone");
const anything: Check = () => null;

function list(each: Check): Check {
  return (value, pointer) => {
    if (!Array.isArray(value)) return is(() => false, "a list")(value, pointer);
    return first(value.map((item, i) => () => each(item, `${pointer}/${i}`)));
  };
}

function map(each: Check, isKey: (key: string) => boolean = () => true, what = "a name"): Check {
  return (value, pointer) => {
    if (!isObject(value)) return is(() => false, "an object")(value, pointer);
    return first(
      Object.entries(value).map(([key, item]) => () => {
        const at = `${pointer}/${step(key)}`;
        return isKey(key) ? each(item, at) : { pointer: at, message: `"${key.slice(0, 60)}" is not ${what}.` };
      }),
    );
  };
}

function object(type: string, members: Readonly<Record<string, Check>>, ...required: readonly string[]): Check {
  return (value, pointer) => {
    if (!isObject(value)) return is(() => false, `an object of type ${type}`)(value, pointer);
    if (value["@type"] !== undefined && value["@type"] !== type) {
      return { pointer: `${pointer}/@type`, message: `Here the type is ${type}.` };
    }
    const missing = required.find((name) => value[name] === undefined);
    if (missing !== undefined) return { pointer, message: `A ${type} needs ${missing}.` };
    return first(
      Object.entries(members).map(([name, check]) => () => {
        const member = Object.hasOwn(value, name) ? value[name] : undefined;
        return member === undefined || member === null ? null : check(member, `${pointer}/${step(name)}`);
      }),
    );
  };
}

function first(checks: readonly (() => Fault | null)[]): Fault | null {
  for (const check of checks) {
    const fault = check();
    if (fault !== null) return fault;
  }
  return null;
}

const set = map(is((value) => value === true, "true"));
const byId = (each: Check) => map(each, isId, "an id of letters, digits, - and _");

const day = object("NDay", { day: word(...DAYS), nthOfPeriod: whole(-WEEKS_MAX, WEEKS_MAX) }, "day");
const signed = (max: number) =>
  list(
    is((value) => Number.isInteger(value) && value !== 0 && Math.abs(value as number) <= max, `a number up to ${max}`),
  );
const rule = object(
  "RecurrenceRule",
  {
    frequency: word(...FREQUENCIES),
    interval: whole(1, WHOLE_MAX),
    rscale: text,
    skip: word(...SKIPS),
    firstDayOfWeek: word(...DAYS),
    byDay: list(day),
    byMonthDay: signed(31),
    byMonth: list(is((value) => typeof value === "string" && MONTH.test(value), 'a month such as "3"')),
    byYearDay: signed(366),
    byWeekNo: signed(53),
    byHour: list(whole(0, 23)),
    byMinute: list(whole(0, 59)),
    bySecond: list(whole(0, 60)),
    bySetPosition: signed(WHOLE_MAX),
    count: whole(1, WHOLE_MAX),
    until: local,
  },
  "frequency",
);

/** What was kept must be jCal, or it could not be written. */
const kept: Check = (value, pointer) => {
  if (!isObject(value)) return is(() => false, "an object")(value, pointer);
  const { properties, components, convertedProperties } = value;
  if (convertedProperties !== undefined && !isObject(convertedProperties)) {
    return is(() => false, "an object")(convertedProperties, `${pointer}/convertedProperties`);
  }
  const lists = [
    ["properties", properties, (json: unknown, at: string) => propertyFromJCal(json, at)],
    ["components", components, (json: unknown, at: string) => fromJCal(json, at)],
  ] as const;
  for (const [name, items, read] of lists) {
    if (items === undefined) continue;
    if (!Array.isArray(items)) return is(() => false, "a list")(items, `${pointer}/${name}`);
    for (const [i, json] of (items as unknown[]).entries()) {
      const { refused } = read(json, `${pointer}/${name}/${i}`);
      if (refused !== undefined) return { pointer: refused.pointer, message: refused.message };
    }
  }
  return notes(convertedProperties, `${pointer}/convertedProperties`);
};

const notes: Check = (value, pointer) => {
  if (value === undefined) return null;
  return map(object("", { name: text, parameters: map((parameter, at) => parameterFault(parameter, at)) }))(
    value,
    pointer,
  );
};

function parameterFault(value: unknown, pointer: string): Fault | null {
  const isName = /^[A-Za-z0-9._/-]{1,255}$/.test(stepsOf(pointer).at(-1)!);
  const isText = [value].flat().every((each) => typeof each === "string");
  return isName && isText
    ? null
    : { pointer, message: "A parameter has a name of letters and digits, and is a text or a list of texts." };
}

const link = object(
  "Link",
  { href: text, contentType: text, size: count, rel: text, display: text, title: text },
  "href",
);
const location = object("Location", {
  name: text,
  description: text,
  locationTypes: set,
  relativeTo: text,
  timeZone: zone,
  coordinates: text,
  iCalendar: kept,
});
const participant = object("Participant", {
  name: text,
  email: text,
  sendTo: map(text),
  kind: text,
  roles: set,
  participationStatus: text,
  expectReply: flag,
  scheduleForceSend: flag,
  delegatedTo: set,
  delegatedFrom: set,
  memberOf: set,
});
const alert = object("Alert", { trigger: map(anything), acknowledged: utc, action: text, iCalendar: kept }, "trigger");
const trigger: Check = (value, pointer) => {
  const given = isObject(value) ? value["trigger"] : undefined;
  if (!isObject(given)) return null;
  const at = `${pointer}/trigger`;
  if (given["offset"] !== undefined) return offset(given["offset"], `${at}/offset`);
  return given["when"] === undefined ? null : utc(given["when"], `${at}/when`);
};
const observance = object(
  "TimeZoneRule",
  {
    start: local,
    offsetFrom: text,
    offsetTo: text,
    recurrenceRules: list(rule),
    recurrenceOverrides: map(anything, (key) => parseLocal(key) !== null, "a local time"),
  },
  "start",
  "offsetFrom",
  "offsetTo",
);

const COMMON: Readonly<Record<string, Check>> = {
  uid: text,
  prodId: text,
  created: utc,
  updated: utc,
  sequence: count,
  method: text,
  title: text,
  description: text,
  descriptionContentType: text,
  showWithoutTime: flag,
  locations: byId(location),
  virtualLocations: byId(object("VirtualLocation", { name: text, uri: text, features: set }, "uri")),
  links: byId(link),
  locale: text,
  keywords: set,
  categories: set,
  color: text,
  recurrenceId: local,
  recurrenceIdTimeZone: zone,
  recurrenceRules: list(rule),
  excludedRecurrenceRules: list(rule),
  priority: whole(0, 9),
  freeBusyStatus: text,
  privacy: text,
  replyTo: map(text),
  participants: byId(participant),
  alerts: byId((value, pointer) => alert(value, pointer) ?? trigger(value, pointer)),
  relatedTo: map(object("Relation", { relation: set })),
  timeZone: zone,
  timeZones: map(
    object("TimeZone", { tzId: text, standard: list(observance), daylight: list(observance) }),
    (key) => key.startsWith("/") && zone(key, "/zone") === null,
    'the name of a zone of one\'s own, "/" in front',
  ),
  start: local,
  iCalendar: kept,
};

const EVENT = { ...COMMON, duration, status: text, endTimeZone: zone };
const TASK = {
  ...COMMON,
  due: local,
  estimatedDuration: duration,
  percentComplete: whole(0, 100),
  progress: text,
  progressUpdated: utc,
};

const overrides: Check = (value, pointer) => {
  if (isObject(value) && Object.keys(value).length > OVERRIDES_MAX) {
    return { pointer, message: `An object has at most ${OVERRIDES_MAX} overrides, not ${Object.keys(value).length}.` };
  }
  return map(
    map(anything),
    (key) => parseLocal(key) !== null,
    "a local time such as 2026-03-29T02:30:00",
  )(value, pointer);
};

/** A patch names members of the object by pointer; what it sets must be right as well. */
function patchFaults(members: Readonly<Record<string, Check>>): Check {
  return map((patch, pointer) => object("", members)({ ...(patch as JsonObject), "@type": "" }, pointer));
}

const ENTRIES: Readonly<Record<string, Check>> = {
  Event: both(repeated, object("Event", { ...EVENT, recurrenceOverrides: both(overrides, patchFaults(EVENT)) })),
  Task: both(repeated, object("Task", { ...TASK, recurrenceOverrides: both(overrides, patchFaults(TASK)) })),
};

/** Every override is written out with all of its series that it does not replace: about 5 µs a value. */
const REPEATED_MAX = 500_000;

function repeated(value: unknown, pointer: string): Fault | null {
  if (!isObject(value) || !isObject(value["recurrenceOverrides"])) return null;
  const { recurrenceOverrides, ...series } = value;
  const counts = new Map(Object.entries(series).map(([name, member]) => [name, valuesIn(member)]));
  const all = counts.values().reduce((sum, count) => sum + count, 0);
  let total = 0;
  for (const patch of Object.values(recurrenceOverrides)) {
    if (!isObject(patch) || Object.keys(patch).length === 0) continue;
    const replaced = Object.keys(patch).reduce((sum, name) => sum + (counts.get(name) ?? 0), 0);
    total += all - replaced + valuesIn(patch);
  }
  if (total <= REPEATED_MAX) return null;
  const message = `An object says at most ${REPEATED_MAX} values in all of its overrides together, not ${total}.`;
  return { pointer: `${pointer}/recurrenceOverrides`, message };
}

/** Values of a JSON, at any depth. */
function valuesIn(json: unknown): number {
  if (typeof json !== "object" || json === null) return 1;
  let count = 1;
  for (const value of Object.values(json)) count += valuesIn(value);
  return count;
}

function both(one: Check, other: Check): Check {
  return (value, pointer) => one(value, pointer) ?? other(value, pointer);
}

const entry: Check = (value, pointer) => {
  const type = isObject(value) ? value["@type"] : undefined;
  const check = typeof type === "string" && Object.hasOwn(ENTRIES, type) ? ENTRIES[type] : undefined;
  return check === undefined
    ? { pointer: `${pointer}/@type`, message: "An entry is an Event or a Task: @type says which." }
    : check(value, pointer);
};

const group = object(
  "Group",
  {
    uid: text,
    prodId: text,
    created: utc,
    updated: utc,
    title: text,
    description: text,
    color: text,
    keywords: set,
    categories: set,
    links: byId(link),
    source: text,
    iCalendar: kept,
    entries: (value, pointer) =>
      Array.isArray(value) && value.length > ENTRIES_MAX
        ? { pointer, message: `A Group has at most ${ENTRIES_MAX} entries, not ${value.length}.` }
        : list(entry)(value, pointer),
  },
  "entries",
);

/** The first thing that is wrong with a JSCalendar object; null when it can be written. */
export function findFault(json: unknown): Fault | null {
  if (!isObject(json)) return { pointer: "", message: "A JSCalendar object is an object." };
  if (depthOf(json) > JSON_DEPTH_MAX)
    return { pointer: "", message: `A JSON lies at most ${JSON_DEPTH_MAX} deep here.` };
  if (json["@type"] === "Group") return group(json, "");
  if (json["@type"] === "Event" || json["@type"] === "Task") return entry(json, "");
  return { pointer: "/@type", message: "@type is Event, Task or Group." };
}
