export type { Read } from "../reading.ts";
export {
  curtoisInstance,
  CURTOIS_SOFT,
  printCurtoisRows,
  readCurtois,
  readCurtoisRows,
  scoreCurtois,
} from "./curtois/index.ts";
export { inrc1Instance, printInrc1Rows, readInrc1, readInrc1Rows, scoreInrc1 } from "./inrc1/index.ts";
export { INRC2_HARD, inrc2Instance, printInrc2Rows, readInrc2, readInrc2Rows, scoreInrc2 } from "./inrc2/index.ts";
export type { RosterInstance } from "./instance.ts";
export { planRows, type FoundRows } from "./search.ts";
