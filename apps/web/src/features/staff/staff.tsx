import { lazy, Suspense, type MouseEvent } from "react";
import type { Me } from "../../data/api.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import section from "../../shell/section.module.css";
import { usePath, walk } from "../../shell/use-address.ts";
import { parseStaff, printStaff, STAFF_PARTS, type StaffPart } from "./address.ts";
import { People } from "./people.tsx";
import styles from "./staff.module.css";
import { useStaffWords } from "./use-staff-words.ts";

const DemandPart = lazy(async () => ({ default: (await import("./demand.tsx")).DemandPart }));
const Departments = lazy(async () => ({ default: (await import("./departments.tsx")).Departments }));
const FilePart = lazy(async () => ({ default: (await import("./file.tsx")).FilePart }));
const ShiftsPart = lazy(async () => ({ default: (await import("./shifts-file.tsx")).ShiftsPart }));
const FiguresPart = lazy(async () => ({ default: (await import("./figures.tsx")).FiguresPart }));
const Person = lazy(async () => ({ default: (await import("./person.tsx")).Person }));

/** What those alone may do who run the organisation; and what is of use to who plans. */
const OF_WHO_RULES: ReadonlySet<StaffPart> = new Set(["file"]);
const OF_WHO_PLANS: ReadonlySet<StaffPart> = new Set(["shifts"]);

/** Who works here, where, by which contract, and who is needed: one part at a time, each with an address. */
export default function Staff({ me }: { readonly me: Me }) {
  const words = useStaffWords();
  const { words: all } = useOfficeLanguage();
  const address = parseStaff(usePath());
  const mayRule = me.role === "owner" || me.role === "administrator";
  const parts = STAFF_PARTS.filter((name) => mayRule || !OF_WHO_RULES.has(name));
  // Who answers for a department alone comes by Team: the server knows whom they plan.
  const listed = parts.filter((name) => mayRule || me.role === "manager" || !OF_WHO_PLANS.has(name));
  const part = parts.find((name) => name === address.part) ?? "people";
  const follow = (event: MouseEvent, path: string) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    walk(path);
  };
  return (
    <div className={`${section.settings} ${styles.staff}`}>
      <nav className={section.nav} aria-label={words.title}>
        <h1>{words.title}</h1>
        {listed.map((name) => (
          <a
            key={name}
            href={printStaff(name)}
            aria-current={name === part ? "page" : undefined}
            onClick={(event) => follow(event, printStaff(name))}
          >
            {words.sections[name]}
          </a>
        ))}
        <a href="/team" className={styles.toTeam} onClick={(event) => follow(event, "/team")}>
          {words.toTeam}
        </a>
        <a href="/leagues" onClick={(event) => follow(event, "/leagues")}>
          {words.toLeagues}
        </a>
      </nav>
      <Suspense fallback={<output className={section.quiet}>{all.settings.loading}</output>}>
        {part === "people" && address.id === null && <People me={me} />}
        {part === "people" && address.id !== null && <Person key={address.id} me={me} id={address.id} />}
        {part === "departments" && <Departments me={me} />}
        {part === "demand" && <DemandPart key={address.id} me={me} id={address.id} />}
        {part === "figures" && <FiguresPart me={me} />}
        {part === "file" && <FilePart jobId={address.id} />}
        {part === "shifts" && <ShiftsPart />}
      </Suspense>
    </div>
  );
}
