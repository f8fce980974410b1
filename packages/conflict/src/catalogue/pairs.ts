import { kindsOf, KIND_IDS, kinds, type KindId } from "../kinds.ts";
import type { Constraint, Example } from "./constraint.ts";
import { constraint, sentence } from "./define.ts";

// Two things that want one subject at once: what the table of kinds says, as entries of the catalogue.

const examples: readonly [Example, Example] = [
  { says: "One ends at ten, the next begins at ten.", there: [{ from: 540, to: 600 }], wish: { from: 600, to: 660 } },
  {
    says: "The next begins ten minutes before the end.",
    there: [{ from: 540, to: 610 }],
    wish: { from: 600, to: 660 },
  },
];

const TITLES: Readonly<Record<KindId, string>> = {
  overlap: "In one place at a time",
  attendee: "In one meeting at a time",
  resource: "Used once at a time",
};

export const pairs: readonly Constraint[] = KIND_IDS.map((id, bit) =>
  constraint({
    id,
    title: TITLES[id],
    rule: kinds[id].rule,
    isHard: kinds[id].hard,
    weight: 1_000,
    severity: kinds[id].severity,
    concerns: [id === "resource" ? "things" : "people"],
    scopes: [],
    parameters: {},
    judges: "plan",
    reach: () => "spot",
    find: ({ taken }, { startMs, endMs }, _values, _world, report) => {
      let running: typeof taken = [];
      for (const taking of taken) {
        if (taking.startMs >= endMs) return;
        running = running.filter((each) => each.endMs > taking.startMs);
        if (taking.startMs >= startMs) {
          for (const other of running) {
            if (other.event === taking.event || (kindsOf(other.how, taking.how) & (1 << bit)) === 0) continue;
            const sharedEndMs = Math.min(other.endMs, taking.endMs);
            report({
              occurrences: [other.occurrence, taking.occurrence].sort((a, b) => a - b),
              startMs: taking.startMs,
              endMs: sharedEndMs,
              units: (sharedEndMs - taking.startMs) / 60_000,
              facts: {},
            });
          }
        }
        running = [...running, taking];
      }
    },
    explain: sentence(({ who, what, when }) => `${who} is wanted by ${what} at once on ${when}: ${kinds[id].rule}.`),
    examples,
  }),
);
