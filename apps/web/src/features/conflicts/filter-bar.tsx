import { DialogTrigger } from "react-aria-components/Dialog";
import { ToggleButton } from "react-aria-components/ToggleButton";
import type { Glyph as Kind } from "@hourwright/timeline";
import { dateOf } from "@hourwright/time";
import type { Conflict } from "../../data/api.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button } from "../../ui/button.tsx";
import { Glyph, glyphOf } from "../../ui/glyph.tsx";
import { Icon, type IconName } from "../../ui/icon.tsx";
import { Pop } from "../../ui/pop.tsx";
import { KINDS, SEVERITIES, subjectsOf, type Filtered, type Filters } from "./filters.ts";
import styles from "./filter-bar.module.css";

/** People and things of one menu: those that clash most often. */
const SUBJECTS_MAX = 60;

/** Which conflicts are listed: chips with their counts, whose, when, and how many are shown. */
export function FilterBar(props: {
  readonly filters: Filters;
  readonly found: Filtered;
  readonly year: number;
  readonly onChange: (change: Partial<Filters>) => void;
  readonly onYear: (year: number) => void;
}) {
  const { filters, found, onChange } = props;
  const { words } = useLanguage();
  return (
    <fieldset className={styles.filters} aria-label={words.conflict.filters}>
      {KINDS.map((kind) => (
        <KindChip
          key={kind}
          kind={kind}
          count={found.among.filter(({ conflict }) => glyphOf(conflict.kind) === kind).length}
          isOn={filters.kinds.has(kind)}
          onToggle={() => onChange({ kinds: filters.kinds.symmetricDifference(new Set([kind])) })}
        />
      ))}
      <i className={styles.separator} />
      {SEVERITIES.map((severity) => (
        <SeverityChip
          key={severity}
          severity={severity}
          count={found.among.filter(({ conflict }) => conflict.severity === severity).length}
          isOn={!filters.hidden.has(severity)}
          onToggle={() => onChange({ hidden: filters.hidden.symmetricDifference(new Set([severity])) })}
        />
      ))}
      <i className={styles.separator} />
      <WhoFilter {...props} />
      <WhenFilter {...props} />
      {found.mixesPast && (
        <ToggleButton
          className={styles.chip!}
          isSelected={found.withPast}
          onChange={(withPast) => onChange({ withPast })}
        >
          {words.conflict.includePast}
        </ToggleButton>
      )}
      {found.others !== null && (
        <ToggleButton
          className={styles.chip!}
          isSelected={found.withOthers}
          onChange={(withOthers) => onChange({ withOthers })}
        >
          {words.conflict.others} <em>{found.others}</em>
        </ToggleButton>
      )}
      <span className={styles.count}>{words.conflict.shown(found.shown.length)}</span>
    </fieldset>
  );
}

function KindChip({ kind, count, isOn, onToggle }: { kind: Kind; count: number; isOn: boolean; onToggle: () => void }) {
  const { words } = useLanguage();
  if (count === 0 && !isOn) return null;
  return (
    <ToggleButton className={styles.chip!} isSelected={isOn} onChange={onToggle}>
      <span className={styles.sign}>
        <Glyph kind={kind} />
      </span>
      {words.conflict.chips[kind]} <em>{count}</em>
    </ToggleButton>
  );
}

function SeverityChip(props: {
  readonly severity: Conflict["severity"];
  readonly count: number;
  readonly isOn: boolean;
  readonly onToggle: () => void;
}) {
  const { severity, count, isOn, onToggle } = props;
  const { words } = useLanguage();
  if (count === 0 && isOn) return null;
  return (
    <ToggleButton className={styles.chip!} isSelected={isOn} onChange={onToggle}>
      {words.conflict.severityChip[severity]} <em>{count}</em>
    </ToggleButton>
  );
}

type FilterProps = Parameters<typeof FilterBar>[0];

function WhoFilter({ filters, found, onChange }: FilterProps) {
  const { words } = useLanguage();
  const subjects = subjectsOf(found.offered, SUBJECTS_MAX);
  const chosen = subjects.find(({ id }) => id === filters.subjectId);
  const options = [
    { key: "", label: words.conflict.anyone, count: found.offered.length },
    ...subjects.map(({ id, name, count }) => ({ key: id, label: name, count })),
  ];
  const name = chosen?.name ?? words.conflict.anyone;
  return (
    <Menu
      icon="user"
      name={name}
      label={words.conflict.whoFilter(name)}
      options={options}
      chosen={chosen?.id ?? ""}
      onChoose={(key) => onChange({ subjectId: key === "" ? null : key })}
    />
  );
}

function WhenFilter({ filters, found, year, onChange, onYear }: FilterProps) {
  const { words, format } = useLanguage();
  const months = Map.groupBy(found.offered, ({ fromDay }) => dateOf(fromDay).month);
  const nameOf = (when: Filters["when"]) =>
    when === null
      ? words.conflict.allOfYear(year)
      : when === "soon"
        ? words.conflict.groupSoon
        : format.monthLong(when);
  const options = [
    { key: "", label: nameOf(null), count: found.offered.length },
    { key: "soon", label: nameOf("soon"), count: null },
    ...[...months].map(([month, { length }]) => ({ key: String(month), label: nameOf(month), count: length })),
    { key: "before", label: words.conflict.allOfYear(year - 1), count: null },
    { key: "after", label: words.conflict.allOfYear(year + 1), count: null },
  ];
  const choose = (key: string): void => {
    onChange({ when: key === "soon" ? key : /^\d+$/.test(key) ? Number(key) : null });
    if (key === "before" || key === "after") onYear(key === "before" ? year - 1 : year + 1);
  };
  const name = nameOf(filters.when);
  return (
    <Menu
      icon="clock"
      name={name}
      label={words.conflict.whenFilter(name)}
      options={options}
      chosen={filters.when === null ? "" : String(filters.when)}
      onChoose={choose}
    />
  );
}

/** One choice of several, behind a button that says which. */
function Menu(props: {
  readonly icon: IconName;
  readonly name: string;
  readonly label: string;
  readonly options: readonly { readonly key: string; readonly label: string; readonly count: number | null }[];
  readonly chosen: string;
  readonly onChoose: (key: string) => void;
}) {
  const { icon, name, label, options, chosen, onChoose } = props;
  return (
    <DialogTrigger>
      <Button size="small" aria-label={label}>
        <Icon name={icon} size={14} />
        {name}
        <Icon name="down" size={12} />
      </Button>
      <Pop label={label}>
        {({ close }) => (
          <div className={styles.options}>
            {options.map(({ key, label, count }) => (
              <button
                key={key}
                type="button"
                aria-pressed={key === chosen}
                onClick={() => {
                  onChoose(key);
                  close();
                }}
              >
                <span>{label}</span>
                {count !== null && <em>{count}</em>}
              </button>
            ))}
          </div>
        )}
      </Pop>
    </DialogTrigger>
  );
}
