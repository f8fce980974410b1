/** The agenda: a month as a list. */
export const agenda = () => ({
  agenda: {
    label: "Agenda",
    before: "Month before",
    after: "Month after",
    empty: "Nothing is planned this month. Press N to add something.",
    more: (count: number) => `Show more of the ${count} left`,
  },
});
