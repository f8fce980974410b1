import { randomBytes } from "node:crypto";
import {
  addCommandOf,
  collect,
  decide,
  EMPTY_REGISTRY,
  printHistory,
  printModel,
  simulateHistory,
  trainAndJudge,
  versionFor,
} from "@hourwright/learn";
import { keyedHash } from "@hourwright/learn/pseudonym";
import type { Unit } from "../platform/db/database.ts";
import { systemClock } from "../platform/clock.ts";
import { idMaker } from "../platform/ids.ts";
import { systemContext } from "../contexts/identity/public.ts";
import { agreedBy } from "../contexts/learning/model.ts";
import { insertModel, insertPast, lockSetting, putSetting } from "../contexts/learning/store.ts";
import type { OwnServer } from "./own-server.ts";

// What an organisation has only after months: a history, and a model that was let through.

const newId = idMaker(systemClock, randomBytes);
const AT = "2027-02-01T07:00:00Z";
/** Lines of one statement. */
const LINES = 500;

/** A unit in the one organisation of a server, beside its requests. */
export async function unitIn<T>(own: OwnServer, work: (unit: Unit) => Promise<T>): Promise<T> {
  const { organisation } = await own.owner("me.read", {});
  return own.server.application.database.inOrganisation(systemContext(Number(organisation.id), "test", newId), work);
}

/** Lines of people who do not exist, as if they had been read under these words. */
export async function fillHistory(own: OwnServer, consent: string, count: number): Promise<void> {
  const { history } = simulateHistory(4, count);
  const [, ...lines] = printHistory(history).split("\n");
  const past = history.rows.map(({ startMs, who }, i) => ({
    id: `made up ${i}`,
    startMs,
    who,
    line: `${lines[i]!}\n`,
  }));
  for (let from = 0; from < past.length; from += LINES)
    await unitIn(own, (unit) => insertPast(unit, agreedBy(consent), past.slice(from, from + LINES)));
}

/** A candidate as if the gate had let it through, in place of all others; of a version by which the owner is among the 5 % it is tried on. */
export async function addCandidate(own: OwnServer): Promise<number> {
  const { personId } = await own.owner("me.read", {});
  const { history, truth } = simulateHistory(4, 1_500);
  const collected = collect(history);
  if ("refused" in collected) throw new Error(collected.refused);
  const { model, report } = trainAndJudge(collected.examples, { epochsMax: 1 }, truth);
  const command = addCommandOf(model, collected.examples, collected.card, report);
  if (command.do !== "add") throw new Error("a model is added");
  const verdict = { isPassed: true, reasons: ["It beats the rest."] };
  const registryAt = (given: number) => {
    const added = decide({ ...EMPTY_REGISTRY, given }, { ...command, model: { ...command.model, verdict } }, AT);
    if ("refused" in added) throw new Error(added.refused);
    return added.registry;
  };
  return unitIn(own, async (unit) => {
    const setting = (await lockSetting(unit))!;
    const hash = keyedHash(setting.key);
    const isTried = (version: number): boolean => {
      const tried = decide(registryAt(version - 1), { do: "promote", version, watch: null }, AT);
      return !("refused" in tried) && versionFor(tried.registry, personId, hash) === version;
    };
    let version = 2;
    while (!isTried(version)) version++;
    await insertModel(unit, version, printModel(model), report);
    await putSetting(unit, { ...setting, registry: registryAt(version - 1) });
    return version;
  });
}
