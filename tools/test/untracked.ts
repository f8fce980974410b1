import hooks from "node:async_hooks";

/** What a test file is started with, so that its promises are not followed. */
export const UNTRACKED = ["--import", import.meta.url] as const;

/**
 * `node:test` follows every promise of the process from its making to its end, only to know which test an error belongs to that
 * nobody caught. A promise costs twenty-five times as much by that, and a file of the server a sixth of its processor time. Not
 * followed, such an error still fails the run, and names the file; `node --test FILE` then names the test.
 */
const { createHook } = hooks;
hooks.createHook = (callbacks) => createHook({ ...callbacks, trackPromises: false });
