import { Buffer } from "node:buffer";
import { isRefused, limits, refuseRequest, refuseWork } from "@hourwright/contract";
import { DAY_MS, parseWallTime, printWallTime, normalise, type Interval } from "@hourwright/time";
import type { Unit } from "../../../platform/db/database.ts";
import { FileAnswer, type RequestContext } from "../../../platform/operations/context.ts";
import type { Handlers } from "../../../platform/operations/dispatcher.ts";
import type { Task, WorkerPool } from "../../../platform/workers/pool.ts";
import type { HolidayLibrary } from "../holidays/model.ts";
import { learnRegions, newRegions } from "../holidays/regions.ts";
import { changeLayersAt, holderToChange, noHolder } from "./commands.ts";
import { clockOf } from "./decide.ts";
import type { FileAsked, FileRead } from "./exchange.task.ts";
import { layersWith, sentencesOf } from "./exchange.ts";
import type { Layers, StoredLayer } from "./model.ts";
import { calendarOf, daysClosedAbove, explained, followedBy, mayChange, shownLayers } from "./queries.ts";
import { holdersOf, type Holder } from "./sources.ts";

type AvailabilityIds =
  | `availability.${"read" | "layers" | "putLayers" | "export" | "import"}`
  | `holidayRegions.${"list" | "holidays"}`;

export type AvailabilityPorts = { readonly library: HolidayLibrary; readonly questions: WorkerPool };

const readFile: Task<FileAsked, never, FileRead> = {
  module: new URL("exchange.task.ts", import.meta.url),
  name: "readAvailabilityTask",
};

/** So much of a file is read: a month back, and as far as availability is handed in. */
const FILE_DAYS_BACK = 31;
const FILE_DAYS_AHEAD = 760;

/** Opening times in layers: who has which, what becomes of them, and the holidays that there are. */
export function availabilityOperations({ library, questions }: AvailabilityPorts): Handlers<AvailabilityIds> {
  return {
    "availability.read": ({ query }, context) => {
      const window = { startMs: instantMs(query.from), endMs: instantMs(query.to) };
      if (window.startMs >= window.endMs || window.endMs - window.startMs > limits.AVAILABILITY_DAYS_MAX * DAY_MS)
        return Promise.resolve(badWindow);
      if (window.startMs < YEAR_1900_MS || window.endMs > YEAR_2200_MS) return Promise.resolve(badWindow);
      return context.read(async (unit) => {
        const holder = (await holdersOf(unit, [query.subjectId], daysOf(window))).get(query.subjectId);
        if (holder === undefined) return noHolder;
        const parts = explained(holder, window, await mayChange(unit, context.caller!, holder));
        const text = (ms: number) => zonedText(ms, holder.zone.id);
        return {
          subjectId: holder.id,
          zone: holder.zone.id,
          open: normalise(parts.filter(({ isOpen }) => isOpen)).map(({ startMs, endMs }) => ({
            start: text(startMs),
            end: text(endMs),
          })),
          parts: parts.map(({ startMs, endMs, isOpen, sentence, decider }) => ({
            start: text(startMs),
            end: text(endMs),
            isOpen,
            sentence,
            layer:
              decider === null
                ? null
                : { ...decider, names: { ...decider.names }, regionNames: { ...decider.regionNames } },
          })),
        };
      });
    },

    "availability.layers": ({ params }, context) =>
      context.read(async (unit) => {
        const holder = (await holdersOf(unit, [params.id])).get(params.id);
        return holder === undefined ? noHolder : shown(unit, context, holder, holder.own);
      }),

    "availability.putLayers": async ({ params, body }, context) => {
      const named = body.layers.flatMap((layer) =>
        layer.kind === "holidays" && layer.region !== null ? [layer.region] : [],
      );
      const regions = await newRegions(context, library, named);
      if (isRefused(regions)) return regions;
      return context.write(async (unit) => {
        const holder = await holderToChange(unit, context.caller!, params.id);
        if (isRefused(holder)) return holder;
        const changed = await changeLayersAt(unit, holder, context.ifMatch, () => body.layers);
        if (isRefused(changed)) return changed;
        await learnRegions(unit, regions);
        return shown(unit, context, holder, changed);
      });
    },

    "availability.export": async ({ params }, context) => {
      const holder = await context.read(async (unit) => (await holdersOf(unit, [params.id])).get(params.id));
      if (holder === undefined) return noHolder;
      const file = calendarOf(holder, context.nowMs);
      return isRefused(file) ? file : new FileAnswer("text/calendar; charset=utf-8", `${holder.name}.ics`, [file]);
    },

    "availability.import": async ({ params, query, body }, context) => {
      const bytes = await bytesOf(body as unknown as AsyncIterable<Uint8Array>);
      const today = todayAt(context.nowMs);
      const span = { firstDay: today - FILE_DAYS_BACK, lastDay: today + FILE_DAYS_AHEAD };
      const asked = await context.read(async (unit) => {
        const holder = await holderToChange(unit, context.caller!, params.id);
        return isRefused(holder) ? holder : { holder, closed: daysClosedAbove(holder, span) };
      });
      if (isRefused(asked)) return asked;
      const { holder, closed } = asked;
      const read = await questions.run(readFile, { bytes, zone: holder.zone.id, span, closed }, {});
      if (read.refused !== null) return refuseWork("no-availability", "file", { sentence: read.refused });
      const { pattern, openClosed } = read;
      const told = {
        isPreview: query.preview,
        sentences: sentencesOf(pattern, openClosed, span.firstDay, span.lastDay),
      };
      const change = (before: readonly StoredLayer[]) => layersWith(pattern, before);
      const work = async (unit: Unit) => {
        const changed = await changeLayersAt(unit, holder, context.ifMatch, change);
        return isRefused(changed) ? changed : { ...told, layers: [...changed.layers], version: changed.version };
      };
      return query.preview ? context.attempt(work) : context.write(work);
    },

    "holidayRegions.list": async ({ query }) => {
      const regions = await library.regionsOf(query.of ?? null, query.language);
      return regions === null ? noRegion : { items: [...regions] };
    },

    "holidayRegions.holidays": async ({ params, query }) => {
      const known = await library.holidaysOf(params.region, query.year, query.year);
      if (known === null) return noRegion;
      return {
        region: known.names.en,
        items: known.days.map(({ day, key, names, type, fromMinute }) => ({
          day: printWallTime(day * DAY_MS, "date"),
          key,
          name: names.en ?? key,
          names: { ...names },
          type,
          from: fromMinute === null ? null : clockOf(fromMinute),
        })),
      };
    },
  };
}

const noRegion = refuseRequest("not-found", "region", {});
const badWindow = refuseWork("bad-window", "days-of-years", {
  most: limits.AVAILABILITY_DAYS_MAX,
  from: 1900,
  to: 2199,
});
const YEAR_1900_MS = parseWallTime("1900-01-01")!.localMs;
const YEAR_2200_MS = parseWallTime("2200-01-01")!.localMs;

const daysOf = ({ startMs, endMs }: Interval) => ({
  fromDay: Math.floor(startMs / DAY_MS) - 1,
  toDay: Math.ceil(endMs / DAY_MS) + 1,
});
const todayAt = (nowMs: number): number => Math.floor(nowMs / DAY_MS);
const instantMs = (text: string): number => Temporal.Instant.from(text).epochMilliseconds;
const zonedText = (ms: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toString({ timeZoneName: "never" });

async function shown(unit: Unit, context: RequestContext, holder: Holder, { layers, version }: Layers) {
  const may = await mayChange(unit, context.caller!, holder);
  context.reply.headers["etag"] = `"${version}"`;
  const { id, zone } = holder;
  return { id, zone: zone.id, layers: shownLayers(layers, may), follows: followedBy(holder), mayChange: may, version };
}

/** The upload is bounded by the catalogue. */
async function bytesOf(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts);
}
