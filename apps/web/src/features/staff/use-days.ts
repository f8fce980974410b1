import { dayOfText } from "../../data/roster.ts";
import { useLanguage } from "../../messages/index.tsx";

/** Days as the server writes them, as the reader does. */
export function useDays(): (day: string) => string {
  const { format } = useLanguage();
  return (day) => {
    const epochDay = dayOfText(day);
    return epochDay === null ? day : format.date(epochDay);
  };
}
