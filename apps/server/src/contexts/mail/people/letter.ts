import type { MailedNotice } from "../../notifications/public.ts";
import { nameToGreet, oneLine, printedLetter, type Letter } from "../letter.ts";
import { timesIn } from "../times.ts";
import { wordsOf } from "../words.ts";
import { peopleWordsOf } from "./words.ts";

// Pure: what a notice reads as mail.

export type NoticeLetterFacts = {
  readonly notice: MailedNotice;
  readonly person: { readonly name: string; readonly zone: string };
  readonly organisation: string;
  /** Where it leads, whole. */
  readonly link: string;
  /** Who has the link can answer by it without signing in. */
  readonly isPersonal: boolean;
};

export function noticeLetter({ notice, person, organisation, link, isPersonal }: NoticeLetterFacts): Letter {
  const words = peopleWordsOf(notice.language);
  const times = timesIn(person.zone, wordsOf(notice.language));
  const says = words.of(notice.kind);
  const title = oneLine(notice.title);
  // What is about no time has the moment in its place at which it was made.
  const isTimed = notice.endMs > notice.startMs;
  const moment = isTimed ? ` (${times.moment(notice.startMs)})` : "";
  return printedLetter({
    subject: `${says.subject(title)}${moment}`,
    hello: words.hello(nameToGreet(person.name)),
    lead: [says.lead(oneLine(notice.byName))],
    rows: [
      [words.what, title],
      ...(isTimed ? [[words.when, times.span(notice.startMs, notice.endMs)] as const] : []),
      [words.by, oneLine(notice.byName)],
    ],
    link: { name: says.link, href: link, more: isPersonal ? words.keepLink : "" },
    foot: words.whyThis(oneLine(organisation)),
    language: notice.language,
  });
}
