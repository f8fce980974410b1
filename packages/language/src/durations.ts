import { DAY, HOUR, MINUTE, WEEK } from "./grammar.ts";
import { found, isAttached, numberAt, said, type Found, type Scene } from "./scene.ts";

export const DAY_MINUTES = 1440;
/** A plan longer than this is a mistake of typing. */
const MINUTES_MAX = 400 * DAY_MINUTES;

/** So many of a unit: `2 weeks`, `1,5 Std`, `half an hour`. */
export type Amount = { readonly to: number; readonly count: number; readonly unit: number };

/**
 * A number in figures or words and a unit. A unit of one letter is attached, but for the hour: `400 m` is a distance
 * [LG41]. `half an hour` and `eine halbe Stunde` are products.
 */
export function amountAt(scene: Scene, at: number): Amount | null {
  const number = decimalAt(scene, at) ?? spelledAt(scene, at);
  if (number === null) return null;
  const unit = said(scene, scene.grammar.units, number.to);
  const isLetter = scene.tokens[number.to]?.text.length === 1;
  const isFigure = numberAt(scene, at) !== null;
  if (unit === undefined || (isLetter && !isAttached(scene, number.to) && !(isFigure && unit === HOUR))) return null;
  const isAbbreviated = isAttached(scene, number.to + 1, ".") && scene.tokens[number.to + 2]?.isSpaced === true;
  return { to: number.to + (isAbbreviated ? 2 : 1), count: number.value, unit };
}

function decimalAt(scene: Scene, at: number): { to: number; value: number } | null {
  const whole = numberAt(scene, at);
  if (whole === null) return null;
  const isDecimal = isAttached(scene, at + 1, ",") || isAttached(scene, at + 1, ".");
  if (!isDecimal || !isAttached(scene, at + 2) || numberAt(scene, at + 2) === null) return { to: at + 1, value: whole };
  return { to: at + 3, value: Number(`${whole}.${scene.tokens[at + 2]!.text}`) };
}

/** One or two words of number, multiplied: `half an`, `eine halbe`, `two`. */
function spelledAt(scene: Scene, at: number): { to: number; value: number } | null {
  const one = scene.grammar.numbers.get(scene.tokens[at]?.text ?? "");
  if (one === undefined) return null;
  const two = scene.grammar.numbers.get(scene.tokens[at + 1]?.text ?? "");
  return two === undefined ? { to: at + 1, value: one } : { to: at + 2, value: one * two };
}

/** A length in minutes: `30m`, `1h30`, `90 min`, `two hours`, `2 days`; whole weeks only after "for" [LG40]. */
export function durationAt(scene: Scene, at: number, isLed: boolean): Found<number> | null {
  const amount = amountAt(scene, at);
  if (amount === null) return null;
  const { to, count, unit } = amount;
  if (unit === HOUR) return hoursAt(scene, to, count);
  if (unit === MINUTE) return lasting(to, count);
  const isFigure = numberAt(scene, at) !== null;
  if (unit === DAY && (isLed || isFigure)) return lasting(to, count * DAY_MINUTES);
  return unit === WEEK && isLed ? lasting(to, count * 7 * DAY_MINUTES) : null;
}

/** Hours, and the minutes behind them: `1h30`, `1h 30m`, `2 hours 15 minutes`. */
function hoursAt(scene: Scene, at: number, hours: number): Found<number> | null {
  const rest = amountAt(scene, at);
  if (rest !== null && rest.unit === MINUTE && rest.count < 60) return lasting(rest.to, hours * 60 + rest.count);
  const minutes = numberAt(scene, at);
  if (minutes !== null && isAttached(scene, at) && minutes < 60) return lasting(at + 1, hours * 60 + minutes);
  return lasting(at, hours * 60);
}

function lasting(to: number, minutes: number): Found<number> | null {
  return Number.isInteger(minutes) && minutes > 0 && minutes <= MINUTES_MAX ? found(to, minutes) : null;
}
