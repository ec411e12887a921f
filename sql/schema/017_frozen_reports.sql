-- Schema 17: values of frozen reports, of megabytes each, in rows of 1,000 characters. A checkpoint holds 2,048 rows at
-- once, and rewrites a table's last 122,880: whole values had to fit in memory together.
create table frozen_reports (
    job varchar not null,
    period varchar not null,
    revision integer not null,
    made_at timestamptz not null,
    piece integer not null,
    text varchar not null
);
comment on table frozen_reports is '凍結した報告書の値を、短く分けたもの。ビュー reports がつなぐ';
comment on column frozen_reports.job is '報告書の種類。weekly 週次、monthly 月次、daily 日次';
comment on column frozen_reports.period is '期間。2025-W31、2025-07、2025-07-28 など。商品ラインの報告書はその名前が続く';
comment on column frozen_reports.revision is '版。1 から';
comment on column frozen_reports.made_at is '作った日時';
comment on column frozen_reports.piece is '何番目の部分か。0 から。0 はどの報告書にもある';
comment on column frozen_reports.text is '値（JSON の文字列）の一部。声を消去して何も残らない所は空';

-- Cut twice: to reach its place in a text, substring reads all that stands before it. No join: it would copy a value for each part.
insert into frozen_reports
with
    parts as (
        select
            job,
            period,
            revision,
            made_at,
            unnest(range(length(value) // 64000 + 1)) as part,
            unnest(
                [
                    substring(value, 1 + part * 64000, 64000)
                    for part in range(length(value) // 64000 + 1)
                ]
            ) as text
        from
            reports
    ),
    pieces as (
        select
            job,
            period,
            revision,
            made_at,
            part,
            unnest(range(64)) as place,
            unnest([substring(text, 1 + place * 1000, 1000) for place in range(64)]) as text
        from
            parts
    )
select
    job,
    period,
    revision,
    made_at,
    part * 64 + place as piece,
    text
from
    pieces
where
    text <> ''
    or piece = 0
order by
    made_at,
    job,
    period,
    revision,
    piece;

drop table reports;
