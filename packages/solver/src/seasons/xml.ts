/** An element of XML: its attributes with entities resolved, its children, its text. `line` counts from 1. */
export type Element = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
  readonly line: number;
};

export class XmlRefusal extends Error {}

const DEPTH_MAX = 64;
const ELEMENTS_MAX = 500_000;
const TOKEN =
  /<!--[^]*?-->|<\?[^]*?\?>|<!\[CDATA\[(?<cdata>[^]*?)\]\]>|<\/(?<ends>[\w:.-]+)\s*>|<(?<begins>[\w:.-]+)(?<rest>(?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(?<closed>\/?)>|(?<text>[^<]+)/gy;
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/**
 * Reads elements, attributes and text of XML 1.0, the root element of them; a document type is refused, and with it whatever
 * entities somebody defines. Throws `XmlRefusal` with the line. Cost: linear.
 */
export function readXml(document: string): Element {
  type Open = { name: string; attributes: Record<string, string>; children: Element[]; text: string; line: number };
  const root: Open = { name: "", attributes: {}, children: [], text: "", line: 1 };
  const open: Open[] = [root];
  let [line, count, at] = [1, 0, document.startsWith("\u{feff}") ? 1 : 0];
  const refuse = (sentence: string): never => {
    throw new XmlRefusal(`line ${line}: ${sentence}`);
  };
  while (at < document.length) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(document);
    if (token === null) return refuse("this is no XML that can be read here");
    const { begins, ends, rest = "", closed, text, cdata } = token.groups!;
    const top = open.at(-1)!;
    if (begins !== undefined) {
      if (++count > ELEMENTS_MAX) refuse(`more than ${ELEMENTS_MAX} elements`);
      if (open.length > DEPTH_MAX) refuse(`more than ${DEPTH_MAX} elements inside one another`);
      const element: Open = { name: begins, attributes: attributesOf(rest), children: [], text: "", line };
      top.children.push(element);
      if (closed === "") open.push(element);
    } else if (ends !== undefined) {
      if (open.length === 1 || top.name !== ends) refuse(`</${ends}> ends nothing that is open`);
      open.pop();
    } else if (text !== undefined) top.text += resolved(text);
    else if (cdata !== undefined) top.text += cdata;
    for (const character of token[0]) if (character === "\n") line++;
    at = TOKEN.lastIndex;
  }
  if (open.length > 1) refuse(`<${open.at(-1)!.name}> is not ended`);
  if (root.children.length !== 1) refuse("there is one root element in XML");
  return root.children[0]!;
}

function attributesOf(text: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name, double, single] of text.matchAll(ATTRIBUTE)) attributes[name!] = resolved(double ?? single ?? "");
  return attributes;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

const resolved = (text: string): string =>
  text.includes("&") ? text.replaceAll(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name]!) : text;

/** Text as it stands between tags and in attributes. */
export const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** The first child of that name. */
export const childOf = ({ children }: Element, name: string): Element | undefined =>
  children.find((child) => child.name === name);

/** All elements of that name below. */
export function* allOf(element: Element, name: string): Generator<Element> {
  for (const child of element.children) {
    if (child.name === name) yield child;
    yield* allOf(child, name);
  }
}
