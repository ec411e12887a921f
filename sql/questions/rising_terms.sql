-- Question: which terms are in more voices of the period than the weeks before it let expect?
-- Grain:    one row per term that is in at least $minimum voices, is more frequent than before and has G2 >= $critical
-- Params:   $baseline_from, $from, $until  JST calendar dates; $minimum voices; $critical value of chi-square with 1 degree of freedom
-- Units:    counts in voices, not occurrences; ratio of shares (null where the term is new); g2 of the 2 x 2 table of voices
with
    spoken as (
        select
            segment_id,
            voice_id,
            received_on >= $from::date as is_new
        from
            segments
        where
            received_on >= $baseline_from::date
            and received_on < $until::date
    ),
    sizes as (
        select
            count_if(received_on >= $from::date)::double as new_total,
            count_if(received_on < $from::date)::double as old_total
        from
            voices
        where
            received_on >= $baseline_from::date
            and received_on < $until::date
    ),
    used as (
        select distinct
            segment_terms.term_id,
            spoken.voice_id,
            spoken.is_new
        from
            segment_terms
            join spoken on spoken.segment_id = segment_terms.segment_id
    ),
    counted as (
        select
            term_id,
            count_if(is_new)::double as new_count,
            count_if(not is_new)::double as old_count
        from
            used
        group by
            term_id
        having
            count_if(is_new) >= $minimum::integer
    ),
    compared as (
        select
            counted.term_id,
            counted.new_count,
            counted.old_count,
            sizes.new_total,
            sizes.old_total,
            counted.new_count / sizes.new_total as new_share,
            counted.old_count / sizes.old_total as old_share,
            sizes.new_total - counted.new_count as new_rest,
            sizes.old_total - counted.old_count as old_rest,
            count(*) over () as compared_count
        from
            counted
            cross join sizes
        where
            sizes.old_total > 0
    ),
    measured as (
        select
            *,
            new_share / nullif(old_share, 0) as ratio,
            new_count * ln(new_count) + old_count * ln(greatest(old_count, 1)) as inside,
            new_rest * ln(greatest(new_rest, 1)) + old_rest * ln(greatest(old_rest, 1)) as outside,
            new_total * ln(new_total) + old_total * ln(old_total) as spans,
            (new_count + old_count) * ln(new_count + old_count) as with_term,
            (new_rest + old_rest) * ln(greatest(new_rest + old_rest, 1)) as without_term,
            (new_total + old_total) * ln(new_total + old_total) as whole,
            2 * (
                inside + outside - spans - with_term - without_term + whole
            ) as g2
        from
            compared
        where
            new_share > old_share
    ),
    rising as (
        select
            *
        from
            measured
        where
            g2 >= $critical::double
    ),
    listed as (
        select
            used.term_id,
            string_agg(
                used.voice_id::varchar,
                ','
                order by
                    voices.received_at desc,
                    used.voice_id
            ) as voice_ids
        from
            used
            join voices on voices.voice_id = used.voice_id
            and voices.received_on >= $from::date
            and voices.received_on < $until::date
            semi join rising on rising.term_id = used.term_id
        where
            used.is_new
        group by
            used.term_id
    )
select
    terms.term,
    rising.new_count::integer as voice_count,
    rising.old_count::integer as before_count,
    rising.old_total::integer as before_total,
    rising.new_total::integer as new_total,
    rising.compared_count::integer as compared_count,
    round(rising.ratio, 4) as ratio,
    round(rising.g2, 4) as g2,
    listed.voice_ids
from
    rising
    join listed on listed.term_id = rising.term_id
    join terms on terms.term_id = rising.term_id
order by
    rising.g2 desc,
    terms.term
