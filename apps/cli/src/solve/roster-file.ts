import type { Read, RosterInstance } from "@hourwright/solver/rostering";

/** A roster of one of the formats, with what its rows cost and how they are written. */
export type RosterFile = {
  readonly name: string;
  readonly instance: RosterInstance;
  /** Costs by constraint, as the format's own rules count them. */
  score(values: Uint8Array): {
    readonly soft: Readonly<Record<string, number>>;
    readonly hard: Readonly<Record<string, number>>;
  };
  print(values: Uint8Array): string;
  read(text: string): Read<Uint8Array>;
};
