-- Question: which statements give analysts a view for each source, with its attributes as columns?
-- Grain:    one row per view, and per comment on it and on each of its columns: a statement to run in the snapshot, in order
-- Params:   none
-- Units:    an attribute is BIGINT, DOUBLE or DATE where all its values are written so, else VARCHAR: 0120 is no number
with
    cells as (
        select
            source,
            unnest(json_keys(attributes)) as attribute,
            unnest(json_extract_string(attributes, '$.*')) as cell
        from
            voices
    ),
    typed as (
        select
            source,
            attribute,
            case
                when bool_and(regexp_full_match(cell, '-?(0|[1-9]\d{0,17})')) then 'bigint'
                when bool_and(
                    regexp_full_match(cell, '-?(0|[1-9]\d{0,14})(\.\d{1,9})?')
                ) then 'double'
                when bool_and(
                    regexp_full_match(cell, '\d{4}[-/]\d{1,2}[-/]\d{1,2}')
                    and try_cast (cell as date) is not null
                ) then 'date'
                else 'varchar'
            end as type
        from
            cells
        group by
            source,
            attribute
    ),
    fixed_columns (place, name, words) as (
        values
            (1, 'voice_id', '声の番号（UUID）。ほかの表の voice_id と同じ'),
            (2, 'source_id', '元のシステムの受付番号'),
            (
                3,
                'channel',
                '声の届いた方法。phone 電話、mail メール、web フォーム、letter 手紙、social 口コミ・SNS、survey アンケート、other その他'
            ),
            (4, 'received_at', '受付日時。日付しかない声はその日の 0 時（日本時間）'),
            (5, 'received_on', '受付日（日本時間）'),
            (6, 'rating', 'お客様の付けた評価。単位は元の列のまま'),
            (7, 'product', '商品。台帳にあれば台帳の名前'),
            (8, 'product_code', '台帳の商品コード。台帳になければ空'),
            (9, 'place', '店舗・場所。台帳にあれば台帳の名前'),
            (10, 'store_code', '台帳の店舗コード。台帳になければ空'),
            (11, 'lot', 'ロットの番号'),
            (
                12,
                'customer_key',
                'お客様番号を暗号にしたもの（16 進 16 桁）。同じお客様は同じ値'
            ),
            (13, 'text', '本文。個人の情報を伏せたお客様の言葉'),
            (
                14,
                'sentiment',
                '感情（推定）。negative 否定的、neutral 中立、positive 肯定的。空は判定保留'
            ),
            (15, 'polarity', '極性（推定）。-1（否定的）から 1（肯定的）'),
            (
                16,
                'kind',
                '声の種類（推定）。complaint ご指摘、request ご要望、question お問い合わせ、praise お褒め、other その他。空は判定保留'
            )
    ),
    fixed as (
        select
            string_agg(
                name,
                ', '
                order by
                    place
            ) as list
        from
            fixed_columns
    ),
    numbered as (
        select
            typed.*,
            -- To DuckDB ID and id are one name.
            row_number() over (
                partition by
                    source,
                    lower(attribute)
                order by
                    attribute
            ) + list_contains(string_split(fixed.list, ', '), lower(attribute))::integer as number,
            '/' || replace(replace(attribute, '~', '~0'), '/', '~1') as place
        from
            typed
            cross join fixed
    ),
    named as (
        select
            source,
            attribute,
            type,
            place,
            replace(attribute, '"', '""') || case
                when number > 1 then '_' || number
                else ''
            end as name
        from
            numbered
    ),
    described as (
        select
            source,
            string_agg(
                format(
                    ', json_extract_string(attributes, ''{}'')::{} as "{}"',
                    replace(place, '''', ''''''),
                    type,
                    name
                ),
                ''
                order by
                    attribute
            ) as columns
        from
            named
        group by
            source
    ),
    sources as (
        select
            source,
            -- To DuckDB Plain and plain are one name: both then say which they are, the same whatever else comes.
            '"source_' || replace(source, '"', '""') || case
                when count(*) over (
                    partition by
                        lower(source)
                ) > 1 then '_' || left(md5(source), 4)
                else ''
            end || '"' as view
        from
            (
                select distinct
                    source
                from
                    voices
            )
    ),
    statements as (
        select
            s.source,
            0 as place,
            format(
                'create or replace view {} as select {}{} from named_voices where source = ''{}''',
                s.view,
                fixed.list,
                coalesce(d.columns, ''),
                replace(s.source, '''', '''''')
            ) as statement
        from
            sources as s
            cross join fixed
            left join described as d on d.source = s.source
        union all
        select
            source,
            1 as place,
            format(
                'comment on view {} is ''取り込み元「{}」の声。1 行が 1 件で、ファイルの列が属性として並ぶ''',
                view,
                replace(source, '''', '''''')
            ) as statement
        from
            sources
        union all
        select
            s.source,
            2 as place,
            format(
                'comment on column {}.{} is ''{}''',
                s.view,
                f.name,
                f.words
            ) as statement
        from
            sources as s
            cross join fixed_columns as f
        union all
        select
            s.source,
            3 as place,
            format(
                'comment on column {}."{}" is ''ファイルの列「{}」の値。{}''',
                s.view,
                n.name,
                replace(n.attribute, '''', ''''''),
                case n.type
                    when 'bigint' then '整数。単位は元の列のまま'
                    when 'double' then '数。単位は元の列のまま'
                    when 'date' then '日付'
                    else '文字'
                end
            ) as statement
        from
            sources as s
            inner join named as n on n.source = s.source
    )
select
    statement
from
    statements
order by
    source,
    place,
    statement
