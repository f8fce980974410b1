export { inrc1Instance } from "./instance.ts";
export { printInrc1Rows, readInrc1, readInrc1Rows } from "./read.ts";
export { scoreInrc1, type Inrc1Costs } from "./score.ts";
