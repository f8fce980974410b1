/** Private addresses at which other calendars follow something. */
export const en = () => ({
  title: "In another calendar",
  shifts:
    "Follow your shifts in the calendar of your phone or computer. It asks again by itself, about every hour, and shows what has been approved.",
  league:
    "Follow the fixtures in the calendar of a phone or computer. It asks again by itself, about every hour: what is not published is shown as tentative.",
  make: "Make an address",
  private: "Private: whoever knows it can read what is there, and nothing else.",
  address: "Private address",
  copy: "Copy",
  copied: "The address is copied",
  notCopied: "It cannot be copied here: select it and copy it by hand",
  open: "Open in the calendar app",
  remove: "Take away",
  removeTitle: "Take the address away?",
  removeSentence: "Calendars that follow it show nothing new from now on. The next address will be another one.",
  removed: "The address was taken away",
  of: "Which fixtures",
  all: "All teams",
});

export type FollowWords = ReturnType<typeof en>;
