import { cleanText } from "../formats/clean-text.ts";
import { escapeMarkup } from "../formats/escape-markup.ts";
import type { Outline } from "../outline/outline.ts";

export type WebhookLines = { readonly title: string; readonly lines: readonly string[] };

/** Headlines and counts. Quotes stay in the mail and in the files: what a chat shows, it also keeps and previews. */
export function webhookLines(outline: Outline): WebhookLines {
  const { title, kind, period, subtitle, sections } = outline;
  const headlines = sections.find(({ id }) => id === "headlines")?.blocks ?? [];
  const lines = headlines.flatMap((block) => (block.type === "lines" ? block.lines : []));
  return {
    title: cleanText(`${title} ${kind} ${period}`),
    lines: [subtitle, ...lines].map(cleanText),
  };
}

/** Nothing in it is read as a mention, a link or markup. Mattermost takes it too. */
export function slackBody({ title, lines }: WebhookLines) {
  const plain = (text: string) => ({ type: "plain_text", text, emoji: false });
  return {
    text: escapeMarkup([title, ...lines].join("\n")),
    unfurl_links: false,
    blocks: [
      { type: "header", text: plain(title.slice(0, 150)) },
      ...lines.map((line) => ({ type: "section", text: plain(line.slice(0, 3000)) })),
    ],
  };
}

/** An adaptive card; runs of rich text are shown as they stand. */
export function teamsBody({ title, lines }: WebhookLines) {
  const block = (text: string, weight: "Bolder" | "Default") => ({
    type: "RichTextBlock",
    inlines: [{ type: "TextRun", text, weight }],
  });
  const content = {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.4",
    body: [block(title, "Bolder"), ...lines.map((line) => block(line, "Default"))],
  };
  const contentType = "application/vnd.microsoft.card.adaptive";
  return { type: "message", attachments: [{ contentType, contentUrl: null, content }] };
}
