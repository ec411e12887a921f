import { type Html, html, trustedMarkup } from "./html.ts";
import { BASE_CSS } from "./style.ts";

export type HtmlPage = {
  readonly title: string;
  /** What the page has beyond the styles that all share. */
  readonly css: string;
  readonly body: Html;
  /** Whether a picture is written into it. */
  readonly hasImage?: boolean;
};

/** A whole document that runs no script and loads nothing. */
export function htmlPage({ title, css, body, hasImage = false }: HtmlPage): Html {
  return html`<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'${hasImage ? "; img-src data:" : ""}">
<title>${title}</title>
<style>${trustedMarkup(BASE_CSS + css)}</style>
</head>
<body>
${body}
</body>
</html>
`;
}
