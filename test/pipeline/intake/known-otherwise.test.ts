import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { importCommand } from "../../../pipeline/cli/import.ts";
import { knownOtherwise } from "../../../pipeline/intake/known-otherwise.ts";
import { voiceIdOfNumber } from "../../../pipeline/intake/record/identify-voice.ts";
import { silentReporter } from "../../../pipeline/reporter.ts";
import type { RawVoice } from "../../../pipeline/schema/raw-voice.ts";
import { forgetVoices } from "../../../pipeline/vault/forget-voices.ts";
import { openTestHome } from "../../support/home-with-voices.ts";
import { rawVoice, takeIn } from "../../support/home-with-words.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const WORDS = "袋が開けにくくて困りました。";
const AT = "2026-11-02T09:05:00+09:00";

function voice(number: string, verbatim = WORDS, changes: Partial<RawVoice> = {}): RawVoice {
  const voiceId = voiceIdOfNumber("till", number);
  return rawVoice(number, verbatim, { voiceId, source: "till", receivedAt: AT, ...changes });
}

async function homeOfTill() {
  const folder = tempFolder();
  writeFileSync(
    join(folder, "till.yaml"),
    "name: till\nchannel: phone\nnames: [番号, 日時, 内容]\ncolumns: { id: 番号, receivedAt: 日時, verbatim: 内容 }\n",
  );
  const file = join(folder, "kizuki.yaml");
  writeFileSync(file, "sources: { till: ./till.yaml }\n");
  const home = await openTestHome(join(folder, "home"), { file });
  onTestFinished(() => home.close());
  await takeIn(
    home,
    "file:one",
    ["1", "2", "3", "4"].map((number) => voice(number)),
  );
  return { home, folder };
}

test("a voice is known otherwise where its id is known and neither its time nor its words are the same", async () => {
  const { home } = await homeOfTill();
  const later = { receivedAt: "2026-11-05T10:00:00+09:00" };
  const found = await knownOtherwise(home.warehouse, [
    ...[voice("1"), voice("2", "味がよい"), voice("3", WORDS, later)],
    ...[voice("4", "味がよい", later), voice("5", "味がよい", later)],
  ]);
  expect(found).toEqual({ known: 4, otherwise: 1 });
  await forgetVoices(home, [voiceIdOfNumber("till", "4")], {
    mode: "pseudonymise",
    author: "林",
    reason: "求め",
  });
  const gone = await knownOtherwise(home.warehouse, [voice("4", "味がよい", later)]);
  expect(gone).toEqual({ known: 0, otherwise: 0 });
});

test("another desk's file with the same numbers writes over no voice: it is refused with the command", async () => {
  const { home, folder } = await homeOfTill();
  const path = join(folder, "別の窓口.csv");
  const rows = ["1", "2", "3", "9"].map((number) => `${number},2026-11-07 9:00,味がとてもよい。`);
  writeFileSync(path, rows.join("\n"));
  const { files, failed } = await importCommand.run(home, { files: [path] }, silentReporter);
  expect(files).toEqual([]);
  expect(failed.map(({ message }) => message).join()).toMatch(
    /はじめの 4 件のうち 3 件の番号はもう取り込んであり、うち 3 件は受付日時も本文も違います.*\n.*\n.*別の窓口\.csv --source till$/,
  );
});
