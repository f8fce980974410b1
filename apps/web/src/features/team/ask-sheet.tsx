import { printHours, readTyped } from "@hourwright/timeline/team";
import { useState } from "react";
import type { Call } from "@hourwright/client";
import { change } from "../../data/office.ts";
import { textOfDay } from "../../data/roster.ts";
import { staffShiftOf } from "../../data/roster-shift.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Sheet } from "../../shell/section.tsx";
import { Choice, FieldRow, TextInput } from "../../ui/field.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { plainShift } from "./deeds.ts";
import type { TeamModel } from "./model.ts";
import type { CellPlace } from "./state.ts";
import { useTeamWords } from "./use-team-words.ts";

const KINDS = ["leave", "sick", "training", "change", "extra", "overtime"] as const;
type Kind = (typeof KINDS)[number];
type Wish = Call<"adjustments.create">["body"]["what"];
const NOTE_MAX = 2_000;

/** Asks for a change of somebody's day: it waits until whoever decides has approved it. */
export function AskSheet(props: {
  readonly model: TeamModel;
  readonly place: CellPlace;
  readonly onClose: () => void;
}) {
  const { model, place, onClose } = props;
  const line = model.lines[place.line];
  const standing = line?.cells[place.day]?.shifts ?? [];
  const day = textOfDay(model.window.fromDay + place.day);
  if (line === undefined || line.personId === null) return null;
  return <AskFor personId={line.personId} name={line.name} day={day} standing={standing} onClose={onClose} />;
}

export function AskFor(props: {
  readonly personId: string;
  readonly name: string;
  readonly day: string;
  readonly standing: readonly Parameters<typeof staffShiftOf>[0][];
  readonly onClose: () => void;
}) {
  const { personId, name, day, standing, onClose } = props;
  const { ask: text, edit } = useTeamWords();
  const { words: all } = useLanguage();
  const [shift] = standing;
  const [kind, setKind] = useState<Kind>(shift === undefined ? "extra" : "leave");
  const [from, setFrom] = useState(day);
  const [until, setUntil] = useState(day);
  const [hours, setHours] = useState(shift === undefined ? "" : printHours(shift).replace("–", "-"));
  const [note, setNote] = useState("");
  const isAbsence = kind === "leave" || kind === "sick" || kind === "training";
  const times = readTyped(hours);
  const wish = (): Wish | null => {
    if (isAbsence) return { kind: "absence", type: kind, from, until: until < from ? from : until };
    if (times === null || times === undefined) return null;
    const wanted = staffShiftOf({ ...(shift ?? plainShift(times)), ...times, breaks: [] });
    if (kind !== "change") return { kind, day: from, shift: wanted };
    if (shift === undefined) return null;
    return { kind, of: { day, starts: staffShiftOf(shift).starts }, day: from, shift: wanted };
  };
  const send = async () => {
    const what = wish();
    if (what === null) return null;
    return change(
      "adjustments.create",
      { body: { personId, what, note } },
      { said: text.asked, offline: all.failures.network },
    );
  };
  return (
    <Sheet title={text.title(name)} submit={text.send} onSubmit={send} onClose={onClose}>
      {(_, isTried) => (
        <>
          <Choice
            label={text.what}
            value={kind}
            isFirst
            options={KINDS.map((value) => ({ value, label: text.kinds[value] }))}
            onChange={(value) => setKind(KINDS.find((each) => each === value) ?? "leave")}
            {...(kind === "change" && shift === undefined ? { error: text.needed } : {})}
          />
          <FieldRow>
            <TextInput label={text.from} type="date" value={from} onChange={setFrom} />
            {isAbsence ? (
              <TextInput label={text.until} type="date" value={until} onChange={setUntil} />
            ) : (
              <TextInput
                label={text.hours}
                value={hours}
                hint={edit.hint}
                onChange={setHours}
                {...(isTried && (times ?? null) === null ? { error: edit.wrong } : {})}
              />
            )}
          </FieldRow>
          <TextArea label={text.note} value={note} maxLength={NOTE_MAX} onChange={setNote} />
        </>
      )}
    </Sheet>
  );
}
