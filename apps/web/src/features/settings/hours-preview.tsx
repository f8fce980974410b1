import type { Answer } from "@hourwright/client";
import { useState } from "react";
import { nowMs } from "../../data/clock.ts";
import { useAsked } from "../../data/office.ts";
import { printLayer } from "../../data/printed-layers.ts";
import { instantOfWall, printInstant, wallClockOf } from "../../data/wall-clock.ts";
import { useLanguage } from "../../messages/index.tsx";
import { TextInput } from "../../ui/field.tsx";
import { Answered, Section } from "../../shell/section.tsx";
import { dayText, epochDayOf, type Layers } from "./hours-form.ts";
import { useHoursWords } from "./use-hours-words.ts";
import own from "./hours.module.css";

type Part = Answer<"availability.read">["parts"][number];
const DAY_MS = 86_400_000;

/** One day part by part: open or closed, and which layer says so. */
export function DayPreview({ of }: { readonly of: Layers }) {
  const text = useHoursWords();
  const [day, setDay] = useState(() => dayText(Math.floor(nowMs() / DAY_MS)));
  return (
    <Section title={text.preview} intro={text.previewIntro}>
      <div className={own.fields}>
        <TextInput label={text.previewDay} type="date" value={day} onChange={setDay} />
      </div>
      {day !== "" && <PartsOfDay of={of} day={day} />}
    </Section>
  );
}

function PartsOfDay({ of, day }: { readonly of: Layers; readonly day: string }) {
  const text = useHoursWords();
  const language = useLanguage();
  const startOf = (epochDay: number) =>
    printInstant(instantOfWall(wallClockOf(of.zone, Number(day.slice(0, 4))), epochDay * DAY_MS));
  const epochDay = epochDayOf(day);
  const asked = useAsked("availability.read", {
    query: { subjectId: of.id, from: startOf(epochDay), to: startOf(epochDay + 1) },
  });
  return (
    <Answered asked={asked}>
      {({ parts }) => (
        <ol className={own.parts} aria-label={text.preview}>
          {parts.map((part) => (
            <li key={part.start} data-open={part.isOpen}>
              <span className={own.clock}>{`${clockOf(part.start)}–${endClockOf(part)}`}</span>
              <b>{part.isOpen ? text.openNow : text.closedNow}</b>
              <span className={own.why}>{printLayer(part.layer, part.isOpen, language)}</span>
            </li>
          ))}
        </ol>
      )}
    </Answered>
  );
}

const clockOf = (instant: string): string => instant.slice(11, 16);
const endClockOf = ({ end }: Part): string => (clockOf(end) === "00:00" ? "24:00" : clockOf(end));
