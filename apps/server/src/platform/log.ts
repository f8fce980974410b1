/** Where the server's own words go: values first (an error as `err`), then one sentence. pino's logger is one; so is `silent`. */
export type Log = {
  info(fields: object, sentence: string): void;
  warn(fields: object, sentence: string): void;
  error(fields: object, sentence: string): void;
};

/** Says nothing: for tests whose subject is not the log. */
export const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };
