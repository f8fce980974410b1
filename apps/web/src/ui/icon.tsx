/** Line icons on a 20 px field, drawn with the text's colour. */
const SHAPES = {
  year: "M3 5h8M6 10h11M3 15h6M12 15h4",
  week: "M3.5 4.5h13v12h-13zM3.5 8h13M8 8v8.5M12.5 8v8.5",
  day: "M4.5 3.5h11v13h-11zM4.5 7.5h11M7.5 11h5v3h-5z",
  agenda: "M7.5 5h9M7.5 10h9M7.5 15h9M3.5 5v.01M3.5 10v.01M3.5 15v.01",
  conflicts: "M10 3.5 17 16H3zM10 8.5v3.5M10 14.2v.01",
  bookings: "M4 4.5h12v12H4zM4 8.5h12M7.5 2.5v4M12.5 2.5v4M7.2 12.5l2 2 3.8-3.8",
  previous: "M12 4.5 6.5 10l5.5 5.5",
  next: "m8 4.5 5.5 5.5-5.5 5.5",
  plus: "M10 4v12M4 10h12",
  close: "m5.5 5.5 9 9M14.5 5.5l-9 9",
  search: "M13 13l4 4M14.5 8.8a5.7 5.7 0 1 1-11.4 0 5.7 5.7 0 0 1 11.4 0",
  people:
    "M9.6 7a2.6 2.6 0 1 1-5.2 0 2.6 2.6 0 0 1 5.2 0M2.5 16c.4-2.8 2.2-4.3 4.5-4.3s4.1 1.5 4.5 4.3M12.5 4.9a2.4 2.4 0 0 1 0 4.6M14 12c2 .4 3.2 1.8 3.5 4",
  upload: "M10 13V3.5M6 7l4-4 4 4M3.5 12.5v3a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1v-3",
  user: "M13 7a3 3 0 1 1-6 0 3 3 0 0 1 6 0M4 17c.6-3.3 2.9-5 6-5s5.4 1.7 6 5",
  back: "M16 10H4.5M9 5.5 4.5 10 9 14.5",
  down: "m5.5 8 4.5 4.5L14.5 8",
  clock: "M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0M10 6v4l2.8 1.8",
  arrow: "M3.5 10h12.5M12 6l4 4-4 4",
  check: "m4.5 10.5 3.5 3.5 7.5-8",
  repeat: "M4 9.5V8a3 3 0 0 1 3-3h8M12.5 2.5 15 5l-2.5 2.5M16 10.5V12a3 3 0 0 1-3 3H5M7.5 17.5 5 15l2.5-2.5",
  trash: "M4 5.5h12M8 5.5V3.5h4v2M5.5 5.5l.8 11h7.4l.8-11M8.5 8.5v5M11.5 8.5v5",
  bell: "M5.5 13.5V9a4.5 4.5 0 0 1 9 0v4.5l1.5 1.5H4zM8.5 17h3",
  settings:
    "M12.4 10a2.4 2.4 0 1 1-4.8 0 2.4 2.4 0 0 1 4.8 0M10 2.8v2M10 15.2v2M4.9 4.9l1.4 1.4M13.7 13.7l1.4 1.4M2.8 10h2M15.2 10h2M4.9 15.1l1.4-1.4M13.7 6.3l1.4-1.4",
  lock: "M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 6 0V9",
  file: "M5 2.5h6.5L15 6v11.5H5zM11.5 2.5V6H15M7.5 10.5h5M7.5 13.5h5",
} as const;

export type IconName = keyof typeof SHAPES;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth={size > 17 ? 1.6 : 1.9}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={SHAPES[name]} />
    </svg>
  );
}
