import type { Calibration } from "./calibrate.ts";
import { FEATURE_COUNT, SCHEMA } from "./features/vector.ts";
import type { Model } from "./model.ts";
import { SIZES, type Layer } from "./network/network.ts";
import { LABELS } from "./outputs.ts";

const MODEL_FORMAT = "hourwright-model";
const MODEL_VERSION = 1;
export const MODEL_CHARACTERS_MAX = 1_000_000;

/** A model as text: JSON, with columns of numbers as 32-bit little-endian in base64. About 95 KB. */
export function printModel({ schema, centre, network, calibration }: Model): string {
  return `${JSON.stringify({
    format: MODEL_FORMAT,
    version: MODEL_VERSION,
    schema,
    centre: { means: printColumn(centre.means), spreads: printColumn(centre.spreads) },
    layers: network.map(({ weights, biases }) => ({ weights: printColumn(weights), biases: printColumn(biases) })),
    calibration,
  })}\n`;
}

/** The model of a text, whole; `refused` is a sentence that says what it is not [LN2]. */
export function parseModel(text: string): Model | { readonly refused: string } {
  if (text.length > MODEL_CHARACTERS_MAX) return { refused: `It is longer than ${MODEL_CHARACTERS_MAX} characters.` };
  let given: Given;
  try {
    given = JSON.parse(text) as Given;
  } catch {
    return { refused: "It is no JSON." };
  }
  if (given?.format !== MODEL_FORMAT || given.version !== MODEL_VERSION)
    return { refused: `It is no ${MODEL_FORMAT} of version ${MODEL_VERSION}.` };
  if (given.schema?.hash !== SCHEMA.hash)
    return {
      refused:
        `It was made for other features (schema ${String(given.schema?.version)}, ${String(given.schema?.hash).slice(0, 12)}); ` +
        `these are schema ${SCHEMA.version}, ${SCHEMA.hash.slice(0, 12)}. Train it anew.`,
    };
  const means = parseColumn(given.centre?.means, FEATURE_COUNT);
  const spreads = parseColumn(given.centre?.spreads, FEATURE_COUNT);
  const network = layersOf(given.layers);
  const calibration = calibrationOf(given.calibration);
  if (
    means === null ||
    spreads === null ||
    spreads.some((spread) => spread <= 0) ||
    network === null ||
    calibration === null
  )
    return { refused: "It is damaged: its numbers are not those of such a model." };
  return { schema: SCHEMA, centre: { means, spreads }, network, calibration };
}

/** What a text may hold: anything. */
type Given = {
  format?: unknown;
  version?: unknown;
  schema?: { version?: unknown; hash?: unknown };
  centre?: { means?: unknown; spreads?: unknown };
  layers?: readonly { weights?: unknown; biases?: unknown }[];
  calibration?: Partial<Calibration>;
} | null;

function layersOf(given: NonNullable<Given>["layers"]): Layer[] | null {
  if (!Array.isArray(given) || given.length !== SIZES.length - 1) return null;
  const layers: Layer[] = [];
  for (const [i, outputs] of SIZES.slice(1).entries()) {
    const inputs = SIZES[i]!;
    const weights = parseColumn(given[i]?.weights, inputs * outputs);
    const biases = parseColumn(given[i]?.biases, outputs);
    if (weights === null || biases === null) return null;
    layers.push({ inputs, outputs, weights, biases });
  }
  return layers;
}

function calibrationOf(given: Partial<Calibration> | undefined): Calibration | null {
  const { temperature, lines } = given ?? {};
  if (!Number.isFinite(temperature) || temperature! <= 0) return null;
  if (!Array.isArray(lines) || lines.length !== LABELS.length) return null;
  if (!lines.every((line) => Number.isFinite(line?.slope) && Number.isFinite(line?.shift))) return null;
  return { temperature: temperature!, lines: lines.map(({ slope, shift }) => ({ slope, shift })) };
}

function printColumn(column: Float64Array): string {
  const bytes = new DataView(new ArrayBuffer(column.length * 4));
  for (const [i, value] of column.entries()) bytes.setFloat32(i * 4, value, true);
  return new Uint8Array(bytes.buffer).toBase64();
}

/** A column of `length` finite numbers, or null. */
function parseColumn(text: unknown, length: number): Float64Array | null {
  if (typeof text !== "string") return null;
  let bytes: Uint8Array;
  try {
    bytes = Uint8Array.fromBase64(text);
  } catch {
    return null;
  }
  if (bytes.length !== length * 4) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const column = Float64Array.from({ length }, (_, i) => view.getFloat32(i * 4, true));
  return column.every(Number.isFinite) ? column : null;
}
