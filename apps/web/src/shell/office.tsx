import { lazy, Suspense, useEffect } from "react";
import type { Me } from "../data/api.ts";
import { followChanges } from "../data/changes.ts";
import { readAgain } from "../data/freshness.ts";
import { loadDirectory, noticeSignedOut, readSession } from "../data/session.ts";
import { redoLast, undoLast, type Done } from "../data/history.ts";
import { useLanguage } from "../messages/index.tsx";
import { parseAddress } from "./address.ts";
import type { InsidePlace } from "./places.ts";
import { Fetching } from "./fetching.tsx";
import { Rail } from "./rail.tsx";
import styles from "./shell.module.css";
import { useTheme } from "./theme.ts";
import { UndoBar } from "./undo-bar.tsx";
import { useAddress, walk } from "./use-address.ts";
import { useNow } from "./use-now.ts";
import { useShortcuts } from "./use-shortcuts.ts";
import { useToday } from "./use-today.ts";

const Team = lazy(() => import("../features/team/team.tsx"));
const Staff = lazy(() => import("../features/staff/staff.tsx"));
const Leagues = lazy(() => import("../features/leagues/leagues.tsx"));
const Settings = lazy(() => import("../features/settings/settings.tsx"));
const Bookings = lazy(() => import("../features/bookings/bookings.tsx"));
const Approvals = lazy(() => import("../features/approvals/approvals.tsx"));
const Proof = lazy(() => import("../features/proof/proof.tsx"));

/** The places behind the door that have no year: the same rail and the same way back, and the whole width. */
export default function Office(props: {
  readonly me: Me;
  readonly place: InsidePlace;
  readonly rest: string;
  readonly isLocked: boolean;
}) {
  const { me, place, rest, isLocked } = props;
  const { zone } = me.organisation;
  const { words } = useLanguage();
  const today = useToday(zone, useNow());
  const [, go] = useAddress(today.year);
  useTheme();
  useEffect(() => {
    loadDirectory().catch(noticeSignedOut);
    return followChanges(zone);
  }, [zone]);

  const reload = async () => {
    readAgain();
    await readSession();
    await loadDirectory().catch(noticeSignedOut);
  };
  useShortcuts(
    isLocked
      ? {}
      : {
          y: () => go({ place: "year" }),
          w: () => go({ place: "week" }),
          d: () => go({ place: "day" }),
          m: () => walk("/team"),
          "Mod+z": () => void undoLast(words, reload),
          "Mod+Shift+z": () => void redoLast(words, reload),
          "Mod+y": () => void redoLast(words, reload),
          Escape: () => go({ place: "year" }),
        },
  );
  return (
    <div className={styles.shell} data-place={place} inert={isLocked}>
      <Rail address={parseAddress("/", today.year)} go={go} office={place} />
      <main className={styles.office} data-state="ready">
        <Suspense fallback={<Fetching />}>
          {place === "team" && <Team me={me} />}
          {place === "staff" && <Staff me={me} />}
          {place === "leagues" && <Leagues me={me} />}
          {place === "settings" && (
            <Settings me={me} section={rest} onSection={(section) => walk(`/settings/${section}`)} />
          )}
          {place === "bookings" && <Bookings me={me} part={rest} onPart={(part) => walk(`/bookings/${part}`)} />}
          {place === "approvals" && <Approvals me={me} part={rest} onPart={(part) => walk(`/approvals/${part}`)} />}
          {place === "proof" && <Proof me={me} />}
        </Suspense>
      </main>
      <UndoBar onUndo={(done: Done) => void undoLast(words, reload, done)} />
    </div>
  );
}
