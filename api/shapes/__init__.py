"""What goes over the wire: bodies, parameters and answers, one module a resource."""
