import { followOtherWindows, readSession } from "../data/session.ts";
import { whenIdle } from "../offline/idle.ts";

/** So long a server may take to say who is here, before the page opens with what this device keeps. */
const ANSWER_MS_MAX = 4_000;

/** Opens the page: from the server, or without one; then makes it ready to be opened without one. */
export async function openPage(): Promise<void> {
  let opening: Promise<boolean> | null = null;
  const openKept = () =>
    (opening ??= import("../offline/open-kept.ts").then((room) => room.openKept()).catch(() => false));
  followOtherWindows();
  const slow = setTimeout(() => void openKept(), ANSWER_MS_MAX);
  await readSession(openKept);
  clearTimeout(slow);
  whenIdle(() => void import("../offline/start.ts").then((room) => room.startOffline()).catch(() => {}));
}
