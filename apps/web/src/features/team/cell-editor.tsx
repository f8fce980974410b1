import { useEffect, useRef } from "react";
import { useStore, type Store } from "../../data/store.ts";
import { useLanguage } from "../../messages/index.tsx";
import type { TeamModel } from "./model.ts";
import type { CellPlace, TeamState } from "./state.ts";
import styles from "./team.module.css";
import { useTeamWords } from "./use-team-words.ts";

const WIDTH_MIN = 96;

/** A field over a cell: hours are typed, Enter goes down, Tab goes on to the right, Esc leaves it as it was. */
export function CellEditor(props: {
  readonly state: Store<TeamState>;
  readonly model: TeamModel;
  readonly boxOf: (place: CellPlace) => { x: number; y: number; width: number; height: number };
  readonly onCommit: (text: string, then: "down" | "right" | "stay") => void;
  readonly onGiveUp: () => void;
}) {
  const { state, model, boxOf, onCommit, onGiveUp } = props;
  const words = useTeamWords();
  const { format } = useLanguage();
  const editing = useStore(state, (now) => now.editing);
  const field = useRef<HTMLInputElement>(null);
  const isOver = useRef(false);
  useEffect(() => {
    const node = field.current;
    node?.focus();
    node?.setSelectionRange(node.value.length, node.value.length);
  }, []);
  if (editing === null) return null;
  const line = model.lines[editing.line];
  const { x, y, width, height } = boxOf(editing);
  const name = line === undefined || line.personId === null ? words.open.title : line.name;
  const end = (how: () => void) => {
    isOver.current = true;
    how();
    isOver.current = false;
  };
  return (
    <div className={styles.editor} style={{ left: x, top: y, width: Math.max(WIDTH_MIN, width), height }}>
      <input
        ref={field}
        aria-label={words.edit.label(name, format.day(model.window.fromDay + editing.day))}
        aria-invalid={editing.isWrong}
        aria-describedby="team-hours"
        placeholder={words.edit.hint}
        defaultValue={editing.text}
        maxLength={40}
        onKeyDown={(event) => {
          event.stopPropagation();
          const { value } = event.currentTarget;
          if (event.key === "Enter") end(() => onCommit(value, "down"));
          else if (event.key === "Tab") {
            event.preventDefault();
            end(() => onCommit(value, "right"));
          } else if (event.key === "Escape") {
            event.preventDefault();
            end(onGiveUp);
          }
        }}
        onBlur={(event) => {
          if (!isOver.current) onCommit(event.currentTarget.value, "stay");
        }}
      />
      <span id="team-hours" role="status" className={editing.isWrong ? styles.wrong : styles.unseen}>
        {editing.isWrong ? words.edit.wrong : words.edit.hint}
      </span>
    </div>
  );
}
