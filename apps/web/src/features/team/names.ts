import { printHours } from "@hourwright/timeline/team";
import { itemsOf, minutesOf, shownIn, type DraftByPerson, type TeamLine, type TeamModel } from "./model.ts";
import type { TeamWords } from "./words-en.ts";

/** What speaks against an item of the draft, by its id. */
export type Objections = ReadonlyMap<string, string>;

/** The whole of what a cell shows, in words. */
export function cellName(
  { model, draft, objections }: { model: TeamModel; draft: DraftByPerson; objections: Objections },
  line: TeamLine,
  day: number,
  words: TeamWords,
  /** What the day is called. */
  dayName: string,
): string {
  const { cell, shifts } = shownIn(model, draft, line, day);
  const items = itemsOf(draft, line.personId, model.window.fromDay + day);
  const { cell: text, absences, layers } = words;
  const who = line.personId === null ? words.open.title : line.name;
  const parts = shifts.map((shift) =>
    text.shift(
      hoursOf(shift),
      shift.name,
      layers[line.personId === null && shift.layer !== "draft" ? "open" : shift.layer],
    ),
  );
  if (shifts.some(({ isChanged }) => isChanged)) parts.push(text.changed);
  if (cell.absence !== null) parts.push(absences[cell.absence] ?? cell.absence);
  for (const shift of cell.pending) parts.push(text.pending(text.shift(hoursOf(shift), shift.name, layers.pending)));
  if (cell.pendingAbsence !== null) parts.push(text.pending(absences[cell.pendingAbsence] ?? cell.pendingAbsence));
  if (cell.holiday !== null) parts.push(text.holiday(cell.holiday));
  if (shifts.length === 0 && items.some(({ kind }) => kind === "drop")) parts.push(text.dropped);
  if (parts.length === 0) parts.push(line.personId === null ? words.open.none : text.off);
  for (const item of items) {
    const why = objections.get(item.id);
    if (why !== undefined) parts.push(text.objection(why));
  }
  return `${who}, ${dayName}: ${parts.join("; ")}`;
}

export const hoursOf = printHours;

export function lineName(model: TeamModel, draft: DraftByPerson, line: TeamLine, words: TeamWords): string {
  if (line.personId === null) return words.open.title;
  const minutes = minutesOf(model, draft, line);
  const hours = line.askedMinutes === null ? words.plainHours(minutes) : words.hoursOf(minutes, line.askedMinutes);
  return words.rowName(line.name, line.site, hours);
}
