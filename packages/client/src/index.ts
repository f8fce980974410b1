export {
  createClient,
  RequestFailed,
  type Answer,
  type Answered,
  type Call,
  type Client,
  type ClientOptions,
  type OperationName,
  type ProblemBody,
} from "./client.ts";
export { table } from "./table.ts";
