import { expect, test } from "vitest";
import { nameOfFile } from "../../../../pipeline/intake/propose/source-name.ts";

test.each([
  { file: "お客様相談室_通話記録_202507.csv", is: "お客様相談室_通話記録" },
  { file: "愛用者調査（2025年7月）.xlsx（シート「回答一覧」）", is: "愛用者調査" },
  { file: "楽天市場_レビュー_20250731 (1).tsv", is: "楽天市場_レビュー" },
  { file: "mails-2025-07-01.json.gz", is: "mails" },
  { file: "令和7年7月度 お申し出一覧 - コピー.xlsx", is: "お申し出一覧" },
  { file: "7月分/声.csv", is: "声" },
  { file: "【氏名1】_通話.csv", is: "通話" },
  { file: "電話受付_2026年11月.csv", is: "電話受付" },
  { file: "電話受付_2026年12月31日分.csv", is: "電話受付" },
  { file: "11月10日〜11月16日_電話受付.csv", is: "電話受付" },
  { file: "電話受付_2026年度上期.csv", is: "電話受付" },
  { file: "2026年第3四半期 メール.csv", is: "メール" },
  { file: "メール_2026Q3.csv", is: "メール" },
  { file: "メール_2026-W47.csv", is: "メール" },
  { file: "アンケート11月下旬分.csv", is: "アンケート" },
  { file: "2025-07.csv", is: undefined },
  { file: "export.csv", is: undefined },
  { file: "定期便_中期調査.csv", is: "定期便_中期調査" },
  { file: "5年目の会_X2調査.csv", is: "5年目の会_X2調査" },
])("$file is an export of $is", ({ file, is }) => {
  expect(nameOfFile(file)).toBe(is);
});
