export { inrc2Instance } from "./instance.ts";
export { printInrc2Rows, readInrc2, readInrc2Rows, type Inrc2Texts } from "./read.ts";
export { INRC2_HARD, scoreInrc2, type Inrc2Costs } from "./score.ts";
