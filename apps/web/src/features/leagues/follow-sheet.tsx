import { useState } from "react";
import { FollowedAddress } from "../../shell/followed-address.tsx";
import { useFollowWords } from "../../shell/use-follow-words.ts";
import { Choice } from "../../ui/field.tsx";
import { Modal } from "../../ui/modal.tsx";
import type { League } from "./model.ts";

const ALL = "all";

/** The league in other calendars: all of it, or one team's fixtures. */
export function FollowSheet({ league, onClose }: { readonly league: League; readonly onClose: () => void }) {
  const text = useFollowWords();
  const [of, setOf] = useState(ALL);
  const teamId = of === ALL ? null : of;
  const options = [
    { value: ALL, label: text.all },
    ...league.teams.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <Modal title={`${league.name}: ${text.title}`} onClose={onClose}>
      <Choice label={text.of} value={of} options={options} onChange={setOf} />
      <FollowedAddress key={of} what={{ kind: "league", leagueId: league.id, teamId }} />
    </Modal>
  );
}
