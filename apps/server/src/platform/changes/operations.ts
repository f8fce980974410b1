import type { Handlers } from "../operations/dispatcher.ts";
import { lastSeq, readChanges } from "./read.ts";

/** Who changed what and when is for those who may see the thing: they read it again. All members see this list. */
export const changeOperations: Handlers<"changes.list"> = {
  "changes.list": ({ query }, context) =>
    context.read(async (unit) => {
      const { changes, nextSince } = await readChanges(unit, query);
      return {
        items: changes.map(({ seq, kind, thing, fields }) => ({
          seq,
          kind,
          type: thing.type,
          id: thing.id,
          fields: [...fields],
        })),
        nextCursor: nextSince === null ? null : String(nextSince),
        latest: await lastSeq(unit),
      };
    }),
};
