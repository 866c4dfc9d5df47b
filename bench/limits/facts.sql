SELECT o.id, o.force_id, o.date_of_birth, o.registration_ended_on,
       (SELECT MAX(notified_on) FROM offenders_notification f
         WHERE f.offender_id = o.id AND f.voided_at IS NULL),
       (SELECT MAX(occurred_on) FROM workflows_visit f
         WHERE f.offender_id = o.id AND f.voided_at IS NULL AND f.found_ineffective_at IS NULL
           AND f.outcome = 'effective'),
       (SELECT MAX(assessed_on) FROM risk_riskassessment f
         WHERE f.offender_id = o.id AND f.state IN ('imported', 'endorsed')),
       s.status, s.from_on, s.until_on, l.level, l.decided_on, d.mode, d.decided_on,
       n.disposal, n.relevant_date, n.discharge_months, b.kind, b.about, b.due_on, b.rule
  FROM offenders_offender o
  JOIN offenders_statusinterval s ON s.offender_id = o.id
  JOIN offenders_leveldecision l ON l.offender_id = o.id
  JOIN offenders_modedecision d ON d.offender_id = o.id
  JOIN offenders_notificationbasis n ON n.offender_id = o.id
  LEFT JOIN workflows_obligation b ON b.offender_id = o.id AND b.closed_at IS NULL
 ORDER BY o.id
