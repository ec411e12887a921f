import { isFamilyName, isGivenName } from "../../../../models/name-lists.ts";
import { allMatches } from "../all-matches.ts";
import type { WordView } from "../word-view.ts";
import { nameAfter, nameBefore, type Span, type Strength } from "./judge-name.ts";
import { ROLE } from "./name-words.ts";
import { isNoPerson, isThing } from "./no-person.ts";

/** Names that something beside them gives away: 様, と申します, 担当の, 氏名:. */
export function namesByContext(text: string, view: () => WordView): Span[] {
  return [
    ...BEHIND.flatMap((context) => behind(text, context, view)),
    ...BEFORE.flatMap((context) => before(text, context, view)),
  ];
}

type Context = {
  readonly mark: RegExp;
  readonly strength: Strength;
  /** What makes a hint likely: words that end where the mark begins. */
  readonly likelyBehind?: RegExp;
  /** Whether how somebody was may stand there as well. */
  readonly orManner?: true;
};

/** 「仕様」, 「同様」, 「この様に」, 「多様性」. */
const NO_WORD =
  "(?<![仕同模多異有両如外文左右何神王皆奥貴宝寝御拝宮社仏沈湯正雛爺婆陰蔭]|本(?=殿)|お客|客|物(?=殿))";

const TITLE =
  "(?:店員|スタッフ|医師|看護師|ドクター|師長|講師|コーチ|園長|校長|教頭|局長|工場長|センター長|本部長|支店長|班長|宅(?=[にへはで])|副?店長|副?支配人|料理長|女将|主任|係長|課長|部長|次長|社長|専務|館長|院長|所長|室長|会長|先輩|リーダー|チーフ|マネージャー|ママ|パパ)";

/** What stands behind a name. */
const BEHIND: readonly Context[] = [
  {
    mark: new RegExp(`${NO_WORD}(?:様(?![々子式相態])|殿(?![堂様])|サマ(?![ァ-ヺー]))`, "gu"),
    strength: "sure",
  },
  {
    mark: /(?:ご夫妻|ご一行|御一行|ご一家|御夫妻|ご夫婦|さま(?!ざ)|(?:と|って)(?:申し|申す|もうし|名乗))/gu,
    strength: "sure",
  },
  { mark: /(?<!杜|摂|華|源|彼)氏(?![名神子物])/gu, strength: "likely" },
  {
    mark: /(?:(?<!たく|みな|かい|皆)さん(?!ぽ|ざん|さん|しょ|じゅう|ぶつ)|サン(?![ァ-ヺー])|ちゃん(?![とぽこぷ])|くん(?![だで])|君(?!が代)|先生|夫妻)/gu,
    strength: "likely",
  },
  {
    mark: new RegExp(
      `(?:${TITLE}|という(?:者|男性|女性|方|人|店員|スタッフ|名字|苗字)|って(?:人|方|店員|いう|言う|名乗)|の(?:名前で|名義)|と(?:言い|いい)ます|と名札|と名乗|\\((?:仮|仮名|匿名希望|旧姓)\\))`,
      "gu",
    ),
    strength: "likely",
  },
  {
    mark: /です(?=が|けど|けれど|[。、の予]|$|えー)|だけど|でございます/gu,
    strength: "hinted",
    likelyBehind:
      /^[\p{Script=Han}々ぁ-ゖA-Za-z]{2,10}$|(?:もしもし|(?:電話|予約|利用|購入|注文|宿泊|来店|お?伺い|お世話になりま|連絡)した|室の|えっと|えー|はい|お世話にな(?:ります|って(?:い|おり)?ます)|した者で)[、 ]?[^、。\n]{1,8}$/u,
  },
  {
    mark: /(?:に|へ|が|から|まで|と|を)(?=(?:お?電話|ご?連絡|折り?返|取り?次|代わっ|伝え|報告|相談(?:し|済)|引き?継|対応し|対応さ|応対|謝罪|説明し|案内し|受け?付|訪問|名乗|呼ん))|の(?=(?:妻|夫|母|父|娘|息子|代理|家族|主人|祖母|祖父|嫁|姉|妹|兄|弟)(?:です|でご|だ|が電|より|と申|に|の))|(?:名義|宛て?|あて)(?=[の。、にで親]|$)/gu,
    strength: "likely",
  },
  {
    mark: /[ 、(/|](?:(?:お?電話|携帯|TEL|FAX|メール|e-?mail|住所|連絡先)(?:番号|アドレス)?[ :は]{0,2})?(?=0\d{1,4}[-( ]?\d{2}|[A-Za-z0-9._-]{2,30}@|〒)/giu,
    strength: "likely",
  },
  {
    mark: /(?:が|より|にて)?(?:折り?返[しす]|折返|受電|架電|対応済|受付(?=[ 。、②③(]|$)|が対応|がお詫び|へ依頼|に依頼|へ引き?継|に引き?継|へ転送|より回答)/gu,
    strength: "hinted",
  },
];

function behind(text: string, context: Context, view: () => WordView): Span[] {
  const found: Span[] = [];
  for (const match of allMatches(text, context.mark)) {
    const strength = strengthAt(text, match.index, context);
    const at = nameEnd(text, match.index);
    const name = nameBefore(text, { at, strength, view: view() });
    if (name === undefined || isNoPerson(text, name)) continue;
    if (strength !== "hinted" || standsAlone(text, name))
      found.push(name, ...listedBefore(text, name));
  }
  return found;
}

function strengthAt(text: string, at: number, { strength, likelyBehind }: Context): Strength {
  if (likelyBehind === undefined) return strength;
  return likelyBehind.test(text.slice(Math.max(0, at - CALLER_REACH), at)) ? "likely" : strength;
}

/** In UTF-16 units: 「いつもお世話になっております、勅使河原」 in part. */
const CALLER_REACH = 24;

/** Between a name and what marks it may stand a blank and a note: 「松永(50代・女性)様」. */
function nameEnd(text: string, at: number): number {
  const between = /[ ]?(?:\([^()\n]{1,12}\))?[ ]?$/.exec(text.slice(Math.max(0, at - 16), at));
  return at - (between?.[0].length ?? 0);
}

/** 「福島です」 is where somebody comes from, 「301号室の楠木です」 who it is. */
function standsAlone(text: string, { start }: Span): boolean {
  return (
    start === 0 ||
    /(?:[、。\n「!?…)①-⑳0-9]|もしもし|した|する|いる|ている|[室町目番号0-9]の|)$/u.test(
      text.slice(Math.max(0, start - 4), start),
    )
  );
}

/** 「江藤、木内、馬場様」: those before it in the row. */
function listedBefore(text: string, name: Span): Span[] {
  const found: Span[] = [];
  for (let first = name.start; ; ) {
    const match = ROW_BEFORE.exec(text.slice(Math.max(0, first - 8), first));
    const one = match?.[1];
    if (match === null || one === undefined || !isFamilyName(one)) return found;
    const start = first - match[0].length;
    found.push({ start, end: start + one.length });
    first = start;
  }
}

const ROW_BEFORE = /(?<![\p{Script=Han}々])([\p{Script=Han}々ヶケ]{1,4})[ ]?[、・/&→,と][ ]?$/u;

const SEPARATOR = "(?:[はが]|[ ]?[:=|/][ ]?|[ \\n、]{1,2})?[「(『]?";

const LABEL =
  "(?:氏名|(?<![商品件宛])(?:お|御|ご)?名前|フリガナ|ふりがな|カナ氏名|宛名|宛先|名義人?|予約(?:者|名|者名)|連絡者|投稿者|申込者|差出人|契約者|記入者|発信者|受取人|送り主|利用者名|回答者名|口座名義人?|カナ|担当(?:者名|者)?|対応者?名?|受付者?名?|応対者|代筆|(?:作成|承認|記録|報告|申告|登録|申請|依頼|相談|発注|注文|購入|保護|来店|同席|同伴|同乗|付添|紹介|代表|応募|当選|参加|受講|利用|宿泊|搭乗|購読|加入|使用|所有|世帯主|被保険)者名?|お客様(?=[:])|(?:ご|御)?本人|下のお?名前|旧姓|新姓|[名苗]字|姓(?=[はが:])|ハンドルネーム|ニックネーム|(?:my )?name(?: is)?)(?:様|さま)?";

/** What stands before a name. */
const BEFORE: readonly Context[] = [
  {
    mark: /(?:氏名|お名前|フリガナ|ふりがな|宛名|名義人?|予約名|予約者|連絡者|投稿者|受取人|差出人|申込者|契約者|(?<![商品])名前)(?:[ ]?[:=|][ ]?|は「)(?=[^ ])/gu,
    strength: "sure",
  },
  { mark: new RegExp(`${LABEL}${SEPARATOR}`, "giu"), strength: "likely" },
  {
    mark: new RegExp(
      `${ROLE}(?:[のは:・]|(?:の?(?:方|者))?[(]|(?=[\\p{Script=Han}]))(?!方|者|対応|説明|態度|接客|笑顔)`,
      "gu",
    ),
    strength: "likely",
  },
  {
    mark: /(?:支配人|店長|主任|係長|課長|部長|次長|料理長|女将|館長|担当者?|フロント|リーダー|ドライバー|オペレーター)(?=[\p{Script=Han}々]{2,4}(?:が|の対応|より|にて|へ|、|。|$))/gu,
    strength: "sure",
    orManner: true,
  },
  {
    mark: /(?:友人|友達|同僚|上司|知人|隣人|隣家|ママ友|後輩|先輩|部下|幼なじみ|義[父母兄姉弟妹])の/gu,
    strength: "likely",
  },
  {
    mark: /名札[にはがもの]{1,2}「?|名前の「|「(?=[^「」]{1,5}」と(?:読み|お読み|名札|いう名))/gu,
    strength: "likely",
  },
  { mark: /\b(?:My name is|this is|Mr\.?|Mrs\.?|Ms\.?|Miss|Dr\.)[ ]/giu, strength: "sure" },
  {
    mark: /\b(?:I am|I'm|under|Dear|From|by|Reserved for|Guest|regards|thanks|sincerely|cheers|sent by)[ :,\n]+|@/giu,
    strength: "likely",
  },
];

function before(text: string, context: Context, view: () => WordView): Span[] {
  const { mark, strength, orManner } = context;
  const found: Span[] = [];
  for (const match of allMatches(text, mark)) {
    const at = match.index + match[0].length;
    const called = CALLED.exec(text.slice(at, at + 14))?.[1];
    if (called !== undefined && strength === "likely")
      found.push({ start: at, end: at + called.length });
    const name = nameAfter(text, { at, strength, view: view() });
    if (name === undefined || isThing(text, name.end)) continue;
    if (!orManner || !isManner(text, name, view())) found.push(name);
  }
  return found;
}

/** 「担当者失礼」, 「店長横柄」: a word of everyday that is nobody's surname. */
function isManner(text: string, { start, end }: Span, view: WordView): boolean {
  const name = text.slice(start, end);
  const [word, ...others] = view.wordsIn(start, end);
  if (word === undefined || others.length > 0 || isFamilyName(name) || isGivenName(name)) {
    return false;
  }
  return /^(?:一般|サ変接続|形容動詞語幹)$/.test(word.posDetail);
}

/** Behind a role or a label a first name from abroad too: 「スタッフのソフィアさん」, 「美容師のRIEさん」. */
const CALLED =
  /^((?!スタッフ|オーナー|シェフ|ガイド|マスター|コーチ|ママ|パパ)[ァ-ヺー・]{2,10}|[A-Z]{2,8})(?:さん|様)/;
