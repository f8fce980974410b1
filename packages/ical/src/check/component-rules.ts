// Which properties RFC 5545 §3.6, 7808, 7953, 7986, 9073, 9074 and 9253 ask of a component, and which it may have once.

/** What a component is made of. Names are in upper case. */
export type ComponentRule = {
  /** The components it may lie in; "" is the top of a file. */
  readonly within: readonly string[];
  /** Exactly once. */
  readonly required: ReadonlySet<string>;
  /** At most once, those that are required included. */
  readonly once: ReadonlySet<string>;
  /** Any number of times. */
  readonly many: ReadonlySet<string>;
};

const DESCRIBED = "ATTACH CATEGORIES CONCEPT IMAGE LINK REFID RELATED-TO STRUCTURED-DATA STYLED-DESCRIPTION JSPROP";
const SCHEDULED = `${DESCRIBED} ATTENDEE COMMENT CONTACT CONFERENCE EXDATE EXRULE RDATE REQUEST-STATUS RESOURCES RRULE`;
const COMMON = "CLASS CREATED COLOR DTSTART LAST-MODIFIED ORGANIZER RECURRENCE-ID SEQUENCE STATUS SUMMARY URL JSID";
const PLACED = `${COMMON} DESCRIPTION GEO LOCATION PRIORITY DURATION`;
const AVAILABLE = "CREATED DESCRIPTION DTEND DURATION LAST-MODIFIED LOCATION RRULE SUMMARY";

const rules = new Map<string, ComponentRule>();
add("VCALENDAR", "", {
  required: "PRODID VERSION",
  once: "CALSCALE METHOD UID LAST-MODIFIED URL REFRESH-INTERVAL SOURCE COLOR",
  many: "NAME DESCRIPTION CATEGORIES CONCEPT IMAGE LINK REFID RELATED-TO JSPROP",
});
add("VEVENT", "VCALENDAR", {
  required: "DTSTAMP UID",
  once: `${PLACED} DTEND TRANSP SHOW-WITHOUT-TIME`,
  many: SCHEDULED,
});
add("VTODO", "VCALENDAR", {
  required: "DTSTAMP UID",
  once: `${PLACED} DUE COMPLETED PERCENT-COMPLETE ESTIMATED-DURATION SHOW-WITHOUT-TIME`,
  many: SCHEDULED,
});
add("VJOURNAL", "VCALENDAR", { required: "DTSTAMP UID", once: COMMON, many: `${SCHEDULED} DESCRIPTION` });
add("VFREEBUSY", "VCALENDAR", {
  required: "DTSTAMP UID",
  once: "CONTACT DTSTART DTEND ORGANIZER URL DURATION",
  many: "ATTENDEE COMMENT FREEBUSY REQUEST-STATUS STYLED-DESCRIPTION",
});
add("VTIMEZONE", "VCALENDAR", { required: "TZID", once: "LAST-MODIFIED TZURL TZUNTIL", many: "TZID-ALIAS-OF" });
for (const name of ["STANDARD", "DAYLIGHT"]) {
  add(name, "VTIMEZONE", {
    required: "DTSTART TZOFFSETTO TZOFFSETFROM",
    once: "",
    many: "RRULE COMMENT RDATE TZNAME",
  });
}
add("VALARM", "VEVENT VTODO", {
  required: "ACTION TRIGGER",
  once: "DURATION REPEAT SUMMARY DESCRIPTION UID ACKNOWLEDGED PROXIMITY JSID",
  many: `${DESCRIBED} ATTENDEE`,
});
add("VAVAILABILITY", "VCALENDAR", {
  required: "DTSTAMP UID",
  once: `${PLACED} DTEND BUSYTYPE`,
  many: "CATEGORIES COMMENT CONTACT",
});
add("AVAILABLE", "VAVAILABILITY", {
  required: "DTSTAMP DTSTART UID",
  once: `${AVAILABLE} RECURRENCE-ID`,
  many: "CATEGORIES COMMENT CONTACT EXDATE RDATE",
});
const DETAIL =
  "DESCRIPTION NAME URL JSID COORDINATES GEO CALENDAR-ADDRESS CREATED DTSTAMP LAST-MODIFIED STATUS SUMMARY";
const DETAILS = `${DESCRIBED} COMMENT CONTACT LOCATION-TYPE RESOURCES REQUEST-STATUS`;
const HOLDERS = "VEVENT VTODO VJOURNAL VFREEBUSY";
add("PARTICIPANT", HOLDERS, {
  required: "PARTICIPANT-TYPE UID",
  once: `${DETAIL} PRIORITY SEQUENCE LOCATION`,
  many: `${DETAILS} ATTENDEE`,
});
add("VLOCATION", `${HOLDERS} PARTICIPANT VALARM`, { required: "UID", once: DETAIL, many: DETAILS });
add("VRESOURCE", `${HOLDERS} PARTICIPANT`, { required: "UID", once: `${DETAIL} RESOURCE-TYPE`, many: DETAILS });

function add(name: string, within: string, rule: { required: string; once: string; many: string }): void {
  const required = words(rule.required);
  rules.set(name, {
    within: within.split(" "),
    required,
    once: new Set([...required, ...words(rule.once)]),
    many: words(rule.many),
  });
}

function words(text: string): Set<string> {
  return new Set(text.split(" ").filter((word) => word !== ""));
}

/** The rule of a component by its name; null for those that no RFC registers. */
export function componentRule(name: string): ComponentRule | null {
  return rules.get(name) ?? null;
}
