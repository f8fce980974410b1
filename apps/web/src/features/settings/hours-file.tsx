import { useRef, useState } from "react";
import { change } from "../../data/office.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button } from "../../ui/button.tsx";
import { Refusal } from "../../ui/field.tsx";
import { Section, Sheet } from "../../shell/section.tsx";
import type { Layers } from "./hours-form.ts";
import { useHoursWords } from "./use-hours-words.ts";
import own from "./hours.module.css";

type Read = { readonly file: string; readonly sentences: readonly string[] };

/** Opening times out as a calendar file, and in from one: first it is said what would become of it. */
export function HoursFile({ of }: { readonly of: Layers }) {
  const { words } = useLanguage();
  const text = useHoursWords();
  const input = useRef<HTMLInputElement>(null);
  const [read, setRead] = useState<Read | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const { network: offline } = words.failures;
  const params = { id: of.id };
  const look = async (file: File) => {
    const body = await file.text();
    const changed = await change(
      "availability.import",
      { params, query: { preview: true }, body },
      { said: null, offline },
    );
    setRefused(changed.refused?.sentence ?? null);
    if (changed.refused === null) setRead({ file: body, sentences: changed.value.sentences });
  };
  const take = (body: string) =>
    change(
      "availability.import",
      { params, query: {}, body, ...(of.version > 0 && { ifMatch: of.version }) },
      { said: text.saved, offline, isUndoable: true },
    );
  return (
    <Section title={text.file} intro={text.fileIntro}>
      <div className={own.file}>
        <a href={`/v1/availability/${of.id}/calendar`} download>
          {text.download}
        </a>
        {of.mayChange && (
          <>
            <Button onPress={() => input.current?.click()}>{text.upload}</Button>
            <input
              ref={input}
              type="file"
              accept=".ics,text/calendar"
              aria-label={text.uploadTitle}
              hidden
              onChange={({ target }) => {
                const [file] = target.files ?? [];
                target.value = "";
                if (file !== undefined) void look(file).catch(() => setRefused(text.unreadable));
              }}
            />
          </>
        )}
      </div>
      {refused !== null && <Refusal>{refused}</Refusal>}
      {read !== null && (
        <Sheet
          title={text.uploadTitle}
          submit={text.take}
          onSubmit={() => take(read.file)}
          onClose={() => setRead(null)}
        >
          {() => (
            <ul className={own.sentences}>
              {read.sentences.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          )}
        </Sheet>
      )}
    </Section>
  );
}
