"""All writing starts here: one verb a file, named alike in code, tests, addresses and audit records."""
