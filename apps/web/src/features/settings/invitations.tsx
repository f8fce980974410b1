import { useState } from "react";
import type { Me } from "../../data/api.ts";
import { change, changeOrSay, useAsked, type Invitation } from "../../data/office.ts";
import { parseInstant } from "../../data/wall-clock.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Button } from "../../ui/button.tsx";
import { Choice, FieldRow, TextInput } from "../../ui/field.tsx";
import { Answered, Rows, Section, Sheet, What, wrongWith } from "../../shell/section.tsx";
import styles from "../../shell/section.module.css";
import { ShownOnce } from "./shown-once.tsx";

const DAY_MS = 86_400_000;
const TONES = { open: "good", used: "plain", expired: "plain", revoked: "plain" } as const;

export function Invitations({ me }: { readonly me: Me }) {
  const { words, format } = useOfficeLanguage();
  const text = words.settings.invitations;
  const [isOpen, setOpen] = useState(false);
  const [link, setLink] = useState<string | null>(null);
  const asked = useAsked("invitations.list", {});
  const whom = ({ personName, email }: Invitation): string => personName ?? email ?? text.anyone;
  const dayOf = (instant: string): string => format.day(Math.floor((parseInstant(instant) ?? 0) / DAY_MS));
  const revoke = ({ id }: Invitation) =>
    void changeOrSay("invitations.remove", { params: { id } }, { said: text.revoked, offline: words.failures.network });
  return (
    <Section
      title={words.settings.sections.invitations}
      intro={text.intro}
      action={
        <Button kind="primary" onPress={() => setOpen(true)}>
          {text.add}
        </Button>
      }
    >
      <Answered asked={asked}>
        {({ items }) => (
          <Rows items={items} label={words.settings.sections.invitations} empty={text.empty}>
            {(invitation) => (
              <li key={invitation.id} className={styles.row}>
                <What
                  name={whom(invitation)}
                  more={[
                    text.roles[invitation.role],
                    text.used(invitation.uses, invitation.usesMax),
                    text.until(dayOf(invitation.expiresAt)),
                    text.by(invitation.createdBy),
                  ]}
                />
                <span className={styles.mark} data-tone={TONES[invitation.state]}>
                  {text.states[invitation.state]}
                </span>
                {invitation.state === "open" && (
                  <Button size="small" aria-label={text.revokeOf(whom(invitation))} onPress={() => revoke(invitation)}>
                    {text.revoke}
                  </Button>
                )}
              </li>
            )}
          </Rows>
        )}
      </Answered>
      {isOpen && <InvitationSheet isOwner={me.role === "owner"} onLink={setLink} onClose={() => setOpen(false)} />}
      {link !== null && (
        <ShownOnce
          title={text.linkTitle}
          hint={text.linkHint}
          value={link}
          copy={text.copy}
          copied={text.copied}
          onClose={() => setLink(null)}
        />
      )}
    </Section>
  );
}

const ROLES = ["member", "manager", "administrator", "owner"] as const;

function InvitationSheet(props: {
  readonly isOwner: boolean;
  readonly onLink: (link: string) => void;
  readonly onClose: () => void;
}) {
  const { isOwner, onLink, onClose } = props;
  const { words } = useOfficeLanguage();
  const text = words.settings.invitations;
  const [role, setRole] = useState("member");
  const [email, setEmail] = useState("");
  const [days, setDays] = useState("7");
  const [uses, setUses] = useState("1");
  const make = async () => {
    const body = {
      role: ROLES.find((each) => each === role) ?? "member",
      days: Number(days),
      uses: Number(uses),
      ...(email.trim() === "" ? {} : { email: email.trim() }),
    };
    const made = await change("invitations.create", { body }, { said: null, offline: words.failures.network });
    if (made.refused === null) onLink(made.value.link);
    return made;
  };
  return (
    <Sheet title={text.add} submit={text.make} onSubmit={make} onClose={onClose}>
      {(refused) => (
        <>
          <Choice
            label={text.role}
            value={role}
            options={ROLES.filter((each) => isOwner || each !== "owner").map((value) => ({
              value,
              label: text.roles[value],
            }))}
            onChange={setRole}
          />
          <TextInput
            label={text.email}
            type="email"
            hint={text.emailHint}
            value={email}
            isFirst
            onChange={setEmail}
            {...wrongWith(refused, ["identity/email-taken"])}
          />
          <FieldRow>
            <TextInput label={text.days} value={days} maxLength={2} onChange={setDays} />
            {email.trim() === "" && <TextInput label={text.uses} value={uses} maxLength={3} onChange={setUses} />}
          </FieldRow>
        </>
      )}
    </Sheet>
  );
}
