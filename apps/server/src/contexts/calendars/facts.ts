import type { CalendarObject } from "@hourwright/ical";
import type { Unit } from "../../platform/db/database.ts";
import { subjectsByEmail, subjectsById, subjectsOfAddresses, type Subject } from "../identity/public.ts";
import { addressesOf, type DeriveFacts } from "./derive.ts";
import {
  DERIVED_MONTHS_AHEAD,
  DERIVED_MONTHS_BACK,
  isThing,
  subjectAddress,
  subjectOfAddress,
  type Calendar,
} from "./model.ts";

// What deriving needs to know of the world: whose calendar it is, and who is behind the addresses.

/** The window in which series are derived, as of now. */
export function derivedWindow(nowMs: number): { fromMs: number; toMs: number } {
  const now = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO("UTC");
  return {
    fromMs: now.subtract({ months: DERIVED_MONTHS_BACK }).epochMilliseconds,
    toMs: now.add({ months: DERIVED_MONTHS_AHEAD }).epochMilliseconds,
  };
}

/** The facts for deriving objects of one calendar that invite these addresses. */
export async function deriveFacts(
  unit: Unit,
  calendar: Calendar,
  floatingZone: string | null,
  addresses: readonly { readonly email: string; readonly name: string | null }[],
): Promise<DeriveFacts> {
  const owners = calendar.ownerSubjectId === null ? [] : [calendar.ownerSubjectId];
  return factsOf(
    calendar,
    floatingZone,
    await resolveSubjects(unit, calendar.fed ? [] : addresses, owners, calendar.zone, "become-outside-people"),
    derivedWindow(unit.nowMs),
  );
}

/** The facts for trying whether a series can be kept, whoever it is for. */
export const factsForNobody = (nowMs: number, floatingZone: string | null): DeriveFacts => ({
  calendar: { ownerSubjectId: null, ownerEmail: null, policy: "observe", zone: "UTC" },
  subjects: {},
  floatingZone,
  ...derivedWindow(nowMs),
});

/** Looks up every address and owner once, and gives out the facts for deriving one object. */
export async function factsFor(
  unit: Unit,
  objects: readonly { readonly object: CalendarObject | null; readonly calendar: Calendar }[],
  window: { readonly fromMs: number; readonly toMs: number },
  strangers: Strangers = "become-outside-people",
): Promise<(calendar: Calendar, floatingZone: string | null) => DeriveFacts> {
  const addresses = new Map(
    objects
      .flatMap(({ object, calendar }) => (object === null || calendar.fed ? [] : addressesOf(object)))
      .map((each) => [each.email, each]),
  );
  const owners = objects.flatMap(({ calendar }) => calendar.ownerSubjectId ?? []);
  const zone = objects[0]?.calendar.zone ?? "UTC";
  const found = await resolveSubjects(unit, [...addresses.values()], owners, zone, strangers);
  return (calendar: Calendar, floatingZone: string | null): DeriveFacts =>
    factsOf(calendar, floatingZone, found, window);
}

function factsOf(
  calendar: Calendar,
  floatingZone: string | null,
  found: Awaited<ReturnType<typeof resolveSubjects>>,
  window: { readonly fromMs: number; readonly toMs: number },
): DeriveFacts {
  const owner = calendar.ownerSubjectId === null ? undefined : found.owners.get(calendar.ownerSubjectId);
  // A thing is used as strictly in its own calendar as in everybody's.
  const isThings = owner !== undefined && isThing(owner.id) && calendar.policy !== "observe";
  return {
    calendar: {
      ownerSubjectId: calendar.ownerSubjectId,
      ownerEmail: owner?.email ?? null,
      policy: isThings ? owner.policy : calendar.policy,
      zone: calendar.zone,
    },
    subjects: calendar.fed ? {} : found.byAddress, // Whoever writes a feed must not fill other people's time.
    floatingZone,
    ...window,
  };
}

/** What becomes of a mail address that nobody has: reading makes no outside people. */
type Strangers = "become-outside-people" | "stay-unknown";

/** The subjects behind addresses and ids. */
async function resolveSubjects(
  unit: Unit,
  addresses: readonly { readonly email: string; readonly name: string | null }[],
  ownerIds: readonly string[],
  zone: string,
  strangers: Strangers,
): Promise<{ byAddress: Record<string, Subject>; owners: Map<string, Subject> }> {
  const named = addresses.flatMap(
    ({ email }) =>
      subjectOfAddress(email)?.replace(
        /^(...)_(.*)$/,
        (_, kind: string, rest: string) => `${kind}_${rest.toUpperCase()}`,
      ) ?? [],
  );
  const byId = new Map(
    (await subjectsById(unit, [...new Set([...named, ...ownerIds])])).map((subject) => [subject.id, subject]),
  );
  const mail = addresses.filter(({ email }) => subjectOfAddress(email) === null);
  const byAddress: Record<string, Subject> = Object.fromEntries(
    strangers === "stay-unknown"
      ? (
          await subjectsByEmail(
            unit,
            mail.map(({ email }) => email),
          )
        ).map((subject) => [subject.email!, subject])
      : await subjectsOfAddresses(unit, mail, zone),
  );
  for (const id of named) {
    const subject = byId.get(id);
    if (subject !== undefined) byAddress[subjectAddress(id).toLowerCase()] = subject;
  }
  return { byAddress, owners: byId };
}
