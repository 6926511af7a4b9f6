"""The embedded AWS: moto's server, pinned, with its faults that matter to disaster recovery corrected in process."""
