export { bandsOf, type Bands } from "./bands.ts";
export { isoWeek, parseDate, printDate, type CivilDate } from "./civil.ts";
export { createFrame, type Painters, type Stage } from "./frame.ts";
export { cellAt, dayAt, type Point } from "./hit.ts";
export { dayAfterKey, isDayKey, type DayKey } from "./keys.ts";
export {
  BARCODE,
  occupancy,
  QUARTER_MS,
  QUARTERS_PER_DAY,
  ticksOfDay,
  type Occupancy,
  type Stretches,
  type Tick,
  type WallClock,
} from "./occupancy.ts";
export { packLanes, type Placed, type Span } from "./packing.ts";
export type { Font, Glyph, Ink, Measure, Paint } from "./paint.ts";
export {
  labelOf,
  overflowOf,
  placedIn,
  planMonth,
  planOverlay,
  samePlan,
  type Bar,
  type YearPicture,
} from "./paint-plan.ts";
export {
  cellOfDay,
  columnLeft,
  COLUMNS,
  dateOfDay,
  dayOfCell,
  dayOfDate,
  rowOfDay,
  ROWS,
  rowTop,
  scaleFor,
  weekdayOfColumn,
  yearShape,
  type Cell,
  type Density,
  type MonthRow,
  type Scale,
  type Size,
  type YearShape,
} from "./scale.ts";
