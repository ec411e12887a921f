import { z } from "zod";
import { Emotion, Kind, Sentiment } from "../../pipeline/schema/enriched-record.ts";
import type { AgreementMeasure } from "./evaluation-file.ts";
import { type AlphaLevel, krippendorffAlpha } from "./krippendorff.ts";
import { plainText } from "./plain-text.ts";
import { Level, READING, readRows } from "./read-rows.ts";

/** What one reader said of one segment. */
export type Reading = {
  readonly sentiment: Sentiment;
  readonly kind: Kind;
  readonly emotions: readonly Emotion[];
  readonly intensity: string;
  readonly harm: boolean;
};

/** A segment of a real voice, read twice. */
export type RealVoice = {
  readonly source: "hokuriku" | "quasi";
  /** Of the whole voice in its data set: none of its text may be trained on. */
  readonly id: string;
  readonly readings: readonly [Reading, Reading];
  readonly text: string;
};

const Row = z.tuple([
  z.enum(["hokuriku", "quasi"]),
  z.string().min(1),
  ...READING,
  ...READING,
  z.string().trim().min(1),
]);

/** Reads `models/tests/real-voices.tsv`. @throws InputError naming the first bad line */
export function readRealVoices(path: string): RealVoice[] {
  return readRows(path, Row, 1).map(({ row }) => {
    const [source, id, ...rest] = row;
    const [sentiment, kind, emotions, intensity, harm] = rest;
    const [, , , , , sentimentB, kindB, emotionsB, intensityB, harmB, text] = rest;
    return {
      source,
      id,
      readings: [
        { sentiment, kind, emotions, intensity, harm },
        {
          sentiment: sentimentB,
          kind: kindB,
          emotions: emotionsB,
          intensity: intensityB,
          harm: harmB,
        },
      ],
      text: plainText(text),
    };
  });
}

/** Per label kind, each emotion by itself. */
export function measureAgreement(voices: readonly RealVoice[]): AgreementMeasure[] {
  const agreementOf = (
    label: string,
    values: readonly string[],
    level: AlphaLevel,
    read: (reading: Reading) => string,
  ): AgreementMeasure => {
    const units = voices.map(({ readings }) => readings.map(read));
    const alpha = krippendorffAlpha(units, values, level);
    return {
      label,
      alpha: Number.isNaN(alpha) ? null : Math.round(alpha * 1000) / 1000,
      same: units.filter(([one, other]) => one === other).length / units.length,
    };
  };
  const yesOrNo = ["true", "false"];
  return [
    agreementOf("sentiment", Sentiment.options, "nominal", ({ sentiment }) => sentiment),
    agreementOf("kind", Kind.options, "nominal", ({ kind }) => kind),
    agreementOf("intensity", Level.options, "ordinal", ({ intensity }) => intensity),
    ...Emotion.options.map((emotion) =>
      agreementOf(emotion, yesOrNo, "nominal", ({ emotions }) =>
        String(emotions.includes(emotion)),
      ),
    ),
    agreementOf("harm", yesOrNo, "nominal", ({ harm }) => String(harm)),
  ];
}
