"""What api and ui call: one module a noun.

Each action locks (people by id ascending, then the process), permits, refuses, writes, moves the
flow, reconciles what is owed and records one event, in one transaction, in that order.
"""
