import type { Answer } from "@hourwright/client";
import type { Messages } from "../messages/index.tsx";
import type { LanguageName } from "../messages/language.ts";

type Language = { readonly words: Pick<Messages, "opening">; readonly locale: LanguageName };
type Closed = Answer<"conflicts.whyNot">["closed"][number]["because"];
type Layer = Answer<"availability.read">["parts"][number]["layer"];

/** Which layer of opening times decides, in the reader's language: “public holiday in Bavaria (Assumption Day)”. */
export function printLayer(layer: Layer, isOpen: boolean, { words, locale }: Language): string {
  const { opening } = words;
  if (layer === null) return opening.nobody;
  const name = layer.names[locale] ?? layer.name;
  switch (layer.kind) {
    case "weeks": {
      const hours = name === "" ? opening.usual : name;
      return isOpen ? hours : opening.outside(hours);
    }
    case "days":
      return name === "" ? opening.day : name;
    case "away":
      return layer.reason === null ? opening.away : opening.awayFor(layer.reason);
    case "holidays":
      return opening.holiday(name, layer.regionNames[locale] ?? layer.region ?? "");
    case "day":
      return name;
    case "contract":
      return isOpen ? opening.contract : opening.beyondContract;
    case "any":
      return opening.any;
  }
}

/** Why somebody is closed. Of a contract it is told whether they have time off, and not which shift was not theirs. */
export function printClosed({ layer, isAway }: Closed, language: Language): string {
  return isAway && layer?.kind !== "away" ? language.words.opening.away : printLayer(layer, false, language);
}
