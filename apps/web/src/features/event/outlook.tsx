import { useId, useMemo } from "react";
import { useAsked } from "../../data/office.ts";
import { useLanguage } from "../../messages/index.tsx";
import styles from "./event-dialog.module.css";
import { outlookWords } from "./outlook-words.ts";

/** What a model foretells of a coming event, where one is on; nothing otherwise, and nothing while that is not known. */
export function Outlook({ id, recurrenceId }: { readonly id: string; readonly recurrenceId: string | null }) {
  const { locale, format } = useLanguage();
  const text = useMemo(() => outlookWords[locale](format), [locale, format]);
  const heading = useId();
  const query = recurrenceId === null ? {} : { recurrenceId };
  const asked = useAsked("events.outlook", { params: { id }, query });
  if (asked.status !== "ready" || asked.value.state !== "foretold") return null;
  const { chances, version, isTried, isMadeUp } = asked.value;
  const common = chances.flatMap(({ what, how, ofHundred }) => (how === "seldom" ? [] : text[how][what](ofHundred)));
  const by = text.by[isMadeUp ? "madeUp" : isTried ? "tried" : "serving"];
  return (
    <section className={styles.outlook} aria-labelledby={heading}>
      <h3 id={heading} className={styles.label}>
        {text.title}
      </h3>
      {common.length === 0 ? <p>{text.calm}</p> : common.map((sentence) => <p key={sentence}>{sentence}</p>)}
      <p className={styles.quiet}>{by(version!)}</p>
    </section>
  );
}
