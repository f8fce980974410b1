import type { MouseEvent } from "react";
import type { Me } from "../../data/api.ts";
import section from "../../shell/section.module.css";
import { Decide } from "./decide.tsx";
import { Deputies } from "./deputies.tsx";
import { Policies } from "./policies.tsx";
import { Requests } from "./requests.tsx";
import { useApprovalWords } from "./use-approval-words.ts";

const PARTS = ["decide", "asked", "scope", "deputies", "policies"] as const;

/** What waits for one, what one has asked for, and who stands in: one part at a time, each with an address. */
export default function Approvals(props: {
  readonly me: Me;
  readonly part: string;
  readonly onPart: (part: string) => void;
}) {
  const { me, onPart } = props;
  const words = useApprovalWords();
  const { zone } = me.organisation;
  const mayRule = me.role === "owner" || me.role === "administrator";
  const parts = PARTS.filter((name) => mayRule || name !== "policies");
  const part = parts.find((name) => name === props.part) ?? "decide";
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
            href={`/approvals/${name}`}
            aria-current={name === part ? "page" : undefined}
            onClick={(event) => follow(event, name)}
          >
            {words.sections[name]}
          </a>
        ))}
      </nav>
      {part === "decide" && <Decide zone={zone} />}
      {(part === "asked" || part === "scope") && <Requests key={part} view={part} zone={zone} />}
      {part === "policies" && <Policies />}
      {part === "deputies" && <Deputies me={me} />}
    </div>
  );
}
