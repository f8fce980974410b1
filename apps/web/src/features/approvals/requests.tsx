import { useState } from "react";
import { changeOrSay, useAsked } from "../../data/office.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Answered, Rows, Section } from "../../shell/section.tsx";
import section from "../../shell/section.module.css";
import { Button } from "../../ui/button.tsx";
import { RequestCard, type Request } from "./request-card.tsx";
import { Steps } from "./steps.tsx";
import { useApprovalWords } from "./use-approval-words.ts";

const PAGE = 50;
const SHOWN_MAX = 1_000;
const ASKED_EVERY_MS = 30_000;

/** What one has asked for, or what one's people have, newest first: where each stands, and the way back while it waits. */
export function Requests({ view, zone }: { readonly view: "asked" | "scope"; readonly zone: string }) {
  const words = useApprovalWords();
  const { words: all } = useLanguage();
  const [limit, setLimit] = useState(PAGE);
  const [shown, setShown] = useState<Request | null>(null);
  const asked = useAsked("approvals.list", { query: { view, limit } }, ASKED_EVERY_MS);
  const withdraw = ({ id, label }: Request) =>
    void changeOrSay(
      "approvals.withdraw",
      { params: { id } },
      { said: words.withdrawn(label), offline: all.failures.network },
    );
  return (
    <Section title={words.sections[view]} intro={words[view].intro}>
      <Answered asked={asked}>
        {({ items, nextCursor }) => (
          <>
            <Rows items={items} label={words.sections[view]} empty={words[view].empty}>
              {(request) => (
                <RequestCard key={request.id} request={request} zone={zone} onSteps={() => setShown(request)}>
                  {request.mayWithdraw && (
                    <Button size="small" aria-label={words.withdrawOf(request.label)} onPress={() => withdraw(request)}>
                      {words.withdraw}
                    </Button>
                  )}
                </RequestCard>
              )}
            </Rows>
            {nextCursor !== null && limit < SHOWN_MAX && (
              <p className={section.actions}>
                <Button onPress={() => setLimit((before) => Math.min(SHOWN_MAX, before + PAGE))}>{words.more}</Button>
              </p>
            )}
          </>
        )}
      </Answered>
      {shown !== null && <Steps id={shown.id} label={shown.label} zone={zone} onClose={() => setShown(null)} />}
    </Section>
  );
}
