import { demoAccounts } from "../accounts.ts";
import { minuteOf } from "../plan/hours.ts";
import type { Person, Team, Week } from "../plan/model.ts";

/** Monday is 1. */
const hours = (weekdays: readonly number[], opens: string, closes: string): Week =>
  weekdays.map((weekday) => ({ weekday, opensMinute: minuteOf(opens), closesMinute: minuteOf(closes) }));

export const OFFICE_HOURS = hours([1, 2, 3, 4, 5], "08:30", "16:30");
const EARLY = hours([1, 2, 3, 4, 5], "07:00", "15:00");
const LATE = hours([1, 2, 3, 4, 5], "12:00", "20:00");
const FOUR_DAYS = hours([1, 2, 3, 4], "08:30", "16:30");
const TUESDAY_TO_SATURDAY = hours([2, 3, 4, 5, 6], "09:00", "17:00");
const HALF = hours([1, 3, 5], "08:30", "15:00");
/** Hours that may be booked: the rest of the day is their own. */
const BOOKABLE = [...hours([1, 2, 3, 4], "08:30", "15:30"), ...hours([5], "08:30", "12:30")];
const NEW_YORK = hours([1, 2, 3, 4, 5], "09:00", "17:00");

const DOMAIN = "larkfield.example";
const accounts = new Map(
  demoAccounts.filter(({ organisation }) => organisation === "larkfield").map(({ name, email }) => [name, email]),
);

/** A person's address: that of their account, else their name in plain letters. */
function addressOf(name: string): string {
  const plain = name.normalize("NFD").replaceAll(/\p{M}/gu, "").replaceAll("ł", "l").toLowerCase();
  return accounts.get(name) ?? `${plain.replaceAll(/[^a-z]+/g, ".")}@${DOMAIN}`;
}

const person = (name: string, own: Pick<Person, "week" | "zone"> = {}): Person => ({
  name,
  email: addressOf(name),
  ...own,
});

/** Sixty-four people. The manager answers for Learning and what stands below it. */
export const teams: readonly Team[] = [
  { name: "Larkfield Centre", parent: null, members: [] },
  {
    name: "Board",
    parent: "Larkfield Centre",
    members: [
      person("Anselm Richter"),
      person("Vera Lindgren", { zone: "America/New_York", week: NEW_YORK }),
      person("Beatriz Moura"),
      person("Douglas Keane"),
    ],
  },
  {
    name: "Direction",
    parent: "Larkfield Centre",
    members: [person("Helena Winter"), person("Mara Okafor", { week: BOOKABLE }), person("Yusuf Demir")],
  },
  {
    name: "Office",
    parent: "Larkfield Centre",
    members: [
      person("Nadia Petrova"),
      person("Samuel Osei"),
      person("Ingrid Solberg", { week: FOUR_DAYS }),
      person("Lucas Meyer"),
      person("Rosalind Achebe", { week: HALF }),
    ],
  },
  { name: "Operations", parent: "Larkfield Centre", members: [] },
  {
    name: "Pool",
    parent: "Operations",
    members: [
      person("Amira Haddad"),
      person("Femi Adeyemi", { week: EARLY }),
      person("Kaia Nilsen", { week: FOUR_DAYS }),
      person("Leo Fournier", { week: LATE }),
      person("Noor Rahman", { week: EARLY }),
      person("Petra Veselá", { week: HALF }),
      person("Rafael Costa", { week: LATE }),
      person("Zuzana Králová", { week: EARLY }),
      person("Mateo Silva", { week: LATE }),
    ],
  },
  {
    name: "Halls",
    parent: "Operations",
    members: [
      person("Ben Kowalski"),
      person("Chloe Marchetti", { week: FOUR_DAYS }),
      person("Hugo Pereira", { week: LATE }),
      person("Jonas Lind"),
      person("Mei Tanaka", { week: HALF }),
      person("Sofia Lund", { week: LATE }),
      person("Imran Qureshi", { week: LATE }),
      person("Emil Novák"),
    ],
  },
  {
    name: "Desk",
    parent: "Operations",
    members: [
      person("Elif Aydin", { week: LATE }),
      person("Greta Holm", { week: FOUR_DAYS }),
      person("Ivana Novotná"),
      person("Oskar Zielin", { week: HALF }),
      person("Hana Dvořáková", { week: LATE }),
      person("Piotr Wolski"),
    ],
  },
  {
    name: "Facilities",
    parent: "Operations",
    members: [
      person("Viktor Hrubý", { week: EARLY }),
      person("Bao Nguyen", { week: EARLY }),
      person("Carla Ibarra"),
      person("Milan Svoboda", { week: EARLY }),
      person("Dagmar Kolářová", { week: HALF }),
    ],
  },
  { name: "Learning", parent: "Larkfield Centre", members: [person("Tomas Brandt", { week: BOOKABLE })] },
  {
    name: "Driving school",
    parent: "Learning",
    members: [
      person("Ines Duarte", { week: BOOKABLE }),
      person("Priya Nair", { week: BOOKABLE }),
      person("Dario Veselý", { week: FOUR_DAYS }),
      person("Jakub Sedlák", { week: TUESDAY_TO_SATURDAY }),
      person("Layla Hassan", { week: LATE }),
      person("Niko Virtanen"),
    ],
  },
  {
    name: "Courses",
    parent: "Learning",
    members: [
      person("Ágnes Tóth"),
      person("Ravi Menon", { week: LATE }),
      person("Claire Dubois", { week: FOUR_DAYS }),
      person("Stefan Ilić", { week: LATE }),
      person("Johanna Berg"),
    ],
  },
  { name: "Sports", parent: "Larkfield Centre", members: [] },
  {
    name: "Coaching",
    parent: "Sports",
    members: [
      person("Marcus Hale"),
      person("Adaeze Eze", { week: LATE }),
      person("Liam Doyle", { week: LATE }),
      person("Kateřina Pokorná", { week: TUESDAY_TO_SATURDAY }),
      person("Youssef Benali", { week: LATE }),
      person("Anouk Visser", { week: HALF }),
      person("Diego Romero", { week: TUESDAY_TO_SATURDAY }),
      person("Saoirse Flynn", { week: LATE }),
    ],
  },
  {
    name: "Fixtures",
    parent: "Sports",
    members: [
      person("Erik Johansen", { week: TUESDAY_TO_SATURDAY }),
      person("Bianca Russo"),
      person("Gareth Pugh"),
      person("Lina Haugen", { week: TUESDAY_TO_SATURDAY }),
    ],
  },
];

/** The team that the manager's account is for. */
export const MANAGED_TEAM = "Learning";

export const namesOf = (team: string): readonly string[] =>
  teams.filter(({ name }) => name === team).flatMap(({ members }) => members.map(({ name }) => name));
