import { lazy, Suspense, useEffect } from "react";
import { UNSAFE_PortalProvider as PortalProvider } from "react-aria/PortalProvider";
import { deviceZone } from "../data/clock.ts";
import { readSession, sessionStore } from "../data/session.ts";
import { useStore } from "../data/store.ts";
import { LanguageProvider, useLanguage } from "../messages/index.tsx";
import { FailureBoundary } from "./failure.tsx";
import { Nowhere } from "./nowhere.tsx";
import { openPage } from "./open-page.ts";
import { Unreachable } from "./unreachable.tsx";
import { isOffice, officeOf } from "./places.ts";
import { UpdateLine } from "./update-line.tsx";
import { usePath } from "./use-address.ts";
import { Workspace } from "./workspace.tsx";

const Office = lazy(() => import("./office.tsx"));
const Join = lazy(() => import("../features/join/join.tsx"));
const SignIn = lazy(() => import("../features/sign-in/sign-in.tsx"));
const Setup = lazy(() => import("../features/setup/setup.tsx"));

/** Decides what stands on the page: the door, or the rooms behind it. */
export function App() {
  const { status, session, me } = useStore(sessionStore, (state) => state);
  useEffect(() => void openPage(), []);
  const { place, rest } = officeOf(usePath());
  const zone = me?.organisation.zone ?? deviceZone();
  return (
    <LanguageProvider zone={zone}>
      <PortalProvider getContainer={() => document.getElementById(OVERLAYS)}>
        <FailureBoundary>
          <Suspense fallback={null}>
            {status === "unreachable" && <Unreachable onRetry={() => void readSession()} />}
            {session?.setup === true && <Setup session={session} mode="first" />}
            {session !== null && !session.setup && place === "join" && <Join token={rest} />}
            {session !== null && !session.setup && me !== null && place === "start" && (
              <Setup session={session} mode="beside" />
            )}
            {/* A session that ended leaves the page as it was, below the door. */}
            {me !== null && isOffice(place) && (
              <Office me={me} key={me.userId} place={place} rest={rest} isLocked={session?.signedIn !== true} />
            )}
            {me !== null && place === "nowhere" && <Nowhere />}
            {me !== null && place === null && (
              <Workspace me={me} key={me.userId} isLocked={session?.signedIn !== true} />
            )}
            {session !== null && !session.setup && !session.signedIn && place !== "join" && (
              <SignIn session={session} hasEnded={me !== null} />
            )}
          </Suspense>
        </FailureBoundary>
      </PortalProvider>
      <UpdateLine />
      <Overlays />
    </LanguageProvider>
  );
}

const OVERLAYS = "overlays";

/** Where dialogs and popovers come to stand: a part of the page with a name, so that nothing lies outside of all parts. */
function Overlays() {
  const { words } = useLanguage();
  return <section id={OVERLAYS} aria-label={words.overlays} />;
}
