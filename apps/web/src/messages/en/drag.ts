/** What is said while something is dragged, and when it has been dropped. */
export const drag = () => ({
  drag: {
    files: "Drop .ics files to import them",
    timed: (day: string, times: string) => `${day}, ${times}`,
    days: (first: string, last: string) => `${first} – ${last}`,
    free: "no conflicts",
    meets: (title: string, more: number) => (more === 0 ? `meets ${title}` : `meets ${title} and ${more} more`),
    copy: "copy",
    moved: (title: string, when: string) => `Moved “${title}” to ${when}`,
    copied: (title: string, when: string) => `Copied “${title}” to ${when}`,
    refused: (title: string) => `“${title}” cannot go there`,
    insist: "Move it anyway",
    keep: "Leave it where it was",
  },
});
