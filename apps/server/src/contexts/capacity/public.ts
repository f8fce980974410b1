export { capacityOperations } from "./operations.ts";
