import { Button } from "../../ui/button.tsx";
import { dayOfInstant } from "../../data/wall-clock.ts";
import type { Clash } from "../../data/entries.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Head, ListGroup, useBusyByDay, type ListProps } from "./conflict-list.tsx";
import { ConflictRow } from "./conflict-row.tsx";
import { groupsOf } from "./filters.ts";
import styles from "./conflict-list.module.css";

/** Conflicts of which somebody decided that both stay: who, when and why, and the way back. */
export function KeptList(
  props: Omit<ListProps, "clashes"> & {
    readonly kept: readonly Clash[];
    readonly zone: string;
    readonly mayRelease: (clash: Clash) => boolean;
    readonly onRelease: (clash: Clash) => void;
  },
) {
  const { kept, clock, now, lookedAt } = props;
  const { words } = useLanguage();
  const busyByDay = useBusyByDay(props.entries);
  return (
    <>
      <Head last={words.kept.column} isActing />
      <div className={styles.list} data-list>
        {kept.length === 0 && <p className={styles.none}>{words.kept.none}</p>}
        {groupsOf(kept, now).map(({ key, clashes }) => (
          <ListGroup key={key} name={key} count={clashes.length}>
            {clashes.map((clash) => (
              <ConflictRow
                key={clash.conflict.id}
                clash={clash}
                dayEntries={busyByDay.get(clash.fromDay) ?? []}
                clock={clock}
                tail={{ content: <KeptBy clash={clash} zone={props.zone} />, testId: "kept" }}
                action={
                  props.mayRelease(clash) ? (
                    <Button
                      size="small"
                      aria-label={words.kept.releaseOf(
                        clash.conflict.events[0]?.summary ?? "",
                        clash.conflict.events[1]?.summary ?? "",
                      )}
                      onPress={() => props.onRelease(clash)}
                    >
                      {words.kept.release}
                    </Button>
                  ) : null
                }
                onMount={null}
                isLookedAt={clash.conflict.id === lookedAt}
                proposing={null}
                onLookAt={() => props.onLookAt(clash)}
                onEnter={() => {}}
              />
            ))}
          </ListGroup>
        ))}
      </div>
    </>
  );
}

/** Who decided so, when, and why. */
function KeptBy({ clash, zone }: { clash: Clash; zone: string }) {
  const { words, format } = useLanguage();
  const { kept } = clash.conflict;
  if (kept === null) return null;
  const day = dayOfInstant(kept.at, zone);
  return (
    <span className={styles.repair}>
      {words.kept.by(kept.by, day === null ? "" : format.dayShort(day))}
      {kept.note !== null && <i> {words.kept.note(kept.note)}</i>}
    </span>
  );
}
