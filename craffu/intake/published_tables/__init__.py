"""What others published, as they publish it: figures by force and period, street-level crime, populations and lookups."""

MAPPING_VERSION = "1"
