/** Text that is HTML already: made by `html` alone, so that nothing reaches a page unescaped. */
export type Html = { readonly markup: string };

type Part = Html | string | number | boolean | null | undefined | readonly Part[];

/** A piece of a page. What is put in is escaped, unless it is a piece itself; lists stand one after the other; null, undefined and booleans are nothing. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { markup: texts.reduce((all, text, index) => all + printed(parts[index - 1]) + text) };
}

function printed(part: Part): string {
  if (part === null || part === undefined || typeof part === "boolean") return "";
  if (typeof part === "string" || typeof part === "number") return escaped(String(part));
  if (Array.isArray(part)) return part.map(printed).join("");
  return (part as Html).markup;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as it stands in an element or a quoted attribute. The one place where anything is escaped for a page. */
export const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign]!);
