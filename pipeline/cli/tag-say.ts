import { randomUUID } from "node:crypto";
import { z } from "zod";
import { act } from "../act.ts";
import { InputError } from "../errors.ts";
import type { Home } from "../home.ts";
import type { SegmentTagged } from "../schema/action.ts";
import { isSamePlace } from "../tag/place-tags.ts";
import { maskSigner } from "../text/mask/mask-field.ts";
import type { HomeCommand } from "./home-command.ts";
import { requiredName } from "./required-text.ts";
import { kindOf, readTopics, sentimentOf, topicsOf } from "./tag-labels.ts";
import { readTagsSaid, type SaidRow } from "./tag-list.ts";
import { findSegment, type TaggedSegment } from "./tag-segments.ts";

const author = requiredName("名前（--author）");
const place = {
  voice: z.string().min(1),
  segment: z.coerce.number({ error: "文の番号（--segment）は 1 からの数で" }).int().positive(),
};

const FixOptions = z.strictObject({
  ...place,
  author,
  sentiment: z.string().optional(),
  kind: z.string().optional(),
  topics: z.array(z.string()),
  /** Names of taxonomies of which no topic fits. */
  without: z.array(z.string()),
});
const ConfirmOptions = z.strictObject({ ...place, author });
const UndoOptions = z.union([
  z.strictObject({ ...place, author }),
  z.strictObject({ tag: z.string().min(8, "番号（--tag）は、はじめの 8 桁以上で"), author }),
]);

const Said = z.strictObject({ tagId: z.string(), voiceId: z.string(), text: z.string() });
type Said = z.infer<typeof Said>;

export const tagFixCommand: HomeCommand<typeof FixOptions, typeof Said> = {
  name: "tag fix",
  Options: FixOptions,
  Result: Said,
  run: async (home, { sentiment, kind, topics, without, ...asked }) => {
    const said = {
      ...(sentiment !== undefined && { sentiment: sentimentOf(sentiment) }),
      ...(kind !== undefined && { kind: kindOf(kind) }),
      topics: topicsOf(await readTopics(home), topics, without),
    };
    if (saysNothing(said)) {
      throw new InputError(
        "直すものがありません。期待: --sentiment、--kind、--topic、--no-topics のどれか。機械のとおりでよければ kizuki tag confirm を使ってください。",
      );
    }
    return await say(home, await findSegment(home, asked), { ...said, ...asked, step: "fix" });
  },
};

export const tagConfirmCommand: HomeCommand<typeof ConfirmOptions, typeof Said> = {
  name: "tag confirm",
  Options: ConfirmOptions,
  Result: Said,
  run: async (home, asked) => {
    const segment = await findSegment(home, asked);
    const said = machineWords(segment, [...(await readTopics(home)).keys()]);
    if (saysNothing(said)) {
      throw new InputError("この文のタグは、もうすべて確認済です。");
    }
    return await say(home, segment, { ...said, ...asked, step: "confirm" });
  },
};

type Words = Pick<SegmentTagged, "sentiment" | "kind" | "topics">;

function saysNothing({ sentiment, kind, topics }: Words): boolean {
  return sentiment === undefined && kind === undefined && topics.length === 0;
}

/** All that no person has said yet. What the machine held back is no word that could be right. */
function machineWords(segment: TaggedSegment, taxonomies: readonly string[]): Words {
  const { sentiment, sentiment_by, kind, kind_by, topics, topics_by } = segment;
  const open = taxonomies.filter((name) => topics_by.every(({ taxonomy }) => taxonomy !== name));
  return {
    ...(sentiment !== null && sentiment_by === null && { sentiment }),
    ...(kind !== null && kind_by === null && { kind }),
    topics: open.map((name) => ({
      taxonomy: name,
      topics: topics.filter(({ taxonomy }) => taxonomy === name).map(({ topic }) => topic),
    })),
  };
}

export const tagUndoCommand: HomeCommand<typeof UndoOptions, typeof Said> = {
  name: "tag undo",
  Options: UndoOptions,
  Result: Said,
  run: async (home, asked) => {
    const said = await readTagsSaid(home, { id: "tag" in asked ? asked.tag : "" });
    const open = said.filter(
      ({ state, step }) => state !== "undone" && state !== "replaced" && step !== "undo",
    );
    const segment = "tag" in asked ? onlyOne(open, asked.tag) : await findSegment(home, asked);
    const isOfIt = (tag: SaidRow) =>
      tag.voice_id === segment.voiceId &&
      (tag.stands_at === segment.span_start ||
        (tag.text_hash === segment.text_hash && isSamePlace(spanOf(tag), spanOf(segment))));
    if (!open.some(isOfIt)) throw new InputError("この文について、人が言ったことはありません。");
    return await say(home, segment, { topics: [], author: asked.author, step: "undo" });
  },
};

function onlyOne(found: readonly SaidRow[], id: string): Place {
  const [one, another] = found;
  if (one !== undefined && another === undefined) {
    return { ...one, voiceId: one.voice_id, text: one.text ?? "" };
  }
  throw new InputError(
    `取り消せる確認「${id}」が${one === undefined ? "見つかりません" : `${found.length} 件あります`}。期待: kizuki tag list にある番号。`,
  );
}

function spanOf({ span_start, span_end }: { span_start: number; span_end: number }) {
  return { start: span_start, end: span_end };
}

type Place = Pick<
  TaggedSegment,
  "revision_hash" | "span_start" | "span_end" | "text_hash" | "words_hash" | "text"
> & {
  readonly voiceId: string;
};

async function say(
  home: Home,
  segment: Place,
  said: Words & Pick<SegmentTagged, "step" | "author">,
): Promise<Said> {
  const { step, sentiment, kind, topics } = said;
  const { voiceId, text } = segment;
  const action: SegmentTagged = {
    type: "segment-tagged",
    actionId: randomUUID(),
    at: home.clock().toISOString(),
    voiceId,
    revision: segment.revision_hash,
    ...spanOf(segment),
    ...{ textHash: segment.text_hash, wordsHash: segment.words_hash },
    ...{ step, topics, author: maskSigner(said.author) },
    ...(sentiment !== undefined && { sentiment }),
    ...(kind !== undefined && { kind }),
  };
  await act(home, action);
  return { tagId: action.actionId, voiceId, text };
}
