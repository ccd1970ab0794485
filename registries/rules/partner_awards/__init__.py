"""Partner agencies' awards, in the files that the agencies themselves publish: a module a format, one kind of record."""
