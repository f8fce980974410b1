import { wholeBetween, type Random } from "@hourwright/std";
import { ASSIGNMENTS_MAX, put, putExchange } from "../move.ts";
import type { Advice, Neighbour, Problem } from "../problem.ts";
import type { RosterConstraint } from "./constraint.ts";
import { rosterModel, type RosterModel } from "./model.ts";
import { checkedRoster, type Roster } from "./roster.ts";

export type RosterProblem = Omit<Problem<RosterModel>, "constraints"> & {
  readonly roster: Roster;
  readonly constraints: readonly RosterConstraint[];
};

const ADVICE: Advice = { hardPoints: 20, startTemperature: 10, endTemperature: 0.3 };

/** A roster to be planned under constraints. */
export function rosterProblem(
  roster: Roster,
  constraints: readonly RosterConstraint[],
  advice: Partial<Advice> = {},
): RosterProblem {
  checkedRoster(roster);
  const every = Int32Array.from({ length: roster.shifts.length + 1 }, (_, value) => value);
  return {
    roster,
    start: roster.start,
    domainOf: (cell) => (roster.locked[cell] === 1 ? roster.start.subarray(cell, cell + 1) : every),
    model: (values) => rosterModel(roster, values),
    constraints,
    neighbours: neighboursOf(roster),
    advice: { ...ADVICE, ...advice },
  };
}

/** Days of a row that two people exchange at once. */
const BLOCK_DAYS_MAX = 7;
/** Dice thrown for two people who differ on a day. */
const TRIES_MAX = 4;

function neighboursOf({ locked, days }: Roster): Neighbour<RosterModel>[] {
  const free = Int32Array.from(locked.keys()).filter((cell) => locked[cell] === 0);
  const anyFree = (random: Random): number => free[Math.floor(random() * free.length)]!;

  const change: Neighbour<RosterModel> = {
    name: "change",
    share: 0.74,
    propose({ values, kinds }, random, move) {
      if (free.length === 0) return;
      const cell = anyFree(random);
      const other = Math.floor(random() * (kinds - 1));
      put(move, cell, other >= values[cell]! ? other + 1 : other);
    },
  };

  const exchangePeople: Neighbour<RosterModel> = {
    name: "exchange people on a day",
    share: 0.2,
    propose({ values, people, personOf }, random, move) {
      if (free.length === 0) return;
      const cell = anyFree(random);
      for (let i = 0; i < TRIES_MAX; i++) {
        const other = cell + (Math.floor(random() * people) - personOf[cell]!) * days;
        if (locked[other] === 1 || values[other] === values[cell]) continue;
        putExchange(move, values, cell, other);
        return;
      }
    },
  };

  const exchangeDays: Neighbour<RosterModel> = {
    name: "exchange days of a person",
    share: 0.03,
    propose({ values, dayOf }, random, move) {
      if (free.length === 0) return;
      const cell = anyFree(random);
      for (let i = 0; i < TRIES_MAX; i++) {
        const other = cell + Math.floor(random() * days) - dayOf[cell]!;
        if (locked[other] === 1 || values[other] === values[cell]) continue;
        putExchange(move, values, cell, other);
        return;
      }
    },
  };

  const exchangeBlocks: Neighbour<RosterModel> = {
    name: "exchange some days of two people",
    share: 0.03,
    propose({ values, people, personOf, dayOf }, random, move) {
      if (free.length === 0) return;
      const cell = anyFree(random);
      const apart = (Math.floor(random() * people) - personOf[cell]!) * days;
      const length = Math.min(wholeBetween(random, 2, BLOCK_DAYS_MAX), days - dayOf[cell]!);
      for (let at = cell; at < cell + length; at++) {
        const other = at + apart;
        if (values[at] === values[other] || locked[at] === 1 || locked[other] === 1) continue;
        if (move.size + 2 > ASSIGNMENTS_MAX) return;
        putExchange(move, values, at, other);
      }
    },
  };
  return [change, exchangePeople, exchangeDays, exchangeBlocks];
}
