import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { z } from "zod";
import { offsetConfidence } from "../../../models/desk-offset.ts";
import { CalibrationFile, readCalibration } from "../../../pipeline/calibration.ts";
import { readJudgementSheet } from "../../../pipeline/cli/read-judgement-sheet.ts";
import { fillCells } from "../../support/files/fill-cells.ts";
import { rowsOfHome } from "../../support/home-rows.ts";
import { countRecords } from "../../support/kafka/read-stream.ts";
import { kafkaSettings } from "../../support/kafka/sample-records.ts";
import { TinyKafkaHome } from "../../support/kafka/tiny-kafka-home.ts";
import { describeWithKafka } from "../../support/kafka.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const MINUTES = 60_000;
const HEAD = "受付番号,日付,ご意見";
const VOICES = 24;

describeWithKafka("a desk's judgements on a real broker", { secure: false }, (broker) => {
  test(
    "they go through voc.actions, move what workers say once these start again, and survive a rebuild",
    async () => {
      const folder = tempFolder();
      const kizuki = new TinyKafkaHome(folder, broker.brokers);
      kizuki.describeTopic("taste", "味");
      kizuki.configure({ kafka: true });
      expect((await kizuki.run("streams", "ensure")).code).toBe(0);
      const first = kizuki.startWorker();
      const lines = Array.from({ length: VOICES }, (_, row) => `v${row},2025-07-28,味が悪い${row}`);
      (await kizuki.run("import", kizuki.file("voices.csv", [HEAD, ...lines]), "--json")).json();
      const before = await kizuki.rows(CONFIDENCES);
      expect(before).toHaveLength(VOICES);

      const [sheet, marked] = [join(folder, "判定.xlsx"), join(folder, "marked.xlsx")];
      const sampled = await kizuki.run("tag", "sample", "--head", "sentiment", "--file", sheet);
      expect(sampled.code, sampled.stderr).toBe(0);
      const drawn = await readJudgementSheet(sheet);
      const marks = drawn.map((_, index) => [`D${index + 2}`, index % 4 === 0 ? "○" : "×"]);
      await fillCells(sheet, marked, Object.fromEntries(marks));
      const actions = () => countRecords(kafkaSettings({ brokers: broker.brokers }), "voc.actions");
      const already = await actions();
      const judged = await kizuki.run("tag", "judge", marked, "--author", "林");
      expect(judged.stdout).toContain(`感情の判定 ${VOICES} 件を読み込みました`);
      expect((await actions()) - already).toBe(VOICES);
      const others = async () => {
        const status = await kizuki.run("status", "--json");
        return z.object({ kafka: z.object({ otherCalibrations: z.number() }) }).parse(status.json())
          .kafka.otherCalibrations;
      };
      expect(await others()).toBe(0);
      const calibrated = await kizuki.run("models", "calibrate");
      expect(calibrated.code, calibrated.stderr).toBe(0);
      const calibration = join(folder, "calibration.json");
      expect(existsSync(calibration)).toBe(true);
      const { sentiment } = CalibrationFile.parse(readCalibration({ calibration })).heads;
      const offset = sentiment?.offset ?? 0;
      expect(offset).toBeLessThan(-0.1);

      expect(await others()).toBe(1);
      const told = await kizuki.run("status");
      expect(told.stdout).toContain("ここと違う校正で分類しているワーカーが 1 あります。");
      (await kizuki.run("reclassify", "--all", "--json")).json();
      const moved = await kizuki.rows(CONFIDENCES);
      for (const [index, [id, confidence]] of moved.entries()) {
        const [, old] = before[index] ?? [];
        expect([id, Number(confidence)]).toEqual([
          before[index]?.[0],
          expect.closeTo(offsetConfidence(Number(old), offset), 5),
        ]);
      }
      first.kill("SIGTERM");
      await first.ended;
      const second = kizuki.startWorker();
      while (!second.lines.some((line) => line.includes('"event":"running"'))) await sleep(100);
      expect(await others()).toBe(0);
      expect(second.lines.join("\n")).toContain('"calibrated":1');
      const late = kizuki.file("late.csv", [HEAD, "late,2025-07-29,味が悪い0"]);
      (await kizuki.run("import", late, "--json")).json();
      expect((await kizuki.rows(CONFIDENCES)).at(-1)?.[1]).toBe(moved[0]?.[1]);

      const held = await rowsOfHome(kizuki.home);
      expect((await kizuki.run("rebuild")).code).toBe(0);
      expect(await rowsOfHome(kizuki.home)).toEqual(held);
      second.kill("SIGTERM");
      expect((await second.ended).code).toBe(0);
    },
    5 * MINUTES,
  );
});

const CONFIDENCES =
  "select v.source_id, s.sentiment_confidence from segments as s join voices as v using (voice_id) order by v.source_id = 'late', v.source_id";
