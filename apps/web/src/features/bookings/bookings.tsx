import { lazy, Suspense, type MouseEvent } from "react";
import type { Me } from "../../data/api.ts";
import { directoryStore } from "../../data/session.ts";
import { useStore } from "../../data/store.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import section from "../../shell/section.module.css";
import styles from "./bookings.module.css";
import { parsed } from "./booking-sheets.tsx";
import { Customers } from "./customers.tsx";
import { DaySheet } from "./day-sheet.tsx";
import { Mail } from "./mail.tsx";
import { Packages } from "./packages.tsx";
import { PublicPage } from "./public-page.tsx";
import { RoutingPart } from "./routing.tsx";
import { Services } from "./services.tsx";
import { useBookingWords } from "./use-booking-words.ts";
import { WaitingList } from "./waiting-list.tsx";

const FiguresPart = lazy(async () => ({ default: (await import("./figures.tsx")).FiguresPart }));

const PARTS = ["day", "waiting", "customers", "services", "packages", "page", "mail", "figures"] as const;
/** What those see who run bookings, and not who only has them. */
const OF_WHO_RUNS: ReadonlySet<string> = new Set(["waiting", "customers", "packages", "mail", "figures"]);

/** What is booked, what can be booked, and where: for those who offer it. One part at a time, each with an address. */
export default function Bookings(props: {
  readonly me: Me;
  readonly part: string;
  readonly onPart: (part: string) => void;
}) {
  const { me, onPart } = props;
  const words = useBookingWords();
  const { words: all } = useOfficeLanguage();
  const directory = useStore(directoryStore, (store) => store.directory);
  const mayRule = me.role === "owner" || me.role === "administrator";
  const parts = PARTS.filter((name) => !OF_WHO_RUNS.has(name) || me.role !== "member");
  const part = parts.find((name) => name === props.part) ?? "day";
  /** `/bookings/2027-03-01` is the sheet of that day. */
  const day = parsed(props.part);
  const follow = (event: MouseEvent, name: string) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    onPart(name);
  };
  return (
    <div className={section.settings}>
      <nav className={section.nav} aria-label={words.title}>
        <h1>{words.title}</h1>
        {parts.map((name) => (
          <a
            key={name}
            href={`/bookings/${name}`}
            aria-current={name === part ? "page" : undefined}
            onClick={(event) => follow(event, name)}
          >
            {words.sections[name]}
          </a>
        ))}
      </nav>
      {part === "day" && <DaySheet key={props.part} me={me} on={day} mayDecide={me.role !== "member"} />}
      {part === "waiting" && <WaitingList />}
      {part === "customers" && <Customers mayRule={mayRule} zone={me.organisation.zone} />}
      {part === "services" && <Services mayRule={mayRule} zone={me.organisation.zone} directory={directory} />}
      {part === "packages" && <Packages mayRule={mayRule} />}
      {part === "page" && (
        <div className={styles.parts}>
          <PublicPage mayRule={mayRule} />
          <RoutingPart mayRule={mayRule} directory={directory} />
        </div>
      )}
      {part === "figures" && (
        <Suspense fallback={<output className={section.quiet}>{all.settings.loading}</output>}>
          <FiguresPart me={me} />
        </Suspense>
      )}
      {part === "mail" && <Mail mayTest={mayRule} zone={me.organisation.zone} />}
    </div>
  );
}
