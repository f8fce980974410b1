import { useState } from "react";
import { RequestFailed } from "@hourwright/client";
import { change, changeOrSay, type Refusal as Refused } from "../../data/office.ts";
import { dayOfText } from "../../data/roster.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Sheet } from "../../shell/section.tsx";
import { Button } from "../../ui/button.tsx";
import { Choice } from "../../ui/field.tsx";
import styles from "./leagues.module.css";
import type { League } from "./model.ts";
import { useLeagueWords } from "./use-league-words.ts";

const ALL = "all";

/** Makes the rounds events of the league's calendar, or takes them out of it: said beforehand, one deliberate act. */
export function PublishSheet({ league, onClose }: { readonly league: League; readonly onClose: () => void }) {
  const words = useLeagueWords();
  const { publisher: text } = words;
  const { words: all } = useOfficeLanguage();
  const [upTo, setUpTo] = useState(ALL);
  const coming = league.rounds.filter(({ played }) => !played).map(({ round }) => round);
  const rounds = upTo === ALL ? [] : coming.filter((round) => round <= Number(upTo));
  const isIn = (round: number) => (upTo === ALL ? coming : rounds).includes(round);
  const fixtures = league.fixtures.filter(({ round }) => isIn(round));
  const isNew = fixtures.filter(({ eventId }) => eventId === null).length;
  const noVenue = fixtures.filter(({ venueId }) => venueId === null).length;
  const call = { params: { id: league.id }, body: { rounds }, ifMatch: league.version };
  const told = (said: string) => ({ said, offline: all.failures.network, isUndoable: true });
  const send = () => change("leagues.publish", call, told(text.done(league.name)));
  const takeBack = async () => {
    const changed = await changeOrSay("leagues.takeBack", call, told(text.takenBack(league.name)));
    if (changed.refused === null) onClose();
  };
  return (
    <Sheet
      title={text.title(league.name)}
      submit={text.do}
      onSubmit={send}
      onClose={onClose}
      beside={league.publishedCount > 0 && <Button onPress={() => void takeBack()}>{text.takeBack}</Button>}
    >
      {(refused) => (
        <>
          <p className={styles.quiet}>{text.explain}</p>
          <Choice
            label={text.rounds}
            value={upTo}
            isFirst
            options={[
              { value: ALL, label: text.all },
              ...coming.map((round) => ({ value: String(round), label: text.upTo(round) })),
            ]}
            onChange={setUpTo}
          />
          <ul className={styles.sentences}>
            <li>{text.count(isNew)}</li>
            {noVenue > 0 && <li>{text.noVenue(noVenue)}</li>}
            {league.score.hard > 0 && <li className={styles.bad}>{text.hard(league.score.hard)}</li>}
          </ul>
          <Nearest refused={refused} />
        </>
      )}
    </Sheet>
  );
}

type Taken = {
  readonly fixtureId: string;
  readonly name: string;
  readonly nearest: { readonly day: string; readonly kickOff: string } | null;
};
const NEAREST_SHOWN = 8;

/** When the grounds that are taken would be free. */
function Nearest({ refused }: { readonly refused: Refused | null }) {
  const { publisher: text } = useLeagueWords();
  const { format } = useOfficeLanguage();
  if (refused?.code !== "leagues/venue-taken" || !(refused.error instanceof RequestFailed)) return null;
  const taken = (refused.error.problem?.["taken"] ?? []) as readonly Taken[];
  const free = taken.filter(({ nearest }) => nearest !== null).slice(0, NEAREST_SHOWN);
  if (free.length === 0) return null;
  return (
    <ul className={styles.sentences}>
      {free.map(({ fixtureId, name, nearest }) => (
        <li key={fixtureId}>{text.nearest(name, format.dayShort(dayOfText(nearest!.day) ?? 0), nearest!.kickOff)}</li>
      ))}
    </ul>
  );
}
