import { dateOf } from "@hourwright/time";
import { useLanguage } from "../../messages/index.tsx";
import { Button } from "../../ui/button.tsx";
import { Choice } from "../../ui/field.tsx";
import { daysOf, OBJECTIVES, SECONDS, WEIGHTS, WINDOWS, type Choices, type Weight } from "./choice.ts";
import styles from "./optimise.module.css";

/** Whose time, when, what is to be better, and for how long it is looked. */
export function WishForm(props: {
  readonly choices: Choices;
  /** How many lines are shown; 0 when everybody is, and nobody was chosen. */
  readonly shown: number;
  readonly day: number;
  readonly firstWeekday: number;
  readonly onChange: (choices: Choices) => void;
  readonly onLook: () => void;
}) {
  const { choices, shown, day, firstWeekday, onChange } = props;
  const { words, format } = useLanguage();
  const text = words.optimise;
  const isNothing = OBJECTIVES.every((objective) => choices.weights[objective] === "off");
  const windowName = (window: Choices["window"]): string => {
    const { fromDay, toDay } = daysOf(window, day, firstWeekday);
    if (window === "week") return text.week(format.dayRange(fromDay, toDay - 1, "short"));
    const { year, month } = dateOf(fromDay);
    return text.month(format.monthLong(month), year);
  };
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isNothing) props.onLook();
      }}
    >
      <Choice
        label={text.who}
        value={shown === 0 ? "me" : choices.who}
        options={[
          ...(shown === 0 ? [] : [{ value: "shown", label: text.shown(shown) }]),
          { value: "me", label: text.me },
        ]}
        onChange={(who) => onChange({ ...choices, who: who === "me" ? "me" : "shown" })}
      />
      {shown === 0 && <p className={styles.quiet}>{text.whoHint}</p>}
      <Choice
        label={text.window}
        value={choices.window}
        options={WINDOWS.map((window) => ({ value: window, label: windowName(window) }))}
        onChange={(value) => onChange({ ...choices, window: WINDOWS.find((window) => window === value) ?? "month" })}
      />
      <fieldset className={styles.weights}>
        <legend>{text.improve}</legend>
        {OBJECTIVES.map((objective) => (
          <Choice
            key={objective}
            label={text.objectives[objective]}
            value={choices.weights[objective]}
            options={WEIGHT_NAMES.map((weight) => ({ value: weight, label: text.weights[weight] }))}
            onChange={(value) => {
              const weight = WEIGHT_NAMES.find((each) => each === value) ?? "off";
              onChange({ ...choices, weights: { ...choices.weights, [objective]: weight } });
            }}
          />
        ))}
      </fieldset>
      <Choice
        label={text.time}
        value={String(choices.seconds)}
        options={SECONDS.map((seconds) => ({ value: String(seconds), label: text.seconds(seconds) }))}
        onChange={(value) =>
          onChange({ ...choices, seconds: SECONDS.find((seconds) => String(seconds) === value) ?? SECONDS[0] })
        }
      />
      {isNothing && <p role="status">{text.nothingWished}</p>}
      <Button kind="primary" type="submit" isDisabled={isNothing}>
        {text.look}
      </Button>
    </form>
  );
}

const WEIGHT_NAMES = Object.keys(WEIGHTS) as readonly Weight[];
