import { useState } from "react";
import type { Answer } from "../../data/api.ts";
import { changeOrSay, useAsked } from "../../data/office.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Answered, Rows, Section, What } from "../../shell/section.tsx";
import section from "../../shell/section.module.css";
import { Button } from "../../ui/button.tsx";
import { Choice, Refusal } from "../../ui/field.tsx";
import { epochDayOf } from "./day-sheet.tsx";
import { useBookingWords } from "./use-booking-words.ts";
import type { BookingWords } from "./words-en.ts";

type Status = Answer<"mail.status">;
type Message = Answer<"mail.list">["items"][number];

const ASKED_EVERY_MS = 10_000;
const SHOWN_MAX = 200;
const LISTS = ["failed", "waiting", "sent", "all"] as const;
type List = (typeof LISTS)[number];

/** Whether customers are told by mail, what waits to be sent, and what could not be. */
export function Mail({ mayTest, zone }: { readonly mayTest: boolean; readonly zone: string }) {
  const words = useBookingWords();
  const asked = useAsked("mail.status", {}, ASKED_EVERY_MS);
  return (
    <Section title={words.sections.mail} intro={words.mail.intro}>
      <Answered asked={asked}>
        {(status) => (
          <>
            {status.isOn ? <IsOn status={status} mayTest={mayTest} /> : <IsOff status={status} />}
            <Messages key={String(status.failed > 0)} first={status.failed > 0 ? "failed" : "waiting"} zone={zone} />
          </>
        )}
      </Answered>
    </Section>
  );
}

function IsOff({ status }: { readonly status: Status }) {
  const { mail: text } = useBookingWords();
  return (
    <div role="status">
      <p>
        <b>{text.off}</b> {text.offMore}
      </p>
      <p className={section.quiet}>{text.switchOn}</p>
      <p className={section.quiet}>{text.counts(status.waiting, status.reminders)}</p>
    </div>
  );
}

function IsOn({ status, mayTest }: { readonly status: Status; readonly mayTest: boolean }) {
  const { mail: text } = useBookingWords();
  const { words: all } = useLanguage();
  const [isBusy, setBusy] = useState(false);
  const test = async () => {
    setBusy(true);
    await changeOrSay("mail.test", {}, { said: text.tested, offline: all.failures.network });
    setBusy(false);
  };
  return (
    <>
      <p>
        <b>{text.on(status.from ?? "")}</b> {text.counts(status.waiting, status.reminders)}
      </p>
      {status.trouble !== null && <Refusal>{text.trouble(status.trouble)}</Refusal>}
      {mayTest && (
        <p>
          <Button isPending={isBusy} onPress={() => void test()}>
            {text.test}
          </Button>
        </p>
      )}
    </>
  );
}

function Messages({ first, zone }: { readonly first: List; readonly zone: string }) {
  const { mail: text } = useBookingWords();
  const [list, setList] = useState<List>(first);
  const query = list === "all" ? { limit: SHOWN_MAX } : { state: list, limit: SHOWN_MAX };
  const asked = useAsked("mail.list", { query }, ASKED_EVERY_MS);
  return (
    <>
      <Choice
        label={text.show}
        value={list}
        options={LISTS.map((value) => ({ value, label: text.lists[value] }))}
        onChange={(value) => setList(value as List)}
      />
      <Answered asked={asked}>
        {({ items, nextCursor }) => (
          <>
            <Rows items={items} label={text.lists[list]} empty={text.empty[list]}>
              {(message) => <MessageRow key={message.id} message={message} zone={zone} />}
            </Rows>
            {nextCursor !== null && <p className={section.quiet}>{text.more(SHOWN_MAX)}</p>}
          </>
        )}
      </Answered>
    </>
  );
}

const TONES: Readonly<Partial<Record<Message["state"], string>>> = { sent: "good", failed: "bad" };

/** When it is sent, by the clock of the organisation. */
function dueText(
  { due }: Message,
  zone: string,
  text: BookingWords["mail"],
  format: ReturnType<typeof useLanguage>["format"],
): string {
  const at = Temporal.Instant.from(due).toZonedDateTimeISO(zone).toPlainDateTime();
  return text.due(
    format.day(epochDayOf(at.toPlainDate())),
    format.wallTime(at.toZonedDateTime("UTC").epochMilliseconds),
  );
}

function MessageRow({ message, zone }: { readonly message: Message; readonly zone: string }) {
  const words = useBookingWords();
  const { mail: text } = words;
  const { words: all, format } = useLanguage();
  const who = message.customer ?? words.day.nobody;
  // As the customer was told: by the clock of the zone that the message names.
  const start = Temporal.PlainDateTime.from(message.start);
  const when = `${format.dayWithYear(epochDayOf(start.toPlainDate()))}, ${format.wallTime(start.toZonedDateTime("UTC").epochMilliseconds)}`;
  const retry = () =>
    void changeOrSay(
      "mail.retry",
      { params: { id: message.id } },
      { said: text.retried(who), offline: all.failures.network },
    );
  return (
    <li className={section.row}>
      <What
        name={who}
        more={[
          message.says === null ? text.nothing : text.says[message.says],
          message.service,
          `${when}, ${message.zone}`,
          message.state === "waiting" && dueText(message, zone, text, format),
          message.reason,
        ]}
      />
      <span className={section.mark} data-tone={TONES[message.state] ?? "plain"}>
        {text.states[message.state]}
      </span>
      {message.state === "failed" && (
        <Button size="small" aria-label={text.retryOf(who)} onPress={retry}>
          {all.actions.retry}
        </Button>
      )}
    </li>
  );
}
