import { Fragment, useState } from "react";
import type { Me } from "../../data/api.ts";
import { useAsked } from "../../data/office.ts";
import { textOfDay } from "../../data/roster.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Answered, Section } from "../../shell/section.tsx";
import section from "../../shell/section.module.css";
import { useNow } from "../../shell/use-now.ts";
import { useToday } from "../../shell/use-today.ts";
import { Button } from "../../ui/button.tsx";
import { Choice, Refusal, TextInput } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import styles from "./figures.module.css";
import {
  costOf,
  coverageOf,
  isWindow,
  METRICS,
  monthAfter,
  MONTHS_MAX,
  rowsOf,
  sumOf,
  valueOf,
  type FigureRow,
  type Figures,
  type Metric,
  type Month,
} from "./figures-table.ts";
import { moneyText } from "./money.ts";
import { useStaffFigureWords } from "./use-figure-words.ts";
import { Wide } from "./wide.tsx";

const BYS = ["department", "team", "site"] as const;
type By = (typeof BYS)[number];
const MONTHS_SHOWN = 6;

/** Hours, overtime, coverage, absence and cost by group: what months add up to, with a bar for each, and month by month. */
export function FiguresPart({ me }: { readonly me: Me }) {
  const text = useStaffFigureWords();
  const today = useToday(me.organisation.zone, useNow()).epochDay;
  const thisMonth = textOfDay(today).slice(0, 7);
  const [from, setFrom] = useState(monthAfter(thisMonth, 1 - MONTHS_SHOWN));
  const [to, setTo] = useState(thisMonth);
  const [by, setBy] = useState<By>("department");
  const [within, setWithin] = useState("");
  const isAsked = isWindow(from, to);
  const query = { from, to, by, ...(within === "" ? {} : { within }) };
  return (
    <Section
      title={text.title}
      intro={text.intro}
      action={
        <div className={styles.ways}>
          <Button onPress={() => print()}>{text.print}</Button>
          {isAsked &&
            (["groups", "people"] as const).map((of) => (
              <span key={of} className={styles.files}>
                {(["csv", "xlsx"] as const).map((format) => (
                  <a
                    key={format}
                    className={styles.download}
                    href={`/v1/staff-figures/file?${new URLSearchParams({ ...query, format, of })}`}
                    download
                  >
                    {text.files[of][format]}
                  </a>
                ))}
              </span>
            ))}
        </div>
      }
    >
      <div className={styles.controls}>
        <MonthInput label={text.from} value={from} onChange={setFrom} />
        <MonthInput label={text.to} value={to} onChange={setTo} />
        <Choice
          label={text.by}
          value={by}
          options={BYS.map((value) => ({ value, label: text.bys[value] }))}
          onChange={(value) => {
            setBy(BYS.find((each) => each === value) ?? "department");
            setWithin("");
          }}
        />
        <Within by={by} value={within} onChange={setWithin} />
      </div>
      {isAsked ? <Found query={query} /> : <Refusal>{text.window(MONTHS_MAX)}</Refusal>}
    </Section>
  );
}

/** A month: of two choices, since not every browser has a field of its own for it. */
function MonthInput(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (month: string) => void;
}) {
  const { label, value, onChange } = props;
  const { format } = useOfficeLanguage();
  const [year = "", month = ""] = value.split("-");
  return (
    <div className={styles.month} role="group" aria-label={label}>
      <Choice
        label={label}
        value={month}
        options={MONTHS.map((each) => ({ value: String(each).padStart(2, "0"), label: format.monthLong(each) }))}
        onChange={(chosen) => onChange(`${year}-${chosen}`)}
      />
      <TextInput
        label={label}
        value={year}
        inputMode="numeric"
        maxLength={4}
        onChange={(typed) => onChange(`${typed}-${month}`)}
      />
    </div>
  );
}
const MONTHS = Array.from({ length: 12 }, (_, i) => i + 1);

function Within({
  by,
  value,
  onChange,
}: {
  readonly by: By;
  readonly value: string;
  readonly onChange: (id: string) => void;
}) {
  const text = useStaffFigureWords();
  const departments = useAsked("departments.list", { query: {} });
  const teams = useAsked("teams.list", { query: {} });
  const asked = by === "team" ? teams : departments;
  const items: readonly { readonly id: string; readonly name: string }[] =
    asked.status === "ready" ? asked.value.items : [];
  return (
    <Choice
      label={text.within}
      value={value}
      options={[{ value: "", label: text.everybody }, ...items.map(({ id, name }) => ({ value: id, label: name }))]}
      onChange={onChange}
    />
  );
}

type Query = { readonly from: string; readonly to: string; readonly by: By; readonly within?: string };

function Found({ query }: { readonly query: Query }) {
  const text = useStaffFigureWords();
  const asked = useAsked("staffFigures.read", { query });
  return (
    <Answered asked={asked}>
      {(figures) =>
        figures.items.length === 0 ? (
          <p className={section.empty}>{text.empty}</p>
        ) : (
          <Table key={JSON.stringify(query)} figures={figures} by={query.by} />
        )
      }
    </Answered>
  );
}

function Table({ figures, by }: { readonly figures: Figures; readonly by: By }) {
  const text = useStaffFigureWords();
  const { format } = useOfficeLanguage();
  const rows = rowsOf(figures.items);
  const isTold = {
    cost: figures.total.every(({ cost }) => cost !== null),
    coverage: figures.total.some(({ coverage }) => coverage !== null),
  };
  const metrics = METRICS.filter((metric) => (metric !== "cost" && metric !== "coverage") || isTold[metric]);
  const hours = (metric: Metric) => format.duration(sumOf(figures.total, metric));
  const covered = coverageOf(figures.total);
  return (
    <>
      <p className={styles.finding}>
        {text.finding(hours("worked"), hours("planned"), hours("overtime"))}
        {covered !== null && ` ${text.covered(format.percent(covered.part), hours("coverage"))}`}
      </p>
      {figures.coverageState === "too-many" && <p className={styles.counts}>{text.tooMany}</p>}
      {isTold.coverage && <p className={styles.counts}>{text.counts[by]}</p>}
      <Wide label={text.table}>
        <table className={styles.table} aria-label={text.table}>
          <thead>
            <tr>
              <th scope="col">{text.group[by]}</th>
              <th scope="col">{text.people}</th>
              {metrics.map((metric) => (
                <th key={metric} scope="col">
                  {text.metrics[metric]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.key} row={row} name={row.key === "" ? text.none[by] : row.name} metrics={metrics} />
            ))}
          </tbody>
          <tfoot>
            <Row row={{ key: "", name: text.total, months: figures.total }} name={text.total} metrics={metrics} />
          </tfoot>
        </table>
      </Wide>
    </>
  );
}

function Row(props: { readonly row: FigureRow; readonly name: string; readonly metrics: readonly Metric[] }) {
  const { row, name, metrics } = props;
  const text = useStaffFigureWords();
  const { format } = useOfficeLanguage();
  const [isOpen, setOpen] = useState(false);
  const { months } = row;
  const most = Math.max(0, ...months.map(({ people }) => people));
  return (
    <Fragment>
      <tr>
        <th scope="row">
          <button
            type="button"
            className={styles.group}
            aria-expanded={isOpen}
            title={text.months(name)}
            onClick={() => setOpen(!isOpen)}
          >
            <span className={styles.twist} data-open={isOpen} aria-hidden="true">
              <Icon name="down" size={12} />
            </span>
            {name}
          </button>
        </th>
        <td>{format.number(most)}</td>
        {metrics.map((metric) => (
          <td key={metric}>
            <Told months={months} metric={metric} />
            <Bars months={months} metric={metric} />
          </td>
        ))}
      </tr>
      {isOpen &&
        months.map((month) => (
          <tr key={month.month} className={styles.ofMonth}>
            <th scope="row">{monthText(month.month, format.monthLong)}</th>
            <td>{format.number(month.people)}</td>
            {metrics.map((metric) => (
              <td key={metric}>
                <Told months={[month]} metric={metric} />
              </td>
            ))}
          </tr>
        ))}
    </Fragment>
  );
}

function Told({ months, metric }: { readonly months: readonly Month[]; readonly metric: Metric }) {
  const text = useStaffFigureWords();
  const { format, locale } = useOfficeLanguage();
  if (metric === "cost") {
    const cost = costOf(months);
    if (cost === null || cost.length === 0) return text.nothing;
    return format.list(cost.map((money) => moneyText(money, locale)));
  }
  if (metric === "coverage") {
    const covered = coverageOf(months);
    if (covered === null) return text.nothing;
    const part = format.percent(covered.part);
    return covered.shortMinutes === 0 ? part : text.short(part, format.duration(covered.shortMinutes));
  }
  const sum = sumOf(months, metric);
  return metric === "leave" ? text.days(sum) : format.duration(sum);
}

const BAR = 7;
const BARS_HEIGHT = 16;

/** A small bar a month: what stands above in numbers, month by month when the row is opened. */
function Bars({ months, metric }: { readonly months: readonly Month[]; readonly metric: Metric }) {
  const values = months.map((month) => valueOf(month, metric));
  const most = Math.max(...values, 0);
  if (most === 0) return null;
  return (
    <svg
      className={styles.bars}
      data-metric={metric}
      width={months.length * BAR}
      height={BARS_HEIGHT}
      aria-hidden="true"
    >
      {values.map((value, i) => {
        const height = Math.max(1, (value / most) * BARS_HEIGHT);
        return (
          <rect key={months[i]!.month} x={i * BAR} y={BARS_HEIGHT - height} width={BAR - 2} height={height} rx={1} />
        );
      })}
    </svg>
  );
}

const monthText = (month: string, name: (month: number) => string): string =>
  `${name(Number(month.slice(5)))} ${month.slice(0, 4)}`;
