import type { Call } from "@hourwright/client";
import type { Answer } from "../../data/api.ts";
import { dayOfText } from "../../data/roster.ts";
import { minuteOf, timeText } from "./contract-form.ts";

// Pure: a demand as it is typed and drawn, and as it is asked for.

export type Demand = Answer<"demands.list">["items"][number];
export type DemandBody = Call<"demands.create">["body"];

/** As typed; `key` tells stretches apart while they move. */
export type StretchForm = {
  readonly key: number;
  readonly starts: string;
  readonly ends: string;
  readonly minimum: string;
  readonly ideal: string;
};
/** As drawn: minutes after midnight of the day it begins on; it may pass the next midnight. */
export type Stretch = {
  readonly key: number;
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly minimum: number;
  readonly ideal: number;
};
export type DemandForm = {
  readonly name: string;
  readonly site: string;
  readonly skillId: string;
  readonly levelMin: string;
  readonly weekdays: readonly number[];
  readonly onHolidays: boolean;
  readonly dates: readonly string[];
  readonly from: string;
  readonly until: string;
  readonly stretches: readonly StretchForm[];
};

export const DAY_MINUTES = 1_440;
/** What is drawn: a day, and the next one until noon. */
export const AXIS_MINUTES = DAY_MINUTES + 720;
export const QUARTER = 15;
export const STRETCHES_MAX = 48;
export const PEOPLE_MAX = 1_000;
const WORKING_DAYS = [1, 2, 3, 4, 5];

export function demandFormOf(demand: Demand | null, today: string): DemandForm {
  if (demand === null)
    return {
      name: "",
      site: "",
      skillId: "",
      levelMin: "",
      weekdays: WORKING_DAYS,
      onHolidays: false,
      dates: [],
      from: today,
      until: "",
      stretches: [],
    };
  const { name, site, skillId, levelMin, weekdays, onHolidays, dates, from, until, stretches } = demand;
  return {
    name,
    site,
    skillId: skillId ?? "",
    levelMin: levelMin === null || levelMin === undefined ? "" : String(levelMin),
    weekdays: weekdays ?? [],
    onHolidays: onHolidays ?? false,
    dates: dates ?? [],
    from,
    until: until ?? "",
    stretches: stretches.map(({ starts, minutes, minimum, ideal }, key) => ({
      key,
      starts,
      ends: timeText(minuteOf(starts)! + minutes),
      minimum: String(minimum),
      ideal: String(ideal),
    })),
  };
}

/** A stretch as it is drawn; null while what is typed is none. */
export function stretchOf({ key, starts, ends, minimum, ideal }: StretchForm): Stretch | null {
  const [from, to, least, wished] = [minuteOf(starts), minuteOf(ends), peopleOf(minimum), peopleOf(ideal)];
  if (from === null || to === null || least === null || wished === null) return null;
  return { key, fromMinute: from, toMinute: to > from ? to : to + DAY_MINUTES, minimum: least, ideal: wished };
}

export const formOfStretch = ({ key, fromMinute, toMinute, minimum, ideal }: Stretch): StretchForm => ({
  key,
  starts: timeText(fromMinute),
  ends: timeText(toMinute),
  minimum: String(minimum),
  ideal: String(ideal),
});

function peopleOf(text: string): number | null {
  const people = /^\d{1,4}$/.test(text.trim()) ? Number(text) : -1;
  return people >= 0 && people <= PEOPLE_MAX ? people : null;
}

/** By what a stretch is taken: as a whole, at an end, or by how many are asked for. */
export type Handle = "move" | "start" | "end" | "minimum" | "ideal";

/** A stretch after a handle was brought to a minute or a number of people: always one that may be. */
export function carried(stretch: Stretch, handle: Handle, to: number): Stretch {
  const { fromMinute, toMinute, minimum, ideal } = stretch;
  const length = toMinute - fromMinute;
  switch (handle) {
    case "move": {
      const from = clamp(to, 0, DAY_MINUTES - 1);
      return { ...stretch, fromMinute: from, toMinute: from + length };
    }
    case "start":
      return {
        ...stretch,
        fromMinute: clamp(to, Math.max(0, toMinute - DAY_MINUTES), Math.min(DAY_MINUTES, toMinute) - 1),
      };
    case "end":
      return { ...stretch, toMinute: clamp(to, fromMinute + 1, fromMinute + DAY_MINUTES) };
    case "minimum": {
      const least = clamp(to, 0, PEOPLE_MAX);
      return { ...stretch, minimum: least, ideal: Math.max(ideal, least) };
    }
    case "ideal": {
      const wished = clamp(to, 0, PEOPLE_MAX);
      return { ...stretch, ideal: wished, minimum: Math.min(minimum, wished) };
    }
  }
}

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/** Where a handle stands. */
export function valueOf({ fromMinute, toMinute, minimum, ideal }: Stretch, handle: Handle): number {
  return { move: fromMinute, start: fromMinute, end: toMinute, minimum, ideal }[handle];
}

/** Where a key brings a handle; null for keys that are not its own. `isFine`: by the minute. */
export function pressed(stretch: Stretch, handle: Handle, key: string, isFine: boolean): Stretch | null {
  const isTime = handle === "move" || handle === "start" || handle === "end";
  const up = key === "ArrowRight" || key === "ArrowUp";
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowUp: 1,
    ArrowLeft: -1,
    ArrowDown: -1,
    PageUp: 4,
    PageDown: -4,
  };
  const step = steps[key];
  if (step === undefined) return null;
  const at = valueOf(stretch, handle);
  if (!isTime) return carried(stretch, handle, at + step);
  if (isFine) return carried(stretch, handle, at + (up ? 1 : -1));
  // From between two quarters the next one comes first.
  const next = (step > 0 ? Math.floor(at / QUARTER) + step : Math.ceil(at / QUARTER) + step) * QUARTER;
  return carried(stretch, handle, next);
}

export const snapped = (minute: number, isFine: boolean): number =>
  isFine ? Math.round(minute) : Math.round(minute / QUARTER) * QUARTER;

/** A new stretch in the first free eight hours, or what is free of them; null where the day is full. */
export function freeStretch(stretches: readonly Stretch[], key: number): Stretch | null {
  const taken = stretches.toSorted((a, b) => a.fromMinute - b.fromMinute);
  let from = taken.length === 0 ? 480 : 0;
  for (const { fromMinute, toMinute } of taken) {
    if (fromMinute - from >= 60)
      return { key, fromMinute: from, toMinute: Math.min(from + 480, fromMinute), minimum: 1, ideal: 1 };
    from = Math.max(from, toMinute);
  }
  return from >= DAY_MINUTES ? null : { key, fromMinute: from, toMinute: from + 480, minimum: 1, ideal: 1 };
}

export type DemandFault =
  | { readonly at: "name" | "site" | "from" | "until" | "endsFirst" | "days" | "stretches" }
  | { readonly at: "stretch"; readonly key: number; readonly why: "unread" | "ideal" | "overlap" };

/** What is wrong with what is typed, as the server would refuse it; none: it can be sent. */
export function demandFaults(form: DemandForm): readonly DemandFault[] {
  const faults: DemandFault[] = [];
  if (form.name.trim() === "") faults.push({ at: "name" });
  if (form.site.trim() === "") faults.push({ at: "site" });
  if (dayOfText(form.from) === null) faults.push({ at: "from" });
  if (form.until !== "" && dayOfText(form.until) === null) faults.push({ at: "until" });
  else if (form.until !== "" && form.until < form.from) faults.push({ at: "endsFirst" });
  if (form.weekdays.length === 0 && form.dates.length === 0 && !form.onHolidays) faults.push({ at: "days" });
  if (form.stretches.length === 0) faults.push({ at: "stretches" });
  const before: Stretch[] = [];
  for (const typed of form.stretches) {
    const stretch = stretchOf(typed);
    const why = stretch === null ? "unread" : whyNot(stretch, before);
    if (why !== null) faults.push({ at: "stretch", key: typed.key, why });
    if (stretch !== null) before.push(stretch);
  }
  return faults;
}

function whyNot(stretch: Stretch, others: readonly Stretch[]): "ideal" | "overlap" | null {
  if (stretch.ideal < stretch.minimum) return "ideal";
  const meets = others.some((each) => each.fromMinute < stretch.toMinute && stretch.fromMinute < each.toMinute);
  return meets ? "overlap" : null;
}

/** What is asked for; call it only where `demandFaults` finds nothing. */
export function demandBodyOf(form: DemandForm): DemandBody {
  return {
    name: form.name.trim(),
    site: form.site.trim(),
    skillId: form.skillId === "" ? null : form.skillId,
    levelMin: form.skillId === "" || form.levelMin === "" ? null : Number(form.levelMin),
    weekdays: [...form.weekdays],
    onHolidays: form.onHolidays,
    dates: [...form.dates],
    from: form.from,
    until: form.until === "" ? null : form.until,
    stretches: form.stretches
      .map((typed) => stretchOf(typed)!)
      .toSorted((a, b) => a.fromMinute - b.fromMinute)
      .map(({ fromMinute, toMinute, minimum, ideal }) => ({
        starts: timeText(fromMinute),
        minutes: toMinute - fromMinute,
        minimum,
        ideal,
      })),
  };
}
