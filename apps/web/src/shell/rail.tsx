import { memo, type MouseEvent } from "react";
import { useLanguage } from "../messages/index.tsx";
import { Icon } from "../ui/icon.tsx";
import { Mark } from "../ui/mark.tsx";
import { STACKED, useMedia } from "../ui/use-media.ts";
import type { InsidePlace } from "./places.ts";
import { printAddress, type Address } from "./address.ts";
import { walk, type Go } from "./use-address.ts";
import styles from "./shell.module.css";

const PLACES = ["year", "week", "conflicts"] as const;
/** On a phone the day comes first, and has no other way in. */
const PLACES_STACKED = ["year", "day", "week", "conflicts"] as const;

/** The places there are: a rail at the side, a bar at the foot of a phone. */
export const Rail = memo(function Rail(props: {
  readonly address: Address;
  readonly go: Go;
  /** A place without a year, where one is in one. */
  readonly office?: InsidePlace | null;
}) {
  const { address, go, office = null } = props;
  const { words } = useLanguage();
  const isStacked = useMedia(STACKED);
  const here = address.place === "day" && !isStacked ? "week" : address.place;
  const follow = (event: MouseEvent, place: Address["place"]) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return; // A new tab is the browser's.
    event.preventDefault();
    go({ place });
  };
  const open = (event: MouseEvent, path: string) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    walk(path);
  };
  return (
    <nav className={styles.rail} aria-label={words.rail.label}>
      <div className={styles.mark} aria-hidden="true">
        <Mark />
      </div>
      {(isStacked ? PLACES_STACKED : PLACES).map((place) => (
        <a
          key={place}
          href={printAddress({ ...address, place })}
          aria-current={office === null && here === place ? "page" : undefined}
          onClick={(event) => follow(event, place)}
        >
          <Icon name={place} size={19} />
          {words.places[place]}
        </a>
      ))}
      {(["team", "bookings", "settings"] as const).map((place) => (
        <a
          key={place}
          className={place === "settings" ? styles.foot : undefined}
          href={`/${place}`}
          aria-current={
            office === place || ((office === "staff" || office === "leagues") && place === "team") ? "page" : undefined
          }
          onClick={(event) => open(event, `/${place}`)}
        >
          <Icon name={place === "team" ? "people" : place} size={19} />
          {words.places[place]}
        </a>
      ))}
    </nav>
  );
});
