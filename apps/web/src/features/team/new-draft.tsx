import { useState } from "react";
import { announce } from "../../data/announcement.ts";
import { change, useAsked } from "../../data/office.ts";
import { textOfDay, type RosterDraft, type RosterWindow } from "../../data/roster.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Sheet } from "../../shell/section.tsx";
import { Choice, TextInput } from "../../ui/field.tsx";
import { useTeamWords } from "./use-team-words.ts";

const NAME_MAX = 100;

/** Begins a draft of the days shown: empty, as another, or as the weeks before were. */
export function NewDraft(props: {
  readonly window: RosterWindow;
  readonly drafts: readonly RosterDraft[];
  readonly copyOf: string | null;
  /** Of whom it is suggested to be: the team shown. */
  readonly team: string | null;
  readonly onBegun: (id: string) => void;
  readonly onClose: () => void;
}) {
  const { window, drafts, onBegun, onClose } = props;
  const { draft: text } = useTeamWords();
  const { words: all, format } = useLanguage();
  const { fromDay, days } = window;
  const teams = useAsked("teams.list", {});
  const [name, setName] = useState(() => text.suggested(format.dayRange(fromDay, fromDay + days - 1, "short")));
  const [start, setStart] = useState(props.copyOf ?? "");
  const [team, setTeam] = useState<string | null>(null);
  const known = teams.status === "ready" ? teams.value.items : [];
  const teamId = team ?? known.find((each) => each.name === props.team)?.id ?? "";
  const begin = async () => {
    if (name.trim() === "") return null;
    const from = { from: textOfDay(fromDay), to: textOfDay(fromDay + days) };
    const copied = start === "" ? {} : start === WEEKS ? { weeksFrom: textOfDay(fromDay - days) } : { copyOf: start };
    const body = { name: name.trim(), ...from, team: teamId === "" ? null : teamId, ...copied };
    const changed = await change("drafts.create", { body }, { said: null, offline: all.failures.network });
    if (changed.refused === null) {
      announce(text.begun(name.trim()));
      onBegun(changed.value.id);
    }
    return changed;
  };
  return (
    <Sheet title={text.newTitle} submit={text.begin} onSubmit={begin} onClose={onClose}>
      {(_, isTried) => (
        <>
          <TextInput
            label={text.name}
            value={name}
            hint={text.nameHint}
            maxLength={NAME_MAX}
            isFirst
            onChange={setName}
            {...(isTried && name.trim() === "" ? { error: text.nameNeeded } : {})}
          />
          <Choice
            label={text.start}
            value={start}
            options={[
              { value: "", label: text.empty },
              { value: WEEKS, label: text.weeksFrom },
              ...drafts.map((draft) => ({ value: draft.id, label: text.copyOf(draft.name) })),
            ]}
            onChange={setStart}
          />
          <Choice
            label={text.for}
            value={teamId}
            options={[
              { value: "", label: text.everybody },
              ...known.map((each) => ({ value: each.id, label: each.name })),
            ]}
            onChange={setTeam}
          />
        </>
      )}
    </Sheet>
  );
}

const WEEKS = "weeks";
