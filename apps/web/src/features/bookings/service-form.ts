import type { Answer } from "../../data/api.ts";
import { questionFields, questionsIn, type QuestionFields } from "./question-form.ts";

// Pure: what stands in the fields of a service's form, and the service that it makes.

export type Service = Answer<"services.list">["items"][number];
export type Assign = Service["roles"][number]["assign"];

export type RoleFields = {
  /** Tells one from another while they have no names. */
  readonly key: string;
  readonly name: string;
  readonly anyOf: readonly string[];
  readonly assign: Assign;
};

/** Text as it is typed: a number is read when the form is sent. */
export type ServiceFields = {
  readonly name: string;
  readonly slug: string;
  readonly description: string;
  readonly lengths: string;
  readonly roles: readonly RoleFields[];
  readonly bufferBefore: string;
  readonly bufferAfter: string;
  readonly notice: string;
  readonly window: string;
  readonly every: string;
  readonly places: string;
  readonly limitPerDay: string;
  readonly limitPerWeek: string;
  readonly seriesMax: string;
  readonly cancelUntil: string;
  readonly offer: string;
  /** Hours, set apart by commas. */
  readonly reminders: string;
  readonly asks: boolean;
  readonly question: string;
  /** Hours. */
  readonly askAfter: string;
  readonly needsApproval: boolean;
  readonly needsPackage: boolean;
  readonly isOpen: boolean;
  readonly price: string;
  readonly policy: string;
  readonly where: Service["where"]["kind"];
  readonly whereText: string;
  readonly questions: readonly QuestionFields[];
  readonly stale: Service["stale"]["policy"];
  readonly staleAfter: string;
};

/** Of each number: its bounds, and whether it may be left empty. */
export const NUMBERS = {
  bufferBefore: { from: 0, to: 1_440, isOptional: false },
  bufferAfter: { from: 0, to: 1_440, isOptional: false },
  notice: { from: 0, to: 8_760, isOptional: false },
  window: { from: 1, to: 730, isOptional: true },
  every: { from: 5, to: 1_440, isOptional: false },
  places: { from: 1, to: 500, isOptional: false },
  limitPerDay: { from: 1, to: 10_000, isOptional: true },
  limitPerWeek: { from: 1, to: 10_000, isOptional: true },
  seriesMax: { from: 1, to: 52, isOptional: true },
  cancelUntil: { from: 0, to: 8_760, isOptional: false },
  offer: { from: 10, to: 10_080, isOptional: false },
  askAfter: { from: 0, to: 336, isOptional: false },
  staleAfter: { from: 1, to: 720, isOptional: false },
} as const;

export type NumberField = keyof typeof NUMBERS;

const LENGTHS_MAX = 8;
const HOUR_MINUTES = 60;

export const newRole = (): RoleFields => ({ key: crypto.randomUUID(), name: "", anyOf: [], assign: "fair" });

export const newFields = (): ServiceFields => ({
  name: "",
  slug: "",
  description: "",
  lengths: "60",
  roles: [newRole()],
  bufferBefore: "0",
  bufferAfter: "0",
  notice: "12",
  window: "60",
  every: "30",
  places: "1",
  limitPerDay: "",
  limitPerWeek: "",
  seriesMax: "",
  cancelUntil: "24",
  offer: "120",
  reminders: "24",
  asks: false,
  question: "",
  askAfter: "2",
  needsApproval: false,
  needsPackage: false,
  isOpen: true,
  price: "",
  policy: "",
  where: "none",
  whereText: "",
  questions: [],
  stale: "book",
  staleAfter: "24",
});

const numberText = (value: number | null): string => (value === null ? "" : String(value));

export const fieldsOf = (service: Service): ServiceFields => ({
  name: service.name,
  slug: service.slug,
  description: service.description,
  lengths: service.lengths.join(", "),
  roles: service.roles.map(({ name, anyOf, assign }) => ({ ...newRole(), name, anyOf, assign })),
  bufferBefore: String(service.bufferBeforeMinutes),
  bufferAfter: String(service.bufferAfterMinutes),
  notice: String(Math.round(service.noticeMinutes / HOUR_MINUTES)),
  window: numberText(service.windowDays),
  every: String(service.raster.everyMinutes),
  places: String(service.places),
  limitPerDay: numberText(service.limitPerDay),
  limitPerWeek: numberText(service.limitPerWeek),
  seriesMax: numberText(service.seriesMax),
  cancelUntil: String(Math.round(service.cancelUntilMinutes / HOUR_MINUTES)),
  offer: String(service.offerMinutes),
  reminders: service.reminderMinutes.map((minutes) => String(Number((minutes / HOUR_MINUTES).toFixed(2)))).join(", "),
  asks: service.rating !== null,
  question: service.rating?.question ?? "",
  askAfter: String(Math.round((service.rating?.afterMinutes ?? 2 * HOUR_MINUTES) / HOUR_MINUTES)),
  needsApproval: service.needsApproval,
  needsPackage: service.needsPackage,
  isOpen: service.isOpen,
  price: service.price,
  policy: service.policy,
  where: service.where.kind,
  whereText: service.where.text,
  questions: service.questions.map(questionFields),
  stale: service.stale.policy,
  staleAfter: String(Math.max(1, Math.round(service.stale.afterMinutes / HOUR_MINUTES))),
});

/** The lengths that a text names, or null where it names none, too many, or what is no length. */
export function lengthsIn(text: string): readonly number[] | null {
  const lengths = text
    .split(/[,;\s]+/)
    .filter((part) => part !== "")
    .map(Number);
  const isLength = (minutes: number): boolean => Number.isInteger(minutes) && minutes >= 5 && minutes <= 1_440;
  return lengths.length > 0 && lengths.length <= LENGTHS_MAX && lengths.every(isLength) ? [...new Set(lengths)] : null;
}

const REMINDERS_MAX = 3;
const REMINDER_MINUTES_MIN = 5;
const REMINDER_MINUTES_MAX = 43_200;

/** The minutes that a text of hours names, most first; none of an empty one, null where it names too many, or what is no time. */
export function remindersIn(text: string): readonly number[] | null {
  const minutes = text
    .split(/[,;\s]+/)
    .filter((part) => part !== "")
    .map((part) => Math.round(Number(part) * HOUR_MINUTES));
  const isOne = (each: number): boolean => each >= REMINDER_MINUTES_MIN && each <= REMINDER_MINUTES_MAX;
  return minutes.length <= REMINDERS_MAX && minutes.every(isOne)
    ? [...new Set(minutes)].toSorted((a, b) => b - a)
    : null;
}
/** A number as its field has it; null where it may be empty and is, undefined where it is wrong. */
export function numberIn(field: NumberField, text: string): number | null | undefined {
  const { from, to, isOptional } = NUMBERS[field];
  if (text.trim() === "") return isOptional ? null : undefined;
  const value = Number(text);
  return Number.isInteger(value) && value >= from && value <= to ? value : undefined;
}

export const isSlug = (text: string): boolean => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text.length <= 64;

/** The service that the fields make, without what the form does not show; null while something is missing or wrong. */
export function serviceIn(fields: ServiceFields) {
  const lengths = lengthsIn(fields.lengths);
  const numbers = Object.fromEntries(
    (Object.keys(NUMBERS) as NumberField[]).map((field) => [field, numberIn(field, fields[field])]),
  ) as Record<NumberField, number | null | undefined>;
  const reminders = remindersIn(fields.reminders);
  const isWhole = fields.roles.every(({ name, anyOf }) => name.trim() !== "" && anyOf.length > 0);
  const questions = questionsIn(fields.questions);
  if (
    questions === null ||
    lengths === null ||
    reminders === null ||
    !isWhole ||
    fields.name.trim() === "" ||
    !isSlug(fields.slug)
  )
    return null;
  if (Object.values(numbers).includes(undefined)) return null;
  return {
    name: fields.name.trim(),
    slug: fields.slug,
    description: fields.description.trim(),
    lengths: [...lengths],
    roles: fields.roles.map(({ name, anyOf, assign }) => ({ name: name.trim(), anyOf: [...anyOf], assign })),
    bufferBeforeMinutes: numbers.bufferBefore!,
    bufferAfterMinutes: numbers.bufferAfter!,
    noticeMinutes: numbers.notice! * HOUR_MINUTES,
    windowDays: numbers.window!,
    raster: { everyMinutes: numbers.every!, from: "midnight" as const },
    places: numbers.places!,
    limitPerDay: numbers.limitPerDay!,
    limitPerWeek: numbers.limitPerWeek!,
    seriesMax: numbers.seriesMax!,
    cancelUntilMinutes: numbers.cancelUntil! * HOUR_MINUTES,
    offerMinutes: numbers.offer!,
    reminderMinutes: [...reminders],
    rating: fields.asks ? { question: fields.question.trim(), afterMinutes: numbers.askAfter! * HOUR_MINUTES } : null,
    needsApproval: fields.needsApproval,
    needsPackage: fields.needsPackage,
    isOpen: fields.isOpen,
    price: fields.price.trim(),
    policy: fields.policy.trim(),
    where: { kind: fields.where, text: fields.where === "none" ? "" : fields.whereText.trim() },
    questions,
    stale: { policy: fields.stale, afterMinutes: numbers.staleAfter! * HOUR_MINUTES },
  };
}
