"""How dangerous: assessments and the priority that is worked out from them."""
