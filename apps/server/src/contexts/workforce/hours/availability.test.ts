// Layers through the API: set, explained, handed in, undone; holidays by region; opening times as a file, out and in again.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { becomes } from "../../../testing/eventually.ts";
import { startOwnServer, type OwnServer } from "../../../testing/own-server.ts";
import { refusalOf } from "../../../testing/server.ts";

const workdays = (opens: string, closes: string) => [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens, closes }));
const weeks = (...all: ReturnType<typeof workdays>[]) => ({
  kind: "weeks" as const,
  weeks: all,
  anchor: "2027-01-04",
  season: null,
});
const bavaria = { kind: "holidays" as const, region: "DE-BY" };

describe("availability", () => {
  let own: OwnServer;
  before(async () => void (own = await startOwnServer({ now: "2027-03-01T08:00:00Z" })));
  after(() => own[Symbol.asyncDispose]());

  type Layers = Parameters<typeof own.owner<"availability.putLayers">>[1]["body"]["layers"];
  const put = (id: string, layers: Layers) => own.owner("availability.putLayers", { params: { id }, body: { layers } });

  async function shown(subjectId: string, day: string, by = own.owner) {
    const at = (date: string) => Temporal.PlainDate.from(date).toZonedDateTime("Europe/Prague").toInstant().toString();
    const [from, to] = [at(day), at(Temporal.PlainDate.from(day).add({ days: 1 }).toString())];
    const { parts } = await by("availability.read", { query: { subjectId, from, to } });
    return parts.map(({ start, sentence }) => `${start.slice(11, 16)} ${sentence}`);
  }

  /** What claims know of a day, as soon as it is so. */
  async function handedIn(subjectId: string, day: string, wanted: readonly string[]): Promise<void> {
    const end = Temporal.PlainDate.from(day).add({ days: 1 }).toString();
    const query = { subjects: [subjectId], start: `${day}T00:00:00Z`, end: `${end}T00:00:00Z` };
    await becomes(async () => {
      const { items } = await own.owner("subjects.freeBusy", { query });
      return items[0]!.available.map((each) => `${each.start.slice(11, 16)}/${each.end.slice(11, 16)}`);
    }, wanted);
  }

  test("is explained layer by layer, and follows what is set", async () => {
    const person = await own.owner("people.create", { body: { name: "Erik" } });
    const set = await put("organisation", [weeks(workdays("09:00", "17:00")), bavaria]);
    assert.equal(set.version, 1);
    assert.deepEqual(await shown(person.id, "2027-03-29"), [
      "00:00 Closed: public holiday in Bavaria (Easter Monday).",
    ]);
    await handedIn(person.id, "2027-03-30", ["07:00/15:00"]);
    await handedIn(person.id, "2027-03-29", []);
    await put(person.id, [
      {
        kind: "days",
        name: "Easter duty",
        from: "2027-03-29",
        until: "2027-03-29",
        how: "instead",
        times: [{ opens: "22:00", closes: "02:00" }],
      },
      weeks(workdays("06:00", "14:00"), []),
    ]);
    await handedIn(person.id, "2027-03-29", ["20:00/00:00"]);
    await handedIn(person.id, "2027-03-15", ["05:00/13:00"]);
    await handedIn(person.id, "2027-03-22", []);
    const { parts } = await own.owner("availability.read", {
      query: { subjectId: person.id, from: "2027-03-29T22:30:00+02:00", to: "2027-03-29T22:40:00+02:00" },
    });
    assert.deepEqual(
      parts.map(({ isOpen, layer }) => [isOpen, layer?.kind, layer?.of, layer?.name]),
      [[true, "days", person.id, "Easter duty"]],
    );
    const read = await own.owner("availability.layers", { params: { id: person.id } });
    assert.deepEqual([read.version, read.mayChange, read.follows.map(({ id }) => id)], [1, true, ["organisation"]]);
  });

  test("is taken back by undo, and refused to who has read another version", async () => {
    const person = await own.owner("people.create", { body: { name: "Undone" } });
    await put(person.id, [weeks(workdays("10:00", "12:00"))]);
    const { requestId } = await own.owner.full("availability.putLayers", {
      params: { id: person.id },
      body: { layers: [] },
    });
    await own.owner("requests.undo", { params: { id: requestId! } });
    const { layers, version } = await own.owner("availability.layers", { params: { id: person.id } });
    assert.deepEqual([layers.length, version], [1, 3]);
    const late = own.owner("availability.putLayers", { params: { id: person.id }, body: { layers: [] }, ifMatch: 1 });
    assert.equal((await refusalOf(late)).code, "request/version-changed");
  });

  test("of a place holds for what stands there, and things are open at any time until somebody says otherwise", async () => {
    const place = await own.owner("places.create", { body: { name: "Riverside", latitude: 50, longitude: 14 } });
    const hall = await own.owner("resources.create", { body: { name: "Hall", kind: "room", site: "riverside" } });
    assert.deepEqual(await shown(hall.id, "2027-03-02"), ["00:00 Open: any time."]);
    await put(place.id, [weeks(workdays("08:00", "22:00"))]);
    await handedIn(hall.id, "2027-03-02", ["07:00/21:00"]);
    await put(hall.id, [{ kind: "away", start: "2027-03-02T12:00", end: "2027-03-02T13:00", reason: "Boiler" }]);
    await handedIn(hall.id, "2027-03-02", ["07:00/11:00", "12:00/21:00"]);
    assert.equal((await shown(hall.id, "2027-03-02"))[2], "12:00 Closed: away (Boiler).");
    await put(place.id, []);
    await put(hall.id, []);
    assert.deepEqual(await shown(hall.id, "2027-03-02"), ["00:00 Open: any time."]);
  });

  test("of others is changed by who manages them, and why they are away is told to nobody else", async () => {
    const { link } = await own.owner("invitations.create", { body: {} });
    const password = "a long sentence of mine";
    const { me } = await own.server.stranger("join.accept", {
      body: { token: link.split("/join/")[1]!, name: "Member", email: "member@own.example", password },
    });
    const member = await own.server.signedIn("member@own.example", password);
    const { personId } = await own.owner("me.read", {});
    await put(personId, [{ kind: "away", start: "2027-03-03", end: "2027-03-03", reason: "Clinic" }]);
    assert.deepEqual(await shown(personId, "2027-03-03"), ["00:00 Closed: away (Clinic)."]);
    assert.deepEqual(await shown(personId, "2027-03-03", member), ["00:00 Closed: away."]);
    const seen = await member("availability.layers", { params: { id: personId } });
    assert.deepEqual([seen.mayChange, JSON.stringify(seen).includes("Clinic")], [false, false]);
    const codeOf = async (id: string) =>
      (await refusalOf(member("availability.putLayers", { params: { id }, body: { layers: [] } }))).code;
    assert.equal(await codeOf(personId), "request/forbidden");
    assert.equal(await codeOf("organisation"), "request/forbidden");
    assert.equal(await codeOf("per_01J8Z3K4M5N6P7Q8R9S0T1V2W3"), "request/not-found");
    const mine = { kind: "away" as const, start: "2027-03-04", end: "2027-03-05", reason: null };
    await member("availability.putLayers", { params: { id: me!.personId }, body: { layers: [mine] } });
    await handedIn(me!.personId, "2027-03-04", []);
  });

  test("lists holidays of the region beside named days, with their names; they are switched off and renamed", async () => {
    const listed = async () =>
      (await own.owner("holidays.list", { query: { from: "2027-05-01", to: "2027-06-01" } })).items.map(
        ({ day, name, names, region }) => `${day.slice(5)} ${name} ${names["de"] ?? "-"} ${region ?? "-"}`,
      );
    await put("organisation", [weeks(workdays("09:00", "17:00")), bavaria]);
    await own.owner("holidays.add", { body: { days: [{ day: "2027-05-27", name: "Summer party" }] } });
    assert.deepEqual(await listed(), [
      "05-01 Labour Day Maifeiertag Bavaria",
      "05-06 Ascension Day Christi Himmelfahrt Bavaria",
      "05-17 Whit Monday Pfingstmontag Bavaria",
      "05-27 Summer party - -",
    ]);
    const changed = { ...bavaria, without: ["05-01"], renamed: [{ key: "easter 39", name: "Father’s day" }] };
    await put("organisation", [weeks(workdays("09:00", "17:00")), changed]);
    assert.deepEqual((await listed()).slice(0, 2), [
      "05-06 Father’s day - Bavaria",
      "05-17 Whit Monday Pfingstmontag Bavaria",
    ]);
    await put("organisation", [weeks(workdays("09:00", "17:00")), { kind: "holidays", region: "DE-BE" }]);
    await own.owner("holidays.remove", { params: { day: "2027-05-27" } });
    assert.equal(
      (await listed()).some((each) => each.startsWith("05-27")),
      false,
    );
    const unknown = put("organisation", [{ kind: "holidays", region: "DE-XX" }]);
    assert.equal((await refusalOf(unknown)).code, "workforce/layer-invalid");
  });

  test("knows the regions of the world, and the holidays of each in a year", async () => {
    const { items } = await own.owner("holidayRegions.list", { query: { of: "DE", language: "de" } });
    assert.ok(items.some(({ region, name }) => region === "DE-BY" && name === "Bayern"));
    const year = await own.owner("holidayRegions.holidays", { params: { region: "DE-BY" }, query: { year: 2030 } });
    assert.equal(year.region, "Bavaria");
    assert.ok(year.items.some(({ day, names }) => day === "2030-06-20" && names["de"] === "Fronleichnam"));
    const nowhere = own.owner("holidayRegions.list", { query: { of: "XX" } });
    assert.equal((await refusalOf(nowhere)).code, "request/not-found");
  });

  test("goes out as a file and comes in again as the same weeks and days", async () => {
    await put("organisation", [weeks(workdays("09:00", "17:00")), bavaria]);
    const from = await own.owner("people.create", { body: { name: "From" } });
    const to = await own.owner("people.create", { body: { name: "To" } });
    const turns = [workdays("06:00", "14:00"), workdays("14:00", "22:00")];
    const stocktaking = {
      kind: "days" as const,
      from: "2027-04-07",
      until: "2027-04-07",
      how: "instead" as const,
      times: [],
    };
    await put(from.id, [stocktaking, weeks(...turns)]);
    const file = await own.owner("availability.export", { params: { id: from.id } });
    assert.ok(typeof file === "string" && file.includes("BEGIN:VAVAILABILITY"));
    const input = { params: { id: to.id }, query: {}, body: file };
    const preview = await own.owner("availability.import", { ...input, query: { preview: true } });
    assert.deepEqual([preview.isPreview, preview.version], [true, 1]);
    assert.match(
      preview.sentences[0]!,
      /^2 weeks that take turns, and \d+ days? that differs?, were read from 2027-01-29 to 2029-03-30\.$/,
    );
    assert.equal((await own.owner("availability.layers", { params: { id: to.id } })).version, 0);
    await own.owner("availability.import", input);
    for (const day of ["2027-04-06", "2027-04-07", "2027-04-12", "2027-05-27", "2028-02-29"]) {
      const stretches = async (subjectId: string) => {
        const query = { subjectId, from: `${day}T00:00:00+01:00`, to: `${day}T23:00:00+01:00` };
        return (await own.owner("availability.read", { query })).open;
      };
      assert.deepEqual(await stretches(to.id), await stretches(from.id), day);
    }
    const nothing = own.owner("availability.import", { ...input, body: "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n" });
    assert.equal((await refusalOf(nothing)).code, "workforce/no-availability");
  });

  test("is asked of a bounded window alone", async () => {
    const read = (from: string, to: string) =>
      own.owner("availability.read", { query: { subjectId: "organisation", from, to } });
    const codes = await Promise.all(
      [
        read("2027-03-01T00:00:00Z", "2027-07-01T00:00:00Z"),
        read("2027-03-01T00:00:00Z", "2027-03-01T00:00:00Z"),
        read("1800-03-01T00:00:00Z", "1800-03-02T00:00:00Z"),
      ].map(async (asked) => (await refusalOf(asked)).code),
    );
    assert.deepEqual(codes, ["workforce/bad-window", "workforce/bad-window", "workforce/bad-window"]);
  });
});
