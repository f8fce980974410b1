/* oxlint-disable jsx-a11y/prefer-tag-over-role -- As the grid that it is a row of. */
import { useLanguage } from "../../messages/index.tsx";
import { glyphOfDay } from "./contents.ts";
import { DayHead } from "./day-head.tsx";
import type { WeekPicture } from "./picture.ts";
import type { Sentences } from "./sentences.ts";
import styles from "./week.module.css";
import { ZoneHeads } from "./zone-heads.tsx";

/** The row of heads: the zones', and one for each day. */
export function Heads(props: {
  readonly picture: WeekPicture;
  readonly say: Sentences;
  readonly onZones: (zones: readonly string[]) => void;
  readonly onOpenDay: (day: number) => void;
}) {
  const { picture, say, onZones, onOpenDay } = props;
  const { span, scale, days, weekendOf, columns, zoneWidth, zonesWidth, contents, time, today } = picture;
  const { words, format } = useLanguage();
  return (
    <div role="row" aria-rowindex={1} className={styles.heads} style={{ height: picture.headHeight }}>
      <div
        role="columnheader"
        aria-colindex={1}
        aria-label={words.week.zones.button}
        className={styles.corner}
        style={{ width: zonesWidth }}
        data-control
      >
        <ZoneHeads
          axis={picture.axis}
          columns={columns}
          width={zoneWidth}
          isMirrored={picture.isMirrored}
          onChange={onZones}
        />
      </div>
      {days.map((index) => {
        const at = span.firstDay + index;
        const { x, width } = scale.columns[index]!;
        const isOn = (item: { readonly fromDay: number; readonly toDay: number }) =>
          item.fromDay <= at && item.toDay > at;
        const clashes = contents.clashes.filter(isOn);
        const ribbon = time.ribbons[index] ?? null;
        const marks = say.marks(index);
        return (
          <DayHead
            key={at}
            day={at}
            column={index}
            place={{ x: zonesWidth + x, width }}
            kind={at < today ? "past" : at === today ? "now" : "later"}
            isWeekend={weekendOf[index]!}
            glyph={glyphOfDay(clashes, at)}
            ribbon={ribbon}
            marks={marks}
            name={words.week.dayName({
              date: format.day(at),
              isToday: at === today,
              events: [...contents.timed, ...contents.whole].filter(isOn).length,
              conflicts: [...new Set(clashes.map(({ conflict }) => words.conflict.cellKind(conflict.kind)))],
              load: ribbon?.part ?? null,
              zones: marks.map(({ title }) => title),
            })}
            onPress={onOpenDay}
          />
        );
      })}
    </div>
  );
}
