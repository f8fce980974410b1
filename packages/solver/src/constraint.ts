/**
 * What is decided, one whole number for each variable, and what the problem counts about it so that many constraints can
 * read it. `values` is written by `assign` alone.
 */
export type Model = {
  readonly values: Int32Array;
  /** Gives a variable a value and keeps the counts. O(1), or nearly. */
  assign(variable: number, value: number): void;
};

/**
 * A rule that a plan should keep, as anybody may write one: what is counted (units), and what a unit weighs (points). A unit of a
 * hard constraint outweighs everything soft. `weight` is whole, 1 to `WEIGHT_MAX`.
 */
export type Constraint<M extends Model> = {
  readonly name: string;
  readonly level: "hard" | "soft";
  readonly weight: number;
  /** The rule for one model. What it keeps beside the model belongs to that model alone. */
  on(model: M): Rule;
};

/** A constraint at work on a model. All units are whole numbers. The functions are called without `this`. */
export type Rule = {
  /** False for variables that can never change the units: they are spared the call. Asked once; all are meant when absent. */
  concerns?(variable: number): boolean;
  /** The units broken now, counted from the beginning; never from what `assigned` has kept. */
  full(): number;
  /** How many units more (less when negative) there would be if `variable` went from `from`, which it is, to `to`. Changes nothing. */
  delta(variable: number, from: number, to: number): number;
  /** Told after the model has changed, for rules with counts of their own. */
  assigned?(variable: number, from: number, to: number): void;
  /** Every breach there is now; their units add up to `full()`. */
  explain(): Breach[];
};

/** One place at which a constraint is broken: by how many units, by which variables, and the facts in a sentence. */
export type Breach = { readonly units: number; readonly variables: readonly number[]; readonly sentence: string };

/**
 * A rule whose units are counted place by place (a day and shift, a person's week, a wish): full score and explanation follow
 * from `unitsAt`, so that they cannot disagree. `delta` is written by hand, for speed; the shadow check compares the two.
 */
export function ruleOfPlaces(rule: {
  readonly places: number;
  unitsAt(place: number): number;
  breachAt(place: number): { readonly variables: readonly number[]; readonly sentence: string };
  delta: Rule["delta"];
  concerns?: Rule["concerns"];
  assigned?: Rule["assigned"];
}): Rule {
  const { places, unitsAt, breachAt, delta, concerns, assigned } = rule;
  return {
    full() {
      let units = 0;
      for (let place = 0; place < places; place++) units += unitsAt(place);
      return units;
    },
    explain() {
      const breaches: Breach[] = [];
      for (let place = 0; place < places; place++) {
        const units = unitsAt(place);
        if (units !== 0) breaches.push({ units, ...breachAt(place) });
      }
      return breaches;
    },
    delta,
    ...(concerns === undefined ? {} : { concerns }),
    ...(assigned === undefined ? {} : { assigned }),
  };
}
