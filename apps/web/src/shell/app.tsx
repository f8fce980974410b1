import { lazy, Suspense, useEffect } from "react";
import { UNSAFE_PortalProvider as PortalProvider } from "react-aria/PortalProvider";
import { deviceZone } from "../data/clock.ts";
import { readSession, sessionStore } from "../data/session.ts";
import { useStore } from "../data/store.ts";
import { LanguageProvider, useLanguage } from "../messages/index.tsx";
import { FailureBoundary } from "./failure.tsx";
import { Unreachable } from "./unreachable.tsx";
import { Workspace } from "./workspace.tsx";

const SignIn = lazy(() => import("../features/sign-in/sign-in.tsx"));
const Setup = lazy(() => import("../features/setup/setup.tsx"));

/** Decides what stands on the page: the door, or the rooms behind it. */
export function App() {
  const { status, session, me } = useStore(sessionStore, (state) => state);
  useEffect(() => void readSession(), []);
  const zone = me?.organisation.zone ?? deviceZone();
  return (
    <LanguageProvider zone={zone}>
      <PortalProvider getContainer={() => document.getElementById(OVERLAYS)}>
        <FailureBoundary>
          <Suspense fallback={null}>
            {status === "unreachable" && <Unreachable onRetry={() => void readSession()} />}
            {session?.setup === true && <Setup session={session} />}
            {/* A session that ended leaves the page as it was, below the door. */}
            {me !== null && <Workspace me={me} key={me.userId} isLocked={session?.signedIn !== true} />}
            {session !== null && !session.setup && !session.signedIn && (
              <SignIn session={session} hasEnded={me !== null} />
            )}
          </Suspense>
        </FailureBoundary>
      </PortalProvider>
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
