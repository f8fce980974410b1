import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { isRefused } from "@hourwright/contract";
import type { Unit } from "../../platform/db/database.ts";
import { databases, type TestDatabase } from "../../platform/testing/databases.ts";
import { meetsItself } from "./decide.ts";
import type { Commitment, OverlapPolicy, StandingClaim, Stretch } from "./model.ts";
import { claimsInWindow, insertTimelines } from "./store.ts";
import { giveBack, take, type TakeOptions } from "./take.ts";

const floors = [{ floor: "claims", folder: new URL("./migrations/", import.meta.url) }];
const HOUR_MS = 3_600_000;
const BASE_MS = Temporal.Instant.from("2031-03-25T00:00:00Z").epochMilliseconds;

const stretch = (
  subjectId: string,
  from: number,
  to: number,
  policy: OverlapPolicy = "forbid",
  more: Partial<Stretch> = {},
): Stretch => ({
  subjectId,
  startMs: BASE_MS + from * HOUR_MS,
  endMs: BASE_MS + to * HOUR_MS,
  bufferBeforeMs: 0,
  bufferAfterMs: 0,
  policy,
  role: "resource",
  attends: false,
  occurrence: `${from}`,
  label: "test",
  places: 1,
  site: null,
  wallStart: null,
  zone: null,
  expiresAtMs: null,
  ...more,
});
const commitment = (id: string, ...stretches: Stretch[]): Commitment => ({
  source: "calendars",
  id,
  batch: null,
  stretches,
});

/** Which dates share time with which of others, as "ours with theirs"; `isFirm` where theirs has the time. */
async function meetings(ours: readonly Stretch[], claims: () => Promise<readonly StandingClaim[]>) {
  const others = (await claims()).filter(({ commitment }) => commitment !== "p");
  return ours.flatMap((own) =>
    others
      .filter((other) => own.startMs < other.endMs && other.startMs < own.endMs)
      .map(({ commitment, occurrence, status }) => ({
        pair: `${own.occurrence} with ${commitment} ${occurrence}`,
        isFirm: status !== "contested",
      })),
  );
}

for (const kind of databases()) {
  describe(`taking time on ${kind.name}`, { skip: kind.skip }, () => {
    let base: TestDatabase;
    before(async () => void (base = await kind.open(floors)));
    after(() => base[Symbol.asyncDispose]());

    /** A fresh organisation with three halls, and what can be done in it. */
    async function world() {
      const organisation = base.newOrganisation();
      const run = <T>(work: (unit: Unit) => Promise<T>) =>
        base.database.inOrganisation(base.context(organisation), work);
      await run((unit) =>
        insertTimelines(
          unit,
          ["a", "b", "c"].map((id) => ({ id, policy: "forbid" as const, capacity: null, zone: "UTC" })),
        ),
      );
      /** Whom it met that it may not, or beside whom the time stood that it gave back. */
      const bring = (wish: Commitment, options: TakeOptions) =>
        run(async (unit) => {
          const taken = await take(unit, [wish], options);
          assert.ok(!isRefused(taken));
          return "clashes" in taken
            ? { met: taken.clashes.map((clash) => clash.standing.commitment) }
            : { beside: taken.beside };
        });
      const ask = (wish: Commitment, onTaken: TakeOptions["onTaken"] = "refuse") =>
        run(async (unit) => {
          const taken = await take(unit, [wish], { onTaken });
          if (isRefused(taken)) return { ...taken, said: taken.refused.code };
          if ("clashes" in taken) return { refused: taken, said: `taken ×${taken.clashes.length}` };
          return { said: taken.contested.length === 0 ? "stored" : `contested ×${taken.contested.length}` };
        });
      const claims = () =>
        run((unit) =>
          claimsInWindow(unit, null, BASE_MS, BASE_MS + 100 * HOUR_MS, { withPending: true, limit: 1_000 }),
        );
      const standing = async () =>
        (await claims())
          .map(
            (claim) =>
              `${claim.commitment} ${claim.subjectId} ${(claim.startMs - BASE_MS) / HOUR_MS}-${(claim.endMs - BASE_MS) / HOUR_MS} ${claim.status}`,
          )
          .sort();
      return { organisation, run, ask, bring, claims, standing };
    }

    test("holds of one moment stay whole or not at all, never meet, and are refused only where something stands", async () => {
      const wish = fc.record({
        subjects: fc.uniqueArray(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 3 }),
        from: fc.integer({ min: 20, max: 52 }), // About two midnights.
        hours: fc.integer({ min: 1, max: 6 }),
        buffers: fc.tuple(fc.constantFrom(0, 1, 2), fc.constantFrom(0, 1, 2)),
        isShared: fc.boolean(),
        isHeld: fc.boolean(),
        isTrial: fc.boolean(),
      });
      type Wish = typeof wish extends fc.Arbitrary<infer W> ? W : never;
      const guardOf = ({ from, hours, buffers }: Wish) => ({ from: from - buffers[0], to: from + hours + buffers[1] });
      const meets = (one: Wish, other: Wish): boolean =>
        one.subjects.some((id) => other.subjects.includes(id)) &&
        guardOf(one).from < guardOf(other).to &&
        guardOf(other).from < guardOf(one).to;
      await fc.assert(
        fc.asyncProperty(fc.array(wish, { minLength: 12, maxLength: 40 }), async (wishes) => {
          const { run, claims, organisation } = await world();
          await run((unit) =>
            // Over already, and in the way of many.
            take(
              unit,
              [commitment("over", ...["a", "b", "c"].map((id) => stretch(id, 22, 50, "forbid", { expiresAtMs: 1 })))],
              { onTaken: "report" },
            ),
          );
          const answers = await Promise.all(
            wishes.map(({ subjects, from, hours, buffers, isHeld, ...how }, i) =>
              base.database.inOrganisation(
                base.context(organisation),
                async (unit) => {
                  const more = {
                    bufferBeforeMs: buffers[0] * HOUR_MS,
                    bufferAfterMs: buffers[1] * HOUR_MS,
                    ...(isHeld ? { expiresAtMs: unit.nowMs + HOUR_MS } : {}),
                  };
                  const asked = commitment(
                    `${i}`,
                    ...subjects.map((id) => stretch(id, from, from + hours, "forbid", more)),
                  );
                  const taken = await take(unit, [asked], { onTaken: "refuse", isFirst: true });
                  assert.ok(!isRefused(taken));
                  return "clashes" in taken ? { refused: taken } : { taken: i };
                },
                how,
              ),
            ),
          );
          const standing = Map.groupBy(await claims(), (claim) => claim.commitment);
          const stays = wishes.map((each, i) => "taken" in answers[i]! && !each.isTrial);
          wishes.forEach((each, i) => {
            assert.equal(standing.get(`${i}`)?.length ?? 0, stays[i] ? each.subjects.length : 0, `claims of ${i}`);
            const others = wishes.filter((other, j) => j !== i && stays[j] && meets(each, other));
            if (stays[i]) assert.equal(others.length, 0, `${i} meets another`);
            else if ("refused" in answers[i]!) assert.ok(others.length > 0, `${i} was refused for nothing`);
          });
        }),
        { numRuns: 25 },
      );
    });

    test("refuses an hour that is taken, takes one that touches, and gives back what an edit no longer wants", async () => {
      const { ask, standing } = await world();
      assert.equal((await ask(commitment("one", stretch("a", 9, 10)))).said, "stored");
      assert.equal((await ask(commitment("two", stretch("a", 9.5, 10.5)))).said, "taken ×1");
      assert.equal((await ask(commitment("two", stretch("a", 10, 11)))).said, "stored");
      assert.equal((await ask(commitment("one", stretch("a", 8, 9)))).said, "stored");
      assert.deepEqual(await standing(), ["one a 8-9 confirmed", "two a 10-11 confirmed"]);
    });

    test("takes all subjects of a commitment or none", async () => {
      const { ask, standing } = await world();
      await ask(commitment("one", stretch("b", 9, 10)));
      assert.equal((await ask(commitment("two", stretch("a", 9, 10), stretch("b", 9, 10)))).said, "taken ×1");
      assert.deepEqual(await standing(), ["one b 9-10 confirmed"]);
    });

    test("keeps what was taken already as contested when it only reports, and takes it once it is free", async () => {
      const { ask, standing, run } = await world();
      await ask(commitment("first", stretch("a", 9, 10)));
      assert.equal(
        (await ask(commitment("import", stretch("a", 9, 10), stretch("a", 12, 13)), "report")).said,
        "contested ×1",
      );
      assert.deepEqual(await standing(), [
        "first a 9-10 confirmed",
        "import a 12-13 confirmed",
        "import a 9-10 contested",
      ]);
      await run((unit) => giveBack(unit, "calendars", ["first"]));
      assert.deepEqual(await standing(), ["import a 12-13 confirmed", "import a 9-10 confirmed"]);
    });

    test("keeps the time of what only gets another name, whoever else is there", async () => {
      const { bring, standing } = await world();
      for (const policy of ["warn", "forbid"] as const) {
        const hour = policy === "warn" ? 9 : 20;
        const named = (name: string, label: string, from = hour) =>
          commitment(name, stretch("a", from, from + 1, policy, { label, occurrence: "" }));
        for (const name of ["first", "other"]) await bring(named(`${name} ${policy}`, "Yoga"), { onTaken: "report" });
        const before = await standing();
        for (const name of ["first", "other"])
          assert.ok("beside" in (await bring(named(`${name} ${policy}`, "Judo"), { onTaken: "refuse" })));
        assert.deepEqual(await standing(), before);
        await bring(named(`first ${policy}`, "Judo", hour + 3), { onTaken: "report" });
        assert.deepEqual(await bring(named(`first ${policy}`, "Yoga"), { onTaken: "refuse" }), {
          met: [`other ${policy}`],
        });
      }
    });

    test("puts back beside others what stood beside them, and beside nobody else", async () => {
      const { bring, standing } = await world();
      const nine = stretch("a", 9, 10);
      for (const name of ["first", "import"]) await bring(commitment(name, nine), { onTaken: "report" });
      for (const name of ["first", "import"]) {
        const other = name === "first" ? "import" : "first";
        const beside = [{ subjectId: "a", occurrence: "9", source: "calendars", id: other, theirs: "9" } as const];
        // Away, whichever of the two it is; and back, which the hour is taken for, unless it stood there before.
        assert.deepEqual(await bring(commitment(name, stretch("a", 14, 15)), { onTaken: "refuse" }), {
          beside: [{ ...beside[0], commitment: name }],
        });
        assert.deepEqual(await bring(commitment(name, nine), { onTaken: "insist" }), { met: [other] });
        assert.deepEqual(await bring(commitment(name, nine), { onTaken: "insist", beside }), { beside: [] });
        assert.deepEqual(
          (await standing()).map((claim) => claim.replace(/ \w+$/, "")),
          ["first a 9-10", "import a 9-10"],
        );
        assert.equal((await standing()).filter((claim) => claim.endsWith("confirmed")).length, 1);
      }
      // Somebody took the rest of the hour meanwhile: that was not there before.
      await bring(commitment("first", stretch("a", 14, 15)), { onTaken: "refuse" });
      await bring(commitment("import", stretch("a", 9, 9.5)), { onTaken: "refuse" });
      await bring(commitment("third", stretch("a", 9.5, 10)), { onTaken: "refuse" });
      const beside = [{ subjectId: "a", occurrence: "9", source: "calendars", id: "import", theirs: "9" } as const];
      assert.deepEqual(await bring(commitment("first", nine), { onTaken: "insist", beside }), { met: ["third"] });
    });

    test("puts a series back beside the date that stood beside it, and beside no other of the same", async () => {
      const { bring } = await world();
      const series = commitment("series", stretch("a", 9, 10), stretch("a", 33, 34));
      const single = (from: number) => commitment("single", stretch("a", from, from + 1, "forbid", { occurrence: "" }));
      await bring(series, { onTaken: "report" });
      await bring(single(9), { onTaken: "report" });
      const away = await bring(commitment("series", stretch("a", 50, 51)), { onTaken: "refuse" });
      assert.ok("beside" in away);
      await bring(single(33), { onTaken: "refuse" });
      assert.deepEqual(await bring(series, { onTaken: "insist", beside: away.beside }), { met: ["single"] });
      await bring(single(9), { onTaken: "refuse" });
      assert.deepEqual(await bring(series, { onTaken: "insist", beside: away.beside }), { beside: [] });
    });

    test(
      "puts back what was there, so that no dates share time which did not before, whatever others did meanwhile",
      { timeout: 300_000 },
      async () => {
        const dates = fc
          .uniqueArray(
            fc.record({
              from: fc.nat({ max: 8 }),
              length: fc.integer({ min: 1, max: 3 }),
              occurrence: fc.nat({ max: 2 }),
            }),
            { selector: ({ occurrence }) => occurrence, maxLength: 3 },
          )
          .map((list) =>
            list.map(({ from, length, occurrence }) =>
              stretch("a", from, from + length, "forbid", { occurrence: `${occurrence}` }),
            ),
          )
          .filter((list) => meetsItself(list) === null);
        const three = fc.record({ p: dates, q: dates, r: dates });
        await fc.assert(
          fc.asyncProperty(three, dates, fc.record({ q: dates, r: dates }), async (first, away, then) => {
            const { bring, claims } = await world();
            for (const [id, list] of Object.entries(first)) await bring(commitment(id, ...list), { onTaken: "report" });
            const before = new Set((await meetings(first.p, claims)).map(({ pair }) => pair));
            const gone = await bring(commitment("p", ...away), { onTaken: "report" });
            for (const [id, list] of Object.entries(then)) await bring(commitment(id, ...list), { onTaken: "report" });
            const after = (await meetings(first.p, claims)).filter(({ isFirm }) => isFirm).map(({ pair }) => pair);
            assert.ok("beside" in gone);
            // What of it stayed where it was did not come back: it was there when the others came.
            const stayed = new Set(
              first.p.filter((one) => away.some((other) => isDeepStrictEqual(one, other))).map((one) => one.occurrence),
            );
            const fresh = after.filter((pair) => !before.has(pair) && !stayed.has(pair[0]!));
            const back = await bring(commitment("p", ...first.p), { onTaken: "insist", beside: gone.beside });
            assert.equal("met" in back, fresh.length > 0, `${JSON.stringify(back)} ${fresh.join(" ")}`);
          }),
          { numRuns: 60 },
        );
      },
    );

    test("lets a hold go by itself, and judges it by the unit's own instant", async () => {
      const { ask, standing } = await world();
      const past = Temporal.Instant.from("2020-01-01T00:00:00Z").epochMilliseconds;
      await ask(commitment("hold", stretch("a", 9, 10, "forbid", { expiresAtMs: past })));
      assert.equal((await ask(commitment("two", stretch("a", 9, 10)))).said, "stored");
      assert.deepEqual(await standing(), ["two a 9-10 confirmed"]);
      const future = Temporal.Instant.from("2099-01-01T00:00:00Z").epochMilliseconds;
      await ask(commitment("hold", stretch("b", 9, 10, "forbid", { expiresAtMs: future })));
      assert.equal((await ask(commitment("three", stretch("b", 9, 10)))).said, "taken ×1");
    });

    test("asks before time of a warn subject is taken twice, obeys who insists, and only watches observations", async () => {
      const { ask } = await world();
      await ask(commitment("one", stretch("a", 9, 10, "warn")));
      assert.equal((await ask(commitment("two", stretch("a", 9, 10, "warn")))).said, "taken ×1");
      assert.equal((await ask(commitment("two", stretch("a", 9, 10, "warn")), "insist")).said, "stored");
      assert.equal((await ask(commitment("seen", stretch("a", 9, 10, "observe")))).said, "stored");
      assert.equal((await ask(commitment("free", stretch("a", 9, 10, "allow")))).said, "stored");
    });

    test("refuses a commitment that meets itself, and one with too many dates", async () => {
      const { ask } = await world();
      assert.equal(
        (await ask(commitment("self", stretch("a", 9, 11), stretch("a", 10, 12)))).said,
        "claims/meets-itself",
      );
      const many = Array.from({ length: 5_001 }, (_, i) => stretch("a", i * 2, i * 2 + 1));
      assert.equal((await ask(commitment("many", ...many))).said, "claims/too-many-stretches");
    });

    test("buffers add up: the guard of the constraint is the guard of the check", async () => {
      const { ask } = await world();
      await ask(commitment("one", stretch("a", 9, 10, "forbid", { bufferAfterMs: HOUR_MS / 4 })));
      assert.equal(
        (await ask(commitment("two", stretch("a", 10.25, 11, "forbid", { bufferBeforeMs: HOUR_MS / 4 })))).said,
        "taken ×1",
      );
      assert.equal(
        (await ask(commitment("two", stretch("a", 10.5, 11, "forbid", { bufferBeforeMs: HOUR_MS / 4 })))).said,
        "stored",
      );
    });

    test(
      "never lets two forbidding claims share time, whatever is asked in whatever order",
      { timeout: 300_000 },
      async () => {
        const wish = fc.record({
          id: fc.constantFrom("p", "q", "r"),
          subject: fc.constantFrom("a", "b"),
          from: fc.nat({ max: 8 }),
          length: fc.integer({ min: 1, max: 4 }),
          mode: fc.constantFrom<TakeOptions["onTaken"]>("refuse", "insist", "report"),
        });
        await fc.assert(
          fc.asyncProperty(fc.array(wish, { minLength: 1, maxLength: 8 }), async (wishes) => {
            const { ask, claims } = await world();
            for (const { id, subject, from, length, mode } of wishes)
              await ask(commitment(id, stretch(subject, from, from + length)), mode);
            const stored = await claims();
            const firm = stored.filter(({ status }) => status !== "contested");
            for (const a of firm)
              for (const b of firm)
                if (a.id < b.id && a.subjectId === b.subjectId)
                  assert.ok(a.endMs <= b.startMs || b.endMs <= a.startMs, JSON.stringify(wishes));
            // A contested claim is one only because something firm stands in its way.
            for (const c of stored.filter(({ status }) => status === "contested"))
              assert.ok(
                firm.some((f) => f.subjectId === c.subjectId && f.startMs < c.endMs && f.endMs > c.startMs),
                JSON.stringify(wishes),
              );
          }),
          { numRuns: 30 },
        );
      },
    );
  });
}
