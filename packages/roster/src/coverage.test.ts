// Rules DM* and CG* are in ../SPEC.md. Strategy: a table of what may not be asked for and of which demand holds when; then
// any demands and people, as the clocks change, against a model that matches people to places one after the other, each minute.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { dayOf } from "@hourwright/schedule/testing";
import { MINUTE_MS, overlaps } from "@hourwright/time";
import { dayCoverage, dayIn, neededIn, stepsOfDay, type Presence, type Step } from "./coverage.ts";
import { crowdedSites, demandFaults, demandsOn, skillOfRow, rowsOf, type Demand, type Row } from "./demand.ts";
import { anyDemands, anyPresences, clocks, DAYS, demand, FIRST, obviousMinute, zone } from "./testing.ts";

const at = (day: string, clock: string): number =>
  Temporal.ZonedDateTime.from(`${day}T${clock}[Europe/Berlin]`).epochMilliseconds;
const here = (day: string, from: string, to: string, skills = 0, personId = "p"): Presence => ({
  startMs: at(day, from),
  endMs: at(day, to),
  personId,
  skills,
});

const stepsIn = (rows: readonly Row[], present: readonly Presence[], day: number): Step[][] =>
  stepsOfDay(rows, present, neededIn(rows, day, clocks), dayIn(zone, day));

describe("a demand", () => {
  const early = demand().stretches[0]!;
  const faulty: readonly (readonly [title: string, more: Partial<Demand>, sentence: string])[] = [
    ["ends after it begins", { toDay: demand().fromDay }, "It ends before it begins."],
    ["holds on some day", { weekdays: [], onHolidays: false }, "It holds on no day: name weekdays or dates."],
    ["needs somebody", { stretches: [] }, "It needs nobody: give a time and how many people."],
    [
      "has stretches of a length",
      { stretches: [{ ...early, toMinute: 360 }] },
      "From 06:00 to 06:00 it has no length of at most a day.",
    ],
    [
      "has stretches of at most a day",
      { stretches: [{ ...early, toMinute: 360 + 1_441 }] },
      "From 06:00 to 06:01 it has no length of at most a day.",
    ],
    [
      "wishes for as many as it needs",
      { stretches: [{ ...early, ideal: 1 }] },
      "From 06:00 to 14:00 fewer are wished for than are needed.",
    ],
    [
      "has no stretches that overlap",
      { stretches: [early, { ...early, fromMinute: 839, toMinute: 900 }] },
      "From 13:59 to 15:00 it overlaps what is needed from 06:00 on.",
    ],
  ];
  for (const [title, more, sentence] of faulty)
    test(`[DM1] to [DM3] ${title}`, () => assert.deepEqual(demandFaults(demand(more)), [sentence]));

  test("[DM1] is in order as it is, and when it holds on named days alone", () => {
    assert.deepEqual(demandFaults(demand()), []);
    assert.deepEqual(demandFaults(demand({ weekdays: [], onHolidays: false, dates: [FIRST] })), []);
  });

  test("[DM4] is counted with those of its site, skill and level, whatever the case of the site", () => {
    const rows = rowsOf([
      demand({ id: "a" }),
      demand({ id: "b", site: "WARD " }),
      demand({ id: "c", skillId: "aid" }),
      demand({ id: "d", skillId: "aid", levelMin: 2 }),
      demand({ id: "e", site: "Desk" }),
    ]);
    assert.deepEqual(
      rows.map(({ demands }) => demands.map(({ id }) => id).join(" ")),
      ["e", "a b", "d", "c"],
    );
    assert.deepEqual(
      rows.map((row) => skillOfRow(row, () => "First aid")),
      ["", "", "First aid", "First aid"],
    );
    const many = Array.from({ length: 9 }, (_, i) => demand({ id: `s${i}`, skillId: `s${i}` }));
    assert.deepEqual(crowdedSites(rowsOf(many)), ["Ward"]);
    assert.deepEqual(crowdedSites(rowsOf(many.slice(1))), []);
  });

  test("[DM5] holds on days that are named, else on holidays that it is for, else on its weekdays", () => {
    const weekdays = demand({ id: "week", weekdays: [1], onHolidays: false });
    const holidays = demand({ id: "holiday", weekdays: [], onHolidays: true });
    const monday = dayOf("2027-03-15");
    const fair = demand({ id: "fair", weekdays: [], onHolidays: false, dates: [monday + 7] });
    const over = demand({ id: "over", toDay: monday });
    const row = { demands: [weekdays, holidays, fair, over] };
    const on = (day: number, isHoliday = false) => demandsOn(row, day, isHoliday).map(({ id }) => id);
    assert.deepEqual(
      [on(monday), on(monday, true), on(monday + 1), on(monday + 7), on(monday + 7, true), on(monday - 1)],
      [["week"], ["holiday"], [], ["fair"], ["fair"], ["over"]],
    );
  });
});

describe("coverage", () => {
  const march = dayOf("2027-03-03");
  const shown = (steps: readonly Step[]) =>
    steps.map(({ startMs, endMs, have, minimum, ideal }) => {
      const clock = (ms: number) =>
        Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO("Europe/Berlin").toString().slice(11, 16);
      return `${clock(startMs)}-${clock(endMs)} ${have}/${minimum}/${ideal}`;
    });

  test("[CG1] [CG5] [CG6] has everybody at the site, from midnight to midnight, and says of the day its worst moment", () => {
    const rows = rowsOf([demand()]);
    const present = [here("2027-03-03", "06:00", "14:00"), here("2027-03-03", "07:30", "12:00")];
    const [steps] = stepsIn(rows, present, march);
    assert.deepEqual(shown(steps!), [
      "00:00-06:00 0/0/0",
      "06:00-07:30 1/2/3",
      "07:30-12:00 2/2/3",
      "12:00-14:00 1/2/3",
      "14:00-00:00 0/0/0",
    ]);
    assert.deepEqual(dayCoverage(steps!), { have: 1, need: 2, ideal: 3, level: "short", shortMinutes: 210 });
  });

  test("[CG6] is short, exact, has one or several to spare, or nobody is needed", () => {
    const rows = rowsOf([demand()]);
    const level = (count: number) => {
      const present = Array.from({ length: count }, () => here("2027-03-03", "05:00", "15:00"));
      return dayCoverage(stepsIn(rows, present, march)[0]!).level;
    };
    assert.deepEqual([1, 2, 3, 4].map(level), ["short", "exact", "one-spare", "spare"]);
    assert.equal(dayCoverage(stepsIn(rowsOf([demand({ weekdays: [] })]), [], march)[0]!).level, "none");
  });

  test("[CG2] [CG3] counts somebody for one skill, who is needed most, and for everybody at the site as well", () => {
    const one = [{ fromMinute: 360, toMinute: 840, minimum: 1, ideal: 1 }];
    const rows = rowsOf([
      demand({ id: "all" }),
      demand({ id: "aid", skillId: "aid", stretches: one }),
      demand({ id: "lead", skillId: "lead", stretches: one }),
    ]);
    const [both, aid, lead] = [3, 1, 2];
    const have = (...skills: number[]) =>
      stepsIn(
        rows,
        skills.map((each) => here("2027-03-03", "06:00", "14:00", each)),
        march,
      ).map((steps) => steps[1]!.have);
    assert.deepEqual(have(both), [1, 1, 0]);
    assert.deepEqual(have(both, aid), [2, 1, 1], "who has both leads, since the other cannot");
    assert.deepEqual(have(both, lead), [2, 1, 1]);
    assert.deepEqual(have(both, both, both), [3, 2, 1], "who is left counts for the first");
    assert.deepEqual(have(0), [1, 0, 0]);
  });

  test("[CG4] adds up what several demands need at a moment, the night before among them", () => {
    const night = demand({ id: "night", stretches: [{ fromMinute: 1_320, toMinute: 1_860, minimum: 1, ideal: 1 }] });
    const [steps] = stepsIn(rowsOf([demand(), night]), [], march);
    assert.deepEqual(shown(steps!), [
      "00:00-06:00 0/1/1",
      "06:00-07:00 0/3/4",
      "07:00-14:00 0/2/3",
      "14:00-22:00 0/0/0",
      "22:00-00:00 0/1/1",
    ]);
  });

  test("[CG1] to [CG6] is what matching people to places says of each minute, also as the clocks change", () => {
    fc.assert(
      fc.property(anyDemands, anyPresences(6), fc.nat({ max: DAYS - 1 }), (demands, everybody, after) => {
        const all = rowsOf(demands);
        const rows = all.filter(({ siteKey }) => siteKey === all[0]!.siteKey);
        const skilled = rows.filter(({ skillId }) => skillId !== null).length;
        const present = everybody.map((each) => ({ ...each, skills: each.skills & ((1 << skilled) - 1) }));
        const day = FIRST + after;
        const steps = stepsIn(rows, present, day);
        const { startMs, endMs } = dayIn(zone, day);
        const at = rows.map(() => 0);
        let short = rows.map(() => 0);
        for (let ms = startMs; ms < endMs; ms += MINUTE_MS) {
          const minute = obviousMinute(rows, present, ms);
          for (const [r, own] of steps.entries()) {
            while (own[at[r]!]!.endMs <= ms) at[r]!++;
            const { have, minimum, ideal } = own[at[r]!]!;
            assert.deepEqual({ minimum, ideal, have }, minute[r], `row ${r} at ${ms}`);
          }
          short = short.map((sum, r) => sum + Math.max(0, minute[r]!.minimum - minute[r]!.have));
        }
        for (const [r, own] of steps.entries()) {
          assert.equal(dayCoverage(own).shortMinutes, short[r]);
          assert.equal(own[0]!.startMs, startMs);
          assert.equal(own.at(-1)!.endMs, endMs);
          for (const [i, step] of own.entries()) assert.ok(i === 0 || !overlaps(step, own[i - 1]!));
        }
      }),
      { numRuns: 60 },
    );
  });
});
