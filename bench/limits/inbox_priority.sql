SELECT t.public_id, t.step, t.kind, t.status, t.level, t.due_on, t.attempt_by, t.deferred_until,
       t.escalated_at, t.version, t.person, t.source_ref, t.surname, t.forename,
       u.public_id, u.staff_number, m.public_id, m.name, t.score
  FROM (SELECT t.id, t.public_id, t.step, t.kind, t.status, t.level, t.due_on, t.attempt_by,
               t.deferred_until, t.escalated_at, t.version, t.owner_id, t.team_id,
               o.public_id AS person, o.source_ref, o.surname, o.forename,
               CASE t.level WHEN 'very_high' THEN 40 WHEN 'medium' THEN 15 WHEN 'low' THEN 5
                            ELSE 30 END
               / CASE WHEN {days_overdue} < -28 THEN 5 ELSE 1 END
               + CASE WHEN {days_overdue} > 0 THEN {least}(40, {greatest}(10,
                           40 * {days_overdue} / CASE t.kind
                             WHEN 'home_visit' THEN CASE t.level WHEN 'very_high' THEN 30
                               WHEN 'medium' THEN 180 WHEN 'low' THEN 360 ELSE 90 END
                             WHEN 'release_planning' THEN 30
                             WHEN 'missing_decision' THEN 28
                             WHEN 'missing_confirmation' THEN 28
                             WHEN 'missing_enquiry' THEN 28
                             WHEN 'death_verification' THEN 5
                             WHEN 'entry_warrant' THEN 5
                             ELSE 360 END))
                      WHEN {days_overdue} >= -7 THEN 5
                      ELSE 0 END
               + CASE WHEN {days_overdue} >= -28
                       AND t.kind IN ('initial_notification', 'change_notification',
                                      'periodic_notification') THEN 5 ELSE 0 END
               + CASE WHEN t.escalated_at IS NULL THEN 0 ELSE 10 END
               + CASE WHEN t.attempt_by IS NULL THEN 0 ELSE 5 END AS score
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
         ORDER BY score DESC, t.due_on, t.id
         LIMIT 50) t
  JOIN accounts_team m ON m.id = t.team_id
  LEFT JOIN accounts_user u ON u.id = t.owner_id
 ORDER BY t.score DESC, t.due_on, t.id
