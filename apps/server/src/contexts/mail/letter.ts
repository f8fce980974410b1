import { asciiAddress } from "@hourwright/contract";
import { calendarOf, reasonOf, type Customer, type ToldBooking } from "../bookings/public.ts";
import type { Facts, Says } from "./model.ts";
import { placeOf, timesIn } from "./times.ts";
import { wordsOf, type Words } from "./words.ts";

/** What says of no time that it is booked. */
const WITHOUT_CALENDAR: ReadonlySet<Says> = new Set<Says>(["reminder", "offered", "kept", "offer", "rating"]);

// Pure: what a message to a customer reads, from how the booking is when it is sent.

export type Letter = {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** What calendars read (RFC 6047); null where nothing changes in them. */
  readonly calendar: { readonly method: string; readonly bytes: Uint8Array } | null;
};

/** A booking of which a message tells. */
export type TellsOf = {
  readonly told: ToldBooking & { readonly customer: Customer };
  /** What was told last: where it was before. */
  readonly before: Facts | null;
};

export type LetterFacts = {
  /** By time; several of one series, of which the same is said. */
  readonly dates: readonly TellsOf[];
  readonly says: Says;
  readonly byCustomer: boolean;
  readonly organisation: string;
  readonly from: string;
  readonly publicUrl: string;
  readonly nowMs: number;
};

export function letterOf(facts: LetterFacts): Letter {
  const { dates, says } = facts;
  const { told } = dates[0]!;
  const { booking } = told;
  const words = wordsOf(booking.language);
  const first = timesIn(told.zone, words).moment(booking.startMs);
  const moment = dates.length === 1 ? first : words.severalFrom(dates.length, first);
  const service = oneLine(booking.terms.service);
  const link = `${facts.publicUrl}${told.link}&lang=${booking.language}`;
  const parts: Parts = {
    subject: words.subject[says](service, moment),
    hello: words.hello(nameToGreet(told.customer.name)),
    lead: leadOf(facts, words, service),
    rows: rowsOf(facts, words),
    link: linkIn(facts, words, link),
    foot: (says === "offer" ? words.whyOffer : words.whyThis)(oneLine(facts.organisation)),
    language: booking.language,
  };
  return {
    subject: parts.subject,
    text: textOf(parts),
    html: htmlOf(parts),
    calendar: WITHOUT_CALENDAR.has(says) ? null : calendarIn(facts, link),
  };
}

function linkIn({ says, dates }: LetterFacts, words: Words, href: string): Parts["link"] {
  const { booking } = dates[0]!.told;
  if (says === "offer") return { name: words.answerOffer, href, more: "" };
  if (says === "rating") return { name: words.rate, href: `${href}#rate`, more: "" };
  const isOn = booking.state === "requested" || booking.state === "confirmed";
  const name = says === "offered" ? words.choose : isOn ? words.manage : words.look;
  return { name, href, more: isOn ? words.keepLink : "" };
}

const BY_THEM_OR_YOU = { true: "cancelledByYou", false: "cancelledByThem" } as const;

function leadOf({ says, byCustomer, dates, organisation }: LetterFacts, words: Words, service: string): string[] {
  const { told } = dates[0]!;
  const key = says === "cancelled" ? BY_THEM_OR_YOU[`${byCustomer}`] : says;
  const lead = words.lead[key]({ service, organisation: oneLine(organisation) });
  if (told.offeredUntilMs !== null)
    return [lead, words.offeredUntil(timesIn(told.zone, words).moment(told.offeredUntilMs))];
  const several = dates.length === 1 ? [] : [words.several(dates.length)];
  return [lead, ...several, ...(says === "moved" && told.booking.state === "requested" ? [words.asksAgain] : [])];
}

type Row = readonly [name: string, value: string];

function rowsOf({ dates, says, byCustomer }: LetterFacts, words: Words): Row[] {
  const { told } = dates[0]!;
  const { booking, zone } = told;
  const { startMs, endMs, terms } = booking;
  const times = timesIn(zone, words);
  // What a customer wrote goes to nobody: any address can be given for theirs.
  const reason = byCustomer ? "" : reasonOf(booking);
  const isOnlineUntold = terms.where.kind === "link" && booking.state !== "confirmed";
  const { offer } = booking;
  const length = endMs - startMs;
  const offered = says !== "offered" || offer === null ? [] : offer.starts;
  const { rating } = terms;
  const asked = rating === null || rating.question === "" ? words.howWasIt : oneLine(rating.question);
  const isOne = dates.length === 1;
  const whoComes = dates.map((date) => date.told.names.map(oneLine).join(", "));
  const isAlike = whoComes.every((each) => each === whoComes[0]);
  const when = dates.flatMap((date, index) => {
    const was = isOne ? "" : beforeOf(date, says, words);
    const who = isAlike ? "" : `, ${whoComes[index]!}`;
    return [
      `${whenOf(date.told, words)}${who}`,
      ...(was === "" ? [] : [`${words.before}${colonOf(words.locale)} ${was}`]),
    ];
  });
  const rows: Row[] = [
    [words.question, says === "rating" ? asked : ""],
    [words.instead, offered.map((ms) => times.span(ms, ms + length)).join("\n")],
    [words.until, offered.length === 0 ? "" : times.moment(offer!.endsMs)],
    [says === "offered" ? words.cannotBe : words.when, when.join("\n")],
    [words.before, isOne ? beforeOf(dates[0]!, says, words) : ""],
    [words.service, oneLine(terms.service)],
    [words.whom, isAlike ? whoComes[0]! : ""],
    [words.places, booking.places > 1 ? String(booking.places) : ""],
    [words.where, isOnlineUntold || says === "rating" ? "" : terms.where.text],
    [words.reason, reason],
    [words.policy, says === "rating" ? "" : terms.policy],
  ];
  return rows.filter(([, value]) => value !== "");
}

/** When a date is, and on the customer's own clock where that is another. */
function whenOf({ booking: { startMs, endMs, zone: own }, zone }: ToldBooking, words: Words): string {
  const span = timesIn(zone, words).span(startMs, endMs);
  return own === zone ? span : `${span}\n${words.onYourClock(placeOf(own), timesIn(own, words).moment(startMs))}`;
}

/** When a date was before, of what was moved. */
function beforeOf({ told, before }: TellsOf, says: Says, words: Words): string {
  const { startMs, endMs } = told.booking;
  const isMoved = before !== null && (before.startMs !== startMs || before.endMs !== endMs);
  return isMoved && (says === "moved" || says === "approved")
    ? timesIn(told.zone, words).span(before.startMs, before.endMs)
    : "";
}

function calendarIn({ dates, organisation, from, nowMs }: LetterFacts, url: string): Letter["calendar"] {
  const { customer } = dates[0]!.told;
  return calendarOf(
    dates.map(({ told: { booking, names, zone } }) => [
      booking,
      {
        zone,
        subjects: names.map((name) => ({ name })),
        service: { name: booking.terms.service },
        organisation,
        policy: booking.terms.policy,
        where: booking.terms.where,
        nowMs,
      },
    ]),
    {
      organiser: { name: oneLine(organisation), address: from },
      attendee: {
        name: nameToGreet(customer.name) ?? customer.email,
        address: asciiAddress(customer.email) ?? customer.email,
      },
      url,
    },
  );
}

/** Longer is no name of a person, and would be read as a message of its own. */
const NAME_CHARACTERS_MAX = 60;

/**
 * The name by which somebody is greeted; null for what may be a message or a link: whoever books may write anything there and give
 * the address of somebody else.
 */
export function nameToGreet(name: string): string | null {
  const line = oneLine(name);
  const isName = /^[\p{L}\p{M}][\p{L}\p{M} .’'-]*$/u.test(line) && !/\.\p{L}/u.test(line);
  return isName && line.length <= NAME_CHARACTERS_MAX ? line : null;
}

/** Text of one line: no control, no line break of any alphabet, nothing that turns the direction of what follows. */
export const oneLine = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, " ")
    .replaceAll(/ {2,}/g, " ")
    .trim();

/** A message of some parts, as text and as HTML. */
export const printedLetter = (parts: Parts): Letter => ({
  subject: parts.subject,
  text: textOf(parts),
  html: htmlOf(parts),
  calendar: null,
});

type Parts = {
  readonly subject: string;
  readonly hello: string;
  readonly lead: readonly string[];
  readonly rows: readonly Row[];
  readonly link: { readonly name: string; readonly href: string; readonly more: string };
  readonly foot: string;
  readonly language: string;
};

/** French sets a space before it, at which no line breaks. */
const colonOf = (language: string): string => (language === "fr" ? "\u00a0:" : ":");

function textOf({ hello, lead, rows, link, foot, language }: Parts): string {
  const colon = colonOf(language);
  const facts = rows.map(([name, value]) => `${name}${colon} ${value.replaceAll("\n", "\n  ")}`).join("\n");
  const way = [`${link.name}${colon}`, link.href, link.more].filter((line) => line !== "").join("\n");
  return `${[hello, ...lead, facts, way, `-- \n${foot}`].join("\n\n")}\n`;
}

/** Read by a program as by eyes: a language, one heading, a table with headings of its rows, colours for light and dark. */
function htmlOf({ subject, hello, lead, rows, link, foot, language }: Parts): string {
  const paragraph = (text: string) => `<p style="margin:0 0 16px">${escape(text)}</p>`;
  const row = ([name, value]: Row) =>
    `<tr><th scope="row" style="text-align:left;vertical-align:top;padding:4px 16px 4px 0;font-weight:600">${escape(name)}</th>` +
    `<td style="padding:4px 0">${escape(value).replaceAll("\n", "<br>")}</td></tr>`;
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">`,
    `<meta name="color-scheme" content="light dark"><title>${escape(subject)}</title></head>`,
    `<body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif"><main style="max-width:560px;margin:0 auto">`,
    `<h1 style="font-size:20px;line-height:1.3;margin:0 0 16px">${escape(subject)}</h1>`,
    paragraph(hello),
    ...lead.map(paragraph),
    `<table style="border-collapse:collapse;margin:0 0 16px">${rows.map(row).join("")}</table>`,
    `<p style="margin:0 0 16px"><a href="${escape(link.href)}">${escape(link.name)}</a>`,
    link.more === "" ? "</p>" : `<br>${escape(link.more)}</p>`,
    `<p style="margin:24px 0 0;font-size:14px">${escape(foot)}</p>`,
    `</main></body></html>\n`,
  ].join("\n");
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character]!);

/** The message that shows that mail works. */
export function testLetter(language: "en" | "de"): Letter {
  const { subject, text } = wordsOf(language).test;
  const html = `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escape(subject)}</title></head><body><h1>${escape(subject)}</h1><p>${escape(text)}</p></body></html>\n`;
  return { subject, text: `${text}\n`, html, calendar: null };
}
