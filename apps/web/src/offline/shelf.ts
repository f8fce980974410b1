/**
 * What this device keeps for the time without a server, in IndexedDB: rows of one owner at a time. Whoever is not the owner
 * puts nothing there, so a tab that goes on after somebody signed out in another cannot bring their things back.
 */

/** What a row holds: JSON as bytes, so that its size is known and it is read when it is asked for; or tables of numbers. */
export type Row = Blob | object;

export type Head = {
  /** Of the shape of all rows: another one is not read. */
  readonly form: number;
  readonly userId: string;
  /** Known to the pages of one session of this user. */
  readonly token: string;
  /** When it was as it is on the server, epoch ms. */
  readonly atMs: number;
  /** The last change of the log that is in it; null until something is kept. */
  readonly seq: number | null;
};

const DATABASE = "hourwright";
const STORE = "shelf";
const HEAD = "head";
const OPEN_MS_MAX = 3_000;

let isClosed = false;

/** Removes everything, and keeps nothing more of this page: for who leaves. Without storage there is nothing to remove. */
export async function close(): Promise<void> {
  isClosed = true;
  await forget();
}

/** Makes a user the owner, whose token is answered. What another user has left is removed. */
export function own(userId: string, form: number, newToken: string): Promise<string> {
  return inStore("readwrite", async (store) => {
    if (isClosed) return newToken;
    const head = await headIn(store);
    if (head?.userId === userId && head.form === form) return head.token;
    store.clear();
    store.put({ form, userId, token: newToken, atMs: 0, seq: null } satisfies Head, HEAD);
    return newToken;
  });
}

/**
 * Keeps rows, all or none of them, as of `atMs` and `seq`; of the rows that are there only those named in `stay` do. False
 * when another user, or nobody, is the owner by now.
 */
export function put(
  token: string,
  kept: { readonly atMs: number; readonly seq: number; readonly rows: ReadonlyMap<string, Row> },
  stay: ReadonlySet<string>,
): Promise<boolean> {
  return inStore("readwrite", async (store) => {
    const head = await headIn(store);
    if (head?.token !== token || isClosed) return false;
    for (const key of await keysIn(store)) if (key !== HEAD && !stay.has(key)) store.delete(key);
    for (const [key, row] of kept.rows) store.put(row, key);
    store.put({ ...head, atMs: kept.atMs, seq: kept.seq } satisfies Head, HEAD);
    return true;
  });
}

/** All that is kept; null when nothing is, or it cannot be read. */
export async function take(): Promise<{ readonly head: Head; readonly rows: ReadonlyMap<string, Row> } | null> {
  return inStore("readonly", async (store) => {
    const head = await headIn(store);
    if (head === undefined) return null;
    const [keys, rows] = await Promise.all([keysIn(store), answerOf(store.getAll() as IDBRequest<Row[]>)]);
    return { head, rows: new Map(keys.map((key, i) => [key, rows[i]!])) };
  });
}

/** Removes everything. Without storage there is nothing to remove. */
export async function forget(): Promise<void> {
  await inStore("readwrite", async (store) => answerOf(store.clear())).catch(() => {});
}

const headIn = (store: IDBObjectStore): Promise<Head | undefined> =>
  answerOf(store.get(HEAD) as IDBRequest<Head | undefined>);

const keysIn = (store: IDBObjectStore): Promise<string[]> => answerOf(store.getAllKeys() as IDBRequest<string[]>);

/** One transaction: its work waits for nothing but its own requests, or it would be over. */
async function inStore<Value>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => Promise<Value>,
): Promise<Value> {
  const database = await openDatabase();
  try {
    const transaction = database.transaction(STORE, mode);
    const done = new Promise<void>((resolve, reject) => {
      transaction.addEventListener("complete", () => resolve());
      transaction.addEventListener("abort", () => reject(failureOf(transaction.error)));
    });
    const [value] = await Promise.all([work(transaction.objectStore(STORE)), done]);
    return value;
  } finally {
    database.close();
  }
}

/** Some browsers leave one waiting for ever after a crash: nobody's sign-out hangs on that. */
function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.addEventListener("upgradeneeded", () => request.result.createObjectStore(STORE));
  const late = new Promise<never>((_, reject) => setTimeout(() => reject(failureOf(null)), OPEN_MS_MAX));
  return Promise.race([answerOf(request), late]);
}

function answerOf<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(failureOf(request.error)));
  });
}

const failureOf = (cause: DOMException | null): Error => new Error("what is kept cannot be reached", { cause });
