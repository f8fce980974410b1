import { useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { timeText } from "./contract-form.ts";
import styles from "./demand.module.css";
import {
  AXIS_MINUTES,
  carried,
  DAY_MINUTES,
  pressed,
  snapped,
  valueOf,
  type Handle,
  type Stretch,
} from "./demand-form.ts";
import { useDemandWords } from "./use-demand-words.ts";

const HEIGHT = 180;
/** A drag begins after so many pixels: less is a press. */
const DRAG_STARTS = 4;
const PEOPLE_SHOWN_MIN = 5;
const HOURS = Array.from({ length: AXIS_MINUTES / 180 + 1 }, (_, i) => i * 180);
const HANDLES: readonly Handle[] = ["move", "start", "end", "minimum", "ideal"];

type Carry =
  | { readonly what: "stretch"; readonly key: number; readonly handle: Handle; readonly grabbedAt: number }
  | { readonly what: "new"; readonly fromX: number; readonly minute: number; readonly key: number | null };

/** Stretches of a day on a line of 36 hours: taken at their edges and tops, by pointer and by keys; drawn across what is empty. */
export function DemandCurve(props: {
  readonly stretches: readonly Stretch[];
  readonly isReadOnly: boolean;
  readonly onChange: (stretch: Stretch) => void;
  /** Answers the key of the new stretch. */
  readonly onDraw: (fromMinute: number, toMinute: number) => number;
  readonly onRemove: (key: number) => void;
}) {
  const { stretches, isReadOnly, onChange, onDraw, onRemove } = props;
  const text = useDemandWords();
  const field = useRef<HTMLDivElement>(null);
  const [carry, setCarry] = useState<Carry | null>(null);
  // While one is carried the scale stays: else its top would run from the pointer.
  const [heldTop, setHeldTop] = useState<number | null>(null);
  const top = heldTop ?? Math.max(PEOPLE_SHOWN_MIN, ...stretches.map(({ ideal }) => ideal + 1));
  const x = (minute: number) => `${(Math.min(minute, AXIS_MINUTES) / AXIS_MINUTES) * 100}%`;
  const width = ({ fromMinute, toMinute }: Stretch) =>
    `${((Math.min(toMinute, AXIS_MINUTES) - fromMinute) / AXIS_MINUTES) * 100}%`;
  const y = (people: number) => (1 - Math.min(people, top) / top) * HEIGHT;
  const at = (event: PointerEvent) => {
    const box = field.current!.getBoundingClientRect();
    return {
      minute: ((event.clientX - box.left) / box.width) * AXIS_MINUTES,
      people: Math.round((1 - (event.clientY - box.top) / HEIGHT) * top),
    };
  };
  const begin = (event: PointerEvent, next: Carry) => {
    if (isReadOnly || event.button !== 0) return;
    event.stopPropagation();
    field.current?.setPointerCapture(event.pointerId);
    setHeldTop(top);
    setCarry(next);
  };
  const move = (event: PointerEvent) => {
    if (carry === null) return;
    const { minute, people } = at(event);
    if (carry.what === "new") {
      if (carry.key === null && Math.abs(event.clientX - carry.fromX) < DRAG_STARTS) return;
      const [from, to] = [carry.minute, snapped(minute, event.altKey)].toSorted((a, b) => a - b) as [number, number];
      if (to <= from || from >= DAY_MINUTES) return;
      if (carry.key === null) return setCarry({ ...carry, key: onDraw(from, to) });
      const drawn = stretches.find(({ key }) => key === carry.key);
      if (drawn !== undefined)
        onChange({ ...drawn, fromMinute: Math.max(0, from), toMinute: Math.min(to, from + DAY_MINUTES) });
      return;
    }
    const stretch = stretches.find(({ key }) => key === carry.key);
    if (stretch === undefined) return;
    const isPeople = carry.handle === "minimum" || carry.handle === "ideal";
    const to = isPeople ? people : snapped(minute - carry.grabbedAt, event.altKey);
    const next = carried(stretch, carry.handle, to);
    if (valueOf(next, carry.handle) !== valueOf(stretch, carry.handle)) onChange(next);
  };
  const end = () => {
    setCarry(null);
    setHeldTop(null);
  };
  const press = (event: KeyboardEvent, stretch: Stretch, handle: Handle) => {
    if (isReadOnly || event.ctrlKey || event.metaKey) return;
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      onRemove(stretch.key);
      return;
    }
    const next = pressed(stretch, handle, event.key, event.altKey);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    onChange(next);
  };
  return (
    <div className={styles.curve} role="group" aria-label={text.curve}>
      <div className={styles.scale} aria-hidden="true">
        {[top, Math.round(top / 2), 0].map((people) => (
          <span key={people} style={{ insetBlockStart: y(people) }}>
            {people}
          </span>
        ))}
      </div>
      <div
        ref={field}
        className={styles.field}
        style={{ blockSize: HEIGHT }}
        onPointerDown={(event) =>
          begin(event, {
            what: "new",
            fromX: event.clientX,
            minute: snapped(at(event).minute, event.altKey),
            key: null,
          })
        }
        onPointerMove={move}
        onPointerUp={end}
        onPointerCancel={end}
      >
        {HOURS.map((minute) => (
          <i
            key={minute}
            className={styles.line}
            data-midnight={minute % DAY_MINUTES === 0}
            style={{ insetInlineStart: x(minute) }}
          />
        ))}
        {stretches.map((stretch) => {
          const { key, fromMinute, toMinute, minimum, ideal } = stretch;
          const times = `${timeText(fromMinute)}–${timeText(toMinute)}`;
          return (
            <div
              key={key}
              className={styles.stretch}
              style={{ insetInlineStart: x(fromMinute), inlineSize: width(stretch) }}
            >
              <i className={styles.ideal} style={{ insetBlockStart: y(ideal) }} />
              <i className={styles.minimum} style={{ insetBlockStart: y(minimum) }} />
              {!isReadOnly &&
                HANDLES.map((handle) => {
                  const value = valueOf(stretch, handle);
                  const isPeople = handle === "minimum" || handle === "ideal";
                  return (
                    <span
                      key={handle}
                      role="slider"
                      tabIndex={0}
                      className={styles.handle}
                      data-handle={handle}
                      data-stretch={key}
                      {...(isPeople ? { style: { insetBlockStart: y(handle === "ideal" ? ideal : minimum) } } : {})}
                      aria-label={text.handles[handle](times)}
                      aria-orientation={isPeople ? "vertical" : "horizontal"}
                      aria-valuemin={0}
                      aria-valuemax={isPeople ? 1_000 : handle === "end" ? fromMinute + DAY_MINUTES : DAY_MINUTES - 1}
                      aria-valuenow={value}
                      aria-valuetext={isPeople ? String(value) : handle === "move" ? times : timeText(value)}
                      onPointerDown={(event) => {
                        const grabbedAt = isPeople ? 0 : at(event).minute - value;
                        begin(event, { what: "stretch", key, handle, grabbedAt });
                        event.currentTarget.focus();
                      }}
                      onKeyDown={(event) => press(event, stretch, handle)}
                    />
                  );
                })}
            </div>
          );
        })}
      </div>
      <div className={styles.hours} aria-hidden="true">
        {HOURS.slice(0, -1).map((minute) => (
          <span key={minute} style={{ insetInlineStart: x(minute) }}>
            {timeText(minute)}
          </span>
        ))}
      </div>
    </div>
  );
}
