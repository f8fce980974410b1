import { useMemo, useState } from "react";
import type { WallClock, YearShape } from "@hourwright/timeline";
import type { Me } from "../data/api.ts";
import type { Entry } from "../data/entries.ts";
import { closeFindTime, findTimeStore, openFindTime, type TakenTime, type TimeWish } from "../data/find-time.ts";
import { useStore } from "../data/store.ts";
import type { EventForm } from "../features/event/event-form.ts";
import { firstWish } from "../features/find-time/choice.ts";
import { useLanguage } from "../messages/index.tsx";
import { useStable } from "../ui/use-stable.ts";
import type { Address } from "./address.ts";
import type { Open } from "./dialogs.tsx";
import { ghostOf } from "./use-drag-work.ts";

/** The form that a time is looked for from, and whose it is; null of a new event. */
type Origin = { readonly form: EventForm; readonly entry: Entry | null };

/** Looking for a time beside the year, the week or the day: opened by name or from a form, to which what is taken goes back. */
export function useFindWork(props: {
  readonly me: Me;
  readonly place: Address["place"];
  readonly shape: YearShape;
  readonly clock: WallClock;
  /** Epoch days: the selected one, and today. */
  readonly day: number;
  readonly today: number;
  readonly onOpen: (open: Open) => void;
  /** Goes to where there is a timeline to show times on. */
  readonly onTimeline: () => void;
}) {
  const { me, place, shape, clock, day, today } = props;
  const { words } = useLanguage();
  const { isOpen, wish, pointed } = useStore(findTimeStore, (state) => state);
  const [origin, setOrigin] = useState<Origin | null>(null);
  const hasTimeline = place === "year" || place === "week" || place === "day";
  const isShown = isOpen && hasTimeline && wish !== null;

  const show = (of: TimeWish, isNew: boolean) => {
    props.onOpen({ what: "nothing" });
    openFindTime(of, isNew);
    if (!hasTimeline) props.onTimeline();
  };
  const open = useStable(() => {
    setOrigin(null);
    show(firstWish(me.personId, Math.max(day, today)), false);
  });
  const openFrom = useStable((of: TimeWish, form: EventForm, entry: Entry | null) => {
    setOrigin({ form, entry });
    show(of, true);
  });
  const take = useStable((taken: TakenTime) => {
    closeFindTime();
    const resumed = { form: origin?.form ?? null, taken };
    const entry = origin?.entry ?? null;
    // What there is stays in its calendar.
    if (entry !== null)
      props.onOpen({ what: "event", entry, resumed: { ...resumed, taken: { ...taken, calendarId: "" } } });
    else props.onOpen({ what: "new-event", day, draft: null, resumed });
  });
  const ghosts = useMemo(
    () => (isShown && pointed !== null ? [ghostOf(pointed, shape, clock)] : []),
    [isShown, pointed, shape, clock],
  );
  const title = wish === null || wish.title === "" ? words.finding.ghost : wish.title;
  const planned = useMemo(
    () => (isShown && pointed !== null ? { title, times: pointed } : null),
    [isShown, pointed, title],
  );
  return { isShown, wish, isAsked: origin !== null, ghosts, planned, open, openFrom, take };
}
