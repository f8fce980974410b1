import { useState, type CSSProperties } from "react";
import type { Calendar, Me } from "../../data/api.ts";
import { nowMs } from "../../data/clock.ts";
import { change, changeOrSay, useAsked, type Feed } from "../../data/office.ts";
import { say } from "../../data/history.ts";
import { parseInstant } from "../../data/wall-clock.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Button } from "../../ui/button.tsx";
import { Choice, TextInput } from "../../ui/field.tsx";
import { Answered, Rows, Section, Sheet, What, wrongWith } from "../../shell/section.tsx";
import styles from "../../shell/section.module.css";

const CALENDARS_SHOWN = 500;
const FEEDS_EVERY_MS = 4_000;
const HUES = [250, 215, 165, 120, 75, 40, 10, 325, 295] as const;
const POLICIES = ["warn", "forbid", "allow", "observe"] as const;
const SHARINGS = ["private", "busy", "read", "write"] as const;

export function Calendars({ me }: { readonly me: Me; readonly mayRule: boolean }) {
  const { words } = useOfficeLanguage();
  const text = words.settings.calendars;
  const [search, setSearch] = useState("");
  const [open, setOpen] = useState<Calendar | "new" | "feed" | null>(null);
  const asked = useAsked("calendars.list", { query: { limit: CALENDARS_SHOWN } });
  const isFound = ({ name, ownerName }: Calendar) =>
    `${name} ${ownerName ?? ""}`.toLowerCase().includes(search.trim().toLowerCase());
  return (
    <Section
      title={words.settings.sections.calendars}
      intro={text.intro}
      action={
        <Button kind="primary" onPress={() => setOpen("new")}>
          {text.add}
        </Button>
      }
    >
      <Feeds onAdd={() => setOpen("feed")} />
      <div className={styles.tools}>
        <TextInput label={words.settings.search} value={search} onChange={setSearch} />
      </div>
      <Answered asked={asked}>
        {({ items }) => (
          <Rows
            items={items.filter((calendar) => calendar.access === "own" && isFound(calendar))}
            label={words.settings.sections.calendars}
            empty={search === "" ? text.empty : words.settings.noMatch}
          >
            {(calendar) => (
              <li key={calendar.id} className={styles.row}>
                <Swatch hue={calendar.colour} />
                <What
                  name={calendar.name}
                  more={[
                    calendar.ownerName === null ? text.ofAll : text.of(calendar.ownerName),
                    text.sharings[calendar.sharing],
                    words.settings.policies[calendar.policy].split(":")[0]!,
                  ]}
                />
                <Button size="small" aria-label={words.settings.edit(calendar.name)} onPress={() => setOpen(calendar)}>
                  {words.settings.change}
                </Button>
              </li>
            )}
          </Rows>
        )}
      </Answered>
      {open === "feed" && <FeedSheet onClose={() => setOpen(null)} />}
      {open !== null && open !== "feed" && (
        <CalendarSheet calendar={open === "new" ? null : open} me={me} onClose={() => setOpen(null)} />
      )}
    </Section>
  );
}

function Swatch({ hue }: { readonly hue: number }) {
  return <span className={styles.swatch} style={{ "--hue": hue } as CSSProperties} aria-hidden="true" />;
}

/** One of nine hues; lightness and chroma come from the design, so that every choice stays legible. */
function Hues({ value, onChange }: { readonly value: number; readonly onChange: (hue: number) => void }) {
  const { words } = useOfficeLanguage();
  const offered = (HUES as readonly number[]).includes(value) ? HUES : [value, ...HUES];
  return (
    <fieldset className={styles.hues}>
      <legend>{words.settings.calendars.colour}</legend>
      {offered.map((hue) => (
        <label key={hue}>
          <input
            type="radio"
            name="hue"
            aria-label={words.settings.calendars.hue(hue)}
            checked={hue === value}
            onChange={() => onChange(hue)}
          />
          <Swatch hue={hue} />
        </label>
      ))}
    </fieldset>
  );
}

function CalendarSheet(props: { readonly calendar: Calendar | null; readonly me: Me; readonly onClose: () => void }) {
  const { calendar, onClose } = props;
  const { words } = useOfficeLanguage();
  const text = words.settings.calendars;
  const { network: offline } = words.failures;
  const [name, setName] = useState(calendar?.name ?? "");
  const [colour, setColour] = useState(calendar?.colour ?? HUES[0]);
  const [sharing, setSharing] = useState<string>(calendar?.sharing ?? "busy");
  const [policy, setPolicy] = useState<string>(calendar?.policy ?? "warn");
  const save = async () => {
    if (name.trim() === "") return null;
    const body = {
      name: name.trim(),
      colour,
      sharing: SHARINGS.find((each) => each === sharing) ?? "busy",
      policy: POLICIES.find((each) => each === policy) ?? "warn",
    };
    if (calendar === null) return change("calendars.create", { body }, { said: words.settings.added(name), offline });
    const call = { params: { id: calendar.id }, body, ifMatch: calendar.version };
    const changed = await change("calendars.update", call, { said: null, offline });
    // What another policy does to what is planned is said in the server's words.
    if (changed.refused === null) say([`${words.settings.saved(name)}.`, ...changed.value.notes].join(" "));
    return changed;
  };
  return (
    <Sheet
      title={calendar === null ? text.add : words.settings.edit(calendar.name)}
      submit={calendar === null ? words.settings.add : words.settings.save}
      onSubmit={save}
      onClose={onClose}
    >
      {(refused, isTried) => (
        <>
          <TextInput
            label={words.settings.name}
            value={name}
            isFirst
            isRequired
            maxLength={200}
            onChange={setName}
            {...wrongWith(refused, [], isTried && name.trim() === "" ? words.settings.needed : null)}
          />
          <Hues value={colour} onChange={setColour} />
          <Choice
            label={text.sharing}
            value={sharing}
            options={SHARINGS.map((value) => ({ value, label: text.sharings[value] }))}
            onChange={setSharing}
          />
          <Choice
            label={words.settings.policy}
            value={policy}
            isDisabled={calendar?.fed === true}
            options={POLICIES.map((value) => ({ value, label: words.settings.policies[value] }))}
            onChange={setPolicy}
          />
        </>
      )}
    </Sheet>
  );
}

const TONES = { new: "plain", fresh: "good", failing: "bad", halted: "bad" } as const;

/** Addresses that are followed: how old each is, and what is wrong in one sentence. */
function Feeds({ onAdd }: { readonly onAdd: () => void }) {
  const { words, format } = useOfficeLanguage();
  const text = words.settings.calendars;
  const { network: offline } = words.failures;
  const asked = useAsked("feeds.list", {}, FEEDS_EVERY_MS);
  const ageOf = ({ lastFreshAt, nextPollAt }: Feed): string => {
    const minutes = (from: number, to: number) => Math.floor((to - from) / 60_000);
    const now = nowMs();
    const old = lastFreshAt === null ? null : minutes(parseInstant(lastFreshAt) ?? now, now);
    const wait = minutes(now, parseInstant(nextPollAt) ?? now);
    const age = old === null ? text.neverFresh : old < 1 ? text.now : text.age(format.duration(old));
    return format.list([age, wait < 1 ? text.soon : text.next(format.duration(wait))]);
  };
  const poll = ({ id, calendarName }: Feed, acceptEmptied: boolean) =>
    void changeOrSay(
      "feeds.poll",
      { params: { id }, body: { acceptEmptied } },
      { said: text.polling(calendarName), offline },
    );
  const remove = ({ id, calendarName }: Feed) =>
    void changeOrSay("feeds.remove", { params: { id } }, { said: text.feedGone(calendarName), offline });
  return (
    <Section title={text.feeds} intro={text.feedsIntro} action={<Button onPress={onAdd}>{text.addFeed}</Button>}>
      <Answered asked={asked}>
        {({ items }) => (
          <Rows items={items} label={text.feeds} empty={text.feedsEmpty}>
            {(feed) => (
              <li key={feed.id} className={styles.row}>
                <What name={feed.calendarName} more={[text.from(feed.host), ageOf(feed), feed.sentence]} />
                <span className={styles.mark} data-tone={TONES[feed.state]}>
                  {text.states[feed.state]}
                </span>
                {feed.state === "halted" && (
                  <Button size="small" onPress={() => poll(feed, true)}>
                    {text.accept}
                  </Button>
                )}
                <Button size="small" aria-label={text.pollNow(feed.calendarName)} onPress={() => poll(feed, false)}>
                  {text.poll}
                </Button>
                <Button size="small" aria-label={text.removeFeed(feed.calendarName)} onPress={() => remove(feed)}>
                  {text.remove}
                </Button>
              </li>
            )}
          </Rows>
        )}
      </Answered>
    </Section>
  );
}

function FeedSheet({ onClose }: { readonly onClose: () => void }) {
  const { words } = useOfficeLanguage();
  const text = words.settings.calendars;
  const [url, setUrl] = useState("");
  const [name, setName] = useState("");
  const [colour, setColour] = useState<number>(HUES[1]);
  const save = async () => {
    if (url.trim() === "" || name.trim() === "") return null;
    const body = { url: url.trim(), name: name.trim(), colour };
    return change("feeds.create", { body }, { said: words.settings.added(name), offline: words.failures.network });
  };
  const missing = (isTried: boolean, value: string) => (isTried && value.trim() === "" ? words.settings.needed : null);
  return (
    <Sheet title={text.addFeed} submit={words.settings.add} onSubmit={save} onClose={onClose}>
      {(refused, isTried) => (
        <>
          <TextInput
            label={text.address}
            hint={text.addressHint}
            value={url}
            isFirst
            isRequired
            maxLength={2_000}
            onChange={setUrl}
            {...wrongWith(refused, ["providers/bad-address"], missing(isTried, url))}
          />
          <TextInput
            label={words.settings.name}
            value={name}
            isRequired
            maxLength={200}
            onChange={setName}
            {...wrongWith(refused, [], missing(isTried, name))}
          />
          <Hues value={colour} onChange={setColour} />
        </>
      )}
    </Sheet>
  );
}
