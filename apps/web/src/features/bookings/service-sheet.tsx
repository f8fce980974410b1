import { useState } from "react";
import { change } from "../../data/office.ts";
import type { Directory } from "../../data/session.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Sheet, wrongWith } from "../../shell/section.tsx";
import { Button } from "../../ui/button.tsx";
import { Checkbox, Choice, FieldRow, TextInput } from "../../ui/field.tsx";
import styles from "./bookings.module.css";
import {
  fieldsOf,
  isSlug,
  lengthsIn,
  newFields,
  newRole,
  numberIn,
  remindersIn,
  NUMBERS,
  serviceIn,
  type Assign,
  type NumberField,
  type RoleFields,
  type Service,
  type ServiceFields,
} from "./service-form.ts";
import { QuestionsFieldset } from "./question-fields.tsx";
import { questionsIn } from "./question-form.ts";
import { slugOf } from "./slug.ts";
import { useBookingWords } from "./use-booking-words.ts";
import { useQuestionWords } from "./use-question-words.ts";

const ROLES_MAX = 8;
const NAME_CHARACTERS_MAX = 200;

/** A service as a form: what everybody needs first, the rest below a fold. */
export function ServiceSheet(props: {
  readonly service: Service | null;
  readonly directory: Directory | null;
  readonly onClose: () => void;
}) {
  const { service, directory, onClose } = props;
  const { words: all } = useOfficeLanguage();
  const words = useBookingWords();
  const text = words.services;
  const asks = useQuestionWords();
  const [isAsking, setAsking] = useState(false);
  const [fields, setFields] = useState<ServiceFields>(() => (service === null ? newFields() : fieldsOf(service)));
  const set = (part: Partial<ServiceFields>) => setFields((before) => ({ ...before, ...part }));
  const setRole = (at: number, part: Partial<RoleFields>) =>
    set({ roles: fields.roles.map((role, index) => (index === at ? { ...role, ...part } : role)) });
  const save = async () => {
    const body = serviceIn(fields);
    if (body === null) return null;
    const { network: offline } = all.failures;
    if (service === null)
      return change("services.create", { body }, { said: text.added(body.name), offline, isUndoable: true });
    const roles = body.roles.map((role, at) => ({
      ...service.roles[at],
      ...role,
      count: service.roles[at]?.count ?? 1,
    }));
    const call = { params: { id: service.id }, body: { ...body, roles }, ifMatch: service.version };
    return change("services.update", call, { said: text.saved(body.name), offline, isUndoable: true });
  };
  const number = (field: NumberField, label: string, hint?: string) => {
    const { from, to } = NUMBERS[field];
    return (
      <TextInput
        label={label}
        value={fields[field]}
        inputMode="numeric"
        maxLength={6}
        {...(hint === undefined ? {} : { hint })}
        {...(numberIn(field, fields[field]) === undefined ? { error: text.wrongNumber(from, to) } : {})}
        onChange={(value) => set({ [field]: value })}
      />
    );
  };
  return (
    <Sheet
      title={service === null ? text.add : text.change(service.name)}
      submit={service === null ? all.settings.add : all.settings.save}
      onSubmit={save}
      onClose={onClose}
    >
      {(refused, isTried) => (
        <>
          <TextInput
            label={text.name}
            value={fields.name}
            isFirst
            isRequired
            maxLength={NAME_CHARACTERS_MAX}
            // Until somebody has an address of their own in mind it follows the name.
            onChange={(name) => set(fields.slug === slugOf(fields.name) ? { name, slug: slugOf(name) } : { name })}
            {...wrongWith(
              refused,
              ["bookings/service-invalid"],
              isTried && fields.name.trim() === "" ? text.needed : null,
            )}
          />
          <FieldRow>
            <TextInput
              label={text.slug}
              value={fields.slug}
              isRequired
              hint={text.slugHint}
              maxLength={64}
              onChange={(slug) => set({ slug })}
              {...(isTried && !isSlug(fields.slug) ? { error: text.slugWrong } : {})}
            />
            <TextInput
              label={text.lengths}
              value={fields.lengths}
              isRequired
              hint={text.lengthsHint}
              maxLength={60}
              onChange={(lengths) => set({ lengths })}
              {...(lengthsIn(fields.lengths) === null ? { error: text.lengthsWrong } : {})}
            />
          </FieldRow>
          <TextInput
            label={text.description}
            value={fields.description}
            maxLength={4_000}
            onChange={(description) => set({ description })}
          />
          {fields.roles.map((role, at) => (
            <RoleFieldset
              key={role.key}
              role={role}
              at={at}
              directory={directory}
              isTried={isTried}
              onChange={(part) => setRole(at, part)}
              onRemove={
                fields.roles.length > 1 ? () => set({ roles: fields.roles.filter((_, index) => index !== at) }) : null
              }
            />
          ))}
          {fields.roles.length < ROLES_MAX && (
            <Button onPress={() => set({ roles: [...fields.roles, newRole()] })}>{text.addRole}</Button>
          )}
          <FieldRow>
            <Choice
              label={text.where}
              value={fields.where}
              options={(["none", "address", "phone", "link"] as const).map((value) => ({
                value,
                label: text.wheres[value],
              }))}
              onChange={(where) => set({ where: where as ServiceFields["where"] })}
            />
            {fields.where !== "none" && (
              <TextInput
                label={text.whereText}
                value={fields.whereText}
                maxLength={500}
                onChange={(whereText) => set({ whereText })}
              />
            )}
          </FieldRow>
          <Checkbox isSelected={fields.isOpen} onChange={(isOpen) => set({ isOpen })}>
            {text.isOpen}
          </Checkbox>
          <details
            className={styles.more}
            open={isAsking || (isTried && questionsIn(fields.questions) === null)}
            onToggle={(event) => setAsking(event.currentTarget.open)}
          >
            <summary>{asks.title}</summary>
            <QuestionsFieldset
              questions={fields.questions}
              isTried={isTried}
              onChange={(questions) => set({ questions })}
            />
          </details>
          <details className={styles.more}>
            <summary>{text.expert}</summary>
            <div>
              <FieldRow>
                {number("bufferBefore", text.bufferBefore)}
                {number("bufferAfter", text.bufferAfter)}
              </FieldRow>
              <FieldRow>
                {number("notice", text.notice)}
                {number("window", text.window, text.noLimit)}
              </FieldRow>
              <FieldRow>
                {number("every", text.every)}
                {number("places", text.places, text.placesHint)}
              </FieldRow>
              <FieldRow>
                {number("limitPerDay", text.limitPerDay, text.noLimit)}
                {number("limitPerWeek", text.limitPerWeek, text.noLimit)}
              </FieldRow>
              <FieldRow>
                {number("cancelUntil", text.cancelUntil)}
                <TextInput
                  label={text.reminders}
                  value={fields.reminders}
                  hint={text.remindersHint}
                  maxLength={40}
                  onChange={(reminders) => set({ reminders })}
                  {...(remindersIn(fields.reminders) === null ? { error: text.remindersWrong } : {})}
                />
                {number("seriesMax", text.seriesMax, text.seriesMaxHint)}
              </FieldRow>
              <FieldRow>{number("offer", text.offer, text.offerHint)}</FieldRow>
              <FieldRow>
                <Choice
                  label={text.stale}
                  value={fields.stale}
                  options={(["book", "ask", "refuse"] as const).map((value) => ({ value, label: text.stales[value] }))}
                  onChange={(stale) => set({ stale: stale as ServiceFields["stale"] })}
                />
                {fields.stale !== "book" && number("staleAfter", text.staleAfter)}
              </FieldRow>
              <TextInput label={text.price} value={fields.price} maxLength={200} onChange={(price) => set({ price })} />
              <TextInput
                label={text.policy}
                value={fields.policy}
                maxLength={2_000}
                onChange={(policy) => set({ policy })}
              />
              <Checkbox isSelected={fields.asks} onChange={(asks) => set({ asks })}>
                {text.asks}
              </Checkbox>
              {fields.asks && (
                <FieldRow>
                  <TextInput
                    label={text.question}
                    value={fields.question}
                    hint={text.questionHint}
                    maxLength={200}
                    onChange={(question) => set({ question })}
                  />
                  {number("askAfter", text.askAfter)}
                </FieldRow>
              )}
              <Checkbox isSelected={fields.needsApproval} onChange={(needsApproval) => set({ needsApproval })}>
                {text.approval}
              </Checkbox>
              <Checkbox isSelected={fields.needsPackage} onChange={(needsPackage) => set({ needsPackage })}>
                {text.needsPackage}
              </Checkbox>
            </div>
          </details>
        </>
      )}
    </Sheet>
  );
}

function RoleFieldset(props: {
  readonly role: RoleFields;
  readonly at: number;
  readonly directory: Directory | null;
  readonly isTried: boolean;
  readonly onChange: (part: Partial<RoleFields>) => void;
  readonly onRemove: (() => void) | null;
}) {
  const { role, at, directory, isTried, onChange, onRemove } = props;
  const words = useBookingWords();
  const text = words.services;
  const everybody = [...(directory?.people ?? []), ...(directory?.things ?? [])].filter(({ retired }) => !retired);
  const chosen = new Set(role.anyOf);
  const toggle = (id: string, isSelected: boolean) =>
    onChange({ anyOf: isSelected ? [...role.anyOf, id] : role.anyOf.filter((other) => other !== id) });
  return (
    <fieldset className={styles.role}>
      <legend>{text.role(at + 1)}</legend>
      <FieldRow>
        <TextInput
          label={text.roleName}
          value={role.name}
          isRequired
          hint={text.roleHint}
          maxLength={NAME_CHARACTERS_MAX}
          onChange={(name) => onChange({ name })}
          {...(isTried && role.name.trim() === "" ? { error: text.needed } : {})}
        />
        <Choice
          label={text.assign}
          value={role.assign}
          options={(["fair", "customer", "least-busy", "same"] as const).map((value) => ({
            value,
            label: text.assigns[value],
          }))}
          onChange={(assign) => onChange({ assign: assign as Assign })}
        />
      </FieldRow>
      <div className={styles.people} role="group" aria-label={text.anyOf}>
        {everybody.map(({ id, name }) => (
          <Checkbox key={id} isSelected={chosen.has(id)} onChange={(isSelected) => toggle(id, isSelected)}>
            {name}
          </Checkbox>
        ))}
      </div>
      <span role="status">
        {role.anyOf.length === 0 ? (isTried ? text.needed : text.anyOfHint) : text.chosen(chosen.size)}
      </span>
      {onRemove !== null && (
        <Button size="small" onPress={onRemove}>
          {text.removeRole}
        </Button>
      )}
    </fieldset>
  );
}
