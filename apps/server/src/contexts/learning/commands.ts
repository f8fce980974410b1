import { learningProblems, refuseLearning, refuseRequest, type Refused } from "@hourwright/contract";
import { decide, entryOf, type Command } from "@hourwright/learn";
import type { Unit } from "../../platform/db/database.ts";
import { agreedBy, LEARNING, newSetting, type SettingContents } from "./model.ts";
import { deleteAll, deleteModels, deletePredictionsExcept, ensureSetting, lockSetting, putSetting } from "./store.ts";
import { recordModel } from "./training.ts";

/** Allows learning from history, with the words to which people agreed, or stops it. Without words it stays off. */
export async function switchLearningFrom(
  unit: Unit,
  wish: { readonly isOn: boolean; readonly consent?: string | undefined },
  newKey: () => string,
): Promise<SettingContents | Refused<"learning/consent-missing">> {
  const setting = await ensureSetting(unit, newSetting(newKey()));
  const before: SettingContents = { isOn: setting.isOn, consent: setting.consent };
  const after: SettingContents = { isOn: wish.isOn, consent: (wish.consent ?? setting.consent).trim() };
  if (after.isOn && after.consent === "") return refuseLearning("consent-missing", "say", {});
  if (after.isOn === before.isOn && after.consent === before.consent) return after;
  const isAgreedAnew = agreedBy(after.consent) !== agreedBy(before.consent);
  await putSetting(unit, { ...setting, ...after, ...(isAgreedAnew ? { readUntilMs: null } : {}) });
  if (!after.isOn) await deletePredictionsExcept(unit, []);
  unit.record({ kind: "updated", thing: { type: LEARNING, id: LEARNING }, fields: ["isOn", "consent"], before, after });
  unit.wake(LEARNING);
  return after;
}

type Deed = "promote" | "roll back" | "retire" | "remove";

const unknown = refuseRequest("not-found", "model", {});

/** Lets the registry decide; what it says is the answer. */
export async function changeModel(
  unit: Unit,
  version: number,
  deed: Deed,
): Promise<{ readonly said: string } | Refused<"request/not-found" | "learning/model-refused">> {
  const setting = await lockSetting(unit);
  const entry = setting === null ? undefined : entryOf(setting.registry, version);
  if (setting === null || entry === undefined) return unknown;
  const command: Command =
    deed === "promote" ? { do: deed, version, watch: setting.watches[version] ?? null } : { do: deed, version };
  const at = Temporal.Instant.fromEpochMilliseconds(unit.nowMs).toString();
  const decision = decide(setting.registry, command, at);
  if ("refused" in decision) return learningProblems.refuse("model-refused", decision.refused);
  const { registry, said } = decision;
  const { [version]: _, ...others } = setting.watches;
  await putSetting(unit, { ...setting, registry, watches: deed === "remove" ? others : setting.watches });
  if (deed === "remove") await deleteModels(unit, [version]);
  const asked = registry.entries.filter(({ state }) => state === "canary" || state === "serving");
  await deletePredictionsExcept(
    unit,
    asked.map((each) => each.version),
  );
  recordModel(unit, version, deed === "remove" ? "removed" : "updated");
  unit.wake(LEARNING);
  return { said };
}

/** Stops, and deletes all of it: history, key, models, what they foretold. */
export async function forgetLearning(unit: Unit): Promise<null> {
  const setting = await lockSetting(unit);
  if (setting === null) return null;
  await deleteAll(unit);
  unit.record({ kind: "updated", thing: { type: LEARNING, id: LEARNING }, fields: ["history"] });
  return null;
}
