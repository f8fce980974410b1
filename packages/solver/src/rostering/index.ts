export type { Read } from "../reading.ts";
export {
  curtoisInstance,
  CURTOIS_SOFT,
  printCurtoisRows,
  readCurtois,
  readCurtoisRows,
  scoreCurtois,
} from "./curtois/index.ts";
export type { RosterInstance } from "./instance.ts";
export { planRows, type FoundRows } from "./search.ts";
