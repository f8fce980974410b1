import {
  changeText,
  reasonSentence,
  relaxationOf,
  whyNot,
  type SlotQuestion,
  type SlotWords,
} from "@hourwright/availability";
import { MINUTE_MS } from "@hourwright/time";
import type { Unit } from "../../platform/db/database.ts";
import { guardedFrom } from "../claims/public.ts";
import type { Caller } from "../../platform/operations/context.ts";
import { subjectsById } from "../identity/public.ts";
import { whyClosed } from "../workforce/public.ts";
import { ageText, isStale, sourcesOf } from "./sources.ts";
import { questionOf, readFacts, type SlotAsked, type SlotFacts } from "./slots.ts";

// Why there is no slot, from the same code that finds slots: for those who offer the service, not for customers.

/** What stands against a start, in sentences, and what would make it possible. */
export async function whyNoSlot(
  unit: Unit,
  caller: Caller,
  asked: Omit<SlotAsked, "fromMs" | "toMs">,
  startMs: number,
) {
  const facts = await readFacts(unit, { ...asked, fromMs: startMs, toMs: startMs + 1 });
  const question = questionOf(facts, { explains: true });
  const names = new Map((await subjectsById(unit, facts.subjects)).map(({ id, name }) => [id, name]));
  const nameOf = (subject: number): string => names.get(facts.subjects[subject]!) ?? "somebody who is gone";
  const reasons = whyNot(question, startMs);
  const closed = reasons
    .flatMap((reason) => (reason.kind === "subjects" ? reason.unable : []))
    .filter(({ why }) => why.some(({ kind }) => kind === "closed"))
    .map(({ subject }) => facts.subjects[subject]!);
  const stretch = { startMs, endMs: startMs + asked.lengthMinutes * MINUTE_MS };
  const words = wordsFor(facts, question, nameOf, await whyClosed(unit, caller, closed, stretch));
  const relaxation = reasons.length === 0 ? [] : relaxationOf(question, startMs);
  const sources = await sourcesOf(unit, facts.subjects);
  return {
    isOffered: reasons.length === 0,
    calendars: sources.map((source) => ({
      sentence: `${names.get(source.subjectId) ?? "Somebody"}: “${source.calendar}” ${source.freshMs === null ? "was never read yet" : `was last read ${ageText(facts.nowMs - source.freshMs)} ago`}.`,
      isStale: isStale(source, asked.service.stale, facts.nowMs),
    })),
    reasons: reasons.map((reason) => {
      // One person in the way is named; of several the sentence tells.
      const only = reason.kind === "subjects" && reason.unable.length === 1 ? reason.unable[0]!.subject : null;
      return {
        kind: reason.kind,
        sentence: reasonSentence(reason, words),
        subject: only === null ? null : { id: facts.subjects[only]!, name: nameOf(only) },
      };
    }),
    relaxation:
      relaxation === null
        ? null
        : relaxation.map((change) => ({ kind: change.kind, sentence: changeText(change, words) })),
  };
}

function wordsFor(
  facts: SlotFacts,
  question: SlotQuestion,
  nameOf: (subject: number) => string,
  closed: ReadonlyMap<string, string>,
): SlotWords {
  const labels = new Map(
    guardedFrom(facts.guarded).map((each) => [`${each.subjectId} ${each.startMs} ${each.endMs}`, each.label]),
  );
  return {
    subject: nameOf,
    closed: (subject) => closed.get(facts.subjects[subject]!) ?? null,
    role: (role) => facts.service.roles[role]!.name,
    taken: (subject, taken) => {
      const { startMs, endMs } = question.subjects[subject]!.taken[taken]!;
      const label = labels.get(`${facts.subjects[subject]!} ${startMs} ${endMs}`);
      return label === undefined || label === "" ? null : `“${label}”`;
    },
    time: (ms) =>
      wallTime.format(Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(facts.zone).toPlainDateTime()),
  };
}

const wallTime = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});
