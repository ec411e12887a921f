import { randomUUID } from "node:crypto";
import { z } from "zod";
import { act } from "../act.ts";
import { InputError, UsageError } from "../errors.ts";
import type { Home } from "../home.ts";
import type { SegmentTagged } from "../schema/action.ts";
import { isSamePlace } from "../tag/place-tags.ts";
import { maskSigner } from "../text/mask/mask-field.ts";
import type { HomeCommand } from "./home-command.ts";
import { harmNotes, tagChanges } from "./tag-changes.ts";
import { kindOf, readTopics, sentimentOf, type TopicsOfHome, topicsOf } from "./tag-labels.ts";
import { readTagsSaid, undidText, undoneBy } from "./tag-list.ts";
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
    if (said.sentiment === undefined && said.kind === undefined && said.topics.length === 0) {
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
    if (said.sentiment === undefined && said.kind === undefined && said.topics.length === 0) {
      throw new InputError("この文のタグは、もうすべて確認済です。");
    }
    return await say(home, segment, { ...said, ...asked, step: "confirm" });
  },
};

/** All that no person has said yet. What the machine held back is no word that could be right. */
function machineWords(segment: TaggedSegment, taxonomies: readonly string[]) {
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
    const open = (await readTagsSaid(home, tag)).filter(
      ({ step, state }) => step !== "undo" && state !== "undone" && state !== "replaced",
    );
    const said = { topics: [], author, step: "undo" as const };
    if (tag !== "") {
      const [one, another] = open;
      if (one === undefined || another !== undefined) {
        throw new InputError(
          `取り消せる確認「${tag}」が${one === undefined ? "見つかりません" : `${open.length} 件あります`}。期待: kizuki tag list にある番号。`,
        );
      }
      return await say(home, { ...one, voiceId: one.voice_id, text: one.text ?? "" }, said);
    }
    if (voice === undefined || segment === undefined) {
      throw new UsageError(
        "何を取り消すか（--voice と --segment、または --tag）を書いてください。番号は kizuki tag list にあります。",
      );
    }
    const found = await findSegment(home, { voice, segment });
    const here = open.filter(
      ({ voice_id, ...span }) =>
        voice_id === found.voiceId && isSamePlace(spanOf(span), spanOf(found)),
    );
    if (here.length === 0) throw new InputError("この文について、人が言ったことはありません。");
    return await say(home, found, said);
  },
};

function spanOf({ span_start, span_end }: { span_start: number; span_end: number }) {
  return { start: span_start, end: span_end };
}

type Where = Pick<TaggedSegment, "revision_hash" | "span_start" | "span_end" | "text"> & {
  readonly voiceId: string;
};

async function say(
  home: Home,
  where: Where,
  said: Pick<SegmentTagged, "step" | "author" | "sentiment" | "kind" | "topics">,
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
      ...(after === undefined ? [] : harmNotes(after, { said: topics, topics: known })),
      ...(step === "undo" && changes.length === 0 ? await undidNotes(home, action, known) : []),
    ],
  };
}

/** As it is tagged now; undefined where the voice is not there, or no longer cut so. */
async function segmentAt(home: Home, where: Where): Promise<TaggedSegment | undefined> {
  const segments = await readSegments(home, where.voiceId);
  return segments.find((one) => isSamePlace(spanOf(one), spanOf(where)));
}

/** Of words that held for no segment. */
async function undidNotes(
  home: Home,
  { actionId, voiceId }: SegmentTagged,
  topics: TopicsOfHome,
): Promise<string[]> {
  const rows = (await readTagsSaid(home, "")).filter(({ voice_id }) => voice_id === voiceId);
  return (undoneBy(rows, topics).get(actionId) ?? []).map(
    (taken) => `取り消したもの: ${undidText(taken)}`,
  );
}
