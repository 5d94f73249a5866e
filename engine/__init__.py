"""The engine runs cases: releases, work items, deadlines, dispositions, officers. Nothing of sheets, HTTP or HTML."""
