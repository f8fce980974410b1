/** What a page asks of the service worker. */
export const WORKER_MESSAGES = {
  /** Answered over the port that comes with it: the name of the build that this worker keeps. */
  build: "build",
  /** To take the place of the worker before it. */
  takeOver: "take over",
} as const;
