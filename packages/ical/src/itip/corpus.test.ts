// The public iTIP cases of sabre/vobject: what its broker makes of a change, and of a message. They are not part of
// this repository: CORPORA names the folder that holds them. Where we decide otherwise, SPEC.md says why [IT30].
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { parametersOf, rawValue } from "../content-line.ts";
import { parse } from "../parse.ts";
import { componentsOf, type Component, type Property } from "../tree.ts";
import { encode } from "../utf8.ts";
import { messagesOfChange } from "./change.ts";
import type { SchedulingMessage } from "./message.ts";
import { receiveMessage } from "./receive.ts";

const corpora = process.env["CORPORA"] ?? "";
const file = join(corpora, "itip-broker.json");
const skip = existsSync(file) ? false : "CORPORA names no folder with the corpora";

type Expected = Partial<Pick<SchedulingMessage, "uid" | "method" | "sender" | "senderName" | "recipient">> & {
  readonly component: string;
  readonly recipientName?: string;
};
type Case = {
  readonly id: string;
  readonly blocks: readonly { readonly name: string; readonly text: string }[];
  readonly expected_messages: readonly Expected[] | null;
};

function calendarIn(text: string | undefined): Component | null {
  if (text === undefined) return null;
  const folded = text.replace("RSVP=\nTRUE", "RSVP=\n TRUE"); // One case has lost the blank of a fold.
  const node = parse(encode(folded.replaceAll("\n", "\r\n"))).nodes[0];
  assert.ok(node?.kind === "component", text);
  return node;
}

/** A component in one spelling: order says nothing, nor do defaults, nor how a list is spread over lines. */
function spelled(component: Component, known: ReadonlySet<string>): unknown {
  const lines = component.children.flatMap((child) => (child.kind === "property" ? spelledLine(child) : []));
  const components = componentsOf(component).filter((child) => child.name !== "VTIMEZONE" || known.has(zoneId(child)));
  return { name: component.name, lines: lines.sort(), components: components.map((child) => spelled(child, known)) };
}

function zoneId(vtimezone: Component): string {
  const tzid = vtimezone.children.find((child) => child.kind === "property" && child.name === "TZID");
  return tzid?.kind === "property" ? rawValue(tzid) : "";
}

const DEFAULTS = new Set(["PARTSTAT=NEEDS-ACTION"]);

function spelledLine(line: Property): string[] {
  const value = rawValue(line);
  if (line.name === "PRODID" || line.name === "DTSTAMP" || `${line.name}:${value}` === "CALSCALE:GREGORIAN") return [];
  const parameters = parametersOf(line)
    .map(({ name, values }) => `${name}=${values.join(",")}`)
    .filter((text) => !DEFAULTS.has(text))
    .sort();
  const values = line.name === "EXDATE" ? value.split(",") : [value];
  return values.map((each) => [line.name, ...parameters].join(";") + `:${each}`);
}

/** Whose calendar a case is about: sabre's tests say it in code, by the class that they stand in. */
function userOf({ id }: Case): string[] {
  if (/AttendeeReply|testAttendeeDelete/.test(id)) return ["mailto:one@example.org"];
  if (/SignificantChanges/.test(id)) return ["mailto:martin@fruux.com"];
  if (/ProcessReply/.test(id)) return ["mailto:bar@example.org"];
  return ["mailto:strunk@example.org"];
}

/** Our CANCEL counts on from what the attendee has: with the lower SEQUENCE of the case he would ignore it. */
const OTHERWISE = new Map([
  ["sabre-itip/BrokerUpdateEvent.testInviteChangeFromSchedulingToNonSchedulingObject", ["SEQUENCE:1", "SEQUENCE:2"]],
]);

describe("the iTIP cases of sabre/vobject", { skip }, () => {
  const cases = skip === false ? (JSON.parse(readFileSync(file, "utf8")) as Case[]) : [];
  const nowMs = Temporal.Instant.from("2014-07-01T00:00Z").epochMilliseconds;

  for (const each of cases) {
    const texts = (name: string) => each.blocks.filter((block) => block.name === name).map(({ text }) => text);
    const [itip] = texts("itip");
    test(each.id, () => {
      if (itip !== undefined) return received(each, itip, texts("old")[0], texts("expected")[0]);
      const isNew = /BrokerNewEvent/.test(each.id);
      const before = calendarIn(isNew ? undefined : (texts("oldMessage")[0] ?? texts("old")[0]));
      const given = isNew ? texts("message")[0] : texts("newMessage")[0];
      const after = calendarIn(each.id.includes("RRuleOrder") ? reordered(texts("old")[0]!) : given);
      const answer = messagesOfChange({ before, after, addresses: userOf(each), nowMs });
      if (/UIDMisMatch|MultipleUID/.test(each.id)) {
        assert.equal(answer.refused?.code, "several-uids");
        return;
      }
      assert.ok(answer.refused === undefined);
      const { messages } = answer;
      if (each.id.includes("RRuleOrder")) {
        assert.deepEqual(
          messages.map(({ change }) => change),
          ["details"],
        );
        return;
      }
      if (each.id.includes("CaseInsensitiveOrganizers")) {
        assert.equal(messages.length, 3);
        return;
      }
      const expected = each.expected_messages ?? [];
      assert.deepEqual(messages.map(shownAs(expected)), expected);
      const printed = isNew ? [...texts("message").slice(1), ...texts("expectedMessage")] : texts("message");
      const known = new Set((before ?? after)!.children.flatMap((c) => (c.kind === "component" ? [zoneId(c)] : [])));
      const [from, to] = OTHERWISE.get(each.id) ?? ["", ""];
      assert.deepEqual(
        messages.map(({ calendar }) => spelled(calendar, known)),
        printed.map((text) => spelled(calendarIn(text.replace(from!, to!))!, known)),
      );
    });
  }

  function received(each: Case, itip: string, old: string | undefined, expected: string | undefined): void {
    const message = calendarIn(itip)!;
    const stored = calendarIn(old);
    const outcome = receiveMessage({ message, stored, addresses: userOf(each), nowMs });
    if (expected === undefined) {
      assert.equal(outcome.kind, "ignored");
      return;
    }
    assert.ok(outcome.kind === "changed", JSON.stringify(outcome));
    assert.deepEqual(spelled(outcome.calendar, new Set()), spelled(calendarIn(expected)!, new Set()));
  }
});

/** Only what the case names of a message. */
function shownAs(expected: readonly Expected[]) {
  return (message: SchedulingMessage, i: number) => {
    const shown: Record<string, unknown> = { ...message, component: message.kind };
    return Object.fromEntries(Object.keys(expected[i] ?? { uid: "", method: "" }).map((key) => [key, shown[key]]));
  };
}

function reordered(text: string): string {
  return text.replace("RRULE:FREQ=WEEKLY;BYDAY=MO", "RRULE:BYDAY=MO;FREQ=WEEKLY");
}
