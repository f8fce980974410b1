import { dayNumber } from "@hourwright/time";
import type { Job } from "../data/api.ts";
import { changed, missing, refuse, remember, take, type Ask, type Reply, type State } from "./double-state.ts";
import { add, nextId } from "./larkfield.ts";

/** Import of the double: each look at a running job moves it on. */

export function startImport(state: State, { url, body }: Ask, calendarId: string): Reply {
  const titles = [...body.matchAll(/^SUMMARY:(.*)$/gm)].map((found) => found[1]!.trim());
  const isPreview = url.searchParams.get("preview") === "true";
  const known = new Set(
    [...state.world.events.values()].filter((e) => e.calendarId === calendarId).map((e) => e.title),
  );
  const unchanged = titles.filter((title) => known.has(title)).length;
  const problems = body.includes("BEGIN:VCALENDAR")
    ? body.split(/\r?\n/).flatMap((text, index) => lineProblem(text, index + 1))
    : [
        {
          line: 1,
          column: 1,
          severity: "error" as const,
          code: "not-a-calendar",
          message: "This is not a calendar file.",
        },
      ];
  const result = {
    found: titles.length,
    created: titles.length - unchanged,
    updated: 0,
    unchanged,
    unclaimed: 0,
    problems,
    problemCount: problems.length,
    requestId: null,
  };
  const job: Job = { id: nextId("job"), kind: "import", state: "running", progress: 0.1, result, failure: null };
  state.jobs.set(job.id, { job, titles: titles.filter((title) => !known.has(title)), calendarId, isPreview });
  return { status: 202, body: job, location: `/v1/jobs/${job.id}` };
}

function lineProblem(text: string, line: number) {
  if (!/^DTSTART.*:(?!\d{8})/.test(text)) return [];
  const column = text.indexOf(":") + 2;
  return [{ line, column, severity: "error" as const, code: "date-time", message: "This is not a date or time." }];
}

/** Each look at a running job moves it on. */
export function readJob(state: State, _: Ask, id: string): Reply {
  const entry = state.jobs.get(id);
  if (entry === undefined) return missing();
  if (entry.job.state === "running") {
    const progress = Math.min(1, entry.job.progress + 0.45);
    entry.job = { ...entry.job, progress };
    if (progress === 1) finishJob(state, entry);
  }
  return { status: 200, body: entry.job };
}

type JobEntry = State["jobs"] extends Map<string, infer Entry> ? Entry : never;

function finishJob(state: State, entry: JobEntry): void {
  if (entry.isPreview) {
    entry.job = { ...entry.job, state: "waiting" };
    return;
  }
  const day = dayNumber(state.world.year, 1, 4);
  const made = entry.titles.map((title, index) =>
    add(state.world, { title, calendarId: entry.calendarId, day: day + index, startMinute: 600 }),
  );
  const requestId = changed(state, "calendar", entry.calendarId, "updated");
  remember(state, requestId, `Imported ${made.length} events`, () => {
    const back = made.map((event) => take(state, event));
    return () => {
      for (const give of back) give();
      return () => made.map((event) => take(state, event));
    };
  });
  entry.job = { ...entry.job, state: "done", result: { ...entry.job.result!, requestId } };
}

export function acceptJob(state: State, _: Ask, id: string): Reply {
  const entry = state.jobs.get(id);
  if (entry?.job.state !== "waiting") return refuse(409, "jobs/not-waiting", "The job is not waiting for you.");
  entry.isPreview = false;
  entry.job = { ...entry.job, state: "running", progress: 0.3 };
  return { status: 202, body: entry.job };
}

export function cancelJob(state: State, _: Ask, id: string): Reply {
  state.jobs.delete(id);
  return { status: 204 };
}
