export { actorOf, identityOperations, type IdentityPorts } from "./operations.ts";
export {
  createMember,
  joinMember,
  newSetupCode,
  openOrganisation,
  systemContext,
  type DemoAccount,
} from "./accounts.ts";
export { authenticator, SESSION_COOKIE } from "./authenticate.ts";
export { createSubjects, subjectsOfAddresses, type NewSubject } from "./commands.ts";
export type { OverlapPolicy, Subject, SubjectKind } from "./model.ts";
export { may, policy } from "./policy.ts";
export { mayActFor } from "./queries.ts";
export { migrateAuth, openSignIn, type SignIn } from "./sign-in.ts";
export {
  findOrganisation,
  insertTeams,
  listOrganisations,
  organisationOf,
  peopleInScope,
  sharedSecret,
  subjectsByEmail,
  subjectsById,
} from "./store.ts";
export { accessTokens } from "./tokens.ts";
