import { refuse, shortened } from "./reading.ts";

/** An element as far as the files of competitions need it: no namespaces, no mixed text, nothing of a document type. */
export type Element = {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly Element[];
  /** Text beside the children, without the space around it. */
  readonly text: string;
  /** Line at which it begins, from 1. */
  readonly line: number;
};

const ELEMENTS_MAX = 500_000;
const DEPTH_MAX = 64;
/** What may stand between the tags of an element: comments, instructions, closing tags, opening tags. */
const TAG =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<\/([^\s>]+)\s*>|<([A-Za-z_][^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*')*?)(\/?)>/gy;
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

type Open = {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: Element[];
  text: string;
  readonly line: number;
};

/** The root of an XML text; what is not well formed is refused with its line. Cost: one pass. */
export function readXml(text: string): Element {
  const lineAt = openLines(text);
  const top: Open = { name: "", attributes: new Map(), children: [], text: "", line: 1 };
  const open: Open[] = [top];
  let elements = 0;
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  while (at < text.length) {
    const from = text.indexOf("<", at);
    const here = open.at(-1)!;
    here.text += plain(text.slice(at, from === -1 ? text.length : from), lineAt(at));
    if (from === -1) break;
    TAG.lastIndex = from;
    const tag = TAG.exec(text);
    if (tag === null) return refuse(`line ${lineAt(from)}: "${shortened(text.slice(from, from + 40))}" is no tag`);
    at = TAG.lastIndex;
    const [, closes, opens, rest = "", isEmpty] = tag;
    if (closes !== undefined) {
      if (open.length === 1 || here.name !== closes)
        refuse(`line ${lineAt(from)}: </${shortened(closes)}> closes what is not open`);
      open.pop();
      here.text = here.text.trim();
    } else if (opens !== undefined) {
      if (++elements > ELEMENTS_MAX) refuse(`at most ${ELEMENTS_MAX} elements`);
      const line = lineAt(from);
      const element: Open = { name: opens, attributes: attributesOf(rest, line), children: [], text: "", line };
      here.children.push(element);
      if (isEmpty === "") open.push(element);
      if (open.length > DEPTH_MAX) refuse(`line ${line}: at most ${DEPTH_MAX} elements inside one another`);
    }
  }
  if (open.length > 1) refuse(`line ${open.at(-1)!.line}: <${shortened(open.at(-1)!.name)}> is not closed`);
  const [root, ...others] = top.children;
  if (root === undefined || others.length > 0 || top.text.trim() !== "") return refuse("line 1: this is no XML");
  return root;
}

/** The first child of a name; refused with the element's line when there is none. */
export const childOf = (element: Element, name: string): Element =>
  element.children.find((child) => child.name === name) ??
  refuse(`line ${element.line}: <${element.name}> has no <${name}>`);

/** Children of a name inside a list that may be missing. */
export const listOf = (element: Element, list: string, name: string): readonly Element[] =>
  element.children
    .filter((child) => child.name === list)
    .flatMap(({ children }) => children.filter((child) => child.name === name));

function attributesOf(text: string, line: number): ReadonlyMap<string, string> {
  const found = [...text.matchAll(ATTRIBUTE)];
  return new Map(found.map(([, name = "", double, single]) => [name, plain(double ?? single ?? "", line)]));
}

const NAMED: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

/** Text with its five named entities resolved; no other is known. */
const plain = (text: string, line: number): string =>
  text.replaceAll(
    /&([^;\s]*);?/g,
    (whole, name: string) => NAMED.get(name) ?? refuse(`line ${line}: "${shortened(whole)}" is not known`),
  );

/** A function that says on which line a place is; places are asked in ascending order. */
function openLines(text: string): (at: number) => number {
  let line = 1;
  let seen = 0;
  return (at) => {
    for (; seen < at; seen++) if (text.charCodeAt(seen) === 10) line += 1;
    return line;
  };
}

/** A text as it stands in XML. */
export const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
