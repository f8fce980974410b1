import { catalogue, type Operation } from "@hourwright/contract";

/** The formatter's. */
const WIDTH = 120;

/** The zod-free table that the typed client reads: method and path of each public operation. */
export function printClientTable(): string {
  const rows = (Object.entries(catalogue) as [string, Operation][])
    .filter(([, entry]) => entry.internal !== true)
    .map(([id, entry]) => {
      const marks = [
        ...(entry.upload === undefined ? [] : [`upload: "${entry.upload.mediaType}"`]),
        ...(entry.mayLast ? ["mayLast: true"] : []),
      ];
      const parts = [
        `"${entry.method}"`,
        `"${entry.path}"`,
        ...(marks.length === 0 ? [] : [`{ ${marks.join(", ")} }`]),
      ];
      const line = `  "${id}": [${parts.join(", ")}],`;
      return line.length <= WIDTH ? line : [`  "${id}": [`, ...parts.map((part) => `    ${part},`), "  ],"].join("\n");
    });
  return [
    "// Printed from the catalogue by tools/generate/run.ts. Change packages/contract instead.",
    "export const table = {",
    ...rows,
    "} as const;",
    "",
  ].join("\n");
}
