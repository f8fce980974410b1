import { z } from "zod";
import { operation } from "../operation.ts";
import { idParams, nextCursor, pageQuery, thingId } from "../values.ts";

/** Reminders of one booking. */
export const REMINDERS_MAX = 3;
/** A reminder comes at most so long before: 30 days. */
export const REMINDER_MINUTES_MAX = 43_200;

const state = z
  .enum(["waiting", "sending", "sent", "unknown", "failed", "withdrawn", "late"])
  .describe(
    "`unknown`: the connection was lost while it was handed over, and later news took its place; `withdrawn`: there was nothing left to say; `late`: it is over, or waited too long",
  );

const message = z
  .object({
    id: thingId,
    bookingId: thingId,
    customer: z.string().nullable().describe("Their name; null once it was forgotten"),
    service: z.string(),
    start: z.string().describe("With the offset of its zone"),
    zone: z.string(),
    says: z
      .enum([
        "requested",
        "confirmed",
        "approved",
        "declined",
        "moved",
        "changed",
        "offered",
        "kept",
        "cancelled",
        "reminder",
        "offer",
        "rating",
      ])
      .nullable()
      .describe("What it says, or would say now; null: nothing"),
    state,
    due: z.string().describe("When it is sent, or tried again"),
    attempts: z.int(),
    reason: z.string().describe("Why the last attempt failed, in the words of the mail server"),
    sentAt: z.string().nullable(),
  })
  .meta({ id: "MailMessage" });

const shape = {
  permission: "booking.write",
  rateClass: "read",
  mcp: "read",
  since: "0.5.0",
  example: {},
  problems: [],
} as const;

export const readMailStatus = operation({
  ...shape,
  id: "mail.status",
  kind: "query",
  method: "GET",
  path: "/v1/mail",
  summary: "Whether mail is on, what waits, and what could not be sent",
  answer: z
    .object({
      isOn: z.boolean().describe("Off: nothing is sent; `SMTP_URL` and `MAIL_FROM` switch it on"),
      from: z.string().nullable().describe("The address that it is sent from; null while it is off"),
      waiting: z.int().describe("News of bookings to be sent; reminders that are due later are not counted"),
      reminders: z.int().describe("Reminders and questions after a visit that are due later"),
      failed: z.int(),
      lastSentAt: z.string().nullable(),
      trouble: z.string().nullable().describe("Why the mail server could not be reached, while it cannot"),
    })
    .meta({ id: "MailStatus" }),
  status: 200,
});

export const listMail = operation({
  ...shape,
  id: "mail.list",
  kind: "query",
  method: "GET",
  path: "/v1/mail/messages",
  summary: "Messages to customers, newest first: what waits, what was sent, what could not be",
  query: z.strictObject({ state: state.optional(), bookingId: thingId.optional(), ...pageQuery }),
  answer: z.object({ items: z.array(message), nextCursor }),
  status: 200,
  list: "items",
});

export const retryMail = operation({
  ...shape,
  id: "mail.retry",
  kind: "command",
  method: "POST",
  path: "/v1/mail/messages/{id}/retry",
  summary: "Try again to send a message that failed: what it says then is how the booking is then",
  params: idParams,
  answer: message,
  status: 200,
  problems: ["mail/wrong-state", "mail/over"],
  rateClass: "write",
  mcp: "propose",
});

export const testMail = operation({
  ...shape,
  id: "mail.test",
  kind: "command",
  method: "POST",
  path: "/v1/mail/test",
  summary: "Send a test message to your own address, at once",
  answer: z.object({ to: z.string(), from: z.string() }),
  status: 200,
  problems: ["mail/off", "mail/not-sent"],
  permission: "service.manage",
  rateClass: "heavy",
  mcp: "none",
});
