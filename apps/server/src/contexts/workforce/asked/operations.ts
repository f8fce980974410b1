import { isRefused, refuseRequest, type OperationAnswer, type Catalogue } from "@hourwright/contract";
import type { Unit } from "../../../platform/db/database.ts";
import type { Handlers } from "../../../platform/operations/dispatcher.ts";
import { organisationOf, subjectsById } from "../../identity/public.ts";
import type { Cover } from "../covers/model.ts";
import { answerOrLeaveOut, zonedText } from "../covers/operations.ts";
import { coverById } from "../covers/store.ts";
import { answerSwap } from "../swaps/commands.ts";
import type { Swap } from "../swaps/model.ts";
import { swapById } from "../swaps/store.ts";
import { linkBy, type AskedLinks, type Link } from "./links.ts";

type AskedIds = `asked.${"read" | "answer"}`;
type Asked = OperationAnswer<Catalogue["asked.read"]>;

const noLink = refuseRequest("not-found", "link", {});

/** What somebody is asked by a link, without signing in: one question, and what became of it. */
export const askedOperations = (links: AskedLinks): Handlers<AskedIds> => ({
  "asked.read": ({ params }, context) =>
    context.read(async (unit) => {
      const link = await linkBy(unit, params.token);
      return link === null ? noLink : ((await askedBy(unit, link)) ?? noLink);
    }),

  "asked.answer": async ({ params, body: { says } }, context) => {
    const link = await context.read((unit) => linkBy(unit, params.token));
    if (link === null) return noLink;
    const { thingId, personId } = link;
    const answer =
      link.kind === "cover"
        ? await answerOrLeaveOut(context, links, thingId, personId, says)
        : await context.write((unit) => answerSwap(unit, links, thingId, personId, says));
    if (isRefused(answer)) return answer as typeof noLink; // The contract lists the problems of an answer.
    return context.read(async (unit) => (await askedBy(unit, link)) ?? noLink);
  },
});

async function askedBy(unit: Unit, { kind, thingId, personId }: Link): Promise<Asked | null> {
  const [person] = await subjectsById(unit, [personId]);
  if (person === undefined) return null;
  const { name: organisation } = await organisationOf(unit);
  const head = { organisation, name: person.name, zone: person.zone };
  const own = kind === "cover" ? await ofCover(unit, thingId, personId) : await ofSwap(unit, thingId, personId);
  if (own === null) return null;
  const zoned = (ms: number) => zonedText(ms, person.zone);
  const span = ({ name, site, startMs, endMs }: Span) => ({ name, site, start: zoned(startMs), end: zoned(endMs) });
  const others = await subjectsById(unit, own.others);
  return {
    what: kind,
    ...head,
    by: own.by,
    gives: own.gives.map(span),
    takes: own.takes.map(span),
    others: own.others.flatMap((id) => others.find((each) => each.id === id)?.name ?? []),
    note: own.note,
    until: own.untilMs === null ? null : zoned(own.untilMs),
    state: own.state,
    why: own.why,
  };
}

type Span = { readonly name: string; readonly site: string | null; readonly startMs: number; readonly endMs: number };

type Own = Pick<Asked, "by" | "note" | "state" | "why"> & {
  readonly gives: readonly Span[];
  readonly takes: readonly Span[];
  readonly others: readonly string[];
  readonly untilMs: number | null;
};

async function ofCover(unit: Unit, id: string, personId: string): Promise<Own | null> {
  const cover = await coverById(unit, id);
  const own = cover?.people.find((each) => each.personId === personId);
  if (cover === null || own === undefined) return null;
  const { shift, startsMs, endsMs, calledBy, note } = cover;
  return {
    by: calledBy.name,
    gives: [],
    takes: [{ name: shift.name, site: shift.site, startMs: startsMs, endMs: endsMs }],
    others: [cover.personId],
    note,
    untilMs: own.state === "asked" ? own.untilMs : null,
    state: stateOf(cover, own, unit.nowMs),
    why: own.why,
  };
}

const ENDED = { covered: "taken", nobody: "over", over: "over", cancelled: "cancelled" } as const;

function stateOf(cover: Cover, own: Cover["people"][number], nowMs: number): Asked["state"] {
  if (own.state === "yes") return "yes";
  if (cover.state !== "asking") return ENDED[cover.state];
  if (nowMs >= cover.startsMs) return "over";
  if (own.state === "cannot") return "cannot";
  if (own.state === "no") return "no";
  return own.state === "asked" && nowMs < own.untilMs! ? "open" : "late";
}

async function ofSwap(unit: Unit, id: string, personId: string): Promise<Own | null> {
  const swap = await swapById(unit, id);
  const own = swap?.people.find((each) => each.personId === personId);
  if (swap === null || own === undefined) return null;
  const span = ({ shift, startMs, endMs }: Swap["legs"][number]): Span => ({
    name: shift.name,
    site: shift.site,
    startMs,
    endMs,
  });
  const others = swap.legs.flatMap(({ from, to }) => [from, to]).filter((each) => each !== personId);
  return {
    by: swap.proposedBy.name,
    gives: swap.legs.filter(({ from }) => from === personId).map(span),
    takes: swap.legs.filter(({ to }) => to === personId).map(span),
    others: [...new Set(others)],
    note: swap.note,
    untilMs: swap.state === "asking" ? swap.untilMs : null,
    state: swapState(swap, own, unit.nowMs),
    why: "",
  };
}

function swapState({ state, untilMs }: Swap, own: Swap["people"][number], nowMs: number): Asked["state"] {
  if (state === "agreed") return "done";
  if (state === "declined") return own.state === "no" ? "no" : "declined";
  if (state === "withdrawn") return "cancelled";
  if (state === "over" || nowMs >= untilMs) return "over";
  return own.state === "asked" ? "open" : own.state;
}
