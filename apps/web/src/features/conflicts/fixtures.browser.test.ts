// The forty pairs of fixtures/conflicts on the page: the same answers as the command line and the API give.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { conflictPairs, FIXTURE_NOW, type ConflictPair } from "../../../../../fixtures/conflicts/load.ts";
import { imported } from "../../../../server/src/contexts/calendars/testing.ts";
import { OWNER, startOwnServer, type OwnServer } from "../../../../server/src/testing/own-server.ts";
import { buildPage, closeAll, eventually, openPlace, whole, whyNoBrowser, type Place } from "../../testing/browser.ts";

const skip = await whyNoBrowser();

/** A row of the list, as far as the fixture speaks of it. */
type Row = {
  readonly kind: string;
  readonly start: string;
  readonly end: string;
  readonly titles: string[];
  readonly who: string[];
};

const WORDS = { overlap: "Time overlap", attendee: "Booked twice", resource: "Room or equipment clash" } as const;

describe("the forty pairs in Chromium", { skip }, () => {
  let own: OwnServer;
  let place: Place;
  before(async () => {
    buildPage();
    own = await startOwnServer({ now: FIXTURE_NOW });
    place = await openPlace({ server: own.server, account: OWNER, path: "/conflicts/2026" });
  });
  after(async () => {
    await place[Symbol.asyncDispose]();
    await closeAll();
    await own[Symbol.asyncDispose]();
  });

  async function personOf(pair: ConflictPair, name: string): Promise<string> {
    const body = { name: `${name} of ${pair.name}`, zone: pair.zone };
    return (await own.owner("people.create", { body })).id;
  }

  async function calendarOf(pair: ConflictPair, ownerSubjectId: string, side: 0 | 1): Promise<string> {
    const body = { name: pair.name, ownerSubjectId, zone: pair.zone };
    const { id } = await own.owner("calendars.create", { body });
    await imported(own.owner, id, pair.files[side].bytes);
    return id;
  }

  /** Imports both calendars of a pair; answers their ids. */
  async function stand(pair: ConflictPair): Promise<string[]> {
    const ana = await personOf(pair, "Ana");
    const ben = pair.mode === "one person" ? ana : await personOf(pair, "Ben");
    return [await calendarOf(pair, ana, 0), await calendarOf(pair, ben, 1)];
  }

  /** What the page calls a subject of the fixture: its owners by their names, everyone else by what the API says. */
  async function namesOf(pair: ConflictPair): Promise<(subject: string) => string> {
    const query = { limit: 1_000 };
    const { items: people } = await own.owner("people.list", { query });
    const { items: things } = await own.owner("resources.list", { query });
    const names = new Map([...people, ...things].map(({ email, name }) => [email, name]));
    return (subject) => {
      if (subject.startsWith("owner")) return `${subject === "owner of b" ? "Ben" : "Ana"} of ${pair.name}`;
      return names.get(subject) ?? subject;
    };
  }

  for (const pair of conflictPairs()) {
    test(`${pair.name}: ${pair.why}`, async () => {
      const calendars = await stand(pair);
      const nameOf = await namesOf(pair);
      const rows = await rowsOf(place.page, pair, calendars);
      assert.deepEqual(
        rows.map(({ kind, start, end, who }) => ({ kind, start, end, who: who.toSorted() })),
        pair.conflicts.map(({ kind, start, end, subjects }) => ({
          kind: WORDS[kind],
          start: instant(start),
          end: instant(end),
          who: subjects.map(nameOf).sort(),
        })),
      );
      const titles = titlesByUid(pair);
      for (const [index, { events }] of pair.conflicts.entries())
        assert.deepEqual(
          rows[index]!.titles.map((title, side) => titles.get(events[side]!.uid)?.find((own) => own === title) ?? null),
          rows[index]!.titles,
          `between ${events.map(({ uid }) => uid).join(" and ")}`,
        );
      assert.deepEqual(place.complaints, []);
    });
  }
});

/** The rows of the pair's calendars in its window, by start, as the page shows them year by year. */
async function rowsOf(page: Page, pair: ConflictPair, calendars: readonly string[]): Promise<Row[]> {
  const [from, to] = [pair.from, pair.to].map((day) =>
    Temporal.PlainDate.from(day).toZonedDateTime(pair.zone).toInstant(),
  ) as [Temporal.Instant, Temporal.Instant];
  const years = new Set([Temporal.PlainDate.from(pair.from).year, Temporal.PlainDate.from(pair.to).year]);
  const rows = new Map<string, Row>();
  for (const year of years) {
    await page.goto(`${new URL(page.url()).origin}/conflicts/${year}?calendars=${calendars.join(",")}`);
    await whole(page);
    await page
      .getByText(/ shown · soonest first|^No conflicts\./)
      .first()
      .waitFor();
    // The list comes anew while the calendars' events come: pressed is what stays pressed.
    const earlier = page.getByRole("button", { name: "Earlier", exact: true, pressed: false });
    await eventually(
      async () => {
        if (await earlier.isVisible()) await earlier.click();
        return earlier.isVisible();
      },
      (isLeft) => !isLeft,
    );
    for (const [id, row] of await readRows(page)) rows.set(id, row);
  }
  return [...rows.values()]
    .filter(({ start, end }) => Temporal.Instant.compare(end, from) > 0 && Temporal.Instant.compare(start, to) < 0)
    .sort((one, other) => Temporal.Instant.compare(one.start, other.start));
}

async function readRows(page: Page): Promise<[string, Row][]> {
  const read = await page.locator("[data-conflict]").evaluateAll((rows) =>
    rows.map((row) => ({
      id: row.getAttribute("data-conflict")!,
      kind: row.querySelector("svg")!.getAttribute("aria-label")!,
      start: row.querySelector("time")!.dateTime,
      titles: [...row.querySelectorAll("b")].map(({ innerText }) => innerText).reverse(), // The later one is said first.
      who: row.querySelector("[data-testid=who]")!.textContent.split(/, | and /),
      shared: /· (?:(\d+) h)? ?(?:(\d+) min)? shared/.exec(row.textContent)!.slice(1),
    })),
  );
  return read.map(({ id, kind, start, titles, who, shared: [hours = "0", minutes = "0"] }) => {
    const end = Temporal.Instant.from(start).add({ hours: Number(hours), minutes: Number(minutes) });
    return [id, { kind, start: instant(start), end: end.toString(), titles, who }];
  });
}

const instant = (text: string): string => Temporal.Instant.from(text).toString();

/** What each object of the pair's files is called; an occurrence may have a title of its own. */
function titlesByUid(pair: ConflictPair): ReadonlyMap<string, string[]> {
  const titles = new Map<string, string[]>();
  for (const { bytes } of pair.files) {
    for (const event of new TextDecoder().decode(bytes).split("BEGIN:VEVENT").slice(1)) {
      const [, uid = ""] = /^UID:(.*)\r$/m.exec(event) ?? [];
      const title = /^SUMMARY:(.*)\r$/m.exec(event)![1]!.replaceAll("\\,", ",");
      titles.set(uid, [...(titles.get(uid) ?? []), title]);
    }
  }
  return titles;
}
