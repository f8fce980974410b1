import MailComposer from "nodemailer/lib/mail-composer";
import type { Letter } from "./letter.ts";
import { oneLine } from "./letter.ts";

export type Envelope = {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: { readonly name: string; readonly address: string };
  /** Without its brackets; the same over all attempts. */
  readonly messageId: string;
  /** Of the first message of the same booking; null for that one. */
  readonly firstId: string | null;
  readonly nowMs: number;
};

/** A message as it goes over the wire (RFC 5322): text, HTML, and what calendars read in both of the ways that clients look for. */
export function mimeOf({ subject, text, html, calendar }: Letter, envelope: Envelope): Promise<Buffer> {
  const { from, to, messageId, firstId, nowMs } = envelope;
  const thread = firstId === null ? {} : { inReplyTo: `<${firstId}>`, references: `<${firstId}>` };
  const event =
    calendar === null
      ? {}
      : {
          icalEvent: {
            method: calendar.method,
            filename: "booking.ics",
            content: Buffer.from(calendar.bytes).toString("utf8"),
          },
        };
  return new MailComposer({
    from: { name: oneLine(from.name), address: from.address },
    to: { name: oneLine(to.name), address: to.address },
    subject: oneLine(subject),
    messageId: `<${messageId}>`,
    ...thread,
    date: dateText(nowMs),
    headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
    text,
    html,
    ...event,
    newline: "\r\n",
    // What stands in a message is text: no path and no address in it is ever opened.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
}

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/** “Thu, 8 Apr 2027 12:00:00 +0000” (RFC 5322 §3.3) */
export function dateText(ms: number): string {
  const at = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO("UTC");
  const two = (value: number) => String(value).padStart(2, "0");
  const clock = [at.hour, at.minute, at.second].map(two).join(":");
  return `${DAYS[at.dayOfWeek - 1]}, ${at.day} ${MONTHS[at.month - 1]} ${at.year} ${clock} +0000`;
}
