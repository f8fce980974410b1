import { useSyncExternalStore } from "react";

/** A value that many parts of the page read and few write. Readers are told after each `set` that changes it. */
export type Store<State> = {
  readonly get: () => State;
  readonly set: (change: Partial<State> | ((state: State) => Partial<State>)) => void;
  readonly subscribe: (listener: () => void) => () => void;
};

export function createStore<State extends object>(initial: State): Store<State> {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    set: (change) => {
      const part = typeof change === "function" ? change(state) : change;
      if (Object.entries(part).every(([key, value]) => Object.is(state[key as keyof State], value))) return;
      state = { ...state, ...part };
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The selected part of a store; the component renders again only when that part is another value. */
export function useStore<State extends object, Part>(store: Store<State>, select: (state: State) => Part): Part {
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
