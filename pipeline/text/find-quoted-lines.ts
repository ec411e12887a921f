/**
 * Tells of each line whether it is quoted: marked by an arrow or a bar, as mail programs do. Not a face, a row of a table,
 * what stands in a drawn box, or a list that the line above announces: 「次の点が残念でした。」
 */
export function findQuotedLines(lines: readonly string[]): boolean[] {
  const quoted: boolean[] = [];
  let above = "";
  let isOwn = false;
  for (const line of lines.map((each) => each.trim())) {
    const isMarked = isArrowed(line) || isBarred(line);
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

const BAR = /[|｜│┃┆┊]/gu;

function isBarred(line: string): boolean {
  const [first, second] = [...line.matchAll(BAR)];
  return first?.index === 0 && second === undefined && line.length > 1;
}

const CORNER = /^[┌┏╭╔+]/;
/** What is answered is announced as well: 「以下のご質問に回答します」. */
const ANNOUNCES =
  /^(?!.*(?:回答|返信|返答|返事|引用|質問|メール)).*(?:(?:以下|下記)(?:の|に|が|は|です|、)|次の)/;
