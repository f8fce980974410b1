import { useState } from "react";
import { wordsOfFailure, type Answer } from "../../data/api.ts";
import { change, changeOrSay, useAsked } from "../../data/office.ts";
import { useLanguage, useWordsOf } from "../../messages/index.tsx";
import { Answered, Section, Sheet, What, wrongWith } from "../../shell/section.tsx";
import styles from "../../shell/section.module.css";
import { Button } from "../../ui/button.tsx";
import { TextInput } from "../../ui/field.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { de } from "./models-de.ts";
import { en, type ModelsWords } from "./models-en.ts";
import own from "./models.module.css";

type Models = Answer<"models.read">;
type Model = Models["items"][number];
type Deed = "promote" | "roll back" | "retire" | "remove";

const LANGUAGES = { en, de };

const useWords = (): ModelsWords => useWordsOf(LANGUAGES);

/** How often it is asked anew: what is trained goes on by itself. */
const ASKED_EVERY_MS = 3_000;
const CONSENT_CHARACTERS_MAX = 1_000;

/** What is learned from the organisation's history: to what people agreed, how much there is, models and what they are worth. */
export function ModelsOfAll({ mayRule }: { readonly mayRule: boolean }) {
  const text = useWords();
  const asked = useAsked("models.read", {}, ASKED_EVERY_MS);
  return (
    <Section title={text.title} intro={text.intro}>
      <Answered asked={asked}>
        {(models) => (
          <>
            {models.isMadeUp && <p className={own.notice}>{text.madeUp}</p>}
            <Agreement models={models} mayRule={mayRule} />
            {models.isOn && <History models={models} mayRule={mayRule} />}
            {(models.isOn || models.items.length > 0) && <Versions models={models} mayRule={mayRule} />}
            {mayRule && (models.isOn || models.items.length > 0 || models.consent !== "") && <Forget />}
          </>
        )}
      </Answered>
    </Section>
  );
}

function Agreement({ models: { isOn, consent }, mayRule }: { readonly models: Models; readonly mayRule: boolean }) {
  const text = useWords();
  const { words } = useLanguage();
  const [isAsking, setAsking] = useState(false);
  const stop = () =>
    void changeOrSay(
      "models.switch",
      { body: { isOn: false } },
      { said: text.said.off, offline: words.failures.network, isUndoable: true },
    );
  const allow = <Button onPress={() => setAsking(true)}>{isOn ? text.changeWords : text.allow}</Button>;
  return (
    <>
      {isOn ? (
        <div className={styles.card}>
          <p>{text.agreed(consent)}</p>
          <p className={styles.quiet}>{text.optOut}</p>
          {mayRule && (
            <div className={styles.actions}>
              {allow}
              <Button onPress={stop}>{text.stop}</Button>
            </div>
          )}
        </div>
      ) : (
        <div className={`${styles.empty} ${own.off}`}>
          <p>{mayRule ? text.off : text.offForOthers}</p>
          {mayRule && allow}
        </div>
      )}
      {isAsking && <ConsentSheet isOn={isOn} consent={consent} onClose={() => setAsking(false)} />}
    </>
  );
}

function ConsentSheet(props: { readonly isOn: boolean; readonly consent: string; readonly onClose: () => void }) {
  const { isOn, onClose } = props;
  const text = useWords();
  const { words } = useLanguage();
  const [consent, setConsent] = useState(props.consent);
  const save = async () => {
    if (consent.trim() === "") return null;
    const said = isOn ? text.said.words : text.said.on;
    return change(
      "models.switch",
      { body: { isOn: true, consent } },
      { said, offline: words.failures.network, isUndoable: true },
    );
  };
  return (
    <Sheet
      title={isOn ? text.changeTitle : text.allowTitle}
      submit={isOn ? text.changeSubmit : text.allowSubmit}
      onSubmit={save}
      onClose={onClose}
    >
      {(refused, isTried) => (
        <>
          <TextInput
            label={text.consent}
            value={consent}
            isFirst
            maxLength={CONSENT_CHARACTERS_MAX}
            hint={text.consentHint}
            onChange={setConsent}
            {...wrongWith(
              refused,
              ["learning/consent-missing"],
              isTried && consent.trim() === "" ? text.consentNeeded : null,
            )}
          />
          {isOn && <p className={styles.quiet}>{text.changeHint}</p>}
        </>
      )}
    </Sheet>
  );
}

function History({ models, mayRule }: { readonly models: Models; readonly mayRule: boolean }) {
  const text = useWords();
  const { words } = useLanguage();
  const { isMadeUp, training, history } = models;
  const { rows, usable, needed, people, isEnough } = history;
  const isTraining = training?.state === "queued" || training?.state === "running";
  const offline = words.failures.network;
  const train = () => void changeOrSay("models.train", {}, { said: text.trainingSaid.started, offline });
  const cancel = () =>
    void changeOrSay("jobs.cancel", { params: { id: training!.id } }, { said: text.trainingSaid.cancelled, offline });
  return (
    <div className={styles.card}>
      <h3>{text.history}</h3>
      <p>{isMadeUp ? text.madeUpCount(rows) : isEnough ? text.count(usable, people) : text.few(usable, needed)}</p>
      {!isEnough && (
        <>
          <Progress label={text.progress} part={usable / needed} />
          <p className={styles.quiet}>{text.fewHint(rows)}</p>
        </>
      )}
      {isTraining ? (
        <>
          <output>{training.state === "queued" ? text.waiting : text.training(training.progress)}</output>
          <Progress label={text.training(training.progress)} part={training.progress} />
        </>
      ) : training?.state === "failed" ? (
        <p className={own.bad}>{text.failed(wordsOfFailure(training))}</p>
      ) : (
        training?.state === "cancelled" && <p className={styles.quiet}>{text.cancelled}</p>
      )}
      {isEnough && !isMadeUp && <p className={styles.quiet}>{text.weekly}</p>}
      {mayRule && (
        <div className={`${styles.actions} ${own.actions}`}>
          {rows > 0 && (
            <a className={own.download} href="/v1/models/history" download="history.jsonl" title={text.downloadHint}>
              {text.download}
            </a>
          )}
          {isTraining ? (
            <Button onPress={cancel}>{text.cancel}</Button>
          ) : (
            <Button kind="primary" isDisabled={!isEnough} onPress={train}>
              {text.train}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

/** How far something is, as a bar; the number stands beside it in words. */
function Progress({ label, part }: { readonly label: string; readonly part: number }) {
  const percent = Math.round(Math.min(1, part) * 100);
  return (
    <div
      className={own.progress}
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <i style={{ inlineSize: `${percent}%` }} />
    </div>
  );
}

function Versions({ models, mayRule }: { readonly models: Models; readonly mayRule: boolean }) {
  const text = useWords();
  const { items, isOn, foretelling } = models;
  const said = text.foretelling;
  const inState = (state: Model["state"]) => items.find((model) => model.state === state)?.version;
  const [serving, canary] = [inState("serving"), inState("canary")];
  const sentence =
    serving !== undefined
      ? canary !== undefined
        ? said.both(serving, canary)
        : said.serving(serving)
      : canary !== undefined
        ? said.canary(canary)
        : said.off;
  return (
    <>
      <div>
        <h3>{text.versions}</h3>
        {isOn && items.length > 0 && (
          <p className={styles.quiet}>
            {sentence} {foretelling.isOn && said.coming(foretelling.coming)}
          </p>
        )}
      </div>
      {items.length === 0 ? (
        <p className={styles.empty}>{mayRule ? text.none : text.noneForOthers}</p>
      ) : (
        <ul className={styles.list} aria-label={text.versions}>
          {items.map((model) => (
            <ModelRow key={model.version} model={model} mayRule={mayRule} />
          ))}
        </ul>
      )}
    </>
  );
}

const TONES: Partial<Record<Model["state"], "good" | "bad">> = {
  serving: "good",
  canary: "good",
  "rolled back": "bad",
};

function ModelRow({ model, mayRule }: { readonly model: Model; readonly mayRule: boolean }) {
  const text = useWords();
  const { words, format } = useLanguage();
  const [isRemoving, setRemoving] = useState(false);
  const { version, state, why, card, measures, watched } = model;
  const auc = (of: Model["measures"][number]["of"]) => measures.find((each) => each.of === of)?.auc ?? null;
  const does = async (deed: Deed) => {
    const call = { params: { version: `${version}` }, body: { do: deed } };
    await changeOrSay("models.change", call, {
      said: text.of(labelOf(deed), version),
      offline: words.failures.network,
    });
  };
  const labelOf = (deed: Deed): string => {
    if (deed === "promote") return state === "canary" ? text.serve : text.try;
    return { "roll back": text.rollBack, retire: text.retire, remove: text.remove }[deed];
  };
  return (
    <li className={`${styles.row} ${own.model}`}>
      <What
        name={text.model(version)}
        more={[
          text.from(dayText(model.madeAt, format), card.rows),
          text.brief(auc("model"), auc("logistic regression")),
          state === "canary" && text.watched(watched.count, watched.needed),
        ]}
      />
      <span className={styles.mark} data-tone={TONES[state]}>
        {text.states[state]}
      </span>
      {mayRule && (
        <span className={own.deeds}>
          {DEEDS[state].map((deed) => (
            <Button
              key={deed}
              size="small"
              aria-label={text.of(labelOf(deed), version)}
              onPress={() => (deed === "remove" ? setRemoving(true) : void does(deed))}
            >
              {labelOf(deed)}
            </Button>
          ))}
        </span>
      )}
      <p>{why}</p>
      <Details model={model} />
      {isRemoving && (
        <Confirm
          title={text.removeTitle(version)}
          sentence={text.removeSentence}
          submit={text.remove}
          onConfirm={() => void does("remove")}
          onClose={() => setRemoving(false)}
        />
      )}
    </li>
  );
}

const DEEDS: Readonly<Record<Model["state"], readonly Deed[]>> = {
  refused: ["remove"],
  candidate: ["promote", "retire"],
  canary: ["promote", "roll back"],
  serving: ["roll back", "retire"],
  retired: ["remove"],
  "rolled back": ["remove"],
};

const DAY_MS = 86_400_000;

const dayText = (instant: string, format: { readonly dayWithYear: (epochDay: number) => string }): string =>
  format.dayWithYear(Math.floor(Temporal.Instant.from(instant).epochMilliseconds / DAY_MS));

/** All that was measured, beside what it has to beat and, where it is known, the best possible; and what it was learned from. */
function Details({ model }: { readonly model: Model }) {
  const text = useWords();
  const { format } = useLanguage();
  const { card, measures, outputs, judgedOn, schema, steps, verdict } = model;
  const hasLimit = measures.some(({ of }) => of === "limit");
  const day = (date: string) => dayText(`${date}T00:00:00Z`, format);
  return (
    <details className={own.details}>
      <summary>{text.details}</summary>
      <h4>{text.measures}</h4>
      <table>
        <thead>
          <tr>
            <th scope="col">{text.heads.of}</th>
            <th scope="col">{text.heads.auc}</th>
            <th scope="col">{text.heads.f1}</th>
            <th scope="col">{text.heads.calibration}</th>
            <th scope="col">{text.heads.worst}</th>
          </tr>
        </thead>
        <tbody>
          {measures.map(({ of, auc, f1, calibrationError, worstCalibrationError }) => (
            <tr key={of} data-of={of}>
              <th scope="row">{text.measured[of]}</th>
              <td>{text.number(auc)}</td>
              <td>{text.number(f1)}</td>
              <td>{text.number(calibrationError)}</td>
              <td>{text.number(worstCalibrationError)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.quiet}>{hasLimit ? text.limitHint : text.noLimit}</p>
      {!verdict.isPassed && (
        <ul>
          {verdict.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      <h4>{text.outputs}</h4>
      <table>
        <thead>
          <tr>
            <th scope="col">{text.outputHeads.output}</th>
            <th scope="col">{text.outputHeads.happened}</th>
            <th scope="col">{text.outputHeads.auc}</th>
            {hasLimit && <th scope="col">{text.outputHeads.limit}</th>}
            <th scope="col">{text.outputHeads.calibration}</th>
          </tr>
        </thead>
        <tbody>
          {outputs.map(({ output, happened, auc, limitAuc, calibrationError }) => (
            <tr key={output}>
              <th scope="row">{text.output[output]}</th>
              <td>{format.number(happened)}</td>
              <td>{text.number(auc)}</td>
              {hasLimit && <td>{text.number(limitAuc)}</td>}
              <td>{text.number(calibrationError)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h4>{text.card}</h4>
      <p>{card.source}</p>
      <p>{text.agreed(card.consent)}</p>
      <p>
        {text.cardRows(card.rows, card.people, day(card.from), day(card.to))}{" "}
        {card.rowsLeftOut > 0 && text.cardLeft(card.rowsLeftOut)}{" "}
        {text.judged(judgedOn.fit, judgedOn.validation, judgedOn.heldOut)}
      </p>
      <code>{text.schema(schema.version, schema.hash.slice(0, 12))}</code>
      <h4>{text.steps}</h4>
      <ol>
        {steps.map(({ at, state, why }) => (
          <li key={at + state}>
            {dayText(at, format)}: {text.states[state]}. {why}
          </li>
        ))}
      </ol>
    </details>
  );
}

function Forget() {
  const text = useWords();
  const { words } = useLanguage();
  const [isAsking, setAsking] = useState(false);
  return (
    <div className={styles.actions}>
      <Button onPress={() => setAsking(true)}>{text.forget}</Button>
      {isAsking && (
        <Confirm
          title={text.forgetTitle}
          sentence={text.forgetSentence}
          submit={text.forgetSubmit}
          onConfirm={() =>
            void changeOrSay("models.forget", {}, { said: text.forgotten, offline: words.failures.network })
          }
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}
