// Strategy: random contracts with the breaks, nights and changes of clocks of the package's own arbitraries are written through the API and read
// back; every minute is what the package's slow model says. Then sight, bounds and the compact rows.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import type { Catalogue, OperationCall } from "@hourwright/contract";
import {
  contractFaults,
  unify,
  type Adjustment,
  type Contract,
  type Deviation,
  type ScheduleQuestion,
  stretchText,
  type StretchFacts,
} from "@hourwright/schedule";
import { anySchedule, obviousMinutes } from "@hourwright/schedule/testing";
import { MINUTE_MS } from "@hourwright/time";
import { startOwnServer, type OwnServer } from "../../../testing/own-server.ts";
import { refusalOf } from "../../../testing/server.ts";
import { clockOf } from "../hours/decide.ts";
import { dayText, untilOf, writtenShift, writtenVersion } from "../contracts/terms.ts";
import { packedRow, packSchedule, sourceOf, Sources } from "./pack.ts";

/** What may be written down: contracts that are in order, of a region without holidays. */
const anyInOrder = anySchedule
  .map((any) => ({ ...any, contracts: any.contracts.map((each): Contract => ({ ...each, region: null })) }))
  .filter(({ contracts }) => contractFaults(contracts).length === 0);

/** What came of adjustments on some days was changed after publishing, and not on others. */
const sight = {
  idOfContract: new Map<string, string>(),
  isKnown: true,
  isChanged: (_: string, day: number) => day % 3 === 0,
};

test("rows of four numbers are the stretches that the contract does not leave off", () => {
  fc.assert(
    fc.property(anySchedule, (question) => {
      const unified = unify(question);
      const sources = new Sources();
      const packedText = packedRow("per", packSchedule(unified), sources, { ...sight, contractIds: [] });
      const row = JSON.parse(packedText) as { stretches: number[]; pending: number[] };
      const list = sources.list.map((text) => JSON.parse(text) as object);
      for (const [numbers, stretches] of [
        [row.stretches, unified.stretches],
        [row.pending, unified.pending],
      ] as const) {
        const told = stretches.filter(({ why }) => why.kind !== "free" && why.kind !== "no-contract");
        assert.deepEqual(
          Array.from({ length: numbers.length / 4 }, (_, i) => {
            const [day, start, minutes, source] = numbers.slice(4 * i, 4 * i + 4) as [number, number, number, number];
            return [day, start, minutes, list[source]];
          }),
          told.map((stretch) => [
            stretch.day - question.fromDay,
            (stretch.startMs - question.fromDay * 86_400_000) / MINUTE_MS,
            (stretch.endMs - stretch.startMs) / MINUTE_MS,
            sourceOf(stretch, sight),
          ]),
        );
      }
    }),
  );
});

describe("schedules", () => {
  let own: OwnServer;
  before(async () => void (own = await startOwnServer({ now: "2027-03-01T08:00:00Z" })));
  after(() => own[Symbol.asyncDispose]());

  /** A person in a zone with the versions of a question. */
  async function hired({ zone, contracts }: Pick<ScheduleQuestion, "zone" | "contracts">): Promise<string> {
    const { id } = await own.owner("people.create", { body: { name: "Somebody", zone: zone.id } });
    for (const { id: _, rules: __, cost: ___, fromDay, toDay, ...terms } of contracts) {
      const version = { id: "", personId: id, fromDay, toDay, terms, cost: null, ruleSetId: null, version: 1 };
      const { id: ____, ...body } = writtenVersion(version);
      await own.owner("contracts.create", {
        body: { ...body, personId: id, from: dayText(fromDay), until: untilOf(toDay) },
      });
    }
    return id;
  }

  test(
    "say of every minute what the model of the package says, over changes of clocks",
    { timeout: 300_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(anyInOrder, async (any) => {
          const { contracts } = any;
          const question = { ...any, contracts, holidays: [], adjustments: [] };
          const personId = await hired(question);
          const query = { from: dayText(any.fromDay), to: dayText(any.toDay) };
          const { stretches } = await own.owner("schedules.read", { params: { personId }, query });
          const lines = stretches.flatMap(({ start, end, kind, isPaid, name, day }) => {
            const minutes = (ms(end) - ms(start)) / MINUTE_MS;
            const line = [kind, String(isPaid), kind === "off" ? "-" : `${day} ${name}`].join(" | ");
            return Array.from({ length: minutes }, () => line);
          });
          const model = obviousMinutes(question).map((line) => {
            const [kind, isPaid, shift] = line.split(" | ") as [string, string, string];
            const [day, ...name] = shift.split(" ");
            return [kind, isPaid, kind === "off" ? "-" : `${dayText(Number(day))} ${name.join(" ")}`].join(" | ");
          });
          assert.deepEqual(lines, model);
          for (const { facts, sentence } of stretches) assert.equal(stretchText(facts as StretchFacts), sentence);
          const at = stretches[Math.floor(stretches.length / 2)]!;
          const explained = await own.owner("schedules.explain", { params: { personId }, query: { at: at.start } });
          assert.deepEqual([explained.kind, explained.isPaid, explained.sentence], [at.kind, at.isPaid, at.sentence]);
        }),
        { numRuns: 25 },
      );
    },
  );

  test(
    "with adjustments that were approved say of every minute what the model says",
    { timeout: 300_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(anyInOrder, async (any) => {
          const { contracts } = any;
          const personId = await hired({ zone: any.zone, contracts });
          const approved: Adjustment[] = [];
          for (const { what } of any.adjustments) {
            const wish = wishOf(what);
            if (wish === null) continue;
            const body = { personId, what: wish };
            const asked = await own.owner("adjustments.create", { body }).catch(refused);
            if (asked === null) continue;
            const done = await own.owner("adjustments.approve", { params: { id: asked.id }, body: {} }).catch(refused);
            const model = "from" in what ? { ...what, from: null } : what;
            if (done !== null) approved.push({ id: asked.id, approval: { by: "", onDay: 0 }, what: model });
          }
          const question = { ...any, contracts, holidays: [], adjustments: approved };
          const query = { from: dayText(any.fromDay), to: dayText(any.toDay) };
          const { stretches } = await own.owner("schedules.read", { params: { personId }, query });
          const lines = stretches.flatMap(({ start, end, kind, isPaid, sourceId, layer }) => {
            const by = layer === "adjustment" ? sourceId : "-";
            const minutes = (ms(end) - ms(start)) / MINUTE_MS;
            return Array.from({ length: minutes }, () => [kind, String(isPaid), by].join(" | "));
          });
          const model = obviousMinutes(question).map((line) => {
            const [kind, isPaid, , , by] = line.split(" | ");
            return [kind, isPaid, by].join(" | ");
          });
          assert.deepEqual(lines, model);
        }),
        { numRuns: 20 },
      );
    },
  );

  test("of many are told in compact rows, follow each change, and may be of some people alone", async () => {
    const query = { from: "2027-03-01", to: "2027-04-01" };
    const before = await own.owner("schedules.list", { query });
    const { id } = await own.owner("people.create", { body: { name: "New" } });
    const shift = {
      weekday: 1,
      name: "early",
      starts: "06:00",
      minutes: 480,
      breaks: [{ starts: "10:00", minutes: 30 }],
    };
    const terms = { nominal: { minutes: 480, per: "week" as const }, weeks: [[shift]], anchor: "2027-03-01" };
    const contract = await own.owner("contracts.create", { body: { personId: id, from: "2027-03-01", ...terms } });
    const after = await own.owner("schedules.list", { query });
    assert.equal(after.items.length, before.items.length + 1);
    const { items, sources, origin } = await own.owner("schedules.list", { query: { ...query, people: [id] } });
    assert.equal(origin, "2027-03-01T00:00:00Z");
    assert.deepEqual(items[0]!.contractIds, [contract.id]);
    assert.deepEqual(items[0]!.stretches.slice(0, 12), [0, 300, 240, 0, 0, 540, 30, 1, 0, 570, 210, 0]);
    assert.deepEqual(
      sources.map(({ layer, kind, what, name, sourceId, isPaid }) => [layer, kind, what, name, sourceId, isPaid]),
      [
        ["contract", "work", "work", "early", null, true],
        ["contract", "break", "work", "early", null, false],
      ],
    );
    assert.equal(items[0]!.stretches.length, 5 * 3 * 4, "five Mondays");
    const cut = await own.owner("schedules.list", { query: { ...query, people: [id], fields: ["personId"] } });
    assert.deepEqual(cut.items, [{ personId: id }]);
  });

  test("are refused for no days, for too many, and of nobody", async () => {
    const personId = "per_01J8Z3K4M5N6P7Q8R9S0T1V2W3";
    for (const [from, to] of [
      ["2027-03-01", "2027-03-01"],
      ["2027-03-01", "2028-06-01"],
    ] as const)
      for (const call of [
        () => own.owner("schedules.list", { query: { from, to } }),
        () => own.owner("schedules.read", { params: { personId }, query: { from, to } }),
      ])
        assert.equal((await refusalOf(call())).code, "workforce/bad-window");
    const query = { from: "2027-03-01", to: "2027-03-02" };
    assert.equal((await refusalOf(own.owner("schedules.read", { params: { personId }, query }))).status, 404);
    assert.equal((await refusalOf(own.server.stranger("schedules.list", { query }))).status, 401);
  });
});

const ms = (text: string): number => Temporal.Instant.from(text).epochMilliseconds;

type Wish = OperationCall<Catalogue["adjustments.create"]>["body"]["what"];

const instantText = (at: number): string => Temporal.Instant.fromEpochMilliseconds(at).toString();

/** A deviation as it is asked for; null for halves of swaps, which are asked for together. */
function wishOf(what: Deviation): Wish | null {
  switch (what.kind) {
    case "absence": {
      const { span, type } = what;
      return "fromDay" in span
        ? { kind: "absence", type, from: dayText(span.fromDay), until: dayText(span.toDay - 1) }
        : { kind: "absence", type, from: instantText(span.startMs), until: instantText(span.endMs) };
    }
    case "change": {
      const of = { day: dayText(what.of.day), starts: clockOf(what.of.fromMinute) };
      return { kind: "change", of, day: dayText(what.day), shift: writtenShift(what.shift) };
    }
    case "activation":
      return { kind: "activation", start: instantText(what.time.startMs), end: instantText(what.time.endMs) };
    case "extra":
    case "overtime":
    case "cover": {
      const { kind, day, shift, interrupts } = what;
      return { kind, day: dayText(day), shift: writtenShift(shift), interrupts };
    }
    default:
      return null;
  }
}

/** Null for what was refused; what failed otherwise fails the test. */
function refused(error: unknown): null {
  const { problem } = error as { problem?: { code: string } | null };
  if (problem?.code.startsWith("workforce/") || problem?.code === "claims/taken") return null;
  throw error;
}
