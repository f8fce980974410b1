import { parseArgs } from "node:util";
import { EPOCH_END_MS, EPOCH_MIN_MS, findZone, parseBasicTime, type Zone } from "@hourwright/time";

/** What a call of the command asks for. */
export type Question = {
  readonly files: readonly string[];
  /** Each file is a person of its own; otherwise all of them are one person's. */
  readonly perFile: boolean;
  readonly json: boolean;
  /** Where floating times and days are read, and in which times are told. */
  readonly zone: Zone;
  readonly fromMs: number;
  readonly toMs: number;
  /** Series that go on for ever are looked at until here. */
  readonly endlessToMs: number;
  readonly nowMs: number;
};

const FILES_MAX = 1_000;
const YEARS_AHEAD = 2;

/** Reads the arguments; `wrong` is a sentence that says which of them cannot be used. */
export function readArguments(args: readonly string[], nowMs: number): Question | { readonly wrong: string } {
  let given;
  try {
    given = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        "per-file": { type: "boolean", default: false },
        zone: { type: "string" },
        from: { type: "string" },
        to: { type: "string" },
        json: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    return { wrong: (error as Error).message };
  }
  const { values, positionals: files } = given;
  const zone = findZone(values.zone ?? Temporal.Now.timeZoneId());
  if (zone === null) return { wrong: `--zone: "${values.zone}" is no IANA time zone.` };
  if (files.length === 0 || files.length > FILES_MAX) return { wrong: `Name 1 to ${FILES_MAX} files.` };
  const fromMs = values.from === undefined ? EPOCH_MIN_MS : dayOf(values.from, zone);
  if (fromMs === null) return { wrong: `--from: "${values.from}" is no date such as 2026-01-01.` };
  const toMs = values.to === undefined ? EPOCH_END_MS : dayOf(values.to, zone);
  if (toMs === null) return { wrong: `--to: "${values.to}" is no date such as 2027-01-01.` };
  if (toMs <= fromMs) return { wrong: "--to must be after --from." };
  const endlessToMs = values.to === undefined ? yearsAfter(Math.max(nowMs, fromMs)) : toMs;
  return { files, perFile: values["per-file"], json: values.json, zone, fromMs, toMs, endlessToMs, nowMs };
}

/** The beginning of a local day; null when there is no such day. */
function dayOf(text: string, zone: Zone): number | null {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? parseBasicTime(text.replaceAll("-", "")) : null;
  return day === null ? null : zone.toEpochMs(day.localMs);
}

const yearsAfter = (ms: number): number =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO("UTC").add({ years: YEARS_AHEAD }).epochMilliseconds;
