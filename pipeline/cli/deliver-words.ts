import type { DeliveryRow } from "../../reports/deliver/deliveries.ts";
import { jstMinute } from "../period.ts";

const STATES = { queued: "待っています", sent: "送りました", dead: "送れませんでした" } as const;

/** What a code of a failure means; one that is not here is printed as it stands. */
const REASONS: Readonly<Record<string, string>> = {
  "not-in-config": "kizuki.yaml にこの宛先がありません",
  "unmasked-text": "伏せるべき語が残っているかもしれない声があるので、送りませんでした",
  "kizuki-config":
    "設定か、そこに書いたファイルが読めません（kizuki deliver test で確かめられます）",
  "kizuki-input": "添付を作れません（kizuki report の --format で確かめられます）",
  "smtp-auth": "メールサーバーの利用者名かパスワードが違います",
  "smtp-econnection": "メールサーバーとの通信が切れました",
  "smtp-esocket": "メールサーバーにつながりません",
  "smtp-edns": "メールサーバーの名前が引けません",
  "smtp-etls": "メールサーバーと暗号化した通信ができません",
  "smtp-etimedout": "メールサーバーが答えません",
  "smtp-eabort": "送っている途中で kizuki が止められました（届いているかもしれません）",
  "http-eabort": "送っている途中で kizuki が止められました（届いているかもしれません）",
  "http-timeout": "送り先が答えません",
  "http-econnrefused": "送り先につながりません",
  "webhook-address": "webhook の宛先が https の URL ではありません",
};

type Row = Pick<
  DeliveryRow,
  | "period"
  | "revision"
  | "recipient"
  | "state"
  | "tries"
  | "tried_at"
  | "not_before"
  | "reason"
  | "message"
>;

/** A line for each delivery. */
export function deliverWords(rows: readonly Row[]): string {
  return rows.length === 0 ? "配信はありません。" : rows.map(line).join("\n");
}

function line({
  period,
  revision,
  recipient,
  state,
  tries,
  tried_at,
  not_before,
  reason,
  message,
}: Row): string {
  const at = tried_at === null ? "" : `　${jstMinute(new Date(tried_at))}`;
  const why = reason === null ? "" : `　${reasonWords(reason, message)}`;
  const next = state === "queued" && tries > 0 ? `　次は ${jstMinute(new Date(not_before))}` : "";
  const times = tries > 1 ? `（${tries} 回）` : "";
  return `${period} 第${revision}版　${recipient}　${STATES[state]}${times}${at}${why}${next}`;
}

/** @param message what staff are told of it, where it is known */
export function reasonWords(reason: string, message?: string | null): string {
  if (message) return `${message}（${reason}）`;
  return REASONS[reason] === undefined ? reason : `${REASONS[reason]}（${reason}）`;
}
