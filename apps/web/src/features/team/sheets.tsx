import type { Me } from "../../data/api.ts";
import type { RosterDraft, RosterWindow } from "../../data/roster.ts";
import type { Store } from "../../data/store.ts";
import type { TeamAddress } from "./address.ts";
import { AskSheet } from "./ask-sheet.tsx";
import { CompareSheet } from "./compare-sheet.tsx";
import { CoverSheet } from "./cover-sheet.tsx";
import { FairnessSheet } from "./fairness-sheet.tsx";
import { KeysSheet } from "./keys-sheet.tsx";
import type { TeamModel } from "./model.ts";
import { NewDraft } from "./new-draft.tsx";
import { PlanSheet } from "./plan-sheet.tsx";
import { PublishSheet } from "./publish-sheet.tsx";
import type { TeamState } from "./state.ts";
import type { Open } from "./team.tsx";

/** What lies over the roster: comes when it is asked for. */
export default function Sheets(props: {
  readonly open: Open;
  readonly me: Me;
  readonly model: TeamModel;
  readonly state: Store<TeamState>;
  readonly window: RosterWindow;
  readonly address: TeamAddress;
  readonly drafts: readonly RosterDraft[];
  readonly detail: { readonly id: string; readonly name: string } | null;
  readonly onClose: () => void;
  readonly onDraft: (id: string | null) => void;
}) {
  const { open, model, state, window, address, drafts, detail, onClose, onDraft } = props;
  switch (open.what) {
    case "nothing":
      return null;
    case "keys":
      return <KeysSheet onClose={onClose} />;
    case "new-draft":
      return (
        <NewDraft
          window={window}
          drafts={drafts}
          copyOf={open.copyOf}
          team={address.team}
          onBegun={onDraft}
          onClose={onClose}
        />
      );
    case "publish":
      return detail === null ? null : (
        <PublishSheet id={detail.id} name={detail.name} onPublished={() => onDraft(null)} onClose={onClose} />
      );
    case "compare":
      return detail === null || address.compare === null ? null : (
        <CompareSheet here={detail} thereId={address.compare} drafts={drafts} onClose={onClose} />
      );
    case "ask":
      return <AskSheet model={model} place={open.place} onClose={onClose} />;
    case "plan":
      return detail === null ? null : (
        <PlanSheet id={detail.id} name={detail.name} model={model} state={state} onClose={onClose} />
      );
    case "fairness":
      return detail === null ? null : <FairnessSheet id={detail.id} onClose={onClose} />;
    case "cover":
      return <CoverSheet shift={open.shift} onClose={onClose} />;
  }
}
