-- Question: which statements give analysts a view for each source, with its attributes as columns?
-- Grain:    one row per source: a statement to run in the snapshot
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
    fixed as (
        select
            'voice_id, source_id, channel, received_at, received_on, rating, product, product_code, place, store_code, lot, customer_key, text, sentiment, polarity, kind' as list
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
    described as (
        select
            source,
            string_agg(
                format(
                    ', json_extract_string(attributes, ''{}'')::{} as "{}"',
                    replace(place, '''', ''''''),
                    type,
                    replace(attribute, '"', '""') || case
                        when number > 1 then '_' || number
                        else ''
                    end
                ),
                ''
                order by
                    attribute
            ) as columns
        from
            numbered
        group by
            source
    ),
    sources as (
        select
            source,
            row_number() over (
                partition by
                    lower(source)
                order by
                    source
            ) as number
        from
            (
                select distinct
                    source
                from
                    voices
            )
    )
select
    format(
        'create or replace view "source_{}" as select {}{} from named_voices where source = ''{}''',
        replace(s.source, '"', '""') || case
            when s.number > 1 then '_' || s.number
            else ''
        end,
        fixed.list,
        coalesce(d.columns, ''),
        replace(s.source, '''', '''''')
    ) as statement
from
    sources as s
    cross join fixed
    left join described as d on d.source = s.source
order by
    s.source
