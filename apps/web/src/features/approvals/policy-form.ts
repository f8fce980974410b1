import type { Answer } from "../../data/api.ts";

export type Policy = Answer<"approvalPolicies.list">["items"][number];
type Step = Policy["steps"][number];

/** Whom a step asks, as one choice of the form. */
export const WHO = ["managers", "above", "owner", "administrator", "manager", "people"] as const;
export type WhoChoice = (typeof WHO)[number];
/** What happens at a deadline; handed on means to the managers above. */
export const AT_DEADLINE = ["escalate", "approve", "decline", "lapse"] as const;
export type AtDeadline = (typeof AT_DEADLINE)[number];

/** One step as it is typed: numbers are texts, and no hours are no deadline. */
export type StepForm = {
  readonly who: WhoChoice;
  readonly people: readonly string[];
  readonly quorum: string;
  readonly hours: string;
  readonly atDeadline: AtDeadline;
};

export const NEW_STEP: StepForm = { who: "managers", people: [], quorum: "1", hours: "", atDeadline: "escalate" };

export const STEPS_MAX = 8;
const HOURS_MAX = 2_160;
const MINUTES_OF_HOUR = 60;

/** The steps of a policy as the form has them; null where a program has set more than the form can say. */
export function formOf({ steps }: Pick<Policy, "steps">): readonly StepForm[] | null {
  const forms = steps.map(formOfStep);
  return forms.includes(null) ? null : (forms as StepForm[]);
}

function formOfStep({ who, quorum, deadlineMinutes, atDeadline }: Step): StepForm | null {
  const [first, ...others] = who;
  if (first === undefined || others.length > 0) return null;
  const choice = choiceOf(first);
  const isWhole = deadlineMinutes === null || deadlineMinutes === undefined || deadlineMinutes % MINUTES_OF_HOUR === 0;
  if (choice === null || !isWhole) return null;
  const handsOn = atDeadline?.kind === "escalate" ? atDeadline.to : [];
  if (handsOn.some(({ kind }) => kind !== "above")) return null;
  return {
    who: choice,
    people: first.kind === "people" ? first.ids : [],
    quorum: String(quorum),
    hours: deadlineMinutes === null || deadlineMinutes === undefined ? "" : String(deadlineMinutes / MINUTES_OF_HOUR),
    atDeadline: deadlineMinutes === null || atDeadline === undefined ? NEW_STEP.atDeadline : atDeadline.kind,
  };
}

function choiceOf(who: Step["who"][number]): WhoChoice | null {
  if (who.kind === "people") return "people";
  if (who.kind === "role") return who.role === "member" ? null : who.role;
  return who.level === 0 ? "managers" : who.level === 1 ? "above" : null;
}

/** What is wrong with a step as it is typed; null when it can be sent. */
export function wrongWithStep({ who, people, quorum, hours }: StepForm): "people" | "quorum" | "hours" | null {
  if (who === "people" && people.length === 0) return "people";
  const most = who === "people" ? people.length : 50;
  if (!isWholeUpTo(quorum, most)) return "quorum";
  return hours.trim() === "" || isWholeUpTo(hours, HOURS_MAX) ? null : "hours";
}

const isWholeUpTo = (text: string, most: number): boolean =>
  /^\d{1,4}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= most;

/** The step that the form says; only of one with which nothing is wrong. */
export function stepOf({ who, people, quorum, hours, atDeadline }: StepForm): Step {
  const asks: Step["who"][number] =
    who === "people"
      ? { kind: "people", ids: [...people] }
      : who === "managers" || who === "above"
        ? { kind: "managers", level: who === "managers" ? 0 : 1 }
        : { kind: "role", role: who };
  const step = { who: [asks], quorum: Number(quorum) };
  if (hours.trim() === "") return { ...step, deadlineMinutes: null, atDeadline: { kind: "lapse" } };
  const at: NonNullable<Step["atDeadline"]> =
    atDeadline === "escalate" ? { kind: "escalate", to: [{ kind: "above" }] } : { kind: atDeadline };
  return { ...step, deadlineMinutes: Number(hours) * MINUTES_OF_HOUR, atDeadline: at };
}
