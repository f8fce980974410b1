// Strategy: on both databases, through the API: leagues are begun, planned, changed and published; what is tried is what a change then
// does; events take the venues and follow the fixtures; undo takes back each step; and each refusal has its sentence.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Answer, Client } from "@hourwright/client";
import { limits, type Catalogue, type OperationCall } from "@hourwright/contract";
import { eventually } from "../../testing/eventually.ts";
import { databases, withoutHolidays } from "../../testing/school.ts";
import { COORDINATOR, MEMBER, refusalOf, startTestServer, type TestServer } from "../../testing/server.ts";

type League = Answer<"leagues.read">;
type Wish = OperationCall<Catalogue["leagues.create"]>["body"];
const today = Temporal.Now.plainDateISO("Europe/Prague");
/** A Saturday some weeks from now. */
const first = today.add({ days: 35 + ((13 - today.dayOfWeek) % 7) }).toString();
const NAMES = ["Stags", "Herons", "Otters", "Foxes", "Hares", "Badgers"];

for (const kind of databases) {
  describe(`leagues on ${kind.name}`, { skip: kind.skip, timeout: 300_000 }, () => {
    let base: Awaited<ReturnType<typeof kind.open>>;
    let server: TestServer;
    let owner: Client;
    /** Of what else needs grounds: it takes nobody's time. */
    let fairs: string;
    before(async () => {
      base = await kind.open();
      server = await startTestServer(base === null ? {} : { DATABASE_URL: base.url });
      owner = await server.signedIn(COORDINATOR);
      await withoutHolidays(owner);
      ({ id: fairs } = await owner("calendars.create", { body: { name: "Fairs", ownerSubjectId: null } }));
    });
    after(async () => {
      await server[Symbol.asyncDispose]();
      await base?.[Symbol.asyncDispose]();
    });

    let made = 0;
    const ground = async (site: string | null = null): Promise<string> =>
      (await owner("resources.create", { body: { name: `Ground ${++made}`, kind: "room", site } })).id;
    async function begun(count: number, wish: Partial<Wish> = {}): Promise<League> {
      const teams = [];
      for (const name of NAMES.slice(0, count)) teams.push({ name, venueId: await ground() });
      return owner("leagues.create", {
        body: { name: `League ${++made}`, dates: { firstDay: first }, teams, ...wish },
      });
    }
    const read = (id: string) => owner("leagues.read", { params: { id }, query: {} });
    type Planning = Partial<OperationCall<Catalogue["leagues.plan"]>["body"]>;
    async function planned(id: string, body: Planning = {}) {
      await owner("leagues.plan", { params: { id }, body: { seconds: 30, steps: 20_000, ...body } });
      const now = async () => (await owner("leagues.planned", { params: { id }, query: {} })).plan!;
      return eventually("it is planned", now, ({ state }) => state !== "queued" && state !== "running");
    }
    async function season(count: number, wish: Partial<Wish> = {}): Promise<League> {
      const { id } = await begun(count, wish);
      const { state, failure } = await planned(id);
      assert.deepEqual([state, failure], ["done", null]);
      return read(id);
    }
    const change = (id: string, body: OperationCall<Catalogue["leagues.change"]>["body"]["change"], by = owner) =>
      by("leagues.change", { params: { id }, body: { change: body } });
    const publish = (id: string, rounds: number[] = []) =>
      owner("leagues.publish", { params: { id }, body: { rounds } });
    const undoLast = async () => {
      const { undo } = await owner("requests.mine", {});
      return owner("requests.undo", { params: { id: undo[0]!.id } });
    };
    const redoLast = async () => {
      const { redo } = await owner("requests.mine", {});
      return owner("requests.undo", { params: { id: redo[0]!.id } });
    };
    const fairInPlaceOf = ({ start, end, venueId }: League["fixtures"][number]) => {
      return { title: "Fair", calendarId: fairs, start, end, resourceIds: [venueId!] };
    };
    const when = ({ fixtures }: League) =>
      fixtures
        .map(({ id, round, homeId, start, eventId }) => `${id} ${round} ${homeId} ${start} ${eventId}`)
        .toSorted();
    const events = async ({ calendarId, rounds }: League) => {
      const [start, last] = [rounds[0]!.day, rounds.at(-1)!.day];
      const end = Temporal.PlainDate.from(last).add({ days: 15 }).toString();
      return (await owner("events.list", { query: { start, end, calendars: [calendarId] } })).events;
    };

    test("a league has its rounds on days, and nothing is planned yet", async () => {
      const league = await begun(5, { legs: 1 });
      assert.deepEqual(
        [league.roundCount, league.rounds.length, league.fixtures, league.findings, league.canEdit],
        [5, 5, [], [], true],
      );
      const days = league.rounds.map(({ day }) => Temporal.PlainDate.from(day).dayOfWeek);
      assert.deepEqual([league.rounds[0]!.day, new Set(days)], [first, new Set([6])]);
      const { items } = await owner("leagues.list", { query: {} });
      assert.equal(items.find(({ id }) => id === league.id)!.teamCount, 5);
      await undoLast();
      assert.equal((await refusalOf(read(league.id))).code, "request/not-found");
      await redoLast();
      assert.deepEqual(await read(league.id), league);
    });

    test("it is planned as a job, with rules kept, and undo takes all of it back", async () => {
      const { id, teams } = await begun(6);
      const rules = [
        { kind: "in-a-row" as const, hard: true, venue: "any" as const, most: 2 },
        {
          kind: "unavailable" as const,
          hard: true,
          teams: [teams[0]!.id],
          venue: "home" as const,
          dates: [{ from: first, until: first }],
        },
      ];
      await owner("leagues.update", { params: { id }, body: { rules } });
      const { result, askedBy } = await planned(id);
      assert.deepEqual([result!.score.hard, result!.kept, result!.applied.moved], [0, true, 30]);
      assert.equal(askedBy.name, "Mara Okafor");
      const league = await read(id);
      assert.equal(league.fixtures.length, 30);
      assert.ok(league.fixtures.every(({ round, homeId }) => round > 1 || homeId !== teams[0]!.id));
      assert.deepEqual(
        new Set(league.fixtures.map(({ venueId }) => venueId)),
        new Set(teams.map(({ venueId }) => venueId)),
      );
      await undoLast();
      assert.deepEqual((await read(id)).fixtures, []);
      await redoLast();
      assert.deepEqual(when(await read(id)), when(league));
      const again = await planned(id, { asFewChangesAsPossible: true });
      assert.equal(again.result!.applied.requestId === null, again.result!.applied.moved === 0);
    });

    test("what is tried is what a change then does, with what it breaks and mends; undo puts all back", async () => {
      const league = await season(6, { back: "free", rules: [{ kind: "in-a-row", venue: "any", most: 1, weight: 5 }] });
      const [fixture] = league.fixtures;
      const changes = [
        { move: { fixtureId: fixture!.id, round: 4 } },
        { turn: { fixtureId: fixture!.id } },
        { swapRounds: { one: 2, other: 7 } },
        { swapTeams: { one: league.teams[0]!.id, other: league.teams[3]!.id } },
        { day: { round: 10, day: Temporal.PlainDate.from(league.rounds[9]!.day).add({ days: 1 }).toString() } },
        { time: { fixtureId: fixture!.id, kickOff: "18:30" } },
      ];
      const { tries, score } = await owner("leagues.try", { params: { id: league.id }, body: { changes } });
      assert.deepEqual(score, league.score);
      for (const [place, tried] of tries.entries()) {
        assert.equal(tried.refusal, null);
        const { league: now, tried: done } = await change(league.id, changes[place]!);
        assert.deepEqual(done, tried);
        assert.deepEqual(now.score, tried.score);
        const sum = (list: typeof tried.broken) => list.reduce((total, { points }) => total + points, 0);
        const total = ({ hard, soft }: typeof score) => hard + soft;
        assert.equal(total(tried.score) - total(score), sum(tried.broken) - sum(tried.mended));
        for (const { fixtureId, to } of tried.moved) {
          const there = now.fixtures.find(({ id }) => id === fixtureId)!;
          assert.deepEqual(
            [there.round, there.homeId, there.day, there.kickOff],
            [to.round, to.homeId, to.day, to.kickOff],
          );
        }
        await undoLast();
        assert.deepEqual(when(await read(league.id)), when(league));
      }
      assert.equal(tries[0]!.moved[0]!.fixtureId, fixture!.id);
      assert.equal(tries[0]!.moved[0]!.to.round, 4);
    });

    test("what is locked stays: a change that would take it along is refused by name, and a plan leaves it", async () => {
      const league = await season(4);
      const locked = league.fixtures.find(({ round }) => round === 2);
      await change(league.id, { lock: { fixtures: [locked!.id], locked: true } });
      const { code, detail } = await refusalOf(change(league.id, { swapRounds: { one: 1, other: 2 } }));
      assert.equal(code, "leagues/change-refused");
      assert.match(detail, /^\w+ – \w+ in round 2 is locked, and would have to go along: unlock it first\.$/);
      await planned(league.id, { seed: 7 });
      const now = (await read(league.id)).fixtures.find(({ id }) => id === locked!.id)!;
      assert.deepEqual([now.round, now.homeId, now.locked], [2, locked!.homeId, true]);
    });

    test("the calendar of a league stays as long as the league", async () => {
      const { id, calendarId, name } = await begun(4);
      const remove = () => owner("calendars.remove", { params: { id: calendarId } });
      const { code, detail } = await refusalOf(remove());
      assert.deepEqual([code, detail], ["calendars/not-empty", `The league “${name}” needs it: remove that first.`]);
      await owner("leagues.remove", { params: { id } });
      await remove();
    });

    test("published fixtures are events that take their venues; changes move them, and they can be taken back", async () => {
      const league = await season(4);
      const { made: count } = await publish(league.id);
      assert.equal(count, 12);
      const there = await events(league);
      assert.deepEqual(
        there.map(({ start }) => Temporal.Instant.from(start).toString()).toSorted(),
        league.fixtures.map(({ start }) => Temporal.Instant.from(start).toString()).toSorted(),
      );
      assert.ok(there.every(({ locked, subjectIds }) => locked === true && subjectIds.length === 1));
      const [fixture] = league.fixtures;
      const body = fairInPlaceOf(fixture!);
      assert.equal((await refusalOf(owner("events.create", { body }))).code, "claims/taken");
      // Two rounds take each other's venues and times in one step.
      const { league: swapped } = await change(league.id, { swapRounds: { one: 1, other: 6 } });
      const moved = swapped.fixtures.find(({ id }) => id === fixture!.id)!;
      assert.equal(moved.round, 6);
      assert.equal(
        Temporal.Instant.compare((await events(league)).find(({ id }) => id === moved.eventId)!.start, moved.start),
        0,
      );
      await undoLast();
      assert.deepEqual(
        (await events(league)).map(({ id, start }) => `${id} ${start}`).toSorted(),
        there.map(({ id, start }) => `${id} ${start}`).toSorted(),
      );
      const { removed } = await owner("leagues.takeBack", { params: { id: league.id }, body: {} });
      assert.deepEqual([removed, await events(league)], [12, []]);
      await undoLast();
      assert.equal((await events(league)).length, 12);
      await redoLast();
      assert.equal((await owner("events.create", { body })).created, true);
    });

    test("what cannot be taken is refused by name with the nearest free time, and nothing is published", async () => {
      const league = await season(4);
      const [fixture] = league.fixtures;
      const body = fairInPlaceOf(fixture!);
      await owner("events.create", { body });
      const closed = (await read(league.id)).findings.filter(({ kind }) => kind === "venue-closed");
      assert.deepEqual(
        closed.map(({ fixtures, hard }) => [fixtures, hard]),
        [[[fixture!.id], true]],
      );
      const refused = await refusalOf(publish(league.id));
      assert.equal(refused.code, "leagues/venue-taken");
      const [taken] = refused["taken"] as { fixtureId: string; nearest: { day: string; kickOff: string } }[];
      assert.equal(taken!.fixtureId, fixture!.id);
      assert.deepEqual(await events(league), []);
      await change(league.id, { time: { fixtureId: fixture!.id, ...taken!.nearest } });
      assert.equal((await publish(league.id)).made, 12);
    });

    test("of a publication and another claim of the ground at once one has it", async () => {
      const league = await season(4);
      const [fixture] = league.fixtures;
      const body = fairInPlaceOf(fixture!);
      const came = await Promise.allSettled([publish(league.id), owner("events.create", { body })]);
      assert.equal(came.filter(({ status }) => status === "fulfilled").length, 1);
    });

    test("who may read the calendar sees the league, and changes nothing; of a private one nobody else knows", async () => {
      const league = await season(4);
      const member = await server.signedIn(MEMBER);
      const seen = await member("leagues.read", { params: { id: league.id }, query: {} });
      assert.equal(seen.canEdit, false);
      const refused = await refusalOf(change(league.id, { swapRounds: { one: 1, other: 2 } }, member));
      assert.equal(refused.code, "request/forbidden");
      await owner("calendars.update", { params: { id: league.calendarId }, body: { sharing: "private" } });
      const hidden = member("leagues.read", { params: { id: league.id }, query: {} });
      assert.equal((await refusalOf(hidden)).code, "request/not-found");
      const { items } = await member("leagues.list", { query: {} });
      assert.ok(items.every(({ id }) => id !== league.id));
      const body = { name: "Mine", dates: { firstDay: first }, teams: [{ name: "A" }, { name: "B" }] };
      assert.equal((await refusalOf(member("leagues.create", { body }))).code, "request/forbidden");
    });

    test("shares of teams are told, and fixtures leave as CSV and as iCalendar", async () => {
      const [near, far] = ["Near", "Far"] as const;
      await owner("places.create", { body: { name: near, latitude: 50, longitude: 14 } });
      await owner("places.create", { body: { name: far, latitude: 50, longitude: 15 } });
      const teams = [
        { name: "Near", venueId: await ground(near) },
        { name: "Far", venueId: await ground(far), kickOff: "19:00" },
        { name: "Nowhere" },
      ];
      const league = await season(0, { teams, legs: 2 });
      const fairness = await owner("leagues.fairness", { params: { id: league.id }, query: {} });
      assert.deepEqual(
        fairness.teams.map(({ home, away, late, homeWeekends }) => [home, away, late, homeWeekends]),
        [
          [2, 2, 1, 2],
          [2, 2, 2, 2],
          [2, 2, 1, 2],
        ],
      );
      assert.equal(fairness.teams[0]!.kilometres, null, "nobody has said where Nowhere play");
      const { id } = await season(0, { teams: teams.slice(0, 2), legs: 2 });
      const two = await owner("leagues.fairness", { params: { id }, query: {} });
      assert.deepEqual(
        two.teams.map(({ kilometres }) => kilometres),
        [143, 143],
      );
      const file = async (format: "csv" | "ics") =>
        Buffer.from(
          await new Response(
            (await owner("leagues.file", { params: { id }, query: { format } })) as BodyInit,
          ).arrayBuffer(),
        ).toString();
      const csv = await file("csv");
      assert.equal(csv.trim().split("\n").length, 3);
      assert.match(csv, /Near,Far/);
      assert.equal((await file("ics")).match(/BEGIN:VEVENT/g)!.length, 2);
    });

    for (const [what, wish, sentence] of [
      ["one team", { teams: [{ name: "Stags" }] }, /^A league has two teams at least\.$/],
      ["two of one name", { teams: [{ name: "Stags" }, { name: " stags" }] }, /^Two teams are called “stags”\.$/],
      [
        "fewer days than rounds",
        { dates: { firstDay: first, lastDay: first } },
        /^4 teams that meet twice need 6 rounds, and there are 1 days from \S+ to \S+: begin earlier, end later, add a weekday, or leave fewer days out\.$/,
      ],
      [
        "a venue that is none",
        { teams: [{ name: "A", venueId: "res_01J8Z3K4M5N6P7Q8R9S0T1V2W3" }, { name: "B" }] },
        /^The venue of A is no room or thing that there is\.$/,
      ],
      [
        "a rule of nobody",
        { rules: [{ kind: "breaks", most: 1, teams: ["tem_01J8Z3K4M5N6P7Q8R9S0T1V2W3"] }] },
        /^Rule 1 names a team that is not in the league\.$/,
      ],
    ] as const)
      test(`a league of ${what} is refused with a sentence`, async () => {
        const teams = NAMES.slice(0, 4).map((name) => ({ name }));
        const body = { name: "Wrong", dates: { firstDay: first }, teams, ...wish } as Wish;
        const { code, detail } = await refusalOf(owner("leagues.create", { body }));
        assert.equal(code, "leagues/invalid");
        assert.match(detail, sentence);
      });

    test("rules that cannot be kept together are named, and a venue that was taken away is", async () => {
      const league = await begun(4);
      const { id, teams } = league;
      const dates = [{ from: first, until: first }];
      const rules = (["home", "away"] as const).map((venue) => {
        return { kind: "unavailable" as const, hard: true, teams: [teams[0]!.id], venue, dates };
      });
      await owner("leagues.update", { params: { id }, body: { rules } });
      const { result } = await planned(id);
      assert.equal(result!.kept, false);
      assert.match(result!.findings[0]!.sentence, /^Stags play in round 1 on Saturday .*, as they cannot\.$/);
      await owner("resources.remove", { params: { id: teams[1]!.venueId! } });
      const refused = await refusalOf(publish(id));
      assert.equal(refused.code, "leagues/change-refused");
      assert.match(refused.detail, /, where Herons play at home, takes nothing new: give them another venue\.$/);
    });

    test("steps that follow each other are undone and redone one after another", async () => {
      const league = await season(4);
      await change(league.id, { swapRounds: { one: 1, other: 2 } });
      const once = await read(league.id);
      await change(league.id, { swapRounds: { one: 3, other: 4 } });
      const twice = await read(league.id);
      await undoLast();
      await undoLast();
      assert.deepEqual(when(await read(league.id)), when(league));
      await redoLast();
      assert.deepEqual(when(await read(league.id)), when(once));
      await redoLast();
      assert.deepEqual(when(await read(league.id)), when(twice));
      for (let steps = 0; steps < 4; steps++) await undoLast();
      assert.equal((await refusalOf(read(league.id))).code, "request/not-found");
    });

    test("the largest season is taken back and made again", async () => {
      const teams = Array.from({ length: limits.LEAGUE_TEAMS_MAX }, (_, place) => ({ name: `Team ${place + 1}` }));
      const league = await season(0, { teams, dates: { firstDay: first, weekdays: [3, 6] } });
      for (let times = 0; times < 2; times++) {
        await undoLast();
        assert.equal((await read(league.id)).fixtureCount, 0);
        await redoLast();
        assert.deepEqual(when(await read(league.id)), when(league));
      }
    });

    test("publishing again what is published changes nothing", async () => {
      const league = await season(4);
      const { league: published } = await publish(league.id);
      const again = await publish(league.id);
      assert.deepEqual([again.made, again.changed, again.league.version], [0, 0, published.version]);
      await undoLast();
      assert.equal((await read(league.id)).publishedCount, 0);
    });

    test("other teams are refused once something is published", async () => {
      const league = await season(4, { legs: 1 });
      await publish(league.id, [1]);
      const body = { teams: league.teams.slice(0, 3).map(({ id, name }) => ({ id, name })) };
      const params = { id: league.id };
      assert.equal((await refusalOf(owner("leagues.update", { params, body }))).code, "leagues/published");
      assert.equal((await refusalOf(owner("leagues.remove", { params }))).code, "leagues/published");
      await owner("leagues.takeBack", { params, body: {} });
      assert.equal((await owner("leagues.update", { params, body })).fixtureCount, 0);
      await undoLast();
      assert.equal((await read(league.id)).fixtureCount, 6);
      await owner("leagues.remove", { params });
      await undoLast();
      assert.equal((await read(league.id)).fixtureCount, 6);
    });
  });
}
