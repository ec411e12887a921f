import { expect, test } from "vitest";
import { detectSpokenHomes } from "../../../../pipeline/text/mask/detect-spoken-homes.ts";

const found = (text: string) =>
  detectSpokenHomes(text).map(({ start, end }) => text.slice(start, end));

test.each([
  {
    why: "read out from the prefecture",
    text: "とやまけん、なんとし、いなみの、さんぜんよんじゅうろくです。",
    home: "とやまけん、なんとし、いなみの、さんぜんよんじゅうろく",
  },
  {
    why: "read out from the city",
    text: "えっと、いちかわし、すわだの、にのじゅうごのはちです",
    home: "いちかわし、すわだの、にのじゅうごのはち",
  },
  { why: "a lot alone", text: "番地は千二百三十四番地の五です", home: "千二百三十四番地の五" },
  { why: "a house by its name", text: "届け先の「コーポ滝野川」が違います", home: "コーポ滝野川" },
  {
    why: "a house and its room",
    text: "部屋は、メゾン青葉 203号室です",
    home: "メゾン青葉 203号室",
  },
  {
    why: "Latin letters by lines",
    text: "Yamate Heights #302\n1-15-9 Motomachi\nNaka-ku, Yokohama",
    home: "Yamate Heights #302\n1-15-9 Motomachi\nNaka-ku, Yokohama",
  },
  {
    why: "a town in Latin letters",
    text: "Minamisenju 4-7-12-1503宛なら届きます",
    home: "Minamisenju 4-7-12-1503",
  },
  { why: "a hamlet alone", text: "字東浦12-3としか住所がない", home: "字東浦12-3" },
  { why: "a hamlet of a town", text: "いわきの平字田町7-1です", home: "平字田町7-1" },
  { why: "Kyoto's streets", text: "烏丸通四条下ルの町家です", home: "烏丸通四条下ル" },
  { why: "Kyoto's streets, short", text: "四条烏丸西入ルに届けて", home: "四条烏丸西入ル" },
  { why: "Sapporo's lines", text: "東4南12で通じます", home: "東4南12" },
  { why: "a block and a lot alone", text: "二丁目の三十五番地の角", home: "二丁目の三十五番地" },
  { why: "a town and a lot", text: "片町12番地の3に住む", home: "片町12番地の3" },
  { why: "a block that is a home", text: "町田の鶴川6丁目の者です", home: "町田の鶴川6丁目" },
  { why: "a town's flats", text: "県営住宅3号棟401の母", home: "県営住宅3号棟401" },
  { why: "a flat with の", text: "都営アパート11の302", home: "都営アパート11の302" },
  { why: "a room told as such", text: "部屋はメゾン青葉 203です", home: "メゾン青葉 203" },
  { why: "a room to send to", text: "ハイツ中央1204宛てに", home: "ハイツ中央1204" },
  {
    why: "Latin letters with a city",
    text: "2-8-5-304 Minami-Azabu, Minato-ku, Tokyo.",
    home: "2-8-5-304 Minami-Azabu, Minato-ku, Tokyo",
  },
  {
    why: "a house's name as it was misprinted",
    text: "住所の「コーポ滝野川」が「コーポ滝の川」に",
    home: "コーポ滝の川",
  },
  {
    why: "read out with の between its numbers",
    text: "板橋の高島平、えー、2の26の3の415。",
    home: "板橋の高島平、えー、2の26の3の415",
  },
  {
    why: "places with の between them",
    text: "青森の弘前の城東の、中央3の9",
    home: "青森の弘前の城東の、中央3の9",
  },
  {
    why: "read out up to the block",
    text: "松山市のですね、余戸の、南の、三丁目です",
    home: "松山市のですね、余戸の、南の、三丁目",
  },
])("an address is found: $why", ({ text, home }) => {
  expect(found(text)).toContain(home);
});

test.each([
  { why: "a sentence in kana", text: "たのしかったし、またいきたいとおもいます。" },
  { why: "a prefecture alone", text: "とやまけんのおみやげです。" },
  { why: "a hotel's room", text: "ホテルの302号室は海が見えて最高" },
  { why: "a film", text: "3丁目の夕日を見た" },
  { why: "a score", text: "石川の試合は2の5で負けた" },
  { why: "a block as a place", text: "香林坊2丁目のバス停で" },
  { why: "a platform", text: "3丁目3番線" },
  { why: "a count of letters", text: "文字3-4個、字数200" },
  { why: "a flat without a number", text: "県営住宅が見えた" },
  { why: "a product's number", text: "コート203を買った" },
  { why: "a day in English", text: "2025-7-1 Tuesday, July" },
  { why: "directions", text: "北へ3、南へ4" },
  { why: "to come down", text: "山を下る道" },
  { why: "a model's number", text: "Canon 4-7の電池" },
])("$why is no address", ({ text }) => {
  expect(found(text)).toEqual([]);
});

test.each([
  "とやまけん",
  "あし、",
  "あし、あ",
  "番地は一",
  "「コーポ",
  "Ab 1-1-1 ",
  "メゾン",
  "Aa ",
  "字一",
  "四条通",
  "東4",
  "1丁目",
  "市営住宅",
  "部屋はメゾン",
  "1-1-1 Ab, ",
  "石川の",
  "松山市の、一の、",
  "住所「コーポ",
])("20,000 units of %j are read at once", (piece) => {
  const text = piece.repeat(20_000 / piece.length);
  const started = performance.now();
  detectSpokenHomes(text);
  expect(performance.now() - started).toBeLessThan(2_000);
});
