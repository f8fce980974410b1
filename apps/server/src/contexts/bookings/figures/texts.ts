import { MINUTE_MS } from "@hourwright/time";
import type { FigureBooking } from "./decide.ts";

type Columns = [
  string,
  string,
  string,
  string,
  FigureBooking["state"],
  number,
  number,
  number,
  FigureBooking["picked"],
  FigureBooking["candidates"],
  boolean,
  number,
  number | null,
  "customer" | "organisation" | null,
  number | null,
];

/** What `bookingsText` has read. */
export const bookingsFrom = (text: string): FigureBooking[] =>
  (JSON.parse(text) as Columns[]).map((row) => ({
    serviceId: row[0],
    service: row[1],
    sessionId: row[2],
    customerId: row[3],
    state: row[4],
    startMs: Math.round(row[5]),
    endMs: Math.round(row[6]),
    madeMs: Math.round(row[7]),
    picked: row[8],
    candidates: row[9],
    isMoved: row[10],
    changeUntilMs: Math.round(row[5]) - row[11] * MINUTE_MS,
    ended: row[12] === null ? null : { atMs: Math.round(row[12]), by: row[13]! },
    score: row[14],
  }));
