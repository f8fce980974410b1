/** Why something is open or closed, in the middle of a sentence. */
export const opening = () => ({
  opening: {
    usual: "the usual hours",
    outside: (name: string) => `outside of ${name}`,
    day: "the day is set apart",
    away: "away",
    awayFor: (reason: string) => `away (${reason})`,
    holiday: (name: string, region: string) => `public holiday in ${region} (${name})`,
    contract: "the contract",
    beyondContract: "outside of the contract",
    any: "any time",
    nobody: "nobody has said that it is open",
  },
});
