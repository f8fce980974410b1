import { useEffect, useState } from "react";
import { api, sentenceOf, type Answer } from "./api.ts";
import { noticeSignedOut } from "./session.ts";
import { onYears } from "./years.ts";

export type Resolution = Answer<"conflicts.resolved">["items"][number];

/** What repairs have put right, as far as it was asked for. */
export type Resolved = {
  readonly status: "loading" | "ready" | "failed";
  readonly items: readonly Resolution[];
  readonly sentence: string;
  /** Reads on; null at the end. */
  readonly more: (() => void) | null;
};

const PAGE = 50;

/** Reads the first page, and again when what is planned has changed; more of it when asked. */
export function useResolved(): Resolved {
  const [state, setState] = useState<Omit<Resolved, "more"> & { readonly cursor: string | null }>({
    status: "loading",
    items: [],
    sentence: "",
    cursor: null,
  });
  useEffect(() => {
    let latest = 0;
    const read = () => {
      const own = ++latest;
      void readPage(null).then((page) => {
        if (own === latest) setState(page);
      });
    };
    read();
    const forget = onYears(read);
    return () => {
      forget();
      latest++;
    };
  }, []);
  const { cursor, ...shown } = state;
  const more = () =>
    void readPage(cursor).then((page) => setState((before) => ({ ...page, items: [...before.items, ...page.items] })));
  return { ...shown, more: cursor === null ? null : more };
}

async function readPage(cursor: string | null) {
  try {
    const query = { limit: PAGE, ...(cursor === null ? {} : { cursor }) };
    const { items, nextCursor } = await api("conflicts.resolved", { query });
    return { status: "ready" as const, items, sentence: "", cursor: nextCursor };
  } catch (error) {
    noticeSignedOut(error);
    return { status: "failed" as const, items: [], sentence: sentenceOf(error, ""), cursor };
  }
}
