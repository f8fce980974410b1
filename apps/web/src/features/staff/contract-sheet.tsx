import { useState } from "react";
import { RequestFailed } from "../../data/api.ts";
import { change, useAsked } from "../../data/office.ts";
import type { Contract } from "../../data/staff.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Sheet } from "../../shell/section.tsx";
import section from "../../shell/section.module.css";
import { Choice, FieldRow, Refusal, TextInput } from "../../ui/field.tsx";
import { bodyOf, faultsOf, firstFrom, formOf, placeOfRefusal, type ContractForm } from "./contract-form.ts";
import { Pattern } from "./pattern.tsx";
import { useStaffWords } from "./use-staff-words.ts";

const PERS = ["week", "month", "year"] as const;
const HOLIDAYS = ["paid", "unpaid", "worked"] as const;

/** A version of somebody's contract from a day on: as the last one is, to be changed. */
export function ContractSheet(props: {
  readonly person: { readonly id: string; readonly name: string };
  readonly versions: readonly Contract[];
  readonly today: string;
  readonly sites: readonly string[];
  readonly maySeeCost: boolean;
  readonly onClose: () => void;
}) {
  const { person, versions, today, sites, maySeeCost, onClose } = props;
  const { words } = useOfficeLanguage();
  const { contract: text, person: told } = useStaffWords();
  const last = versions.at(-1) ?? null;
  const [form, setForm] = useState<ContractForm>(() => formOf(last, firstFrom(last, today)));
  const put = (part: Partial<ContractForm>) => setForm((before) => ({ ...before, ...part }));
  const faults = faultsOf(form);
  const save = () => {
    if (faults.length > 0) return Promise.resolve(null);
    return change(
      "contracts.create",
      { body: bodyOf(person.id, form, maySeeCost) },
      { said: told.written(person.name), offline: words.failures.network, isUndoable: true },
    );
  };
  return (
    <Sheet title={text.title(person.name)} submit={text.save} onSubmit={save} onClose={onClose}>
      {(refused, isTried) => {
        const place = refused === null ? null : placeOfRefusal(problemOf(refused.error));
        const said = (at: typeof place) => (place === at ? { error: refused!.sentence } : {});
        const wrong = (at: string, sentence: string) =>
          isTried && faults.some((fault) => fault.at === at) ? { error: sentence } : {};
        return (
          <>
            <FieldRow>
              <TextInput
                label={text.from}
                type="date"
                value={form.from}
                isFirst
                {...(last === null ? {} : { hint: text.fromHint })}
                onChange={(from) => put({ from, ...(last === null ? { anchor: from } : {}) })}
                {...wrong("from", words.settings.needed)}
                {...said("from")}
              />
              <TextInput
                label={text.until}
                type="date"
                value={form.until}
                onChange={(until) => put({ until })}
                {...said("until")}
              />
            </FieldRow>
            <FieldRow>
              <TextInput
                label={text.hours}
                value={form.hours}
                onChange={(hours) => put({ hours })}
                {...wrong("hours", text.hoursWrong)}
                {...said("hours")}
              />
              <Choice
                label={text.per}
                value={form.per}
                options={PERS.map((value) => ({ value, label: text.pers[value] }))}
                onChange={(value) => put({ per: PERS.find((per) => per === value) ?? "week" })}
              />
              <TextInput
                label={text.part}
                value={form.part}
                inputMode="decimal"
                onChange={(part) => put({ part })}
                {...wrong("part", text.partWrong)}
                {...said("part")}
              />
            </FieldRow>
            <FieldRow>
              <TextInput label={text.site} value={form.site} suggestions={sites} onChange={(site) => put({ site })} />
              <RuleSets
                value={form.ruleSetId}
                onChange={(ruleSetId) => put({ ruleSetId })}
                error={said("rules").error}
              />
            </FieldRow>
            <FieldRow>
              <TextInput
                label={text.region}
                value={form.region}
                hint={text.regionHint}
                onChange={(region) => put({ region })}
                {...said("region")}
              />
              <Choice
                label={text.holidays}
                value={form.holidays}
                options={HOLIDAYS.map((value) => ({ value, label: text.holidayKinds[value] }))}
                onChange={(value) => put({ holidays: HOLIDAYS.find((each) => each === value) ?? "paid" })}
              />
            </FieldRow>
            {maySeeCost && (
              <FieldRow>
                <TextInput
                  label={text.cost}
                  value={form.cost}
                  inputMode="decimal"
                  hint={text.costHint}
                  onChange={(cost) => put({ cost })}
                  {...wrong("cost", text.costWrong)}
                  {...said("cost")}
                />
                <TextInput
                  label={text.currency}
                  value={form.currency}
                  maxLength={3}
                  onChange={(currency) => put({ currency: currency.toUpperCase() })}
                  {...wrong("currency", text.currencyWrong)}
                />
              </FieldRow>
            )}
            <Pattern form={form} faults={isTried ? faults : []} sites={sites} onChange={put} />
            {place === "pattern" && <Refusal>{refused!.sentence}</Refusal>}
            {isTried && faults.length > 0 && <p className={section.quiet}>{words.settings.needed}</p>}
          </>
        );
      }}
    </Sheet>
  );
}

const problemOf = (error: unknown) => (error instanceof RequestFailed ? error.problem : null);

function RuleSets(props: {
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (id: string) => void;
}) {
  const { contract: text } = useStaffWords();
  const asked = useAsked("ruleSets.list", { query: {} });
  const sets = asked.status === "ready" ? asked.value.items : [];
  return (
    <Choice
      label={text.rules}
      value={props.value}
      options={[{ value: "", label: text.noRules }, ...sets.map(({ id, name }) => ({ value: id, label: name }))]}
      onChange={props.onChange}
      {...(props.error === undefined ? {} : { error: props.error })}
    />
  );
}
