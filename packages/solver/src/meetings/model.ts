import type { Model } from "../constraint.ts";
import type { Meet, MeetingPlan } from "./plan.ts";

/** Meetings at work. A variable is a meeting, its value grain × rooms + room. Counts are by room, or person, × grains + grain. */
export type MeetingModel = Model & {
  readonly grains: number;
  readonly rooms: number;
  readonly lengthOf: Int32Array;
  readonly grainOf: Int32Array;
  readonly roomOf: Int32Array;
  readonly inRoom: Int32Array;
  /** Meetings to which a person has to come at a grain, and all to which he is invited. */
  readonly required: Int32Array;
  readonly invited: Int32Array;
};

export function meetingModel(plan: MeetingPlan, values: Int32Array): MeetingModel {
  const rooms = plan.rooms.length;
  const grains = grainsOf(plan);
  const current = values.slice();
  const slots = Int32Array.from({ length: grains * rooms }, (_, slot) => slot);
  const lengthOf = Int32Array.from(plan.meetings, (meeting) => meeting.grains);
  const grainOf = slots.map((slot) => Math.floor(slot / rooms));
  const roomOf = slots.map((slot) => slot % rooms);
  const inRoom = new Int32Array(rooms * grains);
  const required = new Int32Array(plan.people.length * grains);
  const invited = new Int32Array(plan.people.length * grains);

  const add = (counts: Int32Array, row: number, meeting: number, slot: number, by: number): void => {
    const from = row * grains + grainOf[slot]!;
    const to = from + lengthOf[meeting]!;
    for (let at = from; at < to; at++) counts[at]! += by;
  };
  const count = (meeting: number, slot: number, by: number): void => {
    const { required: must, preferred: may } = plan.meetings[meeting]!;
    add(inRoom, roomOf[slot]!, meeting, slot, by);
    for (const person of must) {
      add(required, person, meeting, slot, by);
      add(invited, person, meeting, slot, by);
    }
    for (const person of may) add(invited, person, meeting, slot, by);
  };
  current.forEach((slot, meeting) => count(meeting, slot, 1));

  return {
    values: current,
    grains,
    rooms,
    lengthOf,
    grainOf,
    roomOf,
    inRoom,
    required,
    invited,
    assign(meeting, slot) {
      count(meeting, current[meeting]!, -1);
      current[meeting] = slot;
      count(meeting, slot, 1);
    },
  };
}

export const grainsOf = ({ dayGrains }: MeetingPlan): number => dayGrains.reduce((sum, each) => sum + each, 0);

/** When and where the meetings are that values stand for. */
export const meetsOf = ({ rooms }: MeetingPlan, values: Int32Array): Meet[] =>
  Array.from(values, (slot) => ({ grain: Math.floor(slot / rooms.length), room: slot % rooms.length }));
