import { awarenessAddCommand, awarenessListCommand } from "./awareness.ts";
import { awarenessFollowCommand } from "./awareness-follow.ts";
import { awarenessWithdrawCommand } from "./awareness-withdraw.ts";
import { backupCommand } from "./backup.ts";
import { deadListCommand, deadShowCommand } from "./dead.ts";
import { deadDiscardCommand } from "./dead-discard.ts";
import { deadRetryCommand } from "./dead-retry.ts";
import {
  deliverListCommand,
  deliverResendCommand,
  deliverSendCommand,
  deliverTestCommand,
} from "./deliver.ts";
import { importCommand } from "./import.ts";
import { masterCommand } from "./master.ts";
import { modelsCalibrateCommand } from "./models-calibrate.ts";
import { pullCommand } from "./pull.ts";
import { reclassifyCommand } from "./reclassify.ts";
import { reencodeCommand } from "./reencode.ts";
import { reportCommand } from "./report.ts";
import { reportSinceCommand } from "./report-since.ts";
import { reportVoicesCommand } from "./report-voices.ts";
import { snapshotCommand } from "./snapshot.ts";
import { statusCommand } from "./status.ts";
import { tagJudgeCommand } from "./tag-judge.ts";
import { tagLabelsCommand } from "./tag-labels.ts";
import { tagExportCommand, tagListCommand } from "./tag-list.ts";
import { tagSampleCommand } from "./tag-sample.ts";
import { tagConfirmCommand, tagFixCommand, tagUndoCommand } from "./tag-say.ts";
import { tagShowCommand } from "./tag-show.ts";
import { vaultFindCommand } from "./vault-find.ts";
import { vaultForgetCommand } from "./vault-forget.ts";
import { vaultLogCommand, vaultReadCommand } from "./vault-read.ts";

/** Every command that works on a home: what `serve` answers through its socket. */
export const homeCommands = [
  importCommand,
  pullCommand,
  reportCommand,
  reportSinceCommand,
  reportVoicesCommand,
  deliverListCommand,
  deliverResendCommand,
  deliverSendCommand,
  deliverTestCommand,
  awarenessAddCommand,
  awarenessListCommand,
  awarenessFollowCommand,
  awarenessWithdrawCommand,
  tagShowCommand,
  tagLabelsCommand,
  tagFixCommand,
  tagConfirmCommand,
  tagUndoCommand,
  tagListCommand,
  tagExportCommand,
  tagSampleCommand,
  tagJudgeCommand,
  modelsCalibrateCommand,
  deadListCommand,
  deadShowCommand,
  deadRetryCommand,
  deadDiscardCommand,
  masterCommand,
  reclassifyCommand,
  reencodeCommand,
  vaultReadCommand,
  vaultLogCommand,
  vaultFindCommand,
  vaultForgetCommand,
  statusCommand,
  backupCommand,
  snapshotCommand,
];
