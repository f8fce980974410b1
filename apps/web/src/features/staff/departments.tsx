import { useId, useRef, useState, type DragEvent, type KeyboardEvent } from "react";
import type { Me } from "../../data/api.ts";
import { change, changeOrSay, useAsked, type Refusal as Refused } from "../../data/office.ts";
import { useStaff, type Department, type Staff } from "../../data/staff.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Rows, Section, Sheet } from "../../shell/section.tsx";
import section from "../../shell/section.module.css";
import { walk } from "../../shell/use-address.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { Choice, TextInput } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { printStaff } from "./address.ts";
import { hasTwin, linesOf, stepOf } from "./department-tree.ts";
import styles from "./departments.module.css";
import { departmentPaths } from "./people-shown.ts";
import { useDepartmentWords } from "./use-department-words.ts";

const MANAGERS_MAX = 20;
const TOP = "";

type Open =
  | { readonly what: "new"; readonly parentId: string | null }
  | { readonly what: "change"; readonly of: Department };

/** The tree, and beside it the one that is chosen: who manages it and who stands in for them, and who is in it. */
export function Departments({ me }: { readonly me: Me }) {
  const { words } = useOfficeLanguage();
  const text = useDepartmentWords();
  const { staff, failed } = useStaff();
  const [chosenId, setChosen] = useState<string | null>(null);
  const [open, setOpen] = useState<Open | null>(null);
  const mayRule = me.role === "owner" || me.role === "administrator";
  const chosen = staff?.departments.find(({ id }) => id === chosenId) ?? staff?.departments[0] ?? null;
  const remove = ({ id, name, version }: Department) =>
    void changeOrSay(
      "departments.remove",
      { params: { id }, ifMatch: version },
      { said: text.removed(name), offline: words.failures.network, isUndoable: true },
    );
  return (
    <Section
      title={text.title}
      intro={text.intro}
      action={
        mayRule && (
          <Button kind="primary" onPress={() => setOpen({ what: "new", parentId: null })}>
            {text.add}
          </Button>
        )
      }
    >
      {staff === null && (
        <output className={section.quiet}>{failed === null ? words.settings.loading : words.settings.failed}</output>
      )}
      {staff !== null && chosen === null && <p className={section.empty}>{text.empty}</p>}
      {staff !== null && chosen !== null && (
        <div className={styles.sides}>
          <Tree
            departments={staff.departments}
            chosen={chosen}
            onChoose={setChosen}
            onChange={(of) => of.mayChange && setOpen({ what: "change", of })}
            onAdd={(of) => of.mayFill && setOpen({ what: "new", parentId: of.id })}
            onRemove={(of) => of.mayChange && remove(of)}
          />
          <Chosen
            key={chosen.id}
            me={me}
            staff={staff}
            department={chosen}
            onChange={() => setOpen({ what: "change", of: chosen })}
            onAdd={() => setOpen({ what: "new", parentId: chosen.id })}
            onRemove={() => remove(chosen)}
          />
        </div>
      )}
      {open !== null && staff !== null && (
        <DepartmentSheet staff={staff} open={open} mayRule={mayRule} onDone={setChosen} onClose={() => setOpen(null)} />
      )}
    </Section>
  );
}

function Tree(props: {
  readonly departments: readonly Department[];
  readonly chosen: Department;
  readonly onChoose: (id: string) => void;
  readonly onChange: (department: Department) => void;
  readonly onAdd: (department: Department) => void;
  readonly onRemove: (department: Department) => void;
}) {
  const { departments, chosen, onChoose, onChange, onAdd, onRemove } = props;
  const { words } = useOfficeLanguage();
  const text = useDepartmentWords();
  const hint = useId();
  const tree = useRef<HTMLDivElement>(null);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [carried, setCarried] = useState<Department | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const lines = linesOf(departments, closed);
  const shownId = lines.some(({ department }) => department.id === chosen.id) ? chosen.id : lines[0]!.department.id;
  const toggle = (id: string, isOpen: boolean) =>
    setClosed((before) => new Set(isOpen ? [...before].filter((each) => each !== id) : [...before, id]));
  const focus = (id: string) => {
    onChoose(id);
    tree.current?.querySelector<HTMLElement>(`[data-department="${id}"]`)?.focus();
  };
  const press = (event: KeyboardEvent, department: Department) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const deed = { F2: onChange, Insert: onAdd, Delete: onRemove }[event.key];
    const step = deed === undefined ? stepOf(lines, department.id, event.key) : null;
    if (deed === undefined && step === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (deed !== undefined) deed(department);
    else if (step !== null && "to" in step) focus(step.to);
    else if (step !== null && "open" in step) toggle(step.open, true);
    else if (step !== null) toggle(step.close, false);
  };
  const drop = (event: DragEvent, onto: Department) => {
    event.preventDefault();
    setOver(null);
    if (carried === null || carried.id === onto.id || carried.parentId === onto.id) return;
    void changeOrSay(
      "departments.update",
      { params: { id: carried.id }, body: { parentId: onto.id }, ifMatch: carried.version },
      { said: text.moved(carried.name, onto.name), offline: words.failures.network, isUndoable: true },
    );
  };
  return (
    <div>
      <div ref={tree} role="tree" aria-label={text.tree} aria-describedby={hint} className={styles.tree}>
        {lines.map(({ department, hasBelow, isOpen }) => {
          const { id, name, level, people, peopleWithin } = department;
          return (
            <div
              key={id}
              role="treeitem"
              tabIndex={id === shownId ? 0 : -1}
              aria-level={level}
              aria-selected={id === chosen.id}
              {...(hasBelow ? { "aria-expanded": isOpen } : {})}
              aria-label={`${name}, ${text.people(people, peopleWithin)}`}
              className={styles.line}
              style={{ paddingInlineStart: 8 + (level - 1) * 18 }}
              data-department={id}
              data-over={over === id}
              draggable={department.mayChange}
              onClick={() => focus(id)}
              onKeyDown={(event) => press(event, department)}
              onDragStart={(event) => {
                event.dataTransfer.setData("text/plain", name);
                setCarried(department);
              }}
              onDragEnd={() => {
                setCarried(null);
                setOver(null);
              }}
              onDragOver={(event) => {
                if (carried === null) return;
                event.preventDefault();
                setOver(id);
              }}
              onDrop={(event) => drop(event, department)}
            >
              <span
                className={styles.twist}
                data-open={isOpen}
                aria-hidden="true"
                onClick={(event) => {
                  event.stopPropagation();
                  toggle(id, !isOpen);
                }}
              >
                {hasBelow && <Icon name="down" size={12} />}
              </span>
              <span className={styles.lineName}>{name}</span>
              <span className={styles.count} data-count={text.counted(people, peopleWithin)} aria-hidden="true" />
            </div>
          );
        })}
      </div>
      <p id={hint} className={styles.hint}>
        {text.keys}
      </p>
    </div>
  );
}

function Chosen(props: {
  readonly me: Me;
  readonly staff: Staff;
  readonly department: Department;
  readonly onChange: () => void;
  readonly onAdd: () => void;
  readonly onRemove: () => void;
}) {
  const { me, staff, department, onChange, onAdd, onRemove } = props;
  const text = useDepartmentWords();
  const { name, managers, people, peopleWithin, mayChange, mayFill } = department;
  return (
    <div className={styles.chosen}>
      <header className={styles.chosenHead}>
        <div>
          <h3>{name}</h3>
          <p className={section.quiet}>{text.people(people, peopleWithin)}</p>
        </div>
        {mayFill && (
          <Button size="small" aria-label={text.addWithin(name)} onPress={onAdd}>
            {text.addHere}
          </Button>
        )}
        {mayChange && (
          <>
            <Button size="small" aria-label={text.changeOf(name)} onPress={onChange}>
              {text.change}
            </Button>
            <Button size="small" aria-label={text.removeOf(name)} onPress={onRemove}>
              {text.remove}
            </Button>
          </>
        )}
      </header>
      <h4>{text.managers}</h4>
      <Rows
        items={managers}
        label={text.managers}
        empty={department.parentId === null ? text.noManagersAtTop : text.noManagers}
      >
        {(manager) => <ManagerRow key={manager.id} me={me} manager={manager} />}
      </Rows>
      <h4>{text.members}</h4>
      <Members staff={staff} department={department} />
    </div>
  );
}

/** Who stands in is told to them and to who runs the organisation. */
function ManagerRow({ me, manager }: { readonly me: Me; readonly manager: Department["managers"][number] }) {
  const mayRule = me.role === "owner" || me.role === "administrator";
  const isMe = manager.id === me.personId;
  const text = useDepartmentWords();
  return (
    <li className={section.row}>
      <Avatar name={manager.name} />
      <div className={section.what}>
        <b>{manager.name}</b>
        <span>
          {manager.retired ? (
            text.left
          ) : mayRule || isMe ? (
            <Delegates personId={isMe ? null : manager.id} of={manager.id} />
          ) : null}
        </span>
      </div>
    </li>
  );
}

function Delegates({ personId, of }: { readonly personId: string | null; readonly of: string }) {
  const text = useDepartmentWords();
  const asked = useAsked("deputies.list", { query: personId === null ? {} : { personId } });
  if (asked.status !== "ready") return null;
  const names = asked.value.items.filter(({ person }) => person.id === of).map(({ deputy }) => deputy.name);
  return names.length === 0 ? text.noDeputy : text.deputies(names);
}

function Members({ staff, department }: { readonly staff: Staff; readonly department: Department }) {
  const { words } = useOfficeLanguage();
  const text = useDepartmentWords();
  const [adding, setAdding] = useState("");
  const { id, name, mayFill } = department;
  const members = staff.people.filter(({ departmentId }) => departmentId === id);
  const others = staff.people.filter(({ departmentId }) => departmentId !== id);
  const place = (personId: string, departmentId: string | null, said: string) =>
    changeOrSay(
      "departments.place",
      { body: { people: [{ personId, departmentId }] } },
      { said, offline: words.failures.network, isUndoable: true },
    );
  return (
    <>
      <Rows items={members} label={text.membersOf(name)} empty={text.nobody}>
        {(person) => (
          <li key={person.id} className={section.row}>
            <Avatar name={person.name} />
            <div className={section.what}>
              <b>
                <a
                  className={styles.person}
                  href={printStaff("people", person.id)}
                  onClick={(event) => {
                    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
                    event.preventDefault();
                    walk(printStaff("people", person.id));
                  }}
                >
                  {person.name}
                </a>
              </b>
            </div>
            {mayFill && (
              <Button
                size="small"
                aria-label={text.outOf(person.name)}
                onPress={() => void place(person.id, null, text.takenOut(person.name))}
              >
                {text.out}
              </Button>
            )}
          </li>
        )}
      </Rows>
      {mayFill && others.length > 0 && (
        <div className={styles.put}>
          <Choice
            label={text.put}
            value={adding}
            options={[{ value: "", label: "–" }, ...others.map((each) => ({ value: each.id, label: each.name }))]}
            onChange={setAdding}
          />
          <Button
            isDisabled={adding === ""}
            onPress={() => {
              const who = others.find((each) => each.id === adding)?.name ?? "";
              void place(adding, id, text.placed(who, name)).then(() => setAdding(""));
            }}
          >
            {text.putDo}
          </Button>
        </div>
      )}
    </>
  );
}

/** One department: what it is called, what it is part of, who manages it. */
function DepartmentSheet(props: {
  readonly staff: Staff;
  readonly open: Open;
  readonly mayRule: boolean;
  readonly onDone: (id: string) => void;
  readonly onClose: () => void;
}) {
  const { staff, open, mayRule, onDone, onClose } = props;
  const { words } = useOfficeLanguage();
  const text = useDepartmentWords();
  const of = open.what === "change" ? open.of : null;
  const [name, setName] = useState(of?.name ?? "");
  const [parent, setParent] = useState((open.what === "new" ? open.parentId : open.of.parentId) ?? TOP);
  const [managerIds, setManagers] = useState<readonly string[]>(of?.managers.map(({ id }) => id) ?? []);
  const paths = departmentPaths(staff.departments);
  const parentId = parent === TOP ? null : parent;
  const isTwin = hasTwin(staff.departments, of?.id ?? null, parentId, name);
  const save = async () => {
    if (name.trim() === "") return null;
    const told = { offline: words.failures.network, isUndoable: true };
    const body = { name: name.trim(), parentId, managerIds: [...managerIds] };
    if (of !== null)
      return change(
        "departments.update",
        { params: { id: of.id }, body, ifMatch: of.version },
        { ...told, said: text.saved(body.name) },
      );
    const changed = await change("departments.create", { body }, { ...told, said: text.added(body.name) });
    if (changed.refused === null) onDone(changed.value.id);
    return changed;
  };
  const parents = staff.departments.filter(
    ({ id, mayFill }) => id !== of?.id && (mayRule || mayFill || id === parentId),
  );
  return (
    <Sheet title={of === null ? text.add : text.changeOf(of.name)} submit={text.save} onSubmit={save} onClose={onClose}>
      {(refused, isTried) => {
        const wrong = wrongAt(refused, isTwin);
        return (
          <>
            <TextInput
              label={text.name}
              value={name}
              isFirst
              isRequired
              maxLength={100}
              onChange={setName}
              {...(isTried && name.trim() === "" ? { error: text.nameNeeded } : wrong.name)}
            />
            <Choice
              label={text.parent}
              value={parent}
              options={[
                ...(mayRule || of?.parentId === null ? [{ value: TOP, label: text.top }] : []),
                ...parents.map((each) => ({ value: each.id, label: paths.get(each.id) ?? each.name })),
              ]}
              onChange={setParent}
              {...wrong.parent}
            />
            <Managers staff={staff} of={of} isAtTop={parentId === null} chosen={managerIds} onChange={setManagers} />
          </>
        );
      }}
    </Sheet>
  );
}

function wrongAt(refused: Refused | null, isTwin: boolean) {
  if (refused?.code !== "identity/department-invalid") return { name: {}, parent: {} };
  const error = { error: refused.sentence };
  return isTwin ? { name: error, parent: {} } : { name: {}, parent: error };
}

function Managers(props: {
  readonly staff: Staff;
  readonly of: Department | null;
  readonly isAtTop: boolean;
  readonly chosen: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
}) {
  const { staff, of, isAtTop, chosen, onChange } = props;
  const text = useDepartmentWords();
  const [adding, setAdding] = useState("");
  const names = new Map([...staff.people, ...(of?.managers ?? [])].map(({ id, name }) => [id, name]));
  const others = staff.people.filter(({ id }) => !chosen.includes(id));
  return (
    <fieldset className={styles.managers}>
      <legend>{text.managers}</legend>
      {chosen.length === 0 && <p className={section.quiet}>{isAtTop ? text.noManagersAtTop : text.noManagers}</p>}
      <ul className={styles.chips}>
        {chosen.map((id) => (
          <li key={id}>
            {names.get(id) ?? ""}
            <Button
              size="icon"
              kind="quiet"
              aria-label={text.removeManager(names.get(id) ?? "")}
              onPress={() => onChange(chosen.filter((each) => each !== id))}
            >
              <Icon name="close" size={12} />
            </Button>
          </li>
        ))}
      </ul>
      {chosen.length < MANAGERS_MAX && (
        <div className={styles.put}>
          <Choice
            label={text.addManager}
            value={adding}
            options={[{ value: "", label: "–" }, ...others.map(({ id, name }) => ({ value: id, label: name }))]}
            onChange={setAdding}
          />
          <Button
            isDisabled={adding === ""}
            onPress={() => {
              onChange([...chosen, adding]);
              setAdding("");
            }}
          >
            {text.addManagerDo}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
