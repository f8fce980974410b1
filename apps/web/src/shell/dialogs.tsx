import { lazy, Suspense } from "react";
import type { WallClock } from "@hourwright/timeline";
import type { Me } from "../data/api.ts";
import type { Entry } from "../data/entries.ts";
import type { TimeWish } from "../data/find-time.ts";
import type { Directory } from "../data/session.ts";
import type { CommandMode } from "../features/command/command-field.tsx";
import type { Resumed } from "../features/event/event-dialog.tsx";
import type { Draft, EventForm } from "../features/event/event-form.ts";
import type { Move, Refused } from "./use-drag-work.ts";

const LATER = {
  commandField: () => import("../features/command/command-field.tsx"),
  eventDialog: () => import("../features/event/event-dialog.tsx"),
  importDialog: () => import("../features/import/import-dialog.tsx"),
  pollsDialog: () => import("../features/polls/polls-dialog.tsx"),
  keysDialog: () => import("./keys-dialog.tsx"),
  refusedDialog: () => import("./refused-dialog.tsx"),
  noticeList: () => import("./notice-list.tsx"),
};
export const CommandField = lazy(LATER.commandField);
const EventDialog = lazy(LATER.eventDialog);
const ImportDialog = lazy(LATER.importDialog);
const PollsDialog = lazy(LATER.pollsDialog);
const KeysDialog = lazy(LATER.keysDialog);
const RefusedDialog = lazy(LATER.refusedDialog);

/** What is open over the page. */
export type Open =
  | { readonly what: "nothing" }
  | { readonly what: "keys" }
  /** One poll, or all. */
  | { readonly what: "polls"; readonly id: string | null }
  | { readonly what: "new-event"; readonly day: number; readonly draft: Draft | null; readonly resumed?: Resumed }
  | { readonly what: "command"; readonly mode: CommandMode }
  | { readonly what: "refused"; readonly refused: Refused }
  | { readonly what: "event"; readonly entry: Entry; readonly resumed?: Resumed }
  | { readonly what: "import"; readonly files: readonly File[] };

/** The dialogs over the page, one at a time. */
export function Dialogs(props: {
  readonly open: Open;
  readonly me: Me;
  readonly directory: Directory;
  readonly clock: WallClock;
  /** Makes a refused move after all, or at another time. */
  readonly onMove: (refused: Move, insists: boolean) => void;
  /** Leaves the form of an event, null of a new one, to look for a time. */
  readonly onFindTime: (wish: TimeWish, form: EventForm, entry: Entry | null) => void;
  readonly onClose: () => void;
}) {
  const { open, me, directory, clock, onMove, onFindTime, onClose: close } = props;
  return (
    <Suspense fallback={null}>
      {open.what === "polls" && <PollsDialog me={me} directory={directory} id={open.id} onClose={close} />}
      {open.what === "keys" && <KeysDialog onClose={close} />}
      {open.what === "new-event" && (
        <EventDialog
          me={me}
          directory={directory}
          clock={clock}
          entry={null}
          day={open.day}
          draft={open.draft}
          resumed={open.resumed ?? null}
          onFindTime={(wish, form) => onFindTime(wish, form, null)}
          onClose={close}
        />
      )}
      {open.what === "refused" && (
        <RefusedDialog
          refused={open.refused}
          zone={me.organisation.zone}
          onMove={(times) => {
            close();
            onMove({ ...open.refused, times }, false);
          }}
          onInsist={() => {
            close();
            onMove(open.refused, true);
          }}
          onClose={close}
        />
      )}
      {open.what === "event" && (
        <EventDialog
          me={me}
          directory={directory}
          clock={clock}
          entry={open.entry}
          day={open.entry.fromDay}
          draft={null}
          resumed={open.resumed ?? null}
          onFindTime={(wish, form) => onFindTime(wish, form, open.entry)}
          onClose={close}
        />
      )}
      {open.what === "import" && <ImportDialog me={me} directory={directory} files={open.files} onClose={close} />}
    </Suspense>
  );
}

const IDLE_MS = 1_500;

/** What opens with a key must be there when the key is pressed: fetched once the year stands. */
export function fetchLater(places: readonly (() => Promise<unknown>)[]): void {
  setTimeout(() => {
    for (const fetchPart of [...places, ...Object.values(LATER)]) fetchPart().catch(() => null); // Asked again when it is needed.
  }, IDLE_MS);
}
