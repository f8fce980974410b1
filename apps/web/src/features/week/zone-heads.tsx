import { useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { DialogTrigger } from "react-aria-components/Dialog";
import { DRAG_FROM_PX, type WeekAxis } from "@hourwright/timeline";
import { announce } from "../../data/announcement.ts";
import { zoneNames } from "../../data/zones.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Pop } from "../../ui/pop.tsx";
import { cityOf, minutesAhead, type ZoneColumn } from "./zones.ts";
import styles from "./heads.module.css";

const BESIDE_MAX = 3;
const FOUND_MAX = 8;

/**
 * The heads of the columns of times: the organisation's first, then those beside it. Each opens the list of zones; those
 * beside change places when they are dragged, or with Shift and the arrows.
 */
export function ZoneHeads(props: {
  readonly axis: WeekAxis;
  readonly columns: readonly ZoneColumn[];
  readonly width: number;
  readonly isMirrored: boolean;
  readonly onChange: (zones: readonly string[]) => void;
}) {
  const { axis, columns, width, isMirrored, onChange } = props;
  const { words } = useLanguage();
  const beside = columns.slice(1).map(({ zone }) => zone);
  const wasDragged = useRef(false);
  const pressed = useRef<{ readonly x: number; readonly index: number } | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [by, setBy] = useState<{ readonly index: number; readonly px: number } | null>(null);

  const move = (index: number, to: number) => {
    const target = Math.min(beside.length - 1, Math.max(0, to));
    if (target === index) return;
    const zones = beside.toSpliced(index, 1).toSpliced(target, 0, beside[index]!);
    announce(words.week.zones.moved(cityOf(beside[index]!), target + 2));
    onChange(zones);
  };
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    if (!event.shiftKey || (event.key !== "ArrowLeft" && event.key !== "ArrowRight")) return;
    event.preventDefault();
    event.stopPropagation();
    move(index, index + ((event.key === "ArrowRight") !== isMirrored ? 1 : -1));
  };
  const pxOf = (event: PointerEvent) => (isMirrored ? -1 : 1) * (event.clientX - (pressed.current?.x ?? event.clientX));
  const endDrag = (event: PointerEvent) => {
    const px = pxOf(event);
    const index = pressed.current?.index ?? null;
    pressed.current = null;
    setBy(null);
    if (index !== null && Math.abs(px) >= DRAG_FROM_PX) move(index, index + Math.round(px / width));
  };

  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <div className={styles.zoneHeads}>
        {columns.map(({ zone, clock }, place) => {
          const ahead = place === 0 ? words.week.yours : words.week.ahead(minutesAhead(axis, clock, axis.firstDay));
          return (
            <div
              key={zone}
              className={styles.zoneHead}
              style={{ width, translate: by?.index === place - 1 ? `${isMirrored ? -by.px : by.px}px` : "none" }}
              data-dragged={by?.index === place - 1 || undefined}
            >
              {place === 0 ? (
                <span>
                  <b>{cityOf(zone)}</b>
                  <small>{ahead}</small>
                </span>
              ) : (
                <button
                  type="button"
                  aria-label={words.week.zones.column(cityOf(zone), ahead)}
                  title={zone}
                  onPointerDown={(event) => {
                    wasDragged.current = false;
                    if (event.button === 0) pressed.current = { x: event.clientX, index: place - 1 };
                  }}
                  onPointerMove={(event) => {
                    const px = pxOf(event);
                    if (pressed.current === null || Math.abs(px) < DRAG_FROM_PX) return;
                    event.currentTarget.setPointerCapture(event.pointerId);
                    wasDragged.current = true;
                    setBy({ index: pressed.current.index, px });
                  }}
                  onPointerUp={endDrag}
                  onPointerCancel={() => {
                    pressed.current = null;
                    setBy(null);
                  }}
                  onKeyDown={(event) => onKeyDown(event, place - 1)}
                  onClick={() => {
                    if (!wasDragged.current) setOpen(true); // The click that ends a drag is none.
                  }}
                >
                  <b>{cityOf(zone)}</b>
                  <small>{ahead}</small>
                </button>
              )}
            </div>
          );
        })}
      </div>
      <Button kind="quiet" size="icon" aria-label={words.week.zones.button}>
        <Icon name="plus" size={14} />
      </Button>
      <Pop label={words.week.zones.button} placement="bottom start">
        <ZoneList beside={beside} own={columns[0]!.zone} onChange={onChange} onMove={move} />
      </Pop>
    </DialogTrigger>
  );
}

function ZoneList(props: {
  readonly beside: readonly string[];
  readonly own: string;
  readonly onChange: (zones: readonly string[]) => void;
  readonly onMove: (index: number, to: number) => void;
}) {
  const { beside, own, onChange, onMove } = props;
  const { words } = useLanguage();
  const [search, setSearch] = useState("");
  const all = useMemo(() => zoneNames(), []);
  const wanted = search.trim().toLowerCase().replaceAll(" ", "_");
  const found =
    wanted === ""
      ? []
      : all
          .filter((zone) => zone !== own && !beside.includes(zone) && zone.toLowerCase().includes(wanted))
          .slice(0, FOUND_MAX);
  const add = (zone: string) => {
    onChange([...beside, zone]);
    setSearch("");
  };
  return (
    <div className={styles.zoneList}>
      {beside.length > 0 && (
        <ul aria-label={words.week.zones.shown}>
          {beside.map((zone, index) => (
            <li key={zone}>
              <span>
                {cityOf(zone)} <small>{zone}</small>
              </span>
              <Button
                kind="quiet"
                size="icon"
                isDisabled={index === 0}
                aria-label={words.week.zones.earlier(cityOf(zone))}
                onPress={() => onMove(index, index - 1)}
              >
                <Icon name="previous" />
              </Button>
              <Button
                kind="quiet"
                size="icon"
                isDisabled={index === beside.length - 1}
                aria-label={words.week.zones.later(cityOf(zone))}
                onPress={() => onMove(index, index + 1)}
              >
                <Icon name="next" />
              </Button>
              <Button
                kind="quiet"
                size="icon"
                aria-label={words.week.zones.remove(cityOf(zone))}
                onPress={() => onChange(beside.filter((other) => other !== zone))}
              >
                <Icon name="close" />
              </Button>
            </li>
          ))}
        </ul>
      )}
      {beside.length >= BESIDE_MAX ? (
        <p>{words.week.zones.full}</p>
      ) : (
        <input
          type="search"
          value={search}
          placeholder={words.week.zones.add}
          aria-label={words.week.zones.add}
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && found[0] !== undefined) add(found[0]);
          }}
        />
      )}
      {found.length > 0 && (
        <ul>
          {found.map((zone) => (
            <li key={zone}>
              <button type="button" onClick={() => add(zone)}>
                {cityOf(zone)} <small>{zone}</small>
              </button>
            </li>
          ))}
        </ul>
      )}
      {wanted !== "" && found.length === 0 && beside.length < BESIDE_MAX && <p>{words.week.zones.none}</p>}
    </div>
  );
}
