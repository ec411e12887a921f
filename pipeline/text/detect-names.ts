import type { Morpheme } from "../../models/morpheme.ts";
import { isFamilyName, isGivenName, isModernGivenName } from "../../models/name-lists.ts";
import type { Detection } from "./detection.ts";
import { isRomaji, nameAfter, nameBefore, type Span, type Strength } from "./judge-name.ts";
import { CLANS, HISTORY, namesNobody, PLACES, ROLE } from "./name-words.ts";
import type { WordView } from "./word-view.ts";

/**
 * Names of persons in a normalised text: by what stands beside them (様, と申します, 担当の, 氏名:), as a surname with a
 * given name, as a signature; then wherever the same name stands again in the voice.
 */
export function detectNames(
  text: string,
  { view, staff }: { readonly view: () => WordView; readonly staff: readonly RegExp[] },
): Detection[] {
  const names: Span[] = [];
  for (const context of BEHIND) names.push(...behind(text, context, view));
  for (const context of BEFORE) names.push(...before(text, context, view));
  for (const detect of OTHERS) names.push(...detect(text, view));
  for (const pattern of staff)
    for (const match of text.matchAll(pattern)) names.push(spanOf(match));
  return [...names, ...again(text, names), ...readingsBehind(text, names)].map((span) => ({
    kind: "氏名",
    key: text.slice(span.start, span.end).replace(/[\s・]/g, ""),
    ...span,
  }));
}

type Context = { readonly mark: RegExp; readonly strength: Strength };

const BRACKET = String.raw`(?:[ ]?\([^()\n]{1,12}\))?`;
/** 「仕様」, 「同様」, 「この様に」, 「多様性」. */
const NO_WORD =
  "(?<![仕同模多異有両如外文左右何神王皆奥貴宝寝御拝宮社仏沈湯正雛爺婆陰蔭]|本(?=殿)|お客|客|物(?=殿))";
const TITLE =
  "(?:店員|スタッフ|医師|看護師|ドクター|師長|講師|コーチ|園長|校長|教頭|局長|工場長|センター長|本部長|支店長|班長|宅(?=[にへはで])|副?店長|副?支配人|料理長|女将|主任|係長|課長|部長|次長|社長|専務|館長|院長|所長|室長|会長|先輩|リーダー|チーフ|マネージャー|ママ|パパ)";

/** What stands behind a name. */
const BEHIND: readonly Context[] = [
  {
    mark: new RegExp(
      `${BRACKET}[ ]?${NO_WORD}(?:様(?![々子式相態])|殿(?![堂様])|サマ(?![ァ-ヺー]))`,
      "gu",
    ),
    strength: "sure",
  },
  {
    mark: new RegExp(
      `${BRACKET}[ ]?(?:ご夫妻|ご一行|御一行|ご一家|御夫妻|さま(?!ざ)|(?:と|って)(?:申し|申す|もうし|名乗))`,
      "gu",
    ),
    strength: "sure",
  },
  { mark: /(?<!杜|摂|華|源|彼)氏(?![名神子物])/gu, strength: "likely" },
  {
    mark: /(?<!たく|みな|かい|皆)[ ]?(?:さん(?!ぽ|ざん|さん|しょ|じゅう|ぶつ)|サン(?![ァ-ヺー])|ちゃん(?![とぽこぷ])|くん(?![だで])|君(?!が代)|先生|夫妻)/gu,
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
    mark: /(?<=(?:^|[、。\n「!?…した るいの]|もしもし)[^、。\n「!?…]{1,10})(?:です(?:が|けど|けれど|。|、|$)|だけど|でございます)/gu,
    strength: "hinted",
  },
  {
    mark: /(?<=^[\p{Script=Han}々ぁ-ゖA-Za-z]{2,10})(?:です[。が]|ですけど)(?=.{6})/gsu,
    strength: "likely",
  },
  {
    mark: /(?<=(?:もしもし|(?:電話|予約|利用|購入|注文|宿泊|来店|お?伺い|お世話になりま|連絡)した|室の|えっと|えー|はい|お世話にな(?:ります|って(?:い|おり)?ます)|した者で)[、 ]?[^、。\n]{1,8})(?:です|だけど|でございます)/gu,
    strength: "likely",
  },
  {
    mark: /(?:に|へ|が|から|まで|と|を)(?=(?:お?電話|ご?連絡|折り?返|取り?次|代わっ|伝え|報告|相談(?:し|済)|引き?継|対応し|対応さ|応対|謝罪|説明し|案内し|受け?付|訪問|名乗|呼ん))|の(?=(?:妻|夫|母|父|娘|息子|代理|家族|主人|祖母|祖父|嫁|姉|妹|兄|弟)(?:です|でご|だ|が電|より|と申|に|の))|(?:名義|宛て?|あて)(?=[の。、にで]|$)/gu,
    strength: "likely",
  },
  {
    mark: /[ 、(/|]{1,2}(?:(?:お?電話|携帯|TEL|FAX|メール|e-?mail|住所|連絡先)(?:番号|アドレス)?[ :は]{0,2})?(?=0\d{1,4}[-( ]?\d{2}|[A-Za-z0-9._-]{2,30}@|〒)/giu,
    strength: "likely",
  },
  {
    mark: /(?:が|より|にて)?(?:折り?返[しす]|折返|受電|架電|対応済|受付(?=[ 。、②③(]|$)|が対応|がお詫び|へ依頼|に依頼|へ引き?継|に引き?継|へ転送|より回答)/gu,
    strength: "hinted",
  },
];

function behind(text: string, { mark, strength }: Context, view: () => WordView): Span[] {
  const found: Span[] = [];
  for (const match of text.matchAll(mark)) {
    const name = nameBefore(text, { at: match.index, strength, view: view() });
    if (name === undefined) continue;
    if (strength === "hinted" && !standsAlone(text, name)) continue;
    if (isOther(text, name)) continue;
    found.push(name, ...listedBefore(text, name));
  }
  return found;
}

/** A clan, a verb that ends in hiragana, a shop that is called by さん. */
function isOther(text: string, { start, end }: Span): boolean {
  const name = text.slice(start, end);
  const before = text.slice(Math.max(0, start - 8), start);
  const after = text.slice(end, end + 16);
  if (after.startsWith("氏")) return CLANS.test(name);
  if (/^[ぁ-ゖー]+$/.test(name) && /[\p{Script=Han}ぁ-んァ-ヺー](?<![のはがと、])$/u.test(before))
    return true;
  if (!after.startsWith("さん")) return false;
  if (
    CARRIER.test(name) &&
    /^さんの?(?:配達|配送|荷物|便|ドライバー|トラック|置き配|営業所)/.test(after)
  )
    return true;
  return (
    SHOP_BEFORE.test(before) ||
    SHOP_AFTER.test(after) ||
    (name.endsWith("屋") && !HOUSE_NAMES.test(name))
  );
}

const CARRIER = /^(?:佐川|福山|西濃|日通|郵便)$/;
const HOUSE_NAMES = /(?:土屋|守屋|古屋|大屋|板屋|関屋|寺屋|新屋|木屋|角屋)$/;
const SHOP_BEFORE =
  /(?:旅館|民宿|お?宿|ホテル|焼き?鳥の?|焼肉|寿司|鮨|すし|蕎麦|そば|うなぎ|カフェ|喫茶|和?菓子|アトリエ|レストラン|お土産|お店|酒造|食堂|居酒屋|宿泊した|泊まった|処|ラーメン|パン屋|酒蔵|漬物|味噌|醤油)の?[ 「]?$/;
const SHOP_AFTER =
  /^さん(?:[にへ](?:宿泊|泊|伺|行|寄|入|お邪魔|訪)|で(?:[^、。]{0,10}(?:食べ|買|購入|頂き|いただ|飲|泊|宿泊))|の(?:うなぎ|お?菓子|お?蕎麦|お?そば|ケーキ|お?料理|パン|ラーメン|お?寿司|和紙|お?土産|アップルパイ|カフェ|グッズ|ライブ|商品|駐車場|お?店|お?酒|味|メニュー|ごはん|ご飯|朝食|夕食|お?部屋|温泉|お?風呂|作品|饅頭|どら|大福|羊羹|団子|工場|酒蔵)|食べ歩き|グッズ|めぐり|巡り|に?宿泊|コラボ)/;

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

function before(text: string, { mark, strength }: Context, view: () => WordView): Span[] {
  const found: Span[] = [];
  for (const match of text.matchAll(mark)) {
    const at = match.index + match[0].length;
    const called = CALLED.exec(text.slice(at, at + 14))?.[1];
    if (called !== undefined && strength === "likely")
      found.push({ start: at, end: at + called.length });
    const name = nameAfter(text, { at, strength, view: view() });
    if (name !== undefined && isFreeBehind(text, name)) found.push(name);
  }
  return found;
}

/** Behind a role or a label a first name from abroad too: 「スタッフのソフィアさん」, 「美容師のRIEさん」. */
const CALLED =
  /^((?!スタッフ|オーナー|シェフ|ガイド|マスター|コーチ|ママ|パパ)[ァ-ヺー・]{2,10}|[A-Z]{2,8})(?:さん|様)/;

/** Not the beginning of a place's, a company's or a thing's name: 「担当の福島県」, 「小林製薬」. */
function isFreeBehind(text: string, { end }: Span): boolean {
  return !THING_BEHIND.test(text.slice(end, end + 3));
}

const THING_BEHIND =
  /^(?:[県府都市区町村郡駅港線湾城山川島湖寺園錦屋堂店米牛豚鶏梨柿桃茶酒産製薬式流風味湯温泉駐空高]|ホテル|フード|ハム|パン|大学|高校|新聞|銀行|病院|商店|農園|農場|牧場|さんぽ|の(?:母|父|日|方))/;

const OTHERS: readonly ((text: string, view: () => WordView) => Span[])[] = [
  bareNames,
  fullNames,
  joinedNames,
  readings,
  initials,
  nicknames,
  senders,
  quoted,
  closings,
  handles,
  families,
  signatures,
  rows,
];

/** What kuromoji takes for a person that stands as a word of its own, and is no place or person that all know. */
function bareNames(text: string, view: () => WordView): Span[] {
  const found: Span[] = [];
  for (const { word, start, end, before, after } of view().persons()) {
    const { surface } = word;
    if (
      !/^[\p{Script=Han}々ヶ]{2,}$/u.test(surface) ||
      !(isFamilyName(surface) || isGivenName(surface))
    )
      continue;
    if (PLACES.has(surface) || CLANS.test(surface) || namesNobody(surface) || FAMOUS.test(surface))
      continue;
    if (before?.pos === "名詞" || before?.pos === "接頭詞") continue;
    const isAlone = after === undefined || (BESIDE.has(after.pos) && after.surface !== "の");
    if (isAlone && !isPublic(text, { start, end })) found.push({ start, end });
  }
  return found;
}

const BESIDE = new Set(["助詞", "助動詞", "記号"]);
const FAMOUS =
  /^(?:秀吉|信長|家康|利家|光秀|義経|頼朝|芭蕉|漱石|蓮如|親鸞|道元|空海|最澄|弁慶|鬼太郎|龍馬|竜馬|魯迅|紫式部|式部|義景|勝家|信玄|謙信|政宗|幸村|家光|慶喜|清盛|義仲|尊氏)$/;

/** A surname and a given name with a blank between them, or run together where kuromoji sees both. */
function fullNames(text: string, view: () => WordView): Span[] {
  const found: Span[] = [];
  for (const match of text.matchAll(TWO_PARTS)) {
    const [, first = "", second = ""] = match;
    if (isFamilyName(first) && isGivenName(second) && first.length + second.length > 2) {
      if (isPerson(view(), match.index, first, second)) found.push(spanOf(match));
    }
  }
  return found;
}

const TWO_PARTS =
  /(?<![\p{Script=Han}々ァ-ヺーA-Za-z] ?)([\p{Script=Han}々ヶケ]{1,4})[ _/・,.]([\p{Script=Han}々]{1,3}|[ァ-ヺー]{2,5}|[ぁ-ゖ]{2,4})(?![\p{Script=Han}々ァ-ヺーぁ-ゖ])/gu;

function isPerson(view: WordView, start: number, first: string, second: string): boolean {
  const [family] = view.wordsIn(start, start + first.length);
  const from = start + first.length + 1;
  const given = view.wordsIn(from, from + second.length);
  return family?.proper === "人名" || given.some(({ proper }) => proper === "人名");
}

/** 「渡辺律子」, where kuromoji sees a surname and a given name. */
function joinedNames(text: string, view: () => WordView): Span[] {
  const found: Span[] = [];
  for (const match of text.matchAll(HAN_RUN)) {
    const end = match.index + match[0].length;
    const words = view().wordsIn(match.index, end);
    let start = match.index;
    for (const [index, family] of words.entries()) {
      const given = words[index + 1];
      const width = family.surface.length + (given?.surface.length ?? 0);
      if (
        given?.proper === "人名" &&
        family.proper === "人名" &&
        isPair(family.surface, given.surface)
      ) {
        const isLast = index + 2 === words.length || words[index + 2]?.posDetail === "接尾";
        if (
          isLast &&
          GIVEN_TAIL.test(given.surface) &&
          isFreeBehind(text, { start, end: start + width }) &&
          !isPublic(text, { start, end: start + width })
        )
          found.push({ start, end: start + width });
      }
      start += family.surface.length;
    }
  }
  return found;
}

/** What given names end in, and things seldom. */
const GIVEN_TAIL =
  /[子美恵代江香奈菜夫男雄郎一二三治司人也哉太介助平樹輝明昭彦之幸志史斗翔真朗吾悟弥織穂希紀季理里莉沙紗衣依葉音愛乃良枝絵佳加央緒夏海輔佑祐亮誠隆洋健哲雅浩博宏和正晴]$/;
const HAN_RUN = /[\p{Script=Han}々ヶケ]{3,12}/gu;

function isPair(family: string, given: string): boolean {
  return given.length > 1 && isFamilyName(family) && isGivenName(given);
}

/** Persons of history, whom reviews of places are full of, and 「松本清ではなく」. */
function isPublic(text: string, { start, end }: Span): boolean {
  return (
    HISTORY.has(text.slice(start, end)) ||
    /^(?:ではなく|作品?|記念|像|公|氏?ゆかり|の(?:作品?|句|歌|像|墓|生家|絵|小説|時代))/.test(
      text.slice(end),
    )
  );
}

/** 「やまなし」と読みます: how a name is read is the name. */
function readings(text: string): Span[] {
  return Array.from(
    text.matchAll(/「([ぁ-ゖァ-ヺー]{2,10})」と(?=読み|お読み|よみ)/gu),
    ({ 1: reading = "", index }) => ({
      start: index + 1,
      end: index + 1 + reading.length,
    }),
  );
}

/** 「M様」, 「T.K.さん」. */
function initials(text: string): Span[] {
  return Array.from(
    text.matchAll(/(?<![A-Za-z.])[A-Z](?:[.・][A-Z])?\.?(?=[ ]?(?:様|さん|氏|さま))/gu),
    spanOf,
  );
}

/** 「名前を「田中」から「高田」に」: a name in brackets in a voice that speaks of names. */
function quoted(text: string): Span[] {
  if (!/名前|[名苗]字|氏名|宛名|名札|名義|様/.test(text)) return [];
  return Array.from(
    text.matchAll(
      /「([\p{Script=Han}々ヶケ]{2,6}|[ァ-ヺー]{2,6})(?: ([\p{Script=Han}々]{1,3}|[ァ-ヺー]{2,6}))?」/gu,
    ),
  )
    .filter(({ 1: first = "", 2: second }) =>
      second === undefined
        ? isWholeName(first) && !namesNobody(first)
        : isFamilyName(first) && isGivenName(second),
    )
    .map(({ 0: all, index }) => ({ start: index + 1, end: index + all.length - 1 }));
}

function isWholeName(word: string): boolean {
  if (isFamilyName(word) && !PLACES.has(word)) return true;
  for (let cut = 1; cut < word.length; cut += 1) {
    if (isFamilyName(word.slice(0, cut)) && isGivenName(word.slice(cut))) return true;
  }
  return false;
}

/** 「佐藤花子より」, 「まゆみより」 at the end. */
function senders(text: string, view: () => WordView): Span[] {
  const match = /[ ]?(?:より|拝)[。!]?$/.exec(text);
  if (match === null) return [];
  const name = nameBefore(text, { at: match.index, strength: "likely", view: view() });
  return name === undefined || !/(?:^|[\s。、!♪])$/.test(text.slice(0, name.start)) ? [] : [name];
}

/** 「あっちゃん」, 「さっちゃん」. */
function nicknames(text: string): Span[] {
  return Array.from(
    text.matchAll(
      /(?<![ぁ-ゖ])(?!おっ|赤|ぼっ|坊っ|あんっ)[ぁ-ゖ]{1,2}っ(?=ちゃん)|(?<=[のはがと、])(?!おっ|ぼっ)[ぁ-ゖ]{1,2}っ(?=ちゃん)/gu,
    ),
    spanOf,
  );
}

/** 「…お願いします。 木下」: the writer at the end. */
function closings(text: string, view: () => WordView): Span[] {
  const [match] = text.matchAll(
    /(?<=[。!?♪][ ]?)([\p{Script=Han}々ヶケ]{2,4})(?: [\p{Script=Han}々]{1,3})?$/gu,
  );
  if (match === undefined || !isFamilyName(match[1] ?? "")) return [];
  const span = spanOf(match);
  return view().wordsIn(span.start, span.end)[0]?.proper === "地域" ? [] : [span];
}

/** A handle of two words of Japanese syllables is a person's name; 「@fukui_trip」 is none. */
function handles(text: string): Span[] {
  return Array.from(
    text.matchAll(
      /(?<![A-Za-z0-9._%+-]@?)@([A-Za-z]{3,12})[._]([A-Za-z]{3,12})[0-9]{0,4}(?![A-Za-z0-9.])/gu,
    ),
  )
    .filter(({ 1: first = "", 2: second = "" }) => isRomaji(first) && isRomaji(second))
    .map(({ 0: handle, index }) => ({ start: index + 1, end: index + handle.length }));
}

const KIN =
  "(?:長男|次男|三男|長女|次女|三女|娘|息子|夫|妻|主人|旦那|母|父|祖父|祖母|兄|姉|弟|妹|甥|姪|孫|おば|おじ|叔母|叔父|双子|[0-9一二三四五六七八九]{1,2}[歳才])(?:の(?:名前は)?|[、・(「])";
/** 「美月(5歳)」, 「娘 莉子 3歳」, 「子どもの名前は蓮です」. */
const CHILD =
  /(?:(?:娘|息子|孫|長男|次男|長女|次女|子|姪|甥)[ 、(]|名前[はが]「?|(?<=^|[、。\s(と]))([\p{Script=Han}々]{1,3}|[ぁ-ゖ]{2,4}|[ァ-ヺー]{2,4})(?=[ 、]?[(]?[0-9]{1,2}[歳才か代ヶ]|(?:です|でした|といいます|と言います|」)(?<=名前[はが]「?.{1,8}))/gu;
const KIN_BEFORE = new RegExp(
  `${KIN}([\\p{Script=Han}々]{1,3}子?|[ァ-ヺー]{2,4}子?|[ぁ-ゖ]{2,4}?)(?=[がはもとにへを)」]|です|より|から|のため|の(?:代わり|代理|分|名前|名義)|用|宛)|(?:長男|次男|三男|長女|次女|三女)([\\p{Script=Han}々]{1,3}|[ぁ-ゖ]{2,4}?)(?=[がはもとにへをの])`,
  "gu",
);

/** 「娘の結愛が」, 「母のフミは」, 「双子の蒼と碧に」. */
function families(text: string, view: () => WordView): Span[] {
  const found: Span[] = [];
  for (const match of text.matchAll(KIN_BEFORE)) {
    const name = match[1] ?? match[2] ?? "";
    const end = match.index + match[0].length;
    const start = end - name.length;
    const isChildsPlace = /^[長次三][男女]/.test(match[0]) && name.length > 0 && isGivenName(name);
    if (!isChildsPlace && !isChild(name, view().wordsIn(start, end))) continue;
    found.push({ start, end });
    const twin =
      /^と([\p{Script=Han}々]{1,3}|[ァ-ヺー]{2,4}|[ぁ-ゖ]{2,4}?)(?=[がはもにへを])/u.exec(
        text.slice(end, end + 6),
      );
    if (twin?.[1] !== undefined && isGivenName(twin[1]))
      found.push({ start: end + 1, end: end + 1 + twin[1].length });
  }
  for (const match of text.matchAll(CHILD)) {
    const name = match[1] ?? "";
    const end = match.index + match[0].length;
    const span = { start: end - name.length, end };
    const isKana = /^[ぁ-ゖァ-ヺー]/.test(name);
    const [word] = view().wordsIn(span.start, end);
    if (
      isModernGivenName(name) ||
      (isGivenName(name) && (isKana ? word?.pos !== "助詞" : word?.proper === "人名"))
    )
      found.push(span);
  }
  return found;
}

function isChild(name: string, words: readonly Morpheme[]): boolean {
  const [word] = words;
  if (words.length === 1 && word?.proper === "人名") return true;
  if (words.length === 1 && word?.pos === "名詞" && word.posDetail !== "固有名詞")
    return isModernGivenName(name) || (/^[ァ-ヺー]+$/.test(name) && isGivenName(name));
  if (isGivenName(name))
    return words.length !== 1 || word?.posDetail === "固有名詞" || word?.pos !== "名詞";
  return (
    /^\p{Script=Han}{2}$/u.test(name) &&
    words.length === 2 &&
    words.every(({ posDetail }) => posDetail !== "接尾")
  );
}

/** A last line that is a name, or ends in one behind a company and its department. */
function signatures(text: string, view: () => WordView): Span[] {
  const lastBreak = text.lastIndexOf("\n");
  if (lastBreak < 0) return [];
  const line = text.slice(lastBreak + 1);
  const match = SIGNATURE.exec(line);
  const [, name, writer] = match ?? [];
  if (writer !== undefined) return [{ start: text.length - writer.length, end: text.length }];
  if (match === null || name === undefined) return [];
  const end = text.length - (match[0].length - match[0].lastIndexOf(name) - name.length);
  const found = nameBefore(text, {
    at: end,
    strength: match[0].length === line.length ? "sure" : "likely",
    view: view(),
  });
  return found === undefined || found.end - found.start < 2 ? [] : [found];
}

const SIGNATURE =
  /^(?:[^。、]{0,30}(?:部|課|室|係|社|店)[ ])?((?:[\p{Script=Han}々ヶケ]{1,4} ?[\p{Script=Han}々ぁ-ゖァ-ヺ]{1,4})|[ァ-ヺー]{2,6} [ァ-ヺー]{2,6})[ ]?$|^by ([^ ].{1,12})$/u;

/** 「真鍋→遠藤→曽我部の順」, 「江藤、木内、馬場の3名」. */
function rows(text: string, view: () => WordView): Span[] {
  const found: Span[] = [];
  for (const match of text.matchAll(ROW)) {
    const spans = Array.from(match[0].matchAll(/[\p{Script=Han}々ヶケ]+/gu), (part) => ({
      start: match.index + part.index,
      end: match.index + part.index + part[0].length,
    }));
    const areNames = spans.every(({ start, end }) => isFamilyName(text.slice(start, end)));
    const persons = spans.filter(
      ({ start, end }) => view().wordsIn(start, end)[0]?.proper === "人名",
    );
    if (areNames && persons.length > 0) found.push(...spans);
  }
  return found;
}

const ROW =
  /(?<![\p{Script=Han}々])[\p{Script=Han}々ヶケ]{1,4}(?:[、・/→&][\p{Script=Han}々ヶケ]{1,4}){1,9}(?=の?(?:[0-9一二三四五六七八九]{1,2}[名人]|順|ご?両名)|で(?:伺|訪|宿泊|参)|様|さん)/gu;

/** 「鈴木花子(すずきはなこ)」 */
function readingsBehind(text: string, names: readonly Span[]): Span[] {
  return names.flatMap(({ end }) => {
    const reading = /^[ ]?[(「]([ぁ-ゖァ-ヺー ]{2,16})[)」]/.exec(text.slice(end, end + 20));
    if (reading?.[1] === undefined || /^[ぁ-ん]?(?:仮|母|父|様|さん)/.test(reading[1])) return [];
    const start = end + reading[0].indexOf(reading[1]);
    return [{ start, end: start + reading[1].length }];
  });
}

/** The same name elsewhere in the voice, as a word of its own. */
function again(text: string, names: readonly Span[]): Span[] {
  const known = new Set(names.map(({ start, end }) => text.slice(start, end)));
  return [...known].flatMap((name) => {
    if (name.length < 2 || !/^[\p{Script=Han}々ヶケァ-ヺー]+$/u.test(name)) return [];
    const found: Span[] = [];
    for (
      let start = text.indexOf(name);
      start >= 0;
      start = text.indexOf(name, start + name.length)
    ) {
      const span = { start, end: start + name.length };
      if (isWordOfItsOwn(text, span)) found.push(span);
    }
    return found;
  });
}

function isWordOfItsOwn(text: string, span: Span): boolean {
  const [before = "", after = ""] = [text[span.start - 1], text[span.end]];
  const isKatakana = /^[ァ-ヺー]/.test(text.slice(span.start));
  if (isKatakana) return !/[ァ-ヺー]/.test(before + after);
  return (
    !/[\p{Script=Han}々]/u.test(before) &&
    isFreeBehind(text, span) &&
    !/^(?:[ぁ-ん]?[\p{Script=Han}ァ-ヺ]{2})/u.test(after)
  );
}

function spanOf(match: RegExpExecArray): Span {
  return { start: match.index, end: match.index + match[0].length };
}
