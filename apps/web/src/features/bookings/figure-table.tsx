import { useId, useState } from "react";
import { useLanguage } from "../../messages/index.tsx";
import { oneDigit, useLead, type Tally } from "./figures.tsx";
import own from "./figures.module.css";
import { ordered, pressed, type Order } from "./figures-period.ts";
import { useFigureWords } from "./use-figure-words.ts";

type Row = Tally & { readonly id: string; readonly name: string };

const COLUMNS = [
  "name",
  "utilisation",
  "booked",
  "open",
  "bookings",
  "noShows",
  "cancelled",
  "lead",
  "rating",
] as const;
type Column = (typeof COLUMNS)[number];

const cancelledOf = ({ outcomes }: Tally): number =>
  outcomes.cancelledByCustomer + outcomes.cancelledByOrganisation + outcomes.cancelledByNobodyKnown;

const VALUES: Readonly<Record<Column, (row: Row) => number | string | null>> = {
  name: ({ name }) => name,
  utilisation: ({ utilisation }) => utilisation,
  booked: ({ bookedMinutes }) => bookedMinutes,
  open: ({ openMinutes }) => openMinutes,
  bookings: ({ bookings }) => bookings,
  noShows: ({ noShows }) => noShows.rate,
  cancelled: cancelledOf,
  lead: ({ leadMinutes }) => leadMinutes,
  rating: ({ rating }) => rating?.mean ?? null,
};

/** Figures row by row, put in order by any column. The bars show what stands beside them in numbers. */
export function FigureTable({ title, rows }: { readonly title: string; readonly rows: readonly Row[] }) {
  const words = useFigureWords();
  const id = useId();
  const [order, setOrder] = useState<Order<Column>>({ by: "utilisation", isDown: true });
  const shown = ordered(rows.filter(isWorthARow), VALUES[order.by], order.isDown);
  if (shown.length === 0) return null;
  return (
    <div className={own.card}>
      <h3 id={id}>{title}</h3>
      <div className={own.wide}>
        <table className={own.table} aria-labelledby={id}>
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th
                  key={column}
                  scope="col"
                  aria-sort={order.by === column ? (order.isDown ? "descending" : "ascending") : undefined}
                >
                  <button
                    type="button"
                    title={words.sortBy(words.columns[column])}
                    onClick={() => setOrder((before) => pressed(before, column, column === "name"))}
                  >
                    {words.columns[column]}
                    <span aria-hidden="true">{order.by === column ? (order.isDown ? " ↓" : " ↑") : ""}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <FigureRow key={row.id} row={row} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

/** Who was neither booked nor could have been says nothing. */
const isWorthARow = ({ bookings, bookedMinutes, openMinutes }: Row): boolean =>
  bookings > 0 || bookedMinutes > 0 || (openMinutes ?? 0) > 0;

function FigureRow({ row }: { readonly row: Row }) {
  const words = useFigureWords();
  const { format } = useLanguage();
  const lead = useLead();
  const { utilisation, openMinutes, noShows, rating } = row;
  return (
    <tr>
      <th scope="row">{row.name}</th>
      <td>
        {utilisation === null ? (
          words.unknown
        ) : (
          <>
            <span className={own.bar} aria-hidden="true">
              <i data-level={levelOf(utilisation)} style={{ inlineSize: `${Math.min(1, utilisation) * 100}%` }} />
            </span>
            <span className={own.value}>{format.percent(utilisation)}</span>
          </>
        )}
      </td>
      <td>{format.duration(row.bookedMinutes)}</td>
      <td>{openMinutes === null ? words.unknown : format.duration(openMinutes)}</td>
      <td>{format.number(row.bookings)}</td>
      <td>{noShows.of === 0 ? words.unknown : words.outOf(noShows.count, noShows.of)}</td>
      <td>{format.number(cancelledOf(row))}</td>
      <td>{lead(row.leadMinutes) ?? words.unknown}</td>
      <td>{rating === null ? words.unknown : words.ratingOf(format.number(oneDigit(rating.mean)), rating.count)}</td>
    </tr>
  );
}

const LEVELS = [
  { from: 0.95, level: "over" },
  { from: 0.8, level: "full" },
  { from: 0.65, level: "steady" },
] as const;

/** As loads are shown everywhere. */
const levelOf = (share: number): string => LEVELS.find(({ from }) => share >= from)?.level ?? "open";
