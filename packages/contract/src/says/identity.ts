import { identityProblems } from "../problems/identity.ts";
import { refuserOf } from "../says.ts";

type Most = { readonly most: number };
type Name = { readonly name: string };

const noZone = ({ zone }: { readonly zone: string }): string => `"${zone}" is no IANA time zone.`;

/** "Inside “Cars” there are 3 people and one department." */
function insideText({
  name,
  people,
  departments,
}: Name & { readonly people: number; readonly departments: number }): string {
  const inside = [
    ...(people === 0 ? [] : [people === 1 ? "one person" : `${people} people`]),
    ...(departments === 0 ? [] : [departments === 1 ? "one department" : `${departments} departments`]),
  ];
  return `Inside “${name}” there ${people + departments === 1 ? "is" : "are"} ${inside.join(" and ")}. Put them elsewhere first.`;
}

/** What a refusal about people, things and accounts says to do, by its reason. */
export const identitySays = {
  "wrong-credentials": {
    check: () => "Check both, and whether Caps Lock is on.",
    join: () => "This address has an account on this server: join with the password of that account.",
  },
  "session-ended": {
    ended: () => "Sign in again.",
    twice: () => "This token was used before, so the session was ended. Sign in again.",
  },
  "demo-only": {
    "sign-in": () => "Sign in with email and password.",
  },
  "account-disabled": {
    reached: () => "Demo accounts are off because other machines can reach this server.",
  },
  "setup-code-wrong": {
    read: () => "Read it again in the terminal; it changes with each start.",
  },
  "setup-done": {
    "sign-in": () => "Sign in, or ask the owner for an invitation.",
  },
  "unknown-zone": {
    zone: noZone,
  },
  "unknown-pool": {
    pool: ({ id }: { readonly id: string }) => `No pool has the id ${id}.`,
  },
  "email-taken": {
    other: ({ email, name, retired }: Name & { readonly email: string; readonly retired: boolean }) =>
      `${email} is ${name}’s${retired ? ", who is retired: bring them back instead" : ""}.`,
    "signs-in": ({ name }: Name) => `${name} signs in already.`,
    invited: () => "Somebody here has this address. Ask for an invitation in your name.",
    member: () => "You are a member already: sign in.",
  },
  needed: {
    yourself: () => "Somebody else has to retire you; this is you yourself.",
    owner: () => "Only an owner can retire an owner.",
    "last-owner": ({ name }: Name) => `${name} is the only owner. Invite another one first.`,
  },
  retired: {
    nothing: ({ name }: Name) => `${name} takes nothing new.`,
  },
  "thresholds-out-of-order": {
    order: () => "Steady comes first, then full, then over.",
  },
  "role-too-high": {
    owner: ({ role }: { readonly role: string }) => `As ${role} you may invite administrators, managers and members.`,
  },
  "invitation-over": {
    ask: () => "Ask whoever sent you the link for a new one.",
  },
  "invitation-not-yours": {
    address: () => "Join with the address it was sent to.",
  },
  "department-invalid": {
    parent: () => "What it is to be part of is no department.",
    deep: ({ levels, most }: Most & { readonly levels: number }) =>
      `It would be ${levels} levels deep; ${most} are the limit.`,
    named: ({ name }: Name) => `There is a department called “${name}” beside it already.`,
    itself: ({ name }: Name) => `“${name}” cannot be part of itself.`,
    loop: ({ name, parent }: Name & { readonly parent: string }) =>
      `“${name}” cannot be part of “${parent}”, which is part of “${name}”.`,
    twice: () => "Somebody is named twice.",
    department: () => "One of the departments is none.",
    person: () => "One of those named is nobody here.",
    manager: () => "One of those who are to manage it is nobody here.",
  },
  "department-not-empty": {
    inside: insideText,
  },
  "too-many-departments": {
    most: ({ most }: Most) => `There are ${most} already.`,
  },
  "too-many-tokens": {
    most: ({ most }: Most) => `There are ${most} already: revoke one first.`,
  },
  "no-demo": {
    nothing: () => "There is nothing to remove.",
  },
} as const;

/** Refuses about people, things and accounts for a reason. */
export const refuseIdentity = refuserOf(identityProblems, identitySays);
