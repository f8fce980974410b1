import type { YearState } from "../data/years.ts";
import { useLanguage } from "../messages/index.tsx";
import { Button } from "../ui/button.tsx";

/** What stands where a year would: that it is being loaded, or why it could not be. Nothing once it is there. */
export function NotReady(props: { readonly year: number; readonly state: YearState; readonly onRetry: () => void }) {
  const { year, state, onRetry } = props;
  const { words } = useLanguage();
  switch (state.status) {
    case "ready":
      return null;
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
