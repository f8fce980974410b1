import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Contract, Department, StaffPerson } from "../../data/staff.ts";
import { NEW, parsePeople, parseStaff, printPeople, printStaff } from "./address.ts";
import { departmentPaths, departmentsWithin, NO_DEPARTMENT, peopleToShow, versionToTell } from "./people-shown.ts";

const version = (from: string, until: string | null, minutes = 2_400, site: string | null = null) =>
  ({ from, until, site, nominal: { minutes, per: "week" } }) as unknown as Contract;
const person = (name: string, part: Partial<StaffPerson> = {}): StaffPerson => ({
  id: name,
  name,
  email: null,
  version: 1,
  departmentId: null,
  versions: [],
  skills: [],
  ...part,
});
const department = (id: string, parentId: string | null) => ({ id, name: id, parentId }) as unknown as Department;
const departments = [department("House", null), department("Pool", "House"), department("Desk", null)];
const skill = { skillId: "s1", name: "First aid", until: null } as unknown as StaffPerson["skills"][number];
const people = [
  person("Ana", { departmentId: "Pool", skills: [skill], versions: [version("2020-01-01", null, 1_200, "North")] }),
  person("Bo", { departmentId: "House", versions: [version("2020-01-01", null, 2_400, "South")] }),
  person("Cy"),
];
const lists = { people, departments, balances: new Map([["Bo", { minutes: 5, leaveDays: 3 }]]), today: "2027-03-01" };
const names = (query: string) => peopleToShow(lists, parsePeople(`/staff${query}`)).map(({ name }) => name);

describe("people of the staff", () => {
  const table: readonly [string, string[]][] = [
    ["", ["Ana", "Bo", "Cy"]],
    ["?order=down", ["Cy", "Bo", "Ana"]],
    ["?department=House", ["Ana", "Bo"]],
    [`?department=${NO_DEPARTMENT}`, ["Cy"]],
    ["?site=South", ["Bo"]],
    ["?skill=s1", ["Ana"]],
    ["?search=first%20ana", ["Ana"]],
    ["?search=pool", ["Ana"]],
    ["?search=nobody", []],
    ["?sort=contract&order=down", ["Bo", "Ana", "Cy"]],
    ["?sort=department", ["Bo", "Ana", "Cy"]],
    ["?sort=balance", ["Bo", "Ana", "Cy"]],
  ];
  for (const [query, found] of table)
    test(`“${query}” are ${found.join(", ")}`, () => assert.deepEqual(names(query), found));

  test("are told by the version that holds, else the next, else the last that was", () => {
    const [old, now, next] = [
      version("2020-01-01", "2026-12-31"),
      version("2027-01-01", "2027-06-30"),
      version("2027-07-01", null),
    ];
    assert.equal(versionToTell([old, now, next], "2027-03-01"), now);
    assert.equal(versionToTell([old, next], "2027-03-01"), next);
    assert.equal(versionToTell([old], "2027-03-01"), old);
    assert.equal(versionToTell([], "2027-03-01"), null);
  });

  test("stand in departments that are named with those above them", () => {
    assert.equal(departmentPaths(departments).get("Pool"), "House › Pool");
    assert.deepEqual([...departmentsWithin(departments, "House")], ["House", "Pool"]);
  });

  test("have addresses that can be printed and read", () => {
    const shown = {
      search: "a b",
      department: "House",
      site: "N & S",
      skill: "s1",
      sort: "leave",
      isDown: true,
    } as const;
    assert.deepEqual(parsePeople(printPeople(shown)), shown);
    const id = "per_01J8Z3K4M5N6P7Q8R9S0T1V2W3";
    assert.deepEqual(parseStaff(printStaff("people", id)), { part: "people", id });
    assert.deepEqual(parseStaff("/staff/file/nonsense"), { part: "file", id: null });
    assert.deepEqual(parseStaff(printStaff("demand", NEW)), { part: "demand", id: NEW });
    assert.deepEqual(parseStaff(printStaff("demand")), { part: "demand", id: null });
    assert.deepEqual(parseStaff("/staff/nothing/%2e%2e"), { part: "people", id: null });
  });
});
