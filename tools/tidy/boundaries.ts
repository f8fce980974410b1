/** Who may import whom. The first rule whose `from` matches a file decides; no rule, no import. Paths from the root. */
export const boundaries: readonly {
  readonly from: string;
  readonly may: readonly string[];
  readonly because: string;
}[] = [
  { from: "packages/std/", may: [], because: "everything stands on std" },
  { from: "packages/time/", may: ["packages/std/"], because: "time knows nothing of calendars" },
  {
    from: "packages/ical/",
    may: ["packages/std/", "packages/time/"],
    because: "a standard knows time and nothing of us",
  },
  {
    from: "packages/conflict/",
    may: ["packages/std/", "packages/time/"],
    because: "a conflict is found and repaired from times alone",
  },
  {
    from: "packages/availability/src/vavailability",
    may: ["packages/std/", "packages/time/", "packages/ical/"],
    because: "opening times are exchanged as the standard has them",
  },
  {
    from: "packages/schedule/",
    may: ["packages/std/", "packages/time/", "packages/availability/"],
    because: "a schedule is weeks that take turns, told by the wall as opening times are",
  },
  {
    from: "packages/roster/",
    may: ["packages/std/", "packages/time/", "packages/availability/", "packages/schedule/"],
    because: "a roster is schedules to come, beside those who are needed",
  },
  { from: "packages/contract/", may: ["packages/std/"], because: "the contract describes, it does not do" },
  {
    from: "packages/client/",
    may: ["packages/std/", "packages/contract/"],
    because: "the client is derived from the contract",
  },
  {
    from: "packages/timeline/",
    may: ["packages/std/", "packages/time/"],
    because: "the timeline is drawn from times alone",
  },
  {
    from: "packages/language/",
    may: ["packages/std/", "packages/time/"],
    because: "words are read without knowing who asks",
  },
  {
    from: "packages/solver/src/calendars/",
    may: ["packages/std/", "packages/time/", "packages/conflict/"],
    because: "calendars are planned under the constraints that are checked",
  },
  { from: "packages/solver/", may: ["packages/std/"], because: "a plan is numbers: it knows no time and no calendar" },
  { from: "packages/", may: ["packages/std/", "packages/time/"], because: "cores do not know each other" },
  {
    from: "apps/server/src/platform/",
    may: ["packages/std/", "packages/contract/"],
    because: "plumbing knows no business",
  },
  {
    from: "apps/server/src/contexts/",
    may: [
      "packages/",
      "apps/server/src/platform/",
      "apps/server/src/contexts/*/public.ts",
      "apps/server/src/contexts/*/pure.ts",
    ],
    because: "a context shows others its public.ts, its pure.ts for compute threads, and nothing else",
  },
  {
    from: "apps/server/src/interfaces/",
    may: [
      "packages/",
      "apps/server/src/platform/",
      "apps/server/src/contexts/*/public.ts",
      "apps/server/src/contexts/*/pure.ts",
    ],
    because: "a protocol speaks for the catalogue",
  },
  { from: "apps/server/src/main.ts", may: ["apps/server/src/", "packages/"], because: "it starts the server" },
  {
    from: "apps/server/src/testing/",
    may: ["apps/server/src/", "packages/"],
    because: "it starts the server in tests",
  },
  {
    from: "apps/server/src/demo/",
    may: [
      "packages/",
      "apps/server/src/platform/",
      "apps/server/src/contexts/*/public.ts",
      "apps/server/src/contexts/*/pure.ts",
    ],
    because: "the demo uses what anybody may use",
  },
  { from: "apps/server/src/", may: ["apps/server/src/", "packages/"], because: "compose.ts wires everything" },
  {
    from: "apps/web/src/features/",
    may: ["packages/", "apps/web/src/ui/", "apps/web/src/data/", "apps/web/src/messages/", "apps/web/src/shell/"],
    because: "a feature never knows another feature",
  },
  {
    from: "apps/web/src/data/",
    may: ["packages/", "apps/web/src/ui/", "apps/web/src/messages/"],
    because: "data knows no feature",
  },
  { from: "apps/web/src/ui/", may: ["packages/", "apps/web/src/messages/"], because: "controls know no data" },
  { from: "apps/web/", may: ["apps/web/", "packages/"], because: "the shell puts the features together" },
  {
    from: "apps/cli/",
    may: ["packages/", "apps/server/src/"],
    because: "the command line is packages, and the server's own tools",
  },
  { from: "tools/", may: ["packages/", "apps/", "tools/"], because: "tools look at everything" },
  { from: "examples/", may: ["packages/"], because: "examples use what users use" },
];

/** The floors of the server's contexts: imports run downwards, or stay on the floor. */
export const floors: readonly (readonly string[])[] = [
  ["identity", "claims", "audit"],
  ["planning", "capacity", "approvals"],
  ["calendars", "bookings", "workforce", "tasks"],
  [
    "providers",
    "automation",
    "notifications",
    "mail",
    "webhooks",
    "reports",
    "assistant",
    "collaboration",
    "learning",
    "leagues",
    "addresses",
  ],
];

/** Null when `file` may import `target`; otherwise the sentence to print. */
export function refusal(file: string, target: string): string | null {
  if (ownPart(file) === ownPart(target)) return null;
  const rule = boundaries.find(({ from }) => file.startsWith(from));
  if (rule === undefined || !rule.may.some((allowed) => matches(target, allowed))) {
    return `${file} may not import ${target}: ${rule?.because ?? "no rule allows it"}`;
  }
  const [own, other] = [floorOf(file), floorOf(target)];
  if (own !== null && other !== null && other > own) return `${file} may not import ${target}: imports run downwards`;
  return null;
}

const contextOf = (path: string): string | null => /^apps\/server\/src\/contexts\/([^/]+)\//.exec(path)?.[1] ?? null;

function floorOf(path: string): number | null {
  const context = contextOf(path);
  if (context === null) return null;
  const floor = floors.findIndex((names) => names.includes(context));
  return floor === -1 ? null : floor;
}

/** The package or context a file belongs to: inside it, everyone may import everyone. */
function ownPart(path: string): string {
  const nested = path.startsWith("apps/server/src/contexts/") || path.startsWith("apps/web/src/features/");
  const whole = path.startsWith("packages/") || path.startsWith("apps/cli/");
  return path
    .split("/")
    .slice(0, nested ? 5 : whole ? 2 : 4)
    .join("/");
}

function matches(target: string, allowed: string): boolean {
  const [head = "", tail] = allowed.split("*");
  return target.startsWith(head) && (tail === undefined || target.endsWith(tail));
}
