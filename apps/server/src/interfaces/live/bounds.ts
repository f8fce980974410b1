/** Bounds of live connections: what one person, one process and one message may take. */
export const bounds = {
  /** Open connections of one process: each costs about 40 kB. */
  connectionsMax: 10_000,
  /** Of one person: the tabs of several devices. */
  connectionsOfUserMax: 20,
  ticketsMax: 10_000,
  ticketsOfUserMax: 50,
  /** Messages that a client may say within a second. */
  messagesASecondMax: 100,
  /** Bytes waiting for a client above which nothing more is read for it, and below which reading goes on. */
  waitingBytesMax: 256 * 1_024,
  waitingBytesLow: 64 * 1_024,
  /** A client that takes in nothing for so long is let go. */
  stuckMs: 20_000,
  /** Every connection is asked so often whether it is there; its session, whether it still is. */
  beatMs: 30_000,
  /** A wake-up from another process may be lost: everybody looks so often by the clock. */
  lookMs: 15_000,
  /** Changes read from the log at once. */
  pageChanges: 500,
  /** Clients that are told in one turn of the event loop: some milliseconds. */
  clientsOfATurn: 100,
  /** Changes kept in memory for those who follow: older ones are read from the log again. */
  recentChangesMax: 2_000,
  /** Who missed more than this loads anew: it is cheaper for both. */
  missedChangesMax: 10_000,
  /** Somebody who has not said for so long where they look is away. */
  hereMs: 75_000,
  peopleShownMax: 50,
  /** Who came and went within this long is told once. */
  presenceMs: 100,
  /** Detection runs at most this part of the time: one run that took 100 ms is followed by a rest of 900 ms. */
  detectionShare: 0.1,
  detectionRestMs: 250,
  conflictWindowMs: 800 * 86_400_000,
  /** Repairs looked up for conflicts that one run has found. */
  suggestionsOfARunMax: 3,
  /** Connections that are told to close get so long to say goodbye. */
  closeMs: 1_000,
} as const;

export type Bounds = { readonly [Name in keyof typeof bounds]: number };
