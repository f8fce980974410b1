export { BATCH_MAX, VARIABLES_MAX, type PluginProblem, type PluginScore } from "./algorithm.ts";
export { checkPlugin, type CheckLine } from "./check.ts";
export {
  breachSentence,
  changedQuestion,
  TAKEN_MAX,
  type PluginBreach,
  type PluginChange,
  type PluginQuestion,
  type PluginTaking,
  type PluginTelling,
} from "./constraint.ts";
export { MODULE_BYTES_MAX, readPlugin, type Plugin } from "./folder.ts";
export { openPluginHost, type Answer, type ConstraintRun, type Found, type Notice, type PluginHost } from "./host.ts";
export {
  readManifest,
  valuesOf,
  type AlgorithmManifest,
  type ConstraintManifest,
  type Manifest,
  type PluginParameter,
} from "./manifest.ts";
export { LIMITS, type Limits } from "./process.ts";
