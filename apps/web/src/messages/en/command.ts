import type { Formats } from "../format.ts";

const MOD = typeof navigator !== "undefined" && /Mac|iP(hone|ad)/.test(navigator.userAgent) ? "⌘" : "Ctrl ";

/** The command field: creating in words, searching, and going to dates. */
export const command = (format: Formats) => ({
  command: {
    open: "Search, or “lunch with Ines Fri 12”",
    key: `${MOD}K`,
    label: { any: "Search, create, or go to a date", new: "New: what, when, with whom", go: "Go to a date" },
    hint: {
      any: "lunch with Ines next Fri 12 30m",
      new: "lunch with Ines next Fri 12 30m",
      go: "3 sep, +6w, next fri",
    },
    results: "What it can do",
    part: {
      title: () => "title",
      person: (name: string) => name,
      place: (name: string) => name,
      repeat: (rule: string) => rule,
      duration: (minutes: number) => format.duration(minutes),
      allDay: () => "all day",
    },
    create: (title: string) => `Create “${title}”`,
    titleWith: (title: string, names: readonly string[]) => `${title} with ${format.list(names)}`,
    createUntitled: "Create an event",
    createAndOpen: "Create in the full form",
    couldBe: (words: string) => `“${words}” could also be`,
    found: "Found",
    commands: "Commands",
    goTo: (date: string) => `Go to ${date}`,
    show: (name: string) => `Show ${name}’s time`,
    showCalendar: (name: string) => `Show the calendar ${name}`,
    showThing: (name: string) => `Show ${name}`,
    nothing: "Nothing of that name, and no date.",
    untitled: "Untitled",
    zone: (when: string, zone: string) => `${when}, ${zone} time`,
    allFree: "Everybody is free.",
    youAreFree: "You are free then.",
    busyWith: (name: string, title: string) => `${name} has ${title} then.`,
    busy: (name: string) => `${name} is busy then.`,
    notWorking: (name: string) => `${name} does not work then.`,
    load: (day: string, before: string, after: string, level: string) =>
      `${day} goes from ${before} to ${after}, ${level}.`,
    noAddress: (names: readonly string[]) =>
      `${format.list(names)} cannot be invited: no address is known. The event takes no time of theirs.`,
    asked: (names: readonly string[]) => `${format.list(names)} is asked when you press Enter, not before.`,
    keys: { choose: "choose", next: "next part", plain: "makes a part plain text" },
    partChosen: (words: string, meaning: string) => `${words}: ${meaning}`,
    refused: "It was not created.",
    today: "Today",
    theme: "Change light and dark",
    help: "All keys",
  },
});
