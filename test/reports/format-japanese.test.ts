import { expect, test } from "vitest";
import {
  formatCount,
  formatDate,
  formatDay,
  formatPeriodName,
  formatRatio,
} from "../../reports/format-japanese.ts";

test.each([
  { shown: formatDay("2025-08-03"), expected: "8月3日（日）" },
  { shown: formatDate("2025-01-01"), expected: "2025年1月1日（水）" },
  { shown: formatPeriodName("2025-W05"), expected: "2025年 第5週" },
  { shown: formatPeriodName("2025-07"), expected: "2025年7月" },
  { shown: formatCount(1234567), expected: "1,234,567" },
  { shown: formatCount(999), expected: "999" },
  { shown: formatRatio(0.4523), expected: "0.45" },
  { shown: formatRatio(2.345), expected: "2.3" },
  { shown: formatRatio(12.3), expected: "12" },
])("dates and numbers read as $expected in any zone and locale", ({ shown, expected }) => {
  expect(shown).toBe(expected);
});
