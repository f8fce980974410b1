import { agenda } from "./en/agenda.ts";
import { command } from "./en/command.ts";
import { conflicts } from "./en/conflicts.ts";
import { doors } from "./en/doors.ts";
import { drag } from "./en/drag.ts";
import { drafts } from "./en/drafts.ts";
import { events } from "./en/events.ts";
import { finding } from "./en/finding.ts";
import { live } from "./en/live.ts";
import { week } from "./en/week.ts";
import { offline } from "./en/offline.ts";
import { opening } from "./en/opening.ts";
import { optimise } from "./en/optimise.ts";
import { polls } from "./en/polls.ts";
import { proposing } from "./en/proposing.ts";
import { rules } from "./en/rules.ts";
import { settings } from "./en/settings.ts";
import { shell } from "./en/shell.ts";
import { year } from "./en/year.ts";
import type { Formats } from "./format.ts";

/** Every word of the page in English. A language is a module of this shape; nothing is joined from pieces elsewhere. */
export const en = (format: Formats) => ({
  ...shell(format),
  ...year(format),
  ...agenda(),
  ...conflicts(format),
  ...command(format),
  ...drag(),
  ...week(format),
  ...drafts(),
  ...events(),
  ...finding(format),
  ...doors(format),
  ...live(format),
  ...offline(format),
  ...rules(format),
  ...opening(),
  ...optimise(format),
  ...polls(format),
  ...settings(),
  ...proposing(format),
});

export type Messages = ReturnType<typeof en>;
