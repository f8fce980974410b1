import { useEffect, useState } from "react";
import type { Call } from "@hourwright/client";
import { api, type Answer } from "./api.ts";
import { useAsked, type Asked } from "./office.ts";
import { noticeSignedOut } from "./session.ts";
import { onYears } from "./years.ts";

// Rules of the organisation: what a new one would find, and which do not hold.

export type Constraint = Answer<"constraints.list">["items"][number];
export type Parameter = Constraint["parameters"][number];
export type Rule = Answer<"rules.list">["items"][number];
/** A team or a service: what a rule may hold for, by its name. */
export type Named = Pick<Answer<"teams.list">["items"][number], "id" | "name">;
export type Breach = Answer<"rules.broken">["items"][number];
export type Trial = Answer<"rules.try">;
export type NewRule = Call<"rules.try">["body"]["rule"];

/** So long nothing more is typed before a rule is tried: each trial reads a year. */
const PAUSE_MS = 500;

/** The teams of the organisation; none until they are read, and where they cannot be: a rule can do without. */
export const useTeams = (): readonly Named[] => useNamed("teams.list");

/** What can be booked, in the same way. */
export const useServices = (): readonly Named[] => useNamed("services.list");

/** A skill that rules may need, with what its levels are called. */
export type Skill = Pick<Answer<"skills.list">["items"][number], "id" | "name" | "levels">;

/** The skills of the organisation; null until they are read, and where they cannot be. */
export function useSkills(): readonly Skill[] | null {
  const asked = useAsked("skills.list", {});
  return asked.status === "ready" ? asked.value.items : null;
}

function useNamed(list: "teams.list" | "services.list"): readonly Named[] {
  const [named, setNamed] = useState<readonly Named[]>([]);
  useEffect(() => {
    let isOver = false;
    api(list, {}).then(({ items }) => isOver || setNamed(items), noticeSignedOut);
    return () => {
      isOver = true;
    };
  }, [list]);
  return named;
}

/** What a rule would find in the year ahead, asked a moment after it was last changed; null while there is no rule to try. */
export function useTrial(rule: NewRule | null, replaces: string | null): Asked<Trial> | null {
  const [tried, setTried] = useState<{ readonly key: string; readonly result: Asked<Trial> } | null>(null);
  const key = rule === null ? null : JSON.stringify({ rule, replaces });
  useEffect(() => {
    if (key === null) return;
    let isOver = false;
    const settle = (result: Asked<Trial>) => isOver || setTried({ key, result });
    const ask = () =>
      void api("rules.try", { body: JSON.parse(key) as { rule: NewRule; replaces: string | null } }).then(
        (value) => settle({ status: "ready", value }),
        (error: unknown) => {
          noticeSignedOut(error);
          settle({ status: "failed", error });
        },
      );
    const timer = setTimeout(ask, PAUSE_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [key]);
  if (key === null) return null;
  return tried?.key === key ? tried.result : { status: "loading" };
}

/** What breaks rules in a window; null where no rule is set. */
export type Standing = Answer<"rules.broken"> | null;

/** Which rules do not hold between two instants, asked again when what is planned has changed. */
export function useStanding(start: string, end: string): Asked<Standing> {
  const [asked, setAsked] = useState<{ readonly key: string; readonly result: Asked<Standing> } | null>(null);
  const key = `${start} ${end}`;
  useEffect(() => {
    let latest = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = () => {
      const own = ++latest;
      const settle = (result: Asked<Standing>) => own === latest && setAsked({ key: `${start} ${end}`, result });
      readStanding(start, end).then(
        (value) => settle({ status: "ready", value }),
        (error: unknown) => {
          noticeSignedOut(error);
          settle({ status: "failed", error });
        },
      );
    };
    const forget = onYears(() => {
      clearTimeout(timer);
      timer = setTimeout(read, PAUSE_MS);
    });
    read();
    return () => {
      latest++;
      clearTimeout(timer);
      forget();
    };
  }, [start, end]);
  return asked?.key === key ? asked.result : { status: "loading" };
}

async function readStanding(start: string, end: string): Promise<Standing> {
  const standing = await api("rules.broken", { query: { start, end } });
  return standing.asked === 0 ? null : standing;
}
