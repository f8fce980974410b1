import { hardOf, type Setting } from "../catalogue/check.ts";
import type { Breach, Telling } from "../catalogue/constraint.ts";
import { settingBroken } from "../catalogue/judge.ts";
import { pairs } from "../catalogue/pairs.ts";
import { momentText } from "../words.ts";
import type { Hindrance, Reason, Relaxation } from "./wish.ts";

/** What a sentence about a time may name. */
export type TimeTelling = Pick<Telling, "titleOf" | "zone"> & {
  readonly nameOf: (subject: number) => string;
  /** The settings that were asked, for the words of their constraints. */
  readonly settings: readonly Setting[];
  /** How a sentence about a setting is said; as it is where it is left out. */
  readonly sayOf?: (setting: Setting, sentence: string) => string;
};

/** A reason in one English sentence, or in as many as there are hindrances. */
export function reasonText(reason: Reason, telling: TimeTelling): string {
  const { nameOf } = telling;
  switch (reason.kind) {
    case "everybody":
      return reason.count === 1 ? "The one who is wanted can come." : `All ${reason.count} can come.`;
    case "required-missing":
      return sentences(`${nameOf(reason.subject)} is required and cannot come.`, reason.hindrances, telling);
    case "optional-missing":
      return sentences(`${nameOf(reason.subject)} cannot come, and need not.`, reason.hindrances, telling);
    case "room":
      return `${nameOf(reason.subject)} is free.`;
    case "no-room":
      return sentences("No room will do.", reason.hindrances, telling);
    case "liked":
      return reason.liking > 0 ? "These hours are liked." : "These hours are not liked.";
    case "cost":
      return ruleText(reason.breach, telling);
  }
}

/** What to give up, in one English sentence. */
export function relaxationText(relaxation: Relaxation, { nameOf, settings, zone }: TimeTelling): string {
  const when = momentText(relaxation.time.startMs, zone);
  switch (relaxation.kind) {
    case "person":
      return `Without ${nameOf(relaxation.subject)} it is possible on ${when}.`;
    case "room":
      return `Without a room it is possible on ${when}.`;
    case "rule": {
      const set = settings.find(({ constraint }) => constraint.id === relaxation.constraint);
      return `If it need not hold that ${set?.constraint.rule ?? relaxation.constraint}, it is possible on ${when}.`;
    }
  }
}

const sentences = (first: string, hindrances: readonly Hindrance[], telling: TimeTelling): string =>
  [first, ...hindrances.map((each) => hindranceText(each, telling))].join(" ");

function hindranceText(hindrance: Hindrance, telling: TimeTelling): string {
  const name = telling.nameOf(hindrance.subject);
  switch (hindrance.kind) {
    case "rule":
      return ruleText(hindrance.breach, telling);
    case "room-places":
      return `${name} has ${hindrance.places} places, and ${hindrance.wanted} are wanted.`;
    case "room-features":
      return `${name} has no ${new Intl.ListFormat("en", { type: "disjunction" }).format(hindrance.missing)}.`;
  }
}

/** A breach in the words of its constraint; pairs are known though nobody has set them. */
function ruleText(breach: Breach, { nameOf, titleOf, zone, settings, sayOf }: TimeTelling): string {
  // Who looks for a time learns who is taken, never by what: “something else” twice over tells nobody anything.
  if (breach.occurrences.every((each) => titleOf(each) === null) && PAIR_IDS.has(breach.constraint))
    return `${nameOf(breach.subject)} is taken then.`;
  const set = settingBroken([...settings, ...hardOf(settings)], breach);
  const text = set.constraint.explain(breach, { subject: nameOf(breach.subject), titleOf, nameOf, zone });
  return sayOf === undefined ? text : sayOf(set, text);
}

const PAIR_IDS: ReadonlySet<string> = new Set(pairs.map(({ id }) => id));
