# ruff: noqa: INP001
"""gunicorn's settings, for one machine and for many.

    python -m gunicorn -c deploy/gunicorn.conf.py config.wsgi

Threads add nothing for Python that keeps the processor busy, so: a worker for each core and two
threads, one of which may wait for the database. deploy/README.md explains the variables.
"""

import os
from pathlib import Path

from config.env import env

bind = env.str("BIND", default="127.0.0.1") + ":" + env.str("PORT", default="8000")
workers = env.int("WEB_CONCURRENCY", default=os.cpu_count() or 1)
worker_class = "config.web.WebWorker"  # in threads; it says in our words what it refuses
# What is written (there should be nothing) is for the service's user alone.
umask = 0o077
threads = 2
# Without it, kept-alive connections can all land on one worker, which halves the throughput.
reuse_port = True

timeout = 60
graceful_timeout = 8
keepalive = 5
max_requests = 20_000
max_requests_jitter = 2_000

# Heartbeat files in memory: a read-only container has no other place, a slow disk blocks workers.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
# The control socket would be made in the home directory, which the service need not have.
control_socket_disable = True

limit_request_line = 4094
limit_request_fields = 60
# Paths hold ids of people, query strings hold searches: no access log.
accesslog = None
errorlog = "-"
loglevel = "warning"
proc_name = "mosovo-web"
