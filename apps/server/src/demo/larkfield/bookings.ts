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
const escorts: Pool = ["Niko Virtanen", "Emil Novák", "Imran Qureshi"];
const referees: Pool = ["Erik Johansen", "Bianca Russo", "Gareth Pugh"];
const planners: Pool = ["Mara Okafor", "Amira Haddad", "Tomas Brandt"];
const heads: Pool = ["Amira Haddad", "Ben Kowalski", "Tomas Brandt", "Marcus Hale", "Elif Aydin", "Viktor Hrubý"];

const WORKDAYS = [1, 2, 3, 4, 5];

/** Hours and weekdays in which a kind is booked. */
type Hours = Pick<Booking, "opens" | "closes" | "weekdays">;
const MORNING: Hours = { opens: "07:30", closes: "13:00", weekdays: WORKDAYS };
const DAYTIME: Hours = { opens: "08:30", closes: "17:00", weekdays: WORKDAYS };
const ALL_DAY: Hours = { opens: "08:00", closes: "18:30", weekdays: WORKDAYS };
const EVENING: Hours = { opens: "14:30", closes: "20:30", weekdays: WORKDAYS };
const WEEK_MIDDLE: Hours = { opens: "09:00", closes: "17:00", weekdays: [2, 3, 4] };
const WEEK_END: Hours = { opens: "11:00", closes: "17:30", weekdays: [4, 5] };
const SATURDAY: Hours = { opens: "09:00", closes: "15:00", weekdays: [6] };
const WEEKEND: Hours = { opens: "10:00", closes: "18:00", weekdays: [6, 7] };

const kind = (
  weight: number,
  title: string,
  calendar: string,
  minutes: readonly number[],
  hours: Hours,
  people: readonly Pool[],
  things: readonly Pool[] = [],
  weeks: readonly number[] = [1],
): Booking => ({ weight, title, calendar, minutes, ...hours, people, things, weeks });

/** What people book: how often, what, where it is kept, how long, when, whom and what it takes, for how many weeks. */
export const bookings: readonly Booking[] = [
  kind(6, "Lesson · {learner}", "Bookings", [60, 90], ALL_DAY, [drivers], [cars], [1, 3, 5]),
  kind(4, "Road-test slots", "Bookings", [120, 150], WEEK_MIDDLE, [drivers], [bays]),
  kind(3, "Hall hire · {club}", "Bookings", [90, 120], EVENING, [namesOf("Halls")], [halls], [1, 4, 6]),
  kind(2, "Minibus · {trip}", "Bookings", [90, 120], ALL_DAY, [escorts], [["Minibus"]], [1, 3]),
  kind(3, "Swim test · {group}", "Programmes", [60, 90], DAYTIME, [swim], [["Pool"]]),
  kind(2, "Course · {course}", "Programmes", [90, 120], EVENING, [teachers], [["Studio"]], [4, 6, 8]),
  kind(3, "School visit · {group}", "Programmes", [90, 120], MORNING, [coaches], [["Hall A", "Hall B"]]),
  kind(2, "Friendly · {club}", "Fixtures", [90, 120], EVENING, [referees], [["Hall A"]]),
  kind(2, "Match review", "Fixtures", [60], WEEK_END, [referees, coaches]),
  kind(3, "{job}", "Facilities", [60, 90, 120], MORNING, [caretakers]),
  kind(2, "Delivery · {goods}", "Facilities", [30, 45], MORNING, [caretakers]),
  kind(3, "Interview · {post}", "Board & admin", [45, 60], DAYTIME, [["Nadia Petrova"], heads]),
  kind(2, "Coach 1:1", "Board & admin", [45], WEEK_END, [["Marcus Hale"], coaches]),
  kind(2, "Partner call · {partner}", "Board & admin", [30, 45], DAYTIME, [["Helena Winter", "Yusuf Demir"]]),
  kind(2, "Rota draft", OWN, [90, 120], DAYTIME, [planners]),
  kind(2, "{errand}", OWN, [45, 60], DAYTIME, [[...planners, ...drivers]]),
  kind(1, "Lesson plans", OWN, [60, 90], DAYTIME, [["Ines Duarte", "Priya Nair", "Layla Hassan"]]),
  kind(2, "Lesson · {learner}", "Bookings", [90], SATURDAY, [["Jakub Sedlák", "Niko Virtanen"]], [cars], [1, 3]),
  kind(3, "Party · {child}", "Bookings", [120], WEEKEND, [desk], [["Studio", "Hall B"]]),
  kind(2, "Open court", "Programmes", [120, 180], WEEKEND, [coaches], [["Hall B"]], [2, 4]),
  kind(2, "Club swim · {club}", "Bookings", [90, 120], WEEKEND, [swim], [["Pool"]], [1, 4]),
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
  hasty(4, "Road-test slots", "Bookings", [60, 90], drivers, [bays]),
  hasty(4, "Lesson · {learner}", "Bookings", [60, 90], drivers, [cars]),
  hasty(4, "Hall hire · {club}", "Bookings", [60, 90], halls),
  hasty(2, "Pool hire · {club}", "Bookings", [60, 90], ["Pool"]),
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
