/** Numbers, dates and lists as the reader's conventions write them. Dates are epoch days, times epoch ms in one zone. */
export type Formats = {
  readonly number: (value: number) => string;
  /** 994, 1.9K: where there is room for five signs. The whole number must be found elsewhere. */
  readonly compact: (value: number) => string;
  /** 81% */
  readonly percent: (part: number) => string;
  /** 45 min, 2 h, 1 h 30 min: the signs are the same in all languages we write. */
  readonly duration: (minutes: number) => string;
  /** +45 min, −2 h, 0 min: how many more, or fewer. */
  readonly durationChange: (minutes: number) => string;
  readonly list: (items: readonly string[]) => string;
  /** One, two or three */
  readonly either: (items: readonly string[]) => string;
  /** `#` stands for the number in the form that its plural asks for. */
  readonly plural: (count: number, forms: PluralForms) => string;
  /** 15:30 */
  readonly time: (ms: number) => string;
  /** 15:30–16:15 */
  readonly timeRange: (fromMs: number, toMs: number) => string;
  /** Thursday 25 March */
  readonly day: (epochDay: number) => string;
  /** Thursday 25 March 2027 */
  readonly dayWithYear: (epochDay: number) => string;
  /** Thu 25 Mar */
  readonly dayShort: (epochDay: number) => string;
  /** 3 Mar 2027 */
  readonly date: (epochDay: number) => string;
  /** 15–21 March, or 15–21 Mar where there is little room; both days are shown. */
  readonly dayRange: (fromDay: number, toDay: number, month?: "long" | "short") => string;
  /** 15:30 on any wall: ms since its midnight of 1970-01-01. */
  readonly wallTime: (wallMs: number) => string;
  /** Mon, Tue …; 1 is Monday. */
  readonly weekdayShort: (weekday: number) => string;
  readonly monthShort: (month: number) => string;
  readonly monthLong: (month: number) => string;
  /** Mo, Tu …; 1 is Monday. */
  readonly weekdayNarrow: (weekday: number) => string;
  readonly weekdayLong: (weekday: number) => string;
  /** 18 kB, 3.4 MB */
  readonly bytes: (count: number) => string;
};

/** The forms that a language has: English and German `one` and `other`, others `few` and `many` too. */
export type PluralForms = { readonly other: string } & Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>;

const DAY_MS = 86_400_000;
const A_MONDAY = 4; // 1970-01-05.

export function createFormats(locale: string, zone: string): Formats {
  const dates = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
    return (epochDay: number) => format.format(epochDay * DAY_MS);
  };
  const number = new Intl.NumberFormat(locale);
  const compact = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const plurals = new Intl.PluralRules(locale);
  const list = new Intl.ListFormat(locale, { type: "conjunction" });
  const either = new Intl.ListFormat(locale, { type: "disjunction" });
  const time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", timeZone: zone });
  const range = (month: "long" | "short") =>
    new Intl.DateTimeFormat(locale, { day: "numeric", month, timeZone: "UTC" });
  const ranges = { long: range("long"), short: range("short") };
  const wallTime = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
  const bytes = (unit: "kilobyte" | "megabyte") =>
    new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 1 });
  const [kilobytes, megabytes] = [bytes("kilobyte"), bytes("megabyte")];
  const months = { short: dates({ month: "short" }), long: dates({ month: "long" }) };
  const ofMonth = (print: (epochDay: number) => string) => {
    const names = Array.from({ length: 12 }, (_, index) => print(index * 31));
    return (month: number) => names[month - 1]!;
  };
  const ofWeekday = (print: (epochDay: number) => string) => {
    const names = Array.from({ length: 7 }, (_, index) => print(A_MONDAY + index));
    return (weekday: number) => names[weekday - 1]!;
  };
  const duration = (minutes: number): string => {
    const [whole, rest] = [Math.floor(minutes / 60), Math.round(minutes % 60)];
    if (whole === 0) return `${number.format(rest)} min`;
    return rest === 0 ? `${number.format(whole)} h` : `${number.format(whole)} h ${number.format(rest)} min`;
  };
  const weekdayShort = dates({ weekday: "short" });
  const dayShort = withoutComma(dates({ weekday: "short", day: "numeric", month: "short" }));
  return {
    number: (value) => number.format(value),
    compact: (value) => compact.format(value),
    percent: (part) => percent.format(part),
    duration,
    durationChange: (minutes) => `${minutes > 0 ? "+" : minutes < 0 ? "−" : ""}${duration(Math.abs(minutes))}`,
    list: (items) => list.format(items),
    either: (items) => either.format(items),
    plural: (count, forms) => (forms[plurals.select(count)] ?? forms.other).replace("#", number.format(count)),
    time: (ms) => time.format(ms),
    timeRange: (fromMs, toMs) => `${time.format(fromMs)}–${time.format(toMs)}`,
    day: withoutComma(dates({ weekday: "long", day: "numeric", month: "long" })),
    dayWithYear: withoutComma(dates({ weekday: "long", day: "numeric", month: "long", year: "numeric" })),
    date: dates({ day: "numeric", month: "short", year: "numeric" }),
    dayShort: (epochDay) => withoutDots(dayShort(epochDay)),
    dayRange: (fromDay, toDay, month = "long") =>
      withoutDots(ranges[month].formatRange(fromDay * DAY_MS, toDay * DAY_MS)).replaceAll(" – ", "–"),
    wallTime: (wall) => wallTime.format(wall),
    weekdayShort: ofWeekday(weekdayShort),
    monthShort: ofMonth((day) => months.short(day).slice(0, 3)), // Some locales write "Sept".
    monthLong: ofMonth(months.long),
    weekdayNarrow: ofWeekday((day) => weekdayShort(day).slice(0, 2)),
    weekdayLong: ofWeekday(dates({ weekday: "long" })),
    bytes: (count) =>
      count < 1_000_000 ? kilobytes.format(Math.ceil(count / 1_000)) : megabytes.format(count / 1_000_000),
  };
}

/** "Thursday, 25 March" of some versions of English, as the design writes it. */
function withoutComma(print: (epochDay: number) => string): (epochDay: number) => string {
  return (epochDay) => print(epochDay).replace(",", "");
}

/** "Do 25. Mär" of "Do. 25. Mär.": where there is little room, a word cut short is known as one. */
function withoutDots(printed: string): string {
  return printed.replaceAll(/(?<=\p{L})\./gu, "");
}

/**
 * Whose conventions write dates: those of the reader's country where the browser names one for the language shown. English
 * is British (24 hours, day before month) unless both the browser and the organisation are American.
 */
export function localeFor(language: string, browserLanguages: readonly string[], zone: string): string {
  if (language === "en") return browserLanguages[0] === "en-US" && zone.startsWith("America/") ? "en-US" : "en-GB";
  return browserLanguages.find((tag) => tag.startsWith(`${language}-`) && isKnown(tag)) ?? language;
}

/** Some browsers name what no standard knows, such as "de-DE@posix". */
function isKnown(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
}
