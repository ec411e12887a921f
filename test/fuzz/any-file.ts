import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { ENCODINGS } from "../../pipeline/intake/encoding/encoding.ts";
import { japaneseBytes } from "../pipeline/intake/japanese-bytes.ts";
import { workbookBytes } from "../support/files/workbook-bytes.ts";
import { zipBytes } from "../support/files/zip-bytes.ts";
import { mutated } from "./mutate-bytes.ts";

const HEADER = ["番号", "受付日時", "お申し出内容", "商品名"];

const cell = fc.oneof(
  fc.constantFrom("1", "2025-07-01", "令和7年7月1日", "袋が開けにくいです", "①㈱髙～", "", " "),
  fc.string({
    unit: fc.constantFrom("声", "あ", "ア", '"', ",", "\n", "\t", "1", "{", "}"),
    maxLength: 12,
  }),
);
const row = fc.tuple(
  fc.constantFrom("1", "2", "3"),
  fc.constantFrom("2025-07-01", "7/1", "2025-02-30"),
  cell,
  cell,
);
const rows = fc.array(row, { maxLength: 8 });

const encoded = (text: string) =>
  fc.constantFrom(...ENCODINGS).map((encoding) => japaneseBytes(text, encoding));

function quoted(value: string): string {
  return /["\n,\t]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

const delimited = fc.tuple(rows, fc.constantFrom(",", "\t"), fc.constantFrom("\n", "\r\n", "\r"));
const csv = delimited.chain(([lines, delimiter, end]) =>
  encoded([HEADER, ...lines].map((cells) => cells.map(quoted).join(delimiter) + end).join("")),
);

const objects = rows.map((lines) =>
  lines.map((cells) => Object.fromEntries(cells.map((value, index) => [HEADER[index], value]))),
);
const jsonLines = objects.chain((all) =>
  encoded(all.map((one) => `${JSON.stringify(one)}\n`).join("")),
);
const jsonArray = fc
  .tuple(objects, fc.constantFrom(0, 2))
  .chain(([all, indent]) => encoded(JSON.stringify(all, null, indent)));

const workbook = rows.map((lines) =>
  workbookBytes({ sheets: [{ name: "声", rows: [HEADER, ...lines] }] }),
);

/** A workbook whose packing is whole and whose parts are not. */
const brokenWorkbook = fc
  .tuple(rows, mutated(fc.constant(new Uint8Array())))
  .chain(([lines]) => mutated(fc.constant(Buffer.from(sheetXml(lines)))))
  .map((sheet) =>
    zipBytes([
      { name: "[Content_Types].xml", data: "<Types/>" },
      {
        name: "xl/workbook.xml",
        data: '<workbook xmlns:r="r"><sheets><sheet name="声" r:id="a"/></sheets></workbook>',
      },
      {
        name: "xl/_rels/workbook.xml.rels",
        data: '<Relationships><Relationship Id="a" Type="http://x/worksheet" Target="worksheets/s.xml"/></Relationships>',
      },
      { name: "xl/worksheets/s.xml", data: sheet },
    ]),
  );

function sheetXml(lines: readonly (readonly string[])[]): string {
  const cells = (values: readonly string[]) =>
    values.map((value) => `<c t="inlineStr"><is><t>${value.replaceAll("<", "&lt;")}</t></is></c>`);
  const tags = [HEADER, ...lines].map(
    (values, index) => `<row r="${index + 1}">${cells(values).join("")}</row>`,
  );
  return `<worksheet><sheetData>${tags.join("")}</sheetData></worksheet>`;
}

const text = mutated(fc.oneof(csv, jsonLines, jsonArray));

/** Any file that a desk may have, broken in a few places or none. */
export const anyFile: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 6, arbitrary: text },
  { weight: 2, arbitrary: brokenWorkbook },
  { weight: 1, arbitrary: mutated(workbook) },
  {
    weight: 1,
    arbitrary: mutated(text.map((bytes) => zipBytes([{ name: "a.csv", data: bytes }]))),
  },
  {
    weight: 1,
    arbitrary: text.map((bytes) =>
      zipBytes([
        { name: "a.csv", data: bytes },
        { name: "b.json", data: bytes },
      ]),
    ),
  },
  { weight: 1, arbitrary: mutated(text.map((bytes) => gzipSync(bytes))) },
);
