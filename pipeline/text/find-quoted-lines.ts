/**
 * Tells of each line whether it is quoted: marked by an arrow, a bar or 「TY>」, as mail programs do. Not a face, a row of a table,
 * what stands in a drawn box, or a list that the line above announces: 「次の点が残念でした。」
 */
export function findQuotedLines(lines: readonly string[]): boolean[] {
  const quoted: boolean[] = [];
  let above = "";
  let isOwn = false;
  const trimmed = lines.map((each) => each.trim());
  const initials = findInitials(trimmed);
  for (const line of trimmed) {
    const isMarked = isArrowed(line) || isBarred(line) || initials.has(markOf(line) ?? "");
    if (isMarked && !quoted.at(-1)) isOwn = isOwn || ANNOUNCES.test(above) || CORNER.test(above);
    quoted.push(isMarked && !isOwn);
    if (isMarked || line === "") continue;
    above = line;
    isOwn = false;
  }
  return quoted;
}

/** 「>_<」, 「><」 and 「>= 3」 are no marks. */
function isArrowed(line: string): boolean {
  return /^[>＞]/.test(line) && !/^[>＞](?:[_.。^]*[<＜]|[=＝])/.test(line);
}

/** 「TY> いつ届きましたか」: whose words they were. */
function markOf(line: string): string | undefined {
  return /^[A-Z]{1,3}[>＞]/.exec(line)?.[0];
}

/** 「A>B」 compares: marks stand on several lines, or apart from a sentence that goes on to its end. */
function findInitials(lines: readonly string[]): ReadonlySet<string> {
  const marked = lines.flatMap((line) => {
    const mark = markOf(line);
    return mark === undefined ? [] : [{ mark, isSaid: SAID_BEHIND_MARK.test(line) }];
  });
  const seen = new Set<string>();
  return new Set(
    marked.flatMap(({ mark, isSaid }) => {
      const isAgain = seen.has(mark);
      seen.add(mark);
      return isAgain || isSaid ? [mark] : [];
    }),
  );
}

const SAID_BEHIND_MARK = /^[A-Z]{2,3}[>＞]\s+\S.*(?:[。?？]|か|ます|ました|ください|下さい)$/;

const BAR = /[|｜│┃┆┊]/gu;

function isBarred(line: string): boolean {
  const [first, second] = [...line.matchAll(BAR)];
  return first?.index === 0 && second === undefined && line.length > 1;
}

const CORNER = /^[┌┏╭╔+]/;
/**
 * 「次の日」 and 「千円以下です」 announce nothing. What is answered is announced as well: 「以下のご質問に回答します」.
 */
const ANNOUNCES = new RegExp(
  [
    "^(?!.*(?:回答|返信|返答|返事|引用|質問|メール)).*(?:",
    "(?:^|[、。\\s]|[はがをにで])(?:以下|下記)(?:の|に|が|は|です|、)",
    "|(?:以下|下記)の(?:通り|とおり|点|内容|理由)",
    "|次の(?:通り|とおり|点|内容|理由|問題|不具合|症状|項目|箇所|商品|こと|事|もの|物|よう|様|件|[\\d一二三四五]つ))",
  ].join(""),
);
