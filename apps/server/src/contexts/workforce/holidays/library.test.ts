import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { holidaysHere } from "./library.ts";

const dayText = (day: number): string => Temporal.PlainDate.from("1970-01-01").add({ days: day }).toString();

async function shown(region: string, year: number, types: readonly string[] = ["public"]): Promise<readonly string[]> {
  const known = await holidaysHere.holidaysOf(region, year, year);
  return known!.days
    .filter(({ type }) => types.includes(type))
    .map(
      ({ day, names, fromMinute }) =>
        `${dayText(day).slice(5)} ${names.en}${fromMinute === null ? "" : ` ${fromMinute / 60}`}`,
    );
}

describe("holidays of a region", () => {
  test("are those of its country and its own, in the languages of the page", async () => {
    const bavaria = await holidaysHere.holidaysOf("DE-BY", 2027, 2027);
    assert.deepEqual([bavaria!.names.en, bavaria!.names.de], ["Bavaria", "Bayern"]);
    const corpus = bavaria!.days.find(({ key }) => key === "easter 60")!;
    assert.deepEqual([dayText(corpus.day), corpus.type], ["2027-05-27", "public"]);
    assert.deepEqual(corpus.names, {
      en: "Corpus Christi",
      de: "Fronleichnam",
      fr: "la Fête-Dieu",
      es: "Corpus Christi",
    });
    assert.equal(
      (await shown("DE-BE", 2027)).some((each) => each.includes("Corpus")),
      false,
    );
    assert.ok((await shown("DE-BY-A", 2027)).includes("08-08 Augsburg Peace Festival"));
  });

  test("close half a day from when the tables say", async () => {
    assert.deepEqual(
      (await shown("AT", 2027, ["bank"])).filter((each) => each.startsWith("12-")),
      ["12-24 Christmas Eve 14", "12-31 New Year's Eve 14"],
    );
  });

  test("that begin at sunset hold on the days that they are counted for", async () => {
    assert.ok((await shown("IL", 2027)).includes("04-22 Passover (Pesach)"));
    const bayram = (await shown("TR", 2027)).filter(
      (each) => /^0[35]-/.test(each) && /End of Ramadan|Feast|Eid/.test(each),
    );
    assert.deepEqual(
      bayram.map((each) => each.slice(0, 5)),
      ["03-09", "03-10", "03-11", "05-16", "05-17", "05-18", "05-19"],
    );
  });

  test("of no region are none", async () => {
    for (const region of ["XX", "DE-XX", "DE-BY-XX", "DE-constructor"])
      assert.equal(await holidaysHere.holidaysOf(region, 2027, 2027), null);
    assert.equal(await holidaysHere.regionsOf("XX", "en"), null);
  });

  test("are looked for by country, part and part of a part", async () => {
    const namesOf = async (of: string | null, language: "en" | "de") =>
      (await holidaysHere.regionsOf(of, language))!.map(({ region, name }) => `${region} ${name}`);
    assert.ok((await namesOf(null, "de")).includes("DE Deutschland"));
    assert.ok((await namesOf("DE", "en")).includes("DE-BY Bavaria"));
    assert.ok((await namesOf("DE", "de")).includes("DE-BY Bayern"));
    assert.deepEqual(await namesOf("DE-BY", "en"), [
      "DE-BY-A Augsburg",
      "DE-BY-KATH Catholic municipalities",
      "DE-BY-EVANG Protestant municipalities",
    ]);
    assert.deepEqual(await namesOf("DE-BY-A", "en"), []);
  });
});
