SELECT o.public_id, o.source_ref, b.public_id, b.kind, b.due_on, b.original_due_on,
       o.management_level, u.staff_number, m.public_id, m.name, b.version
  FROM workflows_obligation b
  JOIN offenders_offender o ON o.id = b.offender_id
  JOIN accounts_team m ON m.id = o.team_id
  LEFT JOIN accounts_user u ON u.id = o.offender_manager_id
 WHERE b.closed_at IS NULL AND b.kind = 'home_visit' AND b.force_id = %(force)s
   AND b.due_on <= %(to_on)s AND o.force_id = %(force)s AND NOT o.is_restricted
 ORDER BY b.due_on, b.id
