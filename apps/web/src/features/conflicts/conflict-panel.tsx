import { useEffect, useState, type ReactNode, type SyntheticEvent } from "react";
import { DialogTrigger } from "react-aria-components/Dialog";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { ToggleButton } from "react-aria-components/ToggleButton";
import type { Repair } from "../../data/api.ts";
import type { Clash } from "../../data/entries.ts";
import { offersStore } from "../../data/offers.ts";
import { readRepairs } from "../../data/repairs.ts";
import { useStore } from "../../data/store.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button, Key } from "../../ui/button.tsx";
import { DayBand, type BandBlock, type BandRange } from "../../ui/day-band.tsx";
import { EventLine } from "../../ui/event-line.tsx";
import { Glyph, glyphOf } from "../../ui/glyph.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Pop } from "../../ui/pop.tsx";
import { TextInput } from "../../ui/field.tsx";
import panel from "../../ui/panel.module.css";
import styles from "./conflict-panel.module.css";

/** One of the events of a conflict as the panel shows it. */
export type Party = {
  readonly key: string;
  readonly title: string;
  readonly time: string;
  readonly where: string;
  readonly hue: number;
};

/** Deciding that both events stay as they are. */
export type Keeping = {
  readonly isAsking: boolean;
  readonly ask: (isAsking: boolean) => void;
  /** Null is no note. */
  readonly keep: (note: string | null) => void;
};

/** A conflict in the inspector: one sentence, then ranked repairs, each checked again before it was offered. */
export function ConflictPanel(props: {
  readonly clash: Clash;
  readonly position: { readonly number: number; readonly total: number };
  readonly parties: readonly Party[];
  readonly blocks: readonly BandBlock[];
  readonly shared: BandRange;
  readonly repairs: readonly Repair[] | null;
  readonly chosen: number;
  readonly isApplying: boolean;
  readonly appliesOnEnter: boolean;
  /** Whom to ask when none of the events is one's own to move; null when one of them is. */
  readonly ask: readonly string[] | null;
  /** Whether the chosen repair is shown on the timeline; null where there is none in sight. */
  readonly preview: { readonly isOn: boolean; readonly toggle: () => void } | null;
  /** Deciding that both stay: whether it is being asked why; null where it is not theirs to decide. */
  readonly keeping: Keeping | null;
  /** Where any time can be asked about; null where nothing may be moved. */
  readonly whyNot: ReactNode;
  readonly onChoose: (index: number) => void;
  readonly onApply: () => void;
  /** Puts the chosen repair aside. */
  readonly onDismiss: () => void;
  readonly onNext: () => void;
  readonly onOpenParty: (key: string) => void;
}) {
  const { clash, position, parties, blocks, shared, repairs, chosen, isApplying, onChoose, onApply } = props;
  const { words, format } = useLanguage();
  const { conflict } = clash;
  return (
    <>
      <div className={panel.head}>
        <div className={`${panel.eyebrow} ${panel.alert}`}>
          <Glyph kind={glyphOf(conflict.kind)} size={11} />
          {words.conflict.heading(conflict.kind, words.conflict.severity[conflict.severity])}
          <span className={panel.aside}>
            {words.conflict.position(position.number, position.total)}
            <Button kind="quiet" size="small" onPress={props.onNext} aria-label={words.conflict.next}>
              <Icon name="next" size={14} /> <Key>X</Key>
            </Button>
          </span>
        </div>
        <h2>{format.day(clash.fromDay)}</h2>
      </div>
      <div className={panel.card}>
        <div className={panel.events}>
          {parties.map(({ key, ...party }) => (
            <EventLine key={key} {...party} onOpen={key === "" ? undefined : () => props.onOpenParty(key)} />
          ))}
        </div>
        <div className={panel.band}>
          <DayBand label={words.day.band("07:00", "19:00")} blocks={blocks} clashes={[shared]} />
          <div className={panel.hours} aria-hidden="true">
            {["07", "11", "15", "19"].map((hour) => (
              <span key={hour}>{hour}</span>
            ))}
          </div>
        </div>
      </div>
      <p className={panel.sentence} data-testid="explanation">
        {conflict.explanation}
      </p>
      {conflict.kept !== null && <p className={panel.quiet}>{words.kept.until}</p>}
      {conflict.kept !== null ? null : props.ask !== null && repairs?.length === 0 ? (
        <p className={panel.quiet}>{words.conflict.notYours(props.ask)}</p>
      ) : (
        <Repairs repairs={repairs} chosen={chosen} onChoose={onChoose} />
      )}
      {conflict.kept === null && repairs !== null && props.whyNot}
      {conflict.kept === null && repairs !== null && repairs.length > 0 && (
        <div className={`${panel.actions} ${styles.actions}`}>
          <Button kind="primary" isDisabled={isApplying} onPress={onApply}>
            {words.actions.apply} {props.appliesOnEnter && <Key>⏎</Key>}
          </Button>
          {props.preview !== null && (
            <ToggleButton className={styles.preview!} isSelected={props.preview.isOn} onChange={props.preview.toggle}>
              {words.conflict.preview} <Key>P</Key>
            </ToggleButton>
          )}
          <Button
            isDisabled={isApplying}
            aria-label={words.conflict.notThisOf(repairs[chosen]?.what ?? "")}
            onPress={props.onDismiss}
          >
            {words.conflict.notThis}
          </Button>
          {props.keeping !== null && <KeepBoth {...props.keeping} />}
        </div>
      )}
      {conflict.kept === null && repairs?.length === 0 && props.keeping !== null && (
        <div className={`${panel.actions} ${styles.actions}`}>
          <KeepBoth {...props.keeping} />
        </div>
      )}
    </>
  );
}

const NOTE_MAX = 200;

/** Asks why, which may stay empty: Enter keeps. */
function KeepBoth({ isAsking, ask, keep }: Keeping) {
  const { words } = useLanguage();
  const [note, setNote] = useState("");
  const done = (event: SyntheticEvent) => {
    event.preventDefault();
    setNote("");
    keep(note.trim() === "" ? null : note.trim());
  };
  return (
    <DialogTrigger isOpen={isAsking} onOpenChange={ask}>
      <Button>
        {words.kept.keep} <Key>0</Key>
      </Button>
      <Pop label={words.kept.keep} placement="top end">
        <form className={styles.why} onSubmit={done}>
          <TextInput
            label={words.kept.why}
            hint={words.kept.whyHint}
            value={note}
            maxLength={NOTE_MAX}
            isFirst
            onChange={setNote}
          />
          <Button kind="primary" type="submit">
            {words.kept.keep} <Key>⏎</Key>
          </Button>
        </form>
      </Pop>
    </DialogTrigger>
  );
}

function Repairs(props: { repairs: readonly Repair[] | null; chosen: number; onChoose: (index: number) => void }) {
  const { repairs, chosen, onChoose } = props;
  const { words } = useLanguage();
  if (repairs === null) return <p className={panel.quiet}>{words.conflict.looking}</p>;
  if (repairs.length === 0) return <p className={panel.quiet}>{words.conflict.noRepair}</p>;
  return (
    <div>
      <div className={`${panel.eyebrow} ${styles.label}`} id="repairs-label">
        <span>{words.conflict.repairs}</span>
        <span className={panel.aside}>
          {repairs.map(({ id }, index) => (
            <Key key={id}>{String(index + 1)}</Key>
          ))}
        </span>
      </div>
      <RadioGroup
        className={styles.repairs!}
        aria-labelledby="repairs-label"
        value={String(chosen)}
        onChange={(value) => onChoose(Number(value))}
      >
        {repairs.map((repair, index) => (
          <Radio key={repair.id} value={String(index)} className={styles.repair!}>
            <b>{repair.what}</b>
            <span className={styles.rank} aria-hidden="true">
              {index === 0 ? words.conflict.best : ""}
            </span>
            {repair.why !== "" && <p>{repair.why}</p>}
            {repair.told.length > 0 && <p>{words.conflict.told(repair.told)}</p>}
            {repair.chance !== undefined && (
              <p className={styles.chance}>{words.conflict.chance(repair.chance.chance, repair.chance.isOfFew)}</p>
            )}
            <span className={styles.meter} aria-hidden="true">
              <i style={{ width: `${Math.round(repair.confidence * 100)}%` }} />
            </span>
          </Radio>
        ))}
      </RadioGroup>
    </div>
  );
}

/** The repairs of a conflict, once they are known: they came with it, or they are asked for. Null while asking. */
export function useRepairs(clash: Clash | null): readonly Repair[] | null {
  const [known, setKnown] = useState<{
    readonly id: string;
    readonly version: number;
    readonly repairs: readonly Repair[];
  } | null>(null);
  const conflict = clash?.conflict ?? null;
  const version = useStore(offersStore, (offers) => offers.version);
  useEffect(() => {
    if (conflict === null) return;
    let isGone = false;
    void readRepairs(conflict, REPAIRS_SHOWN)
      .catch((): readonly Repair[] => [])
      .then((repairs) => {
        if (!isGone) setKnown({ id: conflict.id, version, repairs });
      });
    return () => {
      isGone = true;
    };
  }, [conflict, version]);
  if (conflict === null) return null;
  if (conflict.repairs.length > 0) return conflict.repairs.slice(0, REPAIRS_SHOWN);
  return known?.id === conflict.id ? known.repairs : null;
}

const REPAIRS_SHOWN = 3;
