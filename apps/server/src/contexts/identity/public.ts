export { actorOf, identityOperations } from "./operations.ts";
export { joinMember, newSetupCode, openOrganisation, systemContext } from "./accounts.ts";
export { authenticator, callersOf } from "./authenticate.ts";
export { createPeople, createSubjects, subjectsOfAddresses } from "./commands.ts";
export { departmentOperations } from "./departments/operations.ts";
export { departmentsAround, departmentsNamed, departmentsWithin, managersOf, scopeOf } from "./departments/queries.ts";
export { inverseOfDepartments, summaryOfDepartments } from "./departments/undo.ts";
export { lockPools, standInsOf, type Pool } from "./pools.ts";
export { RESULTS_MAX as SCIM_RESULTS_MAX } from "./scim/answers.ts";
export type { Fault } from "./scim/fault.ts";
export { GROUPS as SCIM_GROUPS, schemas as scimSchemas, USERS as SCIM_USERS } from "./scim/schemas.ts";
export { createScim, type Kind as ScimKind, type Scim, type ScimAnswer } from "./scim/service.ts";
export { isFoundDirectly } from "./scim/matching.ts";
export { employeeNumbers } from "./scim/store.ts";
export { tokenOperations as provisioningOperations } from "./scim/tokens.ts";
export type { Visit as ScimVisit } from "./scim/writing.ts";
export { subjectOperations } from "./subject-operations.ts";
export type { SubjectPorts } from "./subjects.ts";
export { inverseOfIdentity } from "./undo.ts";
export type { Subject, SubjectKind } from "./model.ts";
export { may } from "./policy.ts";
export { answersFor, mayActFor, peopleAnsweredFor } from "./queries.ts";
export { migrateAuth, openSignIn, type SignIn } from "./sign-in.ts";
export {
  closeOrganisation,
  deleteUsersWithout,
  hasMark,
  listOrganisations,
  markReady,
  setMark,
  sharedSecret,
  unfinishedOrganisations,
} from "./directory.ts";
export {
  administratorsOf,
  everybody,
  insertTeams,
  membershipOf,
  organisationOf,
  peopleInScope,
  peopleOf,
  peopleOfRole,
  peopleOfTeams,
  signInsOf,
  sitesOfThings,
  subjectsByEmail,
  subjectIds,
  subjectsById,
  teamsById,
  teamsOfPeople,
} from "./store.ts";
export { accessTokens } from "./tokens.ts";
