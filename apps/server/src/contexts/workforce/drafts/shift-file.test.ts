// Strategy: files as people have them, both forms, and what is wrong in them by line; then any shifts written in both forms and read again.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { limits } from "@hourwright/contract";
import { csvOf, csvRowsOf } from "../../../platform/sheets/csv.ts";
import { faultOf } from "../../../platform/sheets/wrong.ts";
import { shiftsIn, type FileShift } from "./shift-file.ts";
import { entriesOf, namedShifts, plannedBeside, type KnownStaff } from "./shift-plan.ts";

const read = (text: string | Uint8Array) => {
  const rows = csvRowsOf(typeof text === "string" ? Buffer.from(text) : text, limits.DRAFT_ITEMS_MAX + 2);
  assert.ok(!("why" in rows), JSON.stringify(rows));
  return shiftsIn(rows);
};
const told = (text: string | Uint8Array) => {
  const { shifts, wrong } = read(text);
  assert.deepEqual(wrong, []);
  return shifts.map(({ person, day, starts, minutes, breakMinutes }) => [person, day, starts, minutes, breakMinutes]);
};
const faults = (text: string) => read(text).wrong.map(({ line, column, why }) => `${line} ${column}: ${why}`);

describe("a file with a row for each shift", () => {
  test("has its columns in any order and language, days with dots, nights, breaks and open shifts", () => {
    const file = [
      "Bis;Mitarbeiter;Tag;Von;Pause;Dienst;Ort;Qualifikation",
      '15:00;"Jürgen\nGroß";01.03.2027;7;30;Früh;Bad;Erste Hilfe',
      "06:00;juergen@x.example;2.3.2027;22.00 Uhr;0:45;;;",
      "24:00;;2027-03-02;16:00;;;;",
    ].join("\r\n");
    const expected = [
      ["Jürgen\nGroß", "2027-03-01", "07:00", 480, 30],
      ["juergen@x.example", "2027-03-02", "22:00", 480, 45],
      [null, "2027-03-02", "16:00", 480, 0],
    ];
    assert.deepEqual(told(file), expected);
    assert.deepEqual(told(`\ufeff${file}`), expected);
    assert.deepEqual(told(Buffer.from(file, "latin1")), expected);
    const [first] = read(file).shifts;
    assert.deepEqual([first!.name, first!.site, first!.skill, first!.line], ["Früh", "Bad", "Erste Hilfe", 2]);
  });

  test("is told line by line what is wrong with it", () => {
    const file = [
      "person;day;from;to;break",
      "Ana;31.02.2027;8;16;",
      "Ana;2027-03-01;25:00;16;",
      "Ana;2027-03-01;08:00;16:00;long",
      "Ana;2027-03-01;08:00;09:00;60",
      "Ana;2027-03-01;24:00;09:00;",
      "Ana;2027-03-02;08:00;16:00;;more",
      "Ana;2027-03-03;22:00;06:00;",
      "ana;2027-03-04;05:00;12:00;",
    ].join("\n");
    assert.deepEqual(faults(file), [
      "2 day: There is no such day: “31.02.2027”.",
      "3 from: “25:00” is no time: write 07:00.",
      "4 break: “long” is no break: write 30.",
      "5 break: The break is as long as the shift.",
      "6 to: A shift begins from 00:00 to 23:59.",
      "7 : It has 6 fields, and the header 5.",
      "9 : It overlaps the shift of 2027-03-03 22:00 on line 8.",
    ]);
    assert.deepEqual(faults("person;day;from\n"), ["1 to: There is no column “to”, and no days across."]);
    const far = (day: string) => `person;day;from;to\n;2199-12-31;8;16\nAna;2027-03-01;8;16\nBo;${day};8;16`;
    assert.deepEqual(faults(far("2027-06-09")), [
      "2 day: A draft is of at most 100 days: 2199-12-31 is too far from 2027-03-01.",
      "4 day: A draft is of at most 100 days: 2027-06-09 is too far from 2027-03-01.",
    ]);
    assert.equal(faults(far("2027-06-08")).length, 1);
    assert.equal(faults("person;day;from;to;to;hat\n").length, 2);
    assert.deepEqual(faults(""), ["1 : The file is empty."]);
  });
});

describe("a file with people down and days across", () => {
  const GRID = [
    "Person;Mo 01.03.2027;02.03.2027;2027-03-03",
    "Ana Ruiz;07:00-15:00 (30);F;–",
    'bo@x.example;;"F, 16-18";N',
    ";;;12:00–20:00/45",
    "Legende",
    "F;06:00-14:00;30;Bad;Erste Hilfe",
    "N;22-6;;;",
  ].join("\n");

  test("has times or codes, which its legend explains", () => {
    assert.deepEqual(told(GRID), [
      ["Ana Ruiz", "2027-03-01", "07:00", 480, 30],
      ["Ana Ruiz", "2027-03-02", "06:00", 480, 30],
      ["bo@x.example", "2027-03-02", "06:00", 480, 30],
      ["bo@x.example", "2027-03-02", "16:00", 120, 0],
      ["bo@x.example", "2027-03-03", "22:00", 480, 0],
      [null, "2027-03-03", "12:00", 480, 45],
    ]);
    const early = read(GRID).shifts[1]!;
    assert.deepEqual(
      [early.name, early.site, early.skill, early.line, early.column],
      ["F", "Bad", "Erste Hilfe", 2, "2027-03-02"],
    );
  });

  test("is told where something is wrong", () => {
    assert.deepEqual(faults("x;2027-03-01;2027-03-01\nAna;8-16;"), ["1 2027-03-01: 2027-03-01 is there twice."]);
    assert.deepEqual(faults("x;2027-03-01;soon\nAna;8-16;"), [
      "1 soon: “soon” is no day: write 2027-03-01 or 01.03.2027.",
    ]);
    assert.deepEqual(faults("x;2027-03-01\nAna;X"), [
      "2 2027-03-01: “X” is no time from and until, and no code of the legend: write 07:00-15:00.",
    ]);
    assert.deepEqual(faults("x;2027-03-01\nAna;8-16;9-17"), ["2 3: No day stands above it."]);
    assert.deepEqual(faults("x;2027-03-01\nAna;8-16\nLegend\nF;8-16\nf;9-17"), ["5 code: “f” is explained twice."]);
    assert.deepEqual(faults('x;2027-03-01\nAna;"8-16,15-18"'), [
      "2 2027-03-01: It overlaps the shift of 2027-03-01 08:00 on line 2.",
    ]);
    assert.match(
      faults(
        `x;${Array.from({ length: 101 }, (_, i) => Temporal.PlainDate.from("2027-01-01").add({ days: i }).toString()).join(";")}\nAna`,
      )[0]!,
      /100 days/,
    );
  });
});

test("shifts are read as they were written, in both forms", () => {
  const two = (minute: number) =>
    `${String(Math.floor(minute / 60) % 24).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
  const shift = fc.record({
    person: fc.constantFrom("Ana", "Bo", "=1+2", 'Jürgen "Groß"', "c@x.example"),
    at: fc.integer({ min: 0, max: 4 }),
    from: fc.integer({ min: 0, max: 1_439 }),
    minutes: fc.integer({ min: 1, max: 1_440 }),
    breakPart: fc.integer({ min: 0, max: 99 }),
  });
  const shifts = fc.uniqueArray(shift, { maxLength: 12, selector: ({ person, at }) => `${person} ${at}` });
  const days = [0, 2, 4, 6, 8].map((days) => Temporal.PlainDate.from("2027-03-25").add({ days }).toString());
  fc.assert(
    fc.property(shifts, (some) => {
      if (some.length === 0) return;
      const plain = some.map(({ person, at, from, minutes, breakPart }) => {
        const breakMinutes = Math.floor((minutes * breakPart) / 100);
        return { person, day: days[at]!, starts: two(from), ends: two(from + minutes), minutes, breakMinutes };
      });
      const expected = new Set(
        plain.map(({ person, day, starts, minutes, breakMinutes }) =>
          JSON.stringify([person, day, starts, minutes, breakMinutes]),
        ),
      );
      const list = csvOf(
        ["person", "day", "from", "to", "break"],
        plain.map(({ person, day, starts, ends, breakMinutes }) => [person, day, starts, ends, `${breakMinutes}`]),
      );
      const people = [...new Set(plain.map(({ person }) => person))];
      const cell = (person: string, day: string) => {
        const found = plain.find((each) => each.person === person && each.day === day);
        return found === undefined ? "" : `${found.starts}-${found.ends} (${found.breakMinutes})`;
      };
      const grid = csvOf(
        ["", ...days],
        people.map((person) => [person, ...days.map((day) => cell(person, day))]),
      );
      for (const file of [list, grid])
        assert.deepEqual(new Set(told(file).map((each) => JSON.stringify(each))), expected);
    }),
  );
});

describe("the shifts of a file, beside who is here and what stands", () => {
  const staff: KnownStaff = {
    people: [
      { id: "per_a", name: "Ana", email: "ana@x.example", retired: false },
      { id: "per_b", name: "Bo", email: null, retired: false },
      { id: "per_c", name: "Bo", email: "bo2@x.example", retired: false },
      { id: "per_d", name: "Dan", email: null, retired: true },
      { id: "per_e", name: "Eve", email: null, retired: false },
    ],
    numbers: new Map([["0007", "per_a"]]),
    skills: [{ id: "ski_1", name: "First aid" }],
    whyNot: (id) => (id === "per_e" ? faultOf("no-contract", { name: "Eve" }) : null),
  };
  const shift = (person: string | null, more: Partial<FileShift> = {}): FileShift => ({
    line: 2,
    column: "",
    person,
    day: "2027-03-01",
    starts: "08:00",
    minutes: 480,
    breakMinutes: 30,
    name: "",
    site: null,
    skill: null,
    ...more,
  });

  test("are of people by name, address or number; whoever else is named is told", () => {
    const of = (person: string | null, more?: Partial<FileShift>) => {
      const { named, wrong } = namedShifts([shift(person, more)], staff);
      return wrong[0]?.why ?? named[0]!.personId;
    };
    assert.deepEqual(
      ["ana", "ANA@x.example", "0007", null].map((each) => of(each)),
      ["per_a", "per_a", "per_a", null],
    );
    assert.equal(of("Bo"), "2 people are called “Bo”: say the address.");
    assert.equal(of("bo2@x.example"), "per_c");
    assert.equal(of("Dan"), "Dan is retired.");
    assert.equal(of("Eve"), "Eve has no contract.");
    assert.equal(of("Zoe"), "Nobody here is “Zoe”, by name, address or number.");
    assert.equal(of("Ana", { skill: "Magic" }), "There is no skill “Magic”.");
    const twice = namedShifts([shift("Ana"), shift("0007", { line: 3, starts: "10:00" })], staff);
    assert.deepEqual(
      twice.wrong.map(({ line, why }) => [line, why]),
      [[3, "It is the same person as on line 2, and overlaps that shift."]],
    );
  });

  test("are left out where they stand, and are in the place of others that they meet", () => {
    const { named } = namedShifts([shift("Ana"), shift("bo2@x.example"), shift(null)], staff);
    const [at] = named;
    const other = { day: at!.day, shift: { ...at!.shift, fromMinute: 360, toMinute: 840 } };
    const { planned, unchanged } = plannedBeside(
      named,
      new Map([
        ["per_a", [at!]],
        ["per_c", [other]],
      ]),
    );
    assert.equal(unchanged, 1);
    let made = 0;
    const entries = entriesOf(planned, () => `dri_${++made}`);
    assert.deepEqual(
      entries.map(({ kind, personId }) => [kind, personId]),
      [
        ["drop", "per_c"],
        ["add", "per_c"],
        ["add", null],
      ],
    );
  });

  test("have their break in the middle", () => {
    const [made] = namedShifts([shift("Ana", { minutes: 510 })], staff).named;
    assert.deepEqual(made!.shift.breaks, [{ fromMinute: 720, toMinute: 750, isPaid: false }]);
  });
});
