import type { ServiceContents } from "../../contexts/bookings/public.ts";
import type { DemoBooking, DemoPackage, DemoService, DemoWish } from "../services.ts";

const WORKDAYS = [1, 2, 3, 4, 5];
const hours = (weekdays: readonly number[], opens: string, closes: string) =>
  weekdays.map((weekday) => ({ weekday, opens, closes }));

const DRIVERS = ["Dario Veselý", "Jakub Sedlák", "Niko Virtanen", "Ines Duarte", "Priya Nair"];
type Question = ServiceContents["questions"][number];
const PERMIT: Question = {
  id: "permit",
  kind: "consent",
  label: "I hold a learner’s permit",
  isRequired: true,
  options: [],
  file: null,
};
const NOTE: Question = {
  id: "note",
  kind: "text",
  label: "Anything we should know?",
  isRequired: false,
  options: [],
  file: null,
};
const POLICY = "Free to move or cancel until 24 hours before. After that the lesson is charged.";

/** What the driving school offers to everybody, at /book/larkfield. */
export const services: readonly DemoService[] = [
  {
    name: "Driving lesson",
    slug: "driving-lesson",
    description: "One to one, manual or automatic",
    lengths: [90, 60],
    bufferAfterMinutes: 15,
    noticeMinutes: 1_440,
    windowDays: 120,
    seriesMax: 10,
    raster: { everyMinutes: 90, from: "midnight" },
    hours: hours(WORKDAYS, "07:30", "19:30"),
    roles: [
      { name: "Instructor", anyOf: DRIVERS, assign: "customer" },
      { name: "Car", anyOf: ["School car 1", "School car 2"], assign: "fair" },
    ],
    price: "890 Kč",
    policy: POLICY,
    where: { kind: "address", text: "Car park, Bay 2" },
    questions: [
      { id: "gears", kind: "choice", label: "Car", isRequired: true, options: ["Manual", "Automatic"], file: null },
      NOTE,
      PERMIT,
    ],
    rating: { question: "How was your lesson?", afterMinutes: 120 },
  },
  {
    name: "Theory evening",
    slug: "theory-evening",
    description: "Signs, priority and the test, in a group",
    lengths: [120],
    noticeMinutes: 120,
    raster: { everyMinutes: 120, from: "opening" },
    hours: hours([2, 4], "17:00", "19:00"),
    places: 12,
    roles: [{ name: "Teacher", anyOf: ["Layla Hassan"], assign: "fair" }],
    price: "250 Kč",
    where: { kind: "address", text: "Larkfield, Studio" },
    questions: [NOTE],
  },
  {
    name: "Consultation",
    slug: "consultation",
    description: "Which course fits, and what it costs",
    lengths: [30],
    noticeMinutes: 1_440,
    isZoneLocked: false,
    needsApproval: true,
    hours: hours(WORKDAYS, "09:00", "16:00"),
    roles: [{ name: "Adviser", anyOf: ["Niko Virtanen", "Dario Veselý"], assign: "fair" }],
    where: { kind: "link", text: "https://meet.larkfield.example/consultation" },
    questions: [{ id: "about", kind: "text", label: "What is it about?", isRequired: true, options: [], file: null }],
  },
];

/** Who has booked some days ahead, as soon as something is free then. */
export const booked: readonly DemoBooking[] = [
  {
    service: "driving-lesson",
    days: 3,
    at: "09:00",
    who: "Hana Birch",
    with: "Dario Veselý",
    answers: { gears: "Manual", permit: "yes" },
  },
  {
    service: "driving-lesson",
    days: 4,
    at: "13:30",
    who: "Marek Sova",
    with: "Jakub Sedlák",
    answers: { gears: "Automatic", permit: "yes" },
  },
  {
    service: "driving-lesson",
    days: 8,
    at: "10:30",
    who: "Lucie Malá",
    with: "Niko Virtanen",
    answers: { gears: "Manual", permit: "yes" },
  },
  {
    service: "driving-lesson",
    days: 10,
    at: "12:00",
    who: "Hana Birch",
    with: "Dario Veselý",
    answers: { gears: "Manual", permit: "yes" },
  },
  { service: "theory-evening", days: 2, at: "17:00", who: "Hana Birch", places: 1, answers: {} },
  { service: "theory-evening", days: 2, at: "17:00", who: "Adam Beran", places: 2, answers: {} },
  { service: "theory-evening", days: 9, at: "17:00", who: "Lucie Malá", places: 5, answers: {} },
  {
    service: "consultation",
    days: 5,
    at: "10:00",
    who: "Olga Rys",
    answers: { about: "Starting again after ten years" },
  },
];

/** Lessons that are paid ahead. */
export const packages: readonly DemoPackage[] = [
  {
    name: "Ten lessons",
    services: ["driving-lesson"],
    units: 10,
    validDays: 365,
    price: "7 900 Kč",
    owners: ["Hana Birch", "Lucie Malá"],
  },
];

/** Nothing is offered on Sundays. */
export const wishes: readonly DemoWish[] = [{ service: "driving-lesson", who: "Adam Beran", weekdays: [7], days: 90 }];
