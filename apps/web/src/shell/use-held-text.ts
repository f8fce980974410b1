import { dayNumber } from "@hourwright/time";
import { parseDate } from "@hourwright/timeline";
import { useLanguage } from "../messages/index.tsx";
import { stateOf, type Held } from "./skill-form.ts";
import { useSkillWords } from "./use-skill-words.ts";

/** How somebody's skill is told in a row: its level, since and until when, and what of that matters today. */
export function useHeldText() {
  const { format } = useLanguage();
  const text = useSkillWords();
  const today = Temporal.Now.plainDateISO().toString();
  const dayText = (day: string): string => {
    const date = parseDate(day);
    return date === null ? day : format.date(dayNumber(date.year, date.month, date.day));
  };
  return (held: Pick<Held, "level" | "levelName" | "from" | "until">, isNamed: boolean) => {
    const state = stateOf(held, today);
    const level = held.levelName ?? (isNamed || held.level > 1 ? text.levelOf(held.level) : null);
    const begins = state === "later" ? text.fromOn(dayText(held.from)) : text.since(dayText(held.from));
    const ends = held.until === null ? null : (state === "ended" ? text.ended : text.lasts)(dayText(held.until));
    return {
      more: state === "ended" ? [level, ends] : [level, begins, ends],
      mark: state === null ? null : text.marks[state],
      tone: state === "ended" ? ("bad" as const) : undefined,
    };
  };
}
