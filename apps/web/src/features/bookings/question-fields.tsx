import { Button } from "../../ui/button.tsx";
import { Checkbox, Choice, FieldRow, TextInput } from "../../ui/field.tsx";
import section from "../../shell/section.module.css";
import styles from "./bookings.module.css";
import {
  FILE_TYPES,
  KINDS,
  newQuestion,
  QUESTIONS_MAX,
  wrongOf,
  type QuestionFields,
  type QuestionKind,
} from "./question-form.ts";
import { useQuestionWords } from "./use-question-words.ts";

/** What a service asks beside name and address: text, a choice, files, or a consent. */
export function QuestionsFieldset(props: {
  readonly questions: readonly QuestionFields[];
  readonly isTried: boolean;
  readonly onChange: (questions: readonly QuestionFields[]) => void;
}) {
  const { questions, isTried, onChange } = props;
  const words = useQuestionWords();
  return (
    <div className={styles.parts} role="group" aria-label={words.title}>
      <p className={section.quiet}>{words.none}</p>
      {questions.map((question, at) => (
        <QuestionPart
          key={question.key}
          question={question}
          number={at + 1}
          isTried={isTried}
          onChange={(part) => onChange(questions.with(at, { ...question, ...part }))}
          onRemove={() => onChange(questions.toSpliced(at, 1))}
        />
      ))}
      {questions.length < QUESTIONS_MAX && (
        <div>
          <Button onPress={() => onChange([...questions, newQuestion()])}>{words.add}</Button>
        </div>
      )}
    </div>
  );
}

function QuestionPart(props: {
  readonly question: QuestionFields;
  readonly number: number;
  readonly isTried: boolean;
  readonly onChange: (part: Partial<QuestionFields>) => void;
  readonly onRemove: () => void;
}) {
  const { question, number, isTried, onChange, onRemove } = props;
  const words = useQuestionWords();
  const wrong = isTried ? wrongOf(question) : null;
  const error = (field: typeof wrong, text: string) => (wrong === field ? { error: text } : {});
  return (
    <fieldset className={styles.role}>
      <legend>{words.question(number)}</legend>
      <FieldRow>
        <TextInput
          label={words.label}
          value={question.label}
          isRequired
          maxLength={200}
          onChange={(label) => onChange({ label })}
          {...error("label", words.labelWrong)}
        />
        <Choice
          label={words.kind}
          value={question.kind}
          options={KINDS.map((value) => ({ value, label: words.kinds[value] }))}
          onChange={(kind) => onChange({ kind: kind as QuestionKind })}
        />
      </FieldRow>
      {question.kind === "choice" && (
        <TextInput
          label={words.options}
          value={question.options}
          hint={words.optionsHint}
          isRequired
          maxLength={4_000}
          onChange={(options) => onChange({ options })}
          {...error("options", words.optionsWrong)}
        />
      )}
      {question.kind === "file" && (
        <FileFields question={question} onChange={onChange} error={error} isTypesWrong={wrong === "types"} />
      )}
      <Checkbox isSelected={question.isRequired} onChange={(isRequired) => onChange({ isRequired })}>
        {words.required}
      </Checkbox>
      <Button size="small" onPress={onRemove}>
        {words.remove(number)}
      </Button>
    </fieldset>
  );
}

function FileFields(props: {
  readonly question: QuestionFields;
  readonly isTypesWrong: boolean;
  readonly error: (field: "megabytes" | "files", text: string) => { readonly error?: string };
  readonly onChange: (part: Partial<QuestionFields>) => void;
}) {
  const { question, isTypesWrong, error, onChange } = props;
  const words = useQuestionWords();
  const { types } = question;
  return (
    <>
      <div className={styles.people} role="group" aria-label={words.types}>
        {FILE_TYPES.map((type) => (
          <Checkbox
            key={type}
            isSelected={types.includes(type)}
            onChange={(isSelected) =>
              onChange({ types: isSelected ? [...types, type] : types.filter((other) => other !== type) })
            }
          >
            {words.typeNames[type]}
          </Checkbox>
        ))}
      </div>
      {isTypesWrong && <span role="status">{words.typesWrong}</span>}
      <FieldRow>
        <TextInput
          label={words.megabytes}
          value={question.megabytes}
          inputMode="decimal"
          maxLength={6}
          onChange={(megabytes) => onChange({ megabytes })}
          {...error("megabytes", words.megabytesWrong)}
        />
        <TextInput
          label={words.files}
          value={question.files}
          inputMode="numeric"
          maxLength={1}
          onChange={(files) => onChange({ files })}
          {...error("files", words.filesWrong)}
        />
      </FieldRow>
    </>
  );
}
