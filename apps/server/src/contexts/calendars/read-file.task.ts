import { objectBytes, propertyOf, readObjects, type CalendarObject, type Problem } from "@hourwright/ical";
import { contentTagOf } from "./content-tag.ts";
import { deriveAhead } from "./derive-ahead.ts";
import { addressesOf, type DeriveFacts } from "./derive.ts";
import { EVENT_BYTES_MAX } from "./model.ts";

/** One object of a file, ready to be staged. */
export type FoundObject = {
  readonly uid: string;
  readonly kind: "VEVENT" | "VTODO" | "VJOURNAL";
  readonly bytes: Uint8Array;
  readonly contentTag: string;
  /** It has a time without zone: in which one that is read matters. */
  readonly floats: boolean;
  readonly addresses: readonly { readonly email: string; readonly name: string | null }[];
};

/** What a file is made of: so many bytes read, or the next objects. */
export type FilePart = { readonly read: number } | { readonly objects: readonly FoundObject[] };

export type FileFacts = {
  readonly problems: readonly Problem[];
  readonly problemCount: number;
  readonly name: string | null;
};

/** Handed out together: staged in one unit, which has to stay short. */
const OBJECTS_OF_A_PART = 200;
const BYTES_OF_A_PART = 262_144;

export type ReadFileInput = {
  readonly bytes: Uint8Array;
  /** For whom series are tried, whether they can be kept: nobody, from when on, until when. */
  readonly facts: DeriveFacts;
  readonly nowMs: number;
};

/** Reads an .ics file on a compute thread and hands its objects out in parts. What cannot be kept is a problem. */
export async function* readFileTask({ bytes, facts, nowMs }: ReadFileInput): AsyncGenerator<FilePart, FileFacts> {
  const steps = readObjects(bytes);
  let objects: FoundObject[] = [];
  const leftOut: Problem[] = [];
  let held = 0;
  for (;;) {
    const step = steps.next();
    if (step.done === true) {
      if (objects.length > 0) yield { objects };
      const { problemsLeftOut, name } = step.value;
      const problems = [...step.value.problems, ...leftOut].sort((a, b) => a.line - b.line || a.column - b.column);
      return { problems, problemCount: problems.length + problemsLeftOut, name };
    }
    if (step.value.kind === "read") yield { read: step.value.bytes };
    else {
      const found = foundObject(step.value.object);
      const problem = problemOf(step.value.object, found.bytes.byteLength, facts, nowMs);
      if (problem !== null) {
        leftOut.push(problem);
        continue;
      }
      objects.push(found);
      held += found.bytes.byteLength;
      if (objects.length < OBJECTS_OF_A_PART && held < BYTES_OF_A_PART) continue;
      yield { objects };
      objects = [];
      held = 0;
    }
  }
}

/** Why an object of a file is left out; null when it is not. */
function problemOf(object: CalendarObject, bytes: number, facts: DeriveFacts, nowMs: number): Problem | null {
  const component = (object.master ?? object.overrides[0])?.component ?? object.calendar;
  const shared = { line: component.line, column: 1, severity: "error" } as const;
  if (bytes > EVENT_BYTES_MAX)
    return {
      ...shared,
      code: "event-too-large",
      message: `The event takes more than ${EVENT_BYTES_MAX} bytes and was left out.`,
    };
  const { unkeepable } = deriveAhead(object, facts, nowMs);
  if (unkeepable === null) return null;
  const line = propertyOf(component, "RRULE")?.line ?? component.line;
  return { ...shared, line, code: "rule-too-often", message: `The event ${unkeepable}; it was left out.` };
}

function foundObject(object: CalendarObject): FoundObject {
  const views = object.master === null ? object.overrides : [object.master, ...object.overrides];
  return {
    uid: object.uid,
    kind: object.kind,
    bytes: objectBytes(object),
    contentTag: contentTagOf(object.calendar),
    floats: views.some(({ start }) => start.form === "local" && start.zone === null),
    addresses: addressesOf(object),
  };
}
