import { useState } from "react";
import type { Answer } from "@hourwright/client";
import { changeOrSay, useAsked } from "../../data/office.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/field.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { ModelsOfAll } from "./models.tsx";
import own from "./learned.module.css";
import { Answered, Section } from "../../shell/section.tsx";
import styles from "../../shell/section.module.css";
import { useLearnedWords } from "./use-learned-words.ts";

type Learned = Answer<"learned.read">;
type Weight = Learned["weights"][number];
type Stretch = Learned["hours"]["liked"][number];

/** What answers and hours have taught, in words and numbers; each may be forgotten, and all of it switched off. */
export function LearnedOfMe(props: { readonly firstWeekday: number; readonly mayRule: boolean }) {
  const { firstWeekday, mayRule } = props;
  const { words } = useOfficeLanguage();
  const text = useLearnedWords();
  const { network: offline } = words.failures;
  const asked = useAsked("learned.read", {});
  const [isLeaving, setLeaving] = useState(false);
  const turn = (isOn: boolean) =>
    changeOrSay("learned.switch", { body: { isOn } }, { said: isOn ? text.said.on : text.said.off, offline });
  return (
    <Section title={words.settings.sections.learned} intro={text.intro}>
      <Answered asked={asked}>
        {(learned) => (
          <>
            <Checkbox isSelected={learned.isOn} onChange={(isOn) => (isOn ? void turn(true) : setLeaving(true))}>
              {text.on}
            </Checkbox>
            {learned.isOn ? (
              <>
                <Answers {...learned} />
                <Hours hours={learned.hours} firstWeekday={firstWeekday} />
              </>
            ) : (
              <p className={styles.empty}>{text.off}</p>
            )}
          </>
        )}
      </Answered>
      {isLeaving && (
        <Confirm {...text.switchOff} onConfirm={() => void turn(false)} onClose={() => setLeaving(false)} />
      )}
      <ModelsOfAll mayRule={mayRule} />
    </Section>
  );
}

function Answers({ answers, weights, calibration }: Pick<Learned, "answers" | "weights" | "calibration">) {
  const { words } = useOfficeLanguage();
  const text = useLearnedWords();
  const { network: offline } = words.failures;
  const [isForgetting, setForgetting] = useState(false);
  const { count, few, enough, state } = answers;
  const reset = (weight: Weight["name"] | null) =>
    void changeOrSay(
      "learned.reset",
      { body: { what: "weights", weight } },
      { said: weight === null ? text.said.off : text.said.weight, offline },
    );
  return (
    <Section
      title={text.answers}
      intro={
        count === 0
          ? text.nothing(few)
          : [
              text.count(count),
              text.state[state]((state === "none" ? few : enough) - count),
              calibration === null ? "" : text.calibration(calibration.error, calibration.noise),
            ]
              .filter((sentence) => sentence !== "")
              .join(" ")
      }
    >
      {count > 0 && (
        <>
          <div>
            <h3>{text.weights}</h3>
            <p className={styles.quiet}>{text.weightsHint}</p>
          </div>
          <ul className={styles.list} aria-label={text.weights}>
            {weights.map((weight) => (
              <WeightRow key={weight.name} weight={weight} onReset={() => reset(weight.name)} />
            ))}
          </ul>
          <div className={styles.actions}>
            <Button onPress={() => setForgetting(true)}>{text.forgetAnswers}</Button>
          </div>
        </>
      )}
      {isForgetting && (
        <Confirm
          title={text.forgetAnswersTitle}
          sentence={text.forgetAnswersSentence}
          submit={text.forget}
          onConfirm={() => reset(null)}
          onClose={() => setForgetting(false)}
        />
      )}
    </Section>
  );
}

/** A weight as a bar from half to double, on a scale on which the default is in the middle. */
function WeightRow({ weight, onReset }: { readonly weight: Weight; readonly onReset: () => void }) {
  const text = useLearnedWords();
  const { name, factor, factorMin, factorMax } = weight;
  const title = text.costs[name];
  const part = Math.log(factor / factorMin) / Math.log(factorMax / factorMin);
  return (
    <li className={`${styles.row} ${own.weight}`}>
      <div className={styles.what}>
        <b>{title}</b>
        <span>{text.factor(factor)}</span>
      </div>
      <span className={own.bar} aria-hidden="true">
        <i style={{ inlineSize: `${Math.round(part * 100)}%` }} />
      </span>
      {Math.abs(factor - 1) >= 0.005 && (
        <Button size="small" aria-label={text.resetWeight(title)} onPress={onReset}>
          {text.toDefault}
        </Button>
      )}
    </li>
  );
}

/** Stretches in a sentence; the strip shows the rest. */
const STRETCHES_TOLD = 6;
const DAY_MINUTES = 1_440;
const MINUTE_MS = 60_000;

function Hours({ hours, firstWeekday }: { readonly hours: Learned["hours"]; readonly firstWeekday: number }) {
  const { words, format } = useOfficeLanguage();
  const text = useLearnedWords();
  const { network: offline } = words.failures;
  const [isForgetting, setForgetting] = useState(false);
  const { seen, zone, liked, avoided, scores } = hours;
  const told = ({ fromMinute, toMinute }: Stretch): string => {
    const weekday = Math.floor(fromMinute / DAY_MINUTES);
    const time = (minute: number) => format.wallTime((minute - weekday * DAY_MINUTES) * MINUTE_MS);
    return text.stretch(format.weekdayLong(weekday + 1), time(fromMinute), time(toMinute));
  };
  // The clearest come first; the strip has them all.
  const said = (stretches: readonly Stretch[], say: typeof text.prefers): string | null => {
    if (stretches.length === 0) return null;
    const clearest = stretches.toSorted((a, b) => Math.abs(b.score - 0.5) - Math.abs(a.score - 0.5));
    const shown = clearest.slice(0, STRETCHES_TOLD).sort((a, b) => a.fromMinute - b.fromMinute);
    return say(shown.map(told), stretches.length - shown.length);
  };
  const [prefers, avoids] = [said(liked, text.prefers), said(avoided, text.avoids)];
  const forget = () => void changeOrSay("learned.reset", { body: { what: "hours" } }, { said: text.said.off, offline });
  return (
    <Section title={text.hours} intro={scores.length === 0 ? text.hoursNothing : text.seen(seen, zone)}>
      {scores.length > 0 && (
        <>
          {prefers !== null && <p>{prefers}</p>}
          {avoids !== null && <p>{avoids}</p>}
          {prefers === null && avoids === null && <p>{text.even}</p>}
          <Strip scores={scores} firstWeekday={firstWeekday} />
          <div className={styles.actions}>
            <Button onPress={() => setForgetting(true)}>{text.forgetHours}</Button>
          </div>
        </>
      )}
      {isForgetting && (
        <Confirm
          title={text.forgetHoursTitle}
          sentence={text.forgetHoursSentence}
          submit={text.forget}
          onConfirm={forget}
          onClose={() => setForgetting(false)}
        />
      )}
    </Section>
  );
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
/** Hours under which the strip says which they are. */
const TOLD_HOURS = [0, 6, 12, 18];

/** The week as seven rows of hours. What it shows stands in the sentences above it as well. */
function Strip({ scores, firstWeekday }: { readonly scores: readonly number[]; readonly firstWeekday: number }) {
  const { format } = useOfficeLanguage();
  const text = useLearnedWords();
  const days = Array.from({ length: 7 }, (_, index) => (firstWeekday - 1 + index) % 7);
  return (
    <figure className={own.strip}>
      <div role="img" aria-label={text.strip}>
        {days.map((day) => (
          <div key={day} className={own.day}>
            <span>{format.weekdayShort(day + 1)}</span>
            {HOURS.map((hour) => (
              <i key={hour} style={{ opacity: depthOf(scores[day * 24 + hour] ?? 0.5) }} />
            ))}
          </div>
        ))}
        <div className={own.day}>
          <span />
          {TOLD_HOURS.map((hour) => (
            <b key={hour}>{format.wallTime(hour * 60 * MINUTE_MS)}</b>
          ))}
        </div>
      </div>
      <figcaption className={styles.quiet} aria-hidden="true">
        {text.strip}
      </figcaption>
    </figure>
  );
}

/** Of 0.2 to 0.9 nearly all: scores seldom go further. */
const depthOf = (score: number): number => Math.round(Math.min(1, Math.max(0.04, (score - 0.2) / 0.7)) * 100) / 100;
