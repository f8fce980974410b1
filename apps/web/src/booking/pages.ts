// Links and forms without a reload: the server's own page is fetched, and its main part put in place of the one that is shown.

/** Where focus goes when what had it is gone. */
const HEADINGS = ["#notice", "#ask", "#state"] as const;

let shown = (): void => {};
let running: AbortController | null = null;
let isSending = false;

/** Listens for what is pressed. `onShown` is called after each page that is put in place. */
export function startPages(onShown: () => void): void {
  shown = onShown;
  document.addEventListener("click", followLink);
  document.addEventListener("submit", sendForm);
  addEventListener("popstate", () => void goTo(location.href, { isBack: true }));
}

function followLink(event: MouseEvent): void {
  const link = (event.target as Element).closest<HTMLAnchorElement>("main a[href]");
  if (link === null || event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const to = new URL(link.href);
  if (to.hash !== "") return showField(event, to.hash.slice(1));
  if (link.dataset["keep"] === undefined || to.origin !== location.origin) return;
  event.preventDefault();
  void goTo(link.href, { keep: link.dataset["keep"] });
}

/** From the list of what is wrong to the field: also where the field cannot be focused itself. */
function showField(event: Event, id: string): void {
  const field = document.getElementById(id);
  if (field === null) return;
  event.preventDefault();
  field.focus();
}

function sendForm(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  const button = event.submitter as HTMLButtonElement | null;
  const isSearch = form.dataset["keepForm"] !== undefined;
  if (form.id !== "booking" && !isSearch) return;
  event.preventDefault();
  if (isSending) return;
  const fields = fieldsIn(form, button);
  if (isSearch) return void goTo(`${location.pathname}?${fields as URLSearchParams}`, { keep: "find" });
  const action = button?.hasAttribute("formaction") === true ? button.formAction : form.action;
  void goTo(action, { body: fields, keep: button?.dataset["keep"] });
}

/** As the form would send them: with files in parts, else as plain text. */
function fieldsIn(form: HTMLFormElement, button: HTMLElement | null = null): FormData | URLSearchParams {
  const fields = new FormData(form, button);
  if (form.enctype === "multipart/form-data") return fields;
  return new URLSearchParams(fields as unknown as Record<string, string>);
}

/** Sends the form of the page to one of its addresses, as one of its buttons would. */
export function sendBooking(change: string, more: Readonly<Record<string, string>>): void {
  const form = document.querySelector<HTMLFormElement>("form#booking");
  if (form === null || isSending) return;
  const fields = fieldsIn(form);
  for (const [name, value] of Object.entries(more)) fields.set(name, value);
  void goTo(form.action.replace(/confirm$/, change), { body: fields });
}

type Trip = {
  readonly body?: FormData | URLSearchParams;
  /** What had the focus, by its name. */
  readonly keep?: string | undefined;
  /** In place of the page that is shown, as when going back or for the same page. */
  readonly isBack?: boolean;
};

/** Fetches a page and shows it. Where that fails nothing is lost: the page says so, with everything written on it. */
export async function goTo(address: string, { body, keep, isBack = false }: Trip = {}): Promise<void> {
  running?.abort();
  const own = (running = new AbortController());
  isSending = body !== undefined;
  document.documentElement.classList.add("busy");
  try {
    const answer = await fetch(address, {
      signal: own.signal,
      headers: { accept: "text/html" },
      ...(body === undefined ? {} : { method: "POST", body }),
    });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (own.signal.aborted) return;
    if (page.querySelector("main") === null) throw new Error("the answer is no page");
    const isNew = !isBack && (body === undefined || answer.redirected);
    const chosen = body === undefined ? filesIn(document) : [];
    if (isNew) history[answer.url === location.href ? "replaceState" : "pushState"](null, "", answer.url);
    show(page, { keep, written: body === undefined ? writtenOn(document) : [] });
    // Nobody but who chose it can fill a field with a file: the field itself goes on.
    for (const field of chosen)
      filesIn(document)
        .find(({ name }) => name === field.name)
        ?.replaceWith(field);
  } catch {
    if (!own.signal.aborted) showUnreachable();
  } finally {
    if (running === own) {
      isSending = false;
      document.documentElement.classList.remove("busy");
    }
  }
}

type Written = readonly (readonly [name: string, value: string, isChecked: boolean])[];
type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const fieldsOf = (page: Document) =>
  [...page.querySelectorAll<Field>("#booking :is(input:not([type=hidden], [type=file]), select, textarea)")].filter(
    ({ name }) => name !== "",
  );

const filesIn = (page: Document) => [...page.querySelectorAll<HTMLInputElement>("#booking input[type=file]")];

const isTicked = (field: Field) => "checked" in field && field.checked;

const writtenOn = (page: Document): Written =>
  fieldsOf(page).map((field) => [field.name, field.value, isTicked(field)] as const);

function show(
  page: Document,
  { keep, written }: { readonly keep: string | undefined; readonly written: Written },
): void {
  const before = document.documentElement.dataset["step"];
  const { dataset, lang } = page.documentElement;
  document.title = page.title;
  document.documentElement.lang = lang;
  for (const name of ["step", "locale"]) document.documentElement.dataset[name] = dataset[name] ?? "";
  for (const part of ["main", ".foot", ".lang", "#first"]) {
    const [old, next] = [document.querySelector(part), page.querySelector(part)];
    if (old !== null && next !== null) old.replaceWith(document.adoptNode(next));
  }
  fillIn(written);
  const isNewStep = before !== dataset["step"];
  if (isNewStep || document.querySelector("#notice") !== null) scrollTo(0, 0);
  focusOn(keep, isNewStep);
  shown();
}

/** What was written before the page came is on it again. */
function fillIn(written: Written): void {
  for (const field of fieldsOf(document)) {
    const isOption = field instanceof HTMLInputElement && /^(radio|checkbox)$/.test(field.type);
    const was = written.find(([name, value]) => name === field.name && (!isOption || value === field.value));
    if (was === undefined) continue;
    if (isOption) field.checked = was[2];
    else field.value = was[1];
  }
}

function focusOn(keep: string | undefined, isNewStep: boolean): void {
  const find = (selector: string) => document.querySelector<HTMLElement>(selector);
  const heading = HEADINGS.map(find).find((each) => each !== null);
  const same = keep === undefined ? null : find(`[data-keep="${CSS.escape(keep)}"], #${CSS.escape(keep)}`);
  const step = { details: "#details-title", service: "#service-title", zone: "#zone-title" }[
    document.documentElement.dataset["step"] ?? ""
  ];
  const target =
    heading ?? (isNewStep ? null : same) ?? find(step ?? (isNewStep ? "#month" : "#day")) ?? find("#month");
  target?.focus({ preventScroll: true });
  if (target === same && target !== null) say(find(".day-head")?.textContent ?? find(".empty")?.textContent ?? "");
}

/** Said by screen readers, when they have said what they are at. */
export function say(text: string): void {
  const line = document.getElementById("said");
  if (line !== null) line.textContent = text.replaceAll(/\s+/g, " ").trim();
}

function showUnreachable(): void {
  const template = document.querySelector<HTMLTemplateElement>("template#unreachable");
  document.getElementById("notice")?.remove();
  if (template !== null) document.querySelector(".sheet")?.prepend(template.content.cloneNode(true));
  document.getElementById("notice")?.focus();
  scrollTo(0, 0);
}
