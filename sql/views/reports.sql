-- Question: what do the frozen reports say?
-- Grain:    one row per (job, period, revision)
-- Params:   none
-- Units:    value JSON text, of megabytes where voices are many: ask for one report by its job and period
create or replace view reports as
select
    job,
    period,
    revision,
    made_at,
    string_agg(
        text,
        ''
        order by
            piece
    ) as value
from
    frozen_reports
group by
    job,
    period,
    revision,
    made_at;

comment on view reports is '凍結した報告書。1 行が 1 件の 1 版';

comment on column reports.job is '報告書の種類。weekly 週次、monthly 月次、daily 日次';

comment on column reports.period is '期間。2025-W31、2025-07、2025-07-28 など。商品ラインの報告書はその名前が続く';

comment on column reports.revision is '版。1 から';

comment on column reports.made_at is '作った日時';

comment on column reports.value is '報告書の値（JSON の文字列）。どの形のファイルもここから描く';
