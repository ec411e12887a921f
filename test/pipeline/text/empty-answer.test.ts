import { describe, expect, test } from "vitest";
import { isEmptyAnswer } from "../../../pipeline/text/empty-answer.ts";

describe("an answer that says nothing", () => {
  test.each(
    [
      ..."特になし,なし,特に無し,特にない,とくになし,特にありません,ない,無し。,特になし。,特に無い,ありません".split(
        ",",
      ),
      ..."特にないです,特にないです。,無い,無,ナシ,特にありませんでした。,得になし,特にはありません,別に無し".split(
        ",",
      ),
      ..."特に思いつきません。,思いつかない。,特にございません。,特になしです!,今のところ特にない,なしなし".split(
        ",",
      ),
      ..."何もないです,特に意見はないです。,該当無し,「特になし」,特に、ありません。,特に言うことなし,特にないかな?".split(
        ",",
      ),
      ..."同上,上記と同じ,上記に同じ。,上に同じ,上記の通りです。,上記同様,前述と同様,同上です".split(
        ",",
      ),
      ..."none,None,N/A,na,nothing,-,・,。,...,ー,〜,×,0,あ,x,( ),、".split(","),
      "",
    ].map((input) => ({ input })),
  )("$input", ({ input }) => {
    expect(isEmptyAnswer(input)).toBe(true);
  });
});

describe("an answer that says something", () => {
  test.each(
    [
      ..."分からない,わからない,問題なし,不満なし,特に不満はない,特に問題ありません,駐車場がない,トイレがない".split(
        ",",
      ),
      ..."良くも悪くもない,おもてなし,なしのケーキ,梨,無料,特に良かった,特になし。でも高い,言うことなし!,上記の店が高い".split(
        ",",
      ),
      ..."少ない,蟹,海,😊,👍,混んでない,上品,同じ味,ないと困る,コンビニがない,特に夜が暗い,5,10点".split(
        ",",
      ),
      ..."可もなく不可もなし,上がった,no parking,なしで良い,ありませんでしたので困った".split(","),
    ].map((input) => ({ input })),
  )("$input", ({ input }) => {
    expect(isEmptyAnswer(input)).toBe(false);
  });
});
