import { z } from "zod";
import { HARM_RULE_CONFIDENCE, HARM_SEVERITY } from "../models/bodily-harm.ts";
import type { SpanWords } from "./common-report.ts";
import { addFigure, type Figures, figureOf } from "./figure.ts";
import { formatCount } from "./format-japanese.ts";
import type { Answer } from "./report-effects.ts";
import type { HarmRow } from "./report-rows.ts";
import { listedQuotes, type Quote } from "./voices/choose-quotes.ts";

/**
 * From this confidence on a machine's word is enough: that of plain words of harm, which the head must reach alone.
 * On the held-out themes it was right each time it did (15 of 15, `small` 12 of 12), see the model card.
 */
export const SURE_HARM = HARM_RULE_CONFIDENCE;
/** So many negative voices of such a topic are believed without words of harm: one may be a tag gone astray. */
export const BELIEVED = 3;

/** Voices that tell of bodily harm: surely, but by a machine (推定) until a person confirms it. */
export const BodilyHarm = z.strictObject({
  figure: z.string(),
  /** How many of them a person gave a topic of the highest severity. */
  confirmed: z.number().int(),
});
export type BodilyHarm = z.infer<typeof BodilyHarm>;

export type Harm = {
  /** All that are sure, whatever their topic; null without any. */
  readonly harm: BodilyHarm | null;
  /** The sure ones of each topic that has some: of each segment the one that it is most surely about. */
  readonly harmByTopic: ReadonlyMap<string, BodilyHarm>;
  /** The figure of those that a machine suspects only; null without any. */
  readonly suspectedHarm: string | null;
  /** The words of all that are sure, newest first. */
  readonly harmQuotes: readonly Quote[];
};

/** The figures of all that are sure, and of all that are suspected. */
export const HARM_FIGURE = "harm";
export const SUSPECTED_FIGURE = "harm-suspected";

/** What such voices are called in every form: 推定 or 確認済 stands beside it; of the others, only 推定. */
export const HARM_NAME = "お体への害を伝える声";
export const SUSPECTED_NAME = "お体への害が疑われる声";

/** The row of all such voices, whatever their topic. */
const ALL = "all";

/** Such voices, each with the words that say most surely so; newest first. */
export type Harmed = {
  /** The row of the answer that counts them, there or not. */
  readonly row: Pick<HarmRow, "certainty" | "topic">;
  readonly quotes: readonly Quote[];
  readonly confirmed: number;
};

/** All of one certainty, whatever their topic. */
export function harmedVoices(rows: readonly HarmRow[], certainty: HarmRow["certainty"]): Harmed {
  const found = rows.find((row) => row.certainty === certainty && row.topic === ALL);
  const quotes = found === undefined ? [] : listedQuotes(found);
  return { row: { certainty, topic: ALL }, quotes, confirmed: found?.confirmed_count ?? 0 };
}

export type HarmInput = {
  readonly answer: Answer<typeof HarmRow>;
  readonly spanWords: SpanWords;
  readonly topicLabels: Readonly<Record<string, string>>;
};

/** Adds their figures. */
export function bodilyHarm(
  figures: Figures,
  { answer: { rows, ...asked }, spanWords, topicLabels }: HarmInput,
): Harm {
  const add = (id: string, label: string, { certainty, topic, voice_ids }: (typeof rows)[number]) =>
    addFigure(figures, {
      ...{ id, label, ...asked, row: { certainty, topic }, listed: "main" },
      voiceIds: voice_ids,
    });
  const sure = new Map(
    rows
      .filter(({ certainty }) => certainty === "sure")
      .map((row): [string, BodilyHarm] => {
        const { topic, confirmed_count } = row;
        const where = topic === ALL ? "" : `「${topicLabels[topic] ?? topic}」で`;
        const id = topic === ALL ? HARM_FIGURE : harmFigureOf(topic);
        const figure = add(id, `${spanWords.this}の${where}${HARM_NAME}`, row);
        return [topic, { figure, confirmed: confirmed_count }];
      }),
  );
  const suspected = rows.find(({ certainty }) => certainty === "suspected");
  const harm = sure.get(ALL) ?? null;
  sure.delete(ALL);
  return {
    harm,
    harmQuotes: harmedVoices(rows, "sure").quotes,
    harmByTopic: sure,
    suspectedHarm:
      suspected === undefined
        ? null
        : add(SUSPECTED_FIGURE, `${spanWords.this}の${SUSPECTED_NAME}`, suspected),
  };
}

/** The figure of a topic's voices that surely tell of harm, there or not. */
export function harmFigureOf(topic: string): string {
  return `${topic}-harm`;
}

/** What stands beside the number of those that are only suspected. */
export const SUSPECTED_HARM_NOTE =
  "機械だけの読み取りで、確かではありませんので、念のため内容をご確認ください。疑いそのものは順位にも見出しにも使っていませんが、その声も付いた話題の件数には入りますので、その話題は載ることがあります。";

/** Which voices count as telling of harm, to the letter. */
export const HARM_RULE = `害を言い表す言葉がある声、機械の確信度が${SURE_HARM * 10}割以上の声、人が深刻度${HARM_SEVERITY}の話題を付けて確かめた声です。その文が最も確かに指す話題を一つだけ、深刻度${HARM_SEVERITY}として先に載せます。それより確かでないものと、言葉の裏付けがなく機械だけが深刻度${HARM_SEVERITY}の話題を付けたもの、人が話題を直して深刻度${HARM_SEVERITY}のものを付けなかった文に機械だけが害を読み取ったものは「${SUSPECTED_NAME}」として別に示し、疑いそのものは見出しにも順位にも使いません（その声も付いた話題の件数には入り、同じ話題にネガティブな声が${BELIEVED}件以上あれば、その話題の深刻度で扱います）。`;

/** Whose word it is. */
export function harmSureness(figures: Figures, { figure, confirmed }: BodilyHarm): string {
  if (confirmed === 0) return "推定";
  const { value } = figureOf(figures, figure);
  return confirmed === value ? "確認済" : `うち確認済${formatCount(confirmed)}件、ほかは推定`;
}
