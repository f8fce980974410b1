import type { Formats } from "../format.ts";

/** How this keyboard prints the key that goes with Z. */
const MOD = typeof navigator !== "undefined" && /Mac|iP(hone|ad)/.test(navigator.userAgent) ? "⌘" : "Ctrl ";

/** The page around the places. */
export const shell = (format: Formats) => ({
  product: "Hourwright",
  overlays: "Opened over the page",
  places: {
    year: "Year",
    week: "Week",
    day: "Day",
    agenda: "Agenda",
    conflicts: "Conflicts",
    team: "Team",
    bookings: "Bookings",
    settings: "Settings",
  },
  rail: { label: "Main" },
  inspector: { label: "Inspector", close: "Close" },
  nowhere: {
    title: "Nothing is here",
    why: "This address is no place of Hourwright. It may have been cut off, or mistyped.",
    toYear: "To the Year",
  },
  actions: {
    apply: "Apply",
    cancel: "Cancel",
    close: "Close",
    new: "New",
    redo: "Redo",
    retry: "Try again",
    signOut: "Sign out",
    today: "Today",
    undo: "Undo",
    dismiss: "Dismiss",
    import: "Import",
  },
  header: {
    previousYear: (year: number) => `Year ${year}`,
    nextYear: (year: number) => `Year ${year}`,
    toResolve: (count: number) => format.plural(count, { one: "# to resolve", other: "# to resolve" }),
    nothingToResolve: "Nothing to resolve",
    account: "Account and appearance",
    approvals: "Approvals",
    importFiles: "Import .ics files",
    timesIn: (zone: string) => `Times of ${zone}`,
  },
  roles: { owner: "owner", administrator: "administrator", manager: "manager", member: "member" },
  theme: { label: "Appearance", system: "As the system", light: "Light", dark: "Dark" },
  language: {
    label: "Language",
    system: "As the browser",
    failed: "The language could not be loaded. Everything stays as it is.",
  },
  who: {
    button: "Whose time is shown",
    everyone: "Everyone",
    people: "People",
    things: "Rooms and things",
    calendars: "Calendars",
    search: "Find a person, room or calendar",
    chosen: (count: number) => `${format.number(count)} chosen`,
    all: "Show everyone",
    first: "Begin with these from now on",
    firstKept: "You will begin with these.",
    none: "Nothing of that name",
    showing: (names: readonly string[]) => `Showing ${format.list(names)}`,
  },
  undo: {
    bar: "Just done",
    done: (summary: string) => `${summary}.`,
    undone: (summary: string) => `Undone: ${summary}.`,
    redone: (summary: string) => `Redone: ${summary}.`,
    nothing: "Nothing to undo.",
    nothingToRedo: "Nothing to redo.",
    /** Of several steps. */
    partly: "The server cannot be reached. Part of it is still as it was.",
    willBeTold: (names: readonly string[], count: number) =>
      count > 2 ? `${format.number(count)} people will be told.` : `${format.list(names)} will be told.`,
    told: (names: readonly string[], count: number) =>
      count > 2
        ? `${format.number(count)} people were told.`
        : `${format.list(names)} ${count === 1 ? "was" : "were"} told.`,
    /** After a sentence that says whom. */
    toldNow: "Told.",
    tellNow: "Tell them now",
  },
  failures: {
    network: "The server cannot be reached. Try again in a moment.",
    offline: "No connection. You see what was loaded last; nothing you typed is lost.",
    sessionEnded: "Your session has ended. Sign in to go on.",
    drawing: "This page has failed.",
    reload: "Load it again",
  },
  keys: {
    undo: `${MOD}Z`,
    space: "Space",
    finish: `${MOD}⏎`,
  },
});
