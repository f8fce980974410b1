export { dayOf, type Days } from "./days.ts";
export { everyoneFree, freeStretches, openWithin } from "./free.ts";
export { LEVELS, levelOf, THRESHOLDS, type Level, type Thresholds } from "./level.ts";
export { loadOf, partOf, type Load, type Taken } from "./load.ts";
export { reliefOf, type Relief } from "./relief.ts";
export { openTimeOf, type OpenTime } from "./open-time.ts";
