import { useEffect, useRef } from "react";
import { useLanguage } from "../messages/index.tsx";
import { Button } from "./button.tsx";
import styles from "./free-times.module.css";

/** Times instead of one that was refused, each one press away; a sentence where there are none. */
export function FreeTimes(props: {
  /** The best first. */
  readonly times: readonly { readonly id: string; readonly printed: string }[];
  /** Whether the first takes the focus when it appears. */
  readonly isFirst?: boolean;
  readonly isDisabled?: boolean;
  readonly onChoose: (index: number) => void;
}) {
  const { times, isFirst = false, isDisabled = false, onChoose } = props;
  const { words } = useLanguage();
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isFirst) first.current?.focus();
  }, [isFirst]);
  if (times.length === 0) return <p className={styles.heading}>{words.event.noFreeTimes}</p>;
  return (
    <div className={styles.times} role="group" aria-label={words.event.suggestions}>
      <p className={styles.heading} aria-hidden="true">
        {words.event.suggestions}
      </p>
      {times.map(({ id, printed }, index) => (
        <Button
          key={id}
          isDisabled={isDisabled}
          {...(index === 0 ? { ref: first } : {})}
          onPress={() => onChoose(index)}
        >
          {printed}
        </Button>
      ))}
    </div>
  );
}
