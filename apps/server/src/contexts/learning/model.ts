import { createHash } from "node:crypto";
import { EMPTY_REGISTRY, type Registry, type Watch } from "@hourwright/learn";

/** What the setting is called in the log of changes, and what a model is. */
export const LEARNING = "learning";
export const MODEL = "model";

/** The log says, and undo puts back, this of the setting. */
export type SettingContents = { readonly isOn: boolean; readonly consent: string };

/** How an organisation learns from its history; `null` where nobody has ever said anything about it. */
export type Setting = SettingContents & {
  readonly key: string;
  /** What began before is in the history. */
  readonly readUntilMs: number | null;
  readonly trainedAtMs: number | null;
  readonly registry: Registry;
  readonly watches: Readonly<Record<string, Watch>>;
};

export const newSetting = (key: string): Setting => ({
  isOn: false,
  consent: "",
  key,
  readUntilMs: null,
  trainedAtMs: null,
  registry: EMPTY_REGISTRY,
  watches: {},
});

/** Rows belong to the consent under which they were read: with other words they are no longer learned from, with the same they are again. */
export const agreedBy = (consent: string): string => createHash("sha256").update(consent).digest("hex").slice(0, 16);

/** The demo learns from so many made-up commitments, the same ones each time. */
export const MADE_UP = { seed: 1, rows: 20_000 } as const;

/** What is foretold reaches so far ahead. */
export const AHEAD_DAYS = 28;

/** A model and whatever it was learned from is kept so often; what is in use is never counted away. */
export const MODELS_KEPT_MAX = 50;
