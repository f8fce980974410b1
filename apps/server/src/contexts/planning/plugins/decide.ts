import { refusePlanning, type Refused } from "@hourwright/contract";
import type { Manifest } from "@hourwright/plugin";
import type { FoundPlugin } from "./folder.ts";
import type { AllowedContents, AllowedPlugin } from "./model.ts";

// Pure: what may be allowed, and what is told of what lies there.

/** What is allowed by a hash with some numbers, or why it cannot be. */
export function allowanceOf(
  found: readonly FoundPlugin[],
  { hash, values: set }: { readonly hash: string; readonly values: Readonly<Record<string, number>> },
): AllowedContents | Refused<"planning/plugin-invalid"> {
  const plugin = found.flatMap((each) => ("read" in each && each.read.hash === hash ? [each.read] : []))[0];
  if (plugin === undefined) return refusePlanning("plugin-invalid", "hash", {});
  const { name, title, kind, parameters } = plugin.manifest;
  if (kind !== "constraint") return refusePlanning("plugin-invalid", "algorithm", { title });
  const unknown = Object.keys(set).find((key) => !Object.hasOwn(parameters, key));
  if (unknown !== undefined) return refusePlanning("plugin-invalid", "parameter", { title, name: unknown });
  const values: Record<string, number> = {};
  for (const [key, { from, to, preset, unit, says }] of Object.entries(parameters)) {
    const value = Object.hasOwn(set, key) ? set[key]! : preset;
    if (!Number.isFinite(value) || value < from || value > to)
      return refusePlanning("plugin-invalid", "range", { says, from, to, unit, value });
    values[key] = value;
  }
  return { name, hash, values, off: null };
}

/** A plug-in as the API shows it. */
export type ShownPlugin = ReturnType<typeof shownPlugin>;

/** Everything that lies in the folder, and what is allowed and gone from there, each hash once. */
export function shownPlugins(found: readonly FoundPlugin[], allowed: readonly AllowedPlugin[]): ShownPlugin[] {
  const seen = new Set<string>();
  const there = found.flatMap((each): ShownPlugin[] => {
    if ("refused" in each)
      return [{ ...NOTHING, name: each.folder, title: each.folder, state: "unreadable", sentence: each.refused }];
    const { manifest, hash } = each.read;
    if (seen.has(hash)) return [];
    seen.add(hash);
    return [shownPlugin(manifest, hash, allowed.find(({ name }) => name === manifest.name) ?? null)];
  });
  const names = new Set(there.map(({ name }) => name));
  const gone = allowed
    .filter(({ name }) => !names.has(name))
    .map(({ id, version, name, hash, off }): ShownPlugin => ({
      ...NOTHING,
      id,
      version,
      name,
      title: name,
      allowedHash: hash,
      state: "missing",
      sentence: off,
    }));
  return [...there, ...gone];
}

const NOTHING = {
  id: null as string | null,
  version: null as number | null,
  release: null as string | null,
  kind: null as Manifest["kind"] | null,
  rule: null as string | null,
  hash: null as string | null,
  allowedHash: null as string | null,
  parameters: [] as ReturnType<typeof shownParameters>,
};

export const shownPlugin = (manifest: Manifest, hash: string, allowed: AllowedPlugin | null) => ({
  id: allowed?.id ?? null,
  version: allowed?.version ?? null,
  name: manifest.name,
  release: manifest.version as string | null,
  kind: manifest.kind as Manifest["kind"] | null,
  title: manifest.title,
  rule: manifest.kind === "constraint" ? manifest.rule : null,
  hash: hash as string | null,
  allowedHash: allowed?.hash ?? null,
  state: stateOf(manifest, hash, allowed),
  sentence: allowed?.hash === hash ? allowed.off : null,
  parameters: shownParameters(manifest, allowed),
});

type State = "allowed" | "not-allowed" | "changed" | "off" | "missing" | "unreadable" | "unused";

function stateOf({ kind }: Manifest, hash: string, allowed: AllowedPlugin | null): State {
  if (kind !== "constraint") return "unused";
  if (allowed === null) return "not-allowed";
  if (allowed.hash !== hash) return "changed";
  return allowed.off === null ? "allowed" : "off";
}

/** Numbers as they are set; those of other bytes count as far as they fit these. */
const shownParameters = ({ parameters }: Manifest, allowed: AllowedPlugin | null) =>
  Object.entries(parameters).map(([name, parameter]) => {
    const set = allowed !== null && Object.hasOwn(allowed.values, name) ? allowed.values[name]! : parameter.preset;
    const fits = set >= parameter.from && set <= parameter.to;
    return { name, ...parameter, value: fits ? set : parameter.preset };
  });
