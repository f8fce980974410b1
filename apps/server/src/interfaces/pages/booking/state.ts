import { domainToASCII, domainToUnicode } from "node:url";
import { limits } from "@hourwright/contract";
import { html, type Html } from "./html.ts";

/** What the customer has written so far. Kept in the address and in hidden fields: the server remembers nothing of it. */
export type Details = {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  /** The code of a package. */
  readonly package: string;
  /** By the questions' ids. */
  readonly answers: Readonly<Record<string, string>>;
};

/** Where in a booking somebody is. */
export type State = {
  /** As the address asks; null: as the browser does. */
  readonly lang: string | null;
  /** Whether it is shown inside somebody else's page. */
  readonly embed: boolean;
  /** Which part is in front on a small screen. */
  readonly step: "service" | "zone" | null;
  readonly on: Temporal.PlainDate | null;
  readonly minutes: number | null;
  readonly choose: readonly string[];
  readonly places: number;
  readonly zone: string | null;
  /** So many dates, a week apart; null: one alone. */
  readonly repeat: number | null;
  /** `isKept`: it was prolonged, and is not again. `isLeft`: another time is looked for, and it stays until that is held. */
  readonly hold: {
    readonly id: string;
    readonly key: string;
    readonly isKept: boolean;
    readonly isLeft: boolean;
  } | null;
  readonly details: Details;
};

/** What a field may hold here; the contract says what of it is taken. */
const FIELD_CHARACTERS_MAX = 2_100;
const CHOICES_MAX = 8;
/** A code with more between its characters than anybody writes. */
const CODE_CHARACTERS_MAX = 40;
const ANSWER = "q.";
/** Longer addresses are cut short by leaving answers out: some programs between here and there cut them anywhere. */
const ADDRESS_CHARACTERS_MAX = 6_000;

/** Browsers send the domain of an address in ASCII, however it was typed: it is shown as people read it. */
function asTyped(email: string): string {
  const at = email.lastIndexOf("@") + 1;
  const domain = domainToUnicode(email.slice(at));
  const isSame = domain !== "" && domainToASCII(domain) === email.slice(at).toLowerCase();
  return isSame ? `${email.slice(0, at)}${domain}` : email;
}

/** Reads what an address or a form says; what cannot be is as if it were not there. */
export function stateOf(given: URLSearchParams): State {
  const text = (name: string): string => (given.get(name) ?? "").slice(0, FIELD_CHARACTERS_MAX);
  const [id, key] = [text("hold"), text("key")];
  const answers = [...given.keys()]
    .filter((name) => name.startsWith(ANSWER))
    .slice(0, limits.SERVICE_QUESTIONS_MAX)
    .map((name) => [name.slice(ANSWER.length), text(name)] as const);
  const step = text("step");
  return {
    lang: text("lang") === "" ? null : text("lang").slice(0, 2),
    embed: text("embed") === "1",
    step: step === "service" || step === "zone" ? step : null,
    on: dayOf(text("on")),
    minutes: wholeOf(text("minutes")),
    choose: given
      .getAll("choose")
      .filter((each) => each !== "" && each.length <= 64)
      .slice(0, CHOICES_MAX),
    places: wholeOf(text("places")) ?? 1,
    zone: text("zone") === "" ? null : text("zone").slice(0, 64),
    repeat: repeatOf(text("repeat")),
    hold: id === "" || key === "" ? null : { id, key, isKept: text("kept") === "1", isLeft: text("left") === "1" },
    details: {
      name: text("name"),
      email: asTyped(text("email")),
      phone: text("phone"),
      package: text("package").slice(0, CODE_CHARACTERS_MAX),
      answers: Object.fromEntries(answers.filter(([each]) => /^[a-z][a-z0-9-]{0,39}$/.test(each))),
    },
  };
}

const repeatOf = (text: string): number | null => {
  const count = wholeOf(text);
  return count === null || count < 2 || count > limits.SERIES_DATES_MAX ? null : count;
};

const wholeOf = (text: string): number | null => (/^\d{1,4}$/.test(text) && Number(text) > 0 ? Number(text) : null);

function dayOf(text: string): Temporal.PlainDate | null {
  if (!/^[12]\d{3}-\d{2}-\d{2}$/.test(text)) return null;
  try {
    return Temporal.PlainDate.from(text);
  } catch {
    return null; // 30 February.
  }
}

type Field = readonly [name: string, value: string];

const withoutDetails = (state: State): readonly Field[] => [
  ...(state.lang === null ? [] : [["lang", state.lang] as const]),
  ...(state.embed ? [["embed", "1"] as const] : []),
  ...(state.step === null ? [] : [["step", state.step] as const]),
  ...(state.minutes === null ? [] : [["minutes", String(state.minutes)] as const]),
  ...state.choose.map((id) => ["choose", id] as const),
  ...(state.places === 1 ? [] : [["places", String(state.places)] as const]),
  ...(state.zone === null ? [] : [["zone", state.zone] as const]),
  ...(state.repeat === null ? [] : [["repeat", String(state.repeat)] as const]),
  ...(state.on === null ? [] : [["on", state.on.toString()] as const]),
  ...(state.hold === null ? [] : [["hold", state.hold.id] as const, ["key", state.hold.key] as const]),
  ...(state.hold?.isKept === true ? [["kept", "1"] as const] : []),
  ...(state.hold?.isLeft === true ? [["left", "1"] as const] : []),
];

function detailFields({ name, email, phone, package: code, answers }: Details): readonly Field[] {
  const fields: readonly Field[] = [
    ["name", name],
    ["email", email],
    ["phone", phone],
    ["package", code],
    ...Object.entries(answers).map(([id, answer]) => [ANSWER + id, answer] as const),
  ];
  return fields.filter(([, value]) => value !== "");
}

/** The address of a page in a state. Details come last, as many as fit. */
export function addressOf(path: string, state: State): string {
  const search = new URLSearchParams(withoutDetails(state) as [string, string][]);
  for (const [name, value] of detailFields(state.details)) {
    const longer = new URLSearchParams(search);
    longer.append(name, value);
    if (longer.toString().length <= ADDRESS_CHARACTERS_MAX) search.append(name, value);
  }
  return search.size === 0 ? path : `${path}?${search}`;
}

/** The state as hidden fields of a form; `details`: those as well, where the form does not ask for them itself. */
export const hiddenFields = (state: State, details: boolean): Html => {
  const fields = details ? [...withoutDetails(state), ...detailFields(state.details)] : withoutDetails(state);
  return html`${fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}`;
};

/** The name of a question's field. */
export const answerField = (id: string): string => ANSWER + id;
