// Strategy: a table of what is missing or wrong; what is shown of questions makes the same questions again.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  newQuestion,
  questionFields,
  questionsIn,
  wrongOf,
  type Question,
  type QuestionFields,
} from "./question-form.ts";

describe("the form of questions", () => {
  const table: readonly [string, Partial<QuestionFields>, ReturnType<typeof wrongOf>][] = [
    ["asks something", { label: "Why?" }, null],
    ["asks nothing", { label: "  " }, "label"],
    ["has no answers to choose from", { label: "Car", kind: "choice", options: " , " }, "options"],
    ["takes no file at all", { label: "Scan", kind: "file", types: [] }, "types"],
    ["takes files that are too large", { label: "Scan", kind: "file", megabytes: "11" }, "megabytes"],
    ["says no size", { label: "Scan", kind: "file", megabytes: "" }, "megabytes"],
    ["takes too many files", { label: "Scan", kind: "file", files: "6" }, "files"],
    ["takes half a megabyte", { label: "Scan", kind: "file", megabytes: "0.5" }, null],
  ];
  for (const [name, fields, wrong] of table)
    test(`one that ${name} is ${wrong === null ? "right" : `told by its ${wrong}`}`, () =>
      assert.equal(wrongOf({ ...newQuestion(), ...fields }), wrong));

  test("makes of what it shows of questions the same questions", () => {
    const none = { isRequired: false, options: [], file: null };
    const questions: Question[] = [
      { ...none, id: "why", kind: "text", label: "Why?" },
      { ...none, id: "car", kind: "choice", label: "Car", isRequired: true, options: ["Manual", "Automatic"] },
      { ...none, id: "ok", kind: "consent", label: "I agree" },
      {
        ...none,
        id: "scan",
        kind: "file",
        label: "Scan",
        file: { bytesMax: 2_097_152, filesMax: 2, types: ["pdf", "heic"] },
      },
    ];
    assert.deepEqual(questionsIn(questions.map(questionFields)), questions);
  });

  test("calls new questions by what they ask, each by a name of its own", () => {
    const made = questionsIn(["Licence", "Licence!", "42"].map((label) => ({ ...newQuestion(), label })));
    assert.deepEqual(
      made?.map(({ id }) => id),
      ["licence", "licence-2", "question-3"],
    );
  });
});
