import { dateOf, dayNumber, daysInMonth } from "@hourwright/time";
import { isDate, monthAt, yearAt } from "./dates.ts";
import { daysAt } from "./days.ts";
import { grammarOf } from "./grammars.ts";
import type { Situation } from "./meaning.ts";
import { afterArticle, found, numberAt, sceneOf, standsApart, type Found, type Scene } from "./scene.ts";

/** A day, and the other days the same words may mean, best first. */
export type DateReading = { readonly day: number; readonly others: readonly number[] };

/**
 * Reads a text that is a date and nothing else, for "go to date": `3 sep`, `+6w`, `next fri`, `12.5.`, `12`, `sep 2027`;
 * of several days the first. Null when it is none. Years and months that are not said are those in view [LG70].
 */
export function readDate(text: string, situation: Situation): DateReading | null {
  const scene = sceneOf(text, situation, grammarOf(situation.locale), true);
  let at = 0;
  if (scene.grammar.leads.get(scene.tokens[0]?.text ?? "")?.includes("day") === true) at++;
  at = afterArticle(scene, at);
  const date = firstDays(scene, at) ?? monthDayInView(scene, at) ?? monthInView(scene, at);
  if (date === null || !standsApart(scene, at, date.to) || scene.tokens.slice(date.to).some(isWord)) return null;
  return { day: date.value, others: date.others };
}

const isWord = ({ text }: { text: string }) => text === "" || !/^\p{P}$/u.test(text);

function firstDays(scene: Scene, at: number): Found<number> | null {
  const days = daysAt(scene, at, true);
  return days === null
    ? null
    : found(
        days.to,
        days.value.fromDay,
        days.others.map(({ fromDay }) => fromDay),
      );
}

/** `12`: that day of the month in view. */
function monthDayInView(scene: Scene, at: number): Found<number> | null {
  const day = numberAt(scene, at);
  const { year, month } = dateOf(scene.situation.selectedDay);
  if (day === null || day < 1 || day > daysInMonth(year, month)) return null;
  return found(at + 1, dayNumber(year, month, day));
}

/** `sep`, `sep 2027`: the first of the month. */
function monthInView(scene: Scene, at: number): Found<number> | null {
  const month = monthAt(scene, at);
  if (month === null) return null;
  const said = yearAt(scene, month.to, false);
  const year = said?.value ?? dateOf(scene.situation.selectedDay).year;
  return isDate(year, month.value, 1) ? found(said?.to ?? month.to, dayNumber(year, month.value, 1)) : null;
}
