import { printHours } from "@hourwright/timeline/team";
import type { Answer } from "../../data/api.ts";
import { useAsked } from "../../data/office.ts";
import { dayOfText, type RosterDraft } from "../../data/roster.ts";
import { wallShiftOf } from "../../data/roster-shift.ts";
import { directoryStore } from "../../data/session.ts";
import { useStore } from "../../data/store.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Answered } from "../../shell/section.tsx";
import { Modal } from "../../ui/modal.tsx";
import { printMoney } from "./dock.tsx";
import styles from "./team.module.css";
import { useTeamWords } from "./use-team-words.ts";

type Compared = Answer<"drafts.compare">;
type Item = Compared["items"][number]["here"][number];
const LINES_MAX = 500;

/** Two drafts side by side: what comes of each, then what one has and the other has not. */
export function CompareSheet(props: {
  readonly here: { readonly id: string; readonly name: string };
  readonly thereId: string;
  readonly drafts: readonly RosterDraft[];
  readonly onClose: () => void;
}) {
  const { here, thereId, drafts, onClose } = props;
  const words = useTeamWords();
  const text = words.compare;
  const { format } = useLanguage();
  const names = useStore(directoryStore, (store) => store.directory.names);
  const asked = useAsked("drafts.compare", { params: { id: here.id }, query: { with: thereId } });
  const there = drafts.find(({ id }) => id === thereId)?.name ?? "";
  const shifts = (items: readonly Item[]) =>
    items.length === 0 ? text.nothing : items.map((item) => printItem(item)).join(", ");
  return (
    <Modal title={text.title(here.name, there)} onClose={onClose}>
      <Answered asked={asked}>
        {(compared) => (
          <>
            <table className={styles.compare}>
              <thead>
                <tr>
                  <th scope="col">{text.draft}</th>
                  <th scope="col">{here.name}</th>
                  <th scope="col">{there}</th>
                </tr>
              </thead>
              <tbody>
                {figuresOf(compared, words).map(([label, mine, theirs]) => (
                  <tr key={label}>
                    <th scope="row">{label}</th>
                    <td>{mine}</td>
                    <td>{theirs}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            <p className={styles.quiet}>
              {compared.items.length === 0 ? text.same : text.differences(compared.items.length)}
            </p>
            {compared.items.length > 0 && (
              /* oxlint-disable jsx-a11y/no-noninteractive-tabindex -- What scrolls is reached by keys. */
              <div
                className={styles.compareBox}
                tabIndex={0}
                role="region"
                aria-label={text.differences(compared.items.length)}
              >
                <table className={styles.compare}>
                  <thead>
                    <tr>
                      <th scope="col">{text.person}</th>
                      <th scope="col">{text.day}</th>
                      <th scope="col">{here.name}</th>
                      <th scope="col">{there}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {compared.items.slice(0, LINES_MAX).map((item) => (
                      <tr key={`${item.personId} ${item.day}`}>
                        <th scope="row">{item.personId === null ? text.nobody : (names.get(item.personId) ?? "")}</th>
                        <td>{format.dayShort(dayOfText(item.day) ?? 0)}</td>
                        <td>{shifts(item.here)}</td>
                        <td>{shifts(item.there)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            )}
          </>
        )}
      </Answered>
    </Modal>
  );
}

function printItem({ shift, of }: Item): string {
  if (shift !== null) return printHours(wallShiftOf(shift));
  return of === null ? "" : `− ${of.starts}`;
}

function figuresOf(
  { here, there }: Compared,
  words: ReturnType<typeof useTeamWords>,
): readonly (readonly [string, string, string])[] {
  const text = words.compare;
  const both = (label: string, print: (totals: Compared["here"]) => string) =>
    [label, print(here), print(there)] as const;
  const hours = (minutes: number) => words.plainHours(minutes);
  const money = ({ cost }: Compared["here"]) => cost?.map(printMoney).join(" · ") ?? "";
  return [
    both(text.shifts, (totals) => String(totals.shifts)),
    both(text.openShifts, (totals) => String(totals.openShifts)),
    both(text.hours, (totals) => hours(totals.plannedMinutes)),
    both(text.broken, (totals) => String(totals.broken)),
    both(text.objections, (totals) => String(totals.objections)),
    both(text.short, (totals) => hours(totals.shortMinutes)),
    ...(here.cost === null && there.cost === null ? [] : [both(text.cost, money)]),
  ];
}
