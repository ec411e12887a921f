import { addDays } from "../../pipeline/period.ts";
import { formatCount, formatDate, formatDay } from "../format-japanese.ts";
import { html } from "../page/html.ts";
import { htmlPage } from "../page/html-page.ts";
import { REASON_WORDS, STEP_WORDS } from "../words.ts";
import type { DeadLetterDigest } from "./dead-letter-digest.ts";

/** The page for the people who can mend the files. The same digest gives the same bytes. */
export function renderDigest({ period, counts, letters }: DeadLetterDigest): string {
  const total = counts.reduce((sum, row) => sum + row.letters, 0);
  const last = addDays(period.until, -1);
  const days = period.from === last ? "" : `${formatDay(period.from)}〜`;
  const body = html`<main>
<h1>不達の知らせ</h1>
<p>${days}${formatDate(last)}に、読めない記録が ${formatCount(total)} 件ありました。読めた記録は取り込まれています。</p>
<h2>理由</h2>
<table><thead><tr><th>ファイル</th><th>理由</th><th class="num">件</th></tr></thead><tbody>${counts.map(
    ({ file, step, reason, letters: count }) =>
      html`<tr><td>${file}</td><td>${REASON_WORDS[reason] ?? reason}<span class="soft small">（${STEP_WORDS[step] ?? step}）</span></td><td class="num">${formatCount(count)}</td></tr>`,
  )}</tbody></table>
<h2>場所</h2>
<table><thead><tr><th>ファイル</th><th class="num">行</th><th>列</th><th>理由</th></tr></thead><tbody>${letters.map(
    ({ file, origin_row, column_name, reason }) =>
      html`<tr><td>${file}</td><td class="num">${formatCount(origin_row)}</td><td>${column_name ?? "—"}</td><td>${REASON_WORDS[reason] ?? reason}</td></tr>`,
  )}</tbody></table>
${letters.length < total ? html`<p class="small soft">はじめの${formatCount(letters.length)}件です。</p>` : ""}
<h2>直し方</h2>
<p>元のファイルのその行を直して、もう一度取り込んでください。取り込み済みの声は二重になりません。</p>
</main>`;
  const css = "\nh1{font-size:24px;padding-top:48px}\nh2{font-size:16px;margin:40px 0 8px}\n";
  return htmlPage({ title: `不達の知らせ ${period.name}`, css, body }).markup;
}
