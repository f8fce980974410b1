import { useState } from "react";
import type { Answer } from "../../data/api.ts";
import { change, changeOrSay, useAsked, type Refusal as Refused } from "../../data/office.ts";
import { Button } from "../../ui/button.tsx";
import { TextInput } from "../../ui/field.tsx";
import { boundsOf, numberOf, typed } from "./rule-form.ts";
import { Answered, Rows, Section, Sheet, What, wrongWith } from "../../shell/section.tsx";
import own from "./rules.module.css";
import { useRuleLanguage } from "./use-rule-language.ts";
import styles from "../../shell/section.module.css";
import { usePluginWords } from "./use-plugin-words.ts";

type Plugin = Answer<"plugins.list">["items"][number];
/** One that can be allowed: it lies there, and its hash is known. */
type Allowable = Plugin & { readonly hash: string };

/** Which constraints of others lie on the server, which of them are allowed, and what became of them. */
export function Plugins() {
  const text = usePluginWords();
  const asked = useAsked("plugins.list", {});
  const [open, setOpen] = useState<Allowable | null>(null);
  return (
    <Section title={text.title} intro={text.intro}>
      <Answered asked={asked}>
        {({ items, hasFolder }) => (
          <Rows items={items} label={text.title} empty={hasFolder ? text.empty : text.noFolder}>
            {(plugin) => (
              <PluginRow key={plugin.hash ?? `${plugin.state} ${plugin.name}`} plugin={plugin} onAllow={setOpen} />
            )}
          </Rows>
        )}
      </Answered>
      {open !== null && <PluginSheet key={open.hash} plugin={open} onClose={() => setOpen(null)} />}
    </Section>
  );
}

const TONES: Partial<Record<Plugin["state"], "good" | "bad">> = {
  allowed: "good",
  changed: "bad",
  off: "bad",
  missing: "bad",
  unreadable: "bad",
};

function PluginRow({ plugin, onAllow }: { readonly plugin: Plugin; readonly onAllow: (plugin: Allowable) => void }) {
  const { words } = useRuleLanguage();
  const text = usePluginWords();
  const { id, version, title, release, rule, hash, state, sentence, parameters } = plugin;
  const means = state === "changed" || state === "missing" || state === "unused" ? text.means[state] : null;
  const forget = () =>
    void changeOrSay(
      "plugins.forget",
      { params: { id: id! }, ifMatch: version! },
      { said: text.forgotten(title), offline: words.failures.network, isUndoable: true },
    );
  const isAllowable = hash !== null && state !== "unused";
  const hasMore = state !== "allowed" || parameters.length > 0;
  const [does, label] =
    state === "allowed"
      ? [words.settings.change, text.changeOf(title)]
      : id === null
        ? [text.allow, text.allowOf(title)]
        : [text.again, text.againOf(title)];
  return (
    <li className={`${styles.row} ${own.plugin}`}>
      <What name={title} more={[release !== null && text.release(release), rule]} />
      <span className={styles.mark} data-tone={TONES[state]}>
        {text.states[state]}
      </span>
      {isAllowable && hasMore && (
        <Button size="small" aria-label={label} onPress={() => onAllow({ ...plugin, hash })}>
          {does}
        </Button>
      )}
      {id !== null && (
        <Button size="small" aria-label={text.forgetOf(title)} onPress={forget}>
          {text.forget}
        </Button>
      )}
      {(sentence !== null || means !== null) && <p>{sentence ?? means}</p>}
      {hash !== null && <code>{text.hash(hash)}</code>}
    </li>
  );
}

/** What is about to be allowed, by its hash, with its numbers and a warning. */
function PluginSheet({ plugin, onClose }: { readonly plugin: Allowable; readonly onClose: () => void }) {
  const { words } = useRuleLanguage();
  const text = usePluginWords();
  const { title, hash, parameters, rule, state } = plugin;
  const [values, setValues] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(parameters.map((parameter) => [parameter.name, typed(parameter.value, parameter)])),
  );
  const numbers = parameters.map((parameter) => numberOf(values[parameter.name] ?? "", parameter));
  const save = async () => {
    if (numbers.includes(null)) return null;
    const set = Object.fromEntries(parameters.map(({ name }, i) => [name, numbers[i]!]));
    const told = { said: text.allowed(title), offline: words.failures.network, isUndoable: true };
    return change("plugins.allow", { body: { hash, values: set } }, told);
  };
  const isChange = state === "allowed";
  return (
    <Sheet
      title={isChange ? text.changeOf(title) : text.allowOf(title)}
      submit={isChange ? words.settings.save : text.allow}
      onSubmit={save}
      onClose={onClose}
    >
      {(refused) => (
        <>
          <div className={own.says}>
            {rule !== null && <p>{rule}</p>}
            {!isChange && <span>{text.warning}</span>}
            <span>{text.compare}</span>
            <code>{hash}</code>
          </div>
          {parameters.length > 0 && (
            <div className={own.numbers}>
              {parameters.map((parameter, i) => (
                <TextInput
                  key={parameter.name}
                  label={parameter.says}
                  value={values[parameter.name] ?? ""}
                  isFirst={i === 0}
                  {...(parameter.unit === "time of day"
                    ? { type: "time" as const }
                    : {
                        inputMode: "decimal" as const,
                        maxLength: 12,
                        hint: words.ruling.bounds[parameter.unit](...boundsOf(parameter)),
                      })}
                  onChange={(value) => setValues((before) => ({ ...before, [parameter.name]: value }))}
                  {...faultOf(parameter, numbers[i] ?? null, refused)}
                />
              ))}
            </div>
          )}
        </>
      )}
    </Sheet>
  );

  function faultOf(parameter: Plugin["parameters"][number], number: number | null, refused: Refused | null) {
    const { needsTime, outOfBounds } = words.ruling;
    if (number === null)
      return { error: parameter.unit === "time of day" ? needsTime : outOfBounds(...boundsOf(parameter)) };
    return refused?.sentence.includes(parameter.says) === true ? wrongWith(refused, ["planning/plugin-invalid"]) : {};
  }
}
