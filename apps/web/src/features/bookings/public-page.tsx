import { useState, type FormEvent } from "react";
import type { Answer } from "../../data/api.ts";
import { say } from "../../data/history.ts";
import { change, useAsked, type Refusal as Refused } from "../../data/office.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Answered, Section, wrongWith } from "../../shell/section.tsx";
import section from "../../shell/section.module.css";
import { Button } from "../../ui/button.tsx";
import { Checkbox, FieldRow, Refusal, TextInput } from "../../ui/field.tsx";
import styles from "./bookings.module.css";
import { isSlug } from "./service-form.ts";
import { useBookingWords } from "./use-booking-words.ts";

type Page = Answer<"bookingPage.read">;

/** Where customers book and how it looks, with what to put into a page of one's own. */
export function PublicPage({ mayRule }: { readonly mayRule: boolean }) {
  const words = useBookingWords();
  const asked = useAsked("bookingPage.read", {});
  return (
    <Section title={words.sections.page} intro={words.page.intro}>
      <Answered asked={asked}>{(page) => <PageForm key={page.who ?? ""} page={page} mayRule={mayRule} />}</Answered>
    </Section>
  );
}

function PageForm({ page, mayRule }: { readonly page: Page; readonly mayRule: boolean }) {
  const { page: text, services } = useBookingWords();
  const { words: all } = useLanguage();
  const [who, setWho] = useState(page.who ?? "");
  const [greeting, setGreeting] = useState(page.greeting);
  const [hue, setHue] = useState(String(page.hue));
  const [asksForProof, setAsksForProof] = useState(page.asksForProof);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [isTried, setTried] = useState(false);
  const isHue = /^\d{1,3}$/.test(hue) && Number(hue) < 360;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!isSlug(who) || !isHue) return;
    const body = { who, greeting, hue: Number(hue), logo: page.logo, asksForProof };
    const saved = await change("bookingPage.put", { body }, { said: text.saved, offline: all.failures.network });
    setRefused(saved.refused);
  };
  const address = page.who === null ? null : new URL(`/book/${page.who}`, location.origin).href;
  return (
    <>
      {address === null ? (
        <p className={section.quiet}>{text.none}</p>
      ) : (
        <p>
          {text.link}: <a href={address}>{address}</a>
        </p>
      )}
      {mayRule && (
        <form className={section.form} onSubmit={(event) => void save(event)}>
          <TextInput
            label={text.who}
            value={who}
            isRequired
            hint={text.whoHint}
            maxLength={64}
            onChange={setWho}
            {...wrongWith(refused, ["bookings/address-taken"], isTried && !isSlug(who) ? services.slugWrong : null)}
          />
          <TextInput label={text.greeting} value={greeting} maxLength={2_000} onChange={setGreeting} />
          <FieldRow>
            <TextInput
              label={text.hue}
              value={hue}
              inputMode="numeric"
              maxLength={3}
              onChange={setHue}
              {...(isHue ? {} : { error: services.wrongNumber(0, 359) })}
            />
          </FieldRow>
          <div>
            <Checkbox isSelected={asksForProof} onChange={setAsksForProof}>
              {text.proof}
            </Checkbox>
            <p className={section.quiet}>{text.proofHint}</p>
          </div>
          {refused !== null && refused.code !== "bookings/address-taken" && <Refusal>{refused.sentence}</Refusal>}
          <Button kind="primary" type="submit">
            {text.save}
          </Button>
        </form>
      )}
      {address !== null && <Embed who={page.who!} />}
    </>
  );
}

function Embed({ who }: { readonly who: string }) {
  const { page: text } = useBookingWords();
  const snippet = `<script src="${location.origin}/embed.js" async></script>\n<hourwright-booking who="${who}"></hourwright-booking>`;
  const copy = async () => {
    await navigator.clipboard.writeText(snippet);
    say(`${text.copied}.`);
  };
  return (
    <div>
      <h3>{text.embed}</h3>
      <pre className={styles.code}>{snippet}</pre>
      <Button onPress={() => void copy()}>{text.copy}</Button>
    </div>
  );
}
