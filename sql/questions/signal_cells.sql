-- Question: which products (else places) and topics, and lots, have several customers with something negative, and how was it before?
-- Grain:    one row per (weeks, subject_kind, subject, lot, topic) with two customers or more in its span; lot '' is all lots
-- Params:   $reference_from, $reference_until, $previous_from, $from, $until  JST calendar dates, half-open; $taxonomy  name of the taxonomy;
--           $before  JSON list of what signal_weeks.sql counted in weeks of the reference that are not asked here, [] where all are
-- Units:    weeks 1: [from, until), 2: [previous_from, until); customer_count in that span, before_count customers a week in the reference, summed; share: what of a cell's customers
--           the period lets expect, by the subject's other voices or by all voices, whichever is more (a place that
--           has just begun to ask has no news in every topic); sizes: JSON list of cells by severity and rarest, the common logarithm of the
--           probability that all are of the period, rounded down, in the first row of its weeks only (none in weeks of silence,
--           where the share is 0); voice_ids newest first, joined by commas
with
    spans as (
        select
            voice_id,
            received_on,
            received_at,
            coalesce(product, place) as subject,
            case
                when product is null then 'place'
                else 'product'
            end as subject_kind,
            case
                when product is null then ''
                else coalesce(lot, '')
            end as lot,
            customer_key
        from
            named_voices
        where
            received_on >= $reference_from::date
            and received_on < $until::date
            and (
                received_on < $reference_until::date
                or received_on >= $previous_from::date
            )
    ),
    known as materialized (
        select
            unnest(
                from_json(
                    given.before::json,
                    '[{"subject_kind": "VARCHAR", "subject": "VARCHAR", "lot": "VARCHAR", "topic": "VARCHAR", "count": "INTEGER"}]'
                ),
                recursive := true
            )
        from
            (
                values
                    ($before)
            ) as given (before)
    ),
    lengths as (
        select
            unnest([1, 2]) as weeks
    ),
    spoken as (
        select
            subject_kind,
            subject,
            count_if(received_on >= $from::date) as this_voices,
            count_if(received_on >= $previous_from::date) as new_voices,
            count_if(received_on < $previous_from::date) as old_voices
        from
            spans
        group by
            subject_kind,
            subject
        union all
        select
            subject_kind,
            subject,
            0 as this_voices,
            0 as new_voices,
            "count" as old_voices
        from
            known
        where
            topic is null
    ),
    subjects as (
        select
            subject_kind,
            subject,
            sum(this_voices) as this_voices,
            sum(new_voices) as new_voices,
            sum(old_voices) as old_voices
        from
            spoken
        group by
            subject_kind,
            subject
    ),
    totals as (
        select
            sum(this_voices)::integer as this_total,
            sum(new_voices)::integer as new_total,
            sum(old_voices)::integer as old_total
        from
            subjects
    ),
    felt as (
        select
            segment_id
        from
            segments
        where
            sentiment = 'negative'
            and received_on >= $reference_from::date
            and received_on < $until::date
    ),
    tagged as (
        select
            segment_topics.voice_id,
            segment_topics.topic
        from
            segment_topics
            semi join felt on felt.segment_id = segment_topics.segment_id
        where
            segment_topics.taxonomy = $taxonomy
    ),
    placed as (
        select
            spans.* exclude (customer_key),
            case
                when spans.customer_key is null then hash(spans.voice_id)
                else hash(spans.customer_key)
            end as customer,
            tagged.topic
        from
            tagged
            join spans on spans.voice_id = tagged.voice_id
        where
            spans.subject is not null
    ),
    celled as not materialized (
        select
            *,
            '' as cell_lot
        from
            placed
        union all
        select
            *,
            lot as cell_lot
        from
            placed
        where
            lot <> ''
    ),
    heard as (
        select distinct
            subject_kind,
            subject,
            cell_lot,
            topic,
            customer,
            case
                when received_on >= $from::date then $from::date
                when received_on >= $previous_from::date then $previous_from::date
                else date_trunc('week', received_on)
            end as week
        from
            celled
    ),
    customers as (
        select
            subject_kind,
            subject,
            cell_lot as lot,
            topic,
            count_if(week = $from::date) as this_count,
            count(distinct customer) filter(week >= $previous_from::date) as new_count,
            count_if(week < $previous_from::date) as before_count
        from
            heard
        group by
            subject_kind,
            subject,
            cell_lot,
            topic
        union all
        select
            subject_kind,
            subject,
            lot,
            topic,
            0 as this_count,
            0 as new_count,
            "count" as before_count
        from
            known
        where
            topic is not null
    ),
    counted as (
        select
            subject_kind,
            subject,
            lot,
            topic,
            sum(this_count)::integer as this_count,
            sum(new_count)::integer as new_count,
            sum(before_count)::integer as before_count
        from
            customers
        group by
            subject_kind,
            subject,
            lot,
            topic
    ),
    told as (
        select distinct
            subject_kind,
            subject,
            cell_lot,
            topic,
            voice_id,
            received_on,
            received_at
        from
            celled
        where
            received_on >= $previous_from::date
    ),
    listed as (
        select
            subject_kind,
            subject,
            cell_lot as lot,
            topic,
            count_if(received_on >= $from::date)::integer as this_count,
            list(
                voice_id
                order by
                    received_at desc,
                    voice_id
            ) as voice_ids
        from
            told
        group by
            subject_kind,
            subject,
            cell_lot,
            topic
    ),
    cells as (
        select
            lengths.weeks,
            counted.subject_kind,
            counted.subject,
            counted.lot,
            counted.topic,
            counted.before_count,
            subjects.old_voices,
            totals.old_total,
            case
                when lengths.weeks = 1 then counted.this_count
                else counted.new_count
            end as customer_count,
            case
                when lengths.weeks = 1 then subjects.this_voices
                else subjects.new_voices
            end as new_voices,
            case
                when lengths.weeks = 1 then totals.this_total
                else totals.new_total
            end as new_total
        from
            counted
            join subjects on subjects.subject_kind = counted.subject_kind
            and subjects.subject = counted.subject
            cross join totals
            cross join lengths
    ),
    others as (
        select
            cells.*,
            topics.severity,
            cells.new_total / (cells.new_total + cells.old_total) as whole_share,
            greatest(0, cells.new_voices - cells.customer_count) as other_new,
            greatest(0, cells.old_voices - cells.before_count) as other_old
        from
            cells
            join topics on topics.topic = cells.topic
            and topics.taxonomy = $taxonomy
        where
            cells.customer_count + cells.before_count > 0
    ),
    shared as (
        select
            *,
            greatest(
                whole_share,
                (other_new + 20 * whole_share) / (other_new + other_old + 20)
            ) as share
        from
            others
    ),
    sized as (
        select
            weeks,
            severity,
            floor(
                10 * (customer_count + before_count) * log10(share)
            ) / 10 as rarest,
            count(*)::integer as cells
        from
            shared
        where
            share > 0
        group by
            weeks,
            severity,
            rarest
    ),
    sizes as (
        select
            weeks,
            to_json(
                list(
                    struct_pack(
                        severity := severity,
                        rarest := rarest,
                        cells := cells
                    )
                    order by
                        severity,
                        rarest
                )
            )::varchar as sizes
        from
            sized
        group by
            weeks
    ),
    numbered as (
        select
            shared.*,
            case
                when shared.weeks = 1 then listed.this_count
                else len(listed.voice_ids)::integer
            end as voice_count,
            array_to_string(
                case
                    when shared.weeks = 1 then listed.voice_ids[:listed.this_count]
                    else listed.voice_ids
                end,
                ','
            ) as voice_ids,
            row_number() over (
                partition by
                    shared.weeks
                order by
                    shared.subject_kind,
                    shared.subject,
                    shared.lot,
                    shared.topic
            ) as nth
        from
            shared
            join listed on listed.subject_kind = shared.subject_kind
            and listed.subject = shared.subject
            and listed.lot = shared.lot
            and listed.topic = shared.topic
        where
            shared.customer_count >= 2
    )
select
    numbered.weeks,
    numbered.subject_kind,
    numbered.subject,
    numbered.lot,
    numbered.topic,
    numbered.severity,
    numbered.customer_count,
    numbered.before_count,
    numbered.share,
    numbered.voice_count,
    numbered.voice_ids,
    sizes.sizes
from
    numbered
    left join sizes on sizes.weeks = numbered.weeks
    and numbered.nth = 1
order by
    numbered.weeks,
    numbered.nth
