export { providerOperations } from "./operations.ts";
export { feedReconciler } from "./reconcilers.ts";
