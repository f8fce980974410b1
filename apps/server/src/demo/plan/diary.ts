/** Minutes of a day, half-open. */
export type Minutes = { readonly fromMinute: number; readonly toMinute: number };

/** What whoever plans with care looks into first: who and what is taken when, and who is away. */
export class Diary {
  readonly #taken = new Map<string, Minutes[]>();
  readonly #away = new Set<string>();
  readonly #ofDay = new Map<number, Minutes[]>();

  /** All must be free, and here. */
  isFree(names: readonly string[], day: number, minutes: Minutes): boolean {
    return !names.some((name) => this.isAway(name, day)) && this.isUntaken(names, day, minutes);
  }

  /** Nobody of them has anything else, whether they are away or not. */
  isUntaken(names: readonly string[], day: number, { fromMinute, toMinute }: Minutes): boolean {
    return names.every((name) => meeting(this.takenOn(name, day), fromMinute, toMinute).length === 0);
  }

  isAway(name: string, day: number): boolean {
    return this.#away.has(keyOf(name, day));
  }

  takenOn(name: string, day: number): readonly Minutes[] {
    return this.#taken.get(keyOf(name, day)) ?? [];
  }

  /** What happens on a day, whoever it takes. */
  eventsOn(day: number): readonly Minutes[] {
    return this.#ofDay.get(day) ?? [];
  }

  take(names: readonly string[], day: number, minutes: Minutes): void {
    push(this.#ofDay, day, minutes);
    for (const name of new Set(names)) push(this.#taken, keyOf(name, day), minutes);
  }

  /** People on leave, things under repair. */
  markAway(names: readonly string[], day: number): void {
    for (const name of names) this.#away.add(keyOf(name, day));
  }
}

/** Those of a list that share time with a stretch. */
export const meeting = (list: readonly Minutes[], fromMinute: number, toMinute: number): Minutes[] =>
  list.filter((each) => each.fromMinute < toMinute && each.toMinute > fromMinute);

const keyOf = (name: string, day: number): string => `${day} ${name}`;

function push<Key>(lists: Map<Key, Minutes[]>, key: Key, value: Minutes): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
