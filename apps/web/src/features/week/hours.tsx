/* oxlint-disable jsx-a11y/prefer-tag-over-role -- As the grid that it is a row of. */
import type { ReactNode, Ref } from "react";
import { rangeOn, sharedStrip, type WeekTimes } from "@hourwright/timeline";
import { sidesOf } from "../../data/entries.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Glyph, glyphOf } from "../../ui/glyph.tsx";
import { Carried, framesOfTimes, placeOf } from "./ghosts.tsx";
import { heightOf, type WeekPicture } from "./picture.ts";
import type { Sentences } from "./sentences.ts";
import styles from "./week.module.css";
import { cityOf, hourLabels, wallAt } from "./zones.ts";

/** What is being carried, with a pointer or keys. */
export type Moving = { readonly title: string; readonly times: WeekTimes };

/** The row of minutes: the times of every zone, the days (`children`), and what lies over them. */
export function Hours(props: {
  readonly ref: Ref<HTMLDivElement>;
  readonly picture: WeekPicture;
  readonly say: Sentences;
  readonly moving: Moving | null;
  readonly children: ReactNode;
}) {
  const { ref, picture, say, moving, children } = props;
  const { axis, span, scale, zonesWidth, today, nowMs } = picture;
  const { format } = useLanguage();
  const nowY = heightOf(picture, today - span.firstDay, nowMs);
  return (
    <div ref={ref} role="row" aria-rowindex={3} className={styles.hours} style={{ height: scale.height }}>
      <ZoneTimes
        picture={picture}
        say={say}
        movingMs={moving === null || moving.times.allDay ? null : moving.times.startMs}
      />
      <div className={styles.lines} style={{ insetInlineStart: zonesWidth, width: scale.width }} aria-hidden="true">
        {halfHours(axis.minutes).map((at) => (
          <i key={at} style={{ top: at * scale.minutePx }} data-half={at % 60 !== 0 || undefined} />
        ))}
      </div>
      {children}
      <div className={styles.over} style={{ insetInlineStart: zonesWidth, width: scale.width }}>
        <Shared picture={picture} />
        {moving !== null &&
          framesOfTimes(axis, scale, moving.times).map(({ frame }) => (
            <Carried
              key={frame.x}
              frame={frame}
              title={moving.title}
              when={moving.times.allDay ? "" : format.timeRange(moving.times.startMs, moving.times.endMs)}
            />
          ))}
        {nowY !== null && <i className={styles.nowFaint} style={{ top: nowY }} />}
      </div>
    </div>
  );
}

/** The columns of times, with now, and where what is carried would begin, exactly, in each. */
function ZoneTimes(props: {
  readonly picture: WeekPicture;
  readonly say: Sentences;
  readonly movingMs: number | null;
}) {
  const { picture, say, movingMs } = props;
  const { axis, span, scale, columns, zoneWidth, zonesWidth, nowMs } = picture;
  const { format } = useLanguage();
  const tagsAt = (ms: number, kind: "now" | "moving") => {
    const y = heightOf(picture, say.dayOf(ms) - span.firstDay, ms);
    if (y === null) return null;
    return columns.map(({ zone, clock }, index) => (
      <span
        key={`${kind} ${zone}`}
        className={styles.tag}
        data-kind={kind}
        data-testid={`${kind}-tag`}
        style={{ top: y, insetInlineStart: index * zoneWidth, width: zoneWidth - 6 }}
      >
        {format.wallTime(wallAt(clock, ms))}
      </span>
    ));
  };
  return (
    <div role="rowheader" aria-colindex={1} className={styles.zones} style={{ width: zonesWidth }}>
      <span className={styles.spoken}>{format.list(columns.map(({ zone }) => cityOf(zone)))}</span>
      {columns.map((column, index) => (
        <div key={column.zone} aria-hidden="true" style={{ insetInlineStart: index * zoneWidth, width: zoneWidth }}>
          {hourLabels(axis, column, index === 0).map(({ minute, wallMs, isOff }) => (
            <span key={minute} style={{ top: minute * scale.minutePx }} data-off={isOff || undefined}>
              {wallMs === null ? "" : format.wallTime(wallMs)}
            </span>
          ))}
        </div>
      ))}
      {tagsAt(nowMs, "now")}
      {movingMs !== null && tagsAt(movingMs, "moving")}
    </div>
  );
}

/** The minutes that events of a conflict share, hatched between them, with how long they are. */
function Shared({ picture }: { picture: WeekPicture }) {
  const { axis, scale, days, contents, blocks } = picture;
  const { format } = useLanguage();
  return contents.clashes.flatMap((clash) =>
    days.flatMap((index) => {
      const kind = glyphOf(clash.conflict.kind);
      const range = rangeOn(axis, index, clash.startMs, clash.endMs);
      if (kind === "load" || range === null) return [];
      const sides = new Set(sidesOf(clash));
      const clashing = blocks.filter(({ day, thing }) => day === index && sides.has(thing.id));
      const strip = sharedStrip(scale, range, clashing);
      if (strip === null) return [];
      const minutes = (clash.endMs - clash.startMs) / 60_000;
      return [
        <span key={`${clash.conflict.id} ${index}`} aria-hidden="true" data-shared={minutes}>
          <i className={styles.shared} style={placeOf(strip)} />
          {clashing.every(({ frame }) => frame.width >= TAG_FROM) && (
            <span
              className={styles.length}
              style={{ insetInlineStart: strip.x + strip.width + 2, top: strip.y + strip.height - LENGTH_OVER }}
            >
              <Glyph kind={kind} size={8} /> {format.duration(minutes)}
            </span>
          )}
        </span>,
      ];
    }),
  );
}

/** How far the tag of the length stands over the end of what it measures. */
const LENGTH_OVER = 9;
/** Beside thinner blocks the tag would lie over a third one; the strip alone says where, the block's name what. */
const TAG_FROM = 60;

function halfHours(minutes: number): number[] {
  return Array.from({ length: Math.floor(minutes / 30) - 1 }, (_, index) => (index + 1) * 30);
}
