import { agenda } from "./de/agenda.ts";
import { command } from "./de/command.ts";
import { conflicts } from "./de/conflicts.ts";
import { doors } from "./de/doors.ts";
import { drag } from "./de/drag.ts";
import { drafts } from "./de/drafts.ts";
import { events } from "./de/events.ts";
import { finding } from "./de/finding.ts";
import { live } from "./de/live.ts";
import { offline } from "./de/offline.ts";
import { opening } from "./de/opening.ts";
import { optimise } from "./de/optimise.ts";
import { polls } from "./de/polls.ts";
import { proposing } from "./de/proposing.ts";
import { rules } from "./de/rules.ts";
import { settings } from "./de/settings.ts";
import { shell } from "./de/shell.ts";
import { week } from "./de/week.ts";
import { year } from "./de/year.ts";
import type { Messages } from "./en.ts";
import type { Formats } from "./format.ts";

/** Every word of the page in German: neutral and short, neither du nor Sie. Loaded only where it is read. */
export const de = (format: Formats): Messages => ({
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
  ...opening(),
  ...optimise(format),
  ...polls(format),
  ...proposing(format),
  ...rules(format),
  ...settings(),
});
