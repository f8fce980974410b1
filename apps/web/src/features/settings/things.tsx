import { useState } from "react";
import type { Subject } from "../../data/api.ts";
import { change, changeOrSay, useAsked, type Pool } from "../../data/office.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox, Choice, FieldRow, TextInput } from "../../ui/field.tsx";
import { RetireButton } from "./people.tsx";
import { Places } from "./places.tsx";
import { Answered, Rows, Section, Sheet, What, wrongWith } from "../../shell/section.tsx";
import styles from "../../shell/section.module.css";

const THINGS_SHOWN = 500;
const KINDS = ["room", "vehicle", "equipment"] as const;
const POLICIES = ["forbid", "warn", "allow"] as const;

export function Things({ mayRule }: { readonly mayRule: boolean; readonly zone: string }) {
  const { words } = useOfficeLanguage();
  const text = words.settings.things;
  const [search, setSearch] = useState("");
  const [retired, setRetired] = useState(false);
  const [open, setOpen] = useState<Subject | "new" | "pool" | null>(null);
  const asked = useAsked("resources.list", {
    query: { limit: THINGS_SHOWN, retired, ...(search.trim() === "" ? {} : { search: search.trim() }) },
  });
  const pools = useAsked("pools.list", {});
  const poolList = pools.status === "ready" ? pools.value.items : [];
  const poolNames = new Map(poolList.map(({ id, name }) => [id, name]));
  const sites = asked.status === "ready" ? [...new Set(asked.value.items.flatMap(({ site }) => site ?? []))] : [];
  const dissolve = ({ id, name }: Pool) =>
    void changeOrSay(
      "pools.remove",
      { params: { id } },
      { said: text.dissolved(name), offline: words.failures.network },
    );
  return (
    <Section
      title={words.settings.sections.things}
      intro={text.intro}
      action={
        mayRule && (
          <Button kind="primary" onPress={() => setOpen("new")}>
            {text.add}
          </Button>
        )
      }
    >
      <div className={styles.tools}>
        <TextInput label={words.settings.search} value={search} onChange={setSearch} />
        <Checkbox isSelected={retired} onChange={setRetired}>
          {words.settings.showRetired}
        </Checkbox>
        {asked.status === "ready" && (
          <span className={styles.count}>{words.settings.count(asked.value.items.length)}</span>
        )}
      </div>
      <Answered asked={asked}>
        {({ items }) => (
          <Rows
            items={items}
            label={words.settings.sections.things}
            empty={search === "" && !retired ? text.empty : words.settings.noMatch}
          >
            {(thing) => (
              <li key={thing.id} className={styles.row}>
                <What
                  name={thing.name}
                  more={[
                    kindWord(thing, text.kinds),
                    thing.capacity === null ? null : text.places(thing.capacity),
                    thing.site,
                    thing.poolId === null ? null : (poolNames.get(thing.poolId) ?? null),
                  ]}
                />
                {mayRule && (
                  <Button size="small" aria-label={words.settings.edit(thing.name)} onPress={() => setOpen(thing)}>
                    {words.settings.change}
                  </Button>
                )}
              </li>
            )}
          </Rows>
        )}
      </Answered>
      <Section
        title={text.pools}
        intro={text.poolsIntro}
        action={mayRule && <Button onPress={() => setOpen("pool")}>{text.addPool}</Button>}
      >
        <Rows items={poolList} label={text.pools} empty={text.poolsEmpty}>
          {(pool) => (
            <li key={pool.id} className={styles.row}>
              <What
                name={pool.name}
                more={[pool.members.length === 0 ? text.nothingIn : pool.members.map(({ name }) => name).join(", ")]}
              />
              {mayRule && (
                <Button size="small" aria-label={text.dissolve(pool.name)} onPress={() => dissolve(pool)}>
                  {words.settings.calendars.remove}
                </Button>
              )}
            </li>
          )}
        </Rows>
      </Section>
      <Places mayRule={mayRule} sites={sites} />
      {open === "pool" && <PoolSheet onClose={() => setOpen(null)} />}
      {open !== null && open !== "pool" && (
        <ThingSheet thing={open === "new" ? null : open} pools={poolList} onClose={() => setOpen(null)} />
      )}
    </Section>
  );
}

function kindWord({ kind }: Subject, kinds: Readonly<Record<(typeof KINDS)[number], string>>): string {
  const known = KINDS.find((each) => each === kind);
  return known === undefined ? "" : kinds[known];
}

const NONE = "";

function ThingSheet(props: {
  readonly thing: Subject | null;
  readonly pools: readonly Pool[];
  readonly onClose: () => void;
}) {
  const { thing, pools, onClose } = props;
  const { words } = useOfficeLanguage();
  const text = words.settings.things;
  const { network: offline } = words.failures;
  const [fields, setFields] = useState({
    name: thing?.name ?? "",
    kind: thing?.kind ?? "room",
    capacity: thing?.capacity === null || thing === null ? "" : String(thing.capacity),
    site: thing?.site ?? "",
    policy: thing?.policy ?? "forbid",
    poolId: thing?.poolId ?? NONE,
  });
  const set = (name: keyof typeof fields) => (value: string) => setFields((before) => ({ ...before, [name]: value }));
  const save = async () => {
    const name = fields.name.trim();
    const capacity = fields.capacity.trim() === "" ? null : Number(fields.capacity);
    if (name === "" || (capacity !== null && !(Number.isInteger(capacity) && capacity > 0))) return null;
    const body = {
      name,
      kind: KINDS.find((each) => each === fields.kind) ?? "room",
      capacity,
      site: fields.site.trim() === "" ? null : fields.site.trim(),
      policy: POLICIES.find((each) => each === fields.policy) ?? "forbid",
      poolId: fields.poolId === NONE ? null : fields.poolId,
    };
    if (thing === null) return change("resources.create", { body }, { said: words.settings.added(name), offline });
    const call = { params: { id: thing.id }, body, ifMatch: thing.version };
    return change("resources.update", call, { said: words.settings.saved(name), offline, isUndoable: true });
  };
  return (
    <Sheet
      title={thing === null ? text.add : words.settings.edit(thing.name)}
      submit={thing === null ? words.settings.add : words.settings.save}
      beside={thing !== null && <RetireButton subject={thing} area="resources" onDone={onClose} />}
      onSubmit={save}
      onClose={onClose}
    >
      {(refused, isTried) => (
        <>
          <TextInput
            label={words.settings.name}
            value={fields.name}
            isFirst
            isRequired
            maxLength={200}
            onChange={set("name")}
            {...wrongWith(refused, [], isTried && fields.name.trim() === "" ? words.settings.needed : null)}
          />
          <FieldRow>
            <Choice
              label={text.kind}
              value={fields.kind}
              options={KINDS.map((value) => ({ value, label: text.kinds[value] }))}
              onChange={set("kind")}
            />
            <TextInput label={text.capacity} value={fields.capacity} maxLength={7} onChange={set("capacity")} />
          </FieldRow>
          <TextInput label={text.site} value={fields.site} maxLength={200} onChange={set("site")} />
          <Choice
            label={text.pool}
            value={fields.poolId}
            options={[
              { value: NONE, label: text.noPool },
              ...pools.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={set("poolId")}
          />
          <Choice
            label={words.settings.policy}
            value={fields.policy}
            options={POLICIES.map((value) => ({ value, label: words.settings.policies[value] }))}
            onChange={set("policy")}
          />
        </>
      )}
    </Sheet>
  );
}

function PoolSheet({ onClose }: { readonly onClose: () => void }) {
  const { words } = useOfficeLanguage();
  const text = words.settings.things;
  const [name, setName] = useState("");
  const save = async () =>
    name.trim() === ""
      ? null
      : change(
          "pools.create",
          { body: { name: name.trim() } },
          { said: words.settings.added(name), offline: words.failures.network },
        );
  return (
    <Sheet title={text.addPool} submit={words.settings.add} onSubmit={save} onClose={onClose}>
      {(refused, isTried) => (
        <TextInput
          label={words.settings.name}
          value={name}
          isFirst
          isRequired
          maxLength={200}
          onChange={setName}
          {...wrongWith(refused, [], isTried && name.trim() === "" ? words.settings.needed : null)}
        />
      )}
    </Sheet>
  );
}
