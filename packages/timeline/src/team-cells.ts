import type { WallBreak, WallShift } from "./team-shift.ts";

/** What says that somebody is there, from below to above. */
export type TeamLayer = "contract" | "adjusted" | "pending" | "draft" | "open";

export type TeamShift = WallShift & {
  readonly layer: TeamLayer;
  /** The version of a contract, the adjustment, or the item of a draft. */
  readonly sourceId: string | null;
  /** It was changed after its roster was published. */
  readonly isChanged: boolean;
};

/** What stands in one cell without any draft. */
export type TeamDay = {
  readonly shifts: readonly TeamShift[];
  /** What would be there if all that is asked for were approved, where it is something else. */
  readonly pending: readonly TeamShift[];
  /** leave, sick, training …; away where one may not know; null: not away. */
  readonly absence: string | null;
  readonly pendingAbsence: string | null;
  readonly holiday: string | null;
  /** Paid minutes of work, and of what is paid though it is none. */
  readonly workedMinutes: number;
  readonly creditedMinutes: number;
};

/** One row as the server tells it: four numbers a stretch (day, begin, length, source). */
export type PackedRow = { readonly stretches: readonly number[]; readonly pending: readonly number[] };
export type PackedSource = {
  readonly layer: "contract" | "holiday" | "adjustment";
  readonly sourceId: string | null;
  readonly kind: "work" | "break" | "on-call" | "absence" | "holiday" | "off";
  readonly what: string;
  readonly name: string;
  readonly site: string | null;
  readonly isPaid: boolean | null;
  readonly changed?: boolean | undefined;
};

/** A minute after the window's origin as minutes after midnight, on the wall, of the window's first day. */
export type ToWall = (minute: number) => number;

const DAY_MINUTES = 1_440;
const NUMBERS = 4;

type Growing = { shift: TeamShift; breaks: WallBreak[]; source: PackedSource };
type Draft = {
  shifts: TeamShift[];
  pending: TeamShift[];
  absence: string | null;
  pendingAbsence: string | null;
  holiday: string | null;
  workedMinutes: number;
  creditedMinutes: number;
};

const EMPTY: TeamDay = {
  shifts: [],
  pending: [],
  absence: null,
  pendingAbsence: null,
  holiday: null,
  workedMinutes: 0,
  creditedMinutes: 0,
};

/**
 * Reads a row into one cell a day [TM1]: stretches of one shift, with the breaks between them, are one shift again, at wall
 * times. A day that is nothing is the same value each time.
 */
export function readTeamRow(
  row: PackedRow,
  sources: readonly PackedSource[],
  days: number,
  toWall: ToWall,
): readonly TeamDay[] {
  const cells: (Draft | null)[] = Array.from({ length: days }, () => null);
  const at = (day: number): Draft => (cells[day] ??= { ...EMPTY, shifts: [], pending: [] });
  for (const isPending of [false, true]) {
    const numbers = isPending ? row.pending : row.stretches;
    let open: (Growing & { day: number }) | null = null;
    const close = () => {
      if (open === null) return;
      const done = { ...open.shift, breaks: open.breaks.filter(({ toMinute }) => toMinute <= open!.shift.toMinute) };
      (isPending ? at(open.day).pending : at(open.day).shifts).push(done);
      open = null;
    };
    for (let index = 0; index + NUMBERS <= numbers.length; index += NUMBERS) {
      const [day, start, length, place] = [
        numbers[index]!,
        numbers[index + 1]!,
        numbers[index + 2]!,
        numbers[index + 3]!,
      ];
      const source = sources[place];
      if (source === undefined || day < 0 || day >= days) continue;
      const fromMinute = toWall(start) - day * DAY_MINUTES;
      const toMinute = toWall(start + length) - day * DAY_MINUTES;
      if (!isPending) count(at(day), source, length);
      if (source.kind === "work" || source.kind === "on-call" || source.kind === "break") {
        const goesOn: boolean = open !== null && open.day === day && goesOnWith(open, source, fromMinute);
        if (open !== null && goesOn) grow(open, source, fromMinute, toMinute);
        else {
          close();
          open = { day, ...begin(source, fromMinute, toMinute, isPending) };
        }
        continue;
      }
      close();
      if (source.kind === "absence") {
        if (isPending) at(day).pendingAbsence ??= source.what;
        else at(day).absence ??= source.what;
      } else if (source.kind === "holiday" && !isPending) at(day).holiday ??= source.name;
    }
    close();
  }
  return cells.map((cell) => cell ?? EMPTY);
}

function count(cell: Draft, { kind, isPaid }: PackedSource, minutes: number): void {
  if (kind === "work" || kind === "break") cell.workedMinutes += isPaid === false ? 0 : minutes;
  else if ((kind === "absence" || kind === "holiday") && isPaid === true) cell.creditedMinutes += minutes;
}

function begin(source: PackedSource, fromMinute: number, toMinute: number, isPending: boolean): Growing {
  const layer: TeamLayer = isPending ? "pending" : source.layer === "adjustment" ? "adjusted" : "contract";
  const kind = source.kind === "on-call" ? "on-call" : source.what === "duty" ? "duty" : "work";
  const { name, site, sourceId } = source;
  const isChanged = source.changed === true;
  return {
    source,
    breaks: [],
    shift: { name, kind, fromMinute, toMinute, breaks: [], site, layer, sourceId, isChanged },
  };
}

function goesOnWith({ shift, source }: Growing, next: PackedSource, fromMinute: number): boolean {
  return (
    shift.toMinute === fromMinute &&
    source.layer === next.layer &&
    source.sourceId === next.sourceId &&
    source.name === next.name &&
    (source.kind === "on-call") === (next.kind === "on-call")
  );
}

function grow(open: Growing, source: PackedSource, fromMinute: number, toMinute: number): void {
  if (source.kind === "break") open.breaks.push({ fromMinute, toMinute, isPaid: source.isPaid !== false });
  open.shift = { ...open.shift, toMinute };
}

export type AbsenceBar = {
  readonly fromDay: number;
  /** Exclusive. */
  readonly toDay: number;
  readonly what: string;
  readonly isPending: boolean;
};

/** Days away that touch, of one kind, as one bar; a day with a shift breaks it [TM2]. */
export function absenceBars(cells: readonly TeamDay[], isShown: (day: number) => boolean): readonly AbsenceBar[] {
  const bars: AbsenceBar[] = [];
  for (const [day, cell] of cells.entries()) {
    const what = cell.absence ?? cell.pendingAbsence;
    if (what === null || !isShown(day)) continue;
    const isPending = cell.absence === null;
    const last = bars.at(-1);
    if (last !== undefined && last.toDay === day && last.what === what && last.isPending === isPending)
      bars[bars.length - 1] = { ...last, toDay: day + 1 };
    else bars.push({ fromDay: day, toDay: day + 1, what, isPending });
  }
  return bars;
}
