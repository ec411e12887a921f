import type { CommonReport } from "../common-report.ts";
import { formatCount } from "../format-japanese.ts";
import type { CausesOfChange } from "../frozen/causes-of-change.ts";
import type { Correction } from "../frozen/correction.ts";
import { tagChangesText } from "../frozen/tag-changes.ts";

/** Of the revisions that somebody may hold, what was done since and whether they count the same: one text for those of which the same is said. */
export function sinceTexts({ line }: CommonReport, correction: Correction): string[] {
  const alike = new Map<string, { causes: Causes; revisions: string[] }>();
  for (const { revision, ...causes } of sinceOf(correction)) {
    const key = JSON.stringify(causes);
    const group = alike.get(key) ?? { causes, revisions: [] };
    group.revisions.push(`第${revision}版`);
    alike.set(key, group);
  }
  return [...alike.values()].flatMap(({ causes, revisions }) => {
    const which = revisions.join("・");
    // What came after two revisions is told to the holders of each: it would read as twice as much.
    const holders = alike.size > 1 ? `${which}をお持ちの方へ。` : "";
    const same =
      causes.isSame && correction.lines.length > 0 ? "比べた数字は、すべて同じです。" : "";
    const text = `${same}${causesText(causes, which, line)}`;
    return text === "" ? [] : [`${holders}${text}`];
  });
}

type Causes = Omit<NonNullable<Correction["since"]>[number], "revision">;

/** What an older value says, it says of the oldest. */
function sinceOf(correction: Correction): NonNullable<Correction["since"]> {
  const { withdrawn, tags, recalibrated, sources, readAnew } = correction;
  const [oldest = correction] = correction.older ?? [];
  const said = { withdrawn, tags, recalibrated, sources, readAnew };
  return correction.since ?? [{ ...said, revision: oldest.revision, isSame: false }];
}

function causesText(
  { withdrawn = 0, tags, recalibrated = false, readAnew = false, sources = [] }: CausesOfChange,
  revision: string,
  cut: CommonReport["line"],
): string {
  const since = `${revision}のあとに`;
  return [
    sourcesText(sources, revision, cut),
    readAnew
      ? `${since}、声を読み取る仕組みが新しくなりました。同じ声でも、分類が変わっていることがあります。`
      : "",
    recalibrated
      ? `${since}、機械の確信度の校正が変わりました。そのあとで分類した声では、見せるタグがその分だけ変わります。`
      : "",
    tags === undefined ? "" : tagChangesText(tags, since),
    withdrawn === 0 ? "" : `${since}、気づき${formatCount(withdrawn)}件が取り下げられました。`,
  ].join("");
}

type Sources = NonNullable<CausesOfChange["sources"]>;

/** Why there are more voices, or fewer; a line may be cut otherwise since. */
function sourcesText(sources: Sources, revision: string, cut: CommonReport["line"]): string {
  const [more, fewer] = [filesText(sources, 1), filesText(sources, -1)];
  const [came, went] =
    cut === undefined
      ? ["届いた", "日付が訂正されたため"]
      : ["このラインに入った", "日付が訂正されたか、このラインから外れたため"];
  return [
    more === "" ? "" : `${revision}のあとに${came}声（${more}）を加えました。`,
    fewer === ""
      ? ""
      : `${revision}にあった声（${fewer}）は、消去されたか、${went}、数に入っていません。`,
  ].join("");
}

/** Files that a sentence names. */
const FILES_NAMED = 3;

/** Those that brought most, by name. */
function filesText(sources: Sources, sign: 1 | -1): string {
  const moved = sources
    .filter(({ more }) => more * sign > 0)
    .map(({ source, file = source, more }) => ({ file, count: more * sign }))
    .sort((left, right) => right.count - left.count);
  const rest = moved.slice(FILES_NAMED);
  const sum = rest.reduce((total, { count }) => total + count, 0);
  return [
    ...moved.slice(0, FILES_NAMED).map(({ file, count }) => `${file} ${formatCount(count)}件`),
    ...(rest.length === 0
      ? []
      : [`ほかの${formatCount(rest.length)}ファイル ${formatCount(sum)}件`]),
  ].join("、");
}
