import { assemble, hasPassed, spanOf, type Assembled, type Meant } from "./assemble.ts";
import { chooseFrom, exchanged, type Chosen } from "./choose.ts";
import { grammarOf } from "./grammars.ts";
import type { Difference, Meaning, Reading, Situation, Span, Words } from "./meaning.ts";
import { scan } from "./scan.ts";
import { sceneOf, type Scene } from "./scene.ts";

/** More other meanings than this are not a help. */
export const READINGS_MAX = 6;

/**
 * Reads a line of plain words: the stretches that mean something, what they add up to, and what else they could mean.
 *
 * Pure, never throws, whatever the text [LG1]. The first `READ_UNITS_MAX` units are read for parts, the rest is title.
 * Cost: linear in the tokens and in the names that a word after "with" or "in" begins; a quarter of a millisecond a line with 300 people.
 */
export function readWords(text: string, situation: Situation): Words {
  const scene = sceneOf(text, situation, grammarOf(situation.locale), false);
  const chosen = aheadOf(chooseFrom(scan(scene)), situation);
  const best = assemble(scene, text, chosen, { isAmbiguous: () => false });
  const readings: Reading[] = [];
  const doubtful = new Set<Chosen>();

  for (const other of otherChoices(scene, chosen)) {
    const { parts, meaning } = assemble(scene, text, other.chosen, {
      ...other.meant,
      isAmbiguous: (one) => !chosen.includes(one) || one === other.about[0],
    });
    const differs = differences(best.meaning, meaning);
    if (differs.length === 0 || readings.some((reading) => sameMeaning(reading.meaning, meaning))) continue;
    for (const one of other.about) doubtful.add(one);
    readings.push({ ...other.span, differs, parts, meaning });
    if (readings.length === READINGS_MAX) break;
  }
  const { parts, meaning }: Assembled =
    doubtful.size === 0 ? best : assemble(scene, text, chosen, { isAmbiguous: (one) => doubtful.has(one) });
  return { parts, meaning, readings };
}

/** With today selected and no day said, the half of the day that is still ahead, where both are meant [LG32]. */
function aheadOf(chosen: readonly Chosen[], situation: Situation): Chosen[] {
  const isDaySaid = chosen.some(({ choice }) => ["day", "range", "repeat"].includes(choice.value.kind));
  return chosen.map((one) => {
    const { value } = one.choice;
    if (isDaySaid || value.kind !== "time" || !hasPassed(value.startMinute, situation)) return one;
    const ahead = one.match.choices.find(
      ({ value }) => value.kind === "time" && !hasPassed(value.startMinute, situation),
    );
    return ahead === undefined ? one : { match: one.match, choice: ahead };
  });
}

type Other = {
  readonly chosen: readonly Chosen[];
  readonly about: readonly Chosen[];
  readonly span: Span;
  readonly meant: Meant;
};

/** Every way to take one match otherwise: the second choices of all, then the third, then what the whole can mean besides [LG9]. */
function* otherChoices(scene: Scene, chosen: readonly Chosen[]): Generator<Other> {
  const choicesMax = Math.max(0, ...chosen.map(({ match }) => match.choices.length));
  for (let rank = 0; rank < choicesMax; rank++) {
    for (const [i, { match, choice: taken }] of chosen.entries()) {
      const choice = match.choices[rank];
      if (choice === undefined || choice === taken) continue;
      const others = exchanged(chosen, i, choice);
      if (others === null) continue;
      const about = chosen.filter(({ match: one }) => one === match || one === choice.previous).toReversed();
      const spans = about.map((one) => spanOf(scene, one));
      const span = { from: Math.min(...spans.map(({ from }) => from)), to: spans[0]!.to };
      yield { chosen: others, about, span, meant: {} };
    }
  }
  const time = chosen.find(({ choice }) => choice.value.kind === "time");
  const value = time?.choice.value;
  if (time !== undefined && value?.kind === "time" && hasPassed(value.startMinute, scene.situation)) {
    yield { chosen, about: [time], span: spanOf(scene, time), meant: { isTodayMeant: true } };
  }
  const range = chosen.find(({ choice }) => choice.value.kind === "range");
  if (time !== undefined && range !== undefined) {
    yield { chosen, about: [range], span: spanOf(scene, range), meant: { isOneStretch: true } };
  }
}

function differences(one: Meaning, other: Meaning): Difference[] {
  const differs: Difference[] = [];
  if (one.title !== other.title) differs.push("title");
  if (one.fromDay !== other.fromDay) differs.push("day");
  if (one.startMinute !== other.startMinute) differs.push("time");
  if (lengthOf(one) !== lengthOf(other)) differs.push("length");
  if (one.repeat !== other.repeat) differs.push("repeat");
  if (one.people.join("\n") !== other.people.join("\n")) differs.push("people");
  if (one.place !== other.place) differs.push("place");
  return differs;
}

function lengthOf(meaning: Meaning): string {
  return meaning.startMinute === null ? `${meaning.toDay - meaning.fromDay} d` : `${meaning.minutes} min`;
}

function sameMeaning(one: Meaning, other: Meaning): boolean {
  return differences(one, other).length === 0;
}
