import { PANEL_CSS } from "../page/panel-css.ts";

export const MONTHLY_CSS = `${PANEL_CSS}
main{max-width:880px}
p,li{text-wrap:pretty}
.masthead{display:flex;justify-content:space-between;align-items:flex-end;gap:24px;padding:40px 0 12px;border-bottom:3px solid var(--ink)}
.kicker{color:var(--accent);font-weight:600;letter-spacing:.08em;font-size:14px}
h1{font-size:28px;line-height:1.3}
.period{text-align:right;font-size:14px}
.week{font-size:20px;font-weight:600}
.state{vertical-align:3px;margin-left:8px}
h2{font-size:14px;line-height:24px;margin-bottom:8px;border-bottom:1px solid var(--ink)}
section{margin-top:24px}
.findings h2{border:0;color:var(--accent);margin-bottom:0}
.findings ol{counter-reset:line}
.findings li{counter-increment:line;position:relative;padding:2px 0 2px 32px;font-size:17px;line-height:1.65}
.findings li::before{content:counter(line);position:absolute;left:0;top:6px;width:20px;height:20px;line-height:20px;text-align:center;font-size:12px;font-weight:600;background:var(--accent);color:#fff}
.evidence{font-size:13px;line-height:1.65}
.key{display:grid;grid-template-columns:repeat(4,1fr);gap:16px}
.card{border-top:1px solid var(--ink);padding-top:4px}
.card h3{font-size:12px;color:var(--soft);font-weight:400}
.big{font-size:28px;line-height:40px;font-weight:600}
.big span{font-size:14px;margin-left:4px;font-weight:400}
.columns{display:grid;grid-template-columns:1fr 1fr;gap:0 32px}
.columns.middle{grid-template-columns:280px 1fr}
.change{color:var(--soft)}
.change.certain{font-weight:600;color:var(--ink);white-space:nowrap}
.topics{font-size:13px;line-height:1.5}
.topics td,.topics tbody th{padding:5px 6px;vertical-align:baseline}
.topics th{padding-left:6px;padding-right:6px}
.topics th:first-child{padding-left:0}
.topics thead th{font-size:12px;word-break:keep-all;overflow-wrap:normal}
.topics tbody th{min-width:112px}
.topics td.num,.topics th.num{width:46px}
.topics .moved{font-size:12px}
.topics .change{margin-right:4px}
.zero{color:var(--soft);font-weight:400}
blockquote{padding-left:12px;border-left:2px solid var(--pale);margin-bottom:8px;font-size:14px}
blockquote p:first-child{line-height:1.65;text-indent:-.5em}
.note{margin-bottom:12px}
.note .reason{font-weight:600;font-size:14px;line-height:1.65}
.note blockquote{margin:4px 0 0;font-size:12px}
.marks td,.marks th{padding:2px 8px 2px 0;border:0}
.decisions li{padding:6px 0;border-bottom:1px solid var(--line);font-size:14px;line-height:1.65}
.decisions .nowrap{font-size:12px}
.paper{display:none}
.print-small{margin-top:24px;padding-top:8px;border-top:1px solid var(--line);font-size:12px;line-height:1.7;color:var(--soft)}
.rest{margin-top:64px;border-top:3px solid var(--line)}
.rest section{margin-top:48px}
.rest h2{font-size:18px;line-height:32px}
.rest h3{font-size:15px;margin-top:24px}
.facts{display:grid;grid-template-columns:176px 1fr}
.facts dt,.facts dd{padding:8px 0;border-bottom:1px solid var(--line)}
.facts dt{color:var(--soft)}
@media screen and (max-width:760px){
main{padding:0 16px 64px}
.masthead{display:block;padding-top:24px}
.period{text-align:left;margin-top:8px}
.key{grid-template-columns:1fr 1fr}
.columns,.columns.middle,.facts{grid-template-columns:1fr}
.facts dt{border:0;padding-bottom:0}
.facts dd{padding-top:0}
.findings li{font-size:16px}
.topics td,.topics tbody th{padding:6px 4px}
}
@media print{
@page{size:A4;margin:11mm 13mm}
.panels,.rest>section:not(.definitions){display:none}
.rest{margin:0;border:0}.rest .definitions{break-before:page;margin-top:0}.rest h2{font-size:14pt}
.rest .facts{grid-template-columns:130px 1fr}.rest .facts dt,.rest .facts dd{padding:5px 0;break-inside:avoid}
a{color:inherit;text-decoration:none}
body{font-size:9.5pt;line-height:1.6}
main{padding:0;max-width:none}
.sheet{height:274mm;overflow:hidden;break-inside:avoid;display:flex;flex-direction:column}
.sheet>*{flex:none}
.columns.last{flex:1 1 0;min-height:0;grid-template-rows:minmax(0,1fr)}
.columns.last>*{display:flex;flex-flow:column wrap;align-content:flex-start;overflow:hidden}
.columns.last>*>*,.columns.last .decisions>*,.columns.last .praise>*,.columns.last .decisions li{width:100%}
.columns.last .decisions,.columns.last .praise,.columns.last .decisions ul{display:contents}.columns.last>div h2{margin-top:11px}
.masthead{padding-top:0}
h1{font-size:18pt;word-break:auto-phrase;text-wrap:balance}
section{margin-top:11px}
.findings>p,.watch{font-size:8pt;line-height:1.4}.watch p{display:inline;font-size:inherit;line-height:inherit}.watch p::after{content:"　"}
.findings li{font-size:10.5pt;line-height:1.5;text-wrap:pretty}
.evidence{font-size:8.5pt;line-height:1.45;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden}
.small{font-size:8pt}
.key{gap:12px}
.big{font-size:20pt;line-height:34px}
.columns{gap:0 20px}.columns.middle{grid-template-columns:220px 1fr}.middle .small{font-size:8pt}
.topics{font-size:8.5pt}
.topics tbody th{line-height:1.3;min-width:88px;max-width:130px}
.topics td,.topics tbody th{padding:3px 4px}
.topics .moved{font-size:8pt}.change~.soft:not(.nowrap){display:none}
blockquote{font-size:9pt;margin-bottom:6px}
blockquote p:first-child,.note .reason{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:3;overflow:hidden}
.note{margin-bottom:5px}
.note .reason{font-size:9pt;-webkit-line-clamp:2}
.note blockquote{font-size:8pt;margin-top:2px}
.note blockquote p:first-child{-webkit-line-clamp:2}
.note:nth-last-of-type(n+3) blockquote p:first-child,.note:nth-last-of-type(n+3)~.note blockquote p:first-child{-webkit-line-clamp:1}
.note:nth-of-type(n+3) blockquote{display:none}
.decisions li{font-size:9pt;line-height:1.5;padding:3px 0}.decisions p{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden}.decisions p+p+p{display:none}
.columns.last:has(.decisions) .note:nth-of-type(n+3),.columns.last:has(.decisions) .awareness>.small{display:none}
.marks,.marks td{font-size:8pt;line-height:1.4}
.decisions+.praise blockquote~blockquote,.decisions:has(li:nth-child(3))+.praise{display:none}
.tag{font-size:8pt;line-height:13px;padding:0 4px}
.topics td.num,.topics th.num{width:38px}
.where{font-size:8pt;line-height:1.6}
.paper{display:block}
.print-small{margin-top:10px;padding-top:6px;font-size:8pt;line-height:1.55}
}
`;
