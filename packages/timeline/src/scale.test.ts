import { dateOf, dayNumber, weekdayOf } from "@hourwright/time";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { isoWeek, parseDate, printDate } from "./civil.ts";
import { cellAt, dayAt } from "./hit.ts";
import {
  cellOfDay,
  columnLeft,
  COLUMNS,
  dateOfDay,
  dayOfCell,
  dayOfDate,
  ROWS,
  rowOfDay,
  scaleFor,
  weekdayOfColumn,
  yearShape,
} from "./scale.ts";
import { anyFirstWeekday, anyYear, anyZoom, SCREENS } from "./testing.ts";

describe("the structure of the year", () => {
  test("is twelve rows of 37 columns for every year 1970 to 2100, every first weekday and three screens [TL1]", () => {
    for (let year = 1970; year <= 2100; year++) {
      for (let firstWeekday = 1; firstWeekday <= 7; firstWeekday++) {
        const shape = yearShape(year, firstWeekday);
        assert.equal(shape.months.length, ROWS);
        let nextDay = 0;
        for (const { firstColumn, firstDay, days } of shape.months) {
          assert.equal(firstDay, nextDay, "months follow each other");
          assert.ok(firstColumn >= 0 && firstColumn <= 6 && firstColumn + days <= COLUMNS);
          nextDay += days;
        }
        assert.equal(nextDay, shape.days);
        assert.equal(shape.days, dayNumber(year + 1, 1, 1) - dayNumber(year, 1, 1));
      }
    }
    for (const screen of SCREENS) {
      const scale = scaleFor(screen);
      assert.equal(scale.gridWidth, scale.columnWidth * 37);
      assert.equal(scale.rows.length, ROWS);
      assert.ok(scale.columnWidth >= 19 && scale.rows.every(({ height }) => height >= 35));
    }
  });

  test("keeps its rows and columns however closely one looks, each row below the one before it [TL1]", () => {
    fc.assert(
      fc.property(anyZoom, fc.constantFrom(...SCREENS), (zoom, screen) => {
        const [scale, plain] = [scaleFor(screen, zoom), scaleFor(screen)];
        assert.deepEqual(
          [scale.columnWidth, scale.gutterStart, scale.gutterEnd],
          [plain.columnWidth, plain.gutterStart, plain.gutterEnd],
        );
        const heights = scale.rows.map(({ height }) => height);
        scale.rows.forEach(({ top }, row) =>
          assert.equal(
            top,
            heights.slice(0, row).reduce((sum, height) => sum + height, 0),
          ),
        );
        assert.equal(scale.rows.length, ROWS);
        assert.equal(
          scale.gridHeight,
          heights.reduce((sum, height) => sum + height, 0),
        );
        if (zoom.step === "lens") assert.ok(heights[zoom.row]! >= 240);
      }),
    );
  });

  test("puts every day under its weekday, once, and finds it again [TL2]", () => {
    for (let year = 1970; year <= 2100; year++) {
      for (let firstWeekday = 1; firstWeekday <= 7; firstWeekday++) {
        const shape = yearShape(year, firstWeekday);
        for (let day = 0; day < shape.days; day++) {
          const cell = cellOfDay(shape, day);
          if (weekdayOf(shape.firstEpochDay + day) !== weekdayOfColumn(firstWeekday, cell.column))
            assert.fail(`${printDate(dateOfDay(shape, day))} stands in column ${cell.column}`);
          if (dayOfCell(shape, cell) !== day) assert.fail(`day ${day} of ${year} is not found in its own cell`);
        }
      }
    }
  });

  test("has no day in the cells outside a month, and none beside the grid", () => {
    const shape = yearShape(2027, 1); // January 2027 begins on a Friday.
    assert.equal(dayOfCell(shape, { row: 0, column: 3 }), null);
    assert.equal(dayOfCell(shape, { row: 0, column: 4 }), 0);
    assert.equal(dayOfCell(shape, { row: 0, column: 35 }), null);
    assert.equal(dayOfCell(shape, { row: 12, column: 5 }), null);
    assert.equal(dayOfDate(shape, { year: 2028, month: 1, day: 1 }), null);
    assert.equal(dayOfDate(shape, { year: 2027, month: 3, day: 25 }), 83);
    assert.equal(rowOfDay(shape, 83), 2);
  });

  test("refuses a year or a weekday that is none", () => {
    assert.throws(() => yearShape(0, 1), /a year is 1 to 9999/);
    assert.throws(() => yearShape(2027, 8), /no weekday: 8/);
    assert.throws(() => cellOfDay(yearShape(2027, 1), 365), /day 365 is not in 2027/);
  });
});

describe("pixels", () => {
  test("lead back to the cell they were made from, on every screen [TL3]", () => {
    fc.assert(
      fc.property(
        anyYear,
        anyFirstWeekday,
        fc.constantFrom(...SCREENS),
        anyZoom,
        fc.integer({ min: 0, max: 11 }),
        fc.integer({ min: 0, max: 36 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (year, firstWeekday, screen, zoom, row, column, part) => {
          const scale = scaleFor(screen, zoom);
          const shape = yearShape(year, firstWeekday);
          const left = columnLeft(scale, column);
          const { top, height } = scale.rows[row]!;
          const point = { x: left + part * (columnLeft(scale, column + 1) - left), y: top + part * height };
          assert.deepEqual(cellAt(scale, point), { row, column });
          assert.equal(dayAt(shape, scale, point), dayOfCell(shape, { row, column }));
        },
      ),
    );
  });

  test("outside the grid belong to no cell", () => {
    const scale = scaleFor(SCREENS[0]);
    for (const point of [
      { x: -1, y: 10 },
      { x: 10, y: -0.5 },
      { x: scale.gridWidth + 1, y: 10 },
      { x: 10, y: scale.gridHeight },
    ])
      assert.equal(cellAt(scale, point), null);
  });

  test("keep the measures of the design at 1728 × 1080", () => {
    const scale = scaleFor({ width: 1344, height: 984 });
    assert.deepEqual(
      [scale.gutterStart, scale.gutterEnd, scale.header, Math.round(scale.columnWidth), scale.rows[0]!.height],
      [58, 86, 30, 32, 78],
    );
    assert.equal(scaleFor({ width: 1344, height: 400 }).rows[0]!.height, 62);
  });

  test("let all twelve months of 37 columns be seen at once on a laptop of 1440 × 900", () => {
    const stage = { width: 1440 - 68 - 316, height: 900 - 56 - 40 };
    const scale = scaleFor(stage);
    assert.ok(scale.gutterStart + scale.gridWidth + scale.gutterEnd <= stage.width);
    assert.ok(scale.header + scale.gridHeight <= stage.height);
  });
});

describe("dates", () => {
  test("agree with the calendar of the platform", () => {
    fc.assert(
      fc.property(fc.integer({ min: -719_162, max: 2_932_896 }), (day) => {
        const date = Temporal.PlainDate.from("1970-01-01").add({ days: day });
        assert.deepEqual(dateOf(day), { year: date.year, month: date.month, day: date.day });
        assert.equal(dayNumber(date.year, date.month, date.day), day);
        assert.equal(weekdayOf(day), date.dayOfWeek);
        assert.equal(isoWeek(day), date.weekOfYear);
      }),
    );
  });

  test("are read only when they exist", () => {
    assert.deepEqual(parseDate("2028-02-29"), { year: 2028, month: 2, day: 29 });
    for (const text of ["2027-02-29", "2027-13-01", "2027-00-10", "2027-1-1", "2027-01-00", "", "2027-01-01T00:00"])
      assert.equal(parseDate(text), null, text);
    assert.equal(printDate({ year: 987, month: 6, day: 5 }), "0987-06-05");
  });
});
