// Strategy: on both databases, through the API, in months far ahead in which the clocks are put forward: departments and sites with
// demand, without, and with nobody there; who is told; and both kinds of file of groups.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Client } from "@hourwright/client";
import { rowsOf } from "../../../platform/sheets/sheet.ts";
import { databases, withoutHolidays } from "../../../testing/school.ts";
import { COORDINATOR, MANAGER, MEMBER, startTestServer, type TestServer } from "../../../testing/server.ts";

// The last day of March 2030 is a Sunday, and the day on which Prague puts its clocks forward.
const query = { from: "2030-03", to: "2030-04" } as const;
const WARD = "Ward of figures";
const NOBODYS_DESK = "=Desk of nobody";

for (const kind of databases) {
  describe(`coverage among the figures on ${kind.name}`, { skip: kind.skip, timeout: 300_000 }, () => {
    let base: Awaited<ReturnType<typeof kind.open>>;
    let server: TestServer;
    let owner: Client;
    const ids: Record<string, string> = {};
    const hired = async (name: string, department: string, site: string) => {
      const { id } = await owner("people.create", { body: { name } });
      ids[name] = id;
      ids[department] ??= (await owner("departments.create", { body: { name: department } })).id;
      await owner("departments.place", { body: { people: [{ personId: id, departmentId: ids[department] }] } });
      const weeks = [[1, 2, 3, 4, 5].map((weekday) => ({ weekday, starts: "06:00", minutes: 480 }))];
      const nominal = { minutes: 2_400, per: "week" as const };
      const terms = { from: "2030-03-01", until: "2030-04-30", nominal, weeks, anchor: "2030-03-04", site };
      await owner("contracts.create", { body: { personId: id, ...terms } });
    };
    const needed = (site: string, dates: readonly string[], starts: string, minimum: number, ideal = minimum) =>
      owner("demands.create", {
        body: {
          name: `${site} ${starts}`,
          site,
          dates: [...dates],
          from: "2030-01-01",
          stretches: [{ starts, minutes: 480, minimum, ideal }],
        },
      });
    before(async () => {
      base = await kind.open();
      server = await startTestServer(base === null ? {} : { DATABASE_URL: base.url });
      owner = await server.signedIn(COORDINATOR);
      await withoutHolidays(owner);
      await hired("Ana of figures", "Guards of figures", WARD);
      await hired("Ben of figures", "Office of figures", "Office of figures");
      await needed(WARD, ["2030-03-30", "2030-03-31"], "22:00", 1);
      await needed(WARD, ["2030-04-01", "2030-04-02", "2030-04-03"], "05:00", 1);
      await needed(NOBODYS_DESK, ["2030-04-01"], "08:00", 2, 3);
      const what = { kind: "absence" as const, type: "leave" as const, from: "2030-04-03", until: "2030-04-03" };
      const { id } = await owner("adjustments.create", { body: { personId: ids["Ana of figures"]!, what } });
      await owner("adjustments.approve", { params: { id }, body: {} });
    });
    after(async () => {
      await server[Symbol.asyncDispose]();
      await base?.[Symbol.asyncDispose]();
    });

    const coverage = (neededMinutes: number, coveredMinutes: number, spareMinutes = 0) => ({
      neededMinutes,
      coveredMinutes,
      shortMinutes: neededMinutes - coveredMinutes,
      spareMinutes,
    });
    // The first night is of seven hours. Of the second, which ends on 1 April, all is March's, and the first hours of that day are filled first.
    const WARD_MONTHS = [
      ["2030-03", coverage(420 + 480, 0)],
      ["2030-04", coverage(3 * 480, 2 * 420)],
    ];

    test("is that of the sites at which a department's people have shifts, absent or not; null where nobody is needed", async () => {
      const { items, coverageState } = await owner("staffFigures.read", { query });
      assert.equal(coverageState, "told");
      const of = (name: string) =>
        items.flatMap((each) => (each.name === name ? [[each.month, each.coverage] as const] : []));
      assert.deepEqual(of("Guards of figures"), WARD_MONTHS);
      assert.deepEqual(of("Office of figures"), [
        ["2030-03", null],
        ["2030-04", null],
      ]);
    });

    test("is by site that of each, also of one where nobody is, and together what all sites are, each once", async () => {
      const bySite = await owner("staffFigures.read", { query: { ...query, by: "site" } });
      const of = (name: string) => bySite.items.filter((each) => each.name === name);
      assert.deepEqual(
        of(WARD).map(({ id, people, month, coverage: own }) => [id, people, month, own]),
        WARD_MONTHS.map(([month, own]) => [null, 1, month, own]),
      );
      assert.deepEqual(
        of(NOBODYS_DESK).map(({ people, plannedMinutes, month, coverage: own }) => [
          people,
          plannedMinutes,
          month,
          own,
        ]),
        [[0, 0, "2030-04", coverage(960, 0)]],
      );
      assert.deepEqual(
        of("Office of figures").map(({ people, coverage: own }) => [people, own]),
        [
          [1, null],
          [1, null],
        ],
      );
      const sum = (key: keyof ReturnType<typeof coverage>) =>
        bySite.items.reduce((all, each) => all + (each.coverage?.[key] ?? 0), 0);
      const all = (key: keyof ReturnType<typeof coverage>) =>
        bySite.total.reduce((total, each) => total + (each.coverage?.[key] ?? 0), 0);
      for (const key of ["neededMinutes", "coveredMinutes", "shortMinutes", "spareMinutes"] as const)
        assert.equal(all(key), sum(key), key);
      for (const by of ["department", "team"] as const)
        assert.deepEqual((await owner("staffFigures.read", { query: { ...query, by } })).total, bySite.total);
    });

    test("is within a department that of its sites alone", async () => {
      const within = ids["Guards of figures"]!;
      for (const by of ["department", "site"] as const) {
        const { items, total } = await owner("staffFigures.read", { query: { ...query, by, within } });
        assert.deepEqual(
          items.map(({ month, coverage: own }) => [month, own]),
          WARD_MONTHS,
        );
        assert.deepEqual(
          total.map(({ month, coverage: own }) => [month, own]),
          WARD_MONTHS,
        );
      }
    });

    test("counts what coverage itself counts, for as long as no night ends in another month", async () => {
      const { items } = await owner("staffFigures.read", { query: { from: "2030-04", to: "2030-04", by: "site" } });
      const { rows } = await owner("coverage.read", { query: { from: "2030-04-01", to: "2030-05-01" } });
      for (const site of [NOBODYS_DESK, "Larkfield", "Riverside"]) {
        const days = rows.filter((row) => row.site === site).flatMap((row) => row.days);
        const short = days.reduce((sum, { shortMinutes }) => sum + shortMinutes, 0);
        assert.equal(items.find(({ name }) => name === site)!.coverage!.shortMinutes, short, site);
      }
    });

    test("is told to who manages somebody, of the sites of these; and to nobody else", async () => {
      const manager = await server.signedIn(MANAGER);
      const seen = async () => {
        const { items, total, coverageState } = await manager("staffFigures.read", { query: { ...query, by: "site" } });
        assert.equal(coverageState, "told");
        const named = items.filter(({ name }) => name === WARD || name === NOBODYS_DESK);
        return [named.map(({ month, coverage: own }) => [month, own]), total.map(({ coverage: own }) => own)];
      };
      assert.deepEqual(await seen(), [[], [null, null]]);
      const managerIds = [(await manager("me.read", {})).personId];
      await owner("departments.update", { params: { id: ids["Guards of figures"]! }, body: { managerIds } });
      assert.deepEqual(await seen(), [WARD_MONTHS, WARD_MONTHS.map(([, own]) => own)]);
      const member = await server.signedIn(MEMBER);
      for (const by of ["department", "site"] as const) {
        const own = await member("staffFigures.read", { query: { ...query, by } });
        assert.equal(own.coverageState, "for-planners");
        assert.ok([...own.items, ...own.total].every(({ coverage: none }) => none === null));
      }
    });

    test("goes out by group and month as CSV and as a spreadsheet that say the same, and run nothing", async () => {
      const token = await server.token(COORDINATOR);
      const file = async (format: "csv" | "xlsx", of: string) => {
        const address = `${server.url}/v1/staff-figures/file?from=2030-03&to=2030-04&by=site&format=${format}${of}`;
        const answer = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
        const bytes = new Uint8Array(await answer.arrayBuffer());
        const rows = await rowsOf(bytes, 1_000);
        assert.ok(!("why" in rows));
        return { name: answer.headers.get("content-disposition"), bytes, cells: rows.map(({ cells }) => cells) };
      };
      const [csv, xlsx] = [await file("csv", "&of=groups"), await file("xlsx", "&of=groups")];
      const [columns] = csv.cells;
      const padded = xlsx.cells.map((cells) => [
        ...cells,
        ...Array.from({ length: columns!.length - cells.length }, () => ""),
      ]);
      assert.deepEqual(csv.cells, padded);
      assert.match(csv.name!, /figures-2030-03-2030-04\.csv/);
      const at = (column: string) => columns!.indexOf(column);
      const shown = ["of", "name", "month", "people", "hours needed", "hours covered", "hours short"].map(at);
      const told = csv.cells.map((cells) => shown.map((i) => cells[i]));
      assert.deepEqual(
        told.filter(([, name]) => name === WARD || name === NOBODYS_DESK),
        [
          ["site", NOBODYS_DESK, "2030-04", "0", "16", "0", "16"],
          ["site", WARD, "2030-03", "1", "15", "0", "15"],
          ["site", WARD, "2030-04", "1", "24", "14", "10"],
        ],
      );
      assert.deepEqual(
        told.filter(([of]) => of === "total").map(([, name, month]) => [name, month]),
        [
          ["", "2030-03"],
          ["", "2030-04"],
        ],
      );
      assert.ok(new TextDecoder().decode(csv.bytes).includes(`,'${NOBODYS_DESK},`));
      const people = await file("csv", "");
      assert.match(people.name!, /hours-2030-03-2030-04\.csv/);
      assert.equal(people.cells[0]![0], "person");
      const ana = people.cells.find(([name]) => name === "Ana of figures");
      assert.equal(ana![2], WARD);
    });
  });
}
