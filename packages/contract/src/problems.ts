import { defineProblems } from "./problem.ts";

/** What any request may be answered with, whatever it asks for. */
export const requestProblems = defineProblems("request", {
  invalid: {
    status: 400,
    title: "The request cannot be understood",
    about:
      "A field is missing, unknown, of the wrong type or out of its bounds. `errors` names each one with its place.",
  },
  unauthenticated: {
    status: 401,
    title: "Please sign in",
    about: "There is no session, or it has ended. Sign in again; programs refresh their access token.",
  },
  forbidden: {
    status: 403,
    title: "You may not do this",
    about: "Your role does not allow it. An administrator of your organisation can do it or change your role.",
  },
  "wrong-origin": {
    status: 403,
    title: "The request came from another site",
    about:
      "Browsers may change things only from this server's own pages. Programs send a bearer token instead of a cookie.",
  },
  "not-found": {
    status: 404,
    title: "There is no such thing",
    about:
      "It does not exist, or you may not know that it does. Check the id, and that you are in the right organisation.",
  },
  "method-not-allowed": {
    status: 405,
    title: "This address does not do that",
    about: "The address exists, the method does not. `/docs` lists what each address answers.",
  },
  "still-running": {
    status: 409,
    title: "The same request is still running",
    about: "Another request with this Idempotency-Key has not ended yet. Ask again after Retry-After seconds.",
  },
  "version-changed": {
    status: 412,
    title: "It has changed meanwhile",
    about: "Somebody changed it after you read it. Read it again, then repeat your change with the new version.",
  },
  "too-large": {
    status: 413,
    title: "The request is too large",
    about: "The body is longer than this address accepts. The limit stands in `bytesMax`.",
  },
  "unsupported-media-type": {
    status: 415,
    title: "This kind of content is not accepted here",
    about: "The address wants another Content-Type, which `detail` names. Compressed requests are not accepted.",
  },
  "key-reused": {
    status: 422,
    title: "The Idempotency-Key was used for another request",
    about: "A key belongs to one request with one body. Make a new key for a new request.",
  },
  "too-many": {
    status: 429,
    title: "Too many requests",
    about:
      "The limit of your address or account is used up. Ask again after Retry-After seconds; RateLimit shows what is left.",
  },
  internal: {
    status: 500,
    title: "Something is wrong here",
    about: "The server met a fault of its own. Nothing was changed. Name the request's id when you ask for help.",
  },
  unavailable: {
    status: 503,
    title: "The server cannot answer right now",
    about:
      "It is starting, stopping or overloaded, or its database did not answer. Nothing was changed; ask again shortly.",
  },
});

export const identityProblems = defineProblems("identity", {
  "wrong-credentials": {
    status: 401,
    title: "Email or password is wrong",
    about:
      "No account has this email and password. Both are checked together, so that nobody learns which one was wrong.",
  },
  "session-ended": {
    status: 401,
    title: "The session has ended",
    about:
      "The refresh token has expired, was signed out, or was used twice. A token used twice ends its whole family: sign in again.",
  },
  "demo-only": {
    status: 403,
    title: "This works in the demo only",
    about: "One-click accounts exist only in demo mode on this machine. Sign in with email and password.",
  },
  "account-disabled": {
    status: 403,
    title: "This account is switched off",
    about: "Demo accounts are disabled on servers that others can reach, and administrators may disable accounts.",
  },
  "setup-code-wrong": {
    status: 403,
    title: "The set-up code is wrong",
    about: "The code stands in the terminal where the server was started. It is used once and changes with each start.",
  },
  "setup-done": {
    status: 409,
    title: "This server is already set up",
    about: "It has its first owner. Sign in, or ask the owner for an invitation.",
  },
  "unknown-zone": {
    status: 422,
    title: "There is no such time zone",
    about: "Zones are named as in the IANA database, such as Europe/Prague.",
  },
  "unknown-pool": {
    status: 422,
    title: "There is no such pool",
    about: "The pool was dissolved, or never was. `GET /v1/pools` lists those there are.",
  },
  "email-taken": {
    status: 409,
    title: "Somebody here has this address",
    about: "An address belongs to one person of an organisation. Change theirs, or invite that very person by a link.",
  },
  needed: {
    status: 409,
    title: "This person cannot be retired",
    about: "Nobody retires themselves, and an organisation keeps at least one owner who can sign in.",
  },
  retired: {
    status: 409,
    title: "It is retired",
    about: "What is retired is kept for its history and takes nothing new. An administrator can bring it back.",
  },
  "thresholds-out-of-order": {
    status: 422,
    title: "The thresholds are not in order",
    about: "A day is steady first, then full, then over: each begins higher than the one before.",
  },
  "role-too-high": {
    status: 403,
    title: "You may not give this role",
    about: "Only owners invite owners.",
  },
  "invitation-over": {
    status: 410,
    title: "This invitation is over",
    about: "The link is wrong, was used, was revoked, or is too old. Ask whoever sent it for a new one.",
  },
  "invitation-not-yours": {
    status: 403,
    title: "This invitation is for another address",
    about: "It was made for one mail address, and works with that one alone.",
  },
  "department-invalid": {
    status: 422,
    title: "The department cannot be like this",
    about:
      "One beside it is called so, it would lie below itself or too deep, or somebody named is nobody here. `detail` says which.",
  },
  "department-not-empty": {
    status: 409,
    title: "The department is not empty",
    about: "People are in it, or departments lie below it. Put them elsewhere first; `detail` says what is inside.",
  },
  "too-many-departments": {
    status: 422,
    title: "Too many departments",
    about: "An organisation keeps at most 2,000 departments. Remove those that are empty first.",
  },
  "too-many-tokens": {
    status: 422,
    title: "Too many tokens",
    about: "An organisation has at most 20 tokens for directories. Revoke those that nobody uses.",
  },
  "no-demo": {
    status: 404,
    title: "There is no demo here",
    about: "The demo organisations were removed, or have never been on this server.",
  },
});

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

export const providerProblems = defineProblems("providers", {
  "bad-address": {
    status: 422,
    title: "This is no address of a calendar",
    about:
      "A feed has an address that begins with https://, http:// or webcal://, without a user name and password in it.",
  },
  "too-many-feeds": {
    status: 409,
    title: "Too many feeds",
    about: "An organisation subscribes to at most 500 addresses. Remove some that nobody looks at.",
  },
});

export const claimProblems = defineProblems("claims", {
  taken: {
    status: 409,
    title: "That time is taken",
    about:
      "A person, room or thing is busy then. `conflicts` says who took what, `suggestions` offers times that are free.",
  },
  "too-many-stretches": {
    status: 422,
    title: "Too many dates at once",
    about: "One commitment may take at most 5,000 stretches of time within its horizon. Shorten the series.",
  },
  "meets-itself": {
    status: 422,
    title: "The commitment overlaps itself",
    about: "Two of its own dates share time. Make it shorter, or let it recur less often.",
  },
});

export const calendarProblems = defineProblems("calendars", {
  "not-a-calendar": {
    status: 422,
    title: "This is not a calendar file",
    about: "Nothing in it can be read as iCalendar. `problems` names the first lines that are wrong.",
  },
  "ends-before-start": {
    status: 422,
    title: "It ends before it starts",
    about: "An event needs an end after its start. All-day events end on the day after their last one.",
  },
  "zone-missing": {
    status: 422,
    title: "The time has no zone",
    about: "A local time needs `timeZone`, or an offset of its own.",
  },
  "unknown-zone": {
    status: 422,
    title: "There is no such time zone",
    about: "Zones are named as in the IANA database, such as Europe/Prague.",
  },
  "out-of-range": {
    status: 422,
    title: "The time is out of range",
    about: "Times are kept from the year 1900 to the year 2199.",
  },
  "rule-invalid": {
    status: 422,
    title: "The recurrence rule cannot be used",
    about: "The rule is not one of RFC 5545, gives no dates, or would need more steps than the budget allows.",
  },
  "address-invalid": {
    status: 422,
    title: "This is no mail address",
    about:
      "Somebody is invited by an address that nobody can write to. An address looks like ana@example.org, and is all of the text.",
  },
  "occurrence-not-found": {
    status: 404,
    title: "The series has no such occurrence",
    about: "`recurrenceId` names the original start of an occurrence, as `GET /v1/calendar/events` shows it.",
  },
  "read-only": {
    status: 403,
    title: "This calendar is read-only for you",
    about: "You may see it, and you may not change it. Its owner can share it with you for writing.",
  },
  "may-move": {
    status: 409,
    title: "You may move it yourself",
    about: "Proposals are for those who may not change the event. Who may, moves it.",
  },
  "not-a-guest": {
    status: 403,
    title: "Only its guests may propose a time",
    about: "Another time is proposed by somebody who is invited to the event and has not declined.",
  },
  "same-times": {
    status: 422,
    title: "It is at that time already",
    about: "A proposal names another time than the event has now.",
  },
  "in-the-past": {
    status: 422,
    title: "That time is over",
    about: "What is over is not moved, and nothing is moved to where it would begin in the past.",
  },
  "nobody-answers": {
    status: 409,
    title: "Nobody here can move it",
    about: "Its events come from an address elsewhere, or nobody who may change its calendar can sign in.",
  },
  "proposal-over": {
    status: 409,
    title: "This proposal is over",
    about: "It was answered, taken back or replaced, or the event has been moved or cancelled since.",
  },
  "uid-exists": {
    status: 409,
    title: "The calendar already holds this event",
    about: "An event is in a calendar once. Change the one that is there.",
  },
  "not-empty": {
    status: 409,
    title: "The calendar is not empty",
    about: "It still holds events. Move or remove them first, so that nothing is lost by a single click.",
  },
  "too-large": {
    status: 422,
    title: "The event is too large",
    about: "One event with all its occurrences may take 1 MiB as iCalendar text.",
  },
});

export const planningProblems = defineProblems("planning", {
  "conflict-gone": {
    status: 410,
    title: "This conflict no longer exists",
    about: "Something has changed since it was found, and it is solved. Detect again to see what is left.",
  },
  "repair-stale": {
    status: 409,
    title: "This repair no longer fits",
    about: "Something has changed since it was offered, and it would now make a new conflict. Ask for repairs again.",
  },
  "not-yours": {
    status: 403,
    title: "This conflict is not yours to decide",
    about: "Who may change one of its events decides whether both stay as they are. Ask one of their owners.",
  },
  "too-many-kept": {
    status: 409,
    title: "Too many conflicts are kept",
    about: "An organisation keeps at most 20,000. Let some count again that no longer matter, or repair them.",
  },
  "rule-broken": {
    status: 409,
    title: "A rule of the organisation speaks against it",
    about: "A hard rule would not hold. `broken` names each with its sentence; an administrator can change the rule.",
  },
  "rule-invalid": {
    status: 422,
    title: "The rule cannot be set like this",
    about:
      "A number is missing or out of its bounds, or the constraint is not set for that. `GET /v1/constraints` lists what is.",
  },
  "rule-stands": {
    status: 409,
    title: "There is such a rule already",
    about:
      "A constraint has one rule for the organisation, one for each team and one for each person. Change that one.",
  },
  "place-invalid": {
    status: 422,
    title: "The place cannot be like this",
    about: "Another place is called so, a way leads to no place, or there are too many.",
  },
  "plugin-invalid": {
    status: 422,
    title: "This plug-in cannot be allowed",
    about:
      "Nothing in the server's folder has this hash, it is no constraint, a number is out of its bounds, or ten are allowed already. `GET /v1/plugins` lists what is there.",
  },
  "plan-refused": {
    status: 422,
    title: "This cannot be planned",
    about:
      "There is nobody, or nothing that may move, or too much at once. `detail` names the bound; ask for fewer or a shorter time.",
  },
  "poll-invalid": {
    status: 422,
    title: "This cannot be asked",
    about:
      "A poll asks others of the organisation about 2 to 8 times that are still ahead. `detail` says what is wrong.",
  },
  "poll-over": {
    status: 409,
    title: "This poll is over",
    about: "A time was picked, it was closed, or its last time has begun. Ask again with other times.",
  },
  "poll-not-yours": {
    status: 403,
    title: "This poll is not yours to decide",
    about: "Who has asked picks a time or closes the poll. You can answer it.",
  },
  "too-many-polls": {
    status: 409,
    title: "There are too many open polls",
    about: "An organisation has at most 500 open at once. Pick a time in some, or close them.",
  },
  "proposal-invalid": {
    status: 422,
    title: "This cannot be proposed",
    about:
      "A proposal holds 1 to 200 calls of operations that may be proposed, on things that you know of and that are not locked. `detail` says what is wrong.",
  },
  "proposal-over": {
    status: 409,
    title: "This proposal is over",
    about: "It was accepted, declined, taken back, or nobody has answered in time. Make another one.",
  },
  "proposal-stale": {
    status: 409,
    title: "This proposal no longer fits",
    about:
      "Something has changed since it was made or looked at. `changes` says of each change that cannot be made why. Look at it again, and accept the rest or what has changed.",
  },
  "proposal-not-yours": {
    status: 403,
    title: "This is not yours to decide",
    about: "Whoever is asked to look at a proposal declines it, and who made it takes it back.",
  },
  "too-many-proposals": {
    status: 409,
    title: "There are too many open proposals",
    about: "An organisation has at most 500 open at once. Accept or decline some, or take them back.",
  },
  "too-many-rules": {
    status: 409,
    title: "There are too many rules",
    about: "An organisation sets at most 500. Set one for a team instead of many for its people.",
  },
});

export const bookingProblems = defineProblems("bookings", {
  "service-invalid": {
    status: 422,
    title: "This cannot be offered",
    about:
      "Something in the service cannot be: nobody is left of a role, or the address is another's. `detail` says what.",
  },
  "service-booked": {
    status: 409,
    title: "It is booked",
    about: "Somebody has booked it ahead. Close it for new bookings, and take it away when the last of them is over.",
  },
  "address-taken": {
    status: 409,
    title: "This address is taken",
    about: "Public addresses are given once. Choose another.",
  },
  "customer-known": {
    status: 409,
    title: "This customer is known",
    about: "Somebody with this address is written down already. `detail` says who.",
  },
  "customer-expected": {
    status: 409,
    title: "They are expected",
    about: "A customer who comes again cannot be forgotten before. Cancel what is booked, or wait until it is over.",
  },
  "window-invalid": {
    status: 422,
    title: "The window is none",
    about: "It ends after it starts, in years that are kept, and is at most 400 days long.",
  },
  "length-unknown": {
    status: 422,
    title: "It does not take that long",
    about: "A service can be booked in the lengths that it names. `GET /v1/book/{who}` lists them.",
  },
  "slot-taken": {
    status: 409,
    title: "This time was just taken",
    about: "Somebody was quicker. `alternatives` names the nearest times that are free; nothing you wrote is lost.",
  },
  "not-offered": {
    status: 409,
    title: "This time cannot be booked",
    about:
      "It is over, too soon, too far ahead, outside the hours, or something else speaks against it. `alternatives` names the nearest times that can be booked; `limit`, where that is why, how often a customer may book it within how many days.",
  },
  "dates-clash": {
    status: 409,
    title: "Not all dates can be booked",
    about:
      "Nothing was held or changed. `dates` names each date, why one cannot be, and the nearest times that can: choose one of these instead, or leave the date out.",
  },
  "plan-stale": {
    status: 409,
    title: "The plan does not hold any more",
    about:
      "Nothing was changed. `changed` names what is not as it was planned: booked since, gone, changed, or its time or stand-in was taken. Plan again.",
  },
  "package-unfit": {
    status: 409,
    title: "The package does not fit",
    about:
      "`reason` says why: `unknown` code, `needed` where none was given, `other-service`, `expired`, or `empty` with how many are `left` and how many are `wanted`. The time is still held.",
  },
  "package-invalid": {
    status: 422,
    title: "This package cannot be offered",
    about: "It is good for at least one service that there is, and an organisation offers at most 200 kinds.",
  },
  "routing-invalid": {
    status: 422,
    title: "The questions cannot lead so",
    about: "A rule names what is not there, or is never reached. `detail` says which.",
  },
  "wish-invalid": {
    status: 422,
    title: "This cannot be waited for",
    about: "Its last day is over or before its first, or lies too far ahead. `detail` says what.",
  },
  "waiting-full": {
    status: 409,
    title: "The waiting list is full",
    about: "A service has at most 500 people waiting, and a customer waits for at most 5 things at once.",
  },
  "hold-over": {
    status: 410,
    title: "The time was held too long",
    about:
      "What is held is kept for a few minutes. Choose the time again: if nobody has taken it meanwhile, it is yours.",
  },
  "details-invalid": {
    status: 422,
    title: "Something is missing or wrong",
    about: "`fields` names each question that has to be answered otherwise, and why. Everything else is kept.",
  },
  "proof-wanted": {
    status: 429,
    title: "Too many without a proof of work",
    about:
      "This organisation asks who holds times without an account to do a little work, and lets few in without it. `GET /v1/services/{id}/challenge` says what; send it as `proof`, or wait `retryAfterSeconds`.",
  },
  "file-unfit": {
    status: 422,
    title: "The file does not fit",
    about:
      "`reason` says why: `unasked` where no question wants it, `empty`, `too-large` with `bytesMax`, `type` with the `types` that are taken, `too-many` with `filesMax`, or `full` where the organisation keeps as many as it can. The time is still held.",
  },
  "too-late": {
    status: 409,
    title: "It is too late to change this",
    about: "The time until which a customer may change or cancel is over. Get in touch with whom you have booked.",
  },
  "not-asked": {
    status: 409,
    title: "Nothing is asked about this",
    about: "A visit is asked about once it is over, where its service asks; one that did not happen is not.",
  },
  "rating-closed": {
    status: 409,
    title: "The answer cannot be given or changed any more",
    about: "A visit is answered for within 90 days, and the answer can be changed for 30 days.",
  },
  "wrong-state": {
    status: 409,
    title: "This is not possible any more",
    about: "It was cancelled, declined, or is over. Read it again.",
  },
});

export const learningProblems = defineProblems("learning", {
  off: {
    status: 409,
    title: "Nothing is learned from history here",
    about: "It is off until an administrator writes down to what the people agreed, and switches it on.",
  },
  "too-little": {
    status: 409,
    title: "There is not enough history yet",
    about:
      "`detail` says how much there is and how much is needed. Until then there is no model, and nothing is foretold.",
  },
  running: {
    status: 409,
    title: "A model is being trained already",
    about: "One at a time. Wait for it, or cancel it: its job is told with the models.",
  },
  "model-refused": {
    status: 409,
    title: "That cannot be done with this model",
    about: "The gate, a monitor, or the state of the model speaks against it; `detail` says which and why.",
  },
  "consent-missing": {
    status: 422,
    title: "It does not say to what the people agreed",
    about: "Nothing is learned from anybody who did not agree. Say in a sentence who agreed to what, and when.",
  },
});

export const leagueProblems = defineProblems("leagues", {
  invalid: {
    status: 422,
    title: "The league cannot be like this",
    about:
      "A team is there twice, there are fewer days than rounds, or something names what is not there. `detail` says which.",
  },
  "too-many": {
    status: 409,
    title: "There are too many leagues",
    about: "An organisation has at most 200. Take away those that are over.",
  },
  published: {
    status: 409,
    title: "Some of it is published, or was played",
    about:
      "Take the fixtures back first, and then change of what the league is made. What was played stays: begin another league for the next season.",
  },
  "change-refused": {
    status: 409,
    title: "The fixtures cannot be changed so",
    about: "A match that was played or is locked would have to go along, or nothing is planned yet. `detail` says why.",
  },
  "plan-refused": {
    status: 409,
    title: "The league cannot be planned now",
    about: "It is being planned already, or changes all the time. `detail` says why.",
  },
  "venue-taken": {
    status: 409,
    title: "A venue is taken",
    about:
      "Nothing was published or changed. `taken` names each fixture, by what its venue is taken, and the nearest time that is free.",
  },
});

/** Requests, who approves them and in whose place. */
export const approvalProblems = defineProblems("approvals", {
  over: {
    status: 409,
    title: "This is decided",
    about:
      "It was approved, declined or withdrawn, or its time ran out. What was decided stays: ask anew for something else.",
  },
  "not-asked": {
    status: 403,
    title: "You are not asked",
    about:
      "The step at which it waits asks others, or you have answered it already. The request shows who waits for whom.",
  },
  "self-approval": {
    status: 409,
    title: "Nobody approves this themselves",
    about: "The policy of the organisation wants somebody else to ask for it, or somebody else to approve it.",
  },
  "nobody-to-ask": {
    status: 409,
    title: "There are too few who could approve it",
    about:
      "Too few of those whom the policy names are here and can sign in. Who runs the organisation changes the policy.",
  },
  "already-asked": {
    status: 409,
    title: "It is asked for already",
    about: "A thing is asked for once at a time. Withdraw what waits first.",
  },
  "too-many-waiting": {
    status: 409,
    title: "Too many requests wait",
    about: "At most 20,000 requests of an organisation wait at once. Decide or withdraw some first.",
  },
  "cannot-be-done": {
    status: 409,
    title: "It cannot be done any more",
    about:
      "What was asked for clashes with what stands by now. `detail` says with what; decline it, or make room first.",
  },
  "policy-invalid": {
    status: 422,
    title: "The policy cannot be like this",
    about: "A step asks nobody, or more have to agree than are asked. `detail` says which.",
  },
  "deputy-invalid": {
    status: 422,
    title: "They cannot stand in",
    about:
      "They are nobody here, the same person, or named for these days already, or there are ten deputies. `detail` says which.",
  },
});

export const undoProblems = defineProblems("undo", {
  nothing: {
    status: 404,
    title: "There is nothing to undo",
    about: "No request of yours with this id changed anything, or it is older than 30 days.",
  },
  "changed-since": {
    status: 409,
    title: "It has been changed since",
    about:
      "Somebody changed one of the things after your request; undoing would lose their work. `changed` names who and what.",
  },
  "not-yours": {
    status: 403,
    title: "Only its author may undo this",
    about: "A request is undone by the person who made it.",
  },
});

export const bundleProblems = defineProblems("bundles", {
  "not-possible": {
    status: 422,
    title: "This cannot be done with others",
    about: "A call names no operation, or one that may not be part of a bundle. `index` says which, counted from 0.",
  },
  refused: {
    status: 409,
    title: "One of them was refused, and none was done",
    about:
      "All were asked for or none. `index` says which was refused, counted from 0; `problem` why, as if it had been asked alone.",
  },
});

export const jobProblems = defineProblems("jobs", {
  "not-waiting": {
    status: 409,
    title: "The job is not waiting for you",
    about: "Only a preview that has been prepared can be accepted, and only once.",
  },
  "already-done": {
    status: 409,
    title: "The job has already ended",
    about: "A job that is done cannot be cancelled. What it did can be undone.",
  },
});

export const mailProblems = defineProblems("mail", {
  off: {
    status: 409,
    title: "Mail is off",
    about: "Nothing is sent until the server has `SMTP_URL` and `MAIL_FROM`. Who runs the server sets them.",
  },
  "not-sent": {
    status: 503,
    title: "The mail server did not take it",
    about: "`detail` says what it answered. Check `SMTP_URL` and `MAIL_FROM`.",
  },
  "wrong-state": {
    status: 409,
    title: "There is nothing to try again",
    about: "Only a message that failed is tried again; what waits is tried by itself.",
  },
  over: {
    status: 409,
    title: "It is over",
    about: "Nobody is told of what is past.",
  },
});

/** Every refusal there is, for the pages under `/problems/` and the checks. */
export const problemAreas = [
  requestProblems,
  identityProblems,
  workforceProblems,
  claimProblems,
  calendarProblems,
  planningProblems,
  providerProblems,
  bookingProblems,
  mailProblems,
  learningProblems,
  leagueProblems,
  approvalProblems,
  undoProblems,
  bundleProblems,
  jobProblems,
] as const;
