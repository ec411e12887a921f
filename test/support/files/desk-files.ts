import { type Cell, styled, workbookBytes } from "./workbook-bytes.ts";

/** The export of a call-log system as a customer desk has it. Every person and number in it is invented. */
export function callLogCsv(): string {
  const header =
    "受付番号,受付日,受付時刻,受付区分,お申し出内容,商品名,JANコード,ロット,店舗,性別,年代,氏名,電話番号,対応内容";
  const rows = [
    "C-0001,令和7年7月1日,9:05,電話,袋の切り口が固くて開けにくいです。,うすしおポテト,4901234567894,L250601,渋谷店,女性,30代,山田花子,03-0000-0001,お詫びし、代わりの品をお送りした。",
    'C-0002,令和7年7月1日,午後3時,電話,"期間限定の味がとても良かったです。\r\nまた売ってください。",のりしおポテト,4901234567894,L250602,,男性,40代,鈴木一郎,03-0000-0002,開発に伝えると答えた。',
    "C-0003,令和7年7月2日,25:30,メール,①の表示が小さくて髙齢の母には読めません～,うすしおポテト,4901234567894,L250601,新宿店,女性,50代,佐藤﨑子,03-0000-0003,表示の担当に伝えた。",
    "C-0004,令和7年7月3日,10:15,電話,,うすしおポテト,4901234567894,,,男性,20代,田中次郎,03-0000-0004,切れた電話。",
    "C-0005,不明,,電話,どこで売っていますか。近くの店にありません。,のりしおポテト,4901234567894,,,女性,30代,加藤桜,03-0000-0005,店を案内した。",
  ];
  return `${[header, ...rows].join("\r\n")}\r\n`;
}

/** A survey that someone kept in Excel: a cover, a title above the table, a header of two rows, a tally beside it. */
export function surveyWorkbook(): Buffer {
  const answers: readonly (readonly Cell[])[] = [
    [
      101,
      styled(45839.4, 1),
      "女性",
      "30代",
      5,
      "香りがとても良かったです",
      "量がもう少し欲しいです",
    ],
    [
      102,
      styled(45840.5, 1),
      "男性",
      "40代",
      2,
      "特に思いつきません",
      "袋が開けにくくて困りました",
    ],
    [103, styled(45841.6, 1), "女性", "50代", 4, "家族みんなで食べました", null],
  ];
  return workbookBytes({
    sheets: [
      { name: "表紙", rows: [["2025年7月 アンケート"], ["作成: 企画部"]] },
      {
        name: "回答",
        rows: [
          ["お客様アンケート 2025年7月"],
          ["回答番号", "回答日時", "ご本人について", null, "評価", "自由記述", null],
          [null, null, "性別", "年代", null, "良かった点", "改善してほしい点"],
          ...answers,
        ],
        merges: ["A1:G1", "A2:A3", "B2:B3", "C2:D2", "E2:E3", "F2:G2"],
        hiddenRows: [5],
      },
      {
        name: "集計",
        rows: [
          ["評価", "人数"],
          [5, 1],
          [4, 1],
        ],
      },
    ],
  });
}
