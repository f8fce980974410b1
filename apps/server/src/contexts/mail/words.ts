import type { Booked } from "../bookings/public.ts";
import type { News, Says } from "./model.ts";
import { de } from "./words/de.ts";
import { en } from "./words/en.ts";
import { es } from "./words/es.ts";
import { fr } from "./words/fr.ts";

type Language = Booked["language"];

/** What a sentence may name. */
export type Named = { readonly service: string; readonly organisation: string };

/** Every word of a message, in one language. `moment` is a day and a time, `zone` what their zone is called. */
export type Words = {
  readonly locale: string;
  /** “10 dates from Thu 8 Apr, 14:00”, in place of a moment. */
  readonly severalFrom: (count: number, moment: string) => string;
  /** Beside what is said, where it is said of several dates. */
  readonly several: (count: number) => string;
  readonly zoneTime: (place: string) => string;
  readonly subject: Readonly<Record<Says, (service: string, moment: string) => string>>;
  /** Null: by name they are not greeted. */
  readonly hello: (name: string | null) => string;
  readonly lead: Readonly<
    Record<
      Exclude<News, "cancelled"> | "reminder" | "offer" | "rating" | "cancelledByThem" | "cancelledByYou",
      (named: Named) => string
    >
  >;
  /** Beside `moved`, where the new time has to be approved. */
  readonly asksAgain: string;
  /** Beside `offer`: until when it is kept. */
  readonly offeredUntil: (moment: string) => string;
  /** The question after a visit, where the organisation has none of its own; and the way to answer. */
  readonly howWasIt: string;
  readonly question: string;
  readonly rate: string;
  readonly answerOffer: string;
  readonly whyOffer: (organisation: string) => string;
  readonly when: string;
  readonly before: string;
  /** Times offered instead, until when one of them can be chosen, and the time that cannot be kept. */
  readonly instead: string;
  readonly until: string;
  readonly cannotBe: string;
  readonly choose: string;
  readonly service: string;
  readonly whom: string;
  readonly where: string;
  readonly places: string;
  readonly reason: string;
  readonly policy: string;
  readonly onYourClock: (place: string, moment: string) => string;
  readonly manage: string;
  readonly look: string;
  readonly keepLink: string;
  readonly whyThis: (organisation: string) => string;
  readonly test: { readonly subject: string; readonly text: string };
};

const tables: Readonly<Record<Language, Words>> = { en, de, fr, es };
export const wordsOf = (language: Language): Words => tables[language];
