import { zoneNames } from "../../data/zones.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button } from "../../ui/button.tsx";
import { Checkbox, FieldRow, TextInput } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { withStart, type EventForm, type FormFault } from "./event-form.ts";

/** When an event is: dates and times of a zone, or whole days. */
export function WhenFields(props: {
  readonly form: EventForm;
  readonly fault: FormFault | "zone" | null;
  readonly isReadOnly: boolean;
  readonly onChange: (change: Partial<EventForm>) => void;
  /** Looks for a time that suits everybody; left out where none is looked for. */
  readonly onFindTime?: () => void;
}) {
  const { form, fault, isReadOnly, onChange, onFindTime } = props;
  const { words } = useLanguage();
  const wrong = fault === "order" ? words.event.endsBeforeStart : fault === "time" ? words.event.wrongTime : null;
  const error = wrong === null ? {} : { error: wrong };
  const label = (side: string, part: string) => `${side}, ${part}`;
  return (
    <>
      <FieldRow>
        <FieldRow>
          <TextInput
            label={form.allDay ? words.event.starts : label(words.event.starts, words.event.date)}
            type="date"
            value={form.startDate}
            isReadOnly={isReadOnly}
            onChange={(startDate) => onChange(withStart(form, { startDate }))}
          />
          {!form.allDay && (
            <TextInput
              label={label(words.event.starts, words.event.time)}
              type="time"
              value={form.startTime}
              isReadOnly={isReadOnly}
              onChange={(startTime) => onChange(withStart(form, { startTime }))}
            />
          )}
        </FieldRow>
        <FieldRow>
          <TextInput
            label={form.allDay ? words.event.ends : label(words.event.ends, words.event.date)}
            type="date"
            value={form.endDate}
            isReadOnly={isReadOnly}
            onChange={(endDate) => onChange({ endDate })}
            {...(form.allDay ? error : {})}
          />
          {!form.allDay && (
            <TextInput
              label={label(words.event.ends, words.event.time)}
              type="time"
              value={form.endTime}
              isReadOnly={isReadOnly}
              onChange={(endTime) => onChange({ endTime })}
              {...error}
            />
          )}
        </FieldRow>
      </FieldRow>
      <FieldRow>
        <Checkbox isSelected={form.allDay} isDisabled={isReadOnly} onChange={(allDay) => onChange({ allDay })}>
          {words.event.allDay}
        </Checkbox>
        {!form.allDay && (
          <TextInput
            label={words.event.zone}
            value={form.zone}
            isReadOnly={isReadOnly}
            suggestions={zoneNames()}
            onChange={(zone) => onChange({ zone })}
            {...(fault === "zone" ? { error: words.event.wrongZone } : {})}
          />
        )}
        {onFindTime !== undefined && !isReadOnly && (
          <Button onPress={onFindTime}>
            <Icon name="clock" /> {words.finding.button}
          </Button>
        )}
      </FieldRow>
    </>
  );
}
