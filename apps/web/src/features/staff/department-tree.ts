import type { Department } from "../../data/staff.ts";

// Pure: the tree as lines, and where keys lead in it.

export type TreeLine = { readonly department: Department; readonly hasBelow: boolean; readonly isOpen: boolean };

/** The lines that are seen: each department after the one it is part of, without what lies below closed ones. */
export function linesOf(departments: readonly Department[], closed: ReadonlySet<string>): readonly TreeLine[] {
  const parents = new Set(departments.map(({ parentId }) => parentId));
  const hidden = new Set<string>();
  const lines: TreeLine[] = [];
  for (const department of departments) {
    const { id, parentId } = department;
    if (parentId !== null && (hidden.has(parentId) || closed.has(parentId))) {
      hidden.add(id);
      continue;
    }
    lines.push({ department, hasBelow: parents.has(id), isOpen: !closed.has(id) });
  }
  return lines;
}

export type TreeStep = { readonly to: string } | { readonly open: string } | { readonly close: string } | null;

/** What a key does on a line (WAI-ARIA, tree view); null for keys that are not the tree's. */
export function stepOf(lines: readonly TreeLine[], id: string, key: string): TreeStep {
  const at = lines.findIndex(({ department }) => department.id === id);
  const line = lines[at];
  if (line === undefined) return null;
  const to = (index: number): TreeStep => {
    const next = lines[Math.min(lines.length - 1, Math.max(0, index))]!;
    return { to: next.department.id };
  };
  switch (key) {
    case "ArrowDown":
      return to(at + 1);
    case "ArrowUp":
      return to(at - 1);
    case "Home":
      return to(0);
    case "End":
      return to(lines.length - 1);
    case "ArrowRight":
      if (!line.hasBelow) return { to: id };
      return line.isOpen ? to(at + 1) : { open: id };
    case "ArrowLeft":
      if (line.hasBelow && line.isOpen) return { close: id };
      return { to: line.department.parentId ?? id };
    default:
      return null;
  }
}

/** Whether a department of this name stands beside already, whatever the case: the server refuses a second one. */
export function hasTwin(
  departments: readonly Department[],
  own: string | null,
  parentId: string | null,
  name: string,
): boolean {
  const key = name.trim().toLowerCase();
  return departments.some((each) => each.id !== own && each.parentId === parentId && each.name.toLowerCase() === key);
}
