import { OWN } from "../plan/bookings.ts";
import type { Booking, HastyBooking, Pool } from "../plan/model.ts";
import { namesOf } from "./people.ts";

const drivers: Pool = ["Ines Duarte", "Priya Nair", "Dario Veselý", "Jakub Sedlák", "Niko Virtanen"];
const cars: Pool = ["School car 1", "School car 2"];
const bays: Pool = ["Bay 1", "Bay 2"];
const halls: Pool = ["Hall A", "Hall B", "Studio"];
const desk = namesOf("Desk");
const swim = namesOf("Pool");
const coaches = namesOf("Coaching");
const teachers = namesOf("Courses");
const caretakers = namesOf("Facilities");
const heads: Pool = ["Amira Haddad", "Ben Kowalski", "Tomas Brandt", "Marcus Hale", "Elif Aydin", "Viktor Hrubý"];

const WORKDAYS = [1, 2, 3, 4, 5];
const WEEKEND = [6, 7];

const kind = (
  weight: number,
  title: string,
  calendar: string,
  minutes: readonly number[],
  people: readonly Pool[],
  things: readonly Pool[] = [],
  [opens, closes]: readonly [string, string] = ["08:30", "17:00"],
  weekdays: readonly number[] = WORKDAYS,
): Booking => ({ weight, title, calendar, minutes, people, things, opens, closes, weekdays });

/** What is booked once. */
export const bookings: readonly Booking[] = [
  kind(9, "Lesson · {learner}", "Bookings", [60, 90], [drivers], [cars], ["08:00", "18:30"]),
  kind(4, "Road-test slots", "Bookings", [120, 150], [drivers], [bays], ["09:00", "17:00"], [2, 3, 4]),
  kind(5, "Hall hire · {club}", "Bookings", [90, 120], [namesOf("Halls")], [halls], ["14:00", "20:30"]),
  kind(3, "Swim test · {group}", "Programmes", [60, 90], [swim], [["Pool"]], ["09:00", "17:30"]),
  kind(4, "Course · {course}", "Programmes", [90, 120], [teachers], [["Studio"]], ["10:00", "19:30"]),
  kind(3, "School visit · {group}", "Programmes", [90, 120], [coaches], [["Hall A", "Hall B"]], ["08:30", "14:30"]),
  kind(3, "Interview · {post}", "Board & admin", [45, 60], [["Nadia Petrova"], heads], [], ["09:00", "16:30"]),
  kind(2, "Coach 1:1", "Board & admin", [45], [["Marcus Hale"], coaches], [], ["11:00", "17:30"], [4, 5]),
  kind(
    2,
    "Friendly · {club}",
    "Fixtures",
    [90, 120],
    [["Gareth Pugh", "Bianca Russo"]],
    [["Hall A"]],
    ["16:00", "20:30"],
  ),
  kind(
    2,
    "Match review",
    "Fixtures",
    [60],
    [["Erik Johansen", "Bianca Russo", "Gareth Pugh"], coaches],
    [],
    ["11:00", "17:00"],
  ),
  kind(3, "{job}", "Facilities", [60, 90, 120], [caretakers], [], ["07:30", "15:00"]),
  kind(2, "Delivery · {goods}", "Facilities", [30, 45], [caretakers], [], ["07:30", "12:00"]),
  kind(
    2,
    "Minibus · {trip}",
    "Bookings",
    [90, 120],
    [["Niko Virtanen", "Emil Novák", "Imran Qureshi"]],
    [["Minibus"]],
    ["08:00", "18:00"],
  ),
  kind(2, "Partner call · {partner}", "Board & admin", [30, 45], [["Helena Winter", "Yusuf Demir", "Mara Okafor"]]),
  kind(2, "Rota draft", OWN, [90, 120], [["Mara Okafor", "Amira Haddad", "Tomas Brandt"]], [], ["08:30", "16:30"]),
  kind(2, "{errand}", OWN, [45, 60], [["Ines Duarte", "Priya Nair", "Tomas Brandt", "Mara Okafor", "Layla Hassan"]]),
  kind(
    1,
    "Lesson plans",
    OWN,
    [60, 90],
    [["Ines Duarte", "Priya Nair", "Layla Hassan"]],
    [],
    ["08:30", "16:30"],
    [1, 5],
  ),
  kind(3, "Party · {child}", "Bookings", [120], [desk], [["Studio", "Hall B"]], ["10:00", "18:00"], WEEKEND),
  kind(2, "Open court", "Programmes", [120, 180], [coaches], [["Hall B"]], ["09:00", "17:00"], WEEKEND),
  kind(2, "Lesson · {learner}", "Bookings", [90], [["Jakub Sedlák", "Niko Virtanen"]], [cars], ["09:00", "15:00"], [6]),
  kind(2, "Club swim · {club}", "Bookings", [90, 120], [swim], [["Pool"]], ["09:00", "17:00"], WEEKEND),
];

const hasty = (
  weight: number,
  title: string,
  calendar: string,
  minutes: readonly number[],
  taken: Pool,
  things: readonly Pool[] = [],
): HastyBooking => ({ weight, title, calendar, minutes, taken, things });

/** What is booked without a look at the diary, and who or what is forgotten. */
export const hastyBookings: readonly HastyBooking[] = [
  hasty(5, "Road-test slots", "Bookings", [60, 90], drivers, [bays]),
  hasty(5, "Lesson · {learner}", "Bookings", [60, 90], drivers, [cars]),
  hasty(3, "Hall hire · {club}", "Bookings", [60, 90], [...halls, "Pool"]),
  hasty(1, "Car wash", "Facilities", [45], [...cars, "Minibus"]),
  hasty(3, "Partner call · {partner}", "Board & admin", [45], ["Mara Okafor", "Helena Winter"]),
  hasty(3, "Interview · {post}", "Board & admin", [45, 60], heads),
  hasty(2, "{errand}", OWN, [60], ["Mara Okafor", "Tomas Brandt", "Ines Duarte", "Priya Nair"]),
  hasty(2, "Parent call", "Programmes", [30, 45], coaches),
];

export const words: Readonly<Record<string, Pool>> = {
  learner: [
    "Alma K.",
    "Bruno S.",
    "Clara V.",
    "Dan O.",
    "Eva M.",
    "Filip R.",
    "Grace T.",
    "Hamid L.",
    "Iva P.",
    "Joel B.",
    "Klára N.",
    "Luka D.",
    "Mina A.",
    "Nora H.",
    "Otto F.",
    "Pia W.",
    "Quentin J.",
    "Rosa C.",
  ],
  club: [
    "Aikido club",
    "Chess circle",
    "Harbour FC",
    "Silver dancers",
    "Table tennis",
    "Fencing school",
    "City choir",
    "Wheelchair rugby",
    "Judo juniors",
    "Old Mill FC",
  ],
  group: ["Year 3", "Year 4", "Year 5", "Year 6", "Scouts", "Nursery", "Rescue squad"],
  course: ["Czech for newcomers", "First aid", "Bookkeeping", "Watercolour", "Spanish", "Phone repair", "Nutrition"],
  post: ["coach", "lifeguard", "instructor", "desk", "caretaker"],
  partner: ["city council", "sports union", "insurer", "school board", "sponsor"],
  job: [
    "Filter change",
    "Court lines",
    "Light check",
    "Goal repair",
    "Water samples",
    "Locker repairs",
    "Floor polish",
  ],
  goods: ["mats", "pool salts", "uniforms", "balls", "cleaning supplies"],
  trip: ["schools run", "away match", "seniors’ outing", "station pick-up", "swim squad"],
  errand: ["Dentist", "Physiotherapy", "School pick-up", "Eye test", "Passport office", "Parents’ evening"],
  child: ["Ada, 7", "Ben, 9", "Cleo, 6", "Dora, 8", "Eli, 10", "Fay, 5"],
};
