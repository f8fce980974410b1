/** A part of the organisation: itself, and every department whose `parentId` leads to it. */
export type Department = DepartmentContents & { readonly id: string; readonly version: number };

/** What undo needs of it. */
export type DepartmentContents = {
  readonly name: string;
  /** Null at the top. */
  readonly parentId: string | null;
  /** People who manage it and all below it, in order of id. */
  readonly managerIds: readonly string[];
};

/** What the log of changes calls them: a department, and that somebody is in one. */
export const DEPARTMENT = "department";
export const DEPARTMENT_PERSON = "departmentPerson";
