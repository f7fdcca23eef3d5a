"""Pure decisions of the supervision network: no framework, no I/O, no clock, no chance."""
