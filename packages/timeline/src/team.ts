export {
  absenceBars,
  readTeamRow,
  type AbsenceBar,
  type PackedSource,
  type TeamDay,
  type TeamLayer,
  type TeamShift,
} from "./team-cells.ts";
export {
  clipOf,
  filledRight,
  filledTo,
  pasted,
  printClip,
  pulledTo,
  readClip,
  TEAM_CELLS_MAX,
  type TeamClip,
  type TeamWish,
} from "./team-clip.ts";
export {
  cellKey,
  draftMinutes,
  edited,
  editsBack,
  editsToHave,
  itemsByCell,
  withDraft,
  type DraftEdit,
  type DraftItem,
  type DraftItems,
} from "./team-draft.ts";
export {
  blockHas,
  blockOf,
  isTeamKey,
  teamCursorAfter,
  wholeWeeks,
  type TeamBlock,
  type TeamCursor,
  type TeamGrid,
  type TeamSelection,
} from "./team-keys.ts";
export {
  boxOfCell,
  daysSeen,
  linesSeen,
  pageOf,
  scrolledTo,
  spotAt,
  teamExtent,
  teamScale,
  type TeamScale,
  type TeamScroll,
  type TeamSpot,
} from "./team-scale.ts";
export { paidMinutes, printClock, printHours, readTyped, sameShift, shiftAt, type WallShift } from "./team-shift.ts";
