/** Stands where a place will be while its code is on its way: nothing to see, and a mark for who looks from outside. */
export const Fetching = () => <span hidden data-fetching="" />;
