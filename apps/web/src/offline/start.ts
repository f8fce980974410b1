import { forgetWhenSignedOut, keepWhatIsLoaded } from "./keep.ts";
import { startWorker } from "./updates.ts";

/** Makes the page one that opens without a server, from the next time on. Where no worker can be, nothing is kept either. */
export async function startOffline(): Promise<void> {
  forgetWhenSignedOut();
  if (await startWorker()) keepWhatIsLoaded();
}
