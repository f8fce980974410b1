import { useMemo, useState } from "react";
import { dateOf, DAY_MS, MINUTE_MS } from "@hourwright/time";
import type { Answer } from "../../data/api.ts";
import { useAsked } from "../../data/office.ts";
import { dayOfText, textOfDay } from "../../data/roster.ts";
import { parseInstant, wallClockOf, wallMs } from "../../data/wall-clock.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Answered, Section } from "../../shell/section.tsx";
import section from "../../shell/section.module.css";
import { Button } from "../../ui/button.tsx";
import { TextInput } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { timeText } from "./contract-form.ts";
import { AXIS_MINUTES, type Demand } from "./demand-form.ts";
import styles from "./demand.module.css";
import { useDemandWords } from "./use-demand-words.ts";
import { Wide } from "./wide.tsx";

type Steps = Answer<"coverage.day">["steps"];
/** One stretch of the day by the clocks of the wall. */
type Step = {
  readonly from: number;
  readonly to: number;
  readonly have: number;
  readonly minimum: number;
  readonly ideal: number;
};

const HEIGHT = 120;
const PEOPLE_SHOWN_MIN = 5;

/** One day of a site: who is there beside who is needed, as a curve, in sentences and as a table. */
export function CoverageDay({ demand, today }: { readonly demand: Demand; readonly today: number }) {
  const text = useDemandWords();
  const [day, setDay] = useState(today);
  const { site, skillId, levelMin } = demand;
  const asked = useAsked("coverage.day", {
    params: { day: textOfDay(day) },
    query: {
      site,
      ...(typeof skillId === "string" && { skill: skillId }),
      ...(typeof levelMin === "number" && { level: levelMin }),
    },
  });
  return (
    <Section
      title={text.coverage}
      intro={text.coverageIntro}
      action={
        <div className={styles.turns}>
          <Button size="icon" aria-label={text.before} onPress={() => setDay(day - 1)}>
            <Icon name="previous" size={14} />
          </Button>
          <TextInput
            label={text.day}
            type="date"
            value={textOfDay(day)}
            onChange={(typed) => setDay(dayOfText(typed) ?? day)}
          />
          <Button size="icon" aria-label={text.after} onPress={() => setDay(day + 1)}>
            <Icon name="next" size={14} />
          </Button>
        </div>
      }
    >
      <Answered asked={asked}>{({ steps, zone }) => <Told steps={stepsOf(steps, zone, day)} day={day} />}</Answered>
    </Section>
  );
}

function stepsOf(steps: Steps, zone: string, day: number): readonly Step[] {
  const clock = wallClockOf(zone, dateOf(day).year);
  const minuteOf = (ms: number) => Math.round((wallMs(clock, ms) - day * DAY_MS) / MINUTE_MS);
  return steps.map(({ start, minutes, have, minimum, ideal }) => {
    const ms = parseInstant(start) ?? 0;
    return { from: minuteOf(ms), to: minuteOf(ms + minutes * MINUTE_MS), have, minimum, ideal };
  });
}

function Told({ steps, day }: { readonly steps: readonly Step[]; readonly day: number }) {
  const text = useDemandWords();
  const { format } = useOfficeLanguage();
  const top = Math.max(PEOPLE_SHOWN_MIN, ...steps.map(({ have, ideal }) => Math.max(have, ideal) + 1));
  const short = useMemo(() => shortOf(steps), [steps]);
  const times = ({ from, to }: Pick<Step, "from" | "to">) =>
    `${timeText(from)}–${to >= 1_440 ? "24:00" : timeText(to)}`;
  const y = (people: number) => (1 - people / top) * HEIGHT;
  const pathOf = (value: (step: Step) => number) =>
    steps.map((step, i) => `${i === 0 ? "M" : "L"}${step.from} ${y(value(step))}H${step.to}`).join("");
  const isNeeded = steps.some(({ minimum, ideal }) => minimum > 0 || ideal > 0);
  return (
    <>
      <Wide label={text.chart}>
        <div className={styles.curve} aria-hidden="true">
          <div className={styles.scale}>
            {[top, Math.round(top / 2), 0].map((people) => (
              <span key={people} style={{ insetBlockStart: y(people) }}>
                {people}
              </span>
            ))}
          </div>
          <svg
            className={styles.coverage}
            viewBox={`0 0 ${AXIS_MINUTES} ${HEIGHT}`}
            preserveAspectRatio="none"
            height={HEIGHT}
          >
            {steps.map((step) => (
              <rect
                key={step.from}
                className={styles.have}
                x={step.from}
                width={step.to - step.from}
                y={y(step.have)}
                height={HEIGHT - y(step.have)}
              />
            ))}
            {short.map((step) => (
              <rect
                key={step.from}
                className={styles.short}
                x={step.from}
                width={step.to - step.from}
                y={y(step.minimum)}
                height={y(step.have) - y(step.minimum)}
              />
            ))}
            <path className={styles.idealLine} d={pathOf(({ ideal }) => ideal)} />
            <path className={styles.minimumLine} d={pathOf(({ minimum }) => minimum)} />
          </svg>
        </div>
      </Wide>
      <ul className={styles.legend} aria-hidden="true">
        {(["have", "minimum", "ideal", "short"] as const).map((what) => (
          <li key={what}>
            <i data-what={what} />
            {text.legend[what]}
          </li>
        ))}
      </ul>
      {!isNeeded && <p className={section.quiet}>{text.nobody}</p>}
      {isNeeded && short.length === 0 && <p role="status">{text.covered}</p>}
      {short.length > 0 && (
        <ul className={styles.sentences}>
          {short.map((step) => (
            <li key={step.from}>{text.short(times(step), step.minimum - step.have)}</li>
          ))}
        </ul>
      )}
      <details>
        <summary>{text.coverageTable(format.dayShort(day))}</summary>
        <Wide label={text.coverageTable(format.dayShort(day))}>
          <table className={styles.table}>
            <thead>
              <tr>
                {[text.time, text.have, text.minimum, text.ideal].map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {steps.map((step) => (
                <tr key={step.from}>
                  <th scope="row">{times(step)}</th>
                  <td>{format.number(step.have)}</td>
                  <td>{format.number(step.minimum)}</td>
                  <td>{format.number(step.ideal)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Wide>
      </details>
    </>
  );
}

/** Where somebody is missing; what follows without a gap and by as many is one. */
function shortOf(steps: readonly Step[]): readonly Step[] {
  const found: Step[] = [];
  for (const step of steps) {
    if (step.have >= step.minimum) continue;
    const last = found.at(-1);
    const goesOn =
      last !== undefined && last.to === step.from && last.have === step.have && last.minimum === step.minimum;
    if (goesOn) found[found.length - 1] = { ...last, to: step.to };
    else found.push(step);
  }
  return found;
}
