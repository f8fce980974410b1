import type { OperationCall } from "../../platform/bundle/bundle.ts";
import type { MadeRequest } from "../../platform/bundle/mine.ts";
import type { ChangeWithContents } from "../../platform/changes/read.ts";
import { LEARNING } from "./model.ts";

/** The call that puts the setting back as it was; null for a change of something else. */
export function inverseOfLearning({ thing, before }: ChangeWithContents): OperationCall | null {
  if (thing.type !== LEARNING || before === null) return null;
  return { id: "models.switch", input: { params: {}, query: {}, body: before } };
}

export const summaryOfLearning = ({ operation }: MadeRequest): string | null =>
  operation === "models.switch" ? "Changed whether history is learned from" : null;
