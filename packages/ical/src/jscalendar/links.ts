// ATTACH, IMAGE, LINK and URL as links (RFC 8984 §1.4.11).

import type { JCalParameters, JCalProperty } from "../jcal/jcal.ts";
import { Ids } from "./ids.ts";
import { setMember, step, type Draft, type JsonObject } from "./json.ts";
import { oneParameter, parametersBut, textIn, type ComponentReader } from "./reader.ts";
import { textMember, type ComponentWriter } from "./writer.ts";

const NAMES = ["attach", "image", "link", "url"] as const;

/** Parameters that are members of a link. */
const TEXTS = [
  ["fmttype", "contentType"],
  ["label", "title"],
  ["linkrel", "rel"],
] as const;

const DISPLAYS = new Set(["BADGE", "GRAPHIC", "FULLSIZE", "THUMBNAIL"]);

export function readLinks(reader: ComponentReader): void {
  const links: Draft = {};
  const ids = new Ids();
  for (const property of reader.take(...NAMES)) {
    const [name, parameters, type] = property;
    const href = hrefOf(property);
    if (href === null) {
      reader.keep(property);
      continue;
    }
    const id = ids.asked(oneParameter(parameters, "jsid"), name, href);
    const link: Draft = { "@type": "Link", href };
    const used = ["jsid"];
    for (const [parameter, member] of TEXTS) {
      const text = oneParameter(parameters, parameter);
      if (text === null) continue;
      link[member] = text;
      used.push(parameter);
    }
    const size = oneParameter(parameters, "size");
    if (size !== null && /^(?:0|[1-9]\d{0,14})$/.test(size)) {
      link["size"] = Number(size);
      used.push("size");
    }
    const display = oneParameter(parameters, "display");
    if (display !== null && DISPLAYS.has(display)) {
      link["display"] = display.toLowerCase();
      used.push("display");
    }
    setMember(links, id, link);
    const rest =
      type === "binary"
        ? { ...parametersBut(parameters, ...used, "encoding"), value: "BINARY" }
        : parametersBut(parameters, ...used);
    reader.note(`links/${step(id)}/href`, { name, parameters: rest });
  }
  if (Object.keys(links).length > 0) reader.js["links"] = links;
}

/** The address of a link; what stands in the file itself becomes a `data:` address. */
function hrefOf(property: JCalProperty): string | null {
  const text = textIn(property);
  const [, parameters, type] = property;
  if (text === null || text === "") return null;
  if (type === "uri") return text;
  const isBase64 = type === "binary" && oneParameter(parameters, "encoding")?.toUpperCase() === "BASE64";
  return isBase64 ? `${dataHead(oneParameter(parameters, "fmttype"))}${text}` : null;
}

function dataHead(contentType: string | null): string {
  return `data:${contentType ?? ""};base64,`;
}

export function writeLinks(writer: ComponentWriter): void {
  const ids = new Ids();
  for (const [id, link] of writer.objects("links")) {
    const href = textMember(link, "href");
    if (href === null) continue;
    const note = writer.note(`links/${step(id)}/href`);
    const name = NAMES.find((each) => each === note.name) ?? "link";
    const jsid: JCalParameters = ids.asked(null, name, href) === id ? {} : { jsid: id };
    const { value, ...rest } = note.parameters;
    const parameters = { ...parametersFrom(link), ...rest, ...jsid };
    const head = dataHead(textMember(link, "contentType"));
    if (value === "BINARY" && href.startsWith(head)) {
      writer.add(name, { ...parameters, encoding: "BASE64" }, "binary", href.slice(head.length));
    } else writer.add(name, parameters, "uri", href);
  }
}

function parametersFrom(link: JsonObject): JCalParameters {
  const parameters: Record<string, string> = {};
  for (const [parameter, member] of TEXTS) {
    const text = textMember(link, member);
    if (text !== null) parameters[parameter] = text;
  }
  if (typeof link["size"] === "number") parameters["size"] = String(link["size"]);
  const display = textMember(link, "display");
  if (display !== null) parameters["display"] = display.toUpperCase();
  return parameters;
}
