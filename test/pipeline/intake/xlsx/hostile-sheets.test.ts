import { expect, test } from "vitest";
import { zipBytes } from "../../../support/files/zip-bytes.ts";
import { openOne } from "../../../support/open-one.ts";
import { useTempFolder } from "../temp-folder.ts";

const write = useTempFolder();

async function open(bytes: Uint8Array): Promise<void> {
  const path = await write("声.xlsx", bytes);
  const file = await openOne(path, { identityKey: Buffer.alloc(32) });
  for await (const batch of file.records(0)) expect(batch).toBeDefined();
}

test.each([
  {
    why: "a document type",
    xml: '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet/>',
    says: /DOCTYPE/,
  },
  {
    why: "tags that do not close",
    xml: "<worksheet><sheetData><row>",
    says: /XML として読めません/,
  },
  {
    // The parser keeps every open tag: 62 KB of them, packed, filled the memory.
    why: "tags in tags without end",
    xml: `<worksheet>${"<a>".repeat(100_000)}`,
    says: /入れ子が深すぎます/,
  },
  { why: "an unknown entity", xml: "<worksheet>&boom;</worksheet>", says: /XML として読めません/ },
])("a sheet with $why is refused", async ({ xml, says }) => {
  const bytes = zipBytes([
    { name: "[Content_Types].xml", data: "<Types/>" },
    {
      name: "xl/workbook.xml",
      data: '<workbook xmlns:r="r"><sheets><sheet name="声" r:id="a"/></sheets></workbook>',
    },
    {
      name: "xl/_rels/workbook.xml.rels",
      data: '<Relationships><Relationship Id="a" Type="http://x/worksheet" Target="/xl/worksheets/s.xml"/></Relationships>',
    },
    { name: "xl/worksheets/s.xml", data: xml },
  ]);
  await expect(open(bytes)).rejects.toThrow(says);
});
