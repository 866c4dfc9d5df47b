SELECT t.public_id, t.step, t.kind, t.status, t.level, t.due_on, t.attempt_by, t.deferred_until,
       t.escalated_at, t.version, t.person, t.source_ref, t.surname, t.forename,
       u.public_id, u.staff_number, m.public_id, m.name
  FROM (SELECT t.id, t.public_id, t.step, t.kind, t.status, t.level, t.due_on, t.attempt_by,
               t.deferred_until, t.escalated_at, t.version, t.owner_id, t.team_id,
               o.public_id AS person, o.source_ref, o.surname, o.forename
          FROM workflows_task t
          JOIN offenders_offender o ON o.id = t.offender_id
         WHERE t.flow_task_type = 'HUMAN' AND t.status = 'ASSIGNED' AND t.owner_id = %(officer)s
           AND (o.team_id = %(team)s OR t.step = 'write_up')
           AND NOT EXISTS (SELECT 1 FROM offenders_conflictofinterest c
                            WHERE c.offender_id = o.id AND c.user_id = %(officer)s
                              AND c.withdrawn_at IS NULL)
           AND (NOT o.is_restricted OR EXISTS (
                SELECT 1 FROM offenders_restrictedaccess r
                 WHERE r.offender_id = o.id AND r.user_id = %(officer)s AND r.ended_at IS NULL))
         ORDER BY t.due_on, t.id
         LIMIT 50) t
  JOIN accounts_team m ON m.id = t.team_id
  LEFT JOIN accounts_user u ON u.id = t.owner_id
 ORDER BY t.due_on, t.id
