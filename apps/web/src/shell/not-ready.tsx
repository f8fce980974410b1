import type { YearState } from "../data/years.ts";
import { useLanguage } from "../messages/index.tsx";
import { Button } from "../ui/button.tsx";

/** What stands where a year would, or what comes after its events: that it is being loaded, or why it could not be. */
export function NotReady(props: { readonly year: number; readonly state: YearState; readonly onRetry: () => void }) {
  const { year, state, onRetry } = props;
  const { words } = useLanguage();
  switch (state.status) {
    case "ready":
      return state.areConflictsKnown ? null : <output>{words.year.loading(year)}</output>;
    case "loading":
      return <output>{words.year.loading(year)}</output>;
    case "failed":
      return (
        <>
          <p role="alert">{state.isOffline ? words.failures.network : state.sentence || words.year.failed}</p>
          <Button onPress={onRetry}>{words.actions.retry}</Button>
        </>
      );
  }
}
