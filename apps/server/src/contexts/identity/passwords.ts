import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { availableParallelism } from "node:os";
import { promisify } from "node:util";
import { Unavailable } from "../../platform/failure.ts";

const derive = promisify(argon2);

/** OWASP's parameters for argon2id: 19 MiB, two passes, one lane; about 40 ms of one core. */
const MEMORY_KIB = 19_456;
const PASSES = 2;
const LANES = 1;
const TAG_BYTES = 32;
const SALT_BYTES = 16;
/** Each derivation holds 19 MiB and a core: so many at once, so many waiting, and then 503. */
const RUNNING_MAX = availableParallelism();
const WAITING_MAX = 64;

let running = 0;
const waiting: (() => void)[] = [];

/** A password as an argon2id string (PHC form), with a salt of its own. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const tag = await derived(password, salt, MEMORY_KIB, PASSES, LANES);
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${bare(salt)}$${bare(tag)}`;
}

/** Whether `password` made `hash`; false for a hash that is not ours. Takes the same time either way. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(hash);
  if (match === null) return false;
  const [, memory, passes, lanes, salt, tag] = match as unknown as [string, string, string, string, string, string];
  const expected = Buffer.from(tag, "base64");
  const actual = await derived(password, Buffer.from(salt, "base64"), Number(memory), Number(passes), Number(lanes));
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

/** Hashes a password nobody has, so that an unknown address takes as long as a known one. */
export async function pretendToVerify(password: string): Promise<void> {
  await derived(password, Buffer.alloc(SALT_BYTES), MEMORY_KIB, PASSES, LANES);
}

const bare = (bytes: Buffer): string => bytes.toString("base64").replaceAll("=", "");

async function derived(
  password: string,
  nonce: Buffer,
  memory: number,
  passes: number,
  parallelism: number,
): Promise<Buffer> {
  await enter();
  try {
    const message = password.normalize("NFKC");
    const tag = await derive("argon2id", { message, nonce, memory, passes, parallelism, tagLength: TAG_BYTES });
    return Buffer.from(tag);
  } finally {
    running--;
    waiting.shift()?.();
  }
}

async function enter(): Promise<void> {
  if (running >= RUNNING_MAX) {
    if (waiting.length >= WAITING_MAX) throw new Unavailable("too many passwords are being checked");
    await new Promise<void>((resume) => waiting.push(resume));
  }
  running++;
}
