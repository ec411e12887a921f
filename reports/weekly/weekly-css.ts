import { PANEL_CSS } from "../page/panel-css.ts";

export const WEEKLY_CSS = `${PANEL_CSS}
.masthead{display:flex;justify-content:space-between;align-items:flex-end;gap:24px;padding:48px 0 16px;border-bottom:3px solid var(--ink)}
.kicker{color:var(--accent);font-weight:600;letter-spacing:.08em}
p,li{text-wrap:pretty}
h1{font-size:32px;line-height:1.3;letter-spacing:.02em}
.period{text-align:right}
.week{font-size:20px;font-weight:600;margin-bottom:4px}
.state{vertical-align:3px;margin-left:8px}
section{margin-top:64px}
section.headlines{margin-top:32px}
section.key{margin-top:40px}
section.scope{margin-top:32px}
h2{font-size:20px;line-height:1.4;padding-bottom:8px;margin-bottom:16px;border-bottom:1px solid var(--ink)}
h3{font-size:16px;line-height:1.5}
.headlines ol{counter-reset:line}
.headlines li{counter-increment:line;position:relative;padding:4px 0 4px 40px;font-size:18px;line-height:1.7}
.headlines li::before{content:counter(line);position:absolute;left:0;top:8px;width:24px;height:24px;line-height:24px;text-align:center;font-size:14px;font-weight:600;background:var(--accent);color:#fff}
.key{display:grid;grid-template-columns:repeat(4,1fr);gap:24px}
.key+p{margin-top:16px}
.card{border-top:1px solid var(--ink);padding-top:8px}
.card h2{font-size:13px;color:var(--soft);border:0;margin:0;padding:0;font-weight:400}
.big{font-size:40px;line-height:56px;font-weight:600;letter-spacing:-.01em}
.big span{font-size:16px;margin-left:4px;font-weight:400}
.big .zero{font-size:inherit;margin:0}
.big a{text-decoration-thickness:2px}
.change{white-space:nowrap;color:var(--soft)}
.change.certain{font-weight:600;color:var(--ink)}
.rule{margin-top:16px;max-width:800px}
.priorities{counter-reset:rank}
.priorities>li{counter-increment:rank;display:grid;grid-template-columns:48px minmax(280px,360px) 1fr;gap:8px 24px;padding:16px 0;border-bottom:1px solid var(--line)}
.priorities>li::before{content:counter(rank);font-size:32px;line-height:40px;font-weight:600;color:var(--accent)}
.priorities h3{font-size:18px;line-height:40px}
.harm{margin-bottom:16px;padding:8px 16px;border-left:4px solid var(--accent);background:var(--tint)}
.decisions li{padding:8px 0;border-bottom:1px solid var(--line)}
.signals>li{display:grid;grid-template-columns:minmax(280px,408px) 1fr;gap:8px 24px;padding:16px 0;border-bottom:1px solid var(--line)}
blockquote{padding-left:16px;border-left:2px solid var(--pale);margin-bottom:16px}
blockquote p:first-child{line-height:1.7;text-indent:-.5em}
.group{display:grid;grid-template-columns:160px 1fr;gap:8px 24px;padding:16px 0;border-bottom:1px solid var(--line)}
.group.praise{grid-template-columns:1fr}
.group .quotes{display:grid;grid-template-columns:1fr 1fr;gap:8px 32px}
.group .quotes>:only-child{grid-column:1/-1}
.charts{display:grid;grid-template-columns:1fr 352px;gap:24px 48px;margin-bottom:32px}
figcaption{font-size:13px;margin-bottom:8px;display:flex;flex-wrap:wrap;gap:0 16px}
.legend{color:var(--soft)}
.legend i{display:inline-block;width:12px;height:12px;margin:0 4px 0 8px;vertical-align:-1px;border:1px solid var(--accent)}
.legend i.dark{background:var(--accent)}
.legend i.light{background:var(--pale)}
.narrow{display:none}
.topics td,.topics tbody th{padding-top:6px;padding-bottom:6px;vertical-align:baseline}
.topics td.num{width:96px;border-left:2px solid #fff}
.moved p{display:grid;grid-template-columns:184px minmax(168px,1fr) 144px;gap:0 8px}
.topics th[scope=row]{min-width:112px}
.quiet{margin-top:16px}.quiet summary{cursor:pointer;color:var(--accent);font-weight:600}.quiet-names{display:none}
.heat1{background:#eff4f9}.heat2{background:#d9e5f0}.heat3{background:#bdd2e5}.heat4{background:#9dbcd8}
.zero{color:var(--soft);font-weight:400}
.terms{display:grid;grid-template-columns:repeat(auto-fill,minmax(232px,1fr));gap:8px 24px}
.terms li{border-bottom:1px solid var(--line);padding-bottom:8px;display:flex;flex-direction:column}
.notes{display:grid;grid-template-columns:1fr 1fr;gap:24px 32px}
.note{background:var(--tint);padding:16px 24px}
.note .reason{font-weight:600;line-height:1.7}
.note blockquote{margin:16px 0 0;background:#fff;padding:8px 16px;border-left:2px solid var(--accent)}
section>h3{margin-top:32px}
.facts{display:grid;grid-template-columns:176px 1fr}
.facts dt,.facts dd{padding:8px 0;border-bottom:1px solid var(--line)}
.facts dt{color:var(--soft)}
@media screen and (max-width:760px){
main{padding:0 16px 64px}
.masthead{display:block;padding-top:24px}
h1{font-size:26px}
.period{text-align:left;margin-top:16px}
section{margin-top:48px}
.headlines li{font-size:16px}
.key{grid-template-columns:1fr 1fr;gap:24px 16px}
.big{font-size:32px;line-height:48px}
.priorities>li{grid-template-columns:32px 1fr}
.priorities .quotes{grid-column:2}
.priorities>li::before{font-size:24px}
.signals>li,.group,.charts,.notes,.group .quotes{grid-template-columns:1fr}
.wide{display:none}.narrow{display:block}
.topics{font-size:13px;line-height:1.5}
.topics td,.topics tbody th,.topics th{padding:8px 4px}
.moved p{display:block}.moved p+p{margin-top:4px}.moved span{margin-right:4px}.moved .change{display:inline-block;white-space:normal}.moved p>span:first-child .soft{display:none}
.topics td.num{width:44px}
.topics thead th{font-size:12px;overflow-wrap:normal;word-break:keep-all}
.topics th[scope=row]{min-width:80px}
.facts{grid-template-columns:1fr}
.facts dt{border:0;padding-bottom:0}
.facts dd{padding-top:0}
}
@media print{
@page{size:A4;margin:14mm}
body{font-size:9.5pt;line-height:1.65}
main{padding:0;max-width:none}
.masthead{padding-top:0}
a{color:inherit;text-decoration:none}
.panels{display:none}
.small{font-size:8.5pt}
.week{font-size:13pt}h2{font-size:13pt}
section{margin-top:16pt}
section.key,section.headlines{margin-top:12pt}
.headlines li{font-size:11.5pt}
.key{gap:12px}.big{font-size:22pt;line-height:36px}
.priorities>li{padding:8px 0}
.priorities h3{font-size:12pt;line-height:24px}.priorities>li::before{font-size:18pt;line-height:24px}
.topics td,.topics tbody th{padding-top:3px;padding-bottom:3px}
.topics td.num{width:52px}.topics th[scope=row]{min-width:96px}.topics .small{font-size:8.5pt}.moved p{grid-template-columns:156px minmax(88px,1fr) auto}.moved .change{white-space:normal}
.quiet{display:none}.quiet-names{display:block;margin-top:8px}
.group{padding:8px 0}blockquote{margin-bottom:8px}
.facts{grid-template-columns:144px 1fr}.facts dt,.facts dd{padding:4px 0}.definitions .facts{font-size:8pt;line-height:1.5}.definitions .facts{display:block;columns:2;column-gap:20px}.definitions .facts dt{padding:2px 0 0;border:0;break-after:avoid}.definitions .facts dd{padding:0 0 2px}
h2,h3,figcaption,h3+p{break-after:avoid}
p{orphans:3;widows:3}
.topics tbody tr:nth-child(-n+2){break-after:avoid}.topics tbody tr:nth-last-child(-n+2){break-before:avoid}
.priorities>li,.signals>li,.decisions li,.group,tr,blockquote,.note,figure,.card,.terms li{break-inside:avoid}
.priorities>li{grid-template-columns:32px 230px 1fr}
.charts{grid-template-columns:1fr 264px;gap:16px;margin-bottom:16px}.wide{display:none}.narrow{display:block}
.charts .legend{font-size:8pt;white-space:nowrap}
h1{font-size:18pt;word-break:auto-phrase;text-wrap:balance}.masthead .period{flex:none}
}
`;
