import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { addAwareness, awarenessListCommand } from "../../../pipeline/cli/awareness.ts";
import { awarenessFollowCommand } from "../../../pipeline/cli/awareness-follow.ts";
import type { OpenOptions } from "../../../pipeline/intake/files/open-source-file.ts";
import { openSourceFiles } from "../../../pipeline/intake/files/open-source-files.ts";
import { SourceDescription } from "../../../pipeline/intake/source.ts";
import { silentReporter } from "../../../pipeline/reporter.ts";
import { maskField, maskFileName } from "../../../pipeline/text/mask/mask-field.ts";
import { compileMaskRules, MaskSettings } from "../../../pipeline/text/mask/mask-rules.ts";
import { openTestHome, publishVoices } from "../../support/home-with-voices.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const mask = compileMaskRules(MaskSettings.parse({ staffNames: ["雲居 あかね"] }));

test("a listed colleague's name in a file's name is masked where the file is opened", async () => {
  const file = join(tempFolder(), "雲居あかね_通話.csv");
  writeFileSync(file, "受付番号,受付日時,お申し出内容\n1,2025-07-30,袋が開けにくい\n");
  const names: string[] = [];
  const options = { identityKey: Buffer.alloc(32), mask };
  for await (const table of openSourceFiles(file, options, () => undefined)) {
    if (!(table instanceof Error)) names.push(table.file);
  }
  expect(names).toEqual(["【氏名1】_通話.csv"]);
});

test("a listed colleague's name in a heading is masked in what staff are told of the file", async () => {
  const file = join(tempFolder(), "通話.csv");
  writeFileSync(
    file,
    "受付番号,受付日時,お申し出内容,雲居あかね確認\n1,2025-07-30,袋が開けにくい,済\n",
  );
  const source = SourceDescription.parse({
    name: "相談室",
    channel: "phone",
    columns: { id: "番号", receivedAt: "受付日時", verbatim: "お申し出内容" },
  });
  const open = async (given: Partial<OpenOptions>) => {
    const said: string[] = [];
    const options = { identityKey: Buffer.alloc(32), mask, ...given };
    for await (const table of openSourceFiles(file, options, () => undefined)) {
      said.push(...(table instanceof Error ? [table.message] : table.notes));
    }
    return said.join();
  };
  await expect(open({ source })).rejects.toThrow("お申し出内容、【氏名1】確認");
  const header = ["受付番号", "受付日時", "お申し出内容"];
  const columns = { ...source.columns, id: "受付番号" };
  expect(await open({ source: { ...source, columns, header } })).toContain("【氏名1】確認");
});

test("a listed colleague's name in an awareness comment and in its decision is masked", async () => {
  const folder = tempFolder();
  const file = join(folder, "kizuki.yaml");
  writeFileSync(file, "mask:\n  staffNames: [雲居 あかね]\n");
  const home = await openTestHome(join(folder, "home"), { file });
  await publishVoices(home, "声.csv", [["a", "袋が開けにくい", "2025-07-30T10:00:00+09:00"]]);
  const reason = "雲居あかねが気づいたこと";
  const comment = { voice: "a", author: "林", reason, at: home.clock() };
  const { awarenessId: awareness } = await addAwareness(home, comment);
  const decision = {
    awareness,
    author: "林",
    step: "decision",
    text: "雲居あかねが返事をする",
  } as const;
  await awarenessFollowCommand.run(home, decision, silentReporter);
  const listed = await awarenessListCommand.run(home, {}, silentReporter);
  expect(listed).toMatchObject([
    { reason: "【氏名1】が気づいたこと", decision: "【氏名1】が返事をする" },
  ]);
  await home.close();
});

test("without the list the same words stay", () => {
  expect(maskFileName("雲居あかね_通話.csv")).toBe("雲居あかね_通話.csv");
  expect(maskField("雲居あかねの気づき")).toBe("雲居あかねの気づき");
  expect(maskField("雲居あかねの気づき", { rules: mask })).toBe("【氏名1】の気づき");
});
