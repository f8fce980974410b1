import { assert } from "@hourwright/std";

/**
 * Assignments that are made together, one after the other: `size` of them, each a variable and the value it gets. One
 * object is filled again and again by whoever proposes; nobody keeps it.
 */
export type Move = {
  size: number;
  readonly variables: Int32Array;
  readonly values: Int32Array;
};

/** The assignments of one move: two people exchange two weeks, with room to spare. */
export const ASSIGNMENTS_MAX = 64;

export const emptyMove = (): Move => ({
  size: 0,
  variables: new Int32Array(ASSIGNMENTS_MAX),
  values: new Int32Array(ASSIGNMENTS_MAX),
});

/** Adds an assignment to a move. */
export function put(move: Move, variable: number, value: number): void {
  assert(move.size < ASSIGNMENTS_MAX, `a move has at most ${ASSIGNMENTS_MAX} assignments`);
  move.variables[move.size] = variable;
  move.values[move.size] = value;
  move.size += 1;
}

/** Two variables exchange what they are. */
export function putExchange(move: Move, values: Int32Array, first: number, second: number): void {
  put(move, first, values[second]!);
  put(move, second, values[first]!);
}
