import { lineFacts, type Line, type LineFacts, type Told } from "@hourwright/roster";
import { dayText, writtenShift } from "../contracts/terms.ts";
import { instantText } from "../drafts/model.ts";
import { minuteOf } from "../hours/decide.ts";

/** A draft that was published. `withdrawn`: taken back with its shifts, by undo. */
export type Publication = {
  readonly id: string;
  readonly draftId: string;
  readonly name: string;
  readonly fromDay: number;
  readonly toDay: number;
  readonly note: string;
  readonly published: { readonly by: string | null; readonly name: string; readonly atMs: number };
  readonly state: "published" | "withdrawn";
  readonly added: number;
  readonly dropped: number;
  readonly openShifts: number;
  readonly version: number;
};

/** What one person is told of a publication, and which of their adjustments came with it, in the order of approval. */
export type Concerned = {
  readonly personId: string;
  readonly told: WrittenTold;
  readonly adjustments: readonly string[];
  readonly acknowledgedMs: number | null;
};

export type WrittenTold = ReturnType<typeof writtenTold>;

/** How many it concerns, how many of them know, and what it is to one viewer. */
export type Counts = {
  readonly told: number;
  readonly acknowledged: number;
  readonly concernsMe: boolean;
  readonly mineMs: number | null;
};

/** What the log of changes calls them. */
export const PUBLICATION = "publication";

const writtenLine = ({ day, shift, was, sentence }: Line) => ({
  day: dayText(day),
  shift: shift === null ? null : writtenShift(shift),
  was: was === null ? null : writtenShift(was),
  sentence,
});

export const writtenTold = ({ new: added, changed, dropped }: Told) => ({
  new: added.map(writtenLine),
  changed: changed.map(writtenLine),
  dropped: dropped.map(writtenLine),
});

type WrittenLine = WrittenTold["new"][number];

/** The same as it is shown: with what each sentence is made of. */
export const shownTold = ({ new: added, changed, dropped }: WrittenTold) => ({
  new: added.map(shownLine),
  changed: changed.map(shownLine),
  dropped: dropped.map(shownLine),
});

const shownLine = (line: WrittenLine) => ({ ...line, facts: factsOf(line) });

const factsOf = ({ day, shift, was }: WrittenLine): LineFacts =>
  lineFacts({ day, shift: shift && wallOf(shift), was: was && wallOf(was) });

function wallOf({ name, starts, minutes }: NonNullable<WrittenLine["shift"]>) {
  const fromMinute = minuteOf(starts);
  return { name, fromMinute, toMinute: fromMinute + minutes };
}

export function shownPublication(publication: Publication, { told, acknowledged, concernsMe, mineMs }: Counts) {
  const { id, draftId, name, fromDay, toDay, note, published, state, added, dropped, openShifts, version } =
    publication;
  return {
    id,
    draftId,
    name,
    from: dayText(fromDay),
    to: dayText(toDay),
    note,
    publishedBy: { personId: published.by, name: published.name },
    at: instantText(published.atMs),
    state,
    added,
    dropped,
    openShifts,
    told,
    acknowledged,
    concernsMe,
    acknowledgedAt: mineMs === null ? null : instantText(mineMs),
    version,
  };
}
