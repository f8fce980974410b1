import { setImmediate as breathe } from "node:timers/promises";
import { Lru } from "@hourwright/std";
import {
  LIMITS,
  openPluginHost,
  valuesOf,
  type ConstraintManifest,
  type Limits,
  type Plugin,
  type PluginBreach,
  type PluginQuestion,
} from "@hourwright/plugin";
import type { Logger } from "pino";
import type { Database } from "../../../platform/db/database.ts";
import type { IdMaker } from "../../../platform/ids.ts";
import { systemContext } from "../../identity/public.ts";
import type { CommitmentDate } from "../situation.ts";
import { switchPluginOff } from "./commands.ts";
import { readPlugins, type FoundPlugin } from "./folder.ts";
import type { PluginLine } from "./lines.task.ts";
import { SWITCH_OFF, type AllowedPlugin } from "./model.ts";
import { allowedPluginsOf } from "./store.ts";

/** A breach that a plug-in found on somebody's line. */
export type FoundByPlugin = {
  readonly allowed: AllowedPlugin;
  readonly manifest: ConstraintManifest;
  readonly breach: PluginBreach;
  readonly subjectId: string;
  /** The place of its line among those that were asked about. */
  readonly line: number;
  /** What takes part, in the order in which the plug-in named it. */
  readonly dates: readonly CommitmentDate[];
};

/** `isCut`: a plug-in was not asked about all, because time was over or others were before. */
export type PluginAnswer = { readonly found: readonly FoundByPlugin[]; readonly isCut: boolean };

/** The plug-ins of this process: what lies in its folder, and asking those that an organisation allows. */
export type Plugins = {
  readonly hasFolder: boolean;
  read(): Promise<FoundPlugin[]>;
  /**
   * What allowed plug-ins find on some lines. Never throws for what a plug-in does: one that fails is switched off for the
   * organisation, with a notice, and what it found in this answer is left out.
   */
  ask(organisation: number, allowed: readonly AllowedPlugin[], lines: readonly PluginLine[]): Promise<PluginAnswer>;
};

export type PluginPorts = {
  /** Null: the server was given none. */
  readonly folder: string | null;
  readonly database: Pick<Database, "inOrganisation">;
  readonly newId: IdMaker;
  readonly log: Pick<Logger, "warn" | "error">;
  readonly monotonicMs: () => number;
};

/** Processes of plug-ins at once, each about 65 MB: of all organisations, and of one. */
const PROCESSES_MAX = 2;
const PROCESSES_OF_ONE_MAX = 1;
/** Who comes to a longer queue is answered without plug-ins. */
const WAITING_MAX = 20;
const WAITING_OF_ONE_MAX = 8;
/** One plug-in may take so long in one answer, beside its start; then the rest of the lines is left out. */
const ASKED_MS_MAX = 5_000;
/** The package's own end of a run lies beyond: being asked about much is no fault. */
const OWN_LIMITS: Limits = { ...LIMITS, callMs: 2_000, allMs: 30_000, heapMb: 128 };
/** Answers kept, by plug-in, numbers and line: the same question gets the same answer. */
const KEPT_MAX = 20_000;
const KEPT_BREACHES_MAX = 100_000;
/** Found by one plug-in in one answer. */
const FOUND_MAX = 10_000;
const SENTENCE_MAX = 500;
const OFF_KNOWN_MAX = 1_000;

export function openPlugins({ folder, database, newId, log, monotonicMs }: PluginPorts): Plugins {
  const turns = createTurns();
  const kept = new Lru<string, readonly PluginBreach[]>(KEPT_MAX, KEPT_BREACHES_MAX, ({ length }) => length);
  /** Those of which the database does not know that they were switched off: as they were allowed then. */
  const off = new Lru<string, true>(OFF_KNOWN_MAX);

  async function switchOff(organisation: number, allowed: AllowedPlugin, sentence: string): Promise<void> {
    log.warn({ organisation, plugin: allowed.name, hash: allowed.hash, sentence }, "a plug-in is switched off");
    try {
      await database.inOrganisation(systemContext(organisation, SWITCH_OFF, newId), (unit) =>
        switchPluginOff(unit, allowed, sentence),
      );
    } catch (error) {
      off.set(asAllowed(organisation, allowed), true);
      log.error({ err: error, organisation, plugin: allowed.name }, "that a plug-in is off could not be stored");
    }
  }

  /** One plug-in about all lines, in one process that ends with the answer. */
  async function askOne(
    organisation: number,
    allowed: AllowedPlugin,
    plugin: Plugin<ConstraintManifest>,
    lines: readonly PluginLine[],
  ): Promise<PluginAnswer> {
    const { manifest, hash } = plugin;
    const values = valuesOf(manifest.parameters, allowed.values, "values");
    const host = openPluginHost({ allowed: new Set([allowed.hash]), limits: OWN_LIMITS });
    await using run = host.openConstraint(plugin);
    const found: FoundByPlugin[] = [];
    const untilMs = monotonicMs() + ASKED_MS_MAX;
    const numbers = JSON.stringify([hash, values]);
    for (const [line, { subjectId, question, dates, key }] of lines.entries()) {
      let breaches = kept.get(`${key} ${numbers}`);
      if (breaches === undefined) {
        if (monotonicMs() > untilMs) return { found, isCut: true };
        const asked = JSON.parse(question) as Omit<PluginQuestion, "values">;
        const answer = await run.breaches({ ...asked, values });
        if ("off" in answer) {
          await switchOff(organisation, allowed, storable(answer.off.sentence));
          return NOTHING;
        }
        breaches = answer.value;
        kept.set(`${key} ${numbers}`, breaches);
      }
      if (breaches.length === 0) continue;
      if (found.length + breaches.length > FOUND_MAX) return { found, isCut: true };
      await breathe(); // Lines whose answers are known are unpacked one after the other: others are served in between.
      const dateOf = JSON.parse(dates) as CommitmentDate[];
      for (const breach of breaches)
        found.push({ allowed, manifest, breach, subjectId, line, dates: breach.taken.map((at) => dateOf[at]!) });
    }
    return { found, isCut: false };
  }

  /** Whether it is allowed as it was read: who was before may have switched it off. */
  async function isStillOn(organisation: number, { id, version }: AllowedPlugin): Promise<boolean> {
    const now = await database.inOrganisation(systemContext(organisation, "plugins.ask", newId), allowedPluginsOf, {
      lane: "read",
    });
    return now.some((each) => each.id === id && each.version === version && each.off === null);
  }

  async function askInTurn(...asked: Parameters<typeof askOne>): Promise<PluginAnswer> {
    const [organisation, allowed] = asked;
    if (off.get(asAllowed(organisation, allowed)) !== undefined) return NOTHING;
    const leave = await turns(organisation);
    if (leave === null) return { found: [], isCut: true };
    try {
      return (await isStillOn(organisation, allowed)) ? await askOne(...asked) : NOTHING;
    } catch (error) {
      log.error({ err: error, organisation, plugin: allowed.name }, "a plug-in could not be asked");
      return { found: [], isCut: true };
    } finally {
      leave();
    }
  }

  return {
    hasFolder: folder !== null,
    read: () => readPlugins(folder),
    async ask(organisation, allowed, lines) {
      const on = allowed.filter((each) => each.off === null);
      if (on.length === 0 || lines.length === 0 || folder === null) return NOTHING;
      const there = new Map(
        (await readPlugins(folder)).flatMap((each) => ("read" in each ? [[each.read.hash, each.read] as const] : [])),
      );
      const found: FoundByPlugin[] = [];
      let isCut = false;
      for (const each of on) {
        const plugin = there.get(each.hash);
        if (plugin === undefined || !isConstraint(plugin)) continue;
        const answer = await askInTurn(organisation, each, plugin, lines);
        found.push(...answer.found);
        isCut ||= answer.isCut;
      }
      return { found, isCut };
    },
  };
}

const NOTHING: PluginAnswer = { found: [], isCut: false };

/** What a plug-in did may be told in its own words: a database takes no NUL and no half of a pair, and nobody reads what turns lines around. */
const storable = (sentence: string): string =>
  sentence
    .slice(0, SENTENCE_MAX)
    .toWellFormed()
    .replaceAll(/\p{Cc}|\p{Bidi_Control}/gu, "\uFFFD");

const asAllowed = (organisation: number, { id, version }: AllowedPlugin): string => `${organisation} ${id} ${version}`;

const isConstraint = (plugin: Plugin): plugin is Plugin<ConstraintManifest> => plugin.manifest.kind === "constraint";

/** Turns at starting a process, first come, first served, one of an organisation at once. Null: too many wait. */
function createTurns(): (organisation: number) => Promise<(() => void) | null> {
  type Waiting = { readonly organisation: number; readonly go: () => void };
  let waiting: Waiting[] = [];
  const running: number[] = [];
  const of = (organisation: number, list: readonly number[]) => list.filter((each) => each === organisation).length;
  function next(): void {
    if (running.length >= PROCESSES_MAX) return;
    const turn = waiting.find(({ organisation }) => of(organisation, running) < PROCESSES_OF_ONE_MAX);
    if (turn === undefined) return;
    waiting = waiting.filter((each) => each !== turn);
    running.push(turn.organisation);
    turn.go();
  }
  return async (organisation) => {
    const own = of(
      organisation,
      waiting.map((each) => each.organisation),
    );
    if (waiting.length >= WAITING_MAX || own >= WAITING_OF_ONE_MAX) return null;
    await new Promise<void>((go) => {
      waiting.push({ organisation, go });
      next();
    });
    return () => {
      running.splice(running.indexOf(organisation), 1);
      next();
    };
  };
}
