import type { Contract } from "../../data/staff.ts";
import { useLanguage } from "../../messages/index.tsx";
import { useDays } from "./use-days.ts";
import { useStaffWords } from "./use-staff-words.ts";

/** A version of a contract in one sentence: 40 h a week since 9 Sep 2024. */
export function useContractText() {
  const { format } = useLanguage();
  const { person: text } = useStaffWords();
  const day = useDays();
  const hours = ({ nominal, partPermille = 1_000 }: Contract) => {
    const full = text.hours[nominal.per](format.duration(nominal.minutes));
    return partPermille === 1_000 ? full : `${full}, ${text.part(format.percent(partPermille / 1_000))}`;
  };
  const sentence = (version: Contract, today: string) => {
    if (version.until !== null && version.until < today) return text.endedOn(day(version.until));
    return (version.from > today ? text.startsOn : text.since)(hours(version), day(version.from));
  };
  return { hours, sentence };
}
