import type { Messages } from "../../messages/index.tsx";

/** Who or what comes and goes with a change, in a few words; empty where nobody does. */
export function partiesText(
  {
    add,
    remove,
  }: { readonly add: readonly { readonly name: string }[]; readonly remove: readonly { readonly name: string }[] },
  words: Messages,
): string {
  const names = (parties: readonly { readonly name: string }[]) => parties.map(({ name }) => name);
  const comes = add.length === 0 ? [] : [words.proposal.comes(names(add))];
  const goes = remove.length === 0 ? [] : [words.proposal.goes(names(remove))];
  return [...comes, ...goes].join(", ");
}
