// Writes what is derived from the catalogue and committed: the client's table and the proto's field numbers.
// Run after changing packages/contract; a test fails when one of them is stale.
import { readFileSync, writeFileSync, existsSync } from "node:fs";
import { printProto, type FieldLock } from "@hourwright/contract";
import { printClientTable } from "./client-table.ts";

const lockFile = new URL("../../packages/contract/proto.lock.json", import.meta.url);
const tableFile = new URL("../../packages/client/src/table.ts", import.meta.url);

const committed = existsSync(lockFile) ? (JSON.parse(readFileSync(lockFile, "utf8")) as FieldLock) : {};
writeFileSync(lockFile, `${JSON.stringify(printProto(committed).lock, null, 2)}\n`);
writeFileSync(tableFile, printClientTable());
