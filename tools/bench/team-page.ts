import type { Page, Route } from "playwright-core";

/** People and days of the roster that is measured, and shifts of its draft: with those of contracts some 6,000. */
export const PEOPLE = 300;
export const DAYS = 31;
const SITES = ["Pool", "Halls", "Desk", "Driving", "Gym", "Court"];
const SHIFT_MINUTES = 480;
const DAY_MINUTES = 1_440;
const STARTS = [360, 420, 720, 840];
const DRAFT = "drf_bench";

const personId = (index: number) => `per_bench${String(index).padStart(4, "0")}`;
const nameOf = (index: number) => `Person ${String.fromCodePoint(65 + (index % 26))} ${index}`;
const dayText = (from: Temporal.PlainDate, day: number) => from.add({ days: day }).toString();

/** What one draft adds: every third person on some days of the last half. */
function draftItems(from: Temporal.PlainDate): object[] {
  const items: object[] = [];
  for (let person = 0; person < PEOPLE; person++)
    for (let day = 16; day < DAYS; day++)
      if ((person + day) % 4 === 0)
        items.push({
          id: `dri_bench${items.length}`,
          kind: "add",
          personId: personId(person),
          day: dayText(from, day),
          shift: { name: "", kind: "work", starts: "07:00", minutes: SHIFT_MINUTES, breaks: [], site: null },
          of: null,
          skillId: null,
        });
  return items;
}

function schedules(): object {
  const sources = SITES.map((site) => ({
    layer: "contract",
    sourceId: null,
    kind: "work",
    what: "work",
    name: "shift",
    site,
    isPaid: true,
    changed: false,
  }));
  const items = Array.from({ length: PEOPLE }, (_, person) => {
    const stretches: number[] = [];
    for (let day = 0; day < DAYS; day++) {
      if ((person + day) % 7 > 3) continue;
      const start = day * DAY_MINUTES + STARTS[(person + Math.floor(day / 7)) % STARTS.length]!;
      stretches.push(day, start, SHIFT_MINUTES, person % SITES.length);
    }
    return { personId: personId(person), zone: "Europe/Prague", contractIds: [], stretches, pending: [] };
  });
  return { sources, items };
}

type Edit = { readonly put?: { readonly id?: string }; readonly drop?: object; readonly remove?: string };

/** Answers what Team asks about people, shifts and a draft from here: what is measured is the page, not the server. */
export async function answerTeam(page: Page, from: Temporal.PlainDate): Promise<string> {
  const json = (route: Route, value: object) =>
    route.fulfill({ status: 200, contentType: "application/json", body: JSON.stringify(value) });
  const items = draftItems(from);
  const draft = {
    id: DRAFT,
    name: "Bench",
    from: from.toString(),
    to: dayText(from, DAYS),
    team: null,
    people: null,
    state: "open",
    entries: items.length,
    createdBy: { personId: null, name: "Bench", at: `${from.toString()}T00:00:00Z` },
    publishedAt: null,
    publicationId: null,
    version: 1,
  };
  const totals = { shifts: 0, openShifts: 0, plannedMinutes: 0, broken: 0, objections: 0, shortMinutes: 0, cost: null };
  const people = Array.from({ length: PEOPLE }, (_, person) => ({
    id: personId(person),
    name: nameOf(person),
    kind: "person",
    email: null,
    zone: "Europe/Prague",
    policy: "warn",
    capacity: null,
    site: SITES[person % SITES.length],
    version: 1,
    poolId: null,
    retired: false,
    role: null,
    teams: [],
  }));
  const told = schedules();
  let made = items.length;
  await page.route("**/v1/people?**", (route) => json(route, { items: people, nextCursor: null }));
  await page.route("**/v1/contracts?**", (route) => json(route, { items: [], nextCursor: null }));
  await page.route("**/v1/schedules?**", (route) =>
    json(route, { from: from.toString(), to: dayText(from, DAYS), origin: `${from.toString()}T00:00:00Z`, ...told }),
  );
  await page.route("**/v1/coverage?**", (route) =>
    json(route, {
      rows: SITES.map((site, index) => ({
        site,
        skillId: null,
        levelMin: null,
        name: "",
        days: Array.from({ length: DAYS }, (_, day) => {
          const level = ["short", "exact", "one-spare", "spare"][(day + index) % 4];
          return { day: dayText(from, day), have: 20, need: 20, ideal: 22, level, shortMinutes: 0 };
        }),
      })),
    }),
  );
  await page.route("**/v1/drafts?**", (route) => json(route, { items: [draft] }));
  await page.route(`**/v1/drafts/${DRAFT}`, (route) => json(route, { ...draft, items }));
  await page.route(`**/v1/drafts/${DRAFT}/check`, (route) =>
    json(route, { id: DRAFT, version: 1, broken: [], objections: [], people: [], short: [], totals, cost: null }),
  );
  await page.route(`**/v1/drafts/${DRAFT}/publication`, (route) =>
    json(route, {
      id: DRAFT,
      version: 1,
      people: people.slice(0, 200).map(({ id, name }) => ({
        personId: id,
        name,
        new: [{ day: from.toString(), shift: null, was: null, sentence: "New: early shift (07:00–15:00)." }],
        changed: [],
        dropped: [],
      })),
      openShifts: [],
      objections: [],
      broken: [],
      short: [],
      totals,
    }),
  );
  await page.route(`**/v1/drafts/${DRAFT}/try`, (route) =>
    json(route, { objections: [], broken: [], alternatives: [] }),
  );
  await page.route(`**/v1/drafts/${DRAFT}/edit`, (route) => {
    const { edits } = route.request().postDataJSON() as { readonly edits: readonly Edit[] };
    const answered = edits.flatMap((edit): object[] => {
      if (edit.put !== undefined)
        return [{ kind: "add", of: null, skillId: null, ...edit.put, id: edit.put.id ?? `dri_bench${made++}` }];
      return edit.drop === undefined
        ? []
        : [{ kind: "drop", day: from.toString(), shift: null, skillId: null, ...edit.drop, id: `dri_bench${made++}` }];
    });
    const removed = edits.flatMap(({ remove }) => remove ?? []);
    return json(route, { id: DRAFT, version: 2, items: answered, removed });
  });
  return DRAFT;
}
