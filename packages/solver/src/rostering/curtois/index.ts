export { curtoisInstance } from "./instance.ts";
export type { CurtoisRoster, Rows } from "./model.ts";
export { printCurtoisRows, readCurtois, readCurtoisRows } from "./read.ts";
export { CURTOIS_SOFT, scoreCurtois, type CurtoisCosts } from "./score.ts";
