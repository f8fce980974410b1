import { defineProblems } from "../problem.ts";

export const workforceProblems = defineProblems("workforce", {
  "closes-before-opens": {
    status: 422,
    title: "It closes before it opens",
    about: "Working time ends after it begins, on the same day. What goes past midnight is two stretches of two days.",
  },
  "stretches-meet": {
    status: 422,
    title: "Two stretches of one day meet",
    about: "Working time of one day is given in stretches with time between them. Make one of the two.",
  },
  "too-many-holidays": {
    status: 422,
    title: "Too many holidays",
    about: "An organisation keeps at most 10,000 days on which nobody works. Remove old ones first.",
  },
  "layer-invalid": {
    status: 422,
    title: "A layer of opening times cannot be like this",
    about:
      "It ends before it begins, lasts too long, or names a region or a day that there is not. `detail` says which.",
  },
  "bad-window": {
    status: 422,
    title: "This is no window of time",
    about: "It ends after it begins, and is no longer than may be asked at once: `detail` says how long.",
  },
  "too-many-parts": {
    status: 422,
    title: "Too many opening times for one file",
    about: "A file holds at most 2,000 parts. Remove old days and time off, or ask for shorter patterns.",
  },
  "no-availability": {
    status: 422,
    title: "There are no opening times in this file",
    about: "A file with a VAVAILABILITY (RFC 7953) is read, of a bounded size and with rules that come to an end.",
  },
  "skill-invalid": {
    status: 422,
    title: "The skill cannot be like this",
    about: "Another is called so, it ends before it begins, or the skill has no such level. `detail` says which.",
  },
  "skill-named": {
    status: 409,
    title: "A rule needs this skill",
    about: "While a rule names a skill it stays. Change or remove the rule first: `GET /v1/rules` lists them.",
  },
  "too-many-skills": {
    status: 409,
    title: "Too many skills",
    about: "An organisation names at most 1,000 skills, and a person has at most 200. Remove some that nobody needs.",
  },
  "contract-invalid": {
    status: 422,
    title: "The contract cannot be like this",
    about:
      "A pattern without weeks, a shift without length or longer than a day, shifts or breaks that overlap, hours beyond those there are. `faults` holds a sentence for each.",
  },
  "contracts-overlap": {
    status: 409,
    title: "Another version of the contract holds then",
    about: "A change begins after all versions there are: what was is not written anew. `detail` names both.",
  },
  "rules-contradict": {
    status: 422,
    title: "Nobody can keep these rules",
    about:
      "No rhythm of shifts has the hours asked under these rules. `rules` names those of which each alone, when it goes, makes it possible.",
  },
  "too-many-contracts": {
    status: 409,
    title: "Too many versions of contracts",
    about: "A person has at most 200 versions, an organisation 20,000.",
  },
  "rule-set-invalid": {
    status: 422,
    title: "The rule set cannot be like this",
    about: "Another is called so, a rule is out of its bounds, or two of one kind stand in it. `detail` says which.",
  },
  "rule-set-named": {
    status: 409,
    title: "A contract names this rule set",
    about: "While a contract names a rule set it stays. Give those contracts another first.",
  },
  "too-many-rule-sets": {
    status: 409,
    title: "Too many rule sets",
    about: "An organisation has at most 500. Remove some that no contract names.",
  },
  "adjustment-invalid": {
    status: 422,
    title: "The adjustment cannot be like this",
    about: "It ends before it begins, mixes days and times, or names somebody who is not there. `detail` says which.",
  },
  "adjustment-refused": {
    status: 409,
    title: "Something speaks against the adjustment",
    about:
      "Another absence, a shift or the contract is in the way. `objections` holds a sentence for each, and names what is in the way.",
  },
  "adjustment-decided": {
    status: 409,
    title: "The adjustment has been decided",
    about: "What was approved, declined or withdrawn is decided no more. `detail` says by whom.",
  },
  "demand-invalid": {
    status: 422,
    title: "The demand cannot be like this",
    about:
      "Its stretches overlap, it wishes for fewer than it needs, holds on no day, or names a skill that is not there. `detail` says which.",
  },
  "too-many-demands": {
    status: 409,
    title: "Too many demands",
    about: "An organisation has at most 2,000. Remove some that hold no more.",
  },
  "draft-invalid": {
    status: 422,
    title: "The draft cannot be like this",
    about:
      "A day lies outside of it, a shift has no length, or somebody named is nobody it is for. `detail` says which.",
  },
  "too-many-drafts": {
    status: 409,
    title: "Too many drafts",
    about: "An organisation has at most 200 open drafts, of 20,000 shifts each. Publish or discard some.",
  },
  "draft-closed": {
    status: 409,
    title: "The draft is closed",
    about: "What was published or discarded is changed no more: copy it into a new draft.",
  },
  "draft-refused": {
    status: 409,
    title: "Something speaks against the draft",
    about:
      "A shift meets another, an absence, or no contract holds. `objections` holds a sentence for each; `POST …/try` names what could be done instead.",
  },
  "roster-plan-refused": {
    status: 409,
    title: "The roster is not planned now",
    about:
      "It is being planned already, two others of yours are, nobody may be planned in it, or nobody is needed on its days. `detail` says which.",
  },
  "rules-broken": {
    status: 409,
    title: "The draft breaks rules of contracts",
    about: "`broken` holds a sentence for each. Change the draft, or publish it despite them.",
  },
  "not-concerned": {
    status: 409,
    title: "This roster does not concern you",
    about: "Who has no new, changed or dropped shift in it has nothing to acknowledge.",
  },
  "cover-invalid": {
    status: 422,
    title: "Cover cannot be asked for this",
    about: "There is no such shift, it stands and nobody is away, or it has begun. `detail` says which.",
  },
  "cover-running": {
    status: 409,
    title: "Cover is asked for already",
    about: "A call for this shift runs. Cancel it first, or wait for it.",
  },
  "nobody-to-cover": {
    status: 409,
    title: "Nobody could be asked",
    about: "Something speaks against everybody. `GET /v1/covers/candidates` says what.",
  },
  "cover-over": {
    status: 409,
    title: "Nobody is asked any more",
    about: "Somebody else has said yes, the shift has begun, or the call was cancelled. `detail` says which.",
  },
  "not-asked": {
    status: 409,
    title: "You are not asked",
    about: "It is not your turn yet, or you are not among those who are asked.",
  },
  "open-shift-invalid": {
    status: 422,
    title: "A shift cannot be offered like this",
    about:
      "It has no length, has begun, asks for a skill that there is not, or there are too many. `detail` says which.",
  },
  "open-shift-over": {
    status: 409,
    title: "This shift is not offered any more",
    about: "Every place is taken, it has begun, or it was taken back. `detail` says which.",
  },
  "bid-refused": {
    status: 409,
    title: "Something speaks against this bid",
    about: "A shift, an absence, a skill or a rule is in the way. `objections` holds a sentence for each.",
  },
  "swap-invalid": {
    status: 422,
    title: "This is no swap",
    about:
      "Two exchange a shift each, or three in a ring, or one gives a shift to another. `detail` says what is wrong.",
  },
  "swap-refused": {
    status: 409,
    title: "Something speaks against the swap",
    about:
      "A shift, an absence or a rule of somebody who takes part is in the way. `objections` holds a sentence for each.",
  },
  "swap-over": {
    status: 409,
    title: "The swap is decided",
    about: "Everybody agreed, somebody said no, it was taken back, or a shift has begun. `detail` says which.",
  },
  clock: {
    status: 409,
    title: "The clock cannot be used so",
    about:
      "Who is in comes in no more, who is not in cannot leave, and a correction has a length of at most a day in the past. `detail` says which.",
  },
});
