// Strategy: one letter word by word, then every kind in both languages: nothing that somebody wrote becomes a header, a tag or a link.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { noticeLetter, type NoticeLetterFacts } from "./letter.ts";

const FACTS: NoticeLetterFacts = {
  notice: {
    id: "ntc",
    eventId: "cov",
    personId: "per",
    kind: "cover",
    title: "early shift of Ben Ruiz",
    startMs: Temporal.Instant.from("2027-03-01T06:00:00Z").epochMilliseconds,
    endMs: Temporal.Instant.from("2027-03-01T14:00:00Z").epochMilliseconds,
    byName: "Mara Okafor",
    isRead: false,
    language: "en",
  },
  person: { name: "Ann Lee", zone: "Europe/Prague" },
  organisation: "Larkfield Centre",
  link: "https://example.org/c/abc",
  isPersonal: true,
};
const letter = (more: Partial<NoticeLetterFacts["notice"]> = {}, facts: Partial<NoticeLetterFacts> = {}) =>
  noticeLetter({ ...FACTS, ...facts, notice: { ...FACTS.notice, ...more } });

describe("a notice as mail", () => {
  test("says what is asked, when by the clocks of who reads it, and how to answer", () => {
    const { subject, text } = letter();
    assert.equal(subject, "Can you work the early shift of Ben Ruiz? (Mon 1 Mar, 07:00)");
    assert.equal(
      text,
      [
        "Hello Ann Lee,",
        "Mara Okafor asks whether you can work a shift of somebody who is away. Whoever says yes first has it.",
        "What: early shift of Ben Ruiz\nWhen: Monday, 1 March 2027, 07:00–15:00, Prague time (UTC+1)\nFrom: Mara Okafor",
        "Answer yes or no:\nhttps://example.org/c/abc\nThis link is for you alone: whoever has it can answer for you.",
        "-- \nYou get this message because you work with Larkfield Centre. What is mailed to you is chosen in the settings, under notices.\n",
      ].join("\n\n"),
    );
    const tokyo = letter({ language: "de" }, { person: { name: "Ann Lee", zone: "Asia/Tokyo" } });
    assert.ok(tokyo.subject.startsWith("Vertretung möglich?") && tokyo.text.includes("15:00–23:00"));
  });

  test("of what has no time says none, and of a kind without words its title", () => {
    const asked = letter({ kind: "approval", endMs: FACTS.notice.startMs });
    assert.equal(asked.subject, "Please approve: early shift of Ben Ruiz");
    assert.ok(!asked.text.includes("When:"));
    assert.equal(letter({ kind: "moved", title: "Review" }).subject, "Review (Mon 1 Mar, 07:00)");
  });

  test("makes nothing of what somebody wrote but text", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.constantFrom("cover", "swap", "approval", "bid-won"),
        (wild, kind) => {
          const { subject, html } = letter(
            { title: `<b>${wild}`, byName: `<i>${wild}`, kind },
            { person: { name: wild, zone: "UTC" } },
          );
          assert.ok(!/[\r\n]/.test(subject));
          assert.ok(!html.includes("<b>") && !html.includes("<i>"));
        },
      ),
    );
  });
});
