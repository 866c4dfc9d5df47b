"""The routes of /api/v1, one module a resource. They read, call one action or query, and shape."""
