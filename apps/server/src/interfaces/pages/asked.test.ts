// Strategy: the page of a link as a browser without a script follows it: what it says, what a yes does, and what it tells nobody.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { sharedSecret } from "../../contexts/identity/public.ts";
import { createAskedLinks } from "../../contexts/workforce/public.ts";
import { databases, monday, openSchool, withoutHolidays, type School } from "../../testing/school.ts";

const ORGANISATION = 1;
const SHIFT = { name: "early <shift>", starts: "07:00", minutes: 480, site: "Pool & hall" };

describe("the page of a link", { timeout: 300_000 }, () => {
  let school: School;
  let tokenOf: (id: string, personId: string) => string;
  before(async () => {
    school = await openSchool(databases[0]!, { who: "asked" });
    await withoutHolidays(school.owner);
    const { database } = school.server.application;
    const links = createAskedLinks(await sharedSecret(database, "links", () => "it was made before"));
    tokenOf = (id, personId) => links.tokenOf(ORGANISATION, "cover", id, personId);
  });
  after(() => school[Symbol.asyncDispose]());

  async function hired(name: string, weekdays: readonly number[]) {
    const { owner } = school;
    const { id } = await owner("people.create", { body: { name } });
    const weeks = [weekdays.map((weekday) => ({ weekday, ...SHIFT }))];
    const nominal = { minutes: 2_400, per: "week" as const };
    await owner("contracts.create", {
      body: { personId: id, from: monday.subtract({ days: 30 }).toString(), nominal, weeks, anchor: monday.toString() },
    });
    return id;
  }
  /** Two people who are asked at once to work a shift of somebody who is ill. */
  async function called() {
    const { owner } = school;
    const [ill, ann, bea] = [await hired("Ill & away", [1]), await hired("Ann", []), await hired("Bea", [])];
    const what = { kind: "absence" as const, type: "sick" as const, from: monday.toString(), until: monday.toString() };
    const { id: absence } = await owner("adjustments.create", { body: { personId: ill, what } });
    await owner("adjustments.approve", { params: { id: absence }, body: {} });
    const of = { day: monday.toString(), starts: "07:00" };
    const people = [ann, bea];
    const body = { personId: ill, of, people, how: "at-once" as const, note: "Bring <keys>", minutesEach: 60 };
    const { id } = await owner("covers.create", { body });
    return { id, ann: `/c/${tokenOf(id, ann)}`, bea: `/c/${tokenOf(id, bea)}` };
  }
  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${school.server.url}${path}`, { headers });
  const post = (path: string, says: string, origin = school.server.url) =>
    fetch(`${school.server.url}${path}`, {
      method: "POST",
      redirect: "manual",
      headers: { "content-type": "application/x-www-form-urlencoded", origin },
      body: new URLSearchParams({ says }).toString(),
    });
  const read = (id: string) => school.owner("covers.read", { params: { id } });

  test("says the shift with its zone, whose it is and who asks; reading it changes nothing", async () => {
    const { id, ann } = await called();
    const before = await read(id);
    const answer = await get(ann);
    const page = await answer.text();
    assert.equal(answer.status, 200);
    assert.ok(page.includes('<h1 id="state" tabindex="-1">Can you work this shift?</h1>'));
    assert.ok(page.includes("Hello Ann, Ill &amp; away is away, and Mara Okafor asks you to work this shift."));
    assert.ok(page.includes("07:00\u2060–\u206015:00, early &lt;shift&gt;"));
    assert.ok(page.includes("Prague time (UTC+"));
    assert.ok(page.includes("Pool &amp; hall") && page.includes("Bring &lt;keys&gt;"));
    assert.ok(!page.includes("<script"), "it is whole without one");
    assert.ok(page.includes('<meta name="robots" content="noindex" />'));
    assert.equal(answer.headers.get("x-robots-tag"), "noindex, nofollow");
    assert.equal(answer.headers.get("referrer-policy"), "same-origin");
    assert.equal(answer.headers.get("cache-control"), "no-store");
    assert.equal((await fetch(`${school.server.url}${ann}`, { method: "HEAD" })).status, 200);
    assert.deepEqual(await read(id), before);
    const german = await (await get(`${ann}?lang=de`)).text();
    assert.ok(german.includes("Ist diese Schicht möglich?") && german.includes(`action="${ann}?lang=de"`));
  });

  test("a yes is done, the other is told that somebody was first, and both pages say so afterwards", async () => {
    const { id, ann, bea } = await called();
    assert.equal((await post(ann, "yes", "https://elsewhere.example")).status, 403);
    assert.equal((await read(id)).state, "asking");
    const yes = await post(ann, "yes");
    assert.deepEqual([yes.status, yes.headers.get("location")], [303, ann]);
    assert.equal((await read(id)).state, "covered");
    assert.ok((await (await get(ann)).text()).includes("The shift is yours. Thank you!"));
    const late = await post(bea, "yes");
    const told = await late.text();
    assert.equal(late.status, 409);
    assert.ok(told.includes("Somebody else has taken it. Thank you!") && !told.includes('value="yes"'));
    assert.ok((await (await get(bea)).text()).includes("Somebody else has taken it. Thank you!"));
  });

  test("a no can be thought over; a link that is none is a page that is not there", async () => {
    const { id, ann } = await called();
    assert.equal((await post(ann, "no")).status, 303);
    const page = await (await get(ann)).text();
    assert.ok(page.includes("You have said no") && page.includes("Yes, I can after all"));
    assert.equal((await post(ann, "yes")).status, 303);
    assert.equal((await read(id)).state, "covered");
    for (const path of [`/c/${"A".repeat(32)}`, "/c/short", `${ann}x`])
      assert.equal((await get(path)).status, 404, path);
  });
});
