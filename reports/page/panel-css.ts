/** Voice lists: nothing until a number is followed, then a sheet beside the page (below it on a phone). */
export const PANEL_CSS = `
.panel{display:none}
.panel:target,.panel:has(:target){display:block;position:fixed;z-index:1;margin:0;top:0;right:0;bottom:0;width:min(520px,100%);overflow:auto;overscroll-behavior:contain;background:#fff;border-left:3px solid var(--accent);box-shadow:-8px 0 32px rgba(27,34,43,.16);padding:0 24px 32px}
.panel header{position:sticky;top:0;background:#fff;display:flex;justify-content:space-between;align-items:baseline;gap:16px;padding:16px 0 8px;border-bottom:1px solid var(--ink)}
.panel h2{font-size:16px;border:0;margin:0;padding:0}
.panel .close{white-space:nowrap;font-size:14px;padding:4px 0}
.panel :target .voice{background:var(--tint)}
.panel .rest{padding:16px 0;font-weight:600}
.panel pre{white-space:pre-wrap}
@media (max-width:760px){.panel:target,.panel:has(:target){top:auto;height:80vh;border-left:0;border-top:3px solid var(--accent);padding:0 16px 24px}}
`;
