import type { Person, Team, Thing } from "../plan/model.ts";
import { teams as larkfieldTeams } from "../larkfield/people.ts";

/** The branches of a larger Larkfield, each with its own people, rooms and vehicles. Names of places are invented. */
const BRANCHES = [
  "Aldermoor",
  "Birchley",
  "Cranfield Mill",
  "Dunharrow",
  "Eastwick",
  "Fernhill",
  "Greywater",
  "Hollowbrook",
  "Ivelton",
  "Junction Road",
  "Kestrel Park",
  "Lowmarket",
] as const;

/** With the sixty-four of Larkfield Centre they are three hundred. */
export const BRANCH_PEOPLE = 236;

const FIRST_NAMES =
  "Ada Bela Cyril Dana Egon Fatima Goran Hedda Ilya Jana Karim Lena Milan Noor Olga Pavel Rania Stefan Tereza Umar Viola Wanda Xenia Yannis Zora".split(
    " ",
  );
const LAST_NAMES =
  "Abel Bartos Cerny Dvorsky Engel Farkas Grant Hajek Ivanov Jelinek Klein Larsen Moravec Nowak Orlov Prochazka Quinn Rossi Simek Toth".split(
    " ",
  );

/** The n-th of five hundred names: neighbours share neither their first name nor their last. */
function nameAt(n: number): string {
  const first = FIRST_NAMES[n % FIRST_NAMES.length]!;
  const last = LAST_NAMES[(n + Math.floor(n / FIRST_NAMES.length)) % LAST_NAMES.length]!;
  return `${first} ${last}`;
}

const people: readonly Person[] = Array.from({ length: BRANCH_PEOPLE }, (_, n) => {
  const name = nameAt(n);
  return { name, email: `${name.toLowerCase().replace(" ", ".")}@larkfield.example` };
});

/** A branch: its people, and what they need. */
export type Branch = { readonly team: Team; readonly rooms: readonly Thing[]; readonly cars: readonly Thing[] };

export const branches: readonly Branch[] = BRANCHES.map((name, i) => ({
  team: {
    name,
    parent: larkfieldTeams[0]!.name,
    members: people.filter((_, n) => n % BRANCHES.length === i),
  },
  rooms: ["Hall", "Studio", "Classroom", "Consulting room"].map((room) => ({
    name: `${room} · ${name}`,
    kind: "room" as const,
    capacity: room === "Hall" ? 120 : 16,
    site: name,
  })),
  cars: ["Car 1", "Car 2", "Car 3"].map((car) => ({
    name: `${car} · ${name}`,
    kind: "vehicle" as const,
    capacity: 4,
    site: name,
  })),
}));
