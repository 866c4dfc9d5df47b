-- The two roles of the service, made once by the superuser in an empty cluster. The image of
-- PostgreSQL runs this when the volume is new; by hand:
--     psql -U postgres -v owner_password=... -v service_password=... -f deploy/postgres-roles.sql
-- mosovo_owner owns the database and its tables, and is used by `migrate` alone. The service
-- connects as mosovo, which owns nothing: it can neither switch a trigger off nor, once
-- `manage.py grant_service mosovo` has run, change or remove an event of the record.
\if :{?owner_password}
\else
  \set owner_password `cat /run/secrets/owner_password`
\endif
\if :{?service_password}
\else
  \set service_password `cat /run/secrets/service_password`
\endif

CREATE ROLE mosovo_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE mosovo LOGIN PASSWORD :'service_password';
CREATE DATABASE mosovo OWNER mosovo_owner;
REVOKE ALL ON DATABASE mosovo FROM PUBLIC;
GRANT CONNECT ON DATABASE mosovo TO mosovo;
\connect mosovo
REVOKE ALL ON SCHEMA public FROM PUBLIC;
ALTER SCHEMA public OWNER TO mosovo_owner;
GRANT USAGE ON SCHEMA public TO mosovo;
