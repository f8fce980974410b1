import styles from "./panel.module.css";

/** One event as two lines with its category's edge; a plain button when it can be opened, since a day may list a hundred. */
export function EventLine(props: {
  readonly title: string;
  readonly time: string;
  readonly where: string;
  readonly hue: number;
  readonly isChosen?: boolean;
  readonly onOpen?: (() => void) | undefined;
}) {
  const { title, time, where, hue, isChosen = false, onOpen } = props;
  const inside = (
    <>
      <i aria-hidden="true" />
      <b>{title}</b>
      <span className={styles.time}>{time}</span>
      <span className={styles.where}>{where}</span>
    </>
  );
  const style = { "--hue": hue } as React.CSSProperties;
  if (onOpen === undefined)
    return (
      <div className={styles.event} style={style}>
        {inside}
      </div>
    );
  return (
    <button type="button" className={styles.event} style={style} data-chosen={isChosen || undefined} onClick={onOpen}>
      {inside}
    </button>
  );
}
