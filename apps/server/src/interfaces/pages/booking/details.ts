import { catalogue, limits, whyNoAddress } from "@hourwright/contract";
import { filesLine, NO_FILES, type FilesShown, type HeldFile } from "./files-part.ts";
import type { Offered } from "./free.ts";
import { html, type Html } from "./html.ts";
import { icon } from "./icons.ts";
import { answerField, type Details } from "./state.ts";
import type { Words } from "./words.ts";

/** A field that has to be filled in otherwise, and why. */
export type Wrong = { readonly field: string; readonly why: string };

type Question = Offered["questions"][number];

/** So many options are shown side by side; more are a list to choose from. */
const SIDE_BY_SIDE_MAX = 3;

/** What is wrong with the details, all of it at once: by the contract, and by the questions of the service. */
export function wrongIn(
  details: Details,
  { questions, package: use }: Pick<Offered, "questions" | "package">,
  words: Words,
  held: readonly HeldFile[] = [],
): readonly Wrong[] {
  const { name, email, phone, answers } = details;
  const customer = catalogue["bookings.create"].body.shape.customer.safeParse({ name, email, phone });
  const fields = new Set(customer.success ? [] : customer.error.issues.map(({ path }) => String(path[0])));
  const labels = { name: words.name, email: words.email, phone: words.phone } as const;
  const ofCustomer = (["name", "email", "phone"] as const).flatMap((field) => {
    const value = details[field].trim();
    if (field !== "phone" && value === "") return [{ field, why: words.wanted(labels[field]) }];
    if (!fields.has(field)) return [];
    const noAddress = whyNoAddress(value) === "local-part" ? words.notAscii : words.notAnEmail;
    return [{ field, why: field === "email" ? noAddress : words.tooLong(labels[field]) }];
  });
  const isMissing = use === "needed" && details.package.trim() === "";
  const ofPackage = isMissing ? [{ field: "package", why: words.wanted(words.package.code) }] : [];
  return [
    ...ofCustomer,
    ...ofPackage,
    ...questions.flatMap((question) => wrongAnswer(question, answerTo(question, answers, held), words)),
  ];
}

const answerTo = ({ id, kind }: Question, answers: Details["answers"], held: readonly HeldFile[]): string =>
  kind === "file" ? (held.find(({ question }) => question === id)?.name ?? "") : (answers[id] ?? "");

function wrongAnswer(
  { id, kind, label, isRequired, options }: Question,
  given: string,
  words: Words,
): readonly Wrong[] {
  const answer = given.trim();
  const wrong = (why: string) => [{ field: answerField(id), why }];
  if (answer === "" && isRequired) return wrong(kind === "consent" ? words.consentWanted : words.wanted(label));
  if (answer === "") return [];
  if (kind === "choice" && !options.includes(answer)) return wrong(words.notAnOption(label));
  return answer.length > limits.ANSWER_CHARACTERS_MAX ? wrong(words.tooLong(label)) : [];
}

/** The fields of a booking, each with its own keyboard, what browsers know to fill in, and what is wrong with it. */
export function detailFields(
  details: Details,
  { questions, package: use }: Pick<Offered, "questions" | "package">,
  wrong: readonly Wrong[],
  words: Words,
  files: FilesShown = NO_FILES,
): Html {
  const whyOf = (field: string) => wrong.find((each) => each.field === field)?.why ?? null;
  const line = (field: "name" | "email" | "phone", label: string, own: Html, isRequired = true): Html =>
    html`<div class="line ${field}">
      ${labelOf(field, label, isRequired, words)}
      <input
        class="field"
        id="${field}"
        name="${field}"
        value="${details[field]}"
        ${own}
        ${required(isRequired)}
        ${described(field, whyOf(field))}
      />
      ${whyLine(field, whyOf(field))}
    </div>`;
  return html`<div class="fields">
    ${line("name", words.name, html`type="text" autocomplete="name" autocapitalize="words" enterkeyhint="next" maxlength="200"`)}
    ${line("email", words.email, html`type="email" autocomplete="email" inputmode="email" autocapitalize="none" spellcheck="false" enterkeyhint="next" maxlength="254"`)}
    ${line("phone", words.phone, html`type="tel" autocomplete="tel" inputmode="tel" enterkeyhint="next" maxlength="40"`, false)}
    ${
      use !== "none" &&
      html`<div class="line package">
        ${labelOf("package", words.package.code, use === "needed", words)}
        <input
          class="field"
          id="package"
          name="package"
          value="${details.package}"
          type="text"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck="false"
          enterkeyhint="next"
          maxlength="40"
          placeholder="XXXX-XXXX-XXXX"
          ${required(use === "needed")}
          ${described("package", whyOf("package"))}
        />
        ${whyLine("package", whyOf("package"))}
      </div>`
    }
    ${questions.map((question) => (question.file === null ? questionLine(question, details.answers[question.id] ?? "", whyOf(answerField(question.id)), words) : filesLine(question, question.file, whyOf(answerField(question.id)), words, files)))}
  </div>`;
}

const required = (isRequired: boolean): Html | null => (isRequired ? html`required` : null);

/** Says which text tells what is wrong with a field. */
const described = (field: string, why: string | null): Html | null =>
  why === null ? null : html`aria-invalid="true" aria-describedby="why-${field}"`;

const whyLine = (field: string, why: string | null): Html | null =>
  why === null ? null : html`<p class="why" id="why-${field}">${why}</p>`;

const labelOf = (field: string, label: string, isRequired: boolean, words: Words): Html =>
  html`<label for="${field}">${label} ${!isRequired && html`<em>${words.optional}</em>`}</label>`;

function questionLine(question: Question, answer: string, why: string | null, words: Words): Html {
  const { id, kind, label, isRequired, options } = question;
  const field = answerField(id);
  if (kind === "consent")
    return html`<div class="line">
      <label class="consent">
        <input
          type="checkbox"
          id="${field}"
          name="${field}"
          value="yes"
          ${answer === "yes" && html`checked`}
          ${required(isRequired)}
          ${described(field, why)}
        />
        <i>${icon("check", 14)}</i><span>${label} ${!isRequired && html`<em>${words.optional}</em>`}</span>
      </label>
      ${whyLine(field, why)}
    </div>`;
  if (kind === "choice" && options.length <= SIDE_BY_SIDE_MAX)
    return html`<fieldset class="line" id="${field}" tabindex="-1" ${described(field, why)}>
      <legend>${label} ${!isRequired && html`<em>${words.optional}</em>`}</legend>
      <div class="side-by-side">
        ${options.map((option) => html`<label><input type="radio" name="${field}" value="${option}" ${option === answer && html`checked`} ${required(isRequired)} /><span>${option}</span></label>`)}
      </div>
      ${whyLine(field, why)}
    </fieldset>`;
  if (kind === "choice")
    return html`<div class="line">
      ${labelOf(field, label, isRequired, words)}
      <select class="field" id="${field}" name="${field}" ${required(isRequired)} ${described(field, why)}>
        <option value="">${words.choose}</option>
        ${options.map((option) => html`<option ${option === answer && html`selected`}>${option}</option>`)}
      </select>
      ${whyLine(field, why)}
    </div>`;
  return html`<div class="line">
    ${labelOf(field, label, isRequired, words)}
    <textarea
      class="field"
      id="${field}"
      name="${field}"
      rows="2"
      maxlength="${limits.ANSWER_CHARACTERS_MAX}"
      ${required(isRequired)}
      ${described(field, why)}
    >
${answer}</textarea>
    ${whyLine(field, why)}
  </div>`;
}

/** What is wrong, as links to the fields. */
export const wrongList = (wrong: readonly Wrong[]): Html =>
  html`<ul>
    ${wrong.map(({ field, why }) => html`<li><a href="#${field}">${why}</a></li>`)}
  </ul>`;

/** A field for programs alone: nobody sees it, and browsers fill in nothing. */
export const HONEYPOT = "website";
export const honeypot = (words: Words): Html =>
  html`<div class="hidden" aria-hidden="true">
    <label for="${HONEYPOT}">${words.leaveEmpty}</label>
    <input id="${HONEYPOT}" name="${HONEYPOT}" tabindex="-1" autocomplete="off" />
  </div>`;
