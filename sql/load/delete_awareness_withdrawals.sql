-- Question: which 気づき on the staged voices were withdrawn, and why? It is removed, for a reason may quote them.
-- Grain:    one row per withdrawal
-- Params:   none; reads the temporary table staged_ids
-- Units:    none
delete from awareness_withdrawals
where
    voice_id in (
        select
            s.voice_id
        from
            staged_ids as s
    )
