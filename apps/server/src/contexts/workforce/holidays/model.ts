/** What kinds of holidays there are. public: nobody has to work. */
export const HOLIDAY_TYPES = ["public", "bank", "school", "optional", "observance"] as const;
export type HolidayType = (typeof HOLIDAY_TYPES)[number];

export const HOLIDAY_LANGUAGES = ["en", "de", "fr", "es"] as const;
export type HolidayLanguage = (typeof HOLIDAY_LANGUAGES)[number];

/** One day of a holiday. `fromMinute`: closed from then until midnight alone; null: the whole day. */
export type RegionHoliday = {
  readonly day: number;
  /** What names it in every year. */
  readonly key: string;
  readonly type: HolidayType;
  readonly fromMinute: number | null;
  readonly names: Readonly<Partial<Record<HolidayLanguage, string>>>;
};

export type Region = { readonly region: string; readonly name: string };

/** What a region is called in a sentence, by language. */
export type RegionNames = Readonly<Record<HolidayLanguage, string>>;

/** A region with its holidays of some years, in order. */
export type RegionYears = {
  readonly region: string;
  readonly names: RegionNames;
  readonly days: readonly RegionHoliday[];
};

/** What is known of public holidays. `of`: a region that there is, else null is answered. */
export type HolidayLibrary = {
  readonly holidaysOf: (region: string, fromYear: number, toYear: number) => Promise<RegionYears | null>;
  readonly regionsOf: (of: string | null, language: HolidayLanguage) => Promise<readonly Region[] | null>;
};

/** Years of one question. */
export const HOLIDAY_YEARS_MAX = 20;
/** What the days were worked out with: stored days of another edition are worked out again. */
export const EDITION = "date-holidays 3.37.0, 1";
