import { randomUUID } from "node:crypto";
import { z } from "zod";
import { act } from "../act.ts";
import { withPool } from "../enrich/pool-of-home.ts";
import type { Home } from "../home.ts";
import type { TagJudged } from "../schema/tag-actions.ts";
import { maskSigner } from "../text/mask/mask-field.ts";
import { checkJudgements, type Judgement, refusal } from "./check-judgements.ts";
import type { HomeCommand } from "./home-command.ts";
import { headsInUse } from "./judged-heads.ts";
import { type JudgedRow, readJudgedTags, tagKey } from "./judged-tags.ts";
import { placeOfKey, readMark, SheetLine } from "./judgement-sheet.ts";
import { Author } from "./tag-options.ts";

const Options = z.strictObject({
  rows: z.array(SheetLine),
  author: Author,
  /** Whether rows that were emptied since take back what their author said of them. */
  reopen: z.boolean().optional(),
});

const Result = z.strictObject({
  /** Judged anew, judged otherwise than before, said before already, left open. */
  judged: z.number().int(),
  changed: z.number().int(),
  known: z.number().int(),
  open: z.number().int(),
  /** Of the open ones, those that this author had marked, and whether that was taken back. */
  emptied: z.number().int(),
  /** Of the open ones, those that others judged: whoever shares out a table reads back a part of it. */
  ofOthers: z.number().int(),
  reopened: z.boolean(),
  /** Of each head that the table asks about, how many judgements there are now, from whatever table. */
  heads: z.array(z.strictObject({ head: z.string(), judged: z.number().int() })),
});

export const tagJudgeCommand: HomeCommand<typeof Options, typeof Result> = {
  name: "tag judge",
  Options,
  Result,
  run: judge,
};

/** All rows, or none: whoever mends a row reads the whole table again, and nothing is counted twice. */
async function judge(
  home: Home,
  { rows, author, reopen = false }: z.infer<typeof Options>,
): Promise<z.infer<typeof Result>> {
  const judged = await checkJudgements(home, rows);
  const known = new Map((await readJudgedTags(home)).map((row) => [tagKey(row), row]));
  const fresh = judged.filter(({ place, isRight }) => {
    return known.get(tagKey(place))?.isRight !== isRight;
  });
  const signer = maskSigner(author);
  const said = new Set(judged.map(({ place }) => tagKey(place)));
  const unmarked = unmarkedTags(rows, known, said);
  const emptied = unmarked.filter((tag) => tag.author === signer);
  await act(
    home,
    ...(await actionsOf(home, fresh, signer)),
    ...(reopen ? emptied.map((tag) => reopening(home, tag, signer)) : []),
  );
  const changed = fresh.filter(({ place }) => known.has(tagKey(place))).length;
  return {
    ...{ judged: fresh.length - changed, changed, known: judged.length - fresh.length },
    open: rows.length - judged.length,
    emptied: emptied.length,
    ofOthers: unmarked.length - emptied.length,
    reopened: reopen,
    heads: await countJudged(home, rows),
  };
}

async function countJudged(
  home: Home,
  rows: readonly SheetLine[],
): Promise<z.infer<typeof Result>["heads"]> {
  const asked = new Set(rows.map(({ key }) => placeOfKey(key)?.head));
  const known = await readJudgedTags(home);
  return [...headsInUse(home)]
    .filter(([head]) => asked.has(head))
    .map(([head, version]) => {
      const own = known.filter((tag) => tag.head === head && tag.headVersion === version);
      return { head, judged: own.length };
    });
}

/** @returns what was said of tags whose rows say nothing now; each once */
function unmarkedTags(
  rows: readonly SheetLine[],
  known: ReadonlyMap<string, JudgedRow>,
  said: ReadonlySet<string>,
): JudgedRow[] {
  const keys = rows.flatMap(({ mark, key }) => {
    const place = readMark(mark) === null ? placeOfKey(key) : undefined;
    return place === undefined ? [] : [tagKey(place)];
  });
  return [...new Set(keys)].filter((key) => !said.has(key)).flatMap((key) => known.get(key) ?? []);
}

function reopening({ clock }: Home, tag: JudgedRow, author: string): TagJudged {
  const at = clock().toISOString();
  return { ...tag, type: "tag-judged", actionId: randomUUID(), at, isRight: null, author };
}

/** With how sure the head is before any offset: a table may have been drawn under another one. */
async function actionsOf(
  home: Home,
  judged: readonly Judgement[],
  author: string,
): Promise<TagJudged[]> {
  if (judged.length === 0) return [];
  const segments = judged.map(({ segment }) => segment);
  const scores = await withPool(home, (pool) => pool.score(segments), { encodes: false });
  const at = home.clock().toISOString();
  return judged.map(({ row, place, isRight }, index) => {
    const outcome = scores[index];
    const own =
      outcome?.status === "ok"
        ? outcome.value.find(({ head, label }) => head === place.head && label === place.label)
        : undefined;
    if (own === undefined) throw refusal([`  ${row} 行目: 分類器がこの文を読めません。`]);
    const said = { ...place, isRight, confidence: own.confidence, author };
    return { type: "tag-judged", actionId: randomUUID(), at, ...said };
  });
}
