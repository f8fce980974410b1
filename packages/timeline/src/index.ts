export { bandsOf, type Bands } from "./bands.ts";
export { isoWeek, parseDate, printDate, type CivilDate } from "./civil.ts";
export { DRAG_FROM_PX, draggedTo } from "./drag.ts";
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
export { packBlocks, packLanes, type Beside, type MinuteSpan, type Placed, type Span } from "./packing.ts";
export type { Font, Glyph, Ink, Measure, Paint } from "./paint.ts";
export { LAYERS, type Bar, type Block, type Layer, type Ribbon, type YearPicture } from "./picture.ts";
export { labelOf } from "./plan-bars.ts";
export { bandsOfRow, overflowOf, placedIn, planMonth, samePlan } from "./plan-month.ts";
export { planOverlay, type Foreseen, type Ghost, type Marks } from "./plan-overlay.ts";
export { grabAt, type Grab } from "./grab.ts";
export {
  boxOfDay,
  cellOfDay,
  columnLeft,
  COLUMNS,
  dateOfDay,
  dayOfCell,
  dayOfDate,
  rowOfDay,
  ROWS,
  scaleFor,
  weekdayOfColumn,
  yearShape,
  type Cell,
  type Density,
  type MonthRow,
  type RowPlace,
  type Scale,
  type Size,
  type YearShape,
  type Zoom,
} from "./scale.ts";
export { instantOfWall, wallMs } from "./wall.ts";
export {
  closedOn,
  minuteOfMs,
  msOfMinute,
  rangeOn,
  wallMinuteOf,
  weekAxis,
  type MinuteRange,
  type WeekAxis,
} from "./week-axis.ts";
export { weekDraggedTo, type WeekTimes } from "./week-drag.ts";
export { weekGrabAt, type WeekGrab, type WeekPart } from "./week-grab.ts";
export { isWeekKey, quarterFrom, weekCursorAfter, type WeekCursor } from "./week-keys.ts";
export {
  frameOfBar,
  LANE_HEIGHT,
  placeBars,
  placeBlocks,
  sharedStrip,
  type Crowd,
  type Frame,
  type PlacedBar,
  type PlacedBlock,
  type WeekThing,
} from "./week-place.ts";
export { railOfDay, roomOfDay, weekScale, weekUpright, type WeekScale } from "./week-scale.ts";
