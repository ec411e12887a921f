import { randomUUID } from "node:crypto";
import { z } from "zod";
import { act } from "../act.ts";
import { InputError, UsageError } from "../errors.ts";
import type { Home } from "../home.ts";
import type { SegmentTagged } from "../schema/tag-actions.ts";
import { isSamePlace } from "../tag/place-tags.ts";
import { maskSigner } from "../text/mask/mask-field.ts";
import type { HomeCommand } from "./home-command.ts";
import { harmNotes, tagChanges } from "./tag-changes.ts";
import { kindOf, readTopics, sentimentOf, type TopicsOfHome, topicsOf } from "./tag-labels.ts";
import { readTagsSaid, type SaidRow, undidText, undoneBy } from "./tag-list.ts";
import { Author, SegmentNumber, TagNumber, Voice } from "./tag-options.ts";
import { findSegment, readSegments, type TaggedSegment } from "./tag-segments.ts";

const Place = z.strictObject({ voice: Voice, segment: SegmentNumber, author: Author });
const FixOptions = Place.extend({
  sentiment: z.string().optional(),
  kind: z.string().optional(),
  topics: z.array(z.string()),
  /** Names of taxonomies of which no topic fits. */
  without: z.array(z.string()),
});
/** Of a place, or of one thing that was said. */
const UndoOptions = Place.partial({ voice: true, segment: true }).extend({
  tag: TagNumber.optional(),
});

const Said = z.strictObject({
  tagId: z.string(),
  voiceId: z.string(),
  text: z.string(),
  /** Heads of the segment that say something else now, or by another. */
  changes: z.array(z.strictObject({ head: z.string(), before: z.string(), after: z.string() })),
  notes: z.array(z.string()),
});
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

export const tagConfirmCommand: HomeCommand<typeof Place, typeof Said> = {
  name: "tag confirm",
  Options: Place,
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
  run: async (home, { voice, segment, tag = "", author }) => {
    if (tag !== "" && (voice ?? segment) !== undefined) {
      throw new UsageError("--tag は --voice や --segment といっしょには使えません。");
    }
    const where =
      tag === ""
        ? await placeOf(home, { voice, segment })
        : onlyOne((await readTagsSaid(home, { id: tag })).filter(isOpen), tag);
    const isOfIt = (one: SaidRow) =>
      isOpen(one) &&
      (one.stands_at === where.span_start ||
        (one.text_hash === where.text_hash && isSamePlace(spanOf(one), spanOf(where))));
    if (!(await readTagsSaid(home, { voiceId: where.voiceId })).some(isOfIt))
      throw new InputError("この文について、人が言ったことはありません。");
    return await say(home, where, { topics: [], author, step: "undo" });
  },
};

function isOpen({ step, state }: SaidRow): boolean {
  return step !== "undo" && state !== "undone" && state !== "replaced";
}

async function placeOf(
  home: Home,
  { voice, segment }: Pick<z.infer<typeof UndoOptions>, "voice" | "segment">,
): Promise<Where> {
  if (voice !== undefined && segment !== undefined) {
    return await findSegment(home, { voice, segment });
  }
  throw new UsageError(
    "何を取り消すか（--voice と --segment、または --tag）を書いてください。番号は kizuki tag list にあります。",
  );
}

function onlyOne(found: readonly SaidRow[], id: string): Where {
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

type Where = Pick<
  TaggedSegment,
  "revision_hash" | "span_start" | "span_end" | "text_hash" | "words_hash" | "text"
> & {
  readonly voiceId: string;
  /** Where the segment begins in the text of now, if it was read in another. */
  readonly stands_at?: number | null;
};

async function say(
  home: Home,
  where: Where,
  said: Words & Pick<SegmentTagged, "step" | "author">,
): Promise<Said> {
  const { step, sentiment, kind, topics } = said;
  const { voiceId, text } = where;
  const action: SegmentTagged = {
    type: "segment-tagged",
    actionId: randomUUID(),
    at: home.clock().toISOString(),
    voiceId,
    revision: where.revision_hash,
    ...spanOf(where),
    ...{ textHash: where.text_hash, wordsHash: where.words_hash },
    ...{ step, topics, author: maskSigner(said.author) },
    ...(sentiment !== undefined && { sentiment }),
    ...(kind !== undefined && { kind }),
  };
  const before = await segmentAt(home, where);
  await act(home, action);
  const after = await segmentAt(home, where);
  const known = await readTopics(home);
  const changes = tagChanges({ before, after, topics: known });
  return {
    ...{ tagId: action.actionId, voiceId, text, changes },
    notes: [
      ...harmNotes(topics, known),
      ...(step === "undo" && changes.length === 0 ? await undidNotes(home, action, known) : []),
    ],
  };
}

/** As it is tagged now; undefined where the voice is not there, or no longer cut so. */
async function segmentAt(home: Home, where: Where): Promise<TaggedSegment | undefined> {
  const segments = await readSegments(home, where.voiceId);
  const { stands_at: at = null } = where;
  return segments.find((one) =>
    at === null ? isSamePlace(spanOf(one), spanOf(where)) : one.span_start === at,
  );
}

/** Of words that held for no segment. */
async function undidNotes(
  home: Home,
  { actionId, voiceId }: SegmentTagged,
  topics: TopicsOfHome,
): Promise<string[]> {
  const rows = await readTagsSaid(home, { voiceId });
  return (undoneBy(rows, topics).get(actionId) ?? []).map(
    (taken) => `取り消したもの: ${undidText(taken)}`,
  );
}
