import type { Constraint, Model } from "./constraint.ts";

/** Two plans are alternatives when they differ in this part of what either of them moves. */
export const APART = 0.2;

/** In how many variables two plans differ, and how many either of them has moved away from the start. */
export function distance(start: Int32Array, a: Int32Array, b: Int32Array): { differs: number; moved: number } {
  let differs = 0;
  let moved = 0;
  for (let variable = 0; variable < start.length; variable++) {
    if (a[variable] !== b[variable]) differs++;
    if (a[variable] !== start[variable] || b[variable] !== start[variable]) moved++;
  }
  return { differs, moved };
}

/** The variables that still have to differ: 0 when the plans are far enough apart; never 0 for equal ones. */
export const lacking = ({ differs, moved }: { readonly differs: number; readonly moved: number }): number =>
  Math.max(0, Math.max(1, Math.ceil(moved * APART)) - differs);

/** A hard constraint: the plan is an alternative to another one. Costs one comparison a move. */
export function apartFrom<M extends Model>(start: Int32Array, other: Int32Array, name: string): Constraint<M> {
  return {
    name,
    level: "hard",
    weight: 1,
    on({ values }) {
      let { differs, moved } = distance(start, values, other);
      const step = (variable: number, from: number, to: number) => {
        const [is, stood] = [other[variable], start[variable]];
        return {
          differs: (to === is ? 0 : 1) - (from === is ? 0 : 1),
          moved: is === stood ? (to === stood ? 0 : 1) - (from === stood ? 0 : 1) : 0,
        };
      };
      return {
        full: () => lacking(distance(start, values, other)),
        delta(variable, from, to) {
          const by = step(variable, from, to);
          return lacking({ differs: differs + by.differs, moved: moved + by.moved }) - lacking({ differs, moved });
        },
        assigned(variable, from, to) {
          const by = step(variable, from, to);
          differs += by.differs;
          moved += by.moved;
        },
        explain() {
          const units = lacking(distance(start, values, other));
          const sentence = `The plan is too close to ${name}: ${units} more would have to differ.`;
          return units === 0 ? [] : [{ units, variables: [], sentence }];
        },
      };
    },
  };
}
