import { MARK_STROKE, MARK_UNITS, markPath } from "./mark-lines.ts";

const PATH = markPath();

/** The mark of the product, in the colour of what it stands in. */
export function Mark() {
  return (
    <svg
      width={MARK_UNITS}
      height={MARK_UNITS}
      viewBox={`0 0 ${MARK_UNITS} ${MARK_UNITS}`}
      fill="none"
      stroke="currentColor"
      strokeWidth={MARK_STROKE}
      strokeLinecap="round"
    >
      <path d={PATH} />
    </svg>
  );
}
