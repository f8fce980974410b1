import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { printInrc1Rows, readInrc1, readInrc1Rows, scoreInrc1 } from "./index.ts";

const CONTRACT = `<Contract ID="c">
  <MaxNumAssignments on="1" weight="2">6</MaxNumAssignments>
  <MinNumAssignments on="1" weight="3">2</MinNumAssignments>
  <MaxConsecutiveWorkingDays on="1" weight="4">4</MaxConsecutiveWorkingDays>
  <MinConsecutiveWorkingDays on="1" weight="5">2</MinConsecutiveWorkingDays>
  <MaxConsecutiveFreeDays on="0" weight="1">2</MaxConsecutiveFreeDays>
  <MinConsecutiveFreeDays on="1" weight="7">2</MinConsecutiveFreeDays>
  <MaxConsecutiveWorkingWeekends on="1" weight="11">1</MaxConsecutiveWorkingWeekends>
  <MinConsecutiveWorkingWeekends on="0" weight="1">2</MinConsecutiveWorkingWeekends>
  <WeekendDefinition>SaturdaySunday</WeekendDefinition>
  <CompleteWeekends weight="13">true</CompleteWeekends>
  <IdenticalShiftTypesDuringWeekend weight="17">true</IdenticalShiftTypesDuringWeekend>
  <NoNightShiftBeforeFreeWeekend weight="99">true</NoNightShiftBeforeFreeWeekend>
  <AlternativeSkillCategory weight="19">true</AlternativeSkillCategory>
  <UnwantedPatterns><Pattern>p</Pattern></UnwantedPatterns>
</Contract>`;

/** Written by hand: one nurse, twelve days from Friday 1 January 2010, so that the second weekend is whole. */
const TINY = `<?xml version="1.0" encoding="utf-8"?>
<!-- tiny -->
<SchedulingPeriod ID="tiny">
  <StartDate>2010-01-01</StartDate>
  <EndDate>2010-01-12</EndDate>
  <ShiftTypes>
    <Shift ID="E"><Skills><Skill>Nurse</Skill></Skills></Shift>
    <Shift ID="H"><Skills><Skill>HeadNurse</Skill></Skills></Shift>
  </ShiftTypes>
  <Patterns>
    <Pattern ID="p" weight="23"><PatternEntries>
      <PatternEntry index="0"><ShiftType>None</ShiftType><Day>Friday</Day></PatternEntry>
      <PatternEntry index="1"><ShiftType>Any</ShiftType><Day>Saturday</Day></PatternEntry>
    </PatternEntries></Pattern>
  </Patterns>
  <Contracts>${CONTRACT}</Contracts>
  <Employees><Employee ID="0"><ContractID>c</ContractID><Skills><Skill>Nurse</Skill></Skills></Employee></Employees>
  <CoverRequirements>
    <DayOfWeekCover><Day>Monday</Day><Cover><Shift>E</Shift><Preferred>1</Preferred></Cover></DayOfWeekCover>
    <DateSpecificCover><Date>2010-01-11</Date><Cover><Shift>E</Shift><Preferred>0</Preferred></Cover></DateSpecificCover>
  </CoverRequirements>
  <DayOffRequests><DayOff weight="29"><EmployeeID>0</EmployeeID><Date>2010-01-05</Date></DayOff></DayOffRequests>
  <ShiftOnRequests><ShiftOn weight="31"><ShiftTypeID>E</ShiftTypeID><EmployeeID>0</EmployeeID><Date>2010-01-06</Date></ShiftOn></ShiftOnRequests>
</SchedulingPeriod>
`;

const roster = readInrc1(TINY).read!;

/** A row as letters, a dot for a day off. */
const rowOf = (line: string): Uint8Array => Uint8Array.from([...line], (letter) => ".EH".indexOf(letter));

describe("rosters of the competition of 2010", () => {
  test("cost by constraint what the evaluator of Osnabrück counts (SV25)", () => {
    // Friday first; Monday is the fourth day, the fifth is wanted off, on the sixth E is wanted.
    const cases: readonly (readonly [string, Record<string, number>])[] = [
      ["..EE.EE.....", { cover: 3, completeWeekends: 13, freeInRowLeast: 7 }],
      ["...E........", { assignmentsLeast: 3, workInRowLeast: 5, requests: 31 }],
      [".EEE.EE.....", { cover: 4, freeInRowLeast: 14, patterns: 23 }],
      [
        "EEEE.EE..EE.",
        { cover: 7, assignmentsMost: 4, freeInRowLeast: 14, weekendsInRowMost: 11, completeWeekends: 13 },
      ],
      ["EEHE.EE.....", { cover: 5, freeInRowLeast: 7, identicalWeekends: 34, alternativeSkill: 19 }],
      ["...EEEEE....", { cover: 4, workInRowMost: 4, requests: 29 }],
      ["............", { cover: 1, assignmentsLeast: 6, requests: 31 }],
      [".......EE...", { cover: 3, completeWeekends: 13, requests: 31 }],
      ["...EEE....E.", { cover: 3, workInRowLeast: 5, freeInRowLeast: 7, requests: 29 }],
    ];
    for (const [line, costs] of cases) {
      const found = Object.entries(scoreInrc1(roster, rowOf(line))).filter(([, cost]) => cost > 0);
      assert.deepEqual(Object.fromEntries(found), costs, line);
    }
  });

  test("are written as the competition has solutions, and read as they were written (SV24)", () => {
    const row = rowOf("EEHE.EE.....");
    const text = printInrc1Rows(roster, row, 60);
    assert.ok(text.includes("<SchedulingPeriodID>tiny</SchedulingPeriodID>"));
    assert.ok(text.includes("<SoftConstraintsPenalty>60</SoftConstraintsPenalty>"));
    assert.ok(
      text.includes("<Assignment><Date>2010-01-03</Date><Employee>0</Employee><ShiftType>H</ShiftType></Assignment>"),
    );
    assert.deepEqual(readInrc1Rows(roster, text).read, row);
  });

  test("are refused with the line that cannot be read (SV24)", () => {
    const refusals: readonly (readonly [string, RegExp])[] = [
      ["version https://example.org", /^line 1: this is no XML\.$/],
      [
        TINY.replace("<SchedulingPeriod ID", "<Period ID"),
        /^line \d+: <\/SchedulingPeriod> closes what is not open\.$/,
      ],
      [
        TINY.replace("2010-01-12", "2010-02-30"),
        /^line 5: <EndDate> is a date such as 2010-01-31, not "2010-02-30"\.$/,
      ],
      [TINY.replace("2010-01-12", "2009-12-31"), /^line 3: a period has 1 to 400 days, not 0\.$/],
      [TINY.replace("<ContractID>c<", "<ContractID>d<"), /^line \d+: there is no contract "d"\.$/],
      [
        TINY.replace('weight="23"', 'weight="heavy"'),
        /^line 11: <Pattern> is a whole number from 0 to 1000000, not "heavy"\.$/,
      ],
      [TINY.replace("</SchedulingPeriod>", ""), /^line 3: <SchedulingPeriod> is not closed\.$/],
      [TINY.replace("tiny -->", "tiny"), /^line 2: /],
      [TINY.replace("HeadNurse<", "&head;<"), /^line 8: "&head;" is not known\.$/],
    ];
    for (const [text, sentence] of refusals) assert.match(readInrc1(text).refused ?? "", sentence);
    const twice = printInrc1Rows(roster, rowOf("E..........."), 0).replace(/( {2}<Assignment>.*\n)/, "$1$1");
    assert.match(readInrc1Rows(roster, twice).refused!, /^line 7: employee "0" has two assignments on one day\.$/);
  });
});
