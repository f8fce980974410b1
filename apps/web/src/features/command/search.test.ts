import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Calendar, Event } from "../../data/api.ts";
import type { Entry } from "../../data/entries.ts";
import type { Directory } from "../../data/session.ts";
import { search, type Found } from "./search.ts";

const directory: Directory = {
  calendars: new Map([["cal_1", { id: "cal_1", name: "Fixtures" } as Calendar]]),
  people: [
    { id: "per_1", name: "Inês Duarte" },
    { id: "per_2", name: "Tomas Brandt" },
  ] as never,
  things: [{ id: "res_1", name: "Hall B" }] as never,
  names: new Map(),
};

const entry = (id: string, title: string, startMs: number, location: string | null = null): Entry => ({
  key: `${id} ${startMs}`,
  event: { id, title, location } as Event,
  calendar: null,
  startMs,
  endMs: startMs + 10,
  fromDay: 0,
  toDay: 1,
  isBar: false,
  isBusy: true,
});
const shown = (found: readonly Found[]) =>
  found.map((each) => (each.what === "event" ? `${each.entry.event.title} ${each.entry.startMs}` : each.name));
const find = (query: string, entries: readonly Entry[] = [], nowMs = 100) =>
  shown(search(query, entries, directory, nowMs));

describe("search", () => {
  test("finds people, things and calendars by the beginning of any word, accents and case aside", () => {
    assert.deepEqual(find("ines"), ["Inês Duarte"]);
    assert.deepEqual(find("DUA"), ["Inês Duarte"]);
    assert.deepEqual(find("hall"), ["Hall B"]);
    assert.deepEqual(find("fix"), ["Fixtures"]);
    assert.deepEqual(find("all"), [], "not from the middle of a word");
  });

  test("wants every word", () => {
    assert.deepEqual(find("ines du"), ["Inês Duarte"]);
    assert.deepEqual(find("ines brandt"), []);
  });

  test("finds a series once, by its next occurrence, and what is over last", () => {
    const entries = [
      entry("a", "Coach 1:1", 10),
      entry("b", "Coach clinic", 20),
      entry("a", "Coach 1:1", 120),
      entry("a", "Coach 1:1", 140),
    ];
    assert.deepEqual(find("coach", entries), ["Coach 1:1 120", "Coach clinic 20"]);
  });

  test("looks at places too, and says nothing to a single letter or none", () => {
    const entries = [entry("a", "Site walk", 120, "Riverside pool")];
    assert.deepEqual(find("riverside", entries), ["Site walk 120"]);
    assert.deepEqual(find("r", entries), []);
    assert.deepEqual(find("  ", entries), []);
    assert.deepEqual(find("!!", entries), []);
  });

  test("names at most a handful of each", () => {
    const entries = Array.from({ length: 50 }, (_, i) => entry(`e${i}`, `Lesson ${i}`, 200 + i));
    assert.equal(find("lesson", entries).length, 6);
  });
});
