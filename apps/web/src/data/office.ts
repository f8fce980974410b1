import { useEffect, useState } from "react";
import { RequestFailed, type Answer, type Call, type OperationName } from "@hourwright/client";
import { api, isOffline, sentenceOf, wordsOf } from "./api.ts";
import { askedAgain, forgetUnanswered } from "./asked-again.ts";
import { remember, say } from "./history.ts";
import { loadDirectory, noticeSignedOut, readSession } from "./session.ts";
import { useStore } from "./store.ts";
import { freshness, readAgain, whileRead } from "./freshness.ts";

// What the places without a year ask the server: lists that are read again when something was changed.

export type Organisation = Answer<"organisation.read">;
export type Invitation = Answer<"invitations.list">["items"][number];
export type Feed = Answer<"feeds.list">["items"][number];
export type Pool = Answer<"pools.list">["items"][number];
export type Holiday = Answer<"holidays.list">["items"][number];

export type Asked<Value> =
  | { readonly status: "loading" }
  | { readonly status: "ready"; readonly value: Value }
  | { readonly status: "failed"; readonly error: unknown };

/**
 * What the server answers, read again after changes; the last answer stays while the next is on its way. `everyMs` asks
 * again by itself: for what happens on the server in its own time.
 */
export function useAsked<Name extends OperationName>(
  name: Name,
  call: Call<Name>,
  everyMs: number | null = null,
): Asked<Answer<Name>> {
  const version = useStore(freshness, (state) => state.version);
  const [turn, setTurn] = useState(0);
  const [asked, setAsked] = useState<{ readonly key: string; readonly result: Asked<Answer<Name>> } | null>(null);
  const key = JSON.stringify([name, call]);
  const asking = JSON.stringify([name, call, version, turn]);
  useEffect(() => {
    let isOver = false;
    const [asksFor, given] = JSON.parse(asking) as [Name, Call<Name>];
    const key = JSON.stringify([asksFor, given]);
    whileRead(api(asksFor, given)).then(
      (value) => isOver || setAsked({ key, result: { status: "ready", value } }),
      (error: unknown) => {
        noticeSignedOut(error);
        if (!isOver) setAsked({ key, result: { status: "failed", error } });
      },
    );
    return () => void (isOver = true);
  }, [asking]);
  useEffect(() => {
    if (everyMs === null) return;
    const timer = setInterval(() => document.visibilityState === "visible" && setTurn((before) => before + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return asked !== null && asked.key === key ? asked.result : { status: "loading" };
}

/** Why a change was refused: its code, for the field it is about, and a sentence. */
export type Refusal = {
  readonly code: string;
  /** For who shows more of it than a sentence. */
  readonly error: unknown;
  readonly sentence: string;
  /** Nobody answered: it may be tried again as it is. */
  readonly isUnanswered: boolean;
};

export type Changed<Value> =
  | { readonly value: Value; readonly refused: null }
  | { readonly value: null; readonly refused: Refusal };

/**
 * Changes something, says so with a way back where the server has one, and has lists read again. A refusal is answered
 * in the server's own words; `offline` is what to say when nobody answers.
 */
export async function change<Name extends OperationName>(
  name: Name,
  call: Call<Name>,
  told: { readonly said: string | null; readonly offline: string; readonly isUndoable?: boolean },
): Promise<Changed<Answer<Name>>> {
  try {
    const { value, requestId } = await askedAgain([name, call], (idempotencyKey) =>
      api.full(name, { ...call, idempotencyKey }),
    );
    if (name.endsWith(".remove")) forgetUnanswered();
    if (told.said !== null) {
      if (told.isUndoable === true && requestId !== null)
        remember({ requestIds: [requestId], summary: told.said }, `${told.said}.`);
      else say(`${told.said}.`);
    }
    readAgain();
    void loadDirectory().catch(noticeSignedOut);
    if (name === "organisation.update") void readSession(); // Its zone and week are those of every page.
    return { value, refused: null };
  } catch (error) {
    noticeSignedOut(error);
    const code = error instanceof RequestFailed ? (error.problem?.code ?? "") : "";
    return {
      value: null,
      refused: { code, error, sentence: sentenceOf(error, told.offline), isUnanswered: isOffline(error) },
    };
  }
}

/** Changes something from where there is no form to say a refusal in: the bar says it. */
export async function changeOrSay<Name extends OperationName>(
  ...asked: Parameters<typeof change<Name>>
): Promise<Changed<Answer<Name>>> {
  const changed = await change(...asked);
  if (changed.refused !== null) say(changed.refused.sentence);
  return changed;
}

/** One attempt of many at the same time: what came back. */
export type Attempt =
  | { readonly kind: "won"; readonly requestId: string | null; readonly tookMs: number }
  | {
      readonly kind: "refused";
      readonly sentence: string;
      readonly alternatives: readonly string[];
      readonly tookMs: number;
    }
  | { readonly kind: "failed"; readonly sentence: string; readonly tookMs: number };

/** Asks for one hour of one thing, insisting on nothing, and says how it went. Never throws. */
export async function attempt(body: Call<"events.create">["body"], offline: string): Promise<Attempt> {
  const from = performance.now();
  const took = () => Math.round(performance.now() - from);
  try {
    const { requestId } = await api.full("events.create", { body });
    return { kind: "won", requestId, tookMs: took() };
  } catch (error) {
    const problem = error instanceof RequestFailed ? error.problem : null;
    if (problem?.code !== "claims/taken")
      return { kind: "failed", sentence: sentenceOf(error, offline), tookMs: took() };
    const suggestions = (problem["suggestions"] ?? []) as readonly {
      readonly moves: readonly { readonly start: string }[];
    }[];
    const alternatives = suggestions.flatMap(({ moves }) => moves[0]?.start ?? []);
    return { kind: "refused", sentence: wordsOf(problem), alternatives, tookMs: took() };
  }
}

/** Takes one request back, without a word. */
export async function takeBack(requestId: string): Promise<boolean> {
  try {
    await api("requests.undo", { params: { id: requestId } });
    return true;
  } catch {
    return false;
  }
}
