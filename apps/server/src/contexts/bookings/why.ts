import { changeText, reasonSentence, relaxationOf, whyNot, type SlotWords } from "@hourwright/availability";
import { MINUTE_MS, type Interval } from "@hourwright/time";
import type { Unit } from "../../platform/db/database.ts";
import { guardedFrom } from "../claims/pure.ts";
import type { Caller } from "../../platform/operations/context.ts";
import { subjectsById } from "../identity/public.ts";
import { closedText, whyClosed, type ClosedBecause } from "../workforce/public.ts";
import { ageMinutes, ageText, isStale } from "./sources.ts";
import { sourcesOf } from "./source-store.ts";
import { readFacts, type SlotAsked } from "./slots.ts";
import { questionOf, type SlotFacts, type ToldQuestion } from "./slot-question.ts";
import { zonedText } from "./queries.ts";
import { changeFacts, reasonFacts, type Naming } from "./why-facts.ts";

// Why there is no slot, from the same code that finds slots: for those who offer the service, not for customers.

/** What stands against a start and what would make it possible, each as a sentence and as the facts that it is made of. */
export async function whyNoSlot(
  unit: Unit,
  caller: Caller,
  asked: Omit<SlotAsked, "fromMs" | "toMs">,
  startMs: number,
) {
  const facts = await readFacts(unit, { ...asked, fromMs: startMs, toMs: startMs + 1 });
  const question = questionOf(facts, { explains: true });
  const names = new Map((await subjectsById(unit, facts.subjects)).map(({ id, name }) => [id, name]));
  const reasons = whyNot(question, startMs);
  const closed = reasons
    .flatMap((reason) => (reason.kind === "subjects" ? reason.unable : []))
    .filter(({ why }) => why.some(({ kind }) => kind === "closed"))
    .map(({ subject }) => facts.subjects[subject]!);
  const stretch = { startMs, endMs: startMs + asked.lengthMinutes * MINUTE_MS };
  const naming = namingFor(facts, question, stretch, names, await whyClosed(unit, caller, closed, stretch));
  const words = wordsFor(naming, facts.zone);
  const relaxation = reasons.length === 0 ? [] : relaxationOf(question, startMs);
  const sources = await sourcesOf(unit, facts.subjects);
  return {
    isOffered: reasons.length === 0,
    zone: facts.zone,
    calendars: sources.map((source) => ({
      sentence: `${names.get(source.subjectId) ?? "Somebody"}: “${source.calendar}” ${source.freshMs === null ? "was never read yet" : `was last read ${ageText(facts.nowMs - source.freshMs)} ago`}.`,
      isStale: isStale(source, asked.service.stale, facts.nowMs),
      whose: names.get(source.subjectId) ?? null,
      calendar: source.calendar,
      ageMinutes: ageMinutes(source, facts.nowMs),
    })),
    reasons: reasons.map((reason) => {
      // One person in the way is named; of several the sentence tells.
      const only = reason.kind === "subjects" && reason.unable.length === 1 ? reason.unable[0]!.subject : null;
      return {
        kind: reason.kind,
        sentence: reasonSentence(reason, words),
        subject: only === null ? null : { id: facts.subjects[only]!, name: words.subject(only) },
        facts: reasonFacts(reason, naming),
      };
    }),
    relaxation:
      relaxation === null
        ? null
        : relaxation.map((change) => ({
            kind: change.kind,
            sentence: changeText(change, words),
            facts: changeFacts(change, naming),
          })),
  };
}

function namingFor(
  facts: SlotFacts,
  question: ToldQuestion,
  stretch: Interval,
  names: ReadonlyMap<string, string>,
  closed: ReadonlyMap<string, ClosedBecause>,
): Naming {
  const labels = new Map(
    guardedFrom(facts.guarded).map((each) => [`${each.subjectId} ${each.startMs} ${each.endMs}`, each.label]),
  );
  return {
    who: (subject) => ({ id: facts.subjects[subject]!, name: names.get(facts.subjects[subject]!) ?? "" }),
    closed: (subject) => closed.get(facts.subjects[subject]!) ?? null,
    role: (role) => facts.service.roles[role]!.name,
    taken: (subject, taken) => {
      const { startMs, endMs } = question.subjects[subject]!.taken[taken]!;
      return labels.get(`${facts.subjects[subject]!} ${startMs} ${endMs}`) || null;
    },
    objection: (subject, ruleId, sentence = null) =>
      question.objections!(subject, stretch.startMs, stretch.endMs).find(
        (each) => each.ruleId === ruleId && (sentence === null || each.sentence === sentence),
      )!,
    time: (ms) => zonedText(ms, facts.zone),
    staleAfterMinutes: facts.service.stale.afterMinutes,
    nowMs: facts.nowMs,
  };
}

function wordsFor({ who, role, taken, closed }: Naming, zone: string): SlotWords {
  return {
    subject: (subject) => who(subject).name || "somebody who is gone",
    role,
    closed: (subject) => {
      const because = closed(subject);
      return because === null ? null : closedText(because);
    },
    taken: (subject, index) => {
      const label = taken(subject, index);
      return label === null ? null : `“${label}”`;
    },
    time: (ms) =>
      wallTime.format(Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDateTime()),
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
