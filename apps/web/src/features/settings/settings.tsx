import type { MouseEvent } from "react";
import type { Me } from "../../data/api.ts";
import { directoryStore } from "../../data/session.ts";
import { useStore } from "../../data/store.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Calendars } from "./calendars.tsx";
import { Directories } from "./directories.tsx";
import { WorkingHours } from "./hours.tsx";
import { Invitations } from "./invitations.tsx";
import { Keyboard } from "./keyboard.tsx";
import { OrganisationSettings } from "./organisation.tsx";
import { LearnedOfMe } from "./learned.tsx";
import { Notices } from "./notices.tsx";
import { People } from "./people.tsx";
import { Rules } from "./rules.tsx";
import { Skills } from "./skills.tsx";
import styles from "../../shell/section.module.css";
import { Things } from "./things.tsx";

const SECTIONS = [
  "organisation",
  "people",
  "skills",
  "things",
  "hours",
  "rules",
  "calendars",
  "invitations",
  "directories",
  "notices",
  "learned",
  "keyboard",
] as const;

/** Whether somebody may change what belongs to all. */
const rules = ({ role }: Me): boolean => role === "owner" || role === "administrator";

/** The organisation, and what it is made of: one section at a time, each with an address. */
export default function Settings(props: {
  readonly me: Me;
  readonly section: string;
  readonly onSection: (section: string) => void;
}) {
  const { me, onSection } = props;
  const { words } = useOfficeLanguage();
  const directory = useStore(directoryStore, (store) => store.directory);
  const mayRule = rules(me);
  // Who may come in is told to those who may say so.
  const sections = SECTIONS.filter((name) => mayRule || (name !== "invitations" && name !== "directories"));
  const section = sections.find((name) => name === props.section) ?? "organisation";
  const follow = (event: MouseEvent, name: string) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    onSection(name);
  };
  return (
    <div className={styles.settings}>
      <nav className={styles.nav} aria-label={words.settings.title}>
        <h1>{words.settings.title}</h1>
        {sections.map((name) => (
          <a
            key={name}
            href={`/settings/${name}`}
            aria-current={name === section ? "page" : undefined}
            onClick={(event) => follow(event, name)}
          >
            {words.settings.sections[name]}
          </a>
        ))}
      </nav>
      {section === "organisation" && <OrganisationSettings me={me} mayRule={mayRule} />}
      {section === "people" && <People me={me} mayRule={mayRule} />}
      {section === "skills" && <Skills mayRule={mayRule} />}
      {section === "things" && <Things mayRule={mayRule} zone={me.organisation.zone} />}
      {section === "hours" && <WorkingHours me={me} mayRule={mayRule} directory={directory} />}
      {section === "rules" && <Rules mayRule={mayRule} directory={directory} />}
      {section === "calendars" && <Calendars me={me} mayRule={mayRule} />}
      {section === "invitations" && <Invitations me={me} />}
      {section === "directories" && <Directories />}
      {section === "notices" && <Notices />}
      {section === "learned" && <LearnedOfMe firstWeekday={me.organisation.firstWeekday} mayRule={mayRule} />}
      {section === "keyboard" && <Keyboard />}
    </div>
  );
}
