import type { Page } from "playwright-core";
import type { Client } from "@hourwright/client";
import { dayNumber } from "@hourwright/time";
import { parseDate } from "@hourwright/timeline";
import { COORDINATOR } from "../../../server/src/testing/server.ts";
import { boxOf, demoServer, openPlace, thisYear } from "./browser.ts";

/** The Week under test: a calendar of the file's own in the demo, and where things lie on the page. */

export const YEAR = thisYear() + 1;
/** Mondays on which nothing else is made here. */
export const monday = (month: number) => {
  const first = Temporal.PlainDate.from({ year: YEAR, month, day: 7 });
  return first.subtract({ days: (first.dayOfWeek + 6) % 7 });
};

export let coordinator: Client;
export let calendarId = "";

export const create = (title: string, start: string, end: string, attendees: string[] = []) =>
  coordinator("events.create", { body: { title, start, end, calendarId, attendees, preventConflicts: false } });
export const timesOf = async (id: string) => {
  const { start, end } = await coordinator("events.read", { params: { id }, query: {} });
  return [start, end].map(onWall);
};
/** `09-07T10:00` in Prague, or the date of whole days. */
export function onWall(text: string): string {
  if (!text.includes("T")) return text.slice(5);
  return Temporal.Instant.from(text).toZonedDateTimeISO("Europe/Prague").toPlainDateTime().toString().slice(5, 16);
}
export const at = (date: Temporal.PlainDate, time: string) =>
  date.toZonedDateTime({ timeZone: "Europe/Prague", plainTime: time }).toInstant().toString();
export const open = (path: string, more = "") =>
  openPlace({
    path: `${path}${path.includes("?") ? "&" : "?"}calendars=${calendarId}${more}`,
    context: { viewport: { width: 1728, height: 1080 } },
  });
export const openWeek = (date: Temporal.PlainDate, more = "") => open(`/week/${date.year}?on=${date.toString()}`, more);

export async function prepare(): Promise<void> {
  coordinator = await (await demoServer()).signedIn(COORDINATOR);
  const made = await coordinator("calendars.create", {
    body: { name: "Weekly", colour: 30, category: null, ownerSubjectId: null },
  });
  calendarId = made.id;
}

export function epochDay(date: Temporal.PlainDate): number {
  return dayNumber(date.year, date.month, date.day);
}

export function md(date: Temporal.PlainDate): string {
  const { month, day } = parseDate(date.toString())!;
  return [month, day].map((part) => String(part).padStart(2, "0")).join("-");
}

export async function listed(day: Temporal.PlainDate, days = 1) {
  const query = { start: day.toString(), end: day.add({ days }).toString(), calendars: [calendarId] };
  return (await coordinator("events.list", { query })).events;
}

/** The middle of a day's column at a minute of the wall. */
export async function point(page: Page, date: Temporal.PlainDate, minute: number) {
  const cell = page.locator(`[data-day="${epochDay(date)}"][data-part="hours"]`);
  const { x, y, width, height } = await boxOf(cell);
  return { x: x + width / 2, y: y + (minute / 1_440) * height };
}

export async function lanePoint(page: Page, date: Temporal.PlainDate, down = 20) {
  const { x, y, width } = await boxOf(page.locator(`[data-day="${epochDay(date)}"][data-part="lane"]`));
  return { x: x + width / 2, y: y + down };
}

export async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 6, from.y + 6);
  await page.mouse.move(to.x, to.y, { steps: 5 });
  await page.mouse.up();
}

export async function scrollTo(page: Page, minute: number) {
  await page.getByTestId("week-scroller").evaluate((node, at) => {
    node.scrollTop = (at / 1_440) * node.querySelector<HTMLElement>('[data-part="hours"]')!.offsetHeight;
  }, minute);
}
