import { de } from "./messages/de.ts";
import { en } from "./messages/en.ts";
import { es } from "./messages/es.ts";
import { fr } from "./messages/fr.ts";

export const LANGUAGES = ["en", "de", "fr", "es"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Everything that the public pages say, in one language. Where something is counted, the plural is the language's own. */
export type Words = {
  /** The language by its own name. */
  readonly own: string;
  readonly language: string;
  readonly zoneTime: (place: string) => string;
  readonly poweredBy: string;
  readonly noAccount: string;
  readonly changeUntil: (span: string) => string;
  readonly notChangeable: string;
  readonly youGet: string;
  readonly skip: string;

  readonly book: (name: string) => string;
  readonly whatToBook: string;
  readonly nothingOffered: string;
  readonly placesOf: (places: number) => string;
  readonly asksFirst: string;
  readonly stepService: string;
  readonly stepTime: string;
  readonly stepDetails: string;
  readonly change: string;
  readonly done: string;
  readonly howLong: string;
  readonly withWhom: (role: string) => string;
  readonly anyone: string;
  readonly withAnyone: string;
  readonly withChosen: (names: string) => string;
  readonly howMany: string;
  readonly bookAhead: (span: string) => string;

  readonly previousMonth: (month: string) => string;
  readonly nextMonth: (month: string) => string;
  readonly dayWith: (day: string, times: number) => string;
  readonly timesOf: (times: number) => string;
  readonly placesLeft: (places: number) => string;
  readonly emptyMonth: (month: string) => string;
  readonly nextFree: (moment: string) => string;
  readonly noneAhead: string;
  readonly allTimesAre: (zone: string) => string;
  readonly zoneFixed: string;
  readonly zoneChange: string;
  readonly zoneSearch: string;
  readonly zoneFind: string;
  readonly zoneNone: string;
  /** What the script fills in: `{place}`, `{time}` and `{theirs}`. */
  readonly onYourClock: string;
  readonly continueWith: (clock: string, zone: string) => string;

  readonly yourDetails: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly optional: string;
  readonly choose: string;
  readonly bookFor: (moment: string, zone: string) => string;
  readonly askFor: (moment: string, zone: string) => string;
  readonly heldUntil: (clock: string, zone: string) => string;
  /** With `{left}`, minutes and seconds that the script counts down. */
  readonly heldFor: string;
  readonly keepLonger: string;
  readonly policy: string;
  readonly leaveEmpty: string;

  readonly wrongTitle: (count: number) => string;
  readonly wanted: (label: string) => string;
  readonly tooLong: (label: string) => string;
  readonly notAnEmail: string;
  /** Of an address with other letters before @. */
  readonly notAscii: string;
  readonly notAnOption: (label: string) => string;
  readonly consentWanted: string;
  readonly stillHeldTitle: string;
  readonly stillHeldBody: (files: number) => string;
  readonly takenTitle: string;
  readonly takenBody: string;
  readonly nearest: string;
  readonly notOfferedTitle: string;
  readonly notOfferedBody: string;
  /** A customer may book the same so often within so many days, and has. */
  readonly tooOften: (count: number, days: number) => string;
  readonly overTitle: string;
  readonly overBody: string;
  readonly againTitle: string;
  readonly againBody: string;
  readonly tooManyTitle: string;
  readonly tooManyBody: (seconds: number) => string;
  readonly unavailableTitle: string;
  readonly unavailableBody: string;
  readonly tryAgain: string;
  readonly notFoundTitle: string;
  readonly notFoundBody: string;
  readonly foreignTitle: string;
  readonly foreignBody: string;
  readonly bugTitle: string;
  readonly bugBody: (id: string) => string;
  readonly back: string;

  readonly state: Readonly<
    Record<"held" | "requested" | "confirmed" | "declined" | "cancelled" | "no-show" | "completed", string>
  >;
  readonly stateMore: Readonly<Record<"requested" | "declined" | "cancelled", string>>;
  readonly mailed: (email: string) => string;
  readonly notMailed: string;
  readonly yourLink: string;
  readonly when: string;
  readonly what: string;
  readonly whom: string;
  readonly where: string;
  readonly places: string;
  readonly reason: string;
  readonly before: string;
  readonly calendarFile: string;
  readonly move: string;
  readonly moveTitle: string;
  readonly moveTo: (moment: string, zone: string) => string;
  readonly moved: string;
  readonly cancel: string;
  readonly cancelTitle: string;
  readonly cancelWhy: string;
  readonly cancelYes: string;
  readonly keepIt: string;
  readonly changeableUntil: (moment: string, zone: string) => string;
  readonly tooLate: string;
  readonly bookAnother: string;
  readonly offer: OfferWords;
  readonly rating: RatingWords;
  readonly series: SeriesWords;
  readonly package: PackageWords;
  readonly waiting: WaitingWords;
  readonly files: FilesWords;
  readonly routing: { readonly title: string; readonly go: string; readonly all: string };
};

/** What is said to who waits for a time to become free. */
type WaitingWords = {
  readonly ask: string;
  readonly title: (service: string) => string;
  readonly intro: string;
  readonly days: string;
  readonly first: string;
  readonly last: string;
  readonly weekdays: string;
  readonly weekdaysHint: string;
  readonly hours: string;
  readonly from: string;
  readonly to: string;
  readonly any: string;
  readonly submit: string;
  readonly turned: string;
  readonly past: string;
  readonly tooFar: string;
  readonly hoursTurned: string;
  readonly full: string;
  readonly state: Readonly<Record<"waiting" | "offered" | "booked" | "withdrawn" | "over", string>>;
  readonly place: (place: number) => string;
  readonly untilEnd: (day: string) => string;
  readonly offered: (moment: string, zone: string) => string;
  readonly offeredUntil: (moment: string, zone: string) => string;
  readonly take: string;
  readonly pass: string;
  readonly passMore: string;
  readonly leave: string;
  readonly again: string;
  readonly toBooking: string;
  readonly mailed: (email: string) => string;
  readonly notMailed: string;
  readonly yourLink: string;
};

/** What is said of the question after a visit. */
type RatingWords = {
  /** Where the organisation asks nothing of its own. */
  readonly question: string;
  readonly worst: string;
  readonly best: string;
  readonly comment: string;
  readonly send: string;
  readonly change: string;
  readonly until: (moment: string) => string;
  readonly thanks: string;
  readonly said: (score: number) => string;
  readonly choose: string;
  readonly kept: string;
  readonly over: string;
  readonly notAskedTitle: string;
  readonly notAskedBody: string;
};

/** What is said where another time is wanted, because whoever it was with is away. */
type OfferWords = {
  readonly state: string;
  readonly body: (moment: string) => string;
  readonly choose: (moment: string, zone: string) => string;
  readonly over: string;
  readonly none: string;
};

/** What is said of files that answer a question. */
type FilesWords = {
  readonly hint: (types: string, size: string, files: number) => string;
  readonly remove: (name: string) => string;
  readonly kept: string;
  readonly empty: (name: string) => string;
  readonly tooLarge: (name: string, size: string) => string;
  readonly wrongType: (name: string, types: string) => string;
  readonly tooMany: (files: number) => string;
  readonly full: string;
  readonly text: string;
};

/** What is said of packages. */
type PackageWords = {
  readonly code: string;
  readonly unknown: string;
  readonly otherService: string;
  readonly expired: (moment: string) => string;
  readonly tooFew: (left: number, wanted: number) => string;
  readonly leftOf: (name: string, left: number) => string;
};

/** What is said of dates that are booked together. */
type SeriesWords = {
  readonly repeat: string;
  readonly once: string;
  readonly weekly: (dates: number) => string;
  readonly check: string;
  readonly checkFirst: string;
  readonly heldDates: (dates: number) => string;
  readonly bookDates: (dates: number, moment: string, zone: string) => string;
  readonly askDates: (dates: number, moment: string, zone: string) => string;
  readonly clashTitle: string;
  readonly clashBody: string;
  readonly free: string;
  readonly taken: string;
  readonly notOffered: string;
  readonly leaveOut: string;
  readonly left: string;
  readonly holdThese: string;
  readonly onlyOne: string;
  readonly dateOf: (index: number, count: number) => string;
  readonly allDates: string;
  readonly which: string;
  readonly whichOf: Readonly<Record<"this" | "following" | "all", string>>;
  readonly notMovedTitle: string;
  readonly notMovedBody: string;
  readonly stayedTitle: string;
  readonly stayedBody: string;
};

const tables: Readonly<Record<Language, Words>> = { en, de, fr, es };
export const wordsOf = (language: Language): Words => tables[language];

/** Which locale a language is written in where nothing more is known of the reader. */
const LOCALES: Readonly<Record<Language, string>> = { en: "en-GB", de: "de", fr: "fr", es: "es" };

export type Reader = { readonly language: Language; readonly locale: string };

/** Wishes that are looked at: browsers send some. */
const WISHES_MAX = 20;

/**
 * In which language and locale a page is written: as the address says, else the best of what the browser asks for
 * (`Accept-Language`, RFC 9110 §12.5.4), else English.
 */
export function readerOf(asked: string | null, acceptLanguage: string): Reader {
  const wishes = acceptLanguage
    .split(",", WISHES_MAX)
    .map((part) => {
      const [tag = "", ...rest] = part.trim().split(";");
      const weight = rest.map((each) => /^\s*q=([\d.]+)\s*$/.exec(each)?.[1]).find((each) => each !== undefined);
      return { tag: tag.trim(), weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ tag }) => ({ tag, language: languageOf(tag) }));
  const wanted = isLanguage(asked) ? asked : null;
  const match = wishes.find(({ language }) => language !== null && (wanted === null || language === wanted));
  const language = wanted ?? match?.language ?? "en";
  return { language, locale: match === undefined ? LOCALES[language] : localeOf(match.tag, language) };
}

export const isLanguage = (text: string | null): text is Language => LANGUAGES.some((each) => each === text);

const languageOf = (tag: string): Language | null =>
  LANGUAGES.find((each) => tag.toLowerCase() === each || tag.toLowerCase().startsWith(`${each}-`)) ?? null;

/** The reader's own locale, such as en-US, where the tag is well formed; else the language's. */
function localeOf(tag: string, language: Language): string {
  if (!/^[a-z]{2}-[a-z]{2}$/i.test(tag)) return LOCALES[language];
  return Intl.DateTimeFormat.supportedLocalesOf([tag])[0] ?? LOCALES[language];
}

/** One of some texts by how many there are, as the language counts. */
export function plural(language: Language, count: number, one: string, other: string): string {
  const text = new Intl.PluralRules(language).select(count) === "one" ? one : other;
  return text.replace("#", new Intl.NumberFormat(language).format(count));
}
