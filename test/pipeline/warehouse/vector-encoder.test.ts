import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { readEncoderFolder } from "../../../models/encoder-folder.ts";
import { Loader } from "../../../pipeline/warehouse/loader.ts";
import { openWarehouse } from "../../../pipeline/warehouse/open-warehouse.ts";
import { query } from "../../../pipeline/warehouse/query.ts";
import { enrichedVoice, recordsOf } from "../../support/enriched-voice.ts";
import { writeOldWarehouse } from "../../support/old-warehouse.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { TINY_ENCODER } from "../../support/tiny-models.ts";

const FIRST = "f77ece30975747e8a9c7192b2a1c002f9e16572e973a1e8eed65943a7abe32a9";

test("a vector says which encoder made it; those from before that was noted are the first encoder's", async () => {
  const path = join(tempFolder(), "warehouse.duckdb");
  await writeOldWarehouse(path);
  const warehouse = await openWarehouse(path);
  const { id } = readEncoderFolder({ folder: TINY_ENCODER });
  const loader = await Loader.open(warehouse);
  const voices = [enrichedVoice("a", "近い", { encoder: id }), enrichedVoice("b", "遠い")];
  const records = recordsOf("file:x", voices);
  const frames = async function* () {
    yield { offset: 0, count: records.length, records, sizeBytes: 1 };
  };
  await loader.loadEnriched({ name: "voc.enriched", nextOffset: records.length, readFrom: frames });
  const reader = await warehouse.reader.runAndReadAll(
    "select encoder from vectors order by segment_id",
  );
  expect(reader.getRowsJS()).toEqual([[FIRST], [id], [FIRST]]);
  const Row = z.object({ segments: z.number() });
  const others = await query(warehouse.reader, "questions/other_vectors.sql", { encoder: id }, Row);
  expect(others).toEqual([{ segments: 2 }]);
  const retagged = await query(
    warehouse.reader,
    "questions/segments_to_retag.sql",
    { encoder: id, after: -1, limit: 10 },
    z.object({ text: z.string() }),
  );
  expect(retagged).toEqual([{ text: "近い" }]);
  warehouse.close();
});
