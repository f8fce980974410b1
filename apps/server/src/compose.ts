import { createHmac, randomBytes, randomInt } from "node:crypto";
import { fileURLToPath } from "node:url";
import { availableParallelism } from "node:os";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Logger } from "pino";
import { isRefused } from "@hourwright/contract";
import { Answers } from "./platform/answers/answers.ts";
import { startRelay } from "./platform/changes/relay.ts";
import { changeOperations } from "./platform/changes/operations.ts";
import { forgetting } from "./platform/changes/retention.ts";
import type { Clock } from "./platform/clock.ts";
import { mineOperations } from "./platform/bundle/mine.ts";
import { bundleOperations } from "./platform/bundle/operations.ts";
import { undoOperations } from "./platform/bundle/undo.ts";
import type { Database } from "./platform/db/database.ts";
import { upkeep } from "./platform/db/upkeep.ts";
import { linkTokens } from "./platform/http/link-tokens.ts";
import { networkOf } from "./platform/http/network.ts";
import { createRateLimits } from "./platform/http/rate-limits.ts";
import type { IdMaker } from "./platform/ids.ts";
import { startJobs } from "./platform/jobs/jobs.ts";
import { jobOperations } from "./platform/jobs/operations.ts";
import { createDispatcher, type Handlers } from "./platform/operations/dispatcher.ts";
import type { Call } from "./platform/bundle/bundle.ts";
import type { RequestContext } from "./platform/operations/context.ts";
import { startReconciler, type Reconciler } from "./platform/reconciler.ts";
import { createMetrics } from "./platform/telemetry/metrics.ts";
import { createWorkerPool, type WorkerPool } from "./platform/workers/pool.ts";
import {
  accessTokens,
  actorOf,
  hasMark,
  inverseOfIdentity,
  subjectOperations,
  authenticator,
  callersOf,
  createPeople,
  createScim,
  departmentOperations,
  inverseOfDepartments,
  summaryOfDepartments,
  identityOperations,
  may,
  newSetupCode,
  openSignIn,
  organisationOf,
  provisioningOperations,
  sharedSecret,
  systemContext,
  listOrganisations,
  type SubjectPorts,
} from "./contexts/identity/public.ts";
import {
  approvalOperations,
  approvalReconciler,
  inverseOfApprovals,
  summaryOfApprovals,
  type ApprovalKind,
} from "./contexts/approvals/public.ts";
import { capacityOperations } from "./contexts/capacity/public.ts";
import { claimOperations } from "./contexts/claims/public.ts";
import {
  answerConsumer,
  inverseOfPlanning,
  openPlugins,
  PLANS_AT_ONCE,
  planningOperations,
  pollOperations,
  searchHandler,
  summaryOfPlanning,
} from "./contexts/planning/public.ts";
import {
  calendarOperations,
  derivedWindow,
  describeEvents,
  HORIZON,
  hourDeedsOf,
  horizonReconciler,
  importHandler,
  importSweeper,
  inverseOfEvent,
  inverseOfProposal,
  lookAtEvents,
  markSubjectToDerive,
  openCalendars,
  proposalOperations,
  summariesOf,
  undoImportAsJob,
  undoImportHandler,
} from "./contexts/calendars/public.ts";
import {
  mailConsumer,
  mailOperations,
  mailReconciler,
  mailSweeper,
  noticeMailConsumer,
  noticeMailReconciler,
  smtpSender,
} from "./contexts/mail/public.ts";
import { noticeConsumer, noticeReconciler, notificationOperations } from "./contexts/notifications/public.ts";
import {
  accountOperations,
  adjustmentApproval,
  adjustmentOperations,
  demandOperations,
  draftOperations,
  rosterPlanHandler,
  rosterPlanOperations,
  publicationOperations,
  askedOperations,
  awayAt,
  AVAILABILITY,
  availabilityOperations,
  availabilityReconciler,
  contractOperations,
  coverOperations,
  coverReconciler,
  createAskedLinks,
  describeDuties,
  figureOperations,
  holidaysOnThread,
  inverseOfWorkforce,
  openShiftOperations,
  organisationOfLink,
  ruleSetOperations,
  scheduleOperations,
  shiftFileOperations,
  skillOperations,
  staffHandler,
  staffOperations,
  type StaffPorts,
  summaryOfWorkforce,
  swapOperations,
  workforceOperations,
} from "./contexts/workforce/public.ts";
import {
  bookingOperations,
  customerOperations,
  sharedWrites,
  bookingViews,
  createProofs,
  createSealing,
  describeBookings,
  holdCounter,
  holdReconciler,
  inverseOfBookings,
  publicDoor,
  ruleFacts,
  summaryOfBookings,
  waitingConsumer,
  waitingReconciler,
} from "./contexts/bookings/public.ts";
import { feedReconciler, providerOperations } from "./contexts/providers/public.ts";
import {
  inverseOfLearning,
  learningOperations,
  learningReconciler,
  summaryOfLearning,
  trainHandler,
} from "./contexts/learning/public.ts";
import {
  inverseOfLeagues,
  leagueInCalendar,
  leagueOperations,
  leaguePlanHandler,
  summaryOfLeagues,
} from "./contexts/leagues/public.ts";
import { addressOperations, organisationOfAddress } from "./contexts/addresses/public.ts";
import { createGuardedFetch } from "./platform/http/guarded-fetch.ts";
import { demoAccounts } from "./demo/accounts.ts";
import { fillDemo } from "./demo/fill.ts";
import { DEMO_REMOVED, removeDemo } from "./demo/remove.ts";
import { registerDocs } from "./interfaces/pages/docs.ts";
import { registerHealth } from "./interfaces/pages/health.ts";
import { registerBooking } from "./interfaces/pages/booking.ts";
import { bookingAssets } from "./interfaces/pages/booking/assets.ts";
import { registerWeb } from "./interfaces/pages/web.ts";
import { registerScim } from "./interfaces/scim/routes.ts";
import { openLive } from "./interfaces/live/live.ts";
import { registerOperations, type RestPorts, type UnitsBy } from "./interfaces/rest/routes.ts";
import { readCertificate } from "./interfaces/rest/certificate.ts";
import { createHttpServer } from "./interfaces/rest/server.ts";
import { createTracer, type RequestTrace } from "./interfaces/rest/trace.ts";
import { isLoopback, isReachable, type Config } from "./config.ts";
import { openGround } from "./ground.ts";

/** What the world gives: handed in, so that a simulator can run this same server. */
export type World = {
  readonly clock: Clock;
  readonly newId: IdMaker;
  readonly log: Logger;
  /** What is approved beside the product's own kinds: for tests of the mechanism. */
  readonly approvalKinds?: readonly ApprovalKind[];
};

export type Application = AsyncDisposable & {
  readonly server: FastifyInstance;
  /** What the terminal should say beside the address. */
  readonly notes: readonly string[];
  /** The demo accounts work here. */
  readonly demo: boolean;
  readonly setupCode: () => string | null;
  readonly database: Database;
  /** Answers `/readyz` with 503 from now on, so that a balancer looks elsewhere. */
  drain(): void;
};

const OPEN_DEMO = "DEMO=1: anybody who reaches this server can sign in with the published demo passwords.";

/** Wires the server, from the ground up. Reads top to bottom. */
export async function compose(config: Config, { clock, newId, log, approvalKinds = [] }: World): Promise<Application> {
  // The ground: database, schema, secrets. What can be wrong without them is asked first.
  const tls = config.tlsCert === null ? null : readCertificate(config.tlsCert, config.tlsKey!);
  const tools = { clock, log, ids: newId };
  const { database, secret } = await openGround(config, tools);
  const addressKey = await sharedSecret(database, "addresses", () => randomBytes(32).toString("base64url"));
  const sealing = createSealing(await sharedSecret(database, "customers", () => randomBytes(48).toString("base64url")));
  const proofs = createProofs(await sharedSecret(database, "proofs", () => randomBytes(48).toString("base64url")));
  const linkSecret = await sharedSecret(database, "links", () => randomBytes(48).toString("base64url"));
  const links = createAskedLinks(linkSecret);
  const formSecret = await sharedSecret(database, "forms", () => randomBytes(32).toString("base64url"));
  const publicUrl = config.publicUrl ?? `http://localhost:${config.port}`;
  const { origin: publicOrigin, hostname: publicHost } = new URL(publicUrl);
  const pool = createWorkerPool(Math.max(1, availableParallelism() - 1), clock);
  // Questions do not wait behind imports, and never for the database: so a unit may wait for them.
  const questions = createWorkerPool(1, clock);
  const library = holidaysOnThread(pool);
  const plans = createWorkerPool(PLANS_AT_ONCE, clock);
  const metrics = createMetrics();
  const answers = new Answers();

  // Who may come in.
  const signIn = await openSignIn(database, secret, publicUrl);
  const tokens = accessTokens(secret, publicUrl);
  const authenticate = authenticator(database, tokens, secret, clock);
  type Unit = Parameters<typeof openCalendars>[0];
  const openCalendarsFor = async (
    unit: Unit,
    people: readonly { readonly id: string; readonly name: string; readonly zone: string }[],
  ) => {
    const own = { colour: 250, category: null, policy: "warn", sharing: "busy" } as const;
    await openCalendars(
      unit,
      people.map(({ id, name, zone }) => ({ ...own, name, ownerSubjectId: id, zone })),
    );
    unit.wake(AVAILABILITY);
  };
  const openCalendarFor = (unit: Unit, id: string, name: string, zone: string) =>
    openCalendarsFor(unit, [{ id, name, zone }]);
  const organisations = await listOrganisations(database);
  const isOpen = config.databaseUrl !== null || isReachable(config);
  const wantsDemo = config.demo ?? (!isOpen && !(await hasMark(database, DEMO_REMOVED)));
  const demoHere = organisations.some(({ demo }) => demo);
  const notes: string[] = [];
  if (wantsDemo && organisations.length === 0) {
    await fillDemo({ database, clock, newId, signIn, sealing, links });
  } else if (demoHere && isOpen && config.demo !== true) {
    notes.push(
      "The demo accounts are switched off here, because other machines can reach this server. DEMO=1 switches them on.",
    );
  }
  let isDemo = (demoHere || (wantsDemo && organisations.length === 0)) && (!isOpen || config.demo === true);
  const notice = isDemo && isOpen ? OPEN_DEMO : null;
  if (notice !== null) notes.push(notice);
  let setupCode = organisations.some(({ demo }) => !demo) ? null : newSetupCode();
  if (setupCode !== null && isDemo && isOpen)
    notes.push(`To start your own beside the demo, use the code ${setupCode}.`);

  // What it can do.
  const limits = createRateLimits({
    off: config.rateLimit === "off",
    requests: config.rateLimitRequests,
    windowMs: config.rateLimitWindowMs,
  });
  const identityPorts = {
    database,
    clock,
    newId,
    signIn,
    tokens,
    limits,
    cookieSecret: secret,
    authenticate,
    notice,
    demoAccounts: () => (isDemo ? demoAccounts.filter(({ oneClick }) => oneClick) : []),
    demoBarred: () => !isDemo,
    demoEmails: new Set(demoAccounts.map(({ email }) => email)),
    openCalendarFor,
    setupCode: () => setupCode,
    setupFinished: () => void (setupCode = null),
    sessionEnded: (sessionId: string) => live.endSession(sessionId),
    startNeedsCode: isOpen,
    publicUrl,
    hasDemo: () => isDemo,
    removeDemo: async () => {
      if (!isDemo) return null;
      isDemo = false; // Nobody comes in any more, before the first row goes.
      return removeDemo(database);
    },
  };
  const waitingPorts = { database, newId, questions };
  const { smtp, mailFrom } = config;
  const sender = smtp === null || mailFrom === null ? null : smtpSender(smtp, mailFrom, clock);
  const relay = await startRelay(database, tools, [
    noticeConsumer(database),
    mailConsumer(database, sealing),
    ...(sender === null ? [] : [noticeMailConsumer(database)]),
    waitingConsumer(waitingPorts),
    holdCounter(database),
    answerConsumer(database, hourDeedsOf),
  ]);
  const mail =
    sender === null
      ? null
      : { ...sender, ...mailReconciler({ database, clock, newId, sealing, publicUrl, log }, sender) };
  const live = openLive({
    database,
    relay,
    clock,
    newId,
    log,
    limits,
    questions,
    ruleFacts,
    describe,
    ownOrigins: (request) => ownOrigins(request, publicOrigin),
    hashAddress: (address) => tracer.hashAddress(address),
  });
  const monotonicMs = () => clock.monotonicMs();
  let overBudget = 0;
  const call: Call = (id, input, context) => dispatcher.dispatch(id, input, context);
  const plugins = openPlugins({ folder: config.pluginsDir, database, newId, log, monotonicMs });
  const approvals = { kinds: [adjustmentApproval(), ...approvalKinds], isAway: awayAt };
  const subjectPorts: SubjectPorts = {
    deriveAgain: async (unit, subjectId) => {
      await markSubjectToDerive(unit, subjectId);
      unit.wake(HORIZON);
    },
    wakeAvailability: (unit) => unit.wake(AVAILABILITY),
  };
  const staffPorts: StaffPorts = {
    call,
    library,
    addPeople: async (unit, people) => {
      if (people.length === 0) return [];
      const { zone } = await organisationOf(unit);
      const made = await createPeople(
        unit,
        people.map(({ name, email }) => ({ name, email, zone })),
      );
      if (isRefused(made)) return made;
      await openCalendarsFor(unit, made);
      return made.map(({ id }) => id);
    },
  };
  const handlers: Handlers = {
    ...identityOperations(identityPorts),
    ...subjectOperations({ ...subjectPorts, answers, openCalendarFor }),
    ...provisioningOperations(database, `${publicUrl}/scim/v2`),
    ...departmentOperations,
    ...approvalOperations(approvals),
    ...workforceOperations,
    ...availabilityOperations({ library, questions }),
    ...skillOperations,
    ...contractOperations({ library }),
    ...adjustmentOperations(approvals),
    ...coverOperations(links),
    ...openShiftOperations,
    ...swapOperations(links),
    ...askedOperations(links),
    ...addressOperations(linkTokens(linkSecret, "calendar addresses"), publicUrl),
    ...accountOperations,
    ...figureOperations,
    ...staffOperations(staffPorts),
    ...ruleSetOperations,
    ...scheduleOperations({ answers }),
    ...demandOperations({ answers }),
    ...draftOperations,
    ...rosterPlanOperations,
    ...shiftFileOperations,
    ...publicationOperations,
    ...claimOperations,
    ...planningOperations({
      describe,
      lookAt: lookAtEvents,
      call,
      monotonicMs,
      questions,
      ruleFacts,
      plans,
      plugins,
      overBudget: ({ stage, ms, budgetMs }, requestId) => {
        overBudget++;
        log.info({ requestId, stage, ms, budgetMs }, "a stage of a detection took longer than it may");
      },
      horizon: derivedWindow,
    }),
    ...capacityOperations({ answers, questions }),
    ...calendarOperations({
      answers,
      describe,
      views: bookingViews,
      newId,
      heldBy: leagueInCalendar,
      monotonicMs,
      questions,
      against: { plugins, questions, describe, ruleFacts, monotonicMs },
    }),
    ...proposalOperations,
    ...pollOperations({ call }),
    ...bookingOperations({
      sealing,
      questions,
      answers,
      isMailed: mail !== null,
      call,
      proofs,
      countUnproven: (addressHash) => limits.byUnproven(addressHash),
    }),
    ...customerOperations(sealing),
    ...mailOperations({ sealing, sender: mail, countTest: (userId) => limits.byTestMail(userId) }),
    ...providerOperations,
    ...learningOperations({ newKey: () => randomBytes(48).toString("base64url"), plans }),
    ...leagueOperations,
    ...jobOperations,
    ...changeOperations,
    ...live.operations,
    ...notificationOperations,
    ...mineOperations({
      summaries: async (unit, caller, requests) => {
        const events = await summariesOf(unit, caller, requests);
        return events.map((said, i) => {
          const request = requests[i]!;
          return (
            summaryOfLeagues(request) ??
            said ??
            summaryOfPlanning(request) ??
            summaryOfDepartments(request) ??
            summaryOfBookings(request) ??
            summaryOfWorkforce(request) ??
            summaryOfApprovals(request) ??
            summaryOfLearning(request)
          );
        });
      },
    }),
    ...bundleOperations(call),
    ...undoOperations({
      call,
      inverse: (change, isLastOfThing) =>
        inverseOfEvent(change, isLastOfThing) ??
        inverseOfProposal(change) ??
        inverseOfPlanning(change) ??
        inverseOfIdentity(change) ??
        inverseOfDepartments(change) ??
        inverseOfApprovals(change, approvals.kinds) ??
        inverseOfWorkforce(change) ??
        inverseOfBookings(change) ??
        inverseOfLeagues(change) ??
        inverseOfLearning(change),
      undoAsJob: undoImportAsJob,
    }),
  };
  const bookingDoor = publicDoor(database);
  const door = async (id: string) =>
    (await organisationOfLink(database, id, clock.nowMs())) ??
    (await organisationOfAddress(database, id)) ??
    (await bookingDoor(id));
  const dispatcher = createDispatcher(handlers, may, door, {
    seal: sealing.sealNotes,
    unseal: sealing.unsealNotes,
  });

  // What works in the background.
  const importPorts = { database, pool, clock, newId };
  const trainingPorts = { ...importPorts, plans };
  const feedPorts = {
    ...importPorts,
    fetch: createGuardedFetch({ clock, networks: config.feedNetworks, userAgent: "Hourwright (calendar feeds)" }),
    chance: () => randomInt(1_000) / 1_000,
  };
  const jobs = await startJobs(database, tools, [
    importHandler(importPorts),
    undoImportHandler(importPorts),
    searchHandler({
      database,
      callersOf: (sessionIds) => callersOf(database, sessionIds),
      ruleFacts,
      describe,
      plans,
      clock,
    }),
    rosterPlanHandler({
      database,
      callersOf: (sessionIds) => callersOf(database, sessionIds),
      plans,
      clock,
    }),
    leaguePlanHandler({
      database,
      callersOf: (sessionIds) => callersOf(database, sessionIds),
      plans,
      clock,
    }),
    trainHandler(trainingPorts),
    staffHandler({ database, callersOf: (sessionIds) => callersOf(database, sessionIds), staff: staffPorts }),
  ]);
  const reconcilers = [
    upkeep(database),
    forgetting(database, tools),
    availabilityReconciler(database, newId, library),
    holdReconciler(database, newId),
    waitingReconciler(waitingPorts),
    horizonReconciler(database, newId),
    importSweeper(importPorts),
    noticeReconciler(database, clock, newId),
    approvalReconciler({ ...approvals, database, clock, newId }),
    coverReconciler({ database, clock, newId, links }),
    mailSweeper(database, newId),
    ...(mail === null ? [] : [mail]),
    ...(sender === null ? [] : [noticeMailReconciler({ database, clock, newId, links, publicUrl, log }, sender)]),
    feedReconciler(feedPorts),
    learningReconciler(trainingPorts),
  ].map((task: Reconciler) => {
    const running = startReconciler(task, clock, (status) =>
      "failed" in status
        ? log.warn({ reconciler: task.name, ...status }, "a reconciler failed")
        : log.debug({ reconciler: task.name, ...status }, "reconciled"),
    );
    database.onWake(task.name, () => running.wake()); // Units wake a reconciler by its name.
    return running;
  });

  // How it is spoken to.
  if (config.rateLimit === "off") notes.push("RATE_LIMIT=off: request limits are off.");
  const tracer = createTracer(
    (trace) => leaveTrace(log, metrics.requestTook, trace),
    (address) => createHmac("sha256", addressKey).update(networkOf(address)).digest("base64url").slice(0, 22),
  );
  const server = await createHttpServer({
    log,
    newId,
    tracer,
    trustProxy: config.trustProxy,
    tls,
    isOwnHost: (host) => isOpen || isLoopback(host) || host === publicHost,
  });
  const rest: RestPorts = {
    limits,
    dispatcher,
    clock,
    authenticate,
    ownOrigins: (request) => ownOrigins(request, publicOrigin),
    unitsOf: (by, operation, requestId) => unitsOf(database, newId, by, operation, requestId),
    tracer,
  };
  registerOperations(server, rest);
  let draining = false;
  registerHealth(server, {
    metrics,
    whyNotReady: async () => (draining ? "draining" : (await database.health()) ? null : "database"),
  });
  live.attach(server);
  registerDocs(server, () => publicUrl);
  registerScim(server, {
    scim: createScim({
      ...subjectPorts,
      database,
      clock,
      newId,
      openCalendarFor,
      sessionEnded: (sessionId) => live.endSession(sessionId),
    }),
    limits,
    tracer,
    clock,
    publicUrl: () => publicUrl,
  });
  const webFolder = fileURLToPath(new URL("../../web/dist", import.meta.url));
  registerBooking(server, {
    ...rest,
    secret: formSecret,
    publicUrl: () => publicUrl,
    assets: bookingAssets(webFolder),
  });
  registerWeb(server, webFolder);
  showDatabase(metrics, database);
  showThreads(metrics, "work", pool);
  showThreads(metrics, "questions", questions);
  showThreads(metrics, "plans", plans);
  metrics.gauge("detection_over_budget", "Stages of detections that took longer than they may", () => overBudget);
  metrics.gauge("answers_kept", "Lists answered from memory", () => answers.stats().hits);
  metrics.gauge("answers_made", "Lists worked out anew", () => answers.stats().misses);
  metrics.gauge("answers_bytes", "Bytes of lists held in memory", () => answers.stats().bytes);
  metrics.gauge("live_connections", "WebSockets that are open", () => live.stats().connections);
  metrics.gauge("live_messages", "Messages sent over WebSockets since the start", () => live.stats().messages);

  return {
    server,
    notes,
    demo: isDemo,
    database,
    setupCode: () => (isDemo ? null : setupCode),
    drain: () => void (draining = true),
    async [Symbol.asyncDispose]() {
      await live[Symbol.asyncDispose]();
      await server.close();
      await Promise.all(reconcilers.map((each) => each[Symbol.asyncDispose]()));
      await relay[Symbol.asyncDispose]();
      await jobs[Symbol.asyncDispose]();
      await pool[Symbol.asyncDispose]();
      await questions[Symbol.asyncDispose]();
      await plans[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

/** The pages from which browsers may change things: where they reached us, and the public address. */
function ownOrigins(request: FastifyRequest, publicOrigin: string): string[] {
  return [`${request.protocol}://${request.host}`, publicOrigin];
}

/** What commitments are called, whoever owns them. */
const describe: typeof describeEvents = async (unit, viewer, dates) =>
  new Map([
    ...(await describeEvents(unit, viewer, dates)),
    ...(await describeBookings(unit, viewer, dates)),
    ...(await describeDuties(unit, viewer, dates)),
  ]);

/** Who books at a public page. */
const ANYBODY = { kind: "system", userId: null, personId: null, label: "A customer" } as const;
/** Who answers by a link that they were mailed. */
const BY_LINK = { kind: "system", userId: null, personId: null, label: "Somebody with a link" } as const;

const strangerOf = (operation: string) => (operation.startsWith("asked.") ? BY_LINK : ANYBODY);

/** A request's way to the database: units in the caller's organisation, as the caller; or in that of something public. */
function unitsOf(
  database: Database,
  newId: IdMaker,
  by: UnitsBy | null,
  operation: string,
  requestId: string,
): Pick<RequestContext, "read" | "write" | "attempt"> {
  const context = () => {
    if (by === null) throw new Error(`${operation} needs an organisation, and nobody is signed in`);
    const actor = by.userId === null ? strangerOf(operation) : actorOf(by);
    return { ...systemContext(by.organisation, operation, newId), requestId, actor };
  };
  return {
    read: (work) => database.inOrganisation(context(), work, { lane: "read" }),
    write: (work) => database.inOrganisation(context(), work, { isShared: sharedWrites.has(operation) }),
    attempt: (work, options) => database.inOrganisation(context(), work, { ...options, isTrial: true }),
  };
}

/** One line of log for each request, refusals too: who, what, from where (a keyed hash), with what, and what came of it. */
function leaveTrace(
  log: Logger,
  took: (operation: string, status: number, ms: number) => void,
  trace: RequestTrace,
): void {
  took(trace.operation, trace.status, trace.tookMs);
  log.info(
    {
      requestId: trace.requestId,
      operation: trace.operation,
      organisation: trace.actor?.organisation ?? null,
      actor: trace.actor?.userId ?? null,
      address: trace.addressHash,
      client: trace.client.slice(0, 200),
      status: trace.status,
      code: trace.code,
      tookMs: Math.round(trace.tookMs * 10) / 10,
    },
    "request",
  );
}

function showDatabase(metrics: ReturnType<typeof createMetrics>, database: Database): void {
  const stats = () => database.stats();
  metrics.gauge("database_units", "Units run", () => stats().units);
  metrics.gauge("database_units_slow", "Units over 250 ms", () => stats().unitsSlow);
  metrics.gauge("database_unit_ms_max", "The longest unit", () => stats().unitMsMax);
  metrics.gauge("database_waiting", "Requests that wait for the database", () => stats().waiting);
}

function showThreads(metrics: ReturnType<typeof createMetrics>, name: string, pool: WorkerPool): void {
  const stats = () => pool.stats();
  metrics.gauge(`threads_${name}`, `Threads of ${name}`, () => stats().threads);
  metrics.gauge(`threads_${name}_running`, `Tasks of ${name} at work`, () => stats().running);
  metrics.gauge(`threads_${name}_waiting`, `Tasks of ${name} that wait for a thread`, () => stats().waiting);
  metrics.gauge(
    `threads_${name}_delay_ms`,
    `Milliseconds that half of the last had waited`,
    () => stats().delayMs.median,
  );
  metrics.gauge(`threads_${name}_delay_ms_p99`, `The same of all but one in a hundred`, () => stats().delayMs.p99);
  metrics.gauge(`threads_${name}_shed`, `Tasks of ${name} refused while they waited`, () => stats().shed);
  metrics.gauge(`threads_${name}_restarts`, `Threads of ${name} that were replaced`, () => stats().restarts);
}
