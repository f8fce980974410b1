/** The words by which changes are kept as a proposal; those of its panel come with it. */
export const drafts = () => ({
  drafts: {
    command: "Proposals",
    keep: "Save as proposal",
    kept: (title: string) => `Proposed: ${title}. Nothing has moved`,
    toward: (title: string, when: string) => `${title} to ${when}`,
    locked: "Locked: no repair, plan or proposal moves it",
    key: "propose instead",
    would: (when: string) => `propose ${when}`,
  },
});
