export { curtoisInstance } from "./instance.ts";
export type { Rows } from "./model.ts";
export { printCurtoisRows, readCurtois, readCurtoisRows } from "./read.ts";
export { CURTOIS_SOFT, scoreCurtois } from "./score.ts";
