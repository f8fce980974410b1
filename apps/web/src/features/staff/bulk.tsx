import { useState } from "react";
import { change } from "../../data/office.ts";
import { changeEach, type EachRefused, type Staff, type StaffPerson } from "../../data/staff.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Sheet, wrongWith } from "../../shell/section.tsx";
import section from "../../shell/section.module.css";
import { Button } from "../../ui/button.tsx";
import { Choice, Refusal, TextInput } from "../../ui/field.tsx";
import { departmentPaths, NO_DEPARTMENT } from "./people-shown.ts";
import styles from "./staff.module.css";
import { useStaffWords } from "./use-staff-words.ts";

/** What can be done with several at once. One step to undo each; what is refused for one is said with their name. */
export function BulkBar(props: {
  readonly staff: Staff;
  readonly people: readonly StaffPerson[];
  readonly today: string;
  readonly onDeselect: () => void;
}) {
  const { staff, people, today, onDeselect } = props;
  const { people: text, bulk } = useStaffWords();
  const [open, setOpen] = useState<"move" | "end" | "skill" | null>(null);
  const [refused, setRefused] = useState<readonly EachRefused[]>([]);
  const close = () => setOpen(null);
  return (
    <>
      <div className={styles.bulk} role="group" aria-label={text.selected(people.length)}>
        <b role="status">{text.selected(people.length)}</b>
        <Button size="small" onPress={() => setOpen("move")}>
          {bulk.move}
        </Button>
        <Button size="small" onPress={() => setOpen("end")}>
          {bulk.end}
        </Button>
        {staff.skills.length > 0 && (
          <Button size="small" onPress={() => setOpen("skill")}>
            {bulk.skill}
          </Button>
        )}
        <Button size="small" kind="quiet" onPress={onDeselect}>
          {text.deselect}
        </Button>
      </div>
      {refused.length > 0 && (
        <Refusal>
          <p>{bulk.someRefused}</p>
          <ul>
            {refused.map(({ label, why }) => (
              <li key={label}>{bulk.why(label, why)}</li>
            ))}
          </ul>
        </Refusal>
      )}
      {open === "move" && <MoveSheet staff={staff} people={people} onClose={close} />}
      {open === "end" && <EndSheet people={people} today={today} onRefused={setRefused} onClose={close} />}
      {open === "skill" && <SkillSheet staff={staff} people={people} onRefused={setRefused} onClose={close} />}
    </>
  );
}

/** All or nobody: the server moves them in one step. */
function MoveSheet(props: {
  readonly staff: Staff;
  readonly people: readonly StaffPerson[];
  readonly onClose: () => void;
}) {
  const { staff, people, onClose } = props;
  const { words } = useOfficeLanguage();
  const { people: text, bulk } = useStaffWords();
  const [to, setTo] = useState(staff.departments[0]?.id ?? NO_DEPARTMENT);
  const paths = departmentPaths(staff.departments);
  const departmentId = to === NO_DEPARTMENT ? null : to;
  const moving = people.filter((person) => person.departmentId !== departmentId);
  const save = () => {
    const name = departmentId === null ? null : (staff.departments.find(({ id }) => id === to)?.name ?? "");
    return change(
      "departments.place",
      { body: { people: people.map(({ id }) => ({ personId: id, departmentId })) } },
      {
        said: moving.length === 0 ? bulk.movedNobody : bulk.moved(moving.length, name),
        offline: words.failures.network,
        isUndoable: moving.length > 0,
      },
    );
  };
  return (
    <Sheet title={bulk.move} submit={bulk.moveSubmit} onSubmit={save} onClose={onClose}>
      {(refused) => (
        <>
          <p className={section.quiet}>{text.selected(people.length)}</p>
          <Choice
            label={bulk.to}
            value={to}
            isFirst
            options={[
              { value: NO_DEPARTMENT, label: text.noDepartment },
              ...staff.departments.map(({ id, name }) => ({ value: id, label: paths.get(id) ?? name })),
            ]}
            onChange={setTo}
            {...wrongWith(refused, ["identity/department-invalid"])}
          />
        </>
      )}
    </Sheet>
  );
}

type EachSheet = {
  readonly people: readonly StaffPerson[];
  readonly onRefused: (refused: readonly EachRefused[]) => void;
  readonly onClose: () => void;
};

const DONE = { value: null, refused: null } as const;

function EndSheet({ people, today, onRefused, onClose }: EachSheet & { readonly today: string }) {
  const { words } = useOfficeLanguage();
  const { people: text, bulk } = useStaffWords();
  const [until, setUntil] = useState(today);
  const ending = people.flatMap(({ name, versions }) => {
    const last = versions.at(-1);
    return last === undefined || (last.until !== null && last.until < today) ? [] : [{ name, last }];
  });
  const save = async () => {
    if (until === "") return null;
    const told = { label: ({ name }: { name: string }) => name, said: bulk.ended, offline: words.failures.network };
    onRefused(
      await changeEach(ending, told, ({ last }) => ({
        operation: "contracts.end",
        params: { id: last.id },
        body: { until },
        ifMatch: last.version,
      })),
    );
    return DONE;
  };
  return (
    <Sheet title={bulk.end} submit={bulk.endSubmit} onSubmit={save} onClose={onClose}>
      {(_refused, isTried) => (
        <>
          <p className={section.quiet}>{text.selected(people.length)}</p>
          {ending.length < people.length && (
            <p className={section.quiet}>{bulk.without(people.length - ending.length)}</p>
          )}
          <TextInput
            label={bulk.last}
            type="date"
            value={until}
            isFirst
            onChange={setUntil}
            {...(isTried && until === "" ? { error: bulk.lastNeeded } : {})}
          />
        </>
      )}
    </Sheet>
  );
}

function SkillSheet({ staff, people, onRefused, onClose }: EachSheet & { readonly staff: Staff }) {
  const { words } = useOfficeLanguage();
  const { people: text, bulk } = useStaffWords();
  const [skillId, setSkillId] = useState(staff.skills[0]!.id);
  const skill = staff.skills.find(({ id }) => id === skillId)!;
  const without = people.filter(({ skills }) => skills.every((held) => held.skillId !== skillId));
  const save = async () => {
    const told = {
      label: ({ name }: StaffPerson) => name,
      said: (count: number) => bulk.given(skill.name, count),
      offline: words.failures.network,
    };
    onRefused(
      await changeEach(without, told, ({ id }) => ({
        operation: "personSkills.put",
        params: { id, skillId },
        body: { level: 1, until: null },
      })),
    );
    return DONE;
  };
  return (
    <Sheet title={bulk.skill} submit={words.settings.save} onSubmit={save} onClose={onClose}>
      {() => (
        <>
          <p className={section.quiet}>{text.selected(people.length)}</p>
          <Choice
            label={text.skill}
            value={skillId}
            isFirst
            options={staff.skills.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={setSkillId}
          />
        </>
      )}
    </Sheet>
  );
}
