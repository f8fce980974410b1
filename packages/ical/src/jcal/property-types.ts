// What every registered property holds when VALUE does not say otherwise: RFC 5545, 7529, 7808, 7953, 7986, 9073, 9074
// and 9253.

/** How the text of a value is put together. */
export type ValueShape =
  /** One value. */
  | "single"
  /** Any number of values, with commas between them. */
  | "list"
  /** One value of several parts, with semicolons between them. */
  | "parts";

export type PropertyType = {
  /** In lower case. */
  readonly name: string;
  /** In lower case. */
  readonly type: string;
  readonly shape: ValueShape;
  /** The RFC gives no default: whoever writes the property must write VALUE. */
  readonly namesType: boolean;
};

const SINGLE = {
  text:
    "CALSCALE METHOD PRODID VERSION CLASS COMMENT DESCRIPTION LOCATION STATUS SUMMARY TRANSP TZID TZNAME CONTACT " +
    "RELATED-TO UID ACTION NAME COLOR BUSYTYPE PARTICIPANT-TYPE RESOURCE-TYPE PROXIMITY REFID TZID-ALIAS-OF XML JSID " +
    "JSPROP",
  integer: "PERCENT-COMPLETE PRIORITY REPEAT SEQUENCE",
  uri: "ATTACH TZURL URL CONCEPT COORDINATES",
  "cal-address": "ATTENDEE ORGANIZER CALENDAR-ADDRESS",
  "date-time": "COMPLETED DTEND DUE DTSTART RECURRENCE-ID CREATED DTSTAMP LAST-MODIFIED ACKNOWLEDGED TZUNTIL",
  duration: "DURATION TRIGGER ESTIMATED-DURATION",
  recur: "RRULE EXRULE",
  "utc-offset": "TZOFFSETFROM TZOFFSETTO",
  boolean: "SHOW-WITHOUT-TIME",
} as const;

const LISTS = {
  text: "CATEGORIES RESOURCES LOCATION-TYPE",
  "date-time": "EXDATE RDATE",
  period: "FREEBUSY",
} as const;

const PARTS = { float: "GEO", text: "REQUEST-STATUS" } as const;

/** Without a default in their RFC; read as what their makers mean. */
const NAMED = {
  duration: "REFRESH-INTERVAL",
  uri: "SOURCE IMAGE CONFERENCE LINK STRUCTURED-DATA",
  text: "STYLED-DESCRIPTION",
} as const;

const known = new Map<string, PropertyType>();
add(SINGLE, "single", false);
add(LISTS, "list", false);
add(PARTS, "parts", false);
add(NAMED, "single", true);

function add(groups: Readonly<Record<string, string>>, shape: ValueShape, namesType: boolean): void {
  for (const [type, names] of Object.entries(groups)) {
    for (const name of names.split(" ")) known.set(name, { name: name.toLowerCase(), type, shape, namesType });
  }
}

/** The type of a property by its name in upper case; null for names that no RFC registers. */
export function propertyType(name: string): PropertyType | null {
  return known.get(name) ?? null;
}
