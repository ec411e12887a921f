-- Question: which awareness comments were written, on which voices, and what came of them?
-- Grain:    one row per awareness
-- Params:   none
-- Units:    added_at local time in Asia/Tokyo; decision the newest; outcome the newest since, null without any;
--           withdrawn why, null while it stands
with
    said as (
        select
            awareness_id,
            arg_max(text, added_at) filter(
                where
                    step = 'decision'
            ) as decision,
            arg_max(text, added_at) filter(
                where
                    step = 'outcome'
            ) as outcome,
            max(added_at) filter(
                where
                    step = 'decision'
            ) as decided_at,
            max(added_at) filter(
                where
                    step = 'outcome'
            ) as came_at
        from
            awareness_followups
        group by
            awareness_id
    )
select
    a.awareness_id::varchar as awareness_id,
    a.voice_id::varchar as voice_id,
    a.author,
    a.reason,
    strftime(
        a.added_at at time zone 'Asia/Tokyo',
        '%Y-%m-%d %H:%M'
    ) as added_at,
    v.received_on::varchar as received_on,
    v.text,
    said.decision,
    case
        when said.came_at >= said.decided_at then said.outcome
    end as outcome,
    w.reason as withdrawn
from
    awareness as a
    inner join voices as v on v.voice_id = a.voice_id
    left join said on said.awareness_id = a.awareness_id
    left join awareness_withdrawals as w on w.awareness_id = a.awareness_id
order by
    a.added_at,
    a.awareness_id
