import type { Handlers } from "../operations/dispatcher.ts";
import { lastSeq, readChanges } from "./read.ts";

export const changeOperations: Handlers<"changes.list"> = {
  "changes.list": ({ query }, context) =>
    context.read(async (unit) => {
      const { changes, nextSince } = await readChanges(unit, query);
      return {
        items: changes.map(({ seq, at, kind, thing, collectionId, fields, actor, requestId }) => ({
          seq,
          at: at.toString(),
          kind,
          type: thing.type,
          id: thing.id,
          collectionId,
          fields: [...fields],
          actor: actor.label,
          requestId,
        })),
        nextCursor: nextSince === null ? null : String(nextSince),
        latest: await lastSeq(unit),
      };
    }),
};
