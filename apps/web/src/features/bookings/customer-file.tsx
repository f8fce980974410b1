import { useState } from "react";
import { FileTrigger } from "react-aria-components/FileTrigger";
import { api, sentenceOf, wordsOfLine, type Answer } from "../../data/api.ts";
import { change } from "../../data/office.ts";
import { useLanguage } from "../../messages/index.tsx";
import section from "../../shell/section.module.css";
import { Button } from "../../ui/button.tsx";
import { Refusal } from "../../ui/field.tsx";
import { Modal, ModalActions } from "../../ui/modal.tsx";
import styles from "./bookings.module.css";
import { useCustomerWords } from "./use-customer-words.ts";

type Look = Answer<"customers.import">;

const MEGABYTES_MAX = 5;

/** Customers from a file: looked at first, with what is wrong by line, and taken in as one piece. */
export function CustomerFile({ onClose }: { readonly onClose: () => void }) {
  const { words: all } = useLanguage();
  const words = useCustomerWords();
  const [file, setFile] = useState<File | null>(null);
  const [look, setLook] = useState<Look | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const read = async (chosen: File) => {
    setFile(chosen);
    setLook(null);
    setRefused(chosen.size > MEGABYTES_MAX * 1_048_576 ? words.file.tooLarge(MEGABYTES_MAX) : null);
    if (chosen.size > MEGABYTES_MAX * 1_048_576) return;
    setIsBusy(true);
    try {
      setLook(await api("customers.import", { query: { dryRun: true }, body: chosen }));
    } catch (error) {
      setRefused(sentenceOf(error, all.failures.network));
    } finally {
      setIsBusy(false);
    }
  };
  const apply = async () => {
    if (file === null || look === null) return;
    setIsBusy(true);
    const said = words.file.done(look.created + look.updated);
    const done = await change("customers.import", { query: {}, body: file }, { said, offline: all.failures.network });
    setIsBusy(false);
    if (done.refused !== null) setRefused(done.refused.sentence);
    else if (done.value.isDone) onClose();
    else setLook(done.value);
  };
  const news = look === null ? 0 : look.created + look.updated;
  return (
    <Modal title={words.file.title} isDismissable={look === null} onClose={onClose}>
      <div className={section.form}>
        <p className={section.quiet}>{words.file.intro}</p>
        <div className={styles.steps}>
          <FileTrigger
            acceptedFileTypes={["text/csv", ".csv", ".txt"]}
            onSelect={(files) => {
              const chosen = files?.[0];
              if (chosen !== undefined) void read(chosen);
            }}
          >
            <Button kind={look === null ? "primary" : "plain"}>{words.file.choose}</Button>
          </FileTrigger>
          {file !== null && <span className={section.quiet}>{file.name}</span>}
        </div>
        {isBusy && <output className={section.quiet}>{words.file.reading}</output>}
        {refused !== null && <Refusal>{refused}</Refusal>}
        {look !== null && <Found look={look} />}
      </div>
      <ModalActions>
        <Button onPress={onClose}>{all.actions.cancel}</Button>
        <Button
          kind="primary"
          isDisabled={look === null || look.problems.length > 0 || news === 0 || isBusy}
          onPress={() => void apply()}
        >
          {words.file.apply}
        </Button>
      </ModalActions>
    </Modal>
  );
}

function Found({ look }: { readonly look: Look }) {
  const words = useCustomerWords();
  if (look.problems.length > 0)
    return (
      <Refusal>
        <p>{words.file.wrong}</p>
        <ul className={styles.facts}>
          {look.problems.map((problem) => (
            <li key={`${problem.line} ${problem.column} ${problem.why}`}>
              <b>{words.file.line(problem.line)}</b>
              <span>{wordsOfLine(problem)}</span>
            </li>
          ))}
        </ul>
      </Refusal>
    );
  return (
    <output>
      <b>{words.file.rows(look.rows)}</b>
      <p className={section.quiet}>
        {look.created + look.updated === 0
          ? words.file.nothing
          : [
              words.file.created(look.created),
              words.file.updated(look.updated),
              words.file.unchanged(look.unchanged),
            ].join(" · ")}
      </p>
    </output>
  );
}
