import type { ChangeWithContents } from "../../../platform/changes/read.ts";
import type { Unit } from "../../../platform/db/database.ts";
import { DAY_MS } from "@hourwright/time";
import { PUBLICATION, type Publication, type WrittenTold } from "./model.ts";
import { concernedBy } from "./store.ts";

export type RosterNews = {
  readonly seq: number;
  readonly eventId: string;
  readonly personId: string;
  readonly kind: "roster" | "roster-withdrawn";
  readonly title: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly allDay: boolean;
};

/** Whether a change is one that `rosterNewsOf` tells of. */
export const isRosterNews = ({ thing, fields }: ChangeWithContents): boolean =>
  thing.type === PUBLICATION && fields.includes("state");

/** What everybody whom a publication concerns is told of it, but who published it: what is new, changed and dropped for them. */
export async function rosterNewsOf(unit: Unit, change: ChangeWithContents): Promise<RosterNews[]> {
  const publication = change.after as Publication | null;
  if (publication === null) return [];
  const concerned = await concernedBy(unit, publication.id, null);
  return concerned
    .filter(({ personId, told }) => personId !== change.actor.personId && countOf(told) > 0)
    .map(({ personId, told }) => ({
      seq: change.seq,
      eventId: publication.id,
      personId,
      kind: publication.state === "withdrawn" ? "roster-withdrawn" : "roster",
      title: `${publication.name} ${countsText(told)}`,
      startMs: publication.fromDay * DAY_MS,
      endMs: publication.toDay * DAY_MS,
      allDay: true,
    }));
}

const countOf = ({ new: added, changed, dropped }: WrittenTold): number =>
  added.length + changed.length + dropped.length;

/** How many are new, changed and dropped, in any language: "(+3 ±1 −2)" */
const countsText = ({ new: added, changed, dropped }: WrittenTold): string =>
  `(+${added.length} ±${changed.length} −${dropped.length})`;
