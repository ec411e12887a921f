/** One accent, indigo, and greys: told apart by lightness alone, so that they survive a black and white print. */
export const COLOURS = {
  ink: "#1b222b",
  soft: "#5a6470",
  line: "#d5dbe2",
  tint: "#f3f6f9",
  accent: "#164a7c",
  pale: "#cfdeec",
} as const;

/** What all reports share. Sizes are multiples of 8 px, or 4 inside a line. */
export const BASE_CSS = `
:root{--ink:${COLOURS.ink};--soft:${COLOURS.soft};--line:${COLOURS.line};--tint:${COLOURS.tint};--accent:${COLOURS.accent};--pale:${COLOURS.pale}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:24px}
body{margin:0;background:#fff;color:var(--ink);font:15px/1.75 "Hiragino Kaku Gothic ProN","Hiragino Sans","BIZ UDPGothic","Yu Gothic Medium","YuGothic","Meiryo","Noto Sans CJK JP","Noto Sans JP",sans-serif;font-variant-numeric:tabular-nums;line-break:strict;overflow-wrap:anywhere;-webkit-print-color-adjust:exact;print-color-adjust:exact}
h1,h2,h3,p,ul,ol,dl,dd,figure,blockquote{margin:0;padding:0}
ul,ol{list-style:none}
a{color:var(--accent);text-decoration-thickness:1px;text-underline-offset:3px}
a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.n{font-weight:600;white-space:nowrap}
.soft{color:var(--soft)}
.small{font-size:13px;line-height:1.7}
.nowrap{white-space:nowrap}
main{max-width:1040px;margin:0 auto;padding:0 24px 96px}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:8px;border-bottom:1px solid var(--line);vertical-align:top;font-weight:400}
thead th{font-size:12px;color:var(--soft);border-bottom:1px solid var(--ink);vertical-align:bottom;line-height:1.4;padding-top:0}
th:first-child,td:first-child{padding-left:0}
td.num,th.num{text-align:right}
svg{display:block;width:100%;height:auto}
mark{background:none;color:inherit;font-weight:600;text-decoration:underline;text-decoration-color:var(--accent);text-decoration-thickness:2px;text-underline-offset:4px}
.tag{font-size:12px;line-height:18px;display:inline-block;padding:0 6px;border:1px solid var(--line);border-radius:2px;color:var(--soft);max-width:100%}
.tag b{font-weight:600}
.tag.by-person{border-color:var(--accent);color:#fff;background:var(--accent)}
.where{font-size:12px;line-height:20px;color:var(--soft)}
.state{display:inline-block;font-size:13px;line-height:24px;padding:0 12px;border:1px solid var(--accent);color:var(--accent);font-weight:600;letter-spacing:.2em;text-indent:.2em}
.state.final{background:var(--accent);color:#fff}
.voice{padding:8px 0;border-bottom:1px solid var(--line)}
.voice p{line-height:1.7}
.correction table{margin-top:16px;font-size:13px}.correction table:not(:has(.why)){max-width:640px}
.correction .why{min-width:320px;padding-left:24px}
.correction td,.correction tbody th{padding-top:4px;padding-bottom:4px}
.marks{margin-top:8px}.marks caption{text-align:left}.marks td,.marks th{padding:4px 8px 4px 0}
@media screen and (max-width:760px){.correction tr{display:flex;flex-wrap:wrap}.correction tr>:first-child,.correction tr>.why{flex:1 0 100%;padding-left:0;border:0}.correction td.num,.correction th.num{flex:1;text-align:left;padding-left:0;border:0}.correction tr{border-bottom:1px solid var(--line)}}
.data{margin-top:8px}.data summary{cursor:pointer;color:var(--accent)}.data td,.data th{padding:2px 8px}
@media print{.data{display:none}}
pre{font:12px/1.6 ui-monospace,"SFMono-Regular",Consolas,"Noto Sans Mono CJK JP",monospace;background:var(--tint);padding:16px;overflow:auto;white-space:pre;margin:8px 0}
`;
