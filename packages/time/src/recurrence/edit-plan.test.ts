// Rules RE* are in ../../SPEC.md. Strategy: a table of what people do; then any row of edits against a model that is a plain
// list of occurrences and knows nothing of rules.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../civil.ts";
import { parseWallTime, printWallTime } from "../wall-time.ts";
import { findZone, type Zone } from "../zone.ts";
import { changePlan, removeFromPlan, type EditedPlan, type PlanChange, type PlanTarget } from "./edit-plan.ts";
import { parseRule } from "./parse-rule.ts";
import { occurrencesOf, type Occurrence, type Place, type Plan } from "./plan.ts";
import type { Rule } from "./rule.ts";

type Details = { readonly title: string };

const berlin = findZone("Europe/Berlin")!;
const tokyo = findZone("Asia/Tokyo")!;
const wall = (text: string) => parseWallTime(`2026-${text}`)!.localMs;
const rule = (text: string): Rule => parseRule(text).rule!;
const place = (text: string, zone: Zone = berlin): Place => ({
  startLocalMs: wall(text),
  zone,
  isDate: text.length === 5,
});
const hours = (count: number) => ({ days: 0, ms: count * HOUR_MS });

function plan(start: string, ...rules: string[]): Plan<Details> {
  return {
    ...place(start),
    length: hours(1),
    details: { title: "plain" },
    rrules: rules.map(rule),
    exrules: [],
    added: [],
    excluded: [],
    overrides: new Map(),
  };
}

function all(given: Plan<Details> | null): readonly Occurrence<Details>[] {
  if (given === null) return [];
  const { occurrences, refused } = occurrencesOf(given, { kind: "from", fromMs: -Infinity, limit: 40 });
  assert.equal(refused, null);
  return occurrences;
}

const shown = (given: Plan<Details> | null) =>
  all(given).map(({ startLocalMs, startMs, endMs, isDate, details }) => {
    const text = printWallTime(startLocalMs, isDate ? "date" : "local").slice(5, 16);
    return `${text} +${(endMs - startMs) / HOUR_MS} ${details.title}`;
  });

function done(edit: EditedPlan<Details>): { plan: Plan<Details> | null; following: Plan<Details> | null } {
  assert.ok(edit.refused === undefined, edit.refused?.message ?? "");
  return edit;
}

const target = (scope: PlanTarget["scope"], name: string): PlanTarget => ({ scope, name: wall(name) });
const march = () => plan("03-02T09:00", "FREQ=WEEKLY;COUNT=4");
const titled = (title: string): PlanChange<Details> => ({ details: { title } });

describe("changing", () => {
  test("[RE2] one occurrence gives it a place and details of its own", () => {
    const change = { place: place("03-10T14:00"), ...titled("moved") };
    assert.deepEqual(shown(done(changePlan(march(), target("this", "03-09T09:00"), change)).plan), [
      "03-02T09:00 +1 plain",
      "03-10T14:00 +1 moved",
      "03-16T09:00 +1 plain",
      "03-23T09:00 +1 plain",
    ]);
  });

  test("[RE2] all reaches what an override left alone", () => {
    const moved = done(changePlan(march(), target("this", "03-09T09:00"), { place: place("03-10T14:00") })).plan!;
    const longer = { length: hours(2), place: place("03-02T10:00"), ...titled("all") };
    assert.deepEqual(shown(done(changePlan(moved, target("all", "03-02T09:00"), longer)).plan), [
      "03-02T10:00 +2 all",
      "03-10T14:00 +2 all",
      "03-16T10:00 +2 all",
      "03-23T10:00 +2 all",
    ]);
  });

  test("[RE3] this and following ends one plan and begins another, COUNT shared between them", () => {
    const edit = done(
      changePlan(march(), target("following", "03-16T09:00"), { place: place("03-17T08:00"), ...titled("later") }),
    );
    assert.deepEqual(shown(edit.plan), ["03-02T09:00 +1 plain", "03-09T09:00 +1 plain"]);
    assert.deepEqual(shown(edit.following), ["03-17T08:00 +1 later", "03-24T08:00 +1 later"]);
    assert.deepEqual([edit.plan?.rrules[0]?.count, edit.following?.rrules[0]?.count], [2, 2]);
  });

  test("[RE3] a rule that ended before the split does not come back", () => {
    const two = plan("03-02T09:00", "FREQ=DAILY;UNTIL=20260304", "FREQ=WEEKLY;COUNT=3");
    const edit = done(changePlan(two, target("following", "03-09T09:00"), titled("later")));
    assert.deepEqual(
      [...shown(edit.plan), ...shown(edit.following)].map((text) => text.slice(0, 5)),
      ["03-02", "03-03", "03-04", "03-09", "03-16"],
    );
  });

  const days = (given: Plan<Details> | null) => shown(given).map((text) => text.slice(0, 5));
  const split = (given: Plan<Details>, name: string) =>
    done(changePlan(given, target("following", name), titled("later")));

  test("[RE3] a second rule keeps its rhythm from another day of a week that it counts", () => {
    const fridays = "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;COUNT=4";
    const edit = split(plan("03-02T09:00", "FREQ=WEEKLY;BYDAY=MO;COUNT=6", fridays), "03-16T09:00");
    assert.deepEqual(days(edit.plan), ["03-02", "03-06", "03-09"]);
    assert.deepEqual(days(edit.following), ["03-16", "03-20", "03-23", "03-30", "04-03", "04-06"]);
    assert.equal(edit.following?.rrules.length, 2);
  });

  test("[RE3] a second rule by every third month goes on as months of the year", () => {
    const quarterly = "FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR";
    const edit = split(plan("03-02T09:00", "FREQ=MONTHLY;COUNT=3", quarterly), "04-02T09:00");
    assert.deepEqual(days(edit.plan), ["03-02", "03-27"]);
    assert.deepEqual(days(edit.following).slice(0, 5), ["04-02", "05-02", "06-26", "09-25", "12-25"]);
  });

  test("[RE3] what is left of a second rule becomes dates where its rhythm cannot begin here, and leaves with its rule", () => {
    const two = plan("03-02T09:00", "FREQ=WEEKLY;COUNT=3", "FREQ=DAILY;INTERVAL=3;COUNT=6");
    const edit = split(two, "03-09T09:00");
    assert.deepEqual(days(edit.plan), ["03-02", "03-05", "03-08"]);
    assert.deepEqual(days(edit.following), ["03-09", "03-11", "03-14", "03-16", "03-17"]);
    const given = { rrules: [rule("FREQ=DAILY;COUNT=2")] };
    const other = done(changePlan(two, target("following", "03-09T09:00"), given));
    assert.deepEqual(days(other.following), ["03-09", "03-10"]);
  });

  test("[RE3] what an excluding rule with INTERVAL or COUNT takes out stays out", () => {
    for (const text of [
      "FREQ=DAILY;INTERVAL=3;COUNT=4",
      "FREQ=DAILY;INTERVAL=3;UNTIL=20260312",
      "FREQ=DAILY;COUNT=5",
    ]) {
      const daily = { ...plan("03-02T09:00", "FREQ=DAILY;COUNT=12"), exrules: [rule(text)] };
      const whole = days(daily);
      const edit = split(daily, "03-07T09:00");
      assert.deepEqual([...days(edit.plan), ...days(edit.following)], whole, text);
    }
  });

  test("[RE3] is refused where a second rule would lose its rhythm and has no near end", () => {
    const odd = plan("03-02T09:00", "FREQ=WEEKLY;INTERVAL=2", "FREQ=DAILY;INTERVAL=3");
    const { refused } = changePlan(odd, target("following", "03-11T09:00"), {});
    assert.equal(refused?.code, "cannot-split-here");
    assert.match(refused.message, /choose a date that it names too\.$/);
    assert.deepEqual(days(done(removeFromPlan(odd, target("following", "03-11T09:00"))).plan).slice(-1), ["03-08"]);
  });

  test("[RE4] all to another zone keeps wall time, and to a date makes it all-day with its exceptions", () => {
    const less = done(removeFromPlan(march(), target("this", "03-09T09:00"))).plan!;
    const moved = done(changePlan(less, target("all", "03-02T09:00"), { place: place("03-02T09:00", tokyo) })).plan;
    assert.deepEqual(shown(moved).length, 3);
    assert.equal(all(moved)[0]?.startMs, tokyo.toEpochMs(wall("03-02T09:00")));
    const days = { place: place("03-03"), length: { days: 1, ms: 0 } };
    const allDay = done(changePlan(less, target("all", "03-02T09:00"), days)).plan;
    assert.deepEqual(shown(allDay), ["03-03 +24 plain", "03-17 +24 plain", "03-24 +24 plain"]);
  });

  test("[RE5] says when a move cannot carry the rule, or would lose an exception", () => {
    const twice = plan("03-01T09:00", "FREQ=MONTHLY;BYMONTHDAY=1,15");
    const move = { place: place("03-02T09:00") };
    assert.equal(changePlan(twice, target("all", "03-01T09:00"), move).refused?.code, "rule-does-not-move");
    const second = plan("03-10T09:00", "FREQ=MONTHLY;BYDAY=2TU;COUNT=6");
    const own = done(changePlan(second, target("this", "04-14T09:00"), titled("mine"))).plan!;
    const wednesday = { place: place("03-11T09:00") };
    assert.equal(changePlan(own, target("all", "03-10T09:00"), wednesday).refused?.code, "exceptions-in-the-way");
    const given = { ...wednesday, rrules: [rule("FREQ=MONTHLY;BYDAY=2WE;COUNT=6")] };
    assert.equal(done(changePlan(own, target("all", "03-10T09:00"), given)).plan?.overrides.size, 0);
  });

  test("is refused for what is no occurrence", () => {
    assert.equal(changePlan(march(), target("all", "03-03T09:00"), {}).refused?.code, "no-such-occurrence");
    assert.equal(removeFromPlan(march(), target("this", "03-03T09:00")).refused?.code, "no-such-occurrence");
    const one = changePlan(march(), target("this", "03-02T09:00"), { rrules: [] });
    assert.equal(one.refused?.code, "rule-of-one-occurrence");
  });
});

describe("removing", () => {
  test("[RE6] one, the later ones, or all", () => {
    assert.equal(shown(done(removeFromPlan(march(), target("this", "03-09T09:00"))).plan).length, 3);
    assert.equal(shown(done(removeFromPlan(march(), target("following", "03-09T09:00"))).plan).length, 1);
    assert.equal(done(removeFromPlan(march(), target("following", "03-02T09:00"))).plan, null);
    assert.equal(done(removeFromPlan(march(), target("all", "03-09T09:00"))).plan, null);
    const single = plan("03-02T09:00");
    assert.equal(done(removeFromPlan(single, target("this", "03-02T09:00"))).plan, null);
  });
});

/** What the model knows of an occurrence: where and what it is, and which of these are its own. */
type Known = {
  /** Where its series would have it. */
  home: number;
  startLocalMs: number;
  zone: Zone;
  ms: number;
  title: string;
  isPlaced: boolean;
  isLong: boolean;
  isTitled: boolean;
};

describe("any row of edits", () => {
  const edits = fc.array(
    fc.record({
      scope: fc.constantFrom<PlanTarget["scope"]>("this", "following", "all"),
      which: fc.nat({ max: 30 }),
      kind: fc.constantFrom("move", "rename", "lengthen", "remove", "zone"),
      days: fc.integer({ min: -2, max: 2 }),
      minutes: fc.integer({ min: 0, max: 95 }).map((quarter) => quarter * 15),
    }),
    { minLength: 1, maxLength: 7 },
  );
  const rules = fc.constantFrom(
    "FREQ=DAILY;COUNT=9",
    "FREQ=DAILY;INTERVAL=2;COUNT=8",
    "FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=9",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;UNTIL=20260430T000000Z",
    "FREQ=MONTHLY;BYMONTHDAY=16;COUNT=6",
    "FREQ=MONTHLY;BYDAY=3MO;UNTIL=20260801",
    "FREQ=DAILY;BYHOUR=2,14;BYMINUTE=30;COUNT=10",
    "FREQ=WEEKLY;COUNT=5 FREQ=DAILY;INTERVAL=3;COUNT=5",
    "FREQ=DAILY;INTERVAL=2;COUNT=6 FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;UNTIL=20260520T000000Z",
    "FREQ=MONTHLY;BYMONTHDAY=16;COUNT=5 FREQ=MONTHLY;INTERVAL=3;BYDAY=3MO;COUNT=4",
    "FREQ=DAILY;COUNT=9 EXRULE FREQ=DAILY;INTERVAL=4;COUNT=3",
    "FREQ=DAILY;INTERVAL=2;COUNT=9 EXRULE FREQ=DAILY;INTERVAL=3;UNTIL=20260331",
  );
  const planOf = (text: string): Plan<Details> => {
    const [rrules, exrule] = text.split(" EXRULE ");
    return { ...plan("03-16T02:30", ...rrules!.split(" ")), exrules: exrule === undefined ? [] : [rule(exrule)] };
  };

  test("[RE1] loses, duplicates and resurrects no occurrence, and changes no other than it was asked to", () => {
    let made = 0;
    fc.assert(
      fc.property(rules, edits, (text, row) => {
        const begin = planOf(text);
        let parts: Plan<Details>[] = [begin];
        let model: Known[][] = [all(begin).map(known)];
        for (const { scope, which, kind, days, minutes } of row) {
          const part = which % parts.length;
          const list = all(parts[part]!);
          const at = which % list.length;
          const shownNow = list[at]!;
          const dayMs = Math.floor(shownNow.startLocalMs / DAY_MS) * DAY_MS;
          // The day before a third Monday is not always a third Sunday: which months do is not for the model to know.
          const byDays = scope === "this" || /DAILY|WEEKLY/.test(text) ? days : 0;
          const moved = { ...pick(shownNow), startLocalMs: dayMs + byDays * DAY_MS + minutes * MINUTE_MS };
          const change: PlanChange<Details> =
            kind === "move"
              ? { place: moved }
              : kind === "zone"
                ? { place: { ...pick(shownNow), zone: shownNow.zone === berlin ? tokyo : berlin } }
                : kind === "rename"
                  ? titled(`${kind} ${minutes}`)
                  : { length: { days: 0, ms: (minutes + 15) * MINUTE_MS } };
          const meant: PlanTarget = { scope, name: shownNow.name };
          const edit =
            kind === "remove" ? removeFromPlan(parts[part]!, meant) : changePlan(parts[part]!, meant, change);
          if (edit.refused !== undefined) continue;
          made++;
          const after = modelAfter(model[part]!, at, meant.scope, kind === "remove" ? null : change);
          const results = [edit.plan, edit.following].filter((one) => one !== null);
          parts = parts.flatMap((one, i) => (i === part ? results : [one]));
          model = model.flatMap((one, i) => (i === part ? after : [one]));
          const found = parts.map((one) => all(one).map(known).map(bare));
          assert.deepEqual(
            found,
            model.map((one) => one.map(bare)),
            `${text} ${JSON.stringify(row)}`,
          );
          if (parts.length === 0) return;
        }
      }),
      { numRuns: 400 },
    );
    assert.ok(made > 400, "most edits are made, not refused");
  });

  const pick = ({ startLocalMs, zone, isDate }: Place): Place => ({ startLocalMs, zone, isDate });
  const bare = ({ startLocalMs, zone, ms, title }: Known) => `${startLocalMs} ${zone.id} ${ms} ${title}`;
  const known = ({ name, startLocalMs, zone, length, details }: Occurrence<Details>): Known => ({
    home: name,
    startLocalMs,
    zone,
    ms: length.ms,
    title: details.title,
    isPlaced: false,
    isLong: false,
    isTitled: false,
  });

  /** The same edit on a plain list: one part stays, or is split in two; what is empty is gone. */
  function modelAfter(
    list: readonly Known[],
    at: number,
    scope: PlanTarget["scope"],
    change: PlanChange<Details> | null,
  ): Known[][] {
    const from = scope === "all" ? 0 : at;
    const end = scope === "this" ? at + 1 : list.length;
    const parts = [list.slice(0, from), list.slice(from, end), list.slice(end)];
    const meant = change === null ? [] : parts[1]!.map((one) => changed(one, list[at]!, scope, change));
    const lists = scope === "following" ? [parts[0]!, meant] : [[...parts[0]!, ...meant, ...parts[2]!]];
    return lists.filter((part) => part.length > 0);
  }

  /** How far a series goes: as far as the one pointed at; where that one stood elsewhere, by its days and to its time. */
  function shiftOf(pointed: Known, { startLocalMs }: Place): number {
    const day = (localMs: number) => Math.floor(localMs / DAY_MS) * DAY_MS;
    return day(pointed.home) + startLocalMs - day(pointed.startLocalMs) - pointed.home;
  }

  function changed(one: Known, pointed: Known, scope: PlanTarget["scope"], change: PlanChange<Details>): Known {
    const isAlone = scope === "this";
    const { place } = change;
    const isPlacing = place !== undefined && (!one.isPlaced || one === pointed);
    const isRenaming = change.details !== undefined && (isAlone || !one.isTitled);
    return {
      home: isAlone || place === undefined ? one.home : one.home + shiftOf(pointed, place),
      startLocalMs: !isPlacing
        ? one.startLocalMs
        : one === pointed
          ? place.startLocalMs
          : one.startLocalMs + shiftOf(pointed, place),
      zone: isPlacing ? place.zone : one.zone,
      ms: change.length === undefined || (one.isLong && !isAlone) ? one.ms : change.length.ms,
      title: isRenaming ? (change.details?.title ?? "") : one.title,
      isPlaced: one.isPlaced || (isAlone && isPlacing),
      isLong: one.isLong || (isAlone && change.length !== undefined),
      isTitled: one.isTitled || (isAlone && isRenaming),
    };
  }
});
