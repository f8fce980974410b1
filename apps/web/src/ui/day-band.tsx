import styles from "./day-band.module.css";

/** Minutes of the day. `clashing` blocks are drawn full, in two rows when two of them meet. */
export type BandBlock = {
  readonly from: number;
  readonly to: number;
  readonly hue: number;
  readonly row: 0 | 1 | null;
};
export type BandRange = { readonly from: number; readonly to: number };

const FROM = 7 * 60;
const TO = 19 * 60;
const WIDTH = 260;
const HEIGHT = 44;

/** A day from 07:00 to 19:00 on one line: what is planned, and the shared minutes outlined. */
export function DayBand(props: {
  readonly blocks: readonly BandBlock[];
  readonly clashes: readonly BandRange[];
  /** What is not there yet. */
  readonly ghost?: BandRange;
  /** Null where the row around it says it all. */
  readonly label: string | null;
  readonly size?: "panel" | "row";
  /** The clash is drawn over the minutes both want, not around them. */
  readonly isShared?: boolean;
}) {
  const { blocks, clashes, ghost, label, size = "panel" } = props;
  return (
    <svg
      className={size === "panel" ? styles.panel : styles.row}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      {...(label === null ? { "aria-hidden": true } : { role: "img", "aria-label": label })}
    >
      {(size === "panel" ? [9, 12, 15, 18] : [11, 15]).map((hour) => (
        <rect key={hour} className={styles.hour} x={xOf(hour * 60)} width={1} height={HEIGHT} />
      ))}
      {distinct(blocks).map(([key, { from, to, hue, row }]) => (
        <rect
          key={key}
          className={row === null ? styles.quiet : styles.loud}
          x={xOf(from) + 0.5}
          width={Math.max(2, xOf(to) - xOf(from) - 1.5)}
          y={row === 1 ? 24 : 6}
          height={row === null ? 32 : 14}
          rx={3}
          fill={`oklch(var(--bar-edge) ${hue})`}
        />
      ))}
      {distinct(clashes).map(([key, { from, to }]) => (
        <rect
          key={key}
          className={props.isShared === true ? styles.shared : styles.clash}
          x={xOf(from)}
          width={Math.max(3, xOf(to) - xOf(from))}
          y={3}
          height={HEIGHT - 6}
          rx={3}
        />
      ))}
      {ghost !== undefined && isVisible(ghost) && (
        <rect
          className={styles.ghost}
          x={xOf(ghost.from)}
          width={Math.max(3, xOf(ghost.to) - xOf(ghost.from))}
          y={3}
          height={HEIGHT - 6}
          rx={3}
        />
      )}
    </svg>
  );
}

/** What lies in the window; of blocks that would be drawn over each other exactly, one. */
function distinct<Range extends BandRange>(ranges: readonly Range[]): [string, Range][] {
  return [...new Map(ranges.filter(isVisible).map((range) => [Object.values(range).join(" "), range]))];
}

function isVisible({ from, to }: BandRange): boolean {
  return to > FROM && from < TO;
}

function xOf(minute: number): number {
  return ((Math.min(TO, Math.max(FROM, minute)) - FROM) / (TO - FROM)) * WIDTH;
}
