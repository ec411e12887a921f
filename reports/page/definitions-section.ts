import { HARM_NAME, HARM_RULE, SUSPECTED_NAME } from "../bodily-harm.ts";
import { type CommonReport, spanWordsOf } from "../common-report.ts";
import { LISTED } from "../figure.ts";
import { formatCount } from "../format-japanese.ts";
import { FEWEST_NAMED } from "../most-spoken.ts";
import { NEVER_SILENT } from "../past/history.ts";
import { fewPeriodsNote, pastRule } from "../past/past-rule.ts";
import { isFirstSpoken } from "../past/trend.ts";
import { FEWEST_FOR_CHANGE, STRIKING_RATIO } from "../statistics/change.ts";
import { PRIORITY_RULE } from "../weekly/priorities-section.ts";
import { CHANGE_WORDS, NO_CHANGE_REASONS } from "../words.ts";
import { type Html, html } from "./html.ts";
import { figureLink, sidecarName } from "./voice-lists.ts";

export function definitionsSection(report: CommonReport): Html {
  const { coverage, epoch, taxonomy, taxonomyVersion, period, calibration = [] } = report;
  const calibrated =
    calibration.length === 0
      ? ""
      : html`確信度の校正（これを作ったときの設定で、校正のあとに分類した声にだけ効いています） ${calibration.map(({ head, judged, on }) => `${head} ${judged}件（${on}）`).join("・")}、`;
  const words = spanWordsOf(report);
  const unit = period.job === "weekly" ? "週" : "月";
  const suspected =
    report.suspectedHarm === null
      ? ""
      : html`${words.this}の${SUSPECTED_NAME}は${figureLink(report, report.suspectedHarm)}件です。`;
  const records = coverage.streams.reduce((sum, stream) => sum + stream.records, 0);
  return html`<section class="definitions"><h2>定義</h2>
<dl class="facts small">
<dt>声</dt><dd>お客様お一人から届いた記録一つです。同じ記録が二度届いても一件と数えます。期間は日本時間の暦日で区切ります。</dd>
<dt>文</dt><dd>一つの意見を運ぶ文または節です。話題・感情・声の種類は文に付き、声の件数は「その文を一つでも含む声」を数えます。</dd>
<dt>ご指摘・お褒め</dt><dd>声の種類（ご指摘、ご要望、お問い合わせ、お褒め、その他）の二つです。</dd>
<dt>ネガティブ・ポジティブ</dt><dd>文に表れたお客様の気持ちです。困りごとから出たご要望はネガティブに入ります。</dd>
<dt><span class="tag"><b>推定</b></span></dt><dd>機械が読み取った目安です。誤りもありますので、判断の前に声そのものをお読みください。</dd>
<dt>判定保留</dt><dd>感情か声の種類を、機械が確信をもって決められなかった文です。声の総数と割合の分母には入りますが、ネガティブ・中立・ポジティブ、ご指摘・お褒めのどれにも数えず、例としても引きません。</dd>
<dt><span class="tag by-person"><b>確認済</b></span></dt><dd>人が読んで確かめた、または直した、文のタグです。声全体の感情と種類は文から機械が決めるので、いつも推定です。</dd>
<dt>割合と偶然でぶれる幅</dt><dd>割合は声全体に対するものです。「偶然でぶれる幅」は95%信頼区間です。お客様の気持ちが変わらなくても、どなたが声を寄せるかで、割合はこのくらい動きます。二項分布から正確に求めています（Clopper–Pearson）。</dd>
<dt>増えた・減った</dt><dd>${words.previous}、前年、いつもの水準との割合の比を、件数の和を固定した二項検定（正確法）で比べ、信頼区間が1倍を含まないときだけ使います。区間は、一つの表で名指ししたもののうち誤りが20に1つ以下になるように、表の大きさに合わせて広げてあります（Benjamini–Hochberg）。件数が${unit}ごとに偶然より大きく揺れる分だけ、さらに広げます。揺れは過去1年から求め、比べられる${unit}が少ないうちは、ほかの話題の揺れとあらかじめ見込んだ値で補います。${fewPeriodsNote(report)}合わせて${FEWEST_FOR_CHANGE}件に満たないときは判断しません。${isFirstSpoken(report.trend) ? "" : reasonsRule(unit)}</dd>
<dt>いつも・前年</dt><dd>${pastRule(report)}</dd>
<dt>声の件数の変化</dt><dd>平日・土曜・休日（祝日、年末年始、お盆を含む）の一日あたりの件数の違いをならして比べます。「いつも」の件数は、${words.this}の暦から見込まれる件数です。いつもなら一日に${NEVER_SILENT}件以上ある日に声が一つもないときは、届いていないものとみて、その日を除いて比べます（声のない日のほうが多い曜日は除きません。増えたとは、その日を入れても増えているときにだけ書きます）。祝日は内閣府の定める休日により、2050年までわかっています。</dd>
<dt>最も多い話題</dt><dd>${FEWEST_NAMED}件に満たない話題は、最も多い話題として挙げません。図には、ネガティブとポジティブを合わせて多い話題を載せます。</dd>
<dt>深刻度</dt><dd>話題ごとに前もって決めた0（無害）から5（お体への害）の数です。</dd>
<dt>${HARM_NAME}</dt><dd>${HARM_RULE}${suspected}</dd>
${period.job === "weekly" ? html`<dt>優先事項の並べ方</dt><dd>${PRIORITY_RULE}</dd>\n` : ""}<dt>声のファイル</dt><dd><a href="${sidecarName(report)}">${sidecarName(report)}</a> に、数字のもとになった声があります（一つの数字につき、新しいほうから${LISTED}件まで）。この報告と同じ場所に置いてください。</dd>
<dt>作り方</dt><dd>話題の表 ${taxonomy} の版 ${taxonomyVersion}、処理の版 ${epoch}、${calibrated}読んだ記録 ${formatCount(coverage.streams.length)}ファイル・${formatCount(records)}件（本文のないものを含みます）、対象の照合値 <code>${coverage.sha256.slice(0, 16)}</code>。この報告は保存した値（${period.name}.json）から作られ、同じ値からは同じ報告ができます。版と対象が同じでも、気づき、人による確認、話題の付け直し、不達のやり直しのあとで作り直すと、値は変わります。</dd>
</dl>
</section>`;
}

/** A first report compares nothing. */
function reasonsRule(unit: string): string {
  return `割合が${STRIKING_RATIO}倍以上か${STRIKING_RATIO}分の1以下でも「${CHANGE_WORDS.unclear}」ときは、わけを添えます。「${NO_CHANGE_REASONS.chance}」は、何も変わらなくても20回に1回より多く起こる差、「${NO_CHANGE_REASONS.restless}」は、${unit}ごとの揺れを見込むと20回に1回より多く起こる差、「${NO_CHANGE_REASONS.many}」は、それだけを見れば変化と言えても、表のすべての項目を見比べると言えない差です。`;
}
