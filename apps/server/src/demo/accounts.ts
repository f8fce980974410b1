import type { Role } from "../platform/operations/context.ts";

export type DemoAccount = {
  readonly organisation: "larkfield" | "northgate";
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  /** Published on purpose: these accounts exist in the demo alone. */
  readonly password: string;
  readonly oneClick: boolean;
};

const larkfield = { organisation: "larkfield", password: "larkfield-demo", oneClick: true } as const;

/** The accounts of the demo organisations. */
export const demoAccounts: readonly DemoAccount[] = [
  { ...larkfield, email: "coordinator@larkfield.example", name: "Mara Okafor", role: "administrator" },
  { ...larkfield, email: "manager@larkfield.example", name: "Tomas Brandt", role: "manager" },
  { ...larkfield, email: "instructor@larkfield.example", name: "Ines Duarte", role: "member" },
  { ...larkfield, email: "member@larkfield.example", name: "Priya Nair", role: "member" },
  {
    organisation: "northgate",
    email: "owner@northgate.example",
    name: "Oskar Lind",
    role: "owner",
    password: "northgate-demo",
    oneClick: false,
  },
];
