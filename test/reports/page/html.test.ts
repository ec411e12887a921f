import { expect, test } from "vitest";
import { html } from "../../../reports/page/html.ts";

test.each([
  {
    why: "a tag",
    text: "<script>alert(1)</script>",
    expected: "&#60;script&#62;alert(1)&#60;/script&#62;",
  },
  { why: "an attribute's end", text: `" onclick='x'`, expected: "&#34; onclick=&#39;x&#39;" },
  { why: "an entity", text: "&lt;", expected: "&#38;lt;" },
  { why: "a bidi override", text: "安全\u202e全安\u2066x\u200f", expected: "安全全安x" },
  { why: "control characters, but not line breaks", text: "a\u0000b\u001b\nc", expected: "ab\nc" },
  { why: "a lone surrogate", text: "a\ud800b", expected: "a\ufffdb" },
  { why: "an emoji, which is left alone", text: "👍", expected: "👍" },
])("$why cannot get out of a verbatim", ({ text, expected }) => {
  expect(html`<p>${text}</p>`.markup).toBe(`<p>${expected}</p>`);
});

test("markup inside markup is not escaped again, lists are joined, undefined is nothing", () => {
  const items = ["a<", "b"].map((text) => html`<li>${text}</li>`);
  expect(html`<ul>${items}</ul>${undefined}${3}`.markup).toBe(
    "<ul><li>a&#60;</li><li>b</li></ul>3",
  );
});
