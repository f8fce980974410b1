import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DAY_MS, HOUR_MS, MINUTE_MS, weekdayOf } from "@hourwright/time";
import { objectBytes, readObject } from "@hourwright/ical";
import { demoAccounts } from "./accounts.ts";
import { duties } from "./larkfield/duties.ts";
import { larkfield } from "./larkfield/larkfield.ts";
import { MANAGED_TEAM } from "./larkfield/people.ts";
import { northgate } from "./northgate.ts";
import { isWholeDays } from "./plan/model.ts";
import { conflictsIn, fillInMemory, repairsIn, yearOf, type Filled, type Occurrence } from "./testing.ts";

/** The days on which somebody might look at the demo for the first time. */
const TODAYS = [
  "2024-02-29",
  "2025-11-20",
  "2026-01-01",
  "2026-11-20",
  "2027-03-18",
  "2027-12-31",
  "2028-01-01",
  "2028-02-29",
  "2029-12-31",
  "2031-03-18",
] as const;

const yearIn = (today: string): number => Temporal.PlainDate.from(today).year;
const years = [...new Set(TODAYS.map(yearIn))];
const filled = new Map(years.map((year) => [year, fillInMemory(larkfield, year)]));
const filledOn = (today: string): Filled => filled.get(yearIn(today))!;
const nowMsOf = (today: string): number =>
  Temporal.PlainDate.from(today).toZonedDateTime({ timeZone: larkfield.zone, plainTime: "07:00" }).epochMilliseconds;

const inYear = ({ occurrences, zone }: Filled, year: number): Occurrence[] => {
  const { fromMs, toMs } = yearOf(year, zone);
  return occurrences.filter(({ startMs, endMs }) => startMs < toMs && endMs > fromMs);
};
const dayOf = ({ startLocalMs }: Occurrence): number => Math.floor(startLocalMs / DAY_MS);
const minutesOf = ({ startLocalMs, startMs, endMs }: Occurrence) => ({
  from: Math.round((startLocalMs % DAY_MS) / MINUTE_MS),
  to: Math.round(((startLocalMs % DAY_MS) + endMs - startMs) / MINUTE_MS),
});

describe("the people of Larkfield Centre", () => {
  const people = larkfield.teams.flatMap(({ members }) => members);

  test("are 64, and no two have a name or an address in common", () => {
    assert.equal(people.length, 64);
    for (const key of ["name", "email"] as const) assert.equal(new Set(people.map((each) => each[key])).size, 64);
    for (const { email } of people) assert.match(email, /^[a-z]+(\.[a-z]+)*@larkfield\.example$/);
  });

  test("have the four accounts among them, the manager at the head of the team below which the others are", () => {
    const accounts = demoAccounts.filter(({ organisation }) => organisation === "larkfield");
    assert.equal(accounts.length, 4);
    for (const { name, email } of accounts) assert.equal(people.find((each) => each.name === name)?.email, email);
    const below = larkfield.teams.filter(({ name, parent }) => name === MANAGED_TEAM || parent === MANAGED_TEAM);
    const names = new Set(below.flatMap(({ members }) => members.map(({ name }) => name)));
    assert.ok(["Tomas Brandt", "Ines Duarte", "Priya Nair"].every((name) => names.has(name)));
  });

  test("belong to teams whose parents come first, as the database wants them", () => {
    const known = new Set<string>();
    for (const { name, parent } of larkfield.teams) {
      assert.ok(parent === null || known.has(parent), `${name} comes before ${parent}`);
      known.add(name);
    }
  });

  test("have nine rooms and vehicles, each with places and a site", () => {
    assert.equal(larkfield.things.length, 9);
    assert.equal(new Set(larkfield.things.map(({ name }) => name)).size, 9);
  });

  test("work believable hours", () => {
    for (const { name, week } of [{ name: "everybody", week: larkfield.week }, ...people]) {
      const hours = (week ?? []).map(({ opensMinute, closesMinute }) => (closesMinute - opensMinute) / 60);
      const total = hours.reduce((sum, each) => sum + each, 0);
      assert.ok(week === undefined || (total >= 15 && total <= 40), `${name} works ${total} h a week`);
    }
  });
});

const daily = new Set(duties.map(({ title }) => title));

describe("a year of Larkfield Centre", () => {
  for (const year of years) {
    const all = filled.get(year)!;
    const shown = inYear(all, year);
    const timed = shown.filter(({ allDay }) => !allDay);

    test(`has about a thousand entries in ${year} beside the daily work of six people, most of them out of series`, () => {
      const besides = shown.filter(({ event }) => !daily.has(event.title));
      assert.ok(besides.length >= 850 && besides.length <= 1_250, `${besides.length} entries`);
      assert.ok(shown.length <= 3_200, `${shown.length} with it`);
      const recurring = timed.filter(({ recurrenceId }) => recurrenceId !== null).length;
      assert.ok(recurring > timed.length * 0.6, `${recurring} of ${timed.length} recur`);
      const series = all.plan.events.flatMap((event) => event.series ?? []);
      assert.ok(series.some(({ excluded }) => excluded.length > 0));
      assert.ok(series.some(({ overrides }) => overrides.length > 0));
    });

    test(`has no entry outside believable hours in ${year}`, () => {
      for (const occurrence of timed) {
        const { from, to } = minutesOf(occurrence);
        const said = `${occurrence.view.summary} ${occurrence.recurrenceId ?? ""}: ${from}–${to}`;
        const isWeekend = weekdayOf(dayOf(occurrence)) > 5;
        assert.ok(from >= (isWeekend ? 9 : 7) * 60 && to <= (isWeekend ? 18 : 21) * 60, said);
        assert.ok(to - from >= 30 && to - from <= 300 && from % 15 === 0, said);
      }
    });

    test(`has nothing on a closed day of ${year} but the closure, and who is away anyway`, () => {
      const closed = new Set(all.plan.closedDays.map(({ day }) => day));
      const covered = new Set<number>();
      for (const occurrence of shown) {
        const days = isWholeDays(occurrence.event.when) ? occurrence.event.when.days : 1;
        for (let day = dayOf(occurrence); day < dayOf(occurrence) + days; day++) {
          if (occurrence.event.uid.startsWith("closed-")) covered.add(day);
          else if (occurrence.event.calendar !== "Leave")
            assert.ok(!closed.has(day), `${occurrence.view.summary} on a closed day`);
        }
      }
      const { fromMs, toMs } = yearOf(year, all.zone);
      const missing = [...closed].filter(
        (day) => day * DAY_MS >= fromMs && (day + 1) * DAY_MS <= toMs && !covered.has(day),
      );
      assert.deepEqual(missing, []);
    });

    test(`has something to do on every working day of ${year}, and the most on Mondays`, () => {
      const closed = new Set(all.plan.closedDays.map(({ day }) => day));
      const perDay = Map.groupBy(timed, dayOf);
      const perWeekday = Array.from({ length: 7 }, () => 0);
      const { fromMs, toMs } = yearOf(year, all.zone);
      for (let day = Math.ceil(fromMs / DAY_MS); (day + 1) * DAY_MS <= toMs; day++) {
        const count = perDay.get(day)?.length ?? 0;
        perWeekday[weekdayOf(day) - 1]! += count;
        assert.ok(count > 0 || closed.has(day) || weekdayOf(day) > 5, `nothing on day ${day}`);
      }
      const [monday, , , , friday, saturday, sunday] = perWeekday as [
        number,
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      assert.equal(Math.max(...perWeekday), monday);
      assert.ok(friday < monday * 0.75 && saturday < friday && sunday < saturday, perWeekday.join(" "));
    });

    test(`has a quiet August and a full June in ${year}`, () => {
      const monthOf = ({ startMs }: Occurrence) =>
        Temporal.Instant.fromEpochMilliseconds(startMs).toZonedDateTimeISO(larkfield.zone).month;
      const per = Map.groupBy(timed, monthOf);
      assert.ok(per.get(8)!.length < per.get(6)!.length * 0.75);
    });

    test(`has nobody lead anything while on leave in ${year}`, () => {
      const leaves = shown.filter(({ event }) => event.calendar === "Leave" && event.people.length > 0);
      assert.ok(leaves.length >= 12);
      for (const leave of leaves) {
        const { address } = leave.view.attendees[0]!;
        for (const { view, startMs, endMs } of timed) {
          const meets = startMs < leave.endMs && endMs > leave.startMs;
          assert.ok(!meets || view.organizer?.address !== address, `${view.summary} during ${leave.view.summary}`);
        }
      }
    });
  }
});

describe("the conflicts of Larkfield Centre", () => {
  for (const year of years) {
    test(`are about 31 in ${year}, of each kind, and in most months`, () => {
      const { taken, zone } = filled.get(year)!;
      const { fromMs, toMs } = yearOf(year, zone);
      const found = conflictsIn(taken, fromMs, toMs);
      assert.ok(found.length >= 25 && found.length <= 37, `${found.length} conflicts`);
      assert.deepEqual([...new Set(found.map(({ kind }) => kind))].sort(), ["attendee", "overlap", "resource"]);
      const months = new Set(found.map(({ startMs }) => Math.floor((startMs - fromMs) / (31 * DAY_MS))));
      assert.ok(months.size >= 9, `in ${months.size} months`);
    });
  }

  for (const today of TODAYS) {
    test(`can all be repaired on ${today}, by each repair offered, and none makes another`, () => {
      const { zone } = filledOn(today);
      const conflicts = repairsIn(filledOn(today), nowMsOf(today), yearOf(yearIn(today) + 1, zone).toMs);
      assert.ok(conflicts.length >= 25, `${conflicts.length} conflicts lie ahead in this year and the next`);
      for (const { key, repairs } of conflicts) {
        assert.ok(repairs.length > 0, `nothing repairs ${key}`);
        for (const { what, made, isGone } of repairs)
          assert.deepEqual({ what, made, isGone }, { what, made: [], isGone: true });
      }
    });
  }

  test("come from haste alone: what is planned with care never clashes", () => {
    const careful = { ...larkfield, hastyPerMonth: larkfield.hastyPerMonth.map(() => 0) };
    for (const year of [2024, 2027, 2030])
      assert.deepEqual(conflictsIn(fillInMemory(careful, year).taken, -Infinity, Infinity), []);
  });

  test("are found because they are there: without the second booking there is none", () => {
    const { taken, zone } = filled.get(2027)!;
    const { fromMs, toMs } = yearOf(2027, zone);
    const [first] = conflictsIn(taken, fromMs, toMs);
    const uids = first!.key
      .split(" | ")
      .slice(-2)
      .map((date) => date.split(" ")[0]!);
    const without = taken.filter(({ commitment }) => commitment !== uids.sort().at(-1));
    assert.ok(!conflictsIn(without, fromMs, toMs).some(({ key }) => key === first!.key));
  });
});

describe("the objects of a plan", () => {
  test("are read back as they were made", () => {
    for (const { event, object } of filled.get(2027)!.objects) {
      const read = readObject(objectBytes(object));
      assert.equal(read?.uid, event.uid);
      assert.equal(read.overrides.length, event.series?.overrides.length ?? 0);
    }
  });

  test("happen as often as planned, and last as long", () => {
    const { occurrences, objects } = filled.get(2027)!;
    const counts = Map.groupBy(occurrences, ({ event }) => event.uid);
    for (const { event } of objects) {
      assert.equal(counts.get(event.uid)?.length, event.series?.count ?? 1, event.title);
      if (isWholeDays(event.when)) continue;
      for (const { startMs, endMs } of counts.get(event.uid)!)
        assert.equal((endMs - startMs) / MINUTE_MS, event.when.minutes, event.title);
    }
  });
});

describe("Northgate", () => {
  test("is small: five people, two rooms, about sixty entries a year, a few conflicts", () => {
    const all = fillInMemory(northgate, 2027);
    const { fromMs, toMs } = yearOf(2027, all.zone);
    assert.equal(northgate.teams.flatMap(({ members }) => members).length, 5);
    assert.equal(northgate.things.length, 2);
    const entries = inYear(all, 2027).length;
    assert.ok(entries >= 45 && entries <= 80, `${entries} entries`);
    const found = conflictsIn(all.taken, fromMs, toMs);
    assert.ok(found.length >= 1 && found.length <= 6, `${found.length} conflicts`);
    assert.ok(all.occurrences.every(({ startMs, endMs }) => endMs - startMs <= 24 * HOUR_MS * 40));
  });
});
