import { ruleOfPlaces, type Constraint } from "../constraint.ts";
import type { MeetingModel } from "./model.ts";
import type { MeetingPlan } from "./plan.ts";

/** What the soft constraints weigh, in points a unit. */
export const MEETING_WEIGHTS = { preferred: 20, early: 1, roomy: 1 };

/** Rooms and required people are hard; that preferred people can come, that meetings are early and rooms full is soft. */
export const meetingConstraints = (plan: MeetingPlan): Constraint<MeetingModel>[] => [
  oneMeetingARoom(plan),
  requiredCanCome(plan),
  preferredCanCome(plan),
  early(plan),
  roomsAreFull(plan),
];

const pairsOf = (count: number): number => (count * (count - 1)) / 2;

/** What the pairs of a row of counts change by when a stretch of it moves: the meeting's own count at the old place is no other's. */
function pairsMoved(counts: Int32Array, from: number, to: number, length: number): number {
  let more = 0;
  for (let i = 0; i < length; i++) {
    const at = to + i;
    more += counts[at]! - counts[from + i]! + 1;
    if (at >= from && at < from + length) more -= 1;
  }
  return more;
}

/** A room holds one meeting at a time; a unit is a grain for each pair. */
function oneMeetingARoom(plan: MeetingPlan): Constraint<MeetingModel> {
  return {
    name: "one meeting a room",
    level: "hard",
    weight: 1,
    on(model) {
      const { inRoom, grains, grainOf, roomOf, lengthOf } = model;
      return ruleOfPlaces({
        places: inRoom.length,
        unitsAt: (place) => pairsOf(inRoom[place]!),
        breachAt(place) {
          const [room, grain] = [Math.floor(place / grains), place % grains];
          const variables = meetingsAt(model, grain).filter((meeting) => roomOf[model.values[meeting]!] === room);
          const sentence = `Room ${plan.rooms[room]!.name} has ${variables.length} meetings in grain ${grain + 1}.`;
          return { variables, sentence };
        },
        delta(meeting, from, to) {
          const length = lengthOf[meeting]!;
          const was = roomOf[from]! * grains + grainOf[from]!;
          return pairsMoved(inRoom, was, roomOf[to]! * grains + grainOf[to]!, length);
        },
      });
    },
  };
}

/** Nobody is required in two meetings at a time; a unit is a grain for each pair. */
const requiredCanCome = (plan: MeetingPlan): Constraint<MeetingModel> =>
  attendance(plan, { name: "required people can come", level: "hard", weight: 1 }, (model) => {
    const { required } = model;
    return {
      unitsAt: (place) => pairsOf(required[place]!),
      moved: (place, isRequired, from, to, length) =>
        isRequired ? pairsMoved(required, place + from, place + to, length) : 0,
    };
  });

/** Nobody is invited to two meetings at a time of which he is only preferred in one; a unit is a grain for each pair. */
const preferredCanCome = (plan: MeetingPlan): Constraint<MeetingModel> =>
  attendance(plan, { name: "preferred people can come", level: "soft", weight: MEETING_WEIGHTS.preferred }, (model) => {
    const { required, invited } = model;
    return {
      unitsAt: (place) => pairsOf(invited[place]!) - pairsOf(required[place]!),
      moved: (place, isRequired, from, to, length) =>
        pairsMoved(invited, place + from, place + to, length) -
        (isRequired ? pairsMoved(required, place + from, place + to, length) : 0),
    };
  });

type Attendance = {
  unitsAt(place: number): number;
  /** What changes for a person, whose row begins at `place`, when a meeting goes from grain to grain. */
  moved(place: number, isRequired: boolean, from: number, to: number, length: number): number;
};

function attendance(
  plan: MeetingPlan,
  head: Pick<Constraint<MeetingModel>, "name" | "level" | "weight">,
  of: (model: MeetingModel) => Attendance,
): Constraint<MeetingModel> {
  return {
    ...head,
    on(model) {
      const { grains, grainOf, lengthOf, invited } = model;
      const { unitsAt, moved } = of(model);
      return ruleOfPlaces({
        places: invited.length,
        unitsAt,
        breachAt(place) {
          const [person, grain] = [Math.floor(place / grains), place % grains];
          const variables = meetingsAt(model, grain).filter((meeting) => {
            const { required, preferred } = plan.meetings[meeting]!;
            return required.includes(person) || preferred.includes(person);
          });
          return {
            variables,
            sentence: `${plan.people[person]!} has ${variables.length} meetings in grain ${grain + 1}.`,
          };
        },
        delta(meeting, from, to) {
          const [was, will] = [grainOf[from]!, grainOf[to]!];
          if (was === will) return 0;
          const length = lengthOf[meeting]!;
          const { required, preferred } = plan.meetings[meeting]!;
          let more = 0;
          for (const person of required) more += moved(person * grains, true, was, will, length);
          for (const person of preferred) more += moved(person * grains, false, was, will, length);
          return more;
        },
      });
    },
  };
}

/** Meetings are as early as can be; a unit is a grain from the beginning to a meeting's end. */
function early(plan: MeetingPlan): Constraint<MeetingModel> {
  return {
    name: "early",
    level: "soft",
    weight: MEETING_WEIGHTS.early,
    on: ({ values, grainOf, lengthOf }) =>
      ruleOfPlaces({
        places: values.length,
        unitsAt: (meeting) => grainOf[values[meeting]!]! + lengthOf[meeting]!,
        breachAt: (meeting) => ({
          variables: [meeting],
          sentence: `"${plan.meetings[meeting]!.name}" ends in grain ${grainOf[values[meeting]!]! + lengthOf[meeting]!}.`,
        }),
        delta: (_, from, to) => grainOf[to]! - grainOf[from]!,
      }),
  };
}

/** Meetings are in the smallest rooms that hold them; a unit is an empty seat. */
function roomsAreFull({ rooms, meetings }: MeetingPlan): Constraint<MeetingModel> {
  return {
    name: "rooms are full",
    level: "soft",
    weight: MEETING_WEIGHTS.roomy,
    on({ values, roomOf }) {
      const seats = Int32Array.from(rooms, (room) => room.seats);
      const invited = meetings.map(({ required, preferred }) => required.length + preferred.length);
      const empty = (meeting: number) => seats[roomOf[values[meeting]!]!]! - invited[meeting]!;
      return ruleOfPlaces({
        places: values.length,
        unitsAt: empty,
        breachAt: (meeting) => ({
          variables: [meeting],
          sentence: `"${meetings[meeting]!.name}" leaves ${empty(meeting)} seats empty.`,
        }),
        delta: (_, from, to) => seats[roomOf[to]!]! - seats[roomOf[from]!]!,
      });
    },
  };
}

const meetingsAt = ({ values, grainOf, lengthOf }: MeetingModel, grain: number): number[] =>
  [...values.keys()].filter((meeting) => {
    const from = grainOf[values[meeting]!]!;
    return from <= grain && grain < from + lengthOf[meeting]!;
  });
