import { newProperty, PARAMETERS_MAX, type Parameter } from "../content-line.ts";
import { DEPTH_MAX } from "../parse.ts";
import { newComponent, type Component, type Property } from "../tree.ts";
import { propertyType } from "./property-types.ts";
import { writeParts, writeValue } from "./write-value.ts";

/** Why a JSON is not jCal: `pointer` (RFC 6901) says where. */
export type JCalRefusal = { readonly code: "jcal-malformed"; readonly pointer: string; readonly message: string };

export type FromJCal =
  | { readonly component: Component; readonly refused?: undefined }
  | { readonly refused: JCalRefusal; readonly component?: undefined };

/** Values of one property; the longest lists are those of EXDATE and RDATE. */
export const JCAL_VALUES_MAX = 100_000;
/** As the scanner takes them. */
const NAME = /^[A-Z0-9._/-]{1,255}$/;
const COMPONENT_NAME = /^[A-Z0-9-]{1,64}$/;

/**
 * The component that a jCal (RFC 7265) describes, or why it describes none; `pointer` says where it stands itself. VALUE is written where the type is not
 * the default of its property. Components lie at most `DEPTH_MAX` deep. Linear.
 */
export function fromJCal(json: unknown, pointer = ""): FromJCal {
  try {
    return { component: componentFrom(json, pointer, 1) };
  } catch (cause) {
    if (cause instanceof Malformed) {
      return { refused: { code: "jcal-malformed", pointer: cause.pointer, message: cause.message } };
    }
    throw cause;
  }
}

/** The property that a jCal property describes, or why it describes none. */
export function propertyFromJCal(
  json: unknown,
  pointer = "",
): { readonly property: Property; readonly refused?: undefined } | { readonly refused: JCalRefusal } {
  try {
    return { property: propertyFrom(json, pointer) };
  } catch (cause) {
    if (cause instanceof Malformed) {
      return { refused: { code: "jcal-malformed", pointer: cause.pointer, message: cause.message } };
    }
    throw cause;
  }
}

/** What a jCal can fail on; thrown and caught within this file alone. */
class Malformed extends Error {
  readonly pointer: string;

  constructor(pointer: string, message: string) {
    super(message);
    this.pointer = pointer;
  }
}

function componentFrom(json: unknown, pointer: string, depth: number): Component {
  if (depth > DEPTH_MAX) throw new Malformed(pointer, `Components lie at most ${DEPTH_MAX} deep.`);
  if (!Array.isArray(json) || json.length !== 3) {
    throw new Malformed(pointer, "A component is an array of a name, its properties and its components.");
  }
  const [given, properties, components] = json as unknown[];
  const name = typeof given === "string" ? given.toUpperCase() : "";
  if (!COMPONENT_NAME.test(name))
    throw new Malformed(`${pointer}/0`, "A component needs a name of letters and digits.");
  if (!Array.isArray(properties)) throw new Malformed(`${pointer}/1`, "The properties are an array.");
  if (!Array.isArray(components)) throw new Malformed(`${pointer}/2`, "The components are an array.");
  return newComponent(name, [
    ...properties.map((each, i) => propertyFrom(each, `${pointer}/1/${i}`)),
    ...components.map((each, i) => componentFrom(each, `${pointer}/2/${i}`, depth + 1)),
  ]);
}

function propertyFrom(json: unknown, pointer: string): Property {
  if (!Array.isArray(json) || json.length < 4) {
    throw new Malformed(pointer, "A property is an array of a name, its parameters, a type, and at least one value.");
  }
  if (json.length - 3 > JCAL_VALUES_MAX) {
    throw new Malformed(pointer, `A property has at most ${JCAL_VALUES_MAX} values, not ${json.length - 3}.`);
  }
  const [given, parameters, givenType, ...values] = json as unknown[];
  const name = typeof given === "string" ? given.toUpperCase() : "";
  if (!NAME.test(name) || name === "BEGIN" || name === "END") {
    throw new Malformed(`${pointer}/0`, "A property needs a name of letters and digits.");
  }
  const type = typeof givenType === "string" ? givenType.toLowerCase() : "";
  if (!NAME.test(type.toUpperCase())) throw new Malformed(`${pointer}/2`, "A property needs the name of a type.");
  const written = parametersFrom(parameters, `${pointer}/1`);
  const known = propertyType(name);
  const isNamed = type !== "unknown" && (type !== known?.type || known.namesType);
  if (isNamed) written.unshift({ name: "VALUE", values: [type.toUpperCase()] });
  return newProperty(name, written, textOf(name, type, values, pointer));
}

function textOf(name: string, type: string, values: readonly unknown[], pointer: string): string {
  const isParts = propertyType(name)?.shape === "parts";
  const texts = values.map((value, i) => {
    const text = isParts ? writeParts(type, value) : writeValue(type, value);
    if (text === null) throw new Malformed(`${pointer}/${i + 3}`, `This is no value of the type ${type}.`);
    return text;
  });
  return texts.join(",");
}

function parametersFrom(json: unknown, pointer: string): Parameter[] {
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw new Malformed(pointer, "The parameters are an object.");
  }
  const entries = Object.entries(json) as [string, unknown][];
  if (entries.length > PARAMETERS_MAX) {
    throw new Malformed(pointer, `A property has at most ${PARAMETERS_MAX} parameters, not ${entries.length}.`);
  }
  return entries.map(([key, value]) => {
    const name = key.toUpperCase();
    const at = `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    if (!NAME.test(name)) throw new Malformed(at, "A parameter needs a name of letters and digits.");
    if (name === "VALUE") throw new Malformed(at, "The type of a property says what VALUE would say.");
    const values: unknown[] = Array.isArray(value) ? value : [value];
    if (values.every((each) => typeof each === "string")) return { name, values };
    throw new Malformed(at, "A parameter is a text or an array of texts.");
  });
}
