"""Records for the routes to act on, and sound bodies: what the tests of the API begin with."""
