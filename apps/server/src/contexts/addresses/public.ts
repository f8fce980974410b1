export { addressOperations } from "./operations.ts";
export { organisationOfAddress } from "./store.ts";
