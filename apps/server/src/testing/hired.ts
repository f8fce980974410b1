import { assert } from "@hourwright/std";
import type { Unit } from "../platform/db/database.ts";
import { createSubjects } from "../contexts/identity/public.ts";
import { insertVersions, type Version } from "../contexts/workforce/public.ts";

const FIRST_CONTRACT_DAY = Temporal.PlainDate.from("1970-01-01").until("2026-01-05").days;

/** People with a contract of full weeks and no pattern, written past the API, for rosters of any size. Answers their ids. */
export async function hire(unit: Unit, count: number, zone: string): Promise<string[]> {
  const names = Array.from({ length: count }, (_, i) => `Staff ${i}`);
  const made = await createSubjects(
    unit,
    names.map((name) => ({ kind: "person" as const, name, email: null, zone })),
  );
  assert(!("refused" in made), "the zone is known");
  const people = made.map(({ id }) => id);
  await insertVersions(
    unit,
    people.map((personId): Version => ({
      id: unit.newId("con"),
      personId,
      fromDay: FIRST_CONTRACT_DAY,
      toDay: null,
      terms: {
        nominal: { minutes: 2_400, per: "week" },
        partPermille: 1_000,
        turns: { weeks: [[[], [], [], [], [], [], []]], anchorDay: FIRST_CONTRACT_DAY },
        site: null,
        region: "CZ",
        holidays: "paid",
      },
      cost: null,
      ruleSetId: null,
      version: 1,
    })),
  );
  return people;
}
